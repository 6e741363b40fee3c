"""JSON Schema of a line of JSON Lines, from the classes of events."""

# ruff: noqa: INP001 - scripts next to the pages, no package

import json
from collections.abc import Iterator

import attrs

from coopledger import events, values
from coopledger._interchange.exporting import RECORD
from coopledger._log.forms import TEXT_FIELDS
from coopledger._log.vocabulary import TAGS
from coopledger.dates import EdtfDate
from coopledger.events import Event
from coopledger.events._references import references
from docs.parts.docstrings import attributes, sentence
from docs.parts.events import SMALL_VALUES, WORD_LISTS, unwrapped

__all__ = ["schema"]

Schema = dict[str, object]

LARGEST = 2**53
TEXT: Schema = {"type": "string", "pattern": r"\S"}
ID: Schema = {**TEXT, "maxLength": 200, "description": "A readable id, without line breaks."}
DATE: Schema = {
    **TEXT,
    "description": "A date in EDTF (ISO 8601-2), such as 2022, 2022-08-16, 2022-12~ or "
    "2018-03-25/2018-03-27; see the reference of dates.",
}
NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": LARGEST}
DECIMAL: Schema = {"type": "number", "minimum": 0, "maximum": LARGEST}
INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}(:\d{2})?)$"
HASH: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
PLAIN: dict[object, Schema] = {
    str: TEXT,
    int: NUMBER,
    bool: {"type": "boolean"},
    EdtfDate: {"$ref": "#/$defs/date"},
    values.FrozenMapping: {"type": "object"},
    int | float | str: {"anyOf": [DECIMAL, TEXT]},
}
# The texts that are enough for a small value.
SHORT: dict[object, Schema] = {
    **dict.fromkeys(TEXT_FIELDS, TEXT),
    values.Amount: {"type": "string", "pattern": "^-?(0|[1-9][0-9]*)(\\.[0-9]+)? [A-Z]{3}$"},
}
# What tells of the recording: all of it, or nothing.
COLUMNS: dict[str, Schema] = {
    "ledger": {"$ref": "#/$defs/id"},
    "position": {**NUMBER, "minimum": 1},
    "recorded_at": {"type": "string", "pattern": INSTANT},
    "digest": HASH,
    "chain": HASH,
}
IDS = ("id", "target", "series", "condition")
# What stood in a field before a version of the type that changed it. A line that names no version
# is of any; the fields of one that does are as the reader takes them, who lifts what is older.
OLDER: dict[tuple[type[Event], str], tuple[int, Schema]] = {
    (events.NoteAdded, "subject"): (2, {"$ref": "#/$defs/id"}),
}
# What a field was called before a version of the type that renamed it, and the field of today.
RENAMED: dict[tuple[type[Event], str], tuple[int, str]] = {
    (events.PartnershipOpened, "owner"): (2, "responsible"),
}


