"""Processes that record in one log, beside one that follows it."""

import multiprocessing
import os
import random
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import attrs

from tests.servers import DSN_VARIABLE
from tests.soak.logs import KINDS
from tests.soak.tally import LoggedEvent, Tail, Tally, batch_of, compare

__all__ = ["Soak", "soak"]

# Single events mostly, small batches, and some that fill more than one page of a reader.
SIZES = (1, 1, 1, 1, 2, 3, 5, 8, 40, 600)
# How many positions a look asks for; none for all that there are.
PAGES = (None, 7, None, 100)


@attrs.frozen(kw_only=True)
class Soak:
    """Parameters of one soak.

    Attributes:
        kind: How it is recorded and read: one of `KINDS`.
        writers: How many processes record.
        events: How many events they record together, or a few more.
        seed: Of the sizes of batches.
    """

    kind: str
    writers: int
    events: int
    seed: int = 1


def soak(folder: Path, parameters: Soak) -> Tally:
    """Start the processes at once, and return what the reader saw in the end."""
    location = KINDS[parameters.kind].new_location(folder)
    context = multiprocessing.get_context("forkserver")  # which imports everything only once
    context.set_forkserver_preload([__name__])
    with (
        context.Manager() as manager,
        ProcessPoolExecutor(
            parameters.writers + 1,
            mp_context=context,
            initializer=_know_server,
            initargs=(os.environ.get(DSN_VARIABLE, ""),),
        ) as processes,
    ):
        start, done = manager.Barrier(parameters.writers + 1), manager.Event()
        reader = processes.submit(_read, parameters, location, start, done)
        writers = [
            processes.submit(_write, parameters, location, start, number)
            for number in range(parameters.writers)
        ]
        try:
            acknowledged = [each for writer in writers for each in writer.result()]
        finally:
            done.set()
        return compare(acknowledged, reader.result())


def _know_server(address: str) -> None:
    """Name the server to a process: what forks them may be older than the server."""
    if address:
        os.environ[DSN_VARIABLE] = address


def _write(parameters: Soak, location: str, start: Barrier, writer: int) -> Sequence[LoggedEvent]:
    """Record batch after batch, and return what was acknowledged."""
    chance = random.Random(f"{parameters.seed}/{writer}")  # noqa: S311 - a seed repeats the sizes
    acknowledged: list[LoggedEvent] = []
    with KINDS[parameters.kind].open_recorder(location) as record:
        start.wait()
        while len(acknowledged) * parameters.writers < parameters.events:
            event_ids = batch_of(writer, len(acknowledged) + 1, chance.choice(SIZES))
            acknowledged += map(LoggedEvent, record(event_ids), event_ids)
    return acknowledged


def _read(parameters: Soak, location: str, start: Barrier, done: Event) -> Tail:
    """Follow the log without a pause, and look once more when all is written."""
    with KINDS[parameters.kind].follow(location) as follow:
        tail = Tail()
        start.wait()
        looks = 0
        while not done.is_set():
            tail.look(follow, PAGES[looks % len(PAGES)])
            looks += 1
        tail.look(follow)
    return tail
