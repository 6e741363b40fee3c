"""JSON values that never change, for what the fields of an event cannot foresee."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeAlias, TypeGuard

import attrs

from coopledger.dates import EdtfDate, edtf
from coopledger.fields import is_mapping, require, text, utf8, wrong

__all__ = ["FrozenMapping", "Json", "json_mapping"]

Json: TypeAlias = "str | int | float | bool | tuple[Json, ...] | FrozenMapping | None"

NESTING = 32  # Deeper than any honest extension, shallow enough for every reader's stack.


class FrozenMapping(Mapping[str, Json]):
    """A mapping from text to JSON values that never changes and can be hashed."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, Json] | Iterable[tuple[str, Json]] = ()) -> None:
        """Copies the items; whoever builds one sees that the values are frozen too."""
        self._items = dict(items)

    def __getitem__(self, key: str) -> Json:
        """The value under the key."""
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        """The keys in the order given."""
        return iter(self._items)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        """Whether the other is a mapping of the same items, in any order."""
        if isinstance(other, FrozenMapping):
            return self._items == other._items
        return self._items == dict(other) if is_mapping(other) else NotImplemented

    def __hash__(self) -> int:
        """Equal mappings have equal hashes, whatever their order."""
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        """As a dictionary is shown."""
        return repr(self._items)

    def __reduce__(self) -> tuple[type["FrozenMapping"], tuple[dict[str, Json]]]:
        """Pickles as its items."""
        return FrozenMapping, (self._items,)


def json_mapping(value: Mapping[str, object]) -> FrozenMapping:
    """A mapping of plain JSON values, copied and frozen; dates and words become text.

    Raises:
        FieldError: E106 for what JSON cannot hold, and for nesting deeper than 32.
    """
    if isinstance(value, FrozenMapping):
        return value
    require(value, Mapping, "is no mapping")
    return _mapping(value, NESTING)


def _mapping(value: Mapping[str, object], depth: int) -> FrozenMapping:
    """A frozen copy; keys are texts."""
    return FrozenMapping((text(key), _json(item, depth)) for key, item in value.items())


def _json(value: object, depth: int) -> Json:
    """One JSON value, frozen; `bool` is asked for before `int`, of which it is one."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return utf8(value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, EdtfDate | date):
        return edtf(value).text
    return _nested(value, depth)


def _nested(value: object, depth: int) -> Json:
    """A list, a mapping or one of our own values, frozen down to its last part."""
    if depth == 0:
        raise wrong(value, f"is nested deeper than {NESTING}")
    if _is_list(value):
        return tuple(_json(item, depth - 1) for item in value)
    cls = type(value)
    if attrs.has(cls):
        fields = {name: getattr(value, name) for name in attrs.fields_dict(cls)}
        value = {name: item for name, item in fields.items() if item is not None}
    if is_mapping(value):
        return _mapping(value, depth - 1)
    raise wrong(value, f"is a {cls.__name__}, which JSON has not")


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Whether JSON writes the value as an array."""
    return isinstance(value, list | tuple)


def _number(value: float) -> int | float:
    """A number that every reader of JSON keeps as it is."""
    if not math.isfinite(value):
        raise wrong(value, "is no number of JSON")
    if isinstance(value, int) and abs(value) > 2**53:
        raise wrong(value, "is beyond the whole numbers that every reader keeps exact")
    return value
