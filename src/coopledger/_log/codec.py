"""Events to bytes and back: the only door to cattrs.

The payload of an event is canonical JSON: keys sorted by code point, no blanks, UTF-8, fields
at their default left out. Decoding is strict: nothing is coerced, an unknown field is refused
with the nearest name.
"""

import json
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from coopledger import values
from coopledger._fields.classes import (
    defaults,
    filled,
    in_field,
    missing_field,
    missing_fields,
    unknown_field,
)
from coopledger._fields.reading import invalid
from coopledger._log.chain import Draft, Recorded, Row, digest
from coopledger._log.vocabulary import CORE, Fields, Vocabulary
from coopledger.dates import EdtfDate, edtf
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
from coopledger.values import FrozenMapping, Json, json_mapping


def encode(event: Event) -> bytes:
    """The payload of an event: every field but its id, as canonical JSON in UTF-8."""
    return canonical(write_fields(event))


def canonical(fields: Fields) -> bytes:
    """Plain JSON values in the one form in which they are written, in UTF-8."""
    return json.dumps(
        fields, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def decode(
    tag: str, v: int, payload: bytes, event_id: str, *, vocabulary: Vocabulary = CORE
) -> Event:
    """The event that `encode` wrote, of this version or an older one.

    Raises:
        NewerLogError: The type or its version is not known here.
        MissingPackError: The type is one of a pack that is missing.
        RefusedError: The payload is no such event, with every fault found.
    """
    cls = _class(tag, v, vocabulary)
    fields = _fields(cls, payload, event_id)
    return read_fields(cls, vocabulary.lift(tag, fields, found=v), event_id=event_id)


def read(
    tag: str, v: int, fields: Fields, *, event_id: str | None, vocabulary: Vocabulary = CORE
) -> Event:
    """The event of this version or an older one that the plain JSON values are, the id apart.

    Raises:
        NewerLogError: The type or its version is not known here.
        MissingPackError: The type is one of a pack that is missing.
        RefusedError: The values are no such event, with every fault found.
    """
    cls = _class(tag, v, vocabulary)
    return read_fields(cls, vocabulary.lift(tag, fields, found=v), event_id=event_id)


def _class(tag: str, v: int, vocabulary: Vocabulary) -> type[Event]:
    """The class of the events that have the tag."""
    if "." in tag and tag not in vocabulary.types:
        raise MissingPackError(tag)
    version, cls = vocabulary.types.get(tag, (0, Event))
    if v > version:
        found = f"event type {tag!r} version {v}"
        raise NewerLogError(found, f"version {version}")
    return cls


def _fields(cls: type[Event], payload: bytes, event_id: str) -> Fields:
    """The fields that a payload holds, as plain JSON values."""
    try:
        fields: Fields = json.loads(payload.decode())
    except (ValueError, RecursionError) as error:
        found = f"the payload is no JSON: {type(error).__name__} {error}"
        raise RefusedError(
            (Finding("E106", found, event_type=cls.__name__, event_id=event_id),)
        ) from error
    if type(fields) is not dict or "id" in fields:
        found = "the payload is no object of the event's fields, the id apart"
        raise RefusedError((Finding("E106", found, event_type=cls.__name__, event_id=event_id),))
    return fields


def write_fields(event: Event) -> Fields:
    """The fields of an event that are not at their default, as plain JSON values, without id."""
    fields: Fields = _CONVERTER.unstructure(event)
    return fields


def read_fields(cls: type[Event], fields: Fields, *, event_id: str | None) -> Event:
    """An event of the class from plain JSON values.

    Raises:
        RefusedError: With every fault: E103, E104, E105, E106.
    """
    fields["id"] = event_id
    try:
        return _CONVERTER.structure(fields, cls)
    except (CallerError, KeyError, TypeError, ValueError) as error:
        raise RefusedError(_faults(cls, fields, event_id)) from error


def plain(value: Json) -> Any:  # noqa: ANN401 - JSON holds anything
    """A frozen JSON value as the lists and dictionaries that JSON writers know."""
    if isinstance(value, FrozenMapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def _faults(cls: type[Event], fields: Fields, event_id: str | None) -> tuple[Finding, ...]:
    """Every fault of the fields, found by reading them one by one."""
    known = attrs.fields_dict(cls)
    faults: list[FieldError] = []
    for name, value in fields.items():
        if name not in known:
            faults.append(unknown_field(cls, name))
            continue
        try:
            _field_reader(known[name], _CONVERTER)(value)
        except FieldError as error:
            faults.append(in_field(error, known[name]))
    faults += missing_fields(cls, fields)
    return tuple(fault.finding(cls.__name__, event_id) for fault in faults)


def _exactly(wanted: type, remedy: str) -> Callable[[Any, Any], Any]:
    """A hook that takes values of one JSON type and coerces nothing."""

    def read(value: Any, _: Any) -> Any:  # noqa: ANN401 - JSON holds anything
        if type(value) is not wanted:
            raise invalid(value, remedy)
        return value

    return read


def _date(value: Any, _: Any) -> EdtfDate:  # noqa: ANN401
    """A date from its text."""
    if type(value) is not str:
        raise invalid(value, "is no date: a text is needed, such as '2022-08-16'")
    return edtf(value)


def _is_tuple(cls: Any) -> bool:  # noqa: ANN401 - any type may be asked about
    """Whether the type is ``tuple[X, ...]``."""
    origin: object = get_origin(cls)
    return origin is tuple


def _mapping(value: Any, _: Any) -> FrozenMapping:  # noqa: ANN401
    """A frozen mapping from a JSON object."""
    return json_mapping(value)


def _number_or_words(value: Any, _: Any) -> int | str:  # noqa: ANN401
    """A whole number or a text."""
    return values.number_or_words(value)


def _several(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:  # noqa: ANN401
    """A hook for ``tuple[X, ...]`` that takes a JSON list only, never a text."""
    item = get_args(cls)[0]
    read_item = converter.get_structure_hook(item)

    def read(value: list[object], _: Any) -> tuple[Any, ...]:  # noqa: ANN401
        if type(value) is not list:
            raise invalid(value, "is no list")
        return tuple([read_item(part, item) for part in value])

    return read


def _object(cls: Any, converter: Converter) -> Callable[[Any, Any], Any]:  # noqa: ANN401
    """A hook for an attrs class that takes a JSON object with its own keys only.

    Each value is read once, by the hook of its type and then by the field's own reader, and the
    object is filled with what they give: through the constructor all would be read again, and a
    replay would take half as long again.
    """
    readers = {field.name: _field_reader(field, converter) for field in attrs.fields(cls)}
    left_out = defaults(cls)
    required = readers.keys() - left_out.keys()
    check: Callable[[Any], None] = getattr(cls, "__attrs_post_init__", _nothing_more)

    def read(value: Fields, _: Any) -> Any:  # noqa: ANN401
        if type(value) is not dict:
            raise invalid(value, f"is no {cls.__name__}: an object of its fields is needed")
        if not required <= value.keys() <= readers.keys():
            raise _misfit(cls, value.keys(), known=readers.keys(), required=required)
        found = {name: readers[name](item) for name, item in value.items()}
        made = filled(cls, left_out | found)
        check(made)
        return made

    return read


def _nothing_more(_: object) -> None:
    """What most classes check once their fields are set."""


def _field_reader(field: Any, converter: Converter) -> Callable[[Any], Any]:  # noqa: ANN401
    """What reads a field: the strict hook of its type, then its own reader; null clears it."""
    wanted = [part for part in get_args(field.type) if part is not NoneType]
    optional = isinstance(field.type, UnionType) and len(wanted) == 1
    kind = wanted[0] if optional else field.type
    hook, more = converter.get_structure_hook(kind), field.converter
    if kind is EdtfDate:
        more = None  # The hook has said all.

    def read(value: Any) -> Any:  # noqa: ANN401
        if value is None and optional:
            return None
        found = hook(value, kind)
        return found if more is None else more(found)

    return read


def _misfit(
    cls: type, found: Collection[str], *, known: Collection[str], required: Collection[str]
) -> FieldError:
    """The first field of an object that is unknown (E103) or missing (E105)."""
    for name in found:
        if name not in known:
            return unknown_field(cls, name)
    return missing_field(cls, min(name for name in required if name not in found))


def _without_defaults(cls: Any, converter: Converter) -> Callable[[Any], Fields]:  # noqa: ANN401
    """The writer of an attrs class: fields at their default are left out."""
    if issubclass(cls, Event):
        return make_dict_unstructure_fn(
            cls, converter, _cattrs_omit_if_default=True, id=override(omit=True)
        )
    return make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)


def _converter() -> Converter:
    """The strict converter: refusing hooks first, since cattrs coerces by default."""
    made = Converter(detailed_validation=False)
    made.register_structure_hook(
        str, _exactly(str, "is no text")
    )  # Word lists too: they are texts.
    made.register_structure_hook(int, _exactly(int, "is no whole number"))
    made.register_structure_hook(bool, _exactly(bool, "is neither true nor false"))
    made.register_structure_hook(EdtfDate, _date)
    made.register_structure_hook(FrozenMapping, _mapping)
    made.register_structure_hook_func(lambda cls: cls == int | str, _number_or_words)
    made.register_structure_hook_factory(_is_tuple)(_several)
    made.register_structure_hook_factory(attrs.has)(_object)
    made.register_unstructure_hook(EdtfDate, str)
    made.register_unstructure_hook(StrEnum, str)
    made.register_unstructure_hook(FrozenMapping, plain)
    made.register_unstructure_hook_factory(attrs.has, _without_defaults)
    return made


_CONVERTER = _converter()


# Events as a store keeps them, and back.


def to_draft(ledger: str, event: Event, *, vocabulary: Vocabulary = CORE) -> Draft:
    """The event as the store keeps it."""
    tag, version = vocabulary.tag_of(type(event))
    counted = event.effective or event.when
    effective = counted.text if counted is not None else None
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
    )


def differences(one: Event, other: Event) -> list[str]:
    """The names of the fields in which two events differ once they are written today.

    ``type`` alone for events of different types; the id is not looked at.
    """
    if type(one) is not type(other):
        return ["type"]
    if encode(one) == encode(other):
        return []
    fields, others = write_fields(one), write_fields(other)
    return [
        name
        for name in attrs.fields_dict(type(one))
        if _written(fields.get(name)) != _written(others.get(name))
    ]


def _written(value: object) -> str:
    """A plain JSON value as text; ``1`` and ``true`` are equal, but are not written so."""
    return json.dumps(value, sort_keys=True)


def lifted(
    cls: type[Event], changes: FrozenMapping, *, vocabulary: Vocabulary = CORE
) -> Mapping[str, object]:
    """Some fields of an event of the class, recorded by whatever version, in the shape of today.

    Of which version they are is not known, nor need it be: a step changes nothing that is lifted.
    """
    tag, newest = vocabulary.tag_of(cls)
    return changes if newest == 1 else vocabulary.lift(tag, plain(changes), found=1)


def from_row(ledger: str, row: Row, *, vocabulary: Vocabulary = CORE) -> Event:
    """The event of a row.

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
    """The row with its event."""
    return Recorded(
        position=row.position,
        recorded_us=row.recorded_us,
        event=event,
        digest=row.digest,
        chain=row.chain,
    )
