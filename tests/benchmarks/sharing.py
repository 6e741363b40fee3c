"""Several processes record in PostgreSQL at once, in one ledger or each in its own.

A reader follows the one ledger, who goes on after the last number that it saw; what it missed in
the end is counted. Writers have partnerships of their own, and begin at once; the clock runs from
the first to begin to the last to end. The reader looks every millisecond, and once more when all is
written: what is in the table then and was not seen is missed.
"""

import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import count
from threading import Barrier, Event

from tests.benchmarks.history import batches, shares
from tests.benchmarks.measurement import PRELOADED, timed
from tests.benchmarks.results import Sample
from tests.benchmarks.sides import SIDES

__all__ = ["shared"]

PAUSE_SECONDS = 0.001

_schemas = (f"shared_{os.getpid()}_{number}" for number in count(1))


def shared(side: str, events: int, *, writers: int, batch: int = 1) -> Sample:
    """Return the seconds for each event of one round, and how many events a reader missed."""
    schema = next(_schemas)
    SIDES[side].prepare(schema, writers)
    is_followed = SIDES[side].following is not None
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    with (
        context.Manager() as manager,
        ProcessPoolExecutor(writers + 1, mp_context=context) as processes,
    ):
        start, done = manager.Barrier(writers + is_followed), manager.Event()
        readers = [processes.submit(_missed, side, schema, start, done)] if is_followed else []
        works = [
            processes.submit(_record, side, schema, start, (number, writers, events, batch))
            for number in range(writers)
        ]
        try:
            spans = [work.result() for work in works]
        finally:
            done.set()
        return {
            "wall": (max(end for _, end in spans) - min(begin for begin, _ in spans)) / events,
            "missed": sum(map(Future[int].result, readers)),
        }


def _record(
    side: str, schema: str, start: Barrier, work: tuple[int, int, int, int]
) -> tuple[float, float]:
    """Return when this writer began and ended, by a clock that all processes share."""
    number, writers, events, batch = work
    acts = shares(events, writers)[number]
    with SIDES[side].recording(schema, number) as record:

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
    following = SIDES[side].following
    assert following is not None
    with following(schema) as look:

        def new(after: int) -> Iterator[int]:
            while page := look(after):
                yield from page
                after = page[-1]

        seen = list(new(0))
        start.wait()
        is_last_look = False
        while not is_last_look:
            is_last_look = done.is_set()
            seen += new(seen[-1] if seen else 0)
            time.sleep(PAUSE_SECONDS)
        return len(list(new(0))) - len(seen)
