"""Events to rows of a log and back.

The payload of an event is canonical JSON: keys sorted by code point, no blanks, UTF-8, fields
at their default left out. Decoding is strict: nothing is coerced, and an unknown field is refused
with the nearest name. From top to bottom: rows, payloads, fields, and the converter that reads and
writes each field.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import attrs

from coopledger._fields.classes import (
    in_field,
    missing_fields,
    unknown_field,
)
from coopledger._fields.control_signs import with_line_feeds
from coopledger._log.chain import NO_NAMES, Draft, Listing, Recorded, Row, digest
from coopledger._log.forms import in_full
from coopledger._log.quick import UNUSUAL, object_reader
from coopledger._log.vocabulary import CORE, Fields, Vocabulary
from coopledger.dates import EdtfDate
from coopledger.errors import (
    CallerError,
    DamagedLogError,
    FieldError,
    Finding,
    MissingPackError,
    NewerLogError,
    RefusedError,
)
from coopledger.events import Event
from coopledger.events._references import once_per_class
from coopledger.values import SMALL_VALUES, FrozenMapping, plain


def to_draft(
    ledger: str, event: Event, *, vocabulary: Vocabulary = CORE, listing: Listing = NO_NAMES
) -> Draft:
    """Return the event as a store keeps it, with the names under which it is found."""
    tag, version = vocabulary.tag_of(type(event))
    since = event.effective or event.when
    effective = since.text if since is not None else None
    event_id, payload = event.id or "", encode(event)
    return Draft(
        event_id=event_id,
        type=tag,
        v=version,
        effective=effective,
        payload=payload,
        digest=digest(
            ledger,
            event_id=event_id,
            type=tag,
            v=version,
            effective=effective,
            payload=payload,
        ),
        listing=listing,
    )


def from_row(ledger: str, row: Row, *, vocabulary: Vocabulary = CORE) -> Event:
    """Return the event of a row.

    Raises:
        DamagedLogError: The stored payload is no event.
        NewerLogError: A newer version of coopledger wrote it.
        MissingPackError: Its type is one of a pack that is missing.
    """
    try:
        return decode(row.type, row.v, row.payload, row.event_id, vocabulary=vocabulary)
    except RefusedError as error:
        raise DamagedLogError(ledger, row.position, f"cannot be read: {error}") from error


def recorded(row: Row, event: Event) -> Recorded:
    """Return the event with the position, the time and the hashes of its row."""
    return Recorded(
        position=row.position,
        recorded_us=row.recorded_us,
        event=event,
        digest=row.digest,
        chain=row.chain,
    )


def encode(event: Event) -> bytes:
    """Return the payload of an event: every field but its id, as canonical JSON in UTF-8."""
    fields: Fields = vars(event).copy()
    fields.pop("id", None)
    return canonical(fields)


def canonical(fields: Fields) -> bytes:
    """Return plain JSON values, or those of an event, in their one canonical form, in UTF-8."""
    return _JSON(fields).encode()


def decode(
    tag: str, v: int, payload: bytes, event_id: str, *, vocabulary: Vocabulary = CORE
) -> Event:
    """Return the event of a payload, which has this version or an older one.

    Raises:
        NewerLogError: The type or its version is not known here.
        MissingPackError: The type is one of a pack that is missing.
        RefusedError: The payload is no such event, with every fault of its fields.
    """
    known = vocabulary.types.get(tag)
    if known is not None and known[0] == v:
        try:
            return _quickly_read(known[1], payload.decode(), event_id)
        except (*UNUSUAL, RecursionError):
            pass  # The way below finds the words for what is wrong, if anything is.
    newest, cls = newest_version(tag, v, vocabulary)
    fields = _fields(cls, payload, event_id)
    if v < newest:
        fields = vocabulary.lift(tag, fields, version=v)
    return read_fields(cls, fields, event_id=event_id)


def _quickly_read(cls: type[Event], text: str, event_id: str) -> Event:
    """Return the event of a payload as this library writes it; raise for any that is unusual."""
    fields, end = _JSON_AT_START(text)
    if end != len(text) or "id" in fields:
        raise ValueError
    fields["id"] = event_id
    event: Event = _quick_reader(cls)(fields)
    return event


def read(
    tag: str, v: int, fields: Fields, *, event_id: str | None, vocabulary: Vocabulary = CORE
) -> Event:
    """Return the event with these plain JSON values, which has this version or an older one.

    Raises:
        NewerLogError: The type or its version is not known here.
        MissingPackError: The type is one of a pack that is missing.
        RefusedError: The values are no such event, with every fault of its fields.
    """
    newest, cls = newest_version(tag, v, vocabulary)
    if v < newest:
        fields = vocabulary.lift(tag, fields, version=v)
    return read_fields(cls, fields, event_id=event_id)


def read_line(
    tag: str, v: int, fields: Fields, *, event_id: str | None, vocabulary: Vocabulary = CORE
) -> Event:
    """Return the event of a line that somebody wrote, of this version of its type or an older one.

    The fields may have the short forms of a call: one id where several are allowed, or a text
    for a source.

    Raises:
        NewerLogError: The type or its version is not known here.
        MissingPackError: The type is one of a pack that is missing.
        RefusedError: The values are no such event, with every fault of its fields.
    """
    newest, cls = newest_version(tag, v, vocabulary)
    if v < newest:
        fields = vocabulary.lift(tag, fields, version=v)
    return read_fields(cls, in_full(cls, fields), event_id=event_id)


def newest_version(tag: str, v: int, vocabulary: Vocabulary) -> tuple[int, type[Event]]:
    """Return the newest version of the type with the tag, and its class; refuse a newer one."""
    if "." in tag and tag not in vocabulary.types:
        raise MissingPackError(tag)
    newest, cls = vocabulary.types.get(tag, (0, Event))
    if newest < max(v, 1):
        newer = f"event type {tag!r} version {v}"
        raise NewerLogError(newer, f"version {newest}")
    return newest, cls


def _fields(cls: type[Event], payload: bytes, event_id: str) -> Fields:
    """Return the fields of a payload as plain JSON values."""
    try:
        fields: Fields = json.loads(payload.decode())
    except (ValueError, RecursionError) as error:
        message = f"the payload is no JSON: {type(error).__name__} {error}"
        finding = Finding("E106", message, event_type=cls.__name__, event_id=event_id)
        raise RefusedError((finding,)) from error
    if type(fields) is not dict or "id" in fields:
        message = "the payload is no object of the event's fields, the id apart"
        raise RefusedError((Finding("E106", message, event_type=cls.__name__, event_id=event_id),))
    return fields


def lifted(
    cls: type[Event], changes: FrozenMapping, *, vocabulary: Vocabulary = CORE
) -> Mapping[str, object]:
    """Return some fields of an event of the class in the shape of the newest version.

    Their version is not known, and need not be: a step changes nothing that is lifted already.
    """
    tag, newest = vocabulary.tag_of(cls)
    return changes if newest == 1 else vocabulary.lift(tag, plain(changes), version=1)


def differences(one: Event, other: Event) -> list[str]:
    r"""Return the names of the fields in which two events differ once they are written today.

    ``type`` alone for events of different types; the id is not looked at. Line ends are no
    difference: an older log may hold ``\r\n``, which is read as ``\n``.
    """
    if type(one) is not type(other):
        return ["type"]
    if encode(one) == encode(other):
        return []
    fields, others = write_fields(one), write_fields(other)
    return [
        name
        for name in attrs.fields_dict(type(one))
        if _as_compared(fields.get(name)) != _as_compared(others.get(name))
    ]


def _as_compared(value: object) -> str:
    """Return a plain JSON value as text, since ``1 == True`` and their texts differ."""
    return json.dumps(with_line_feeds(value), sort_keys=True)


def write_fields(event: Event) -> Fields:
    """Return the fields of an event that are not at their default, as plain JSON, without id."""
    fields: Fields = json.loads(encode(event))
    return fields


def read_fields(cls: type[Event], fields: Fields, *, event_id: str | None) -> Event:
    """Return an event of the class from plain JSON values.

    Raises:
        RefusedError: With every fault: E103, E104, E105, E106.
    """
    fields.pop("id", None)
    if event_id is not None:
        fields["id"] = event_id
    try:
        event: Event = _quick_reader(cls)(fields)
    except UNUSUAL:
        return _strictly_read(cls, fields, event_id)
    return event


@once_per_class
def _quick_reader(cls: type[Event]) -> Callable[[Any], Any]:
    """Return the quick reader of the fields of events of the class."""
    return object_reader(cls, _strict_reader)


def _strictly_read(cls: type[Event], fields: Fields, event_id: str | None) -> Event:
    """Return an event of the class from values that may be unusual, or wrong."""
    from coopledger._log.strict import structure  # noqa: PLC0415 - loaded when first needed

    try:
        return structure(fields, cls)
    except (CallerError, KeyError, TypeError, ValueError) as error:
        raise RefusedError(_faults(cls, fields, event_id)) from error


def _faults(cls: type[Event], fields: Fields, event_id: str | None) -> tuple[Finding, ...]:
    """Return every fault of the fields, which are read one by one."""
    known = attrs.fields_dict(cls)
    faults: list[FieldError] = []
    for name, value in fields.items():
        if name not in known:
            faults.append(unknown_field(cls, name))
            continue
        try:
            _strict_reader(known[name])(value)
        except FieldError as error:
            faults.append(in_field(error, known[name]))
    faults += missing_fields(cls, fields)
    return tuple(fault.finding(cls.__name__, event_id) for fault in faults)


def _strictly_written(value: object) -> object:
    """Return an object of a class of a pack as JSON values."""
    from coopledger._log.strict import unstructure  # noqa: PLC0415 - loaded when first needed

    return unstructure(value)


def _write(value: object) -> object:
    """Return a value that JSON does not know as one that JSON knows."""
    write: Callable[[Any], object] = _WRITERS.get(type(value), _strictly_written)
    written = write(value)
    return json.JSONEncoder().default(value) if written is value else written


def _strict_reader(field: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - attrs types it loosely
    """Return the strict reader of a field."""
    from coopledger._log.strict import field_reader  # noqa: PLC0415 - loaded when first needed

    return field_reader(field)


_WRITERS: Mapping[type, Callable[[Any], object]] = {
    EdtfDate: str,
    FrozenMapping: plain,
    **dict.fromkeys(SMALL_VALUES, vars),
}
_JSON_AT_START = json.JSONDecoder().raw_decode
_JSON = json.JSONEncoder(
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,
    sort_keys=True,
    separators=(",", ":"),
    default=_write,
).encode
