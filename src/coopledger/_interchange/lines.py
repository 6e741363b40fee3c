"""Lines of a file: bytes with their numbers, one JSON object each, and findings on bad ones.

Memory is bounded, whatever the file holds. A line ends at a line feed and nowhere else: U+2028 and
U+0085 may be inside of one. JSON is read strictly, where Python's reader takes the last of two
equal names, ``NaN``, and numbers of any length.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeGuard

import attrs

from coopledger._fields.reading import invalid, short_repr
from coopledger._frozen import frozen
from coopledger._interchange.files import FileSource
from coopledger._log.vocabulary import Fields
from coopledger._progress import Meter
from coopledger.errors import FieldError, Finding, RefusedError

# In bytes: longer than the text of any treaty, and small enough that even the most wasteful
# JSON of that length takes no more than some hundred megabytes when it is read.
LONGEST = 4 * 2**20
# Of an export, which may hold events that are larger than any recorded today.
LONGEST_EXPORTED = 4 * LONGEST
# Twice the depth that the fields of an event may have: they refuse themselves what is too deep.
DEEPEST = 64
MOST_FIELDS = 200  # An event has some forty.
LONGEST_NAME = 200
EXACT = 2**53
MOST_WORDS = 2000  # Letters of a message, which may show a part of a line, not repeat it.
MOST_FINDINGS = 10_000  # Of the findings beyond, only the number of lines is kept.

_PIECE = 2**16
_MARK = b"\xef\xbb\xbf"  # Some editors put it in front of UTF-8.
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ARRAY = re.compile(rb"\s*\[\s*(\{|$)")  # Around all the events, or with the first of them.
_SHOWN = 60  # Letters of a line that is no object; a longer one is shown in part.
_DIGITS = 600  # Enough to see that a number is too large; Python refuses to read some thousand.


@frozen
class Line:
    """One line of a file.

    Attributes:
        file: The name of the file in messages.
        number: The line's number, from 1.
        data: Its bytes without the line feed; of a line that is too long only the beginning.
        is_cut: Whether the line is too long.
        is_ended: Whether a line feed ends it, as it does every line but perhaps the last.
    """

    file: str
    number: int
    data: bytes
    is_cut: bool
    is_ended: bool


def lines(
    file: FileSource, meter: Meter, *, most: int = LONGEST, drop: Callable[[bytes], object] = len
) -> Iterator[Line]:
    """Yield the lines of the file that are not blank; count the bytes of all.

    The bytes of a line beyond the ``most`` go to ``drop`` in pieces, after the line was yielded.

    Raises:
        RefusedError: The file is UTF-16, or one JSON array: nothing in it can be read.
        StoreError: The file cannot be read.
    """
    number = 0
    while data := file.line(most + 1):
        number += 1
        if number == 1:
            data = data.removeprefix(_MARK)
            _refuse_other_form(file.name, data)
        is_ended = data.endswith(b"\n")
        is_cut = not is_ended and len(data) > most
        meter.step(len(data))
        if data.strip():
            yield Line(file.name, number, data.removesuffix(b"\n"), is_cut, is_ended)
        while is_cut and (piece := file.line(_PIECE)):
            meter.step(len(piece))
            drop(piece)
            is_cut = not piece.endswith(b"\n")
    meter.end()


def _refuse_other_form(name: str, data: bytes) -> None:
    """Refuse the whole file at once, rather than each of its lines."""
    if data.startswith(_UTF_16):
        message = "the file is UTF-16: save it as UTF-8"
    elif _ARRAY.match(data):
        message = "the file is one JSON array: write one object a line, no brackets or commas"
    else:
        return
    raise RefusedError((Finding("E106", message, file=name, line=1),))


def read_object(line: Line) -> Fields:
    """Return the fields of the line as plain JSON values.

    Raises:
        FieldError: E106, the fault of the line as a whole, or of the first such field.
    """
    if line.is_cut:
        remedy = f"is longer than {len(line.data) - 1} bytes: shorten its texts"
        raise FieldError("E106", "the line", remedy)
    text = _text(line)
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_once_each,
            parse_int=lambda digits: int(digits[:_DIGITS]),
            parse_constant=float,
        )
    except json.JSONDecodeError as error:
        raise _no_json(line, error) from None
    except RecursionError:
        raise FieldError("E106", "the line", f"is nested deeper than {DEEPEST} levels") from None
    if not is_object(value):
        text = text.strip()
        shown = text if len(text) <= _SHOWN and text.isprintable() else short_repr(value)
        raise FieldError("E106", shown, "is no object: write the fields of one event in braces")
    fault = next(_faults(value), None)
    if fault is not None:
        raise fault
    return value


def is_object(value: object) -> TypeGuard[Fields]:
    """Return whether JSON writes the value in braces."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Return whether JSON writes the value in brackets."""
    return isinstance(value, list)


