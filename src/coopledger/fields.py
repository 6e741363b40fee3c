"""How a field reads what a caller gives: text for an id, one id for several, words of a list.

Every reader takes one value and returns the one form in which it is kept, or raises
`FieldError` with the code, the value and what would do. None of them guesses, and none
splits a text into letters.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from reprlib import Repr
from typing import TypeGuard, TypeVar

import attrs

from coopledger.errors import FieldError
from coopledger.nearness import did_you_mean
from coopledger.terms import (
    Basis,
    CommitmentFirmness,
    Force,
    InstrumentKind,
    InstrumentState,
    PartyKind,
    ProposalFirmness,
    Role,
)

__all__ = [
    "basis",
    "build",
    "commitment_firmness",
    "event_id",
    "faults",
    "flag",
    "force",
    "identifier",
    "identifiers",
    "instrument_kind",
    "instrument_kinds",
    "instrument_state",
    "is_mapping",
    "party_kind",
    "proposal_firmness",
    "require",
    "role",
    "several",
    "shown",
    "text",
    "texts",
    "utf8",
    "whole",
    "wrong",
]

Word = TypeVar("Word", bound=StrEnum)
Read = TypeVar("Read")
Small = TypeVar("Small", bound=attrs.AttrsInstance)

UNORDERED: tuple[type, ...] = (set, frozenset)
ID_LENGTH = 200  # Long enough for any readable name, short enough for one line of a report.
PLAIN_ID = re.compile(r"[!-~]{1,200}")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
BOUNDED = Repr()
BOUNDED.maxstring = BOUNDED.maxother = 60


def shown(value: object) -> str:
    """The value as a short text for a message."""
    return BOUNDED.repr(value)


def wrong(value: object, remedy: str) -> FieldError:
    """The error E106 for a value of a wrong type or content."""
    return FieldError("E106", shown(value), remedy)


def require(value: object, kind: type, remedy: str) -> None:
    """Refuse any other type with E106, for callers whom no type checker has warned."""
    if not isinstance(value, kind):
        raise wrong(value, remedy)


def is_mapping(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether the value is a mapping; whoever reads its keys sees that they are texts."""
    return isinstance(value, Mapping)


def _is_several(value: object) -> TypeGuard[Iterable[object]]:
    """Whether the value holds several; a text or a mapping counts as one."""
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)


def text(value: str) -> str:
    """A text that is not empty and can be written as UTF-8.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) is str and value.isascii() and value and not value.isspace():
        return value  # By far the most of what a log holds.
    require(value, str, "is no text")
    if not value or value.isspace():
        raise wrong(value, "is no text: leave the field out instead")
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
            raise wrong(value, "holds half a surrogate pair, which UTF-8 cannot write") from None
    return str(value)


def identifier(value: str) -> str:
    """An id: a readable name without line breaks or blanks at its ends.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) is str and PLAIN_ID.fullmatch(value):
        return value  # By far the most of what a log holds.
    value = text(value)
    if value[0].isspace() or value[-1].isspace():
        raise wrong(value, f"has blanks at its ends; did you mean {value.strip()!r}?")
    if len(value) > ID_LENGTH:
        raise wrong(value, f"is longer than the {ID_LENGTH} characters of an id")
    if UNPRINTABLE.search(value):
        raise wrong(value, "has line breaks or control characters, which an id has not")
    return value


def event_id(value: str) -> str:
    """The id of an event, under the same rules as any id."""
    return identifier(value)


def several(value: object, read: Callable[..., Read]) -> tuple[Read, ...]:
    """A tuple of values read one by one; one value alone counts as one.

    Raises:
        FieldError: E106 for a value named twice, for a set, which has no order, or whatever
            ``read`` raises.
    """
    found = tuple([read(item) for item in (value if type(value) is tuple else _items(value))])
    if len(found) > 1:
        for index, item in enumerate(found):
            if item in found[:index]:
                raise wrong(item, "is named twice")
    return found


def _items(value: object) -> Iterable[object]:
    """The items of what may hold several: a text or a mapping is one."""
    if isinstance(value, UNORDERED):
        raise wrong(value, "has no order: give a list or a tuple")
    return value if _is_several(value) else (value,)


