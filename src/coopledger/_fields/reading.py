"""How ids, texts and numbers are read, one value or several."""

import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from reprlib import Repr
from typing import TypeGuard, TypeVar

from coopledger.errors import ArgumentError, FieldError

Read = TypeVar("Read")
Several = TypeVar("Several")

UNORDERED: tuple[type, ...] = (set, frozenset)
ID_LENGTH = 200  # Long enough for any readable name, short enough for one line of a report.
PLAIN_ID = re.compile(r"[!-~]{1,200}")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
EMPTY = "is no text: say something"
BOUNDED = Repr()
BOUNDED.maxstring = BOUNDED.maxother = 60


def short_repr(value: object) -> str:
    """The value as a short text for a message."""
    return BOUNDED.repr(value)


def invalid(value: object, remedy: str) -> FieldError:
    """The error E106 for a value of a wrong type or content."""
    return FieldError("E106", short_repr(value), remedy)


def require(value: object, kind: type, remedy: str) -> None:
    """Refuse any other type with E106, for callers whom no type checker has warned."""
    if not isinstance(value, kind):
        raise invalid(value, remedy)


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether the value is a mapping; whoever reads its keys sees that they are texts."""
    return isinstance(value, Mapping)


def text(value: str) -> str:
    """A text that is not empty and can be written as UTF-8.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) is str and value.isascii() and value and not value.isspace():
        return value  # By far the most of what a log holds.
    require(value, str, "is no text")
    if not value or value.isspace():
        raise invalid(value, EMPTY)
    return utf8(value)


def utf8(value: str) -> str:
    """The text as a plain `str`, once it is sure that it can be written as UTF-8.

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
    """An id: a readable name without line breaks or blanks at its ends.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) is str and PLAIN_ID.fullmatch(value):
        return value  # By far the most of what a log holds.
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
    """The id of an event, under the same rules as any id."""
    return identifier(value)


def tuple_of(value: object, read: Callable[..., Read]) -> tuple[Read, ...]:
    """A tuple of values read one by one; one value alone counts as one.

    Raises:
        FieldError: E106 for a value named twice, for a set, which has no order, or whatever
            ``read`` raises.
    """
    if not _is_several(value):
        return (read(value),)
    found = _each(tuple(value), read)
    if len(found) > 1 and len(set(found)) < len(found):
        raise invalid(next(item for item in found if found.count(item) > 1), "is named twice")
    return found


def _each(items: tuple[object, ...], read: Callable[..., Read]) -> tuple[Read, ...]:
    """The values read one by one; a fault among several names its place."""
    found: list[Read] = []
    for index, item in enumerate(items):
        try:
            found.append(read(item))
        except FieldError as error:
            raise error.within(f"[{index}]") if len(items) > 1 else error from None
    return tuple(found)


def _is_several(value: object) -> TypeGuard[Iterable[object]]:
    """Whether the value holds several; a text or a mapping counts as one.

    Raises:
        FieldError: E106 for a set.
    """
    if type(value) is tuple:
        return True  # By far the most of what a log holds.
    if isinstance(value, UNORDERED):
        raise invalid(value, "has no order: give a list or a tuple")
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)


def identifiers(value: str | Iterable[str]) -> tuple[str, ...]:
    """One id or several, none of them twice."""
    return tuple_of(_given(value, "id"), identifier)


def conditions_named(value: str | Iterable[str]) -> tuple[str, ...]:
    """One name of a condition or several, each as ``commitment/condition``."""
    return tuple_of(_given(value, "name of a condition"), _condition_named)


def _condition_named(value: str) -> str:
    """The name of a condition: the id of its commitment, a slash and its own id."""
    value = identifier(value)
    commitment, _, condition = value.rpartition("/")
    if not commitment or not condition:
        raise invalid(
            value, "names no condition: write it as commitment/condition, such as 'c3/visa'"
        )
    return value


def _given(value: Several, what: str) -> Several:
    """The value, unless it is neither one text nor several.

    Raises:
        FieldError: E106 for anything else, such as None or a mapping.
    """
    if value is None or is_mapping(value):
        raise invalid(value, f"is no {what}: give one as text, or a list of them")
    return value


def texts(value: str | Iterable[str]) -> tuple[str, ...]:
    """One text or several, none of them twice; a text is never split."""
    return tuple_of(_given(value, "text"), text)


def non_negative(value: int) -> int:
    """A whole number from 0 to 2**53, so that every reader of JSON keeps it exact.

    Raises:
        FieldError: E106 for anything else, ``True`` and ``2.0`` included.
    """
    return _between(value, 0, 2**53)


def positive(value: int) -> int:
    """A number that counts from 1, such as that of a session."""
    return _between(value, 1, 2**53)


def years(value: int) -> int:
    """A length in years, from 1 to 500, so that calendars can reckon with it."""
    return _between(value, 1, 500)


def months(value: int) -> int:
    """A length in months, from 0 to 1200, so that calendars can reckon with it."""
    return _between(value, 0, 1200)


def percent(value: int) -> int:
    """A share in percent, from 0 to 100."""
    return _between(value, 0, 100)


def _between(value: int, lowest: int, highest: int) -> int:
    """A whole number in a range, both ends included; `True` and `2.0` are none."""
    if type(value) is not int:
        raise invalid(value, "is no whole number")
    if value < lowest:
        raise invalid(value, f"is less than {lowest}")
    if value > highest:
        raise invalid(value, f"is more than {highest}")
    return value


def boolean(value: bool) -> bool:  # noqa: FBT001 - it reads a field, it is no switch
    """True or false, and nothing that merely looks like it.

    Raises:
        FieldError: E106 for anything else.
    """
    require(value, bool, "is neither True nor False")
    return value


# How the arguments of a question or a call are read: like fields, and a fault names them.


def argument(name: str, read: Callable[..., Read], value: object) -> Read:
    """The value of an argument, as the reader of a field reads it.

    Raises:
        ArgumentError: The reader refuses the value.
    """
    try:
        return read(value)
    except FieldError as error:
        path = error.within(name).field or name
        raise ArgumentError(path, error.found, error.remedy) from None


def optional_argument(name: str, read: Callable[..., Read], value: object) -> Read | None:
    """The same, or None where the argument is not given."""
    return None if value is None else argument(name, read, value)


# How the path of a file is read.

_NONE = "is no path of a file"


def path(value: str | os.PathLike[str]) -> Path:
    """The path of a file, the home folder in place of ``~``; a file need not be there.

    Raises:
        FieldError: E106 for what can be the path of none.
    """
    try:
        plain = os.fspath(value)
    except TypeError:
        raise invalid(value, _NONE) from None
    require(plain, str, "is no text")
    if not plain or plain.isspace():
        raise invalid(plain, EMPTY)
    if "\0" in plain:
        raise invalid(plain, f"{_NONE}: no name holds a NUL character")
    scheme, is_url, _ = plain.partition("://")
    if is_url:
        # The rest is not told: there may be a password in it.
        raise invalid(f"{scheme}://...", f"{_NONE}: give one")
    try:
        os.fsencode(plain)
    except UnicodeEncodeError:
        raise invalid(plain, "holds half a surrogate pair, which no file name does") from None
    try:
        return Path(plain).expanduser()
    except RuntimeError:
        raise invalid(plain, "begins with the home folder of nobody who is known here") from None
