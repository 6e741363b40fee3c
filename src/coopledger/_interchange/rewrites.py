"""The form that a field of a line needs, shown with the value that was given in another."""

import json
import re
from types import NoneType, UnionType
from typing import get_args, get_origin

import attrs

from coopledger._interchange.lines import is_list, is_object
from coopledger._log.vocabulary import Fields
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.values import Amount, Condition, Participant, Place, Renewal, Source

# Of small values that one text can tell, the field that holds it.
TOLD: dict[object, str] = {Source: "title", Place: "name", Participant: "person", Condition: "id"}
# How others look, of which one text does not tell enough.
EXAMPLES: dict[object, Fields] = {
    Amount: {"value": "1000.50", "currency": "EUR"},
    Renewal: {"tacit": True, "years": 5},
}
NUMBER = re.compile(r"[0-9]{1,9}")
MOST_SHOWN = 100  # Letters: a longer value is no example.


def with_form(finding: Finding, cls: type[Event], fields: Fields) -> Finding:
    """The finding, with the field as it can be written where only its form was wrong."""
    name = (finding.field or "").split(".")[0].split("[")[0]
    known = attrs.fields_dict(cls)
    if finding.code != "E106" or name not in known or name not in fields:
        return finding
    given = fields[name]
    if given is None:
        return attrs.evolve(finding, message=finding.message.replace("None", "null", 1))
    form = json.dumps(_formed(known[name].type, given), ensure_ascii=False)
    is_other = form != json.dumps(given, ensure_ascii=False)
    if not is_other or len(form) > MOST_SHOWN or not form.isprintable():
        return finding
    return attrs.evolve(finding, message=f"{finding.message}; write it as {form}")


def _formed(kind: object, value: object) -> object:
    """The value in the form of the type, as far as that can be told from it."""
    if isinstance(kind, UnionType):
        kinds = [part for part in get_args(kind) if part is not NoneType]
        kind = kinds[0] if len(kinds) == 1 else None
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return [_formed(item, each) for each in (value if is_list(value) else [value])]
    if isinstance(kind, type) and attrs.has(kind):
        return _object(kind, value)
    if kind is str and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if kind is int and isinstance(value, str) and NUMBER.fullmatch(value):
        return int(value)
    return value


def _object(kind: type[attrs.AttrsInstance], value: object) -> object:
    """The small value with its fields."""
    if is_object(value):
        types = {name: field.type for name, field in attrs.fields_dict(kind).items()}
        return {name: _formed(types.get(name), part) for name, part in value.items()}
    told = TOLD.get(kind)
    return (
        {told: value} if told is not None and isinstance(value, str) else EXAMPLES.get(kind, value)
    )
