"""Kept answers as JSON and back: trusted, since a store gives back what this module wrote.

One reader and one writer for each class of answers, built once from its fields. What other fields
or another version of the rules wrote has another fingerprint, and is never read.
"""

import json
from collections.abc import Callable
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from types import NoneType
from typing import Any, TypeAlias, get_args, get_origin

import attrs

from coopledger._dates.asked_day import AskedDay, DaysLeft, Spell
from coopledger._kept.bundle import KeptAnswer
from coopledger.answers._nouns import THINGS
from coopledger.dates import EdtfDate, edtf, to_date
from coopledger.values import SMALL_VALUES

RULES = 1  # To be raised whenever the rules give other answers for the same log.

Convert: TypeAlias = Callable[[Any], Any]
_COUNTS = (AskedDay, DaysLeft)
_NO_SPELL = Spell(0)  # Of days that are only counted, and compared with nothing more.


@cache
def fingerprint() -> str:
    """Return what differs for answers that have other fields, or come of other rules."""
    kinds = [*(things.kind for things in THINGS.values()), *SMALL_VALUES]
    return sha256(repr((RULES, [*map(_described, kinds)])).encode()).hexdigest()


def _described(cls: Any) -> str:  # noqa: ANN401 - for mypy a class has no hash
    """Return the name of the class, and its fields."""
    return f"{cls.__name__}: {[(field.name, field.type) for field in attrs.fields(cls)]}"


def write(row: KeptAnswer) -> str:
    """Return the row as one line of JSON; days that are counted as what gives them for any day."""
    cls = row.answer.__class__
    values = [to_json(getattr(row.answer, name)) for name, to_json, _ in _fields(cls)]
    names = [name for name, _, _ in _fields(cls)]
    counts = [
        [names.index(field), _COUNTS.index(type(count)), count.on(0)] for field, count in row.counts
    ]
    return json.dumps(
        [row.recorded_at, row.order, row.is_open, counts, values], separators=(",", ":")
    )


def read(
    cls: Any,  # noqa: ANN401 - likewise
    name: str,
    body: str,
    *,
    day: int,
) -> KeptAnswer | None:
    """Return the row of an answer of the class, with its days counted to the day.

    None for a text that nobody wrote here.
    """
    try:
        row = _row(cls, name, body)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    row.move_to(day)
    return row


def _row(cls: Any, name: str, body: str) -> KeptAnswer:  # noqa: ANN401 - likewise
    """Return the row that the text holds."""
    order: list[int] | None
    counts: list[tuple[int, int, int]]
    recorded_at, order, is_open, counts, values = json.loads(body)
    fields = {
        field: value if value is None else from_json(value)
        for (field, _, from_json), value in zip(_fields(cls), values, strict=True)
    }
    return KeptAnswer(
        name=name,
        recorded_at=recorded_at,
        order=None if order is None else tuple(order),
        is_open=is_open,
        answer=cls(**fields),
        counts=tuple(
            (_fields(cls)[index][0], _COUNTS[kind](_NO_SPELL, offset))
            for index, kind, offset in counts
        ),
    )


@cache
def _fields(cls: Any) -> tuple[tuple[str, Convert, Convert], ...]:  # noqa: ANN401 - likewise
    """Return the fields of the class: the name, and how its values become JSON and come back."""
    return tuple((field.name, *_converters(field.type)) for field in attrs.fields(cls))


def _converters(kind: Any) -> tuple[Convert, Convert]:  # noqa: ANN401 - an annotation
    """Return how values of the type become JSON, and how they come back from it.

    Raises:
        TypeError: No answer had a field of this type before: say here how it is written.
    """
    kinds = [each for each in get_args(kind) if each is not NoneType]
    if get_origin(kind) is tuple:
        to_json, from_json = _converters(get_args(kind)[0])
        return lambda value: [*map(to_json, value)], lambda value: tuple(map(from_json, value))
    if len(kinds) == 1:  # or None
        to_json, from_json = _converters(kinds[0])
        return lambda value: value if value is None else to_json(value), from_json
    return _single_converters(kind)


def _single_converters(kind: Any) -> tuple[Convert, Convert]:  # noqa: ANN401 - an annotation
    """Return the same for a type that is neither optional nor of several values."""
    if kind in {str, int, bool}:
        return _same, _same
    if issubclass(kind, Enum):
        return _same, kind._value2member_map_.__getitem__
    if kind is EdtfDate:
        return str, edtf
    if issubclass(kind, date):
        return date.toordinal, to_date
    if kind in SMALL_VALUES:
        return _given, lambda given: _small_value(kind, given)
    if attrs.has(kind):
        return _nested(kind)
    raise TypeError(kind)


def _nested(cls: Any) -> tuple[Convert, Convert]:  # noqa: ANN401 - likewise
    """Return how an answer within an answer becomes JSON, and comes back."""

    def to_json(answer: object) -> list[object]:
        return [each(getattr(answer, name)) for name, each, _ in _fields(cls)]

    def from_json(values: list[Any]) -> object:
        return cls(
            **{
                name: value if value is None else each(value)
                for (name, _, each), value in zip(_fields(cls), values, strict=True)
            }
        )

    return to_json, from_json


def _same(value: object) -> object:
    """Return the value, which JSON has too."""
    return value


def _given(value: object) -> dict[str, object]:
    """Return the fields that a small value was given."""
    return dict(vars(value))


def _small_value(cls: type[attrs.AttrsInstance], given: dict[str, Any]) -> object:
    """Return the small value with the fields as given: older logs hold what is refused now."""
    value: object = object.__new__(cls)
    fields = attrs.fields_dict(cls)
    for name, each in given.items():
        kinds = get_args(fields[name].type) or (fields[name].type,)
        words = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Enum)]
        value.__dict__[name] = words[0](each) if words and each is not None else each
    return value
