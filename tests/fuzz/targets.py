"""Targets of hostile bytes, each with seeds to begin from.

A target returns, whatever the bytes are: the library's own errors are what it expects, and any
other one ends it. What is accepted has to keep its promise.
"""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs

from coopledger import Checkpoint, Ledger, sheets
from coopledger._log.chain import head_at
from coopledger._log.codec import decode, encode
from coopledger._log.vocabulary import CORE
from coopledger.dates import known_us, read, read_instant, to_day, zone_name
from coopledger.errors import CoopledgerError
from coopledger.packs.readers import edtf
from coopledger.sheets import SheetMapping
from coopledger.stores import MemoryStore
from coopledger.stores.sqlite import SqliteStore
from tests.builders import Clock
from tests.contracts.tampered_stores import TamperedMemory
from tests.fuzz.seeds import DATES, LINES, PAYLOADS, ROWS, TABLES
from tests.golden.logs import HERE, NAME, VERSIONS, ZONE, golden_rows
from tests.unit.sheets.files import PARTS, sheet_of, write_parts

__all__ = ["TARGETS", "Target"]

TAGS = sorted(CORE.types)
SMALL = 6  # events in the logs whose rows and bytes are changed

read_checkpoint = Checkpoint.read


def _number(data: bytes) -> int:
    return int.from_bytes(data[:8], signed=True)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _maybe(data: bytes) -> str | None:
    return _text(data) if data else None


# How the columns of a row are read from hostile bytes.
KINDS: dict[str, Callable[[bytes], object]] = {
    "position": _number,
    "event_id": _text,
    "type": _text,
    "v": _number,
    "recorded_us": _number,
    "effective": _maybe,
    "payload": bytes,
    "digest": bytes,
    "chain": bytes,
}
COLUMNS = list(KINDS)


@attrs.frozen
class Target:
    """One door for bytes from outside.

    Attributes:
        run: Takes them.
        seeds: Some that get far.
        longest: How many bytes are tried at most.
    """

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterator[bytes]]
    longest: int


# --- decode: the payload of an event of any type


def _decode(data: bytes) -> None:
    """Decode bytes: the first one picks the type, the second its version."""
    tag, v, payload = TAGS[data[:1][0] % len(TAGS)] if data else TAGS[0], sum(data[1:2]), data[2:]
    try:
        event = decode(tag, v % 4, payload, "e1")
    except CoopledgerError:
        return
    # From here on a refusal breaks the promise too.
    written = encode(event)
    again = decode(tag, CORE.types[tag][0], written, "e1")
    assert again == event
    assert encode(again) == written


def _decode_seeds() -> Iterator[bytes]:
    for version in VERSIONS:
        for row in golden_rows(version):
            yield bytes([TAGS.index(row.type), row.v]) + row.payload
    yield from (bytes([number, 1]) + payload for payload in PAYLOADS for number in (0, 7, 20))


# --- import: a file that somebody sends


def _import(data: bytes) -> None:
    """Import bytes: the first one picks the way."""
    way, file = sum(data[:1]) % 3, BytesIO(data[1:])
    ledger = Ledger.in_memory(name=NAME, timezone=ZONE, clock=Clock())
    try:
        if way == 0:
            ledger.restore_jsonl(file)
        elif way == 1:
            ledger.import_jsonl(file)
        else:
            ledger.import_jsonl(file, rejects=BytesIO())
    except CoopledgerError:
        assert ledger.position == 0
    assert ledger.verify().fault is None
    out = BytesIO()
    assert ledger.export_jsonl(out) == ledger.position == out.getvalue().count(b"\n")


def _import_seeds() -> Iterator[bytes]:
    for version in VERSIONS:
        lines = (HERE / version / "export.jsonl").read_bytes().split(b"\n")
        yield b"\0" + b"\n".join([*lines[:SMALL], b""])
        yield b"\1" + b"\n".join([*lines[:SMALL], b""])
    yield from (bytes([way]) + line for line in LINES for way in range(3))


# --- dates: a text where a date, an instant or a zone is asked for


