"""Answers as plain values: for JSON, for tables, for programs that do not know coopledger."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias, cast

import attrs

if TYPE_CHECKING:
    import pyarrow

from coopledger._fields.reading import argument, require, short_repr
from coopledger.answers import Answers
from coopledger.dates import EdtfDate, instant_text
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.events.envelope import wire_type

__all__ = ["Plain", "as_dict", "as_rows", "as_table", "columns"]


Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"

NO_LIST = "is no list of a view: give one, such as view.commitments()"
SEVERAL = "is no list of answers: give several, as in as_rows(view.commitments())"
BETWEEN = "; "  # Several values in one cell.
MICROSECONDS, INSTANT = "recorded_us", "recorded_at"  # one time, for Python and for others


def as_dict(answer: attrs.AttrsInstance) -> dict[str, Plain]:
    """Return an answer as a plain dict for JSON, with the same fields in the same order.

    Dates, days and words of a list become text, tuples lists, and values inside the answer
    dicts. A time of recording is ``recorded_at``, an instant in UTC in ISO form. An answer of a
    view will do; so will a receipt, an event, and anything with fields. An event begins with its
    ``type`` as in JSON Lines (the name of its class for one of a pack).

    Raises:
        ArgumentError: The value has no fields.

    >>> from coopledger.values import Amount
    >>> as_dict(Amount(value="250000", currency="EUR"))
    {'value': '250000', 'currency': 'EUR'}
    """
    cls = type(answer)
    if not attrs.has(cls):
        raise ArgumentError(
            "answer", short_repr(answer), "is no answer: give one, such as view.party(id)"
        )
    values = (getattr(answer, field.name) for field in attrs.fields(cls))
    fields = dict(map(_field, attrs.fields_dict(cls), values))
    return {"type": wire_type(answer), **fields} if isinstance(answer, Event) else fields


def _field(name: str, value: object) -> tuple[str, Plain]:
    """Return the name and the value of a field in plain form."""
    if name == MICROSECONDS:
        return INSTANT, instant_text(value) if isinstance(value, int) else None
    return name, _plain(value)


def columns(kind: type[attrs.AttrsInstance]) -> list[str]:
    """Return the columns of `as_rows` for a kind of answers, also where there is none."""
    return [INSTANT if name == MICROSECONDS else name for name in attrs.fields_dict(kind)]


def as_rows(answers: Iterable[attrs.AttrsInstance]) -> list[dict[str, str | int | float | None]]:
    """Return answers as rows: one flat dict each, for `csv.DictWriter` or `pandas.DataFrame`.

    As in `as_dict`, but several values of a field become one text with ``; `` between them,
    and an answer or a value inside another becomes its id, or else all that it holds. All
    answers of one kind have the same columns.

    Raises:
        ArgumentError: The values are no answers, or there is one alone.
    """
    argument("answers", partial(require, kind=Iterable, remedy=SEVERAL), answers)
    return [{name: _cell(value) for name, value in as_dict(each).items()} for each in answers]


def as_table(answers: Answers[Any]) -> "pyarrow.Table":
    """Return a list of answers as a table of Arrow, for Parquet, polars, pandas and duckdb.

    The columns come from the class of the answers, also where there is none: a word of a list is
    text; a day is ``date32``; a date is its text, and beside it two days, ``due_earliest`` and
    ``due_latest``, empty where that side is open; several values are a list, and an answer or a
    value inside another a struct. A time of recording is ``recorded_at``, an instant in UTC.

    Needs ``pip install "coopledger[arrow]"``.

    Raises:
        ArgumentError: It is no list of answers of one class.
        MissingExtraError: pyarrow is not installed.
    """
    argument("answers", partial(require, kind=Answers, remedy=NO_LIST), answers)
    # A program without data frames never loads it.
    from coopledger.answers._arrow import table

    return table(answers, answers.kind)


def _plain(value: object) -> Plain:
    """Return the value in a form that JSON can hold."""
    if attrs.has(type(value)) and not isinstance(value, EdtfDate):
        return as_dict(cast(attrs.AttrsInstance, value))
    return next((write(value) for kind, write in FORMS if isinstance(value, kind)), None)


# How a value is written, by the first type that fits: a word of a list is a text, an instant a
# date. A value that fits none is missing.
FORMS: tuple[tuple[type, Callable[[Any], Plain]], ...] = (
    (str, str.__str__),
    (bool, bool),
    (int, int),
    (float, float),
    (EdtfDate, str),
    (date, date.isoformat),
    (bytes, bytes.hex),
    (Mapping, lambda value: {key: _plain(item) for key, item in value.items()}),
    (tuple, lambda value: [_plain(item) for item in value]),
)


def _cell(value: Plain) -> str | int | float | None:
    """Return the value in a form that one cell of a table can hold."""
    if isinstance(value, list):
        return BETWEEN.join(str(_cell(item)) for item in value)
    if isinstance(value, dict):
        items: list[Plain] = [item for item in value.values() if item is not None]
        return _cell(value.get("id", items))
    return value
