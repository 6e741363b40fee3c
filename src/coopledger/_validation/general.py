"""What every event must satisfy, and what brings a new id into the ledger."""

from collections.abc import Iterator

import attrs

from coopledger import events
from coopledger._facts.index import named_by
from coopledger._fields.classes import hint_at_field
from coopledger._suggest import did_you_mean
from coopledger._validation.candidate import Candidate
from coopledger.dates import day_text
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.events._references import OPENED_AGAIN, once_per_class
from coopledger.terms import Noun

# The code for an id that is taken, where it is not E201.
TAKEN = {Noun.COMMITMENT: "E603"}
# What to do about an act in the future, where there is more to say than to wait.
PLANNED: dict[type[Event], str] = {
    events.MeetingScheduled: "when is the day of the announcement, planned that of the meeting",
    events.MeetingHeld: "announce it with MeetingScheduled",
}
# The code for an id that is not known, where it is not E102.
UNKNOWN: dict[tuple[type[Event], str], str] = {(events.PartyRegistered, "parent"): "E202"}
# Where several ids may stand, and at least one must; partnerships have a code of their own.
NEVER_EMPTY = frozenset({"by", "to", "debtors", "creditors", "subject"})


def unknown_ids(candidate: Candidate) -> Iterator[Finding]:
    """E102 for every id that the event names and the ledger does not hold."""
    for field, name, nouns in unknown_names(candidate):
        code = UNKNOWN.get((type(candidate.event), field), "E102")
        yield Finding(code, f"{field}: {_unlike(candidate, name, nouns)}", field, unknown=name)


def unknown_names(candidate: Candidate) -> Iterator[tuple[str, str, tuple[Noun, ...]]]:
    """Every id that the event names and the ledger does not hold: the field, the id, its nouns."""
    for field, name, nouns in _named_by(candidate.event):
        if field == candidate.event.__opens__:
            continue
        if name == _own_id(candidate) and field == "parent":
            continue
        if not any(candidate.exists(noun, name) for noun in nouns):
            yield field, name, nouns


def names_in(event: Event) -> set[str]:
    """Every id that the event names."""
    return {name for _, name, _ in _named_by(event)}


def _named_by(event: Event) -> Iterator[tuple[str, str, tuple[Noun, ...]]]:
    """Every id that the event names, those of the participants' parties included."""
    yield from named_by(event)
    for person in event.participants:
        if person.party is not None:
            yield "participants", person.party, (Noun.PARTY,)


def _unlike(candidate: Candidate, name: str, nouns: tuple[Noun, ...]) -> str:
    """What the id stands for instead of one of the nouns, or else the nearest that is known."""
    what = " or ".join(nouns) if len(nouns) < len(Noun) else "id"
    instead = candidate.noun_of(name)
    if instead is not None:
        return f"{name!r} is {instead.with_article}, and no {what}"
    known = [found for noun in nouns for found in candidate.visible.names(noun)]
    return f"unknown {what} {name!r}{did_you_mean(name, known)}"


def general(candidate: Candidate) -> Iterator[Finding]:
    """E101 for an act after the day of recording, E103 for inferred fields, E201 for taken ids."""
    event = candidate.event
    if (
        event.when is not None
        and event.when.first is not None
        and event.when.first > candidate.today
    ):
        yield Finding(
            "E101",
            f"when: {event.when.text} is after the day of recording, {day_text(candidate.today)}: "
            f"{PLANNED.get(type(event), 'record it once it has happened')}",
            "when",
        )
    known = attrs.fields_dict(type(event)) if event.inferred else ()
    for name in event.inferred:
        if name not in known:
            hint = hint_at_field(type(event), name)
            yield Finding("E103", f"inferred: {name!r} is no field of the event{hint}", "inferred")
    yield from _without_day(candidate)
    yield from _named_nobody(candidate)
    yield from _taken(candidate)


def _without_day(candidate: Candidate) -> Iterator[Finding]:
    """E105: what fulfils, realises or meets something is an act, and an act has a day."""
    event = candidate.event
    closes = [name for name in ("fulfils", "realises", "meets") if getattr(event, name)]
    if event.when is None and closes:
        yield Finding("E105", f"'when' is missing: an event with {closes[0]} has a day", "when")


def _named_nobody(candidate: Candidate) -> Iterator[Finding]:
    """E105: a field that must name something does; E205 speaks of partnerships."""
    for field in _lists(type(candidate.event)):
        if getattr(candidate.event, field) == ():
            yield Finding("E105", f"{field!r} is empty: name at least one", field)


@once_per_class
def _lists(cls: type[Event]) -> tuple[str, ...]:
    """The fields of the class that must be given and may hold several ids."""
    required = (field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING)
    return tuple(name for name in required if name in NEVER_EMPTY)


def _taken(candidate: Candidate) -> Iterator[Finding]:
    """An id stands for one thing only, across all nouns."""
    noun, name = candidate.event.__opens__, _own_id(candidate)
    if noun is None or name is None:
        return
    taken = candidate.noun_of(name)
    if taken is None or (taken is noun and noun in OPENED_AGAIN):
        return
    first = candidate.visible.openings(taken, name)[0]
    yield Finding(
        TAKEN.get(noun, "E201"),
        f"{noun}: {name!r} is already the id of {taken.with_article} (event {first.id}): "
        "choose another",
        noun.value,
    )


def _own_id(candidate: Candidate) -> str | None:
    """The id that the event brings into the ledger."""
    noun = candidate.event.__opens__
    return getattr(candidate.event, noun) if noun is not None else None


# Checks on reports.


def named_subject(candidate: Candidate) -> Iterator[Finding]:
    """E105: a report names the instrument or the partnership that it is about."""
    event = candidate.event
    if not isinstance(event, events.ImplementationReported | events.MilestoneReached):
        return
    if event.instrument is None and event.partnership is None:
        kind = type(event).__name__
        yield Finding(
            "E105",
            f"'instrument' or 'partnership' is missing: {kind} needs one of them",
            "partnership",
        )