def _dates(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    _dates_round(text)
    _dates_in_hand(text)
    reads: tuple[Callable[[str], object], ...] = (
        to_day,
        read_instant,
        partial(known_us, zone=ZONE),
    )
    for door in reads:
        with suppress(CoopledgerError):
            door(text)
    if data[:1].isalpha():  # looking for the nearest of all zones takes its time
        with suppress(CoopledgerError):
            zone_name(text)


def _dates_round(text: str) -> None:
    try:
        date = edtf(text)
    except CoopledgerError:
        return
    assert edtf(str(date)) == date
    assert date.first is None or date.last is None or date.first <= date.last


def _dates_in_hand(text: str) -> None:
    for day_first in (None, True, False):
        try:
            date = read(text, day_first=day_first)
        except CoopledgerError:
            continue
        assert read(str(date), day_first=day_first) == date == edtf(str(date))


def _dates_seeds() -> Iterator[bytes]:
    return (text.encode("utf-8", "surrogatepass") for text in DATES)


# --- verify: rows, files and checkpoints that somebody changed


def _verify(data: bytes) -> None:
    """Change what the first byte picks, and verify."""
    (_verify_rows, _verify_file, _verify_checkpoint)[sum(data[:1]) % 3](data[1:])


def _verify_rows(data: bytes) -> None:
    """Set a column of a row to another value of its kind."""
    if len(data) < 2:
        return
    rows, which, column = (
        list(golden_rows("v1")[:SMALL]),
        data[0] % SMALL,
        COLUMNS[data[1] % len(COLUMNS)],
    )
    before = rows[which]
    changes: dict[str, Any] = {column: KINDS[column](data[2:])}
    rows[which] = attrs.evolve(before, **changes)
    attacked = TamperedMemory()
    attacked.restore(NAME, golden_rows("v1")[:SMALL])
    attacked.lay(NAME, rows, head=head_at(golden_rows("v1")[SMALL - 1]))
    ledger = Ledger(attacked.store, name=NAME, timezone=ZONE)
    verification = ledger.verify()
    is_same = rows[which] == before
    assert is_same if verification.fault is None else not is_same, verification
    assert is_same or verification.position <= which, verification
    with suppress(CoopledgerError):
        list(ledger.events())


def _verify_file(data: bytes) -> None:
    """Set some bytes of a file: each at a place of two bytes."""
    file = bytearray(_file())
    for start in range(0, len(data) - 2, 3):
        place = int.from_bytes(data[start : start + 2]) % len(file)
        file[place] = data[start + 2]
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        path = Path(folder, "log.db")
        path.write_bytes(file)
        with (
            suppress(CoopledgerError),
            closing(SqliteStore(path, lock_timeout_seconds=0.1)) as store,
        ):
            ledger = Ledger(store, name=NAME, timezone=ZONE)
            with suppress(CoopledgerError):
                ledger.verify()
            with suppress(CoopledgerError):
                ledger.view("2030-01-01").partnerships()
            with suppress(CoopledgerError):
                ledger.export_jsonl(BytesIO())
            ledger.checkpoint()


def _verify_checkpoint(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    with suppress(CoopledgerError):
        _ledger().verify(since=text)
    try:
        checkpoint = read_checkpoint(text)
    except CoopledgerError:
        return
    assert str(checkpoint) == " ".join(text.split())
    assert read_checkpoint(str(checkpoint)) == checkpoint


@cache
def _ledger() -> Ledger:
    store = MemoryStore()
    store.restore(NAME, golden_rows("v1")[:SMALL])
    return Ledger(store, name=NAME, timezone=ZONE)


@cache
def _file() -> bytes:
    """Return a small log as the bytes of its file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.db")
        with closing(SqliteStore(path)) as store:
            store.restore(NAME, golden_rows("v1")[:SMALL])
        with closing(sqlite3.connect(path)) as log:
            log.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return path.read_bytes()


def _memory() -> str | None:
    """Return a folder in memory, where there is one: a file is written for every run."""
    return next((folder for folder in ("/dev/shm",) if os.access(folder, os.W_OK)), None)  # noqa: S108


def _verify_seeds() -> Iterator[bytes]:
    texts = (b"", b"e1", b"2022", b"note-added", b"\xff" * 8)
    yield from (bytes([0, 1, column]) + text for column in range(len(COLUMNS)) for text in texts)
    places = (16, 18, 20, 60, 68, 100, 105, 4096, 4100, 8192, 12_300, 20_480, 24_600)
    yield from (b"\1" + place.to_bytes(2) + b"\xff" for place in places)
    yield b"\2" + str(_ledger().checkpoint()).encode()


# --- sheets: a spreadsheet that somebody sends


def _sheets(data: bytes) -> None:
    """Read a sheet and take it in: the first byte picks the file, or the part of a workbook."""
    way, data = sum(data[:1]) % 3, data[1:]
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        path = Path(folder, "office.xlsx")
        if way == 0:
            path.write_bytes(data)
        else:
            part = ("xl/sheet.xml", "xl/workbook.xml")[way - 1]
            write_parts(path, sheet_of(ROWS), {part: data})
        try:
            mapping = sheets.guess(path, us="OC", as_of="2024-06-30")
            sheet = sheets.read(path, mapping)
            sheet.marked(Path(folder, "marked.xlsx"))
        except CoopledgerError:
            return
        # From here on a refusal breaks the promise too.
        again = SheetMapping.from_toml(mapping.to_toml(sheet.proposals))
        assert again == _without_comments(mapping)
        ledger = Ledger.in_memory(name=NAME, timezone=ZONE, clock=Clock())
        receipt = sheet.record(ledger, rest=Path(folder, "rest.xlsx"))
        assert ledger.verify().fault is None
        assert len(receipt.events) == ledger.position


def _without_comments(mapping: SheetMapping) -> SheetMapping:
    """Return the mapping without what is a comment in TOML: what is not taken in."""
    tabs = [attrs.evolve(tab, unused=()) for tab in mapping.tabs]
    return attrs.evolve(mapping, tabs=tabs, left_out=())


def _sheets_seeds() -> Iterator[bytes]:
    yield from (b"\0" + table.encode() for table in TABLES)
    yield from (b"\0" + TABLES[0].encode(encoding) for encoding in ("utf-16", "utf-16-le"))
    with tempfile.TemporaryDirectory() as folder:
        path = write_parts(Path(folder, "office.xlsx"), sheet_of(ROWS))
        yield b"\0" + path.read_bytes()
    yield b"\1" + sheet_of(ROWS).encode()
    yield b"\1" + sheet_of(ROWS, after='<mergeCells><mergeCell ref="A2:C3"/></mergeCells>').encode()
    yield b"\1" + sheet_of(ROWS, before='<!DOCTYPE a [<!ENTITY b "c">]>').encode()
    yield b"\2" + PARTS["xl/workbook.xml"].encode()
    yield b"\0Date\tPartner\tMeet"


TARGETS: dict[str, Target] = {
    "decode": Target(_decode, _decode_seeds, 2000),
    "import": Target(_import, _import_seeds, 6000),
    "dates": Target(_dates, _dates_seeds, 60),
    "verify": Target(_verify, _verify_seeds, 300),
    "sheets": Target(_sheets, _sheets_seeds, 3000),
}
