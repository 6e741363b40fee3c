"""Files of many lines: what is held in memory while they come in, by their number."""

import json
import tracemalloc
from collections.abc import Callable, Iterator
from io import SEEK_END, BytesIO
from pathlib import Path

import pytest

from coopledger import Ledger, events
from coopledger._interchange import importing
from coopledger._recording import indexing, recorder
from coopledger._rules import lives
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.events.envelope import stamped
from coopledger.packs import Candidate, Pack
from coopledger.stores import MemoryStore
from tests.builders import NAME, WORLD, Clock, office, store_unchecked
from tests.measuring import unmeasured

FEW, MANY = 1_500, 4_500  # Several pages and three times as many.
# In bytes, where each of the lines has some 400, and its event three times that. Python keeps some
# thousand tuples of a page to use them again, until its collector happens to come by.
SLACK = 2**19


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
        with unmeasured():
            call()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def lines(number: int) -> BytesIO:
    """Return a file with so many lines that name no id."""
    file = BytesIO()
    store = MemoryStore()
    store_unchecked(store, *acts(number))
    Ledger(store, name=NAME).export_jsonl(file, plain=True)
    without_ids = [
        {name: value for name, value in json.loads(line).items() if name != "id"}
        for line in file.getvalue().splitlines()
    ]
    return BytesIO("\n".join(map(json.dumps, without_ids)).encode())


def partnerships(number: int) -> BytesIO:
    """Return a file with so many lines, on partnerships with a few meetings each."""
    file = lines(0)
    file.seek(0, SEEK_END)
    for each in range(0, number, 10):
        name = f"p{each}"
        opening = {"type": "partnership-opened", "partnership": name, "parties": ["vn", "fr"]}
        meetings = (
            {"type": "meeting-held", "meeting": f"{name}-{visit}", "kind": "visit"}
            | {"partnership": name, "when": "2022-08-16", "source": "minutes"}
            for visit in range(9)
        )
        file.writelines(b"\n" + json.dumps(line).encode() for line in (opening, *meetings))
    file.seek(0)
    return file


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


def test_an_import_holds_a_page_however_many_lines_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As small as the files, so that what is kept is full after the first of them.
    monkeypatch.setattr(importing, "_PAGE_LINES", 50)
    monkeypatch.setattr(indexing, "_MOST_ON_TRIAL", 100)
    monkeypatch.setattr(recorder, "_LONGEST_TAIL", 100)
    monkeypatch.setattr(lives, "MOST_KEPT", 100)

    def importing_of(number: int) -> int:
        with Ledger.open(tmp_path / f"{number}.db", name=NAME, clock=Clock()) as ledger:
            file = partnerships(number)
            return peak(lambda: ledger.import_jsonl(file))

    importing_of(FEW - 10)

    # A third of an event, of which the number of the line is kept, and the collector's leftovers.
    assert importing_of(MANY) - importing_of(FEW) < 500 * (MANY - FEW)


def test_each_line_of_an_import_is_tried_once() -> None:
    tried: list[str | None] = []

    def note(candidate: Candidate) -> Iterator[Finding]:
        tried.append(candidate.event.id)
        yield from ()

    lab = Pack(name="lab", checks=[(events.MeetingHeld, note)])
    ledger = Ledger.in_memory(name=NAME, clock=Clock(), packs=lab)

    receipt = ledger.import_jsonl(lines(50))

    assert tried == [each.id for each in receipt.events[len(WORLD) :]]
    assert ledger.position == len(WORLD) + 50


def test_warnings_of_an_import_are_those_of_the_lines_that_were_tried() -> None:
    bare = (
        b'{"type":"meeting-held","meeting":"m%d","kind":"visit","partnership":"vnfr","when":"2022"}'
    )
    bad = b'{"type":"note-added","subject":"nobody","text":"a"}'
    plain = b'{"type":"note-added","subject":"vn","text":"a"}'
    ledger = office()
    file = BytesIO(b"\n".join([plain, bare % 1, bad, bare % 2]))

    receipt = ledger.import_jsonl(file, rejects=BytesIO())

    assert [(each.code, each.line) for each in receipt.warnings] == [("W105", 2), ("W105", 4)]
    assert [each.position for each in receipt.events] == [9, 10, 11]
