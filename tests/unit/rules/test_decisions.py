"""Decisions about the end of a term: what is to be decided, and what came otherwise."""

import pytest

from coopledger import Ledger, events
from coopledger.events import Event
from coopledger.values import Renewal
from tests.builders import office
from tests.unit.rules.instruments import instrument_on, registration, signature, states

YEARLY = Renewal(tacit=True, years=1, notice_months=6)


def decided(decision: str, when: str) -> Event:
    return events.RenewalDecided(id=f"d-{when}", instrument="x", decision=decision, when=when)


def flags(ledger: Ledger, *days: str) -> list[tuple[str, ...]]:
    return [instrument_on(ledger, day).flags for day in days]


def test_an_end_that_is_near_is_to_be_decided() -> None:
    ledger = office(registration(), signature("2018-01-01", until="2020-12-31"))

    days = ("2020-07-03", "2020-07-04", "2020-12-31", "2021-01-01")
    assert flags(ledger, *days) == [(), ("to_decide",), ("to_decide",), ()]


def test_the_last_day_for_notice_is_to_be_decided_before_the_end() -> None:
    ledger = office(registration(renewal=YEARLY), signature("2018-01-01", until="2020-12-31"))

    assert flags(ledger, "2020-01-01", "2020-01-02") == [(), ("to_decide",)]


def test_a_decision_is_shown_and_holds_for_its_term_alone() -> None:
    ledger = office(
        registration(renewal=YEARLY),
        signature("2018-01-01", until="2020-12-31"),
        decided("renew", "2020-05-01"),
    )
    before, after = (instrument_on(ledger, day) for day in ("2020-12-01", "2021-12-01"))

    assert (before.decision, before.flags) == ("renew", ())
    assert before.decided_by[-1] == "d-2020-05-01"
    assert (after.decision, after.flags) == (None, ("tacitly_renewed", "to_decide"))
    assert str(before).endswith("decided: renew")
    assert "decided: renew." in ledger.view("2020-12-01").explain("x").sentence


@pytest.mark.parametrize("decision", ["let_lapse", "end"])
def test_what_rolls_on_against_a_decision_is_told_until_it_is_decided_again(decision: str) -> None:
    ledger = office(
        registration(renewal=YEARLY),
        signature("2018-01-01", until="2020-12-31"),
        decided(decision, "2020-05-01"),
        decided("renew", "2022-02-01"),
    )
    days = ("2020-12-31", "2021-01-01", "2022-01-01", "2022-02-01")

    assert ["decided_otherwise" in found for found in flags(ledger, *days)] == [
        *(False, True, True, False),
    ]


def test_a_tacit_renewal_that_is_recorded_came_otherwise_too() -> None:
    ledger = office(
        registration(),
        signature("2018-01-01", until="2020-12-31"),
        decided("let_lapse", "2020-05-01"),
        events.InstrumentRenewed(instrument="x", years=1, tacit=True, when="2021-01-01"),
    )

    assert flags(ledger, "2021-01-01") == [("decided_otherwise", "tacitly_renewed")]


def test_parties_that_prolong_it_have_decided_so() -> None:
    ledger = office(
        registration(renewal=YEARLY),
        signature("2018-01-01", until="2020-12-31"),
        decided("end", "2020-05-01"),
        events.InstrumentExtended(instrument="x", years=1, when="2021-03-01"),
    )

    assert flags(ledger, "2021-02-28", "2021-03-01") == [
        *(("decided_otherwise", "tacitly_renewed", "to_decide"), ()),
    ]


def test_a_decision_changes_no_state() -> None:
    ledger = office(
        registration(), signature("2018-01-01", until="2020-12-31"), decided("end", "2020-05-01")
    )

    assert states(ledger, "2020-05-01", "2020-12-31", "2021-01-01") == [
        *("in_force", "in_force", "expired"),
    ]


def test_those_that_nobody_decided_are_listed_alone() -> None:
    ledger = office(
        registration(),
        registration(name="y"),
        registration(name="z"),
        *(signature("2018-01-01", name=name, until="2020-12-31") for name in "xyz"),
        decided("renew", "2020-05-01"),
        events.TerminationNotified(instrument="y", by="vn", ends="2020-12-01", when="2020-06-01"),
    )
    view = ledger.view("2020-11-01")

    assert [each.id for each in view.expiring(within_days=90)] == ["y", "x", "z"]
    assert [each.id for each in view.expiring(within_days=90, undecided=True)] == ["z"]
    assert [each.id for each in view.instruments(flag="to_decide")] == ["z"]
