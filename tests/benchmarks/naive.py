"""Naive way to decode: cattrs as it comes, and pendulum.parse for every date."""

from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import attrs
import pendulum
from cattrs.preconf.json import make_converter

from coopledger._log.vocabulary import TAGS
from coopledger.dates import EdtfDate
from coopledger.stores.sqlite import SqliteStore
from coopledger.values import FrozenMapping
from tests.benchmarks.measurement import timed


def decode(path: Path) -> tuple[float, int]:
    """Return the seconds from the payloads of a log, read before, to plain attrs objects."""
    with SqliteStore(path) as store:
        rows = list(store.read("ledger"))
    classes = {tag: _plain(TAGS[tag][1]) for tag in {row.type for row in rows}}
    payloads = [(classes[row.type], row.payload) for row in rows]
    converter = make_converter()
    converter.register_structure_hook(pendulum.DateTime, _date)
    for cls in classes.values():
        converter.get_structure_hook(cls)  # written before the clock runs

    def work() -> int:
        return len([converter.loads(payload, cls) for cls, payload in payloads])

    return timed(work)


def _plain(cls: Any) -> Any:  # noqa: ANN401 - a class made at run time has no type to name
    """Return the class as one would write it at first: fields, and no readers or checks."""
    fields = {
        field.name: attrs.field(type=_type(field.type), default=field.default, kw_only=True)
        for field in attrs.fields(cls)
    }
    return attrs.make_class(cls.__name__, fields, frozen=True)


def _type(kind: Any) -> Any:  # noqa: ANN401 - any type may stand there
    """Return the type of a field, with dates of pendulum and plain values in place of ours."""
    if kind == EdtfDate:
        return pendulum.DateTime
    if kind == FrozenMapping:
        return dict[str, Any]
    if get_origin(kind) is tuple:
        item = _type(get_args(kind)[0])
        return tuple.__class_getitem__((item, ...))
    if isinstance(kind, UnionType):
        first, last = get_args(kind)
        return _type(first) | None if last is type(None) else Any
    return _plain(kind) if attrs.has(kind) else kind


def _date(value: str, _: object) -> object:
    """Return a date; marks of doubt are dropped, since pendulum cannot read them."""
    return pendulum.parse(value.rstrip("~?%"))
