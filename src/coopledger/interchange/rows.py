"""A row of a log as one line of JSON, and back: its columns beside the fields of its event."""

import json

import attrs

from coopledger.codec import canonical
from coopledger.dates import instant_text, read_instant
from coopledger.errors import DamagedLogError, FieldError, RefusedError, StoreError
from coopledger.fields import build, counted, event_id, faults, identifier, text, wrong
from coopledger.interchange.lines import LONGEST, Line, refusal
from coopledger.interchange.strict_json import is_object, read_object
from coopledger.stores import Row
from coopledger.upcast import Fields

__all__ = ["RECORD", "read_line", "write_line"]

_HASH = 32


def _hash(value: str) -> bytes:
    """A hash from its hexadecimal letters."""
    try:
        found = bytes.fromhex(text(value))
    except ValueError:
        found = b""
    if len(found) != _HASH or found.hex() != value:
        raise wrong(value, "is no hash: 64 letters of 0-9 and a-f are needed")
    return found


@attrs.frozen(kw_only=True)
class ExportedLine:
    """The columns that a line of an export holds beside the fields of its event.

    Attributes:
        id: The id of the event.
        type: The wire tag of its type.
        v: The version of the type.
        ledger: The name of the ledger.
        position: The position in it.
        recorded_at: The record time, in microseconds since 1970 UTC.
        digest: The hash over the content.
        chain: The hash over the chain before, place, time and digest.
    """

    id: str = attrs.field(converter=event_id)
    type: str = attrs.field(converter=text)
    v: int = attrs.field(converter=counted)
    ledger: str = attrs.field(converter=identifier)
    position: int = attrs.field(converter=counted)
    recorded_at: int = attrs.field(converter=read_instant)
    digest: bytes = attrs.field(converter=_hash)
    chain: bytes = attrs.field(converter=_hash)


COLUMNS = tuple(attrs.fields_dict(ExportedLine))
# What tells where and when an event was recorded: only an export holds it.
RECORD = COLUMNS[3:]


def write_line(ledger: str, row: Row, *, plain: bool) -> bytes:
    """The line of a row, with its line feed; a plain one says nothing of the recording.

    Raises:
        DamagedLogError: The row is none that its line gives back.
        StoreError: The line is longer than any that is read.
    """
    fields = _fields(ledger, row)
    kind: Fields = {"id": row.event_id, "type": row.type, "v": row.v}
    record: Fields = {
        "ledger": ledger,
        "position": row.position,
        "recorded_at": instant_text(row.recorded_us),
        "digest": row.digest.hex(),
        "chain": row.chain.hex(),
    }
    line = _written(fields | kind | record)
    if not _gives_back(line, ledger, row):
        raise DamagedLogError(ledger, row.position, "its payload is not in its canonical form")
    if len(line) > LONGEST:
        where = f"ledger {ledger!r}, position {row.position}"
        raise StoreError(where, f"its line is longer than the {LONGEST} bytes that are read again")
    return (_written(fields | kind) if plain else line) + b"\n"


def read_line(line: Line) -> tuple[str, Row]:
    """The name of the ledger, and the row, that the line of an export holds.

    Raises:
        RefusedError: With every fault of its columns.
    """
    try:
        fields = read_object(line)
    except FieldError as error:
        raise refusal(line, [error]) from None
    if not fields.keys() & set(RECORD):
        remedy = "are missing: take in what is no export with import_jsonl"
        raise refusal(line, [FieldError("E105", ", ".join(map(repr, RECORD)), remedy)])
    columns = {name: fields.pop(name) for name in COLUMNS if name in fields}
    try:
        found = build(ExportedLine, columns)
    except FieldError:
        raise refusal(line, faults(ExportedLine, columns)) from None
    payload = _written(fields)
    if not payload:
        raise refusal(line, [FieldError("E106", "the line", "holds half a surrogate pair")])
    effective = fields.get("effective", fields.get("when"))
    row = Row(
        found.position,
        found.id,
        found.type,
        found.v,
        found.recorded_at,
        effective if isinstance(effective, str) else None,
        payload,
        found.digest,
        found.chain,
    )
    return found.ledger, row


def _written(fields: Fields) -> bytes:
    """The fields in their canonical form; nothing, if they have none."""
    try:
        return canonical(fields)
    except ValueError:  # Numbers that JSON has not; half a surrogate pair, which UTF-8 has not.
        return b""


def _fields(ledger: str, row: Row) -> Fields:
    """The fields of a row's event, as plain JSON values."""
    try:
        fields: object = json.loads(row.payload)
    except (ValueError, RecursionError):
        fields = None
    if not is_object(fields):
        raise DamagedLogError(ledger, row.position, "its payload is no JSON object")
    return fields


def _gives_back(line: bytes, ledger: str, row: Row) -> bool:
    """Whether the line is read as the row, so that an export can always be restored."""
    written = Line(file="", number=row.position, data=line, is_cut=False, is_ended=True)
    try:
        return read_line(written) == (ledger, row)
    except RefusedError:
        return False