def _text(line: Line) -> str:
    """Return the line as text."""
    try:
        return line.data.decode()
    except UnicodeDecodeError as error:
        byte = f"byte {error.start + 1} of the line, 0x{line.data[error.start]:02X},"
        raise FieldError("E106", byte, "is no UTF-8: save the file as UTF-8") from None


def _no_json(line: Line, error: json.JSONDecodeError) -> FieldError:
    """Return the fault of a line that is no JSON."""
    reason = error.msg[0].lower() + error.msg[1:].removesuffix(" at")
    is_at_end = not error.doc[error.pos :].strip() or error.msg.startswith("Unterminated")
    if is_at_end:
        where = "in the middle" if line.is_ended else "in the middle, and the file with it"
        return FieldError("E106", "the line", f"ends {where} ({reason}): was it cut off?")
    near = short_repr(error.doc[error.pos : error.pos + 20])
    remedy = f"is no JSON at column {error.colno}, near {near}: {reason}"
    return FieldError("E106", "the line", remedy)


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object in which no name comes twice."""
    fields: dict[str, object] = {}
    for name, value in pairs:
        if name in fields:
            raise invalid(name, "stands twice: write each field once")
        fields[name] = value
    return fields


def _faults(fields: Fields) -> Iterator[FieldError]:
    """Yield the faults that no event may have, whatever its type."""
    if len(fields) > MOST_FIELDS:
        remedy = f"has {len(fields)} fields where an event has {MOST_FIELDS} at most"
        yield FieldError("E106", "the line", remedy)
    for name, value in fields.items():
        if len(name) > LONGEST_NAME:
            yield FieldError("E106", short_repr(name), "is no name of a field")
        fault = _value_fault(value, 1)
        if fault is not None:
            yield fault.within(name)


def _value_fault(value: object, depth: int) -> FieldError | None:
    """Return the first number that JSON does not have, or nesting that is too deep."""
    if isinstance(value, float) and not math.isfinite(value):
        return FieldError("E106", json.dumps(value), "is no number of JSON, or too large for one")
    if isinstance(value, int) and abs(value) > EXACT:
        return invalid(value, "is beyond the whole numbers that every reader keeps exact")
    parts = value if is_list(value) else value.values() if is_object(value) else None
    if parts is None:
        return None
    if depth == DEEPEST:
        return FieldError("E106", "a value", f"is nested deeper than {DEEPEST} levels")
    faults = (_value_fault(part, depth + 1) for part in parts)
    return next((fault for fault in faults if fault is not None), None)


def refusal(line: Line, faults: Iterable[FieldError]) -> RefusedError:
    """Return the error about a line that holds no event."""
    return RefusedError(tuple(located(fault.finding(), line) for fault in faults))


def located(finding: Finding, line: Line) -> Finding:
    """Return the finding with its file and line, in a message of bounded length."""
    message = finding.message
    if len(message) > MOST_WORDS:
        message = f"{message[:MOST_WORDS]}..."
    return attrs.evolve(finding, file=line.file, line=line.number, message=message)


@attrs.define
class Reports:
    """Findings on the bad lines of a file.

    Attributes:
        kept: The findings, in the order of the lines.
        lines: How many lines are bad.
        unlisted: On how many of them no finding was kept.
    """

    kept: list[Finding] = attrs.field(factory=list[Finding])
    lines: int = 0
    unlisted: int = 0

    def add(self, findings: tuple[Finding, ...]) -> None:
        """Add a bad line with its findings."""
        self.lines += 1
        if len(self.kept) + len(findings) > MOST_FINDINGS:
            self.unlisted += 1
        else:
            self.kept += findings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, and at the end how many bad lines are not listed."""
        if not self.unlisted:
            return tuple(self.kept)
        message = f"{self.unlisted} more bad lines are not listed: mend these, then try again"
        return (*self.kept, Finding("E106", message, file=self.kept[-1].file))

    def refuse(self) -> None:
        """Refuse the file if a line of it is bad.

        Raises:
            RefusedError: With every finding.
        """
        if self.lines:
            raise RefusedError(self.findings)
