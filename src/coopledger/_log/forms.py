"""Short forms of fields, such as a text for a source, in the full form that the log holds.

A person who writes a line may use them as in a call. Values that are of no such form stay as they
are, for the strict reader to refuse.
"""

from types import NoneType, UnionType
from typing import Any, TypeGuard, get_args, get_origin

import attrs

from coopledger._log.vocabulary import Fields
from coopledger.events import Event
from coopledger.values import (
    CURRENCY,
    DECIMAL,
    Amount,
    Condition,
    Document,
    Participant,
    Place,
    Source,
)

# Of small values for which one text is enough, the field that holds it.
TEXT_FIELDS: dict[object, str] = {
    Source: "title",
    Document: "title",
    Place: "name",
    Participant: "person",
    Condition: "id",
}


def in_full(cls: type[Event], fields: Fields) -> Fields:
    """Return the fields of a line for an event of the class, each in its full form."""
    known = attrs.fields_dict(cls)
    return {
        name: _in_full(known[name].type, value) if name in known else value
        for name, value in fields.items()
    }


def only_part(kind: object) -> object:
    """Return the type of a field that may be missing without None; None for one of several."""
    if not isinstance(kind, UnionType):
        return kind
    kinds = [part for part in get_args(kind) if part is not NoneType]
    return kinds[0] if len(kinds) == 1 else None


def _in_full(kind: object, value: object) -> object:
    """Return one value in the full form of the type of its field."""
    kind = only_part(kind)
    if get_origin(kind) is not tuple:
        return _small(kind, value)
    item = get_args(kind)[0]
    if _is_list(value):
        return [_small(item, each) for each in value]
    return [_small(item, value)] if _is_text_or_object(value) else value


def _is_list(value: object) -> TypeGuard[list[Any]]:
    """Return whether JSON writes the value in brackets."""
    return isinstance(value, list)


def _is_text_or_object(value: object) -> TypeGuard[str | dict[str, Any]]:
    """Return whether JSON writes the value in quotes or braces."""
    return isinstance(value, str | dict)


def _small(kind: object, value: object) -> object:
    """Return a text for a small value as an object of its fields."""
    if not isinstance(value, str):
        return value
    if (kind is Source or kind is Document) and "://" in value:
        return {"address": value}
    if kind is Amount:
        number, _, currency = value.partition(" ")
        is_sum = DECIMAL.fullmatch(number) and CURRENCY.fullmatch(currency)
        return {"value": number, "currency": currency} if is_sum else value
    return {TEXT_FIELDS[kind]: value} if kind in TEXT_FIELDS else value
