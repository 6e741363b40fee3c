"""Readers of ids, texts, numbers and paths, one value or several.

A reader takes the value that a caller gives and returns the one that is kept, or raises a
`FieldError`. Arguments of questions and calls go through the same readers as fields.
"""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from math import isfinite, log10
from pathlib import Path
from reprlib import Repr
from typing import TypeGuard, TypeVar
from unicodedata import name as unicode_name
from unicodedata import normalize

from coopledger._folding import is_odd_blank, is_unseen
from coopledger.errors import ArgumentError, FieldError

Read = TypeVar("Read")

UNORDERED: tuple[type, ...] = (set, frozenset)
ID_LENGTH = 200  # Long enough for any readable name, short enough for one line of a report.
PLAIN_ID = re.compile(r"[!-~]{1,200}")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
EMPTY = "is no text: say something"
NO_PATH = "is no path of a file"


class _Bounded(Repr):
    """Short texts of values, whatever their size."""

    def repr_int(self, x: int, level: int) -> str:
        """Return the number; of one that Python does not write out, how long it is."""
        try:
            return super().repr_int(x, level)
        except ValueError:
            return f"a number of about {int(x.bit_length() * log10(2))} digits"


BOUNDED = _Bounded()
BOUNDED.maxstring = BOUNDED.maxother = 60

_DAY_SECONDS = 86_400  # of waiting at most


def short_repr(value: object) -> str:
    """Return the value as a short text for a message."""
    return BOUNDED.repr(value)


def invalid(value: object, remedy: str) -> FieldError:
    """Return the error E106 for a value of a wrong type or content."""
    return FieldError("E106", short_repr(value), remedy)


def require(value: object, kind: type, remedy: str) -> None:
    """Refuse any other type with E106, for callers whom no type checker has warned."""
    if not isinstance(value, kind):
        raise invalid(value, remedy)


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    """Return whether the value is a mapping; its keys are not looked at."""
    return isinstance(value, Mapping)


def text(value: str) -> str:
    """Return a text that is not empty and can be written as UTF-8.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) is str and value.isascii() and value and not value.isspace():
        return value  # Most values of a log are so.
    require(value, str, "is no text")
    if not value or value.isspace():
        raise invalid(value, EMPTY)
    return utf8(value)


def utf8(value: str) -> str:
    """Return the text as a plain `str`, if UTF-8 can write it.

    Raises:
        FieldError: E106 for half a surrogate pair.
    """
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise invalid(value, "holds half a surrogate pair, which UTF-8 cannot write") from None
    return str.__str__(value)  # A subclass may print otherwise.


def identifier(value: str) -> str:
    """Return an id in NFC: a readable name without line breaks or blanks at its ends.

    So an accented letter is the same letter, whether written as one sign or as two.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) is str and PLAIN_ID.fullmatch(value):
        return value  # Most values of a log are so.
    return in_nfc(name_as_given(value))


def in_nfc(value: str) -> str:
    """Return the text in NFC, the form in which ids are compared."""
    return normalize("NFC", value)


def invisible_sign(name: str) -> str | None:
    """Return the first sign of an id that nobody sees, such as ``U+200B ZERO WIDTH SPACE``.

    A blank that is none of the keyboard's is one of them, as it looks like it.
    """
    if name.isascii():
        return None
    for sign in name:
        if is_unseen(sign) or is_odd_blank(sign):
            return f"U+{ord(sign):04X} {unicode_name(sign, '')}".rstrip()
    return None


