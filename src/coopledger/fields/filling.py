"""Objects of frozen classes, made of values that were read already."""

from collections.abc import Mapping
from typing import Any, TypeVar

import attrs

__all__ = ["defaults", "fill", "filled"]

Made = TypeVar("Made", bound=attrs.AttrsInstance)


def defaults(cls: type[attrs.AttrsInstance]) -> dict[str, object]:
    """The fields of the class that have a default, with it.

    What a factory makes is immutable here, so that all objects can share it.
    """
    return {
        field.name: _default(field)
        for field in attrs.fields(cls)
        if field.default is not attrs.NOTHING
    }


def _default(field: Any) -> object:  # noqa: ANN401 - attrs types its attributes loosely
    """The default of a field."""
    factory = isinstance(field.default, attrs.Factory)  # type: ignore[arg-type]
    return field.default.factory() if factory else field.default


def filled(cls: type[Made], values: Mapping[str, object]) -> Made:
    """An object of the class with every one of its fields; nothing is read again."""
    made = cls.__new__(cls)
    fill(made, values)
    return made


def fill(made: object, values: Mapping[str, object]) -> None:
    """Set the fields of an object that is being made; a frozen class has no other way in."""
    keep = object.__setattr__
    for name, value in values.items():
        keep(made, name, value)
