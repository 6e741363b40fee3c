"""Lines of bytes with their numbers, in bounded memory whatever the file holds.

A line ends at a line feed and nowhere else: U+2028 and U+0085 may stand inside of it.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeGuard

import attrs

from coopledger._fields.classes import build, faults
from coopledger._fields.reading import event_id, identifier, invalid, positive, short_repr, text
from coopledger._interchange.files import Source
from coopledger._log.chain import Row
from coopledger._log.codec import canonical
from coopledger._log.vocabulary import Fields
from coopledger.dates import instant_text, read_instant
from coopledger.errors import DamagedLogError, FieldError, Finding, RefusedError, StoreError

# In bytes: longer than the text of any treaty, and small enough that even the most wasteful
# JSON of that length takes no more than some hundred megabytes when it is read.
LONGEST = 4 * 2**20
MOST_WORDS = 2000  # Letters of a message: what a line holds may be told, not repeated.

_PIECE = 2**16
_MARK = b"\xef\xbb\xbf"  # What some editors put in front of UTF-8.
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ARRAY = re.compile(rb"\s*\[\s*(\{|$)")  # Around all the events, or with the first of them.


@attrs.frozen
class Line:
    """One line of a file.

    Attributes:
        file: How messages call the file.
        number: Its number, from 1.
        data: Its bytes without the line feed; of a line that is too long only the beginning.
        is_cut: Whether the line is too long.
        is_ended: Whether a line feed ends it, as it does every line but perhaps the last.
    """

    file: str
    number: int
    data: bytes
    is_cut: bool
    is_ended: bool

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing on the line."""
        return not self.data.strip()


def lines(file: Source, *, drop: Callable[[bytes], object]) -> Iterator[Line]:
    """The lines of the file, one by one.

    What a line has beyond `LONGEST` goes to ``drop`` in pieces, after the line was given.

    Raises:
        RefusedError: The file is UTF-16, or one JSON array: nothing in it can be read.
        StoreError: The file cannot be read.
    """
    number = 0
    while data := file.line(LONGEST + 1):
        number += 1
        if number == 1:
            data = data.removeprefix(_MARK)
            _refuse_other_form(file.name, data)
        is_ended = data.endswith(b"\n")
        is_cut = not is_ended and len(data) > LONGEST
        yield Line(file.name, number, data.removesuffix(b"\n"), is_cut, is_ended)
        while is_cut and (piece := file.line(_PIECE)):
            drop(piece)
            is_cut = not piece.endswith(b"\n")


def refusal(line: Line, faults: Iterable[FieldError]) -> RefusedError:
    """The error about a line that tells no event."""
    return RefusedError(tuple(located(fault.finding(), line) for fault in faults))


def located(finding: Finding, line: Line) -> Finding:
    """The finding with the file and the line to which it belongs, in bounded words."""
    message = finding.message
    if len(message) > MOST_WORDS:
        message = f"{message[:MOST_WORDS]}..."
    return attrs.evolve(finding, file=line.file, line=line.number, message=message)


def _refuse_other_form(name: str, data: bytes) -> None:
    """Refuses the whole file at once, rather than each of its lines."""
    if data.startswith(_UTF_16):
        message = "the file is UTF-16: save it as UTF-8"
    elif _ARRAY.match(data):
        message = "the file is one JSON array: write one object a line, no brackets or commas"
    else:
        return
    raise RefusedError((Finding("E106", message, file=name, line=1),))


# One JSON object from one line: nothing is guessed, and nothing hostile gets further.
#
# Python's reader takes the last of two equal names, ``NaN``, and numbers of any length.


def _whole(found: str, remedy: str) -> FieldError:
    """The error about the line as a whole."""
    return FieldError("E106", f"the line {found}", remedy)


# Twice what the fields of an event may hold: they say themselves what is too deep for them.
DEEPEST = 64
MOST_FIELDS = 200  # An event has some forty.
LONGEST_NAME = 200
EXACT = 2**53
_SHOWN = 60  # Letters of a line that is no object; a longer one is told in part.
_DIGITS = 600  # Enough to see that a number is too large; Python refuses to read some thousand.

_TOO_LONG = _whole("is longer", f"than {LONGEST} bytes: shorten its texts")
_TOO_DEEP = _whole("is nested", f"deeper than {DEEPEST} levels")


def read_object(line: Line) -> Fields:
    """The fields that the line holds, as plain JSON values.

    Raises:
        FieldError: E106, what is wrong with the line as a whole, or with the first such field.
    """
    if line.is_cut:
        raise _TOO_LONG
    text = _text(line)
    try:
        found: object = json.loads(
            text, object_pairs_hook=_once_each, parse_int=_whole_number, parse_constant=float
        )
    except json.JSONDecodeError as error:
        raise _broken(line, error) from None
    except RecursionError:
        raise _TOO_DEEP from None
    if not is_object(found):
        near = text.strip()
        is_short = len(near) <= _SHOWN and near.isprintable()
        told = near if is_short else short_repr(found)
        raise FieldError("E106", told, "is no object: write the fields of one event in braces")
    for fault in _faults(found):
        raise fault
    return found