def name_as_given(value: str) -> str:
    """Return a readable name as an id may be, in the very letters that were given.

    For names that others compare letter by letter, such as those of ledgers, which hashes cover.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) is str and PLAIN_ID.fullmatch(value):
        return value
    require(value, str, "is no id: give it as text")
    value = text(value)
    if value[0].isspace() or value[-1].isspace():
        raise invalid(value, f"has blanks at its ends; did you mean {value.strip()!r}?")
    if len(value) > ID_LENGTH:
        raise invalid(value, f"is longer than the {ID_LENGTH} characters of an id")
    if UNPRINTABLE.search(value):
        raise invalid(value, "has line breaks or control characters, which an id has not")
    return value


def event_id(value: str) -> str:
    """Return the id of an event, under the same rules as any id."""
    return identifier(value)


def tuple_of(value: object, read: Callable[..., Read]) -> tuple[Read, ...]:
    """Return a tuple of values read one by one; one value alone counts as one.

    Raises:
        FieldError: E106 for a value named twice, for a set, which has no order, or the error
            of ``read``.
    """
    if not _is_several(value):
        return (read(value),)
    items = _each(tuple(value), read)
    if len(items) > 1 and len(set(items)) < len(items):
        raise invalid(next(item for item in items if items.count(item) > 1), "is named twice")
    return items


def _each(values: tuple[object, ...], read: Callable[..., Read]) -> tuple[Read, ...]:
    """Return the values read one by one; a fault among several names its place."""
    items: list[Read] = []
    try:
        for value in values:
            items.append(read(value))  # noqa: PERF401 - their number says which one is refused
    except FieldError as error:
        raise error.within(f"[{len(items)}]") if len(values) > 1 else error from None
    return tuple(items)


def _is_several(value: object) -> TypeGuard[Iterable[object]]:
    """Return whether the value holds several; a text or a mapping counts as one.

    Raises:
        FieldError: E106 for a set.
    """
    if isinstance(value, str | tuple | list):
        return not isinstance(value, str)  # Most values are so.
    if isinstance(value, UNORDERED):
        raise invalid(value, "has no order: give a list or a tuple")
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)


def identifiers(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return one id or several, none of them twice."""
    return _texts_of(value, "id", identifier)


