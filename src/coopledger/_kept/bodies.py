"""Kept answers as JSON and back: trusted, since a store gives back what this module wrote.

One reader and one writer for each class of answers, built once from its fields. What other fields
or another version of the rules wrote has another fingerprint, and is never read.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, TypeAlias, get_args, get_origin

import attrs

from coopledger._dates.asked_day import AskedDay, DaysLeft, Spell
from coopledger._gc import collector_paused
from coopledger._kept.bundle import KeptAnswer
from coopledger.dates import EdtfDate, edtf, to_date
from coopledger.values import SMALL_VALUES

Convert: TypeAlias = Callable[[Any], Any]
_COUNTS = (AskedDay, DaysLeft)
_NO_SPELL = Spell(0)  # Of days that are only counted, and compared with nothing more.


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
    texts: Sequence[tuple[str, str]],
    *,
    day: int,
) -> list[KeptAnswer] | None:
    """Return the rows of answers of the class, given as ids and texts, with days up to the day.

    None where nobody here wrote one of the texts.
    """
    try:
        # All at once: half of the time goes into beginning to read.
        with collector_paused():
            parts = json.loads(f"[{','.join([body for _, body in texts])}]")
            rows = [_row(cls, name, *each) for (name, _), each in zip(texts, parts, strict=True)]
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return None
    for row in rows:
        row.move_to(day)
    return rows


def _row(  # noqa: PLR0913, PLR0917 - the parts of one text
    cls: Any,  # noqa: ANN401 - likewise
    name: str,
    recorded_at: int,
    order: list[int] | None,
    is_open: bool,  # noqa: FBT001 - likewise
    counts: list[tuple[int, int, int]],
    values: list[Any],
) -> KeptAnswer:
    """Return the row that the parts of a text make."""
    names, converters = _reader(cls)
    for index, from_json in converters:
        value = values[index]
        if value is not None:
            values[index] = from_json(value)
    return KeptAnswer(
        name,
        recorded_at,
        None if order is None else tuple(order),
        is_open,
        cls(**dict(zip(names, values, strict=True))),
        tuple([(names[index], _COUNTS[kind](_NO_SPELL, offset)) for index, kind, offset in counts]),
    )


@cache
def _reader(cls: Any) -> tuple[tuple[str, ...], tuple[tuple[int, Convert], ...]]:  # noqa: ANN401
    """Return the names of the fields, and how the values come back that JSON has not."""
    fields = _fields(cls)
    names = tuple(name for name, _, _ in fields)
    return names, tuple(
        (index, from_json) for index, (_, _, from_json) in enumerate(fields) if from_json != _same
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
        if from_json == _same:
            return list, tuple
        return lambda value: [*map(to_json, value)], lambda value: tuple(map(from_json, value))
    if len(kinds) == 1:  # or None
        to_json, from_json = _converters(kinds[0])
        if from_json == _same:
            return _same, _same
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
        names, converters = _reader(cls)
        for index, each in converters:
            if values[index] is not None:
                values[index] = each(values[index])
        return cls(**dict(zip(names, values, strict=True)))

    return to_json, from_json


def _same(value: object) -> object:
    """Return the value, which JSON has too."""
    return value


def _given(value: object) -> dict[str, object]:
    """Return the fields that a small value was given; a date as its text."""
    return {
        name: each.text if isinstance(each, EdtfDate) else each
        for name, each in vars(value).items()
    }


def _small_value(cls: type[attrs.AttrsInstance], given: dict[str, Any]) -> object:
    """Return the small value with the fields as given: older logs hold what is refused now."""
    value: object = object.__new__(cls)
    fields = attrs.fields_dict(cls)
    for name, each in given.items():
        kinds = get_args(fields[name].type) or (fields[name].type,)
        read = edtf if EdtfDate in kinds else next(filter(_is_list_of_words, kinds), None)
        value.__dict__[name] = read(each) if read and each is not None else each
    return value


def _is_list_of_words(kind: object) -> bool:
    """Return whether the type is a list of words."""
    return isinstance(kind, type) and issubclass(kind, Enum)
