"""Events as a store keeps them, and back."""

import json
from collections.abc import Mapping

import attrs

from coopledger.codec import decode, encode, plain, write_fields
from coopledger.errors import DamagedLogError, RefusedError
from coopledger.events import Event
from coopledger.record import Recorded
from coopledger.stores import Draft, Row, digest
from coopledger.tags import CORE, Vocabulary
from coopledger.values import FrozenMapping

__all__ = ["differences", "draft", "lifted", "read_row", "recorded"]


def draft(ledger: str, event: Event, *, vocabulary: Vocabulary = CORE) -> Draft:
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


def read_row(ledger: str, row: Row, *, vocabulary: Vocabulary = CORE) -> Event:
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
