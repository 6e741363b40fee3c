"""Coopledger at work: recording, and replaying to a view."""

import os
from pathlib import Path

from coopledger import Ledger, events
from coopledger._log.codec import decode
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.sqlite.file import LogFile
from tests.benchmarks.history import Act, batches, history
from tests.benchmarks.measurement import Tally, timed
from tests.servers import DSN_VARIABLE

DAY = "2024-12-31"


def record(path: Path, count: int, batch: int) -> float:
    """Return the seconds that it takes to make events of the acts and to record them."""
    acts = history(count)

    def work() -> None:
        with Ledger.open(path) as ledger:
            for some in batches(acts, batch):
                ledger.record(*[event_of(act) for act in some])

    return timed(work)[0]


def record_on_postgres(path: Path, count: int, batch: int) -> float:
    """Return the seconds on the server that the environment names; the path names the ledger."""
    acts = history(count)
    name = f"{path.parent.name}-{path.stem}".replace(" ", "-")

    def work() -> None:
        with Ledger.open(os.environ[DSN_VARIABLE], name=name) as ledger:
            for some in batches(acts, batch):
                ledger.record(*[event_of(act) for act in some])

    return timed(work)[0]


def replay(path: Path) -> tuple[float, Tally]:
    """Return the seconds from the closed file to the stage and status of everything."""

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


def read(path: Path) -> tuple[float, int]:
    """Return the seconds from the closed file to event objects, and their number."""

    def work() -> int:
        with Ledger.open(path) as ledger:
            return len(list(ledger.events()))

    return timed(work)


def decode_only(path: Path) -> tuple[float, int]:
    """Return the seconds from the payloads of a log, read before, to event objects."""
    with SqliteStore(path) as store:
        rows = list(store.read("ledger"))

    def work() -> int:
        return len([decode(row.type, row.v, row.payload, row.event_id) for row in rows])

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
