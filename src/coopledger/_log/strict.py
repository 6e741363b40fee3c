"""Strict reading and writing of every field with cattrs: the only door to it.

Nothing is coerced. `codec` loads this module for what its quick readers and writers leave over:
cattrs takes longer to load than the rest of a short program needs.
"""

from collections.abc import Callable, Collection
from enum import StrEnum
from sys import intern
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn

from coopledger._fields.classes import (
    defaults,
    filled,
    filled_whole,
    missing_field,
    not_at_default,
    unknown_field,
)
from coopledger._fields.reading import invalid
from coopledger._frozen import made
from coopledger._log.quick import stored_check
from coopledger._log.vocabulary import Fields
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import FieldError
from coopledger.events import Event
from coopledger.values import SMALL_VALUES, FrozenMapping, json_mapping, number_or_words, plain


def _exact_type_hook(wanted: type, remedy: str) -> Callable[[Any, Any], Any]:
    """Return a hook that takes values of one JSON type and coerces nothing."""

    def read(value: Any, _: Any) -> Any:  # noqa: ANN401 - JSON holds anything
        if type(value) is not wanted:
            raise invalid(value, remedy)
        return value

    return read


def _date(value: Any, _: Any) -> EdtfDate:  # noqa: ANN401
    """Return a date from its text."""
    if type(value) is not str:
        raise invalid(value, "is no date: a text is needed, such as '2022-08-16'")
    return edtf(value)


def _is_tuple(cls: Any) -> bool:  # noqa: ANN401 - any type may come
    """Return whether the type is ``tuple[X, ...]``."""
    origin: object = get_origin(cls)
    return origin is tuple


def _tuple_hook(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:  # noqa: ANN401
    """Return a hook for ``tuple[X, ...]`` that takes a JSON list only, never a text."""
    item = get_args(cls)[0]
    read_item = converter.get_structure_hook(item)

    def read(value: list[object], _: Any) -> tuple[Any, ...]:  # noqa: ANN401
        if type(value) is not list:
            raise invalid(value, "is no list")
        return tuple([read_item(part, item) for part in value])

    return read


def _object_hook(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:  # noqa: ANN401
    """Return a hook for an attrs class that takes a JSON object with its own keys only.

    Each value is read once, by the hook of its type and then by the field's own reader, and the
    object is filled with the results: through the constructor all would be read again, and a
    replay would take half as long again.
    """
    fields = attrs.fields(made(cls))
    readers = {field.name: _field_reader(field, converter) for field in fields}
    at_default = defaults(cls)
    required = readers.keys() - at_default.keys()
    said = not_at_default(cls)
    check = stored_check(cls)
    holds_said = issubclass(cls, (Event, *SMALL_VALUES))

    def read(value: Fields, _: Any) -> Any:  # noqa: ANN401
        if type(value) is not dict:
            raise invalid(value, f"is no {cls.__name__}: an object of its fields is needed")
        if not required <= value.keys() <= readers.keys():
            raise _misfit(cls, value.keys(), known=readers.keys(), required=required)
        items = {intern(name): readers[name](item) for name, item in value.items()}
        instance = filled(cls, said(items)) if holds_said else filled_whole(cls, at_default | items)
        if check is not None:
            check(instance)
        return instance

    return read


def _field_reader(field: Any, converter: Converter) -> Callable[[Any], Any]:  # noqa: ANN401
    """Return the reader of a field: the strict hook of its type, then its own; null clears it."""
    parts = [part for part in get_args(field.type) if part is not NoneType]
    optional = isinstance(field.type, UnionType) and len(parts) == 1
    kind = parts[0] if optional else field.type
    hook = converter.get_structure_hook(kind)
    own = None if kind is EdtfDate else field.converter  # The hook reads all of a date.

    def read(value: Any) -> Any:  # noqa: ANN401
        if value is None and optional:
            return None
        item = hook(value, kind)
        return item if own is None else own(item)

    return read


def _misfit(
    cls: type, names: Collection[str], *, known: Collection[str], required: Collection[str]
) -> FieldError:
    """Return the first field of an object that is unknown (E103) or missing (E105)."""
    for name in names:
        if name not in known:
            return unknown_field(cls, name)
    return missing_field(cls, min(name for name in required if name not in names))


def _writer(cls: Any, converter: Converter) -> Callable[[Any], Fields]:  # noqa: ANN401
    """Return the writer of an attrs class of a pack, which leaves out fields at their default."""
    return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)


def _converter() -> Converter:
    """Return the strict converter: refusing hooks first, since cattrs coerces by default."""
    converter = Converter(detailed_validation=False)
    read, write = converter.register_structure_hook, converter.register_unstructure_hook
    read(str, _exact_type_hook(str, "is no text"))  # Word lists too: they are texts.
    read(int, _exact_type_hook(int, "is no whole number"))
    read(bool, _exact_type_hook(bool, "is neither true nor false"))
    read(EdtfDate, _date)
    read(FrozenMapping, lambda value, _: json_mapping(value))
    converter.register_structure_hook_func(
        lambda cls: cls == int | float | str, lambda value, _: number_or_words(value)
    )
    converter.register_structure_hook_factory(_is_tuple)(_tuple_hook)
    converter.register_structure_hook_factory(attrs.has)(_object_hook)
    write(EdtfDate, str)
    write(StrEnum, str)
    write(FrozenMapping, plain)
    converter.register_unstructure_hook_factory(attrs.has, _writer)
    return converter


_CONVERTER = _converter()


def structure(fields: Fields, cls: type[Event]) -> Event:
    """Return the event of the class with the fields.

    Raises:
        FieldError: The first value that is not as it must be.
    """
    return _CONVERTER.structure(fields, cls)


def unstructure(value: object) -> object:
    """Return an attrs object, date or word as JSON values; others as they are."""
    unstructured: object = _CONVERTER.unstructure(value)
    return unstructured


def field_reader(field: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - attrs types it loosely
    """Return the strict reader of a field."""
    return _field_reader(field, _CONVERTER)
