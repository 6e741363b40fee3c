"""Recorders that break a promise, to see that the harness catches them."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.crash.recording import Recorder, store_recorder


@contextmanager
def hasty_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Acknowledges each batch before it is stored: the next call stores it."""
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
    """Stores the events of a batch one by one."""
    with store_recorder(path) as record:
        yield lambda event_ids: [record([event_id])[0] for event_id in event_ids]


@contextmanager
def failing_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Ends by itself."""
    with store_recorder(path):
        yield _fail


def _fail(event_ids: Sequence[str]) -> Sequence[int]:
    raise LookupError(event_ids)
