"""Lists of answers as CSV or as a workbook, with real dates where the day is exact."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from types import UnionType
from typing import Any, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

import attrs

from coopledger._fields.reading import argument, require, short_repr
from coopledger._fields.reading import path as path_of
from coopledger._frozen import made
from coopledger._interchange.files import written
from coopledger._suggest import did_you_mean
from coopledger.answers import Answers
from coopledger.answers._answers import Column, as_cell, columns_of, noun
from coopledger.dates import EdtfDate
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.plain import as_rows
from coopledger.plain import columns as plain_columns
from coopledger.sheets._csv_writing import csv_bytes
from coopledger.sheets._workbook_writing import Page, Value, workbook_bytes

DAY = "yyyy-mm-dd"
ALL = "all"  # columns
_LAST_DUE = "due, last day"
BOUNDS = ("earliest", "latest")  # of a date, each in a column beside it
_NO_LIST = "is no list of answers: give one, such as view.commitments()"

Lists: TypeAlias = Iterable[attrs.AttrsInstance]


def write(
    answers: Lists | Mapping[str, Lists],
    path: str | os.PathLike[str],
    *,
    columns: Sequence[str] | None = None,
) -> None:
    """Write answers to a workbook (``.xlsx``) or to a file of CSV (``.csv``), a row for each.

    The columns are those of the printed table, with titles in the place of ids, and of what is due
    its last day. Fields that are asked for by name are those of `plain.as_rows`, with two more
    for each date: its earliest and its latest day. A date that is one certain day is a real
    date, any other stands there as it was said. No text becomes a formula, whatever it begins
    with. The headers stay in view. A file that was there before is replaced as a whole, or stays
    as it was if anything fails.

    Args:
        answers: A list of a view; or several, by the names of the tabs, for a workbook.
        path: Where to.
        columns: The fields that are written, in this order; ``"all"`` for every one. By default
            the columns of the printed table.

    Raises:
        ArgumentError: The values are no answers, the path has another ending or is that of a
            ledger, or there is no such column.
        MissingExtraError: It is a workbook, and openpyxl is not installed.
        StoreError: The file cannot be written.
    """
    file = argument("path", path_of, path)
    named = cast(Mapping[str, Lists], answers if isinstance(answers, Mapping) else {"": answers})
    pages = [_page(name, each, columns) for name, each in named.items()]
    ending = file.suffix.lower()
    if ending == ".xlsx" and pages:
        data = workbook_bytes(pages)
    elif ending == ".csv" and len(pages) == 1:
        data = csv_bytes([list(map(_in_csv, row)) for row in pages[0].rows.values()])
    else:
        words = "is no path of a sheet: end it in .xlsx, or in .csv for one list"
        raise ArgumentError("path", repr(str(file)), words)
    with written("path", file) as target:
        target.write(data)


def _page(name: str, answers: Lists, columns: Sequence[str] | None) -> Page:
    """Return a list of answers as a page, with its headers in the first row."""
    argument("answers", partial(require, kind=Iterable, remedy=_NO_LIST), answers)
    items = list(answers)
    kind = _kind_of(answers, items)
    rows = _printed(answers, items, kind) if columns is None else _fields(items, kind, columns)
    return Page(name=name or noun(kind, many=True), rows=dict(enumerate(rows, 1)))


def _printed(
    answers: Lists, items: Sequence[attrs.AttrsInstance], kind: type[attrs.AttrsInstance]
) -> list[list[Value]]:
    """Return the headers of the printed table of a class, and its values for each answer."""
    titled = answers if isinstance(answers, Answers) else Answers(items, kind=kind)
    columns: list[Column] = []
    for header, read in columns_of(kind):
        columns.append((header, read))
        if header == "due":
            columns.append((_LAST_DUE, attrgetter("due")))
    values = [
        [_value(header, titled.named(header, read(item))) for header, read in columns]
        for item in items
    ]
    return [[header for header, _ in columns], *values]


def _value(header: str, value: object) -> Value:
    """Return the value of a column of the printed table: a date is real where it is one day."""
    if isinstance(value, EdtfDate):
        day = value.last if header == _LAST_DUE or value.exact else None
        return _day(day) if day is not None else value.text
    if isinstance(value, date):
        return _day(value.toordinal())
    cell = as_cell(value)
    return None if cell == "" else cell


def _fields(
    items: Sequence[attrs.AttrsInstance],
    kind: type[attrs.AttrsInstance],
    columns: Sequence[str],
) -> list[list[Value]]:
    """Return the names of fields, and their values for each answer."""
    known = list(_columns(kind))
    headers = known if columns == ALL else list(columns)
    for column in headers:
        if column not in known:
            hint = did_you_mean(column, known) or f": they are {', '.join(known)}"
            raise ArgumentError("columns", repr(column), f"is no column of these answers{hint}")
    rows = (_row(answer, plain) for answer, plain in zip(items, as_rows(items), strict=True))
    return [[*headers], *([row.get(header) for header in headers] for row in rows)]


def _kind_of(answers: Lists, items: Sequence[attrs.AttrsInstance]) -> type[attrs.AttrsInstance]:
    """Return the class of the answers, which a list of a view knows where it holds none.

    Raises:
        ArgumentError: Nothing says it.
    """
    if isinstance(answers, Answers):
        return cast(type[attrs.AttrsInstance], answers.kind)
    if items and attrs.has(type(items[0])):
        return type(items[0])
    raise ArgumentError("answers", short_repr(answers), _NO_LIST)


def _columns(kind: type[attrs.AttrsInstance]) -> Iterator[str]:
    """Yield the columns of a class: two more after each date."""
    hints = get_type_hints(made(kind))
    if issubclass(kind, Event):
        yield "type"
    for name in plain_columns(kind):
        yield name
        if _is_date(hints.get(name)):
            yield from (f"{name}_{bound}" for bound in BOUNDS)


def _is_date(hint: object) -> bool:
    """Return whether a field holds a date that need not be exact."""
    is_union = get_origin(hint) in {Union, UnionType}
    return EdtfDate in get_args(hint) if is_union else hint is EdtfDate


def _row(answer: attrs.AttrsInstance, plain: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values of an answer by column, with real dates."""
    row: dict[str, Value] = dict(plain)
    for name in plain:
        value: Any = getattr(answer, name, None)
        if isinstance(value, EdtfDate):
            row |= _dates(name, value)
        elif isinstance(value, date):
            row[name] = _day(value.toordinal())
    return row


def _dates(name: str, value: EdtfDate) -> Iterator[tuple[str, Value]]:
    """Yield a date as it was said or as a real one, and its bounds."""
    yield name, _day(value.settled) if value.exact else value.text
    for bound, day in zip(BOUNDS, (value.first, value.last), strict=True):
        yield f"{name}_{bound}", None if day is None else _day(day)


def _day(ordinal: int) -> Value:
    """Return a real date."""
    return date.fromordinal(ordinal), DAY


def _in_csv(value: Value) -> object:
    """Return the value as a file of CSV holds it."""
    if isinstance(value, tuple):
        return value[0].isoformat()
    return str(value).upper() if isinstance(value, bool) else value