def schema() -> str:
    """Return the text of the schema."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An event of coopledger, one line of JSON Lines",
        "description": "What export_jsonl writes, with the record of each event or without, "
        "and what import_jsonl takes in.",
        "type": "object",
        "properties": {"type": {"enum": list(TAGS)}},
        "required": ["type"],
        "dependentRequired": {name: [*RECORD, "id", "v"] for name in RECORD},
        "allOf": [_of_type(tag) for tag in TAGS],
        "$defs": dict(_definitions()),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _of_type(tag: str) -> Schema:
    """Return the rule that a line of the type is as its definition says."""
    return {
        "if": {"properties": {"type": {"const": tag}}, "required": ["type"]},
        "then": {"$ref": f"#/$defs/{tag}"},
    }


def _definitions() -> Iterator[tuple[str, Schema]]:
    """Yield the definitions: small values first, then each type of event."""
    yield from (("date", DATE), ("id", ID))
    for words in WORD_LISTS:
        yield words.__name__, {"description": sentence(words), "enum": list(map(str, words))}
    for cls in SMALL_VALUES:
        yield cls.__name__, _small(cls)
    yield "event", _envelope()
    for tag, (version, event) in TAGS.items():
        yield tag, _event(event, version)


def _envelope() -> Schema:
    """Return the fields that every line may have."""
    kind: Schema = {"type": {"type": "string"}, "v": {**NUMBER, "minimum": 1}}
    return {"type": "object", "properties": {**kind, **COLUMNS, **_properties(Event)}}


def _event(cls: type[Event], version: int) -> Schema:
    """Return the definition of a type of event, without the fields of every line."""
    envelope = attrs.fields_dict(Event)
    own = {name: value for name, value in _properties(cls).items() if name not in envelope}
    changed = [_changed(cls, name) for kind, name in OLDER if kind is cls]
    changed += [_renamed(cls, name) for kind, name in RENAMED if kind is cls]
    own |= {name: _of_then(cls, name) for kind, name in RENAMED if kind is cls}
    return {
        "title": cls.__name__,
        "description": sentence(cls),
        "$ref": "#/$defs/event",
        "properties": {"v": {"maximum": version}, **own},
        "required": _required(cls),
        **({"allOf": changed} if changed else {}),
        "unevaluatedProperties": False,
    }


def _changed(cls: type[Event], name: str) -> Schema:
    """Return the rule that a line of the newest version has the field in its shape of today."""
    since, _ = OLDER[cls, name]
    return {
        "if": {"properties": {"v": {"minimum": since}}, "required": ["v"]},
        "then": {"properties": {name: _newest(cls, attrs.fields_dict(cls)[name])}},
    }


def _renamed(cls: type[Event], name: str) -> Schema:
    """Return the rule that a line of the newest version has the field by its name of today."""
    since, _ = RENAMED[cls, name]
    return {
        "if": {"properties": {"v": {"minimum": since}}, "required": ["v"]},
        "then": {"properties": {name: False}},
    }


def _of_then(cls: type[Event], name: str) -> Schema:
    """Return the values of a field by its name of then."""
    _, today = RENAMED[cls, name]
    described = {"description": f"What older versions call `{today}`."}
    return {**described, **_newest(cls, attrs.fields_dict(cls)[today])}


def _small(cls: type[attrs.AttrsInstance]) -> Schema:
    """Return the definition of a small value inside of events."""
    return {
        "description": sentence(cls),
        "type": "object",
        "properties": _properties(cls),
        "required": _required(cls),
        "additionalProperties": False,
    }


def _required(cls: type[attrs.AttrsInstance]) -> list[str]:
    """Return the names of the required fields."""
    return [field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING]


def _properties(cls: type[attrs.AttrsInstance]) -> Schema:
    """Return the values that each field may have, with its meaning."""
    meanings = attributes(cls)
    return {
        field.name: {"description": meanings[field.name], **_field(cls, field)}
        for field in attrs.fields(cls)
    }


def _field(cls: type[attrs.AttrsInstance], field: "attrs.Attribute[object]") -> Schema:
    """Return the values that a field may have, those of older versions included."""
    newest = _newest(cls, field)
    older = OLDER.get((cls, field.name)) if issubclass(cls, Event) else None
    return newest if older is None else {"anyOf": [newest, older[1]]}


def _newest(cls: type[attrs.AttrsInstance], field: "attrs.Attribute[object]") -> Schema:
    """Return the values that a field may have today."""
    plain, several = unwrapped(field.type)
    one: Schema = (
        {"$ref": "#/$defs/id"} if plain is str and _names(cls, field.name) else _one(plain)
    )
    # One alone needs no brackets; a line may have the short forms of a call.
    return (
        {"anyOf": [{"type": "array", "items": one, "uniqueItems": True}, one]} if several else one
    )


def _names(cls: type[attrs.AttrsInstance], field: str) -> bool:
    """Return whether the field holds ids."""
    if not issubclass(cls, Event):
        return field in IDS
    return field in {*IDS, *dict(references(cls)), cls.__opens__}


def _one(plain: object) -> Schema:
    """Return the schema of one value of the type."""
    if plain in PLAIN:
        return PLAIN[plain]
    reference: Schema = {"$ref": f"#/$defs/{getattr(plain, '__name__', '')}"}
    return {"anyOf": [reference, SHORT[plain]]} if plain in SHORT else reference
