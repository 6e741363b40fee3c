"""How a class is made from its fields, and every reason why it cannot be."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar

import attrs

from coopledger.errors import FieldError
from coopledger.fields.reading import EMPTY, is_mapping, wrong
from coopledger.nearness import nearest

__all__ = [
    "build",
    "faults",
    "hint_at_field",
    "in_field",
    "missing_field",
    "missing_fields",
    "unknown_field",
]

Small = TypeVar("Small", bound=attrs.AttrsInstance)


def faults(cls: type[attrs.AttrsInstance], given: Mapping[str, object]) -> list[FieldError]:
    """Every reason why the class cannot be made from the fields given, in their order.

    E103 for a field that the class does not have, with the nearest; E105 for a missing one that
    is not meant by such a name; whatever the field's own reader raises.
    """
    known = {field.name: field for field in attrs.fields(cls)}
    found = [unknown_field(cls, name) for name in given if name not in known]
    found += missing_fields(cls, given)
    for name, field in known.items():
        if name in given and field.converter is not None:
            try:
                field.converter(given[name])
            except FieldError as error:
                found.append(in_field(error, field))
    return found


def unknown_field(cls: type[attrs.AttrsInstance], name: str) -> FieldError:
    """E103 for a field that the class does not have."""
    remedy = f"is no field of {cls.__name__}{hint_at_field(cls, name)}"
    return FieldError("E103", repr(name), remedy)


def missing_field(cls: type[attrs.AttrsInstance], name: str) -> FieldError:
    """Return E105 for a field that the class needs."""
    return FieldError("E105", repr(name), f"is missing: {cls.__name__} needs it")


def missing_fields(cls: type[attrs.AttrsInstance], given: Collection[str]) -> Iterator[FieldError]:
    """Return E105 for each field that the class needs and that is not given.

    A field that an unknown name means is not reported again: E103 names it already.
    """
    known = attrs.fields_dict(cls)
    required = (name for name, field in known.items() if field.default is attrs.NOTHING)
    missing = [name for name in required if name not in given]
    meant = {_field_meant(cls, name) for name in given if missing and name not in known}
    return (missing_field(cls, name) for name in missing if name not in meant)


def in_field(error: FieldError, field: Any) -> FieldError:  # noqa: ANN401 - attrs types it loosely
    """The error with the name of its field; an empty text may be left out where none is needed."""
    if error.remedy == EMPTY and field.default is not attrs.NOTHING:
        error = FieldError(error.code, error.found, f"{EMPTY}, or leave it out", error.field)
    return error.within(field.name)


def hint_at_field(cls: type[attrs.AttrsInstance], name: str) -> str:
    """Return the words ``; did you mean 'x'?`` for the field that another word means, if any."""
    meant = _field_meant(cls, name)
    return f"; did you mean {meant!r}?" if meant else ""


def _field_meant(cls: type[attrs.AttrsInstance], name: str) -> str | None:
    """Return the field that the word means, by the class's own `__synonyms__` or the nearest."""
    known = attrs.fields_dict(cls)
    synonyms: Mapping[str, str] = getattr(cls, "__synonyms__", {})
    if name not in synonyms:
        return nearest(name, known)
    return synonyms[name] if synonyms[name] in known else None


def build(cls: type[Small], value: object, *, alone: str | None = None) -> Small:
    """A small value from itself, from a mapping, or from the one field that may stand alone.

    Raises:
        FieldError: The first fault, with the name of its field.
    """
    if isinstance(value, cls):
        return value
    if alone is not None and isinstance(value, str):
        value = {alone: value}
    if not is_mapping(value):
        raise wrong(value, f"is no {cls.__name__}: a mapping of its fields is needed")
    for fault in faults(cls, value):
        raise fault
    return cls(**value)
