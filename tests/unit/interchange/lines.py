"""Lines of exports for the tests of interchange, and calls that import them."""

import json
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from coopledger import ImportReceipt, Ledger
from coopledger.errors import Finding, RefusedError
from tests.builders import Clock, numbered

Line = bytes | Mapping[str, object]
Progress = list[tuple[int, int | None]]

VIET_NAM: dict[str, object] = {
    "type": "party-registered",
    "party": "vn",
    "name": "Viet Nam",
    "kind": "state",
}
FRANCE: dict[str, object] = {
    "type": "party-registered",
    "party": "fr",
    "name": "France",
    "kind": "state",
}
PARTNERSHIP: dict[str, object] = {
    "type": "partnership-opened",
    "partnership": "vnfr",
    "parties": ["vn", "fr"],
}
START = (VIET_NAM, FRANCE, PARTNERSHIP)


def meeting_line(meeting: str, **fields: object) -> dict[str, object]:
    """Return the line of a meeting."""
    line = {"type": "meeting-held", "meeting": meeting, "kind": "visit", "partnership": "vnfr"}
    return {**line, "when": "2022-08-16", **fields}


def instrument_line(instrument: str, **fields: object) -> dict[str, object]:
    """Return the line of a registration."""
    line = {"type": "instrument-registered", "instrument": instrument, "kind": "mou"}
    return {**line, "partnership": "vnfr", **fields}


def file_of(*lines: Line) -> BytesIO:
    """Return a file with these lines."""
    texts = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return BytesIO(b"".join(text + b"\n" for text in texts))


def empty_ledger(name: str = "office") -> Ledger:
    """Return a ledger without events, whose clock does not move."""
    return Ledger.in_memory(name=name, clock=Clock(), ids=numbered())


def import_lines(*lines: Line) -> ImportReceipt:
    """Import the lines into an empty ledger."""
    return empty_ledger().import_jsonl(file_of(*lines))


def findings_of(*lines: Line, ledger: Ledger | None = None) -> tuple[Finding, ...]:
    """Return the findings of lines that are refused; the ledger stays as it was."""
    ledger = ledger or empty_ledger()
    position = ledger.position
    with pytest.raises(RefusedError) as caught:
        ledger.import_jsonl(file_of(*lines))
    assert ledger.position == position
    return caught.value.findings


def texts_of_findings(*lines: Line) -> list[str]:
    """Return the findings of refused lines as texts."""
    return list(map(str, findings_of(*lines)))


def progress_listener(progress: Progress) -> Callable[[int, int | None], None]:
    """Return a listener that notes each report of progress."""

    def note(done: int, total: int | None) -> None:
        progress.append((done, total))

    return note