def identifiers(value: str | Iterable[str]) -> tuple[str, ...]:
    """One id or several, none of them twice."""
    return several(value, identifier)


def texts(value: str | Iterable[str]) -> tuple[str, ...]:
    """One text or several, none of them twice; a text is never split."""
    return several(value, text)


def whole(value: int) -> int:
    """A whole number from 0 to 2**53, so that every reader of JSON keeps it exact.

    Raises:
        FieldError: E106 for anything else, ``True`` and ``2.0`` included.
    """
    if type(value) is not int:
        raise wrong(value, "is no whole number")
    if not 0 <= value <= 2**53:
        raise wrong(value, "is not from 0 to 9007199254740992")
    return value


def flag(value: bool) -> bool:  # noqa: FBT001 - it reads a field, it is no switch
    """True or false, and nothing that merely looks like it.

    Raises:
        FieldError: E106 for anything else.
    """
    require(value, bool, "is neither True nor False")
    return value


def one_of(words: type[Word], value: object) -> Word:
    """The word of the list that the text names.

    Raises:
        FieldError: E106 for a text that is not in the list, with the nearest word.
    """
    if isinstance(value, words):
        return value
    hint = ""
    if isinstance(value, str):
        with suppress(ValueError):
            return words(str(value))
        hint = did_you_mean(value, words)
    raise wrong(value, f"is none of {', '.join(words)}{hint}")


def faults(cls: type[attrs.AttrsInstance], given: Mapping[str, object]) -> list[FieldError]:
    """Every reason why the class cannot be made from the fields given, in their order.

    E103 for a field that the class does not have, with the nearest; E105 for a missing one;
    whatever the field's own reader raises.
    """
    known = {field.name: field for field in attrs.fields(cls)}
    found = [
        FieldError("E103", repr(name), f"is no field of {cls.__name__}{did_you_mean(name, known)}")
        for name in given
        if name not in known
    ]
    found += [
        FieldError("E105", repr(name), f"is missing: {cls.__name__} needs it")
        for name, field in known.items()
        if field.default is attrs.NOTHING and name not in given
    ]
    for name, field in known.items():
        if name in given and field.converter is not None:
            try:
                field.converter(given[name])
            except FieldError as error:
                found.append(error.within(name))
    return found


def build(cls: type[Small], value: object, *, alone: str | None = None) -> Small:
    """A small value from itself, from a mapping, or from the one field that may stand alone.

    Raises:
        FieldError: The first fault, with the name of its field.
    """
    if isinstance(value, cls):
        return value
    if alone is not None and isinstance(value, str):
        value = {alone: value}
    if not is_mapping(value):
        raise wrong(value, f"is no {cls.__name__}: a mapping of its fields is needed")
    for fault in faults(cls, value):
        raise fault
    return cls(**value)


def party_kind(value: PartyKind | str) -> PartyKind:
    """A kind of party."""
    return one_of(PartyKind, value)


def instrument_kind(value: InstrumentKind | str) -> InstrumentKind:
    """A kind of instrument."""
    return one_of(InstrumentKind, value)


def instrument_kinds(value: InstrumentKind | str | Iterable[str]) -> tuple[InstrumentKind, ...]:
    """One kind of instrument or several."""
    return several(value, instrument_kind)


def instrument_state(value: InstrumentState | str) -> InstrumentState:
    """A state of an instrument."""
    return one_of(InstrumentState, value)


def force(value: Force | str) -> Force:
    """When a text takes effect."""
    return one_of(Force, value)


def proposal_firmness(value: ProposalFirmness | str) -> ProposalFirmness:
    """How firmly something is put."""
    return one_of(ProposalFirmness, value)


def commitment_firmness(value: CommitmentFirmness | str) -> CommitmentFirmness:
    """How firmly a debtor is bound."""
    return one_of(CommitmentFirmness, value)


def role(value: Role | str) -> Role:
    """What a participant was there for."""
    return one_of(Role, value)


def basis(value: Basis | str) -> Basis:
    """What a fact rests on."""
    return one_of(Basis, value)
