"""Lives that are kept from one event to the next, and what makes them begin again."""

import pytest

from coopledger import Ledger, events
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from tests.builders import Clock, office

DAY = "2020-01-01"
MADE = events.CommitmentMade(
    commitment="c", partnership="vnfr", debtors="vn", creditors="fr", what="a", when=DAY
)


def _put_off(times: int) -> list[Event]:
    return [
        events.CommitmentRescheduled(commitment="c", due="2024", when=DAY) for _ in range(times)
    ]


def _released_by(party: str) -> Event:
    return events.CommitmentReleased(commitment="c", by=party, when="2021-01-01")


def _succeeded() -> Event:
    return events.PartySucceeded(party="fr", by="cu", when="2020-06-01")


def _codes(ledger: Ledger, event: Event) -> list[str]:
    try:
        ledger.record(event, dry_run=True)
    except RefusedError as error:
        return [finding.code for finding in error.findings]
    return []


def test_an_heir_acts_for_a_party_though_the_commitment_was_folded_before() -> None:
    ledger = office(MADE, *_put_off(6))
    assert _codes(ledger, _released_by("fr")) == []

    ledger.record(_succeeded())

    assert _codes(ledger, _released_by("fr")) == ["E607"]
    assert _codes(ledger, _released_by("cu")) == []


def test_an_heir_of_a_trial_alone_is_forgotten() -> None:
    ledger = office(MADE, *_put_off(6))

    ledger.record(_succeeded(), _released_by("cu"), dry_run=True)

    assert _codes(ledger, _released_by("cu")) == ["E607"]


def test_what_others_recorded_instead_of_a_trial_counts() -> None:
    store = MemoryStore()
    ledger = office(MADE, *_put_off(6), store=store)
    other = Ledger(store, name=ledger.name, clock=Clock())

    ledger.record(*_put_off(1), _released_by("fr"), dry_run=True)
    other.record(_succeeded())

    assert _codes(ledger, _released_by("fr")) == ["E607"]


@pytest.mark.parametrize("act", [events.EventRetracted, events.EventCorrected])
def test_a_corrected_act_does_not_stay_in_a_life(act: type[Event]) -> None:
    made = events.CommitmentCancelled(id="x", commitment="c", by="vn", when="2020-02-01")
    ledger = office(MADE, *_put_off(6), made)
    assert _codes(ledger, _released_by("fr")) == ["E605"]
    ledger.record(
        events.EventRetracted(target="x", reason="a slip")
        if act is events.EventRetracted
        else events.EventCorrected(target="x", reason="a slip", changes={"when": "2022"})
    )

    assert _codes(ledger, _released_by("fr")) == []
