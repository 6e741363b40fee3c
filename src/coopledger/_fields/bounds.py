"""Bounds of what an event may hold, the same at every door through which events come in.

They hold for events that are made, recorded or imported. Events in older logs may be beyond them:
these are read, verified, exported and restored as they are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from functools import lru_cache
from types import NoneType
from typing import TypeGuard

import attrs

from coopledger._fields.reading import invalid, is_mapping, text
from coopledger.dates import EdtfDate
from coopledger.errors import FieldError

# In characters: the treaty of Versailles has about 500,000, and is a document to be named as a
# source. Even if JSON escapes every character (six bytes each), one such text fits into an event.
LONGEST_TEXT = 100_000
# Of the values in one list: more than there are states, and few enough to look each of them up.
MOST_VALUES = 1000
# Of the payload, in bytes: a quarter of the longest line that is read. Writers that escape all
# letters outside of ASCII need three times the bytes, and such a line still fits.
MOST_BYTES = 2**20

# In bytes of JSON: of one character, at most; of a name with its quotes, a number or a date.
_SIGN_BYTES = 6
_NAME_BYTES = 64
_TOO_MANY = MOST_BYTES + 1

_NEVER_BEYOND = frozenset({EdtfDate, NoneType, bool, int, float})


def faults(values: Mapping[str, object]) -> list[FieldError]:
    """Return E106 for every value that is beyond a bound, with its field and its place in that."""
    if most_bytes(values) <= MOST_BYTES:
        return []  # Most events are so.
    return [
        fault.within(name)
        for name, value in values.items()
        for fault in faults_of(value, _text_faults)
    ]


def most_bytes(values: Mapping[str, object]) -> int:
    """Return a number of bytes that an event with the values never exceeds, by a quick look.

    It may need far fewer. The number is more than an event may have if one of the values may be
    beyond a bound; up to that number, all of them are surely within.
    """
    size = _NAME_BYTES * len(values)
    for value in values.values():
        if type(value) is str and "\0" not in value and len(value) <= LONGEST_TEXT:
            size += _SIGN_BYTES * len(value)
        else:
            size += _most_bytes(value)
    return size


def bounded_text(value: str) -> str:
    """Return a text within the bounds.

    Raises:
        FieldError: E106 for anything else.
    """
    value = text(value)
    for fault in _text_faults(value):
        raise fault
    return value


def too_many(values: Sized) -> FieldError:
    """Return E106 for a list with more values than may be in one."""
    remedy = f"is longer than {MOST_VALUES}: say it in several events"
    return FieldError("E106", f"a list of {len(values)} values", remedy)


def _most_bytes(value: object) -> int:
    """Return a number of bytes that the value in JSON never exceeds; it may need far fewer.

    It is more than an event may have if the value may be beyond a bound.
    """
    if isinstance(value, str):
        is_within = len(value) <= LONGEST_TEXT and "\0" not in value
        return _SIGN_BYTES * len(value) + _NAME_BYTES if is_within else _TOO_MANY
    if type(value) in _NEVER_BEYOND:
        return _NAME_BYTES
    if is_list(value):
        size = _NAME_BYTES + sum(map(_most_bytes, value))
        return size if len(value) <= MOST_VALUES else _TOO_MANY
    held: dict[str, object] | None = getattr(value, "__dict__", None)  # Of a small value.
    if held is not None:
        return _NAME_BYTES * (len(held) + 1) + sum(map(_most_bytes, held.values()))
    if is_mapping(value):
        names = sum(map(_most_bytes, value))
        return _NAME_BYTES + names + sum(map(_most_bytes, value.values()))
    return _TOO_MANY


def faults_of(
    value: object, text_faults: Callable[[str], Iterable[FieldError]]
) -> Iterator[FieldError]:
    """Yield the faults of the texts in a value, each with its place in it, and of its lists."""
    if isinstance(value, str):
        yield from text_faults(value)
        return
    parts = _named_parts(value)
    if parts is not None:
        for name, part in parts:
            yield from text_faults(name)
            yield from (fault.within(name) for fault in faults_of(part, text_faults))
    elif is_list(value):
        if len(value) > MOST_VALUES:
            yield too_many(value)
            return
        for index, part in enumerate(value):
            yield from (fault.within(f"[{index}]") for fault in faults_of(part, text_faults))


def texts_of(value: object) -> Iterator[str]:
    """Yield every text in a value, the keys of mappings among them."""
    if isinstance(value, str):
        yield value
    elif type(value) in _NEVER_BEYOND:
        return
    elif is_list(value):
        for part in value:
            yield from texts_of(part)
    else:
        for name, part in _named_parts(value) or ():
            yield name
            yield from texts_of(part)


def _text_faults(value: str) -> Iterator[FieldError]:
    """Yield the faults of a text."""
    if len(value) > LONGEST_TEXT:
        remedy = f"is longer than {LONGEST_TEXT} characters: name the document as a source instead"
        yield FieldError("E106", f"a text of {len(value)} characters", remedy)
    place = value.find("\0")
    if place >= 0:
        remedy = f"holds U+0000 at character {place + 1}, which no database keeps: take it out"
        yield invalid(value, remedy)


def _named_parts(value: object) -> Iterable[tuple[str, object]] | None:
    """Return the keys or fields of a mapping or of a small value; None for any other value."""
    if is_mapping(value):
        return value.items()
    cls: type = type(value)
    names = _fields_of(cls)
    return [(name, getattr(value, name)) for name in names] if names else None


@lru_cache
def _fields_of(cls: type) -> tuple[str, ...]:
    """Return the fields of a class of small values; none for any other, dates included."""
    return tuple(attrs.fields_dict(cls)) if attrs.has(cls) and cls is not EdtfDate else ()


def is_list(value: object) -> TypeGuard[list[object] | tuple[object, ...]]:
    """Return whether JSON writes the value in brackets."""
    return isinstance(value, list | tuple)
