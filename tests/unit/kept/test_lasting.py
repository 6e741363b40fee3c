"""Tests of partnerships that are folded for many days: only what turned is looked at again."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from coopledger import Ledger, View, events
from coopledger._snapshot import Snapshot
from coopledger.stores import MemoryStore

COMMITMENTS = 30
FIRST = date(2011, 1, 1)


def office() -> Ledger:
    """Return a ledger of one partnership, where one commitment after the other is made and kept."""
    ledger = Ledger(MemoryStore())
    ledger.record(
        events.PartyRegistered(party="vn", name="Viet Nam", kind="state"),
        events.PartyRegistered(party="fr", name="France", kind="state"),
        events.PartnershipOpened(partnership="vn-fr", parties=("vn", "fr"), when="2010-01-01"),
    )
    for number in range(COMMITMENTS):
        day = FIRST + timedelta(days=60 * number)
        ledger.record(
            events.CommitmentMade(
                commitment=f"c{number}",
                partnership="vn-fr",
                what="Send a report",
                debtors=("vn",),
                creditors=("fr",),
                due=(day + timedelta(days=90)).isoformat(),
                when=day.isoformat(),
                source="Minutes",
            ),
            events.CommitmentFulfilled(
                commitment=f"c{number}",
                when=(day + timedelta(days=40)).isoformat(),
                source="Minutes",
            ),
        )
    return ledger


def months(number: int) -> Iterator[str]:
    """Yield so many days, a month apart from each other."""
    return ((FIRST + timedelta(days=30 * month)).isoformat() for month in range(number))


def asked(view: View) -> tuple[object, ...]:
    """Return the board on the day of the view."""
    return view.partnerships(), view.commitments(), view.commitments(open=None)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the commitments that are folded in the test."""
    names: list[str] = []
    find = Snapshot.find_commitment

    def counted(snapshot: Snapshot, name: str) -> object:
        names.append(name)
        return find(snapshot, name)

    monkeypatch.setattr(Snapshot, "find_commitment", counted)
    return names


def test_a_commitment_is_folded_when_an_act_on_it_counts(found: list[str]) -> None:
    ledger = office()
    for day in months(60):
        asked(ledger.view(day))
    # For the first day, for those that follow it, and after each of its two acts: not on all days.
    assert max(map(found.count, set(found))) <= 5


def test_each_day_is_told_as_a_fresh_fold_tells_it() -> None:
    ledger = office()
    days = [*months(60)]
    for day in [*days, *reversed(days)]:
        view = ledger.view(day)
        assert asked(view) == asked(view.without())


def test_a_fold_that_is_broken_off_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = office()
    for day in months(6):
        asked(ledger.view(day))

    def broken(_: Snapshot, __: str) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(Snapshot, "find_commitment", broken)
    later = ledger.view("2014-12-31")
    with pytest.raises(KeyboardInterrupt):
        asked(later)
    monkeypatch.undo()
    for day in months(60):
        view = ledger.view(day)
        assert asked(view) == asked(view.without())