def conditions_named(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return one name of a condition or several, each as ``commitment/condition``."""
    return _texts_of(value, "name of a condition", _condition_named)


def _condition_named(value: str) -> str:
    """Return the name of a condition: the id of its commitment, a slash and its own id."""
    value = identifier(value)
    if not all(condition_parts(value)):
        raise invalid(
            value, "names no condition: write it as commitment/condition, such as 'c3/visa'"
        )
    return value


def condition_parts(name: str) -> tuple[str, str]:
    """Return the id of the commitment and that of its condition, from ``commitment/condition``."""
    commitment, _, condition = name.rpartition("/")
    return commitment, condition


def texts(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return one text or several, none of them twice; a text is never split."""
    return _texts_of(value, "text", text)


def _texts_of(value: object, noun: str, read: Callable[[str], str]) -> tuple[str, ...]:
    """Return the tuple of one text or several.

    Raises:
        FieldError: E106 for None, a mapping, and everything that `tuple_of` refuses.
    """
    if value is None or is_mapping(value):
        raise invalid(value, f"is no {noun}: give one as text, or a list of them")
    return tuple_of(value, read)


def non_negative(value: int) -> int:
    """Return a whole number from 0 to 2**53, so that every reader of JSON keeps it exact.

    Raises:
        FieldError: E106 for anything else, ``True`` and ``2.0`` included.
    """
    return _between(value, 0, 2**53)


def positive(value: int) -> int:
    """Return a number that counts from 1, such as the number of a session."""
    return _between(value, 1, 2**53)


def years(value: int) -> int:
    """Return a length in years, from 1 to 500, so that calendars can reckon with it."""
    return _between(value, 1, 500)


def months(value: int) -> int:
    """Return a length in months, from 0 to 1200, so that calendars can reckon with it."""
    return _between(value, 0, 1200)


def added_months(value: int) -> int:
    """Return a length in months that is added to a term, from 1 to 1200."""
    return _between(value, 1, 1200)


def days(value: int) -> int:
    """Return a length in days, from 0 to 36500, so that calendars can reckon with it."""
    return _between(value, 0, 36_500)


def percent(value: int) -> int:
    """Return a share in percent, from 0 to 100."""
    return _between(value, 0, 100)


def number(value: float | Decimal) -> int | float:
    """Return a number from 0 to 2**53, whole or decimal, that every reader of JSON keeps exact.

    A whole one is an `int`, whichever way it was written.

    Raises:
        FieldError: E106 for anything else, ``True`` and texts included.
    """
    if type(value) is int:
        return non_negative(value)
    finite = value.is_finite() if isinstance(value, Decimal) else _is_finite(value)
    if not finite:
        raise invalid(value, "is no number")
    if not 0 <= value <= 2**53:
        raise invalid(value, f"is {'less than 0' if value < 0 else f'more than {2**53}'}")
    kept = float(value)
    if isinstance(value, Decimal) and Decimal(repr(kept)) != value:
        raise invalid(value, f"has more digits than are kept: did you mean {kept!r}?")
    return int(kept) if kept.is_integer() else kept


def _is_finite(value: object) -> bool:
    """Return whether the value is a float that stands for a number."""
    return isinstance(value, float) and isfinite(value)


def _between(value: int, lowest: int, highest: int) -> int:
    """Return a whole number in a range, both ends included; `True` and `2.0` are none."""
    if type(value) is not int:
        raise invalid(value, "is no whole number")
    if value < lowest:
        raise invalid(value, f"is less than {lowest}")
    if value > highest:
        raise invalid(value, f"is more than {highest}")
    return value


def seconds(value: float) -> float:
    """Return how long to wait, from 0 seconds to a day.

    Raises:
        FieldError: E106 for anything else, ``True`` and infinity included.
    """
    remedy = f"is no number of seconds from 0 to {_DAY_SECONDS}"
    if isinstance(value, bool) or type(value) not in {int, float}:
        raise invalid(value, remedy)
    if not 0 <= value <= _DAY_SECONDS:
        raise invalid(value, remedy)
    return value


def boolean(value: bool) -> bool:  # noqa: FBT001 - it reads a field, it is no switch
    """Return True or False, and refuse a value that merely looks like one of them.

    Raises:
        FieldError: E106 for anything else.
    """
    require(value, bool, "is neither True nor False")
    return value


def argument(name: str, read: Callable[..., Read], value: object) -> Read:
    """Return the value of an argument, as the reader of a field reads it.

    Raises:
        ArgumentError: The reader refuses the value.
    """
    try:
        return read(value)
    except FieldError as error:
        path = error.within(name).field or name
        raise ArgumentError(path, error.found, error.remedy) from None


def optional_argument(name: str, read: Callable[..., Read], value: object) -> Read | None:
    """Return the value of an argument, or None where the argument is not given."""
    return None if value is None else argument(name, read, value)


def path(value: str | os.PathLike[str]) -> Path:
    """Return the path of a file, the home folder in place of ``~``; a file need not be there.

    Raises:
        FieldError: E106 for a value that can be the path of no file.
    """
    try:
        plain = os.fspath(value)
    except TypeError:
        raise invalid(value, NO_PATH) from None
    require(plain, str, "is no text")
    if not plain or plain.isspace():
        raise invalid(plain, EMPTY)
    if "\0" in plain:
        raise invalid(plain, f"{NO_PATH}: no name holds a NUL character")
    scheme, is_url, _ = plain.partition("://")
    if is_url:
        # The rest is not shown: there may be a password in it.
        raise invalid(f"{scheme}://...", f"{NO_PATH}: give one")
    try:
        os.fsencode(plain)
    except UnicodeEncodeError:
        raise invalid(plain, "holds half a surrogate pair, which no file name does") from None
    try:
        return Path(plain).expanduser()
    except RuntimeError:
        raise invalid(plain, "begins with the home folder of nobody who is known here") from None
