"""Checks on events about events; those of what a correction changes are in `checks`.

Codes: E103, E105, E701, E702, E704, E705, W701.
"""

from collections.abc import Iterator

import attrs

from coopledger import events
from coopledger._contents import home_of
from coopledger._facts.visible import Visible
from coopledger._fields.classes import hint_at_field, unknown_field
from coopledger._fields.reading import in_nfc
from coopledger._suggest import hint_at
from coopledger._validation.candidate import Candidate
from coopledger._validation.general import names_in
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.events._references import OPENED_AGAIN
from coopledger.terms import Noun

MENDING = (events.EventCorrected, events.EventRetracted)
FIXED = frozenset({"id", "type", "v", "recorded_at"})


def correction_target(candidate: Candidate, event: events.Correction) -> Iterator[Finding]:
    """Refuse a target that is not recorded (E701), a correction (E702) or retracted (E704)."""
    position = candidate.visible.position_of(event.target)
    if position is None:
        near = hint_at(candidate.visible.nearest_event(event.target))
        message = f"target: no event {event.target!r} is recorded{near}"
        yield Finding("E701", message, "target", unknown=event.target)
        return
    target = candidate.visible.fact(position)
    if target is None:
        yield Finding("E704", f"target: event {event.target!r} is already retracted", "target")
    elif isinstance(event, MENDING) and isinstance(target.event, MENDING):
        kind = type(target.event).__name__
        yield Finding(
            "E702",
            f"target: {event.target!r} is itself a correction ({kind}): "
            f"mend {target.event.target!r} again",
            "target",
        )


def source_added(_: Candidate, event: events.SourceAdded) -> Iterator[Finding]:
    """Refuse a SourceAdded without a source (E105)."""
    if not event.source:
        yield Finding("E105", "'source' is missing: SourceAdded needs it", "source")


def fact_disputed(candidate: Candidate, event: events.FactDisputed) -> Iterator[Finding]:
    """Refuse to dispute a field that the target does not have (E705)."""
    target = candidate.visible.find(event.target)
    if target is None:
        return
    kind = type(target.event)
    field = candidate.visible.field_today(target.event, event.field, event.alternative)
    if field not in attrs.fields_dict(kind):
        hint = hint_at_field(kind, event.field)
        yield Finding("E705", f"field: {kind.__name__} has no field {event.field!r}{hint}", "field")


def cleared_fields(
    candidate: Candidate, target: Event, event: events.EventCorrected
) -> Iterator[Finding]:
    """Refuse to clear a field that the target does not have (E103)."""
    kind = type(target)
    for name, value in event.changes.items():
        today = candidate.visible.field_today(target, name, value)
        if value is None and today not in attrs.fields_dict(kind):
            error = unknown_field(kind, name)
            yield Finding(error.code, f"changes: {error.message}", "changes")


def ids_lost(
    candidate: Candidate, event: events.EventCorrected | events.EventRetracted
) -> Iterator[Finding]:
    """Warn where other events name an id that would become unknown, or of no partnership (W701).

    An id is lost when its event is retracted or renamed. For a party the whole log is read, as
    the events that name a party are not found under its id.
    """
    target = candidate.visible.find(event.target)
    noun = target.event.__opens__ if target is not None else None
    if target is None or noun is None:
        return
    name: str = getattr(target.event, noun)
    visible = candidate.visible.without(target.position)
    new = event.changes.get(noun, name) if isinstance(event, events.EventCorrected) else None
    keeps_id = isinstance(new, str) and in_nfc(new) == name
    loss = None if keeps_id else _loss(visible, noun, name)
    if loss is None:
        return
    facts = visible.all() if noun is Noun.PARTY else visible.naming(name)
    ids = {fact.position: fact.id for fact in facts if name in names_in(fact.event)}
    if ids:
        users = _first_and_number([ids[position] for position in sorted(ids)])
        field = "target" if isinstance(event, events.EventRetracted) else "changes"
        message = f"{field}: {name!r} {loss}, and {users} it: mend what names it too"
        yield Finding("W701", message, field)


def _loss(visible: Visible, noun: Noun, name: str) -> str | None:
    """Return the loss of the id, if another event does not still bring it in.

    A meeting and a proposal may be brought in by two events.
    """
    if not visible.openings(noun, name):
        return "becomes unknown"
    home = home_of(visible, noun, name)
    return "belongs to no partnership then" if noun in OPENED_AGAIN and home is None else None


def _first_and_number(ids: list[str]) -> str:
    """Return the first of the events and the number of the others, as subject of "names"."""
    if len(ids) == 1:
        return f"event {ids[0]!r} names"
    more = "another" if len(ids) == 2 else f"{len(ids) - 1} others"  # noqa: PLR2004 - one more
    return f"event {ids[0]!r} and {more} name"
