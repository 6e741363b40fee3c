"""Files of many lines: what is held in memory while they come in, by their number."""

import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coopledger import Ledger, events
from coopledger.events import Event
from coopledger.events.envelope import stamped
from coopledger.stores import MemoryStore
from tests.builders import NAME, WORLD, Clock, store_unchecked

FEW, MANY = 1_500, 4_500  # Several pages and three times as many.
SLACK = 2**18  # In bytes, where each of the lines has some 400.


def acts(number: int) -> Iterator[Event]:
    """Yield the world and so many meetings."""
    yield from (stamped(event, id=f"w{place}") for place, event in enumerate(WORLD))
    for each in range(number):
        yield events.MeetingHeld(
            id=f"e{each}",
            meeting=f"m{each}",
            kind="visit",
            partnership="vnfr",
            when="2022-08-16",
            source="minutes",
            note=f"What was said at visit {each}.",
        )


def export(path: Path, number: int) -> Path:
    """Return the export of a ledger with so many events."""
    store, file = MemoryStore(), path / f"{number}.jsonl"
    store_unchecked(store, *acts(number))
    Ledger(store, name=NAME).export_jsonl(file)
    return file


def peak(call: Callable[[], object]) -> int:
    """Return the most bytes that Python holds during the call, beyond those before."""
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        call()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


@pytest.fixture
def restoring(tmp_path: Path) -> Callable[[int], int]:
    """Return the peak of a restoration of so many lines into a file."""

    def restore(number: int) -> int:
        file = export(tmp_path, number)
        with Ledger.open(tmp_path / f"{number}.db", name=NAME, clock=Clock()) as ledger:
            return peak(lambda: ledger.restore_jsonl(file))

    return restore


def test_a_restoration_holds_a_page_however_many_lines_there_are(
    restoring: Callable[[int], int],
) -> None:
    restoring(MANY - 1)  # The readers are made, and the ids remembered, of which there is a limit.

    assert restoring(MANY) < restoring(FEW) + SLACK
