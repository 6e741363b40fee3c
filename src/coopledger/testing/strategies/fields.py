"""What each field of an event may hold; a new field needs a line in `FIELDS`."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeGuard, TypeVar, cast, get_args, get_origin

import attrs
from hypothesis import strategies as st

from coopledger import events
from coopledger._fields import reading as fields
from coopledger._fields.words import country
from coopledger._log.vocabulary import CORE, TAGS
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.events._references import references
from coopledger.terms import (
    CommitmentFirmness,
    Force,
    InstrumentKind,
    InstrumentState,
    PartyKind,
    ProposalFirmness,
)
from coopledger.testing.strategies.plain import (
    amounts,
    conditions,
    conditions_met,
    countries,
    dates,
    flags,
    ids,
    mappings,
    participants,
    places,
    renewals,
    several,
    sources,
    texts,
    wholes,
)
from coopledger.values import FrozenMapping, json_mapping

# A field of this name is read so in every event class, but for the exceptions below.
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "acronyms": several(texts),
    "alternative": st.one_of(wholes, texts),
    "amount": amounts,
    "at_meeting": ids,
    "by": several(ids, least=1),
    "by_instrument": ids,
    "changes": mappings,
    "commitment": ids,
    "condition": ids,
    "conditions": st.lists(conditions, max_size=3, unique_by=lambda found: found["id"]),
    "counter_to": ids,
    "country": countries,
    "creates": several(ids),
    "creditors": several(ids, least=1),
    "debtors": several(ids, least=1),
    "depends_on": several(ids),
    "dormant_after": wholes,
    "due": dates,
    "due_meeting": ids,
    "due_text": texts,
    "effective": dates,
    "ends": dates,
    "evidence": several(texts),
    "ext": mappings,
    "extends": ids,
    "field": texts,
    "figure": ids,
    "firmness": st.sampled_from(CommitmentFirmness),
    "force": st.sampled_from(Force),
    "founded": dates,
    "fulfils": several(ids),
    "host": ids,
    "id": ids,
    "identifiers": mappings,
    "implements": ids,
    "in_force": flags,
    "inferred": several(texts),
    "instrument": ids,
    "kind": texts,
    "kinds": several(st.sampled_from(InstrumentKind)),
    "legal_regime": texts,
    "measure": texts,
    "meeting": ids,
    "meets": several(conditions_met),
    "missing_signers": several(ids),
    "mutual": flags,
    "name": texts,
    "not_before": dates,
    "note": texts,
    "number": st.integers(1, 1000),
    "other_names": several(texts),
    "owner": texts,
    "parent": ids,
    "participants": st.lists(participants, max_size=2, unique_by=repr),
    "parties": several(ids),
    "partners": several(texts),
    "partnership": ids,
    "party": ids,
    "percent": st.integers(0, 100),
    "period": dates,
    "place": places,
    "planned": dates,
    "proposal": ids,
    "realises": several(ids),
    "reason": texts,
    "recorded_by": texts,
    "renewal": renewals,
    "result": texts,
    "round": st.integers(1, 1000),
    "scope": texts,
    "series": ids,
    "signers": several(ids),
    "source": st.lists(sources, max_size=2, unique_by=repr),
    "standing": flags,
    "state": st.sampled_from(InstrumentState),
    "subject": ids,
    "summary": texts,
    "supersedes": several(ids),
    "survives": flags,
    "tacit": flags,
    "tags": several(texts),
    "target": ids,
    "text": texts,
    "title": texts,
    "to": several(ids, least=1),
    "topics": several(texts),
    "under": ids,
    "until": dates,
    "value": st.one_of(wholes, texts),
    "what": texts,
    "when": dates,
    "within": ids,
    "witnesses": several(texts),
    "years": st.integers(1, 100),
}
EXCEPTIONS: dict[tuple[type[Event], str], st.SearchStrategy[object]] = {
    (events.PartyRegistered, "kind"): st.sampled_from(PartyKind),
    (events.InstrumentRegistered, "kind"): st.sampled_from(InstrumentKind),
    (events.ProposalMade, "firmness"): st.sampled_from(ProposalFirmness),
    (events.StatusReported, "state"): texts,
    (events.StatementMade, "by"): several(texts),
    (events.NoteAdded, "subject"): several(ids, least=1),
}

# How fields of a pack are read that have another name: by the reader, else by the type.
READERS: dict[Callable[..., object], st.SearchStrategy[object]] = {
    country: countries,
    edtf: dates,
    fields.boolean: flags,
    fields.identifier: ids,
    fields.identifiers: several(ids),
    fields.percent: st.integers(0, 100),
    fields.text: texts,
    fields.texts: several(texts),
    fields.non_negative: wholes,
    json_mapping: mappings,
}
TYPES: dict[object, st.SearchStrategy[object]] = {
    str: ids,  # Every id is a text, and not every text an id.
    int: st.integers(0, 100),
    bool: flags,
    EdtfDate: dates,
    FrozenMapping: mappings,
}


def values_of(cls: type[Event], field: Any) -> st.SearchStrategy[object]:  # noqa: ANN401
    """What the field of events of the class may be given.

    Raises:
        ArgumentError: Nothing is known of it.
    """
    named = FIELDS.get(field.name) if field.name in _known(cls) else None
    exception, read = EXCEPTIONS.get((cls, field.name)), READERS.get(field.converter)
    for found in (exception, named, read, _of_type(field.type)):
        if found is not None:
            return found
    remedy = f"has no strategy: give one, as in event_of({cls.__name__}, {field.name}=...)"
    raise ArgumentError("fields", repr(field.name), remedy)


def _known(cls: type[Event]) -> set[str]:
    """The fields whose names say what they hold; in a pack, those that mean it everywhere."""
    if cls in CORE:
        return set(FIELDS)
    return {name for name, _ in references(cls)} | set(attrs.fields_dict(Event))


def _of_type(wanted: Any) -> st.SearchStrategy[object] | None:  # noqa: ANN401 - any annotation
    """What a field of the type may hold, where that is plain enough to tell."""
    if get_origin(wanted) is tuple:
        one = TYPES.get(get_args(wanted)[0])
        return None if one is None else st.lists(one, max_size=3, unique_by=repr)
    if isinstance(wanted, UnionType):
        return _of_type(next(part for part in get_args(wanted) if part is not NoneType))
    if _is_words(wanted):
        return st.sampled_from(wanted)
    return TYPES.get(wanted)


def _is_words(wanted: object) -> TypeGuard[type[Enum]]:
    """Whether the type is a list of words."""
    return isinstance(wanted, type) and issubclass(wanted, Enum)


# Events of every type, those of packs too.

E = TypeVar("E", bound=Event)


def event_of(cls: type[E], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[E]:
    """Events of the class, each with an id, and with or without what may be left out.

    They are well formed, and nothing more: the ids in them are made up, so that a ledger refuses
    nearly all of them. See `histories` for events that it accepts.

    Args:
        cls: One of `coopledger.events`, or one of a pack.
        fields: What a field holds, in the place of what is usual, whether it may be left out or
            not: ``event_of(events.NoteAdded, subject=st.just("vn"))``.

    Raises:
        ArgumentError: A field of a pack is of a type that is not known: give it a strategy.
    """
    return _event(cls, list(attrs.fields(cls)), fields)


def bare_event(cls: type[E], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[E]:
    """Events of the class with its own fields, and of what every event may carry only what it must.

    So that, with its ids given, most of them can be recorded: the ``acts`` of `histories`.

    Args:
        cls: One of `coopledger.events`, or one of a pack.
        fields: What a field holds, as for `event_of`.

    Raises:
        ArgumentError: A field of a pack is of a type that is not known: give it a strategy.
    """
    envelope = {field.name for field in attrs.fields(Event)}
    own = [
        field for field in attrs.fields(cls) if field.name not in envelope or _is_required(field)
    ]
    return _event(cls, own, fields)


def _event(
    cls: type[E], known: Sequence[Any], given: Mapping[str, st.SearchStrategy[object]]
) -> st.SearchStrategy[E]:
    """Events with what is given, and with those of the known fields that must be there, or may."""
    others = [field for field in known if field.name not in given]
    usual = {field.name: values_of(cls, field) for field in others}
    make = cast(Callable[..., E], cls)  # Its own readers see to the types.

    @st.composite  # Told in a word, where what it is made of would fill pages.
    def event(draw: st.DrawFn) -> E:
        values = {name: draw(strategy) for name, strategy in given.items()}
        for field in others:
            if _is_required(field) or field.name == "id" or draw(flags):
                values[field.name] = draw(usual[field.name])
        return make(**values)

    return event()


def _is_required(field: Any) -> bool:  # noqa: ANN401 - attrs types its attributes loosely
    """Whether an event must have the field."""
    return bool(field.default is attrs.NOTHING)


def any_event(kind: type[Event] = Event) -> st.SearchStrategy[Event]:
    """Events of any type that the library has, or of those of a kind, such as `events.Act`.

    See `event_of` for what they are made of.
    """
    return st.one_of([event_of(cls) for _, cls in TAGS.values() if issubclass(cls, kind)])


def register_types() -> None:
    """Register dates, every event type and what several types share, for ``st.from_type``."""
    types = [cls for _, cls in TAGS.values()]
    shared = {parent for cls in types for parent in cls.__mro__ if issubclass(parent, Event)}
    st.register_type_strategy(EdtfDate, dates.map(edtf))
    for cls in shared.difference(types):
        st.register_type_strategy(cls, any_event)
    for cls in types:
        st.register_type_strategy(cls, event_of)
