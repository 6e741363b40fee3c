"""Warnings about what an event says of itself: its sources, the parties it means, its plans."""

from collections.abc import Iterator

from coopledger import events
from coopledger._facts.index import in_words
from coopledger._rules.figure import inconsistencies
from coopledger._validation.candidate import Candidate
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.terms import Noun
from coopledger.values import Participant

# The fields that look ahead, and the code for one that looks back.
PLANS: dict[type[Event], tuple[str, str]] = {
    events.MeetingScheduled: ("W302", "planned"),
    events.MeetingPostponed: ("W302", "planned"),
    events.ProposalMade: ("W402", "due"),
    events.CommitmentMade: ("W602", "due"),
    events.CommitmentRescheduled: ("W602", "due"),
}


def unsourced(candidate: Candidate) -> Iterator[Finding]:
    """W105: an act rests on something, be it named with it or added later."""
    event = candidate.event
    if not isinstance(event, events.Act) or event.source:
        return
    about = candidate.visible.about(event.id) if event.id else []
    if not any(isinstance(fact.event, events.SourceAdded) for fact in about):
        yield Finding(
            "W105", "'source' is missing: say what it rests on, be it only memory", "source"
        )


def unnamed_parties(candidate: Candidate) -> Iterator[Finding]:
    """W102: a post belongs to a party, and a registered party is named by its id."""
    for person in candidate.event.participants:
        if person.party is None:
            yield from _participant(candidate, person)
    for field, name in in_words(candidate.event):
        party = candidate.visible.party_called(name)
        if party is not None and not candidate.exists(Noun.PARTY, name):
            yield Finding(
                "W102", f"{field}: {name!r} is a name of party {party!r}: write {party!r}", field
            )


def _participant(candidate: Candidate, person: Participant) -> Iterator[Finding]:
    """W102 for somebody who is there for no party, where one is meant."""
    party = candidate.visible.party_called(person.person) if person.person is not None else None
    if party is not None:
        found = f"{person.person!r} is a name of party {party!r}: give it as party={party!r}"
    elif person.post is not None:
        found = f"{person.post!r} is a post of no party: say of which"
    else:
        return
    yield Finding("W102", f"participants: {found}", "participants")


def miscounted(candidate: Candidate) -> Iterator[Finding]:
    """W106: a number of encounters, and as many partners."""
    event = candidate.event
    if isinstance(event, events.FigureReported) and any(inconsistencies(event)):
        yield Finding(
            "W106",
            f"partners: {event.value} {event.measure} with {len(event.partners)} partners named "
            "do not add up: keep both as reported, and say so in a note",
            "partners",
        )


def dated_in_the_past(candidate: Candidate) -> Iterator[Finding]:
    """W302, W402 and W602: a plan looks ahead from the act that makes it."""
    event = candidate.event
    code, field = PLANS.get(type(event), ("", ""))
    planned = getattr(event, field) if field else None
    if planned is not None and event.when is not None and planned.surely_before(event.when):
        yield Finding(code, f"{field}: {planned} is before the act itself, {event.when}", field)
