"""Envelope of an event: the fields of every event, its sentence, and its constructor.

The constructor names every fault of a bad call.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import ClassVar, TypeGuard, TypeVar, cast, overload

import attrs

from coopledger._escape import printable
from coopledger._fields import bounds
from coopledger._fields.classes import (
    call,
    defaults,
    faults,
    fill,
    filled,
    hold_said,
    not_at_default,
)
from coopledger._fields.reading import (
    conditions_named,
    event_id,
    identifier,
    identifiers,
    short_repr,
    text,
    texts,
)
from coopledger._frozen import construct_by, frozen_event, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import FieldError, Finding, RefusedError
from coopledger.terms import Noun
from coopledger.values import (
    Document,
    FrozenMapping,
    Participant,
    Place,
    Source,
    documents,
    json_mapping,
    participants,
    place,
    sources,
)

E = TypeVar("E", bound="Event")

# The fields that name the thing that an event is about, most telling first.
ABOUT = (
    "commitment",
    "proposal",
    "instrument",
    "meeting",
    "figure",
    "subject",
    "obstacle",
    "partnership",
    "party",
    "target",
    "duplicate",
)
# The fields that hold its words, most telling first.
WORDS = (
    *("what", "text", "measure", "name", "title", "reason", "summary", "result", "kind"),
    *("same_as", "note"),
)

# In the metadata of a field: the nouns that it names, where they are not those of its name.
NAMES = "names"
# In the metadata of a field: true if its free text may be the names of parties.
PARTIES_IN_WORDS = "parties in words"


@frozen_event(kw_only=True)
class Event:
    """One recorded fact or act, with the fields that every event may carry.

    Attributes:
        id: The event's own id; the ledger gives one if it is missing.
        when: The date of the act (EDTF).
        effective: The date from which it counts (EDTF); by default the date of the act.
        source: Where it comes from; one or several.
        documents: The documents that hold what it is about, such as the signed text.
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

    # The wire tag and its newest version, for a type of the library; packs keep a table of theirs.
    __wire__: ClassVar[tuple[str, int] | None] = None
    # The noun that it may bring into the ledger: the field of that name holds the new id.
    __opens__: ClassVar[Noun | None] = None
    # The fields that two records of one act share, unless these are the fields that name ids.
    __alike__: ClassVar[tuple[str, ...] | None] = None
    # What people write instead of the name of a field.
    __synonyms__: ClassVar[Mapping[str, str]] = {
        "date": "when",
        "day": "when",
        "deadline": "due",
        "due_date": "due",
        "text": "what",
        "what": "text",
        "title": "name",
    }

    id: str | None = attrs.field(default=None, converter=optional(event_id))
    when: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    effective: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    source: tuple[Source, ...] = attrs.field(default=(), converter=sources)
    documents: tuple[Document, ...] = attrs.field(default=(), converter=documents)
    inferred: tuple[str, ...] = attrs.field(default=(), converter=texts)
    participants: tuple[Participant, ...] = attrs.field(default=(), converter=participants)
    place: Place | None = attrs.field(default=None, converter=optional(place))
    at_meeting: str | None = attrs.field(default=None, converter=optional(identifier))
    fulfils: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    realises: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    meets: tuple[str, ...] = attrs.field(default=(), converter=conditions_named)
    note: str | None = attrs.field(default=None, converter=optional(text))
    tags: tuple[str, ...] = attrs.field(default=(), converter=texts)
    ext: FrozenMapping = attrs.field(factory=FrozenMapping, converter=json_mapping)
    recorded_by: str | None = attrs.field(default=None, converter=optional(text))

    def __eq__(self, other: object) -> bool:
        """Return whether the other is of the same class, with the same fields."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        """Return a hash over the fields that were said."""
        return hash((type(self), frozenset(vars(self).items())))

    def __repr__(self) -> str:
        """Return the call that makes an equal event: its own fields, then those of every event."""
        envelope = attrs.fields_dict(Event)
        own = [name for name in attrs.fields_dict(type(self)) if name not in envelope]
        return call(self, first=(*own, *envelope))

    def __str__(self) -> str:
        """Return its date, its type, the thing that it is about and its words, on one line."""
        date = "undated" if self.when is None else self.when.text
        counted = "" if self.effective is None else f" (counts from {self.effective.text})"
        words = wording(self)
        line = f"{date}{counted} {type(self).__name__} {about(self)}".rstrip()
        return printable(f"{line}, {words}" if words else line)


@frozen_event(kw_only=True)
class Act(Event):
    """Event that happened on some date: ``when`` is required."""

    when: EdtfDate = attrs.field(converter=edtf)


@frozen_event(kw_only=True)
class Contact(Act):
    """Act by which the parties deal with each other: contact, and by itself no activity."""


@frozen_event(kw_only=True)
class Deed(Contact):
    """Something that the parties did: contact, and activity."""


def wire_type(event: Event) -> str:
    """Return the wire tag of the event's type; the name of its class for one of a pack.

    Only a ledger knows the tags of its packs.
    """
    wire = type(event).__wire__
    return wire[0] if wire is not None else type(event).__name__


def about(event: Event) -> str:
    """Return the id of the thing that the event is about, or several of them."""
    return ", ".join(subjects(event))


def subjects(event: Event) -> tuple[str, ...]:
    """Return the ids of the things that the event is about, of which most have one."""
    value = next(filter(None, _values(event, ABOUT)), ())
    return (value,) if isinstance(value, str) else tuple(value)


def wording(event: Event) -> str:
    """Return who did what, in the words of the record."""
    return ": ".join(part for part in (", ".join(doers(event)), _first(event, WORDS)) if part)


def doers(event: Event) -> tuple[str, ...]:
    """Return who did it, where the event names them: parties, or in a statement any name."""
    several: tuple[str, ...] = getattr(event, "by", ()) or getattr(event, "debtors", ())
    one: str | None = getattr(event, "party", None)
    return (one,) if one is not None and one != about(event) and not several else several


def words(event: Event) -> str:
    """Return the words of the record alone, without who did it."""
    return _first(event, tuple(name for name in WORDS if name != "kind"))


def _first(event: Event, fields: tuple[str, ...]) -> str:
    """Return the first of the fields that the event has, as text; several ids with commas."""
    value = next(filter(None, _values(event, fields)), None)
    return ", ".join(value) if isinstance(value, tuple) else str(value or "")


def _values(event: Event, fields: tuple[str, ...]) -> Iterator[str | tuple[str, ...] | None]:
    """Yield the values of those of the fields that the event has."""
    return (getattr(event, name, None) for name in fields)


@overload
def event(tag: type[E], /) -> type[E]: ...
@overload
def event(tag: str, /, *, version: int = 1) -> Callable[[type[E]], type[E]]: ...
def event(tag: type[E] | str, /, *, version: int = 1) -> type[E] | Callable[[type[E]], type[E]]:
    """Let the constructor of an event class read only what is given, and name every fault.

    The class is shown as `Event` is, with the fields that were given. A type of the library gives
    its wire tag and its newest version; one of a pack is decorated without them.

    An event has some thirty fields, of which a caller gives eight: it reads and holds these
    alone, and finds the others on its class. When a call fails, its fields are read again one by
    one, so that an unknown field (E103), a missing one (E105) and unreadable values (E104, E106)
    are reported together, as `RefusedError`.
    """
    if isinstance(tag, type):
        return _recorded_as(None, tag)
    return partial(_recorded_as, (tag, version))


def _recorded_as(wire: tuple[str, int] | None, cls: type[E]) -> type[E]:
    """Return the class with its wire tag and version, and the constructor of events."""
    cls.__wire__ = wire
    construct_by(cls, _reading_by_need)
    return cls


def _reading_by_need(cls: type[E], made: Callable[..., None]) -> Callable[..., None]:
    """Return the constructor that reads the given fields, and give the class the `repr` of events.

    The one that attrs made reads and holds every field.
    """
    readers = {field.name: field.converter or _unread for field in attrs.fields(cls)}
    required = tuple(readers.keys() - defaults(cls).keys())
    said = not_at_default(cls)

    @functools.wraps(made)
    def init(self: E, /, *unnamed: object, **fields: object) -> None:
        if unnamed:
            raise _nameless(cls, unnamed[0])
        try:
            values = {name: readers[name](value) for name, value in fields.items()}
        except (KeyError, FieldError) as error:
            raise _refused(cls, fields) from error
        for name in required:
            if name not in values:
                raise _refused(cls, fields)
        unbounded = bounds.faults(values)
        if unbounded:
            raise _refusal(cls, fields, unbounded)
        fill(self, said(values))

    hold_said(cls)
    cls.__repr__ = Event.__repr__  # type: ignore[method-assign]  # attrs may have made another
    return init


def remade(cls: type[E], fields: Mapping[str, object]) -> E:
    """Return an event of the class as a log may hold it, also beyond the bounds of today.

    Raises:
        RefusedError: With every fault of the fields.
    """
    instance, make = cls.__new__(cls), cast(Callable[..., E], cls)
    try:
        cls.__init__.__wrapped__(instance, **fields)  # type: ignore[attr-defined]  # see `event`
    except (FieldError, TypeError):
        return make(**fields)  # Names every fault.
    fill(instance, not_at_default(cls)(vars(instance)))
    return instance


def is_event(cls: object) -> TypeGuard[type[Event]]:
    """Return whether the object is a class of events that `event` has decorated."""
    is_class = isinstance(cls, type) and issubclass(cls, Event) and cls is not Event
    return is_class and "__wire__" in vars(cls)


def stamped(event: E, **fields: str) -> E:
    """Return a copy of the event with other text fields; no field is read again."""
    return filled(type(event), vars(event) | fields)


def _unread(value: object) -> object:
    """Return the value of a field that has no reader."""
    return value


def _nameless(cls: type[Event], value: object) -> RefusedError:
    """Return the refusal of a value without the name of its field."""
    message = (
        f"{short_repr(value)} has no name: give fields by name, as in {cls.__name__}(when=...)"
    )
    return RefusedError((Finding("E106", message, event_type=cls.__name__),))


def _refused(cls: type[Event], fields: dict[str, object]) -> RefusedError:
    """Return the refusal with every fault of a bad call, each with the event's type and id."""
    return _refusal(cls, fields, faults(cls, fields))


def _refusal(
    cls: type[Event], fields: Mapping[str, object], found: Iterable[FieldError]
) -> RefusedError:
    """Return the refusal with the faults, each with the event's type and id."""
    id_field = fields.get("id")
    event_id = id_field if isinstance(id_field, str) else None
    return RefusedError(tuple(fault.finding(cls.__name__, event_id) for fault in found))
