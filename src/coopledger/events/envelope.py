"""What every event carries, and how its constructor explains a bad call."""

import functools
from typing import Any, TypeVar

import attrs
from attrs.converters import optional

from coopledger.dates import EdtfDate, edtf
from coopledger.errors import FieldError, RefusedError
from coopledger.fields import event_id, faults, identifier, identifiers, text, texts
from coopledger.findings import Finding
from coopledger.values import (
    FrozenMapping,
    Participant,
    Place,
    Source,
    json_mapping,
    participants,
    place,
    sources,
)

__all__ = ["Act", "Event", "event"]

E = TypeVar("E", bound="Event")


@attrs.frozen(kw_only=True)
class Event:
    """One recorded fact or act; the fields that every event may carry.

    Attributes:
        id: The event's own id; the ledger gives one if it is missing.
        when: The date of the act (EDTF).
        effective: The date from which it counts (EDTF); by default the date of the act.
        source: Where it comes from; one or several.
        inferred: Names of fields that the recorder inferred.
        participants: Who was there.
        place: Where it took place.
        at_meeting: The meeting where this act took place.
        fulfils: Commitments that this act also fulfils.
        realises: Proposals that this act also realises.
        meets: Conditions that this act also meets, each as ``commitment/condition``.
        note: Anything worth keeping in words.
        tags: Words to find it by.
        ext: Whatever the embedding application wants kept, as plain JSON values.
        recorded_by: Who recorded it.
    """

    id: str | None = attrs.field(default=None, converter=optional(event_id))
    when: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    effective: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    source: tuple[Source, ...] = attrs.field(default=(), converter=sources)
    inferred: tuple[str, ...] = attrs.field(default=(), converter=texts)
    participants: tuple[Participant, ...] = attrs.field(default=(), converter=participants)
    place: Place | None = attrs.field(default=None, converter=optional(place))
    at_meeting: str | None = attrs.field(default=None, converter=optional(identifier))
    fulfils: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    realises: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    meets: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    note: str | None = attrs.field(default=None, converter=optional(text))
    tags: tuple[str, ...] = attrs.field(default=(), converter=texts)
    ext: FrozenMapping = attrs.field(factory=FrozenMapping, converter=json_mapping)
    recorded_by: str | None = attrs.field(default=None, converter=optional(text))


@attrs.frozen(kw_only=True)
class Act(Event):
    """An event that happened on some date: ``when`` is required."""

    when: EdtfDate = attrs.field(converter=edtf)


def event(cls: type[E]) -> type[E]:
    """Let the constructor of an event class read only what is given, and name every fault.

    An event has some thirty fields, of which a caller gives eight: reading the defaults too
    would double the time of a replay. When a call fails, its fields are read again one by one,
    so that an unknown field (E103), a missing one (E105) and unreadable values (E104, E106)
    are reported together, as `RefusedError`.
    """
    readers = {field.name: field.converter or _as_it_is for field in attrs.fields(cls)}
    made = _unread(cls).__init__

    @functools.wraps(cls.__init__)
    def init(self: E, /, **given: object) -> None:
        try:
            made(self, **{name: readers[name](value) for name, value in given.items()})
        except (KeyError, TypeError, FieldError) as error:
            found = faults(cls, given)
            if not found:
                raise
            raise RefusedError(_findings(cls, given, found)) from error

    cls.__init__ = init  # type: ignore[assignment,method-assign]  # what it is for
    return cls


def _unread(cls: type[Event]) -> Any:  # noqa: ANN401 - attrs makes the class
    """A twin of the class whose constructor keeps every value as it is."""
    fields = {
        field.name: attrs.field(default=field.default, kw_only=True) for field in attrs.fields(cls)
    }
    return attrs.make_class(cls.__name__, fields, frozen=True, slots=True)


def _as_it_is(value: object) -> object:
    """What has no reader is kept as it is."""
    return value


def _findings(
    cls: type[Event], given: dict[str, object], found: list[FieldError]
) -> tuple[Finding, ...]:
    """The faults with the event's type and id."""
    name = given.get("id")
    return tuple(
        Finding(
            fault.code,
            cls.__name__,
            name if isinstance(name, str) else None,
            fault.message,
            fault.field,
        )
        for fault in found
    )
