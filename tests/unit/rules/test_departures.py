"""Commitments under a text that a debtor or creditor has left."""

import pytest

from coopledger import events
from coopledger.events import Event
from tests.builders import office
from tests.unit.rules.commitments import commitment, commitment_on, fulfilment, statuses
from tests.unit.rules.several import WHOLE, act, notice, ratification, signing, text, text_on

LEAVING = notice("2021-01-01", "vn", "2022-01-01")
ALIVE = "2021-12-31"
AFTER = "2022-01-01"


def left(
    debtors: tuple[str, ...], creditors: tuple[str, ...], *, survives: bool = False
) -> tuple[Event, ...]:
    promise = commitment(debtors=debtors, creditors=creditors, under="t", survives=survives)
    return (*WHOLE, promise, LEAVING)


@pytest.mark.parametrize(
    ("debtors", "creditors"), [(("vn",), ("fr",)), (("fr",), ("vn",)), (("vn",), ("fr", "cu"))]
)
def test_what_the_only_debtor_or_creditor_leaves_behind_expires(
    debtors: tuple[str, ...], creditors: tuple[str, ...]
) -> None:
    ledger = office(*left(debtors, creditors))

    assert statuses(ledger, ALIVE, AFTER) == ["pending", "expired"]
    assert str(commitment_on(ledger, AFTER).since) == AFTER


def test_between_those_that_stay_it_goes_on() -> None:
    assert statuses(office(*left(("fr",), ("cu",))), ALIVE, AFTER) == ["pending", "pending"]


def test_what_survives_the_text_outlives_the_leaving() -> None:
    ledger = office(*left(("vn",), ("fr",), survives=True))

    assert statuses(ledger, AFTER) == ["pending"]
    assert commitment_on(ledger, AFTER).debtors_open == ("vn",)


def test_one_of_several_that_left_drops_out() -> None:
    owing = commitment_on(office(*left(("vn", "fr"), ("cu",))), AFTER)
    owed = commitment_on(office(*left(("cu",), ("vn", "fr"))), AFTER)

    assert (owing.debtors, owing.debtors_open) == (("vn", "fr"), ("fr",))
    assert str(owing.status) == "pending"
    assert owed.creditors == ("fr",)


def test_who_would_owe_itself_alone_owes_nothing() -> None:
    ledger = office(*left(("vn", "fr"), ("vn", "fr")))

    assert statuses(ledger, ALIVE, AFTER) == ["pending", "expired"]


def test_what_was_closed_before_the_leaving_stays_closed() -> None:
    ledger = office(*left(("vn",), ("fr",)), fulfilment("2021-06-01"))

    assert statuses(ledger, AFTER) == ["fulfilled"]
    assert commitment_on(ledger, AFTER).creditors == ("fr",)


def test_it_is_open_again_when_the_party_comes_back() -> None:
    ledger = office(
        *left(("vn",), ("fr",)), act(events.InstrumentAcceded, "2022-06-01", party="vn")
    )

    assert statuses(ledger, AFTER, "2022-06-01") == ["expired", "pending"]
    assert str(commitment_on(ledger, "2022-07-01").since) == "2022-06-01"


def test_a_unit_leaves_with_the_party_above_it() -> None:
    assert statuses(office(*left(("most",), ("fr",))), AFTER) == ["expired"]


def test_between_two_it_ends_with_the_text() -> None:
    ledger = office(
        text("vn", "fr"),
        signing("2010-01-01"),
        ratification("2010-02-01", "vn"),
        act(events.InstrumentEnteredIntoForce, "2010-06-01"),
        commitment(under="t"),
        LEAVING,
    )

    assert str(text_on(ledger, AFTER).state) == "terminated"
    assert statuses(ledger, ALIVE, AFTER) == ["pending", "expired"]


def test_what_a_leaving_ended_stays_so_whoever_takes_over_from_the_party_later() -> None:
    succession = events.PartySucceeded(party="vn", by="most", when="2023-01-01", affairs="t")
    ledger = office(*left(("vn",), ("fr",)), succession)

    assert statuses(ledger, "2024-01-01") == ["expired"]


@pytest.mark.parametrize("recorded", [("a", "b"), ("b", "a")])
def test_of_two_notices_that_end_alike_the_first_given_ends_the_text(
    recorded: tuple[str, str],
) -> None:
    notices = {
        name: events.TerminationNotified(id=name, instrument="t", by=by, ends="2018-06", when=when)
        for name, by, when in (("a", "fr", "2016-11-20"), ("b", "vn", "2016-11-01/2016-11-28"))
    }
    ledger = office(
        events.InstrumentRegistered(
            id="r", instrument="t", partnership="vnfr", kind="mou", state="in_force"
        ),
        *(notices[name] for name in recorded),
    )

    assert ledger.view("2016-11-28").instrument("t").decided_by == ("a",)
