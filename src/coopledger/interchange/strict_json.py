"""One JSON object from one line: nothing is guessed, and nothing hostile gets further.

Python's reader takes the last of two equal names, ``NaN``, and numbers of any length.
"""

import json
import math
from collections.abc import Iterator
from typing import TypeGuard

from coopledger.errors import FieldError
from coopledger.fields import shown, wrong
from coopledger.interchange.lines import LONGEST, Line
from coopledger.upcast import Fields

__all__ = ["is_list", "is_object", "read_object"]


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
        told = near if is_short else shown(found)
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
    near = shown(error.doc[error.pos : error.pos + 20])
    return _whole("is no JSON", f"at column {error.colno}, near {near}: {_plain(error.msg)}")


def _plain(words: str) -> str:
    """The words of Python's reader as part of a sentence."""
    return words[0].lower() + words[1:].removesuffix(" at")


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object in which every name stands once."""
    found: dict[str, object] = {}
    for name, value in pairs:
        if name in found:
            raise wrong(name, "stands twice: write each field once")
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
            yield FieldError("E106", shown(name), "is no name of a field")
        fault = _fault(value, 1)
        if fault is not None:
            yield fault.within(name)


def _fault(value: object, depth: int) -> FieldError | None:
    """The first number that is none, or nesting that is too deep."""
    if isinstance(value, float) and not math.isfinite(value):
        return FieldError("E106", json.dumps(value), "is no number of JSON, or too large for one")
    if isinstance(value, int) and abs(value) > EXACT:
        return wrong(value, "is beyond the whole numbers that every reader keeps exact")
    parts = value if is_list(value) else value.values() if is_object(value) else None
    if parts is None:
        return None
    if depth == DEEPEST:
        return FieldError("E106", "a value", f"is nested deeper than {DEEPEST} levels")
    found = (_fault(part, depth + 1) for part in parts)
    return next((fault for fault in found if fault is not None), None)
