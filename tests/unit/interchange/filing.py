"""Lines for the tests of interchange, and what they give."""

import json
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from coopledger import Ledger
from coopledger.errors import Finding, RefusedError
from coopledger.interchange import ImportReceipt
from tests.builders import Clock, numbered

Told = bytes | Mapping[str, object]
Progressed = list[tuple[int, int | None]]

PARTY: dict[str, object] = {
    "type": "party-registered",
    "party": "vn",
    "name": "Viet Nam",
    "kind": "state",
}
OTHER: dict[str, object] = {
    "type": "party-registered",
    "party": "fr",
    "name": "France",
    "kind": "state",
}
BETWEEN: dict[str, object] = {
    "type": "partnership-opened",
    "partnership": "vnfr",
    "parties": ["vn", "fr"],
}
START = (PARTY, OTHER, BETWEEN)


def held(meeting: str, **fields: object) -> dict[str, object]:
    """A meeting, as a line tells it."""
    told = {"type": "meeting-held", "meeting": meeting, "kind": "visit", "partnership": "vnfr"}
    return {**told, "when": "2022-08-16", **fields}


def registered(instrument: str, **fields: object) -> dict[str, object]:
    """A text, as a line tells it."""
    told = {"type": "instrument-registered", "instrument": instrument, "kind": "mou"}
    return {**told, "partnership": "vnfr", **fields}


def file_of(*told: Told) -> BytesIO:
    """A file with these lines."""
    lines = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in told]
    return BytesIO(b"".join(line + b"\n" for line in lines))


def empty(name: str = "office") -> Ledger:
    """A ledger without events, whose clock stands still."""
    return Ledger.in_memory(name=name, clock=Clock(), ids=numbered())


def taken_in(*told: Told) -> ImportReceipt:
    """What importing these lines into an empty ledger gives."""
    return empty().import_jsonl(file_of(*told))


def refused(*told: Told, ledger: Ledger | None = None) -> tuple[Finding, ...]:
    """What is wrong with these lines; the ledger stays as it was."""
    ledger = ledger or empty()
    position = ledger.position
    with pytest.raises(RefusedError) as caught:
        ledger.import_jsonl(file_of(*told))
    assert ledger.position == position
    return caught.value.findings


def said(*told: Told) -> list[str]:
    """The same in words."""
    return list(map(str, refused(*told)))


def heard(progress: Progressed) -> Callable[[int, int | None], None]:
    """Keeps what is told of progress."""

    def hear(done: int, total: int | None) -> None:
        progress.append((done, total))

    return hear
