"""Several processes record in one ledger on PostgreSQL: ``python -m tests.benchmarks.sharing``.

Beside them a reader follows, who goes on after the last number that it saw; what it missed in
the end is counted.
"""

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from itertools import count
from pathlib import Path
from statistics import median
from threading import Barrier, Event

import attrs
import psycopg

from tests.benchmarks.__main__ import BATCH, SHARE_ONE_BY_ONE, use_server
from tests.benchmarks.history import batches, shares
from tests.benchmarks.measurement import timed
from tests.benchmarks.report import PEER
from tests.benchmarks.sides import SIDES
from tests.servers import DSN_VARIABLE

WRITERS = (1, 4, 8)
PAUSE_SECONDS = 0.001
NOTES = """\
Writers are processes that begin at once, each with partnerships of its own. The clock runs from the
first to begin to the last to end. The reader looks every millisecond, and once more when all is
written; what is in the table then and was not seen is missed. coopledger validates each event
against what the others recorded, which eventsourcing does not. Of its settings, the default locks
the table in each transaction; POSTGRES_ENABLE_DB_FUNCTIONS inserts through a function, without."""

_schemas = (f"shared_{os.getpid()}_{number}" for number in count(1))


@attrs.frozen
class Row:
    """One side: the seconds of each round, and what its reader missed.

    Attributes:
        side: Which one.
        seconds: How long each round took.
        missed: How many events the reader missed in each.
    """

    side: str
    seconds: list[float] = attrs.field(factory=list[float])
    missed: list[int] = attrs.field(factory=list[int])


def main() -> None:
    """Measure each number of writers, one event at a time and in batches."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.sharing", description=__doc__)
    parser.add_argument("--events", type=int, default=20_000, help="in batches; a tenth one by one")
    parser.add_argument("--writers", type=int, nargs="+", default=WRITERS, help="how many, in turn")
    parser.add_argument("--rounds", type=int, default=3, help="each figure is their median")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("/var/tmp"),  # noqa: S108 - on the disk, where /tmp is often memory
        help="where the server keeps its data, if none is given",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        use_server(Path(folder) / "server")
        print(heading(options.rounds), flush=True)
        for batch, events in ((1, options.events // SHARE_ONE_BY_ONE), (BATCH, options.events)):
            for writers in options.writers:
                rows = measured(events, batch=batch, writers=writers, rounds=options.rounds)
                title = f"batches of {batch}, " if batch > 1 else "one by one, "
                print(table(f"{title}{writers} writers, {events:,} events", rows, events=events))
        print(NOTES)


def measured(events: int, *, batch: int, writers: int, rounds: int) -> list[Row]:
    """Return the rows of all sides, measured in turns."""
    rows = [Row(side) for side in SIDES]
    for _ in range(rounds):
        for row in rows:
            seconds, missed = _round(row.side, events, batch=batch, writers=writers)
            row.seconds.append(seconds)
            row.missed.append(missed)
    return rows


def _round(side: str, events: int, *, batch: int, writers: int) -> tuple[float, int]:
    """Return the seconds of one round, and how many events its reader missed."""
    schema = next(_schemas)
    SIDES[side].prepare(schema)
    context = multiprocessing.get_context("forkserver")  # which imports everything only once
    context.set_forkserver_preload([__name__])
    with (
        context.Manager() as manager,
        ProcessPoolExecutor(writers + 1, mp_context=context) as processes,
    ):
        start, done = manager.Barrier(writers + 1), manager.Event()
        reader = processes.submit(_missed, side, schema, start, done)
        works = [
            processes.submit(_record, side, schema, start, (number, writers, events, batch))
            for number in range(writers)
        ]
        try:
            spans = [work.result() for work in works]
        finally:
            done.set()
        return max(end for _, end in spans) - min(begin for begin, _ in spans), reader.result()


def _record(
    side: str, schema: str, start: Barrier, work: tuple[int, int, int, int]
) -> tuple[float, float]:
    """Return when this writer began and ended, by a clock that all processes share."""
    number, writers, events, batch = work
    acts = shares(events, writers)[number]
    with SIDES[side].recording(schema) as record:

        def work_through() -> float:
            begin = time.monotonic()
            for some in batches(acts, batch):
                record(some)
            return begin

        start.wait()
        _, begin = timed(work_through)
    return begin, time.monotonic()


def _missed(side: str, schema: str, start: Barrier, done: Event) -> int:
    """Return how many events a reader misses that goes on after the last number it saw."""
    with SIDES[side].following(schema) as look:

        def new(after: int) -> Iterator[int]:
            while page := look(after):
                yield from page
                after = page[-1]

        seen = list(new(0))
        start.wait()
        is_last_look = False
        while not is_last_look:
            is_last_look = done.is_set()
            seen += new(seen[-1])
            time.sleep(PAUSE_SECONDS)
        return len(list(new(0))) - len(seen)


def heading(rounds: int) -> str:
    """Return the heading: the programs, the server and the settings."""
    with psycopg.connect(os.environ[DSN_VARIABLE]) as connection:
        names = ("server_version", "fsync", "synchronous_commit")
        settings = [
            f"{name} {value}"
            for name in names
            for (value,) in connection.execute("SELECT current_setting(%s)", (name,))
        ]
    return (
        f"coopledger beside eventsourcing {version(PEER)} on one PostgreSQL server\n"
        f"{', '.join(settings)}; {os.cpu_count()} processors; medians of {rounds} rounds in turns\n"
    )


def table(title: str, rows: Sequence[Row], *, events: int) -> str:
    """Return the rows, aligned, with their speed next to that of the peer as it is by default."""
    peer = next(row for row in rows if row.side.startswith(PEER))
    lines = [f"{title:<48}  events/s  to peer  missed by a reader in each round"]
    for row in rows:
        speed, ratio = events / median(row.seconds), median(peer.seconds) / median(row.seconds)
        missed = ", ".join(map(str, row.missed))
        lines.append(f"  {row.side:<46}{speed:>10,.0f}{ratio:>8.2f}x  {missed}")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
