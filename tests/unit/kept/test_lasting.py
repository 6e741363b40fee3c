"""Tests of partnerships that are folded for many days: only what turned is looked at again."""

from collections.abc import Callable, Hashable, Iterator
from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from coopledger import Ledger, View, events
from coopledger._kept import lasting
from coopledger._kept.lasting import LastingSnapshot
from coopledger._rules.case import copied
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.meeting import MeetingCase
from coopledger._rules.proposal import ProposalCase
from coopledger._rules.stage import StageInputs, stage
from coopledger._snapshot import Snapshot
from coopledger.answers import stages
from coopledger.stores import MemoryStore
from coopledger.terms import Flag
from tests import builders

COMMITMENTS = 30
SUCCESSION = events.PartySucceeded(party="fr", by="mesr", when="2016-01-01")
# Cases on which acts are folded; that of a commitment is only ever folded whole.
TURNING = (InstrumentCase, MeetingCase, ProposalCase)
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


def turning() -> list[events.Event]:
    """Return events whose texts and plan run out by themselves, at times between other acts."""
    texts: list[events.Event] = [
        events.InstrumentRegistered(instrument="old", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(
            id="signed", instrument="old", when="2011-01-10", until="2012-01-09"
        ),
        events.InstrumentExtended(instrument="old", when="2012-09-01", until="2013-05-31"),
        events.InstrumentRegistered(
            instrument="tacit",
            partnership="vnfr",
            kind="agreement",
            renewal={"tacit": True, "years": 1},
        ),
        events.InstrumentSigned(
            instrument="tacit", when="2011-02-01", until="2012-01-31", in_force=True
        ),
        events.InstrumentRegistered(
            instrument="new", partnership="vnfr", kind="mou", supersedes=("old",)
        ),
        events.InstrumentSigned(instrument="new", when="2013-09", until="2014-08"),
    ]
    doubts: list[events.Event] = [
        events.FactDisputed(
            id="doubt", target="signed", field="until", alternative="2013-01-09", when="2012-04-01"
        ),
        events.StatusReported(id="said", subject="old", state="in_force", when="2012-06-01"),
    ]
    plans: list[events.Event] = [
        events.MeetingScheduled(
            meeting="m", partnership="vnfr", kind="talks", planned="2011-05", when="2011-01-05"
        ),
        events.MeetingPostponed(meeting="m", planned="2012-05", when="2011-09-01"),
        events.ProposalMade(proposal="p", partnership="vnfr", by="vn", text="a", when="2011-03-01"),
        events.ProposalDeclined(proposal="p", by="fr", when="2012-03-01"),
    ]
    return texts + doubts + plans


def months(number: int) -> Iterator[str]:
    """Yield so many days, a month apart from each other."""
    return ((FIRST + timedelta(days=30 * month)).isoformat() for month in range(number))


def asked(view: View) -> tuple[object, ...]:
    """Return the board on the day of the view."""
    return view.partnerships(), view.commitments(), view.commitments(open=None)


def everything(view: View) -> tuple[object, ...]:
    """Return the lists of the day on which things turn by themselves."""
    return view.partnerships(), view.instruments(), view.meetings(), view.proposals()


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


@pytest.mark.parametrize("days_ahead", [0, 100, 3653])
def test_each_day_is_told_as_a_fresh_fold_tells_it(
    monkeypatch: pytest.MonkeyPatch, days_ahead: int
) -> None:
    monkeypatch.setattr(lasting, "_DAYS_AHEAD", days_ahead)
    ledger = office()
    days = [*months(60)]
    for day in [*days, *reversed(days)]:
        view = ledger.view(day)
        assert asked(view) == asked(view.without())


@pytest.mark.parametrize("days_ahead", [0, 100, 3653])
def test_a_case_that_days_share_stays_as_it_was_found(
    monkeypatch: pytest.MonkeyPatch, days_ahead: int
) -> None:
    monkeypatch.setattr(lasting, "_DAYS_AHEAD", days_ahead)
    shared: list[tuple[object, object]] = []
    part = LastingSnapshot.part

    def noted(snapshot: LastingSnapshot, key: Hashable, find: Callable[[], Any]) -> object:
        found = part(snapshot, key, find)
        if isinstance(found, TURNING):
            shared.append((found, copied(found)))
        return found

    monkeypatch.setattr(LastingSnapshot, "part", noted)
    ledger = builders.office(*turning())
    days = [*months(60)]
    for day in [*days, *reversed(days)]:
        view = ledger.view(day)
        assert everything(view) == everything(view.without())

    assert {type(case) for case, _ in shared} == {*TURNING}
    assert len(shared) > 2 * len({id(case) for case, _ in shared})  # Days do share them.
    assert all(case == found for case, found in shared)


def test_the_stage_on_a_day_of_change_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[StageInputs] = []

    def counted(inputs: StageInputs) -> object:
        read.append(inputs)
        return stage(inputs)

    monkeypatch.setattr(stages, "stage", counted)
    ledger = builders.office(*turning())
    everything(ledger.view(FIRST))
    everything(ledger.view(FIRST + timedelta(days=30)))
    read.clear()
    days = [*months(60)]
    for day in [*days, *reversed(days)]:
        everything(ledger.view(day))

    assert len(read) < 10  # Once for each day on which a text or a proposal has changed.
    flags = [ledger.view(day).partnership("vnfr").flags for day in ("2012-03-01", "2012-05-01")]
    assert [Flag.CONFLICTS in each for each in flags] == [False, True]


def snapshot_of(view: View) -> Snapshot:
    """Return the snapshot that the view asks."""
    snapshot: Snapshot = getattr(view, "_snapshot")  # noqa: B009
    return snapshot


def test_where_later_acts_tell_otherwise_a_day_is_found_out_by_itself() -> None:
    days = ["2011-03-01", "2012-03-01", "2013-03-01"]
    ledger = builders.office(*turning())
    snapshot = snapshot_of(ledger.view(days[-1]))
    course = stages.Course.of(snapshot, "vnfr")  # as of the last day
    earlier = [snapshot_of(ledger.view(day)) for day in days]
    assert all(course.holds_on(each) for each in earlier)

    old = dict(course.inputs.instruments)["old"]
    old.changes[0] = attrs.evolve(old.changes[0], day=old.changes[0].day + 1)
    fresh = snapshot_of(ledger.view(days[1]).without())
    assert not course.holds_on(fresh)


def test_a_fold_that_is_broken_off_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = office()
    for day in months(6):
        snapshot_of(ledger.view(day))

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


def test_a_text_whose_case_is_kept_asks_anew_who_acts_for_its_parties() -> None:
    """The day after shares the case of the text, and not what its parties looked up for it."""
    ledger = builders.office(
        events.InstrumentRegistered(
            instrument="t", partnership="vncu", kind="project", parties=("vn", "fr")
        ),
        SUCCESSION,
    )
    for day in ("2017-01-01", "2015-01-01", "2016-01-01"):
        view = ledger.view(day)
        assert everything(view) == everything(view.without())


def test_whatever_is_found_out_by_the_day_is_a_part_where_days_share_it() -> None:
    """A question that a snapshot keeps by itself would be kept for other days too."""
    found = [name.removeprefix("find_") for name in vars(Snapshot) if name.startswith("find_")]
    kept = [each for each in found if each in vars(Snapshot)]
    assert "instrument" in kept
    assert [each for each in kept if each not in vars(LastingSnapshot)] == []