def is_object(value: object) -> TypeGuard[Fields]:
    """Whether JSON writes the value in braces."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Whether JSON writes the value in brackets."""
    return isinstance(value, list)


def _text(line: Line) -> str:
    """The line as text."""
    try:
        return line.data.decode()
    except UnicodeDecodeError as error:
        found = f"byte {error.start + 1} of the line, 0x{line.data[error.start]:02X},"
        raise FieldError("E106", found, "is no UTF-8: save the file as UTF-8") from None


def _broken(line: Line, error: json.JSONDecodeError) -> FieldError:
    """What is wrong with a line that is no JSON."""
    is_at_its_end = not error.doc[error.pos :].strip() or error.msg.startswith("Unterminated")
    if is_at_its_end:
        where = "in the middle" if line.is_ended else "in the middle, and the file with it"
        return _whole("ends", f"{where} ({_plain(error.msg)}): was it cut off?")
    near = short_repr(error.doc[error.pos : error.pos + 20])
    return _whole("is no JSON", f"at column {error.colno}, near {near}: {_plain(error.msg)}")


def _plain(words: str) -> str:
    """The words of Python's reader as part of a sentence."""
    return words[0].lower() + words[1:].removesuffix(" at")


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which every name stands once."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise invalid(name, "stands twice: write each field once")
        found[name] = value
    return found


def _whole_number(digits: str) -> int:
    """A whole number, or one just as much too large."""
    return int(digits[:_DIGITS])


def _faults(fields: Fields) -> Iterator[FieldError]:
    """What no field of an event may hold, whatever its type."""
    if len(fields) > MOST_FIELDS:
        yield _whole(f"has {len(fields)} fields", f"where an event has {MOST_FIELDS} at most")
    for name, value in fields.items():
        if len(name) > LONGEST_NAME:
            yield FieldError("E106", short_repr(name), "is no name of a field")
        fault = _fault(value, 1)
        if fault is not None:
            yield fault.within(name)


def _fault(value: object, depth: int) -> FieldError | None:
    """The first number that is none, or nesting that is too deep."""
    if isinstance(value, float) and not math.isfinite(value):
        return FieldError("E106", json.dumps(value), "is no number of JSON, or too large for one")
    if isinstance(value, int) and abs(value) > EXACT:
        return invalid(value, "is beyond the whole numbers that every reader keeps exact")
    parts = value if is_list(value) else value.values() if is_object(value) else None
    if parts is None:
        return None
    if depth == DEEPEST:
        return FieldError("E106", "a value", f"is nested deeper than {DEEPEST} levels")
    found = (_fault(part, depth + 1) for part in parts)
    return next((fault for fault in found if fault is not None), None)


# A row of a log as one line of JSON, and back: its columns beside the fields of its event.

_HASH = 32


def _hash(value: str) -> bytes:
    """A hash from its hexadecimal letters."""
    try:
        found = bytes.fromhex(text(value))
    except ValueError:
        found = b""
    if len(found) != _HASH or found.hex() != value:
        raise invalid(value, "is no hash: 64 letters of 0-9 and a-f are needed")
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
    v: int = attrs.field(converter=positive)
    ledger: str = attrs.field(converter=identifier)
    position: int = attrs.field(converter=positive)
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


# What is wrong with the lines of a file, all of it, in bounded memory.

MOST = 10_000  # So many findings are kept; of further ones only the number of their lines.


@attrs.define
class Reports:
    """Collects findings on bad lines.

    Attributes:
        kept: The findings, in the order of the lines.
        lines: How many lines are bad.
        unlisted: On how many of them no finding was kept.
    """

    kept: list[Finding] = attrs.field(factory=list[Finding])
    lines: int = 0
    unlisted: int = 0

    def add(self, findings: tuple[Finding, ...]) -> None:
        """One more bad line."""
        self.lines += 1
        if len(self.kept) + len(findings) > MOST:
            self.unlisted += 1
        else:
            self.kept += findings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding that was kept, and at the end how many bad lines are not listed."""
        if not self.unlisted:
            return tuple(self.kept)
        message = f"{self.unlisted} more bad lines are not listed: mend these, then try again"
        return (*self.kept, Finding("E106", message, file=self.kept[-1].file))

    def refuse(self) -> None:
        """Raise what was found, if anything was.

        Raises:
            RefusedError: With every finding.
        """
        if self.lines:
            raise RefusedError(self.findings)
