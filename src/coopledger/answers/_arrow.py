"""Answers as a table of Arrow, the extra ``arrow``: the door to pyarrow, loaded when one asks.

The columns come from the class of the answers alone, so that a list without answers has them too.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from types import NoneType, UnionType
from typing import Any, NamedTuple, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

import attrs

from coopledger._frozen import made
from coopledger.answers._clauses import Clause
from coopledger.answers._wording import money
from coopledger.dates import EdtfDate
from coopledger.errors import MissingExtraError
from coopledger.events.envelope import Event, wire_type
from coopledger.values import Amount, FrozenMapping, plain

try:
    import pyarrow
except ImportError:
    raise MissingExtraError("arrow", "pyarrow") from None
pa = cast(Any, pyarrow)  # Its types leave many arguments open.

Write: TypeAlias = Callable[[Any], object]
Form: TypeAlias = tuple[pyarrow.DataType, Write]
Kinds: TypeAlias = tuple[type, ...]

RECORDED = "recorded_us"
INSTANT = pa.timestamp("us", tz="UTC")
EPOCH = date(1970, 1, 1).toordinal()
NUMBERS = {int, float}


class Column(NamedTuple):
    """Column of a table: its name, its type, and what makes its value of an answer."""

    name: str
    type: pyarrow.DataType
    read: Write


def table(answers: Iterable[object], kind: type[Any]) -> pyarrow.Table:
    """Return answers of a class as a table of one row for each."""
    rows, columns = list(answers), _columns(kind, ())
    schema = pa.schema([(each.name, each.type) for each in columns])
    arrays = [pa.array(list(map(each.read, rows)), type=each.type) for each in columns]
    return cast(pyarrow.Table, pa.table(arrays, schema=schema))


def stream(answers: Iterable[object], kind: type[Any], requested_schema: object) -> object:
    """Return answers of a class as a stream of Arrow, in the types asked for if there are any."""
    return cast(Any, table(answers, kind)).__arrow_c_stream__(requested_schema)


def _columns(kind: type[Any], within: Kinds) -> list[Column]:
    """Return the columns of a class: one for each field, and three for each date.

    ``within`` are the classes of the answers that hold it.
    """
    hints = _hints(made(kind))
    columns = [
        column
        for field in attrs.fields_dict(kind)
        for column in _columns_of(field, hints.get(field, object), (*within, kind))
    ]
    is_event = issubclass(kind, Event)
    return [Column("type", pa.string(), wire_type), *columns] if is_event else columns


def _columns_of(name: str, hint: object, within: Kinds) -> list[Column]:
    """Return the columns of a field: of a date its text, its earliest and its latest day."""
    if name == RECORDED:
        return [Column("recorded_at", INSTANT, partial(_read, name, int))]
    if _given(hint) is EdtfDate:
        return [
            Column(name, pa.string(), partial(_read, name, str)),
            Column(f"{name}_earliest", pa.date32(), partial(_read, name, _earliest)),
            Column(f"{name}_latest", pa.date32(), partial(_read, name, _latest)),
        ]
    type_, write = _form(_given(hint), within)
    return [Column(name, type_, partial(_read, name, write))]


def _read(field: str, write: Write, answer: object) -> object:
    """Return the value of a field of an answer; None where it has none."""
    return _if_given(write, getattr(answer, field))


def _if_given(write: Write, value: object) -> object:
    """Return what is written of a value; None of none."""
    return None if value is None else write(value)


def _hints(kind: type[Any]) -> dict[str, object]:
    """Return what the fields of a class hold; nothing for one whose words name nothing."""
    try:
        return get_type_hints(kind)
    except NameError:
        return {}


def _given(hint: object) -> object:
    """Return what a field holds where it holds anything."""
    if get_origin(hint) not in {Union, UnionType}:
        return hint
    rest = [each for each in get_args(hint) if each is not NoneType]
    if len(rest) == 1:
        return rest[0]
    return float if set(rest) == NUMBERS else object


def _form(hint: object, within: Kinds) -> Form:
    """Return the type of a column, and what writes its values; text where the kind varies."""
    kind = cast(type[Any], get_origin(hint) or hint)
    if not isinstance(cast(object, kind), type):
        return _AS_TEXT
    known = next((form for base, form in _FORMS if issubclass(kind, base)), None)
    if known is not None:
        return known
    if issubclass(cast(type[object], kind), tuple) and get_args(hint)[1:] in {(), (...,)}:
        return _list(_given(next(iter(get_args(hint)), object)), within)
    if attrs.has(kind) and kind not in within:
        return _struct(_columns(kind, within))
    return _AS_TEXT


def _list(hint: object, within: Kinds) -> Form:
    """Return the form of several values of one kind."""
    type_, write = _form(hint, within)
    return pa.list_(type_), lambda values: [_if_given(write, each) for each in values]


def _struct(columns: list[Column]) -> Form:
    """Return the form of an answer or a value inside an answer."""
    struct = pa.struct([(each.name, each.type) for each in columns])
    return struct, lambda value: {each.name: each.read(value) for each in columns}


def _earliest(value: EdtfDate) -> int | None:
    """Return the earliest day of a date in days since 1970."""
    return None if value.first is None else value.first - EPOCH


def _latest(value: EdtfDate) -> int | None:
    """Return the latest day of a date in days since 1970."""
    return None if value.last is None else value.last - EPOCH


def _text(value: object) -> str:
    """Return a value of a field that may hold anything in words, with ``; `` between several."""
    if isinstance(value, tuple):
        return "; ".join(map(_text, cast(tuple[object, ...], value)))
    if isinstance(value, Amount):
        return money(value)
    return str(value)


def _json(value: Mapping[str, Any]) -> str:
    """Return a mapping as JSON."""
    return json.dumps(plain(cast(FrozenMapping, value)), ensure_ascii=False)


_AS_TEXT: Form = (pa.string(), _text)
# By the first class that fits. Words of a list are text: such a list may grow.
_FORMS: tuple[tuple[type, Form], ...] = (
    (bool, (pa.bool_(), bool)),
    (int, (pa.int64(), int)),
    (float, (pa.float64(), float)),
    (str, (pa.string(), str.__str__)),
    (
        EdtfDate,
        _struct(
            [
                Column("text", pa.string(), str),
                Column("earliest", pa.date32(), _earliest),
                Column("latest", pa.date32(), _latest),
            ]
        ),
    ),
    (date, (pa.date32(), lambda day: day.toordinal() - EPOCH)),
    (Clause, (pa.string(), str)),
    (FrozenMapping, (pa.string(), _json)),
)
