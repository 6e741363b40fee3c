"""Texts that end with another one."""

import pytest

from coopledger import Ledger, events
from coopledger.events import Event
from coopledger.stores import MemoryStore, Store
from coopledger.values import Renewal
from tests.builders import office, store_unchecked
from tests.unit.rules.instruments import instrument_on, registration, signature, states


def with_annex(
    *acts: Event,
    until: str | None = None,
    renewal: Renewal | None = None,
    store: Store | None = None,
) -> Ledger:
    """Return a ledger with a text, and an annex that ends with it."""
    return office(
        registration(name="main", renewal=renewal),
        registration(name="annex", ends_with="main"),
        signature("2018-01-01", name="main", until="2020-12-31"),
        signature("2019-01-01", name="annex", until=until),
        *acts,
        store=store,
    )


def annex(ledger: Ledger, *days: str) -> list[str]:
    return states(ledger, *days, name="annex")


@pytest.mark.parametrize(
    ("until", "shown", "flags"),
    [
        (None, "2020-12-31", ("following",)),
        ("2025", "2020-12-31", ("following",)),
        ("2020-06-30", "2020-06-30", ()),
        ("2020-12-31", "2020-12-31", ()),
    ],
)
def test_its_end_is_the_earlier_of_its_own_and_the_other(
    until: str | None, shown: str, flags: tuple[str, ...]
) -> None:
    ledger = with_annex(until=until)
    answer = instrument_on(ledger, "2020-01-01", "annex")

    assert (str(answer.term_end), answer.flags) == (shown, flags)
    assert annex(ledger, shown, "2021-01-01") == ["in_force", "expired"]
    assert str(instrument_on(ledger, "2021-01-01", "annex").term_end) == shown


def test_it_goes_on_where_the_other_is_prolonged() -> None:
    ledger = with_annex(
        events.InstrumentExtended(instrument="main", years=1, when="2020-06-01"),
    )

    assert annex(ledger, "2021-12-31", "2022-01-01") == ["in_force", "expired"]


def test_both_are_among_those_that_end_and_the_second_is_not_to_be_decided() -> None:
    found = with_annex().view("2020-12-01").expiring(within_days=60)

    assert [(each.id, each.flags) for each in found] == [
        ("main", ("to_decide",)),
        ("annex", ("following",)),
    ]
    assert with_annex().view("2020-12-01").partnership("vnfr").flags == ("expiring",)
    undecided = with_annex().view("2020-12-01").expiring(within_days=60, undecided=True)
    assert [each.id for each in undecided] == ["main"]


ENDED = {
    "terminated": events.InstrumentTerminated(id="t", instrument="main", when="2020-03-01"),
    "completed": events.InstrumentCompleted(id="t", instrument="main", when="2020-03-01"),
}


@pytest.mark.parametrize("state", ENDED)
def test_it_ends_as_the_other_one_does(state: str) -> None:
    ledger = with_annex(ENDED[state])
    answer = instrument_on(ledger, "2020-03-01", "annex")

    assert annex(ledger, "2020-02-29", "2020-03-01") == ["in_force", state]
    assert (str(answer.since), answer.decided_by) == ("2020-03-01", ("t",))


def test_it_is_replaced_with_the_other_one() -> None:
    ledger = with_annex(
        registration(name="new", supersedes="main"), signature("2020-03-01", name="new")
    )
    answer = instrument_on(ledger, "2020-03-01", "annex")

    assert (answer.state, answer.superseded_by) == ("superseded", "new")


def test_a_notice_on_the_other_is_its_end_too() -> None:
    ledger = with_annex(
        events.TerminationNotified(
            id="n", instrument="main", by="vn", ends="2020-07-01", when="2020-01-01"
        )
    )
    answer = instrument_on(ledger, "2020-02-01", "annex")

    assert (answer.state, str(answer.term_end), answer.ends) == ("in_force", "2020-06-30", None)
    assert answer.flags == ("following",)
    assert annex(ledger, "2020-06-30", "2020-07-01") == ["in_force", "terminated"]


def test_it_is_suspended_with_the_other_and_goes_on_with_it() -> None:
    ledger = with_annex(
        events.InstrumentSuspended(instrument="main", when="2019-06-01"),
        events.InstrumentResumed(instrument="main", when="2019-09-01"),
    )
    days = ("2019-05-31", "2019-06-01", "2019-09-01")

    assert annex(ledger, *days) == ["in_force", "suspended", "in_force"]


def test_its_own_suspension_is_its_own() -> None:
    ledger = with_annex(
        events.InstrumentSuspended(instrument="main", when="2019-06-01"),
        events.InstrumentSuspended(instrument="annex", when="2019-07-01"),
        events.InstrumentResumed(instrument="main", when="2019-09-01"),
        events.InstrumentResumed(instrument="annex", when="2019-10-01"),
    )

    assert annex(ledger, "2019-09-01", "2019-10-01") == ["suspended", "in_force"]


def test_what_happened_to_the_other_before_changes_nothing() -> None:
    ledger = office(
        registration(name="main"),
        registration(name="annex", ends_with="main"),
        signature("2015-01-01", name="main", until="2018-12-31"),
        signature("2019-01-01", name="annex"),
    )

    assert annex(ledger, "2020-01-01") == ["in_force"]
    assert instrument_on(ledger, "2020-01-01", "annex").flags == ()


def test_a_chain_of_texts_ends_as_one() -> None:
    ledger = with_annex(
        registration(name="appendix", ends_with="annex"), signature("2019-03-01", name="appendix")
    )

    assert str(instrument_on(ledger, "2020-01-01", "appendix").term_end) == "2020-12-31"
    assert states(ledger, "2020-12-31", "2021-01-01", name="appendix") == ["in_force", "expired"]


def test_texts_that_became_a_circle_end_with_nothing() -> None:
    """Nothing recorded today closes it, but an older log may say that two of them were one."""
    store = MemoryStore()
    ledger = with_annex(
        registration(name="third", ends_with="annex"),
        signature("2019-01-01", name="third"),
        store=store,
    )
    store_unchecked(store, events.SameAs(id="m", duplicate="third", same_as="main"))

    assert "E512" in [each.code for each in ledger.check() if each.events == ("m",)]
    assert annex(ledger, "2029-01-01") == ["in_force"]


def test_a_fuzzy_end_of_the_other_is_fuzzy_here_too() -> None:
    ledger = office(
        registration(name="main"),
        registration(name="annex", ends_with="main"),
        signature("2018-01-01", name="main", until="2020~"),
        signature("2019-01-01", name="annex"),
    )
    before, after = (instrument_on(ledger, day, "annex") for day in ("2019-06-01", "2021-06-01"))

    assert (str(before.term_end), before.certain) == ("2020~", True)
    assert (after.state, str(after.term_end), after.certain) == ("expired", "2020~", False)


def test_a_commitment_under_it_ends_with_it() -> None:
    ledger = with_annex(
        events.CommitmentMade(
            commitment="c",
            partnership="vnfr",
            debtors="vn",
            creditors="fr",
            what="pay",
            under="annex",
            when="2019-02-01",
        ),
        ENDED["terminated"],
    )

    assert ledger.view("2020-03-01").commitment("c").status == "expired"
