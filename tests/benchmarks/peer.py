"""Eventsourcing package at the same work: one aggregate per partnership and per party."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.sqlite import SQLiteApplicationRecorder

from tests.benchmarks.aggregates import Partnership, Party
from tests.benchmarks.history import Act, batches, history
from tests.benchmarks.measurement import Tally, Timing, timed

IDS = "SELECT DISTINCT originator_id FROM stored_events"

# The method for each kind of act on a partnership that exists.
METHODS = {
    "MeetingScheduled": "schedule_meeting",
    "MeetingHeld": "hold_meeting",
    "InterestExpressed": "express_interest",
    "ProposalMade": "make_proposal",
    "ProposalAgreedInPrinciple": "agree_in_principle",
    "ProposalDeclined": "decline_proposal",
    "InstrumentRegistered": "register_instrument",
    "NegotiationOpened": "open_negotiation",
    "NegotiationBrokenOff": "break_off_negotiation",
    "InstrumentSigned": "sign_instrument",
    "InstrumentEnteredIntoForce": "enter_into_force",
    "InstrumentExtended": "extend_instrument",
    "CommitmentMade": "make_commitment",
    "ConditionMet": "meet_condition",
    "CommitmentProgressed": "progress_commitment",
    "CommitmentRescheduled": "reschedule_commitment",
    "CommitmentFulfilled": "fulfil_commitment",
    "CommitmentCancelled": "cancel_commitment",
    "ObstacleReported": "report_obstacle",
    "ObstacleRemoved": "remove_obstacle",
}
# What names the partnership, for acts that do not say it themselves.
SUBJECTS = ("meeting", "proposal", "instrument", "commitment", "subject", "obstacle")


class Agreements(Application[UUID]):
    """Application with the default settings of the package, on SQLite."""


class AggregateCalls:
    """Calls on aggregates, one for each act; the aggregates are kept or loaded each time."""

    def __init__(self, load: Callable[[UUID], Partnership] | None = None) -> None:
        self._load = load
        self._partnerships: dict[str, Partnership | UUID] = {}
        self._about: dict[str, Partnership | UUID] = {}

    def take(self, act: Act) -> Aggregate:
        """Return the aggregate on which the act was done; the event waits there to be saved."""
        kind, fields = act
        if kind == "PartyRegistered":
            return Party(**cast("dict[str, Any]", fields))
        if kind == "PartnershipOpened":
            partnership = Partnership(**cast("dict[str, Any]", fields))
            self._partnerships[partnership.partnership] = (
                partnership.id if self._load else partnership
            )
            return partnership
        aggregate = self._find(fields)
        do: Callable[..., None] = getattr(aggregate, METHODS[kind])
        do(**fields)
        return aggregate

    def _find(self, fields: Mapping[str, object]) -> Partnership:
        subject = str(next(fields[name] for name in SUBJECTS if name in fields))
        aggregate = self._about.get(subject)
        if aggregate is None:
            aggregate = self._about[subject] = self._partnerships[str(fields["partnership"])]
        if "obstacle" in fields:
            self._about[str(fields["obstacle"])] = aggregate
        if isinstance(aggregate, Partnership):
            return aggregate
        assert self._load is not None
        return self._load(aggregate)


def application(path: Path) -> Agreements:
    """Return the application on the file."""
    return Agreements(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
    )


def record(path: Path, count: int, batch: int, *, loading: bool = False) -> Timing:
    """Return what it takes to do the acts and to save them.

    The aggregates are kept at hand, unless each is loaded from the file before its act.
    """
    acts = history(count)

    def work() -> None:
        with application(path) as app:

            def load(originator_id: UUID) -> Partnership:
                return app.repository.get(originator_id)

            calls = AggregateCalls(load if loading else None)
            for some in batches(acts, batch):
                app.save(*each_once(map(calls.take, some)))

    return timed(work)[0]


record_loading = partial(record, loading=True)


def replay(path: Path) -> tuple[Timing, Tally]:
    """Return what it takes from the closed file to the state of every aggregate."""
    connection = sqlite3.connect(path)
    ids = [UUID(text) for (text,) in connection.execute(IDS)]
    connection.close()

    def work() -> Tally:
        with application(path) as app:
            return _tally([app.repository.get(originator_id) for originator_id in ids])

    return timed(work)


def settings(path: Path) -> tuple[str, int]:
    """Return the journal mode of the file, and the level of synchronous that the writer uses."""
    with application(path) as app:
        recorder = cast("SQLiteApplicationRecorder", app.recorder)
        with recorder.datastore.get_connection(commit=True) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA journal_mode")
            journal = str(cursor.fetchone()[0])
            cursor.execute("PRAGMA synchronous")
            return journal, int(cursor.fetchone()[0])


def each_once(aggregates: Iterable[Aggregate]) -> Iterable[Aggregate]:
    """Return the aggregates of a batch; each saves all its waiting events."""
    return {aggregate.id: aggregate for aggregate in aggregates}.values()


def _tally(loaded: Iterable[object]) -> Tally:
    partnerships = [aggregate for aggregate in loaded if isinstance(aggregate, Partnership)]
    commitments = [item for aggregate in partnerships for item in aggregate.commitments.values()]
    return Tally(
        partnerships=len(partnerships),
        commitments=len(commitments),
        fulfilled=sum(item["status"] == "fulfilled" for item in commitments),
        cancelled=sum(item["status"] == "cancelled" for item in commitments),
    )
