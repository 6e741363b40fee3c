"""Whether the fields of a pack have the shape that they need, told where the pack is made."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeGuard

from coopledger.errors import ArgumentError
from coopledger.fields import is_mapping, shown

__all__ = ["CHECKS", "DUTIES", "PROJECTIONS", "STEPS", "TYPES", "as_tuple"]

Validator = Callable[[object, Any, Any], None]
Pair = tuple[Any, Any]


def _is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def _is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(value, tuple)


def as_tuple(value: Any) -> Any:  # noqa: ANN401 - what is no list is told by the validator
    """A list as a tuple; anything else as it is."""
    return tuple(value) if _is_list(value) else value


def _each(kind: type, fits: Callable[[Any], bool], remedy: str) -> Validator:
    """A validator: the value is of the kind, and all that it holds fits."""

    def validate(_: object, field: Any, value: Any) -> None:  # noqa: ANN401
        if not (isinstance(value, kind) and all(map(fits, _items(value)))):
            raise ArgumentError(field.name, shown(value), remedy)

    return validate


def _items(value: Any) -> Iterable[Any]:  # noqa: ANN401
    """What the value holds; of a mapping its keys, each with its value."""
    return value.items() if is_mapping(value) else value


def _is_pair(item: object, first: type) -> TypeGuard[Pair]:
    """Whether it is a pair, whose first part is exactly of the type, or a class for `type`."""
    if not _is_tuple(item) or len(item) != len(("one", "other")):
        return False
    start = item[0]
    return isinstance(start, type) if first is type else type(start) is first


def _is_type(item: Pair) -> bool:
    tag, entry = item
    return isinstance(tag, str) and _is_pair(entry, int) and isinstance(entry[1], type)


def _is_step(item: Pair) -> bool:
    key, step = item
    return _is_pair(key, str) and type(key[1]) is int and callable(step)


def _is_check(item: object) -> bool:
    return _is_pair(item, type) and callable(item[1])


def _is_projection(item: Pair) -> bool:
    return isinstance(item[0], str) and callable(item[1])


TYPES = _each(Mapping, _is_type, "gives no types: write {'lab.sample-sent': (1, SampleSent)}")
STEPS = _each(Mapping, _is_step, "gives no steps: write {('lab.sample-sent', 1): a_function}")
CHECKS = _each(tuple, _is_check, "gives no checks: write [(SampleSent, a_function)]")
DUTIES = _each(tuple, callable, "gives no duties: write [a_function]")
PROJECTIONS = _each(Mapping, _is_projection, "gives no projections: write {'name': a_function}")
