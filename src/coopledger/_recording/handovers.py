"""Handovers: what passes on where one of us takes over all that another has in hand."""

from collections.abc import Iterable, Iterator

from coopledger._facts.facts import Facts
from coopledger._facts.index import holding_name
from coopledger._facts.visible import Visible
from coopledger._snapshot import Snapshot
from coopledger.answers._following import is_responsible, responsible_for
from coopledger.answers._nouns import THINGS
from coopledger.events import Event, ResponsibilityAssigned
from coopledger.events.following import ASKED_ABOUT
from coopledger.terms import Noun


def passed_on(facts: Facts, events: Iterable[tuple[int, Event]]) -> tuple[str, ...] | None:
    """Return the ids of what passes on by the events; None if none of them hands over.

    Each event comes with its position, and is looked at as known with those before it.
    """
    handovers = [
        (position, event)
        for position, event in events
        if isinstance(event, ResponsibilityAssigned) and event.in_place_of is not None
    ]
    if not handovers:
        return None
    names = (name for each in handovers for name in _passing(facts, *each))
    return tuple(dict.fromkeys(names))


def _passing(facts: Facts, position: int, event: ResponsibilityAssigned) -> Iterator[str]:
    """Yield the ids of what changes hands by the event, on the day from which it counts."""
    day = (event.effective or event.when).settled
    before = Snapshot(Visible(facts, position - 1), day=day)
    after = Snapshot(Visible(facts, position), day=day)
    person = before.visible.merged.id_of(event.in_place_of or "")
    for noun, name in _held(before, person):
        answer = THINGS[noun].answer
        is_theirs = is_responsible(answer(before, name).responsible, person)
        if is_theirs and not is_responsible(answer(after, name).responsible, person):
            yield name


def _held(snapshot: Snapshot, person: str) -> list[tuple[Noun, str]]:
    """Return what may be in the hands of the person, in the order of first recording."""
    held = set(_put_there(snapshot, person))
    for partnership in snapshot.visible.names(Noun.PARTNERSHIP):
        who = responsible_for(snapshot, Noun.PARTNERSHIP, partnership)
        if is_responsible(who, person):
            inside = snapshot.contents.members
            held.add((Noun.PARTNERSHIP, partnership))
            held.update((noun, name) for noun in ASKED_ABOUT for name in inside(noun, partnership))
    openings = [(snapshot.opening(*each), each) for each in held]
    known = [(fact.position, each) for fact, each in openings if fact is not None]
    return [each for _, each in sorted(known)]


def _put_there(snapshot: Snapshot, person: str) -> Iterator[tuple[Noun, str]]:
    """Yield what was ever put into the hands of the person, or of one from whom that took over."""
    visible = snapshot.visible
    waiting, seen = [person], set[str]()
    while waiting:
        who = holding_name(waiting.pop())
        facts = visible.naming(who) if who not in seen else ()
        seen.add(who)
        for event in (fact.event for fact in facts):
            if not isinstance(event, ResponsibilityAssigned):
                noun, name = event.__opens__, str(getattr(event, event.__opens__ or "id"))
            else:
                waiting += [event.in_place_of] if event.in_place_of is not None else []
                name = event.subject or ""
                noun = visible.noun_of(name) if name else None
            if noun is not None:
                yield noun, name
