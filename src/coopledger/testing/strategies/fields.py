"""What each field of an event may hold; a new field needs a line in `FIELDS`."""

from collections.abc import Callable
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeGuard, get_args, get_origin

import attrs
from hypothesis import strategies as st

from coopledger import events, fields
from coopledger.countries import country
from coopledger.dates import EdtfDate, edtf
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.events.references import references
from coopledger.tags import CORE
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

__all__ = ["values_of"]

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
    fields.flag: flags,
    fields.identifier: ids,
    fields.identifiers: several(ids),
    fields.percent: st.integers(0, 100),
    fields.text: texts,
    fields.texts: several(texts),
    fields.whole: wholes,
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
