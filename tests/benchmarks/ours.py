"""Coopledger at work: recording, and replaying to a view."""

from pathlib import Path

from coopledger import Ledger, events
from coopledger.stores.sqlite.file import LogFile
from tests.benchmarks.history import Act, batches, history
from tests.benchmarks.measurement import Tally, Timing, timed

DAY = "2024-12-31"


def record(path: Path, count: int, batch: int) -> Timing:
    """Return what it takes to make events of the acts and to record them."""
    acts = history(count)

    def work() -> None:
        with Ledger.open(path) as ledger:
            for some in batches(acts, batch):
                ledger.record(*[event_of(act) for act in some])

    return timed(work)[0]


def replay(path: Path) -> tuple[Timing, Tally]:
    """Return what it takes from a closed file to the stage and status of everything.

    Nobody has asked the file anything before: no answer is kept.
    """

    def work() -> Tally:
        with Ledger.open(path) as ledger:
            view = ledger.view(on=DAY)
            partnerships = view.partnerships()
            commitments = view.commitments(open=None)
            return Tally(
                partnerships=len(partnerships),
                commitments=len(commitments),
                fulfilled=sum(commitment.status == "fulfilled" for commitment in commitments),
                cancelled=sum(commitment.status == "cancelled" for commitment in commitments),
            )

    return timed(work)


def settings(path: Path) -> tuple[str, int]:
    """Return the journal mode of the file, and the level of synchronous that the writer uses."""
    log = LogFile(address=path, durability="durable", lock_timeout_seconds=1)
    connection = log.connect()
    journal = str(connection.execute("PRAGMA journal_mode").fetchone()[0])
    synchronous = int(connection.execute("PRAGMA synchronous").fetchone()[0])
    connection.close()
    return journal, synchronous


def event_of(act: Act) -> events.Event:
    """Return the event that a user would make of the act."""
    event: events.Event = getattr(events, act.kind)(**act.fields)
    return event
