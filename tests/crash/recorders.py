"""Recorders: what a process does that will be killed, through a store or through a ledger.

The last ones break a promise, to see that the harness catches them.
"""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import count, cycle
from pathlib import Path

import pendulum

from coopledger import Ledger, events
from coopledger._log.chain import Listing
from coopledger.stores import Draft, Row, Store, digest
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import index_fault

LEDGER = "crash"

# Records the events of those ids, all or none, and returns their positions.
Recorder = Callable[[Sequence[str]], Sequence[int]]

# Opens a log as a process does that begins; closing it is what a process does that ends.
OpenRecorder = Callable[[Path], AbstractContextManager[Recorder]]

# Opens the store that holds a log.
OpenStore = Callable[[Path], Store]

# Single events mostly; some batches, one too large for a page of the file and one for many.
SIZES = (1, 1, 1, 4, 1, 30, 1, 1, 300)
BATCHES_BETWEEN_OPENINGS = 25

# The round of the events in a log before the first process begins.
BEFORE = -1


def ids_of_batch(round_number: int, batch: int) -> list[str]:
    """Return the ids of one batch: each names the round, the batch, and its number there."""
    size = SIZES[batch % len(SIZES)]
    return [f"{round_number}/{batch}/{number}/{size}" for number in range(1, size + 1)]


def record_until_killed(
    path: Path, *, round_number: int, acknowledge: int, open_recorder: OpenRecorder
) -> None:
    """Record batch after batch, and write the last position of each to a file descriptor.

    The log is closed and opened again now and then, so that it is also killed at that.
    """
    batches = count()
    while True:
        with open_recorder(path) as record:
            for _ in range(BATCHES_BETWEEN_OPENINGS):
                positions = record(ids_of_batch(round_number, next(batches)))
                os.write(acknowledge, b"%d\n" % positions[-1])


@contextmanager
def store_recorder(
    path: Path, open_store: OpenStore = SqliteStore
) -> Generator[Recorder, None, None]:
    """Record through the store alone."""
    with closing(open_store(path)) as store:
        seen = store.head(LEDGER).position
        payloads = cycle(b"x" * size for size in (40, 500, 3_000, 12_000))

        def record(event_ids: Sequence[str]) -> Sequence[int]:
            nonlocal seen
            drafts = [_draft(event_id, payload=next(payloads)) for event_id in event_ids]
            rows = store.append(LEDGER, drafts, seen=seen, clock_us=0, revise=_nobody_else).rows
            seen = rows[-1].position
            return [row.position for row in rows]

        yield record


def names_of(event_id: str) -> Listing:
    """Return the names under which the event of a store is found."""
    round_number, batch, _, size = event_id.split("/")
    names = sorted({event_id, f"round {round_number}", f"batch {batch}", f"size {size}"})
    return Listing(names=tuple(names), opened=(("event", event_id),))


def check_names(path: Path) -> int:
    """Check that each event is found under its names, and no other; return how many there are."""
    with closing(SqliteStore(path)) as store:
        head, listed = store.head(LEDGER), store.listed(LEDGER)
        assert listed.position == head.position
        assert index_fault(store, LEDGER, lambda row: names_of(row.event_id)) is None
    return head.position


def _draft(event_id: str, *, payload: bytes) -> Draft:
    content = digest(
        LEDGER, event_id=event_id, type="note-added", v=1, effective=None, payload=payload
    )
    return Draft(
        event_id=event_id,
        type="note-added",
        v=1,
        effective=None,
        payload=payload,
        digest=content,
        listing=names_of(event_id),
    )


def _nobody_else(rows: Iterator[Row]) -> None:
    assert not list(rows), "nobody else records here"


@contextmanager
def ledger_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Register parties through a ledger: validated, chained and durable."""
    with Ledger.open(path, name=LEDGER, clock=noon) as ledger:

        def record(event_ids: Sequence[str]) -> Sequence[int]:
            return [stored.position for stored in ledger.record(*parties(event_ids)).events]

        yield record


def parties(event_ids: Sequence[str]) -> list[events.PartyRegistered]:
    """Return a party for each id: parties need nothing else to be known first."""
    return [
        events.PartyRegistered(id=name, party=name, name=f"Party {name}", kind="other")
        for name in event_ids
    ]


def noon() -> pendulum.DateTime:
    """Return the same moment at every call."""
    return pendulum.datetime(2020, 1, 1, 12)


@contextmanager
def hasty_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Acknowledge each batch before it is stored: the next call stores it."""
    with store_recorder(path) as record:
        waiting: list[str] = []
        position = 0

        def record_later(event_ids: Sequence[str]) -> Sequence[int]:
            nonlocal position
            if waiting:
                position = record(waiting)[-1]
            waiting[:] = event_ids
            return range(position + 1, position + 1 + len(event_ids))

        yield record_later


@contextmanager
def tearing_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Store the events of a batch one by one."""
    with store_recorder(path) as record:
        yield lambda event_ids: [record([event_id])[0] for event_id in event_ids]


@contextmanager
def failing_recorder(path: Path) -> Generator[Recorder, None, None]:
    """End the process by itself."""
    with store_recorder(path):
        yield _fail


def _fail(event_ids: Sequence[str]) -> Sequence[int]:
    raise LookupError(event_ids)
