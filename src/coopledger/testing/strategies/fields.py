"""Strategies for events of every type, those of packs too, field by field.

A new field of an event needs a line in `FIELDS`.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin

import attrs
from hypothesis import strategies as st

from coopledger import events
from coopledger._fields import reading as fields
from coopledger._fields.words import ACCESSIONS, RATIFICATIONS, country
from coopledger._log.vocabulary import CORE, TAGS
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.events._references import references
from coopledger.terms import (
    CommitmentFirmness,
    Direction,
    Force,
    InstrumentKind,
    InstrumentState,
    PartyKind,
    ProposalFirmness,
    RenewalDecision,
    ReservationKind,
    YieldKind,
)
from coopledger.testing.strategies.dated import DATE_TEXTS, dates
from coopledger.testing.strategies.values import (
    AMOUNTS,
    CONDITIONS,
    CONDITIONS_MET,
    COUNTRIES,
    COUNTS,
    DOCUMENTS,
    ENTRY_CONDITIONS,
    FLAGS,
    IDS,
    MAPPINGS,
    NUMBERS,
    PARTICIPANTS,
    PLACES,
    RECURRENCES,
    RENEWALS,
    SOURCES,
    TEXTS,
    WHOLES,
    lists_of,
)
from coopledger.values import FrozenMapping, json_mapping

# What a field of this name holds in every event class, but for the exceptions below.
FIELDS: dict[str, st.SearchStrategy[object]] = {
    "acronyms": lists_of(TEXTS),
    "affairs": lists_of(IDS),
    "alternative": st.one_of(WHOLES, TEXTS),
    "amount": AMOUNTS,
    "article": TEXTS,
    "ask_again": DATE_TEXTS,
    "at_meeting": IDS,
    "by": lists_of(IDS, least=1),
    "by_instrument": IDS,
    "changes": MAPPINGS,
    "commitment": IDS,
    "condition": IDS,
    "conditions": st.lists(CONDITIONS, max_size=3, unique_by=lambda condition: condition["id"]),
    "counter_to": IDS,
    "counts": COUNTS,
    "country": COUNTRIES,
    "creates": lists_of(IDS),
    "creditors": lists_of(IDS, least=1),
    "debtors": lists_of(IDS, least=1),
    "decision": st.sampled_from(RenewalDecision),
    "depends_on": lists_of(IDS),
    "dormant_after": WHOLES,
    "depositary": IDS,
    "documents": st.lists(DOCUMENTS, max_size=2, unique_by=lambda each: each["title"]),
    "direction": st.sampled_from(Direction),
    "due": DATE_TEXTS,
    "due_meeting": IDS,
    "due_text": TEXTS,
    "duplicate": IDS,
    "effective": DATE_TEXTS,
    "ends": DATE_TEXTS,
    "ends_with": IDS,
    "enters_after": ENTRY_CONDITIONS,
    "every_months": st.integers(1, 1200),
    "evidence": lists_of(TEXTS),
    "ext": MAPPINGS,
    "extends": IDS,
    "field": TEXTS,
    "figure": IDS,
    "firmness": st.sampled_from(CommitmentFirmness),
    "for_all": FLAGS,
    "force": st.sampled_from(Force),
    "founded": DATE_TEXTS,
    "fulfils": lists_of(IDS),
    "host": IDS,
    "how": st.sampled_from(RATIFICATIONS),
    "id": IDS,
    "identifiers": MAPPINGS,
    "implements": IDS,
    "in_force": FLAGS,
    "in_place_of": TEXTS,
    "inferred": lists_of(TEXTS),
    "instrument": IDS,
    "kind": TEXTS,
    "kinds": lists_of(st.sampled_from(InstrumentKind)),
    "legal_regime": TEXTS,
    "lies_with": lists_of(TEXTS),
    "measure": TEXTS,
    "meeting": IDS,
    "meets": lists_of(CONDITIONS_MET),
    "missing_signers": lists_of(IDS),
    "months": st.integers(1, 100),
    "mutual": FLAGS,
    "name": TEXTS,
    "not_before": DATE_TEXTS,
    "note": TEXTS,
    "number": st.integers(1, 1000),
    "occurrence": DATE_TEXTS,
    "open_ended": FLAGS,
    "obstacle": IDS,
    "open_for_signature": FLAGS,
    "other_names": lists_of(TEXTS),
    "parent": IDS,
    "participants": st.lists(PARTICIPANTS, max_size=2, unique_by=repr),
    "parties": lists_of(IDS),
    "partners": lists_of(TEXTS),
    "partnership": IDS,
    "party": IDS,
    "percent": st.integers(0, 100),
    "period": DATE_TEXTS,
    "place": PLACES,
    "planned": DATE_TEXTS,
    "proposal": IDS,
    "realises": lists_of(IDS),
    "reason": TEXTS,
    "recorded_by": TEXTS,
    "recurs": RECURRENCES,
    "renewal": RENEWALS,
    "report_every": st.integers(1, 1200),
    "responsible": TEXTS,
    "result": TEXTS,
    "round": st.integers(1, 1000),
    "same_as": IDS,
    "scope": TEXTS,
    "series": IDS,
    "signers": lists_of(IDS),
    "source": st.lists(SOURCES, max_size=2, unique_by=repr),
    "standing": FLAGS,
    "state": st.sampled_from(InstrumentState),
    "subject": IDS,
    "summary": TEXTS,
    "supersedes": lists_of(IDS),
    "survives": FLAGS,
    "tacit": FLAGS,
    "tags": lists_of(TEXTS),
    "target": IDS,
    "text": TEXTS,
    "title": TEXTS,
    "to": lists_of(IDS, least=1),
    "topics": lists_of(TEXTS),
    "under": IDS,
    "unit": TEXTS,
    "until": DATE_TEXTS,
    "via": lists_of(TEXTS),
    "value": st.one_of(NUMBERS, TEXTS),
    "what": TEXTS,
    "when": DATE_TEXTS,
    "within": IDS,
    "witnesses": lists_of(TEXTS),
    "years": st.integers(1, 100),
}
EXCEPTIONS: dict[tuple[type[Event], str], st.SearchStrategy[object]] = {
    (events.PartyRegistered, "kind"): st.sampled_from(PartyKind),
    (events.InstrumentRegistered, "kind"): st.sampled_from(InstrumentKind),
    (events.InstrumentAcceded, "how"): st.sampled_from(ACCESSIONS),
    (events.ReservationMade, "kind"): st.sampled_from(ReservationKind),
    (events.ImplementationReported, "kind"): st.sampled_from(YieldKind),
    (events.ProposalMade, "firmness"): st.sampled_from(ProposalFirmness),
    (events.StatusReported, "state"): TEXTS,
    (events.StatementMade, "by"): lists_of(TEXTS),
    (events.NoteAdded, "subject"): lists_of(IDS, least=1),
    (events.ResponsibilityAssigned, "to"): TEXTS,
}

# What fields of a pack hold that have another name: by the reader, else by the type.
READERS: dict[Callable[..., object], st.SearchStrategy[object]] = {
    country: COUNTRIES,
    edtf: DATE_TEXTS,
    fields.boolean: FLAGS,
    fields.identifier: IDS,
    fields.identifiers: lists_of(IDS),
    fields.percent: st.integers(0, 100),
    fields.text: TEXTS,
    fields.texts: lists_of(TEXTS),
    fields.non_negative: WHOLES,
    json_mapping: MAPPINGS,
}
TYPES: dict[object, st.SearchStrategy[object]] = {
    str: IDS,  # Every id is a text, and not every text an id.
    int: st.integers(0, 100),
    bool: FLAGS,
    EdtfDate: DATE_TEXTS,
    FrozenMapping: MAPPINGS,
}
E = TypeVar("E", bound=Event)


def event_of(cls: type[E], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[E]:
    """Draw events of the class, each with an id, and with or without each optional field.

    They are well formed, and nothing more: the ids in them are made up, so that a ledger refuses
    nearly all of them. See `histories` for events that it accepts.

    Args:
        cls: One of `coopledger.events`, or one of a pack.
        fields: Strategies for fields, in the place of the usual ones; such a field is never left
            out: ``event_of(events.NoteAdded, subject=st.just("vn"))``.

    Raises:
        ArgumentError: A field of a pack is of a type that is not known: give it a strategy.
    """
    return _event(cls, list(attrs.fields(cls)), fields)


def bare_event(cls: type[E], **fields: st.SearchStrategy[object]) -> st.SearchStrategy[E]:
    """Draw events of the class with their own fields; of the common ones only required ones.

    So that, with its ids given, most of them can be recorded: the ``acts`` of `histories`.

    Args:
        cls: One of `coopledger.events`, or one of a pack.
        fields: Strategies for fields, as for `event_of`.

    Raises:
        ArgumentError: A field of a pack is of a type that is not known: give it a strategy.
    """
    common = attrs.fields_dict(Event)
    own = [field for field in attrs.fields(cls) if field.name not in common or _is_required(field)]
    return _event(cls, own, fields)


def any_event(kind: type[Event] = Event) -> st.SearchStrategy[Event]:
    """Draw events of any type that the library has, or of a kind such as `events.Act`.

    See `event_of` for what they are made of.
    """
    return st.one_of([event_of(cls) for _, cls in TAGS.values() if issubclass(cls, kind)])


def register_types() -> None:
    """Register dates, every event type and their common parents for ``st.from_type``."""
    types = [cls for _, cls in TAGS.values()]
    parents = {parent for cls in types for parent in cls.__mro__ if issubclass(parent, Event)}
    st.register_type_strategy(EdtfDate, dates())
    for cls in parents.difference(types):
        st.register_type_strategy(cls, any_event)
    for cls in types:
        st.register_type_strategy(cls, event_of)


def _event(
    cls: type[E], known: Sequence[Any], strategies: Mapping[str, st.SearchStrategy[object]]
) -> st.SearchStrategy[E]:
    """Draw events with the fields that have a strategy, and with known ones, some left out."""
    others = [field for field in known if field.name not in strategies]
    usual = {field.name: values_of(cls, field) for field in others}
    make = cast(Callable[..., E], cls)  # Its own readers see to the types.

    @st.composite  # Shown as one word; the repr of its parts would fill pages.
    def event(draw: st.DrawFn) -> E:
        values = {name: draw(strategy) for name, strategy in strategies.items()}
        for field in others:
            if _is_required(field) or field.name == "id" or draw(FLAGS):
                values[field.name] = draw(usual[field.name])
        return make(**values)

    return event()


def _is_required(field: Any) -> bool:  # noqa: ANN401 - attrs types its attributes loosely
    return bool(field.default is attrs.NOTHING)


def values_of(cls: type[Event], field: Any) -> st.SearchStrategy[object]:  # noqa: ANN401
    """Return the strategy for a field of the class: by its name, its reader or its type.

    Raises:
        ArgumentError: Nothing is known of it.
    """
    for strategy in (
        EXCEPTIONS.get((cls, field.name)),
        FIELDS.get(field.name) if field.name in _known(cls) else None,
        READERS.get(field.converter),
        _of_type(field.type),
    ):
        if strategy is not None:
            return strategy
    remedy = f"has no strategy: give one, as in event_of({cls.__name__}, {field.name}=...)"
    raise ArgumentError("fields", repr(field.name), remedy)


def _known(cls: type[Event]) -> set[str]:
    """Return the fields whose names tell their content; in a pack, only the common names."""
    if cls in CORE:
        return set(FIELDS)
    return {name for name, _ in references(cls)} | set(attrs.fields_dict(Event))


def _of_type(annotation: Any) -> st.SearchStrategy[object] | None:  # noqa: ANN401 - any of them
    """Return the strategy for a field of a plain type; none for other types."""
    if annotation in TYPES:
        return TYPES[annotation]
    if get_origin(annotation) is tuple:
        one = TYPES.get(get_args(annotation)[0])
        return None if one is None else st.lists(one, max_size=3, unique_by=repr)
    if isinstance(annotation, UnionType):
        return _of_type(next(part for part in get_args(annotation) if part is not NoneType))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(annotation)
    return None
