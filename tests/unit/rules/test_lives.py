"""Lives that are kept from one event to the next, and what makes them begin again."""

from collections.abc import Callable
from datetime import date

import pytest

from coopledger import Ledger, events
from coopledger._facts.facts import Facts
from coopledger._facts.visible import Visible
from coopledger._rules.lives import Lives
from coopledger._snapshot import Snapshot
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from tests.builders import Clock, office
from tests.unit.rules.several import (
    THREE,
    act,
    entry,
    in_force_for,
    more_parties,
    notice,
    ratification,
    signing,
    text,
)

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


def test_a_life_stays_as_it_is_when_a_later_day_is_asked_about() -> None:
    ledger = office(
        events.InstrumentRegistered(instrument="i", partnership="vnfr", kind="mou"),
        events.NegotiationOpened(instrument="i", when="2019-01-01"),
        events.InstrumentInitialled(instrument="i", when="2019-06-01"),
        events.InstrumentSigned(instrument="i", when=DAY, until="2022-12-31"),
        events.MeetingScheduled(
            meeting="m", partnership="vnfr", kind="talks", planned="2021-04", when=DAY
        ),
        *(
            events.MeetingPostponed(meeting="m", planned=f"2021-0{month}", when=DAY)
            for month in (5, 6, 7)
        ),
    )
    facts, lives = Facts(lift=lambda _, fields: fields), Lives()
    for item in ledger.events():
        facts.add(item)

    def states(day: date) -> tuple[str, str]:
        visible = Visible(facts, facts.position)
        lives.follow(visible)
        snapshot = Snapshot(visible, day=day.toordinal(), lives=lives.ever)
        return snapshot.instrument("i").state, snapshot.meeting("m").status

    assert states(date(2020, 6, 1)) == ("in_force", "postponed")
    assert states(date(2025, 6, 1)) == ("expired", "unrecorded")
    assert states(date(2020, 6, 1)) == ("in_force", "postponed")


def test_consents_carry_on_a_text_under_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what is to come only that is looked for on which the past rests."""
    folded: list[str] = []
    fold: Callable[[Snapshot, str], object] = getattr(Snapshot, "_fold_instrument")  # noqa: B009

    def counted(snapshot: Snapshot, name: str) -> object:
        folded.append(name)
        return fold(snapshot, name)

    monkeypatch.setattr(Snapshot, "_fold_instrument", counted)
    units = [f"u{number}" for number in range(30)]
    ledger = office(
        *more_parties(*units),
        text(),
        signing("2010-01-01"),
        *(ratification("2010-02-01", party) for party in THREE),
        entry("2010-06-01"),
        notice("2011-01-01", "vn", "2030-01-01"),
    )
    for unit in units:
        ledger.record(act(events.InstrumentAcceded, "2012-01-01", party=unit))

    assert len(folded) < len(units) / 2
    assert len(in_force_for(ledger, "2013-01-01")) == len(units) + len(THREE)


def test_a_life_that_rests_on_the_members_of_its_day_is_not_carried_on() -> None:
    """Until a text is signed its parties are those of the partnership, which come and go."""
    talks = [events.NegotiationOpened(instrument="t", when="2015-01-01") for _ in range(6)]
    ledger = office(
        events.InstrumentRegistered(instrument="t", partnership="vnfr", kind="treaty"),
        *talks,
        events.PartyJoined(partnership="vnfr", party="cu", when="2019-01-01"),
    )

    assert _codes(ledger, signing("2018-01-01", "cu")) == ["E503"]
    assert _codes(ledger, signing("2020-01-01", "cu")) == []
