"""How a class is made from its fields, and every reason why it cannot be."""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

import attrs

from coopledger.errors import FieldError
from coopledger.fields.reading import EMPTY, is_mapping, wrong
from coopledger.nearness import did_you_mean

__all__ = ["build", "faults", "field_meant", "in_field", "missing_field", "unknown_field"]

Small = TypeVar("Small", bound=attrs.AttrsInstance)

# What people write instead of the name of a field.
MEANT = {
    "date": "when",
    "day": "when",
    "deadline": "due",
    "due_date": "due",
    "text": "what",
    "what": "text",
    "title": "name",
    "participants": "parties",
}


def faults(cls: type[attrs.AttrsInstance], given: Mapping[str, object]) -> list[FieldError]:
    """Every reason why the class cannot be made from the fields given, in their order.

    E103 for a field that the class does not have, with the nearest; E105 for a missing one;
    whatever the field's own reader raises.
    """
    known = {field.name: field for field in attrs.fields(cls)}
    found = [unknown_field(cls, name) for name in given if name not in known]
    found += [
        missing_field(cls, name)
        for name, field in known.items()
        if field.default is attrs.NOTHING and name not in given
    ]
    for name, field in known.items():
        if name in given and field.converter is not None:
            try:
                field.converter(given[name])
            except FieldError as error:
                found.append(in_field(error, field))
    return found


def unknown_field(cls: type[attrs.AttrsInstance], name: str) -> FieldError:
    """E103 for a field that the class does not have."""
    hint = field_meant(name, attrs.fields_dict(cls))
    return FieldError("E103", repr(name), f"is no field of {cls.__name__}{hint}")


def missing_field(cls: type[attrs.AttrsInstance], name: str) -> FieldError:
    """E105 for a field that the class needs."""
    return FieldError("E105", repr(name), f"is missing: {cls.__name__} needs it")


def in_field(error: FieldError, field: Any) -> FieldError:  # noqa: ANN401 - attrs types it loosely
    """The error with the name of its field; an empty text may be left out where none is needed."""
    if error.remedy == EMPTY and field.default is not attrs.NOTHING:
        error = FieldError(error.code, error.found, f"{EMPTY}, or leave it out", error.field)
    return error.within(field.name)


def field_meant(name: str, known: Collection[str]) -> str:
    """The words ``; did you mean 'x'?`` for the field meant by another word, else the nearest."""
    if name not in MEANT:
        return did_you_mean(name, known)
    return f"; did you mean {MEANT[name]!r}?" if MEANT[name] in known else ""


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
