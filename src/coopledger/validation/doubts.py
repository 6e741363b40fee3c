"""Warnings about what an event says of itself: its sources, the parties it means, its plans."""

from collections.abc import Iterator

from coopledger import events
from coopledger.events import Event
from coopledger.rules.figure import inconsistencies
from coopledger.terms import Noun
from coopledger.validation.trial import Problem, Trial
from coopledger.values import Participant

__all__ = ["dated_in_the_past", "miscounted", "unnamed_parties", "unsourced"]

# The fields that may name parties in free text.
FREE_TEXT: dict[type[Event], str] = {
    events.StatementMade: "by",
    events.FigureReported: "partners",
    events.ImplementationReported: "partners",
}
# The fields that look ahead, and the code for one that looks back.
PLANS: dict[type[Event], tuple[str, str]] = {
    events.MeetingScheduled: ("W302", "planned"),
    events.MeetingPostponed: ("W302", "planned"),
    events.ProposalMade: ("W402", "due"),
    events.CommitmentMade: ("W602", "due"),
    events.CommitmentRescheduled: ("W602", "due"),
}


def unsourced(trial: Trial) -> Iterator[Problem]:
    """W105: an act rests on something, be it named with it or added later."""
    event = trial.event
    if not isinstance(event, events.Act) or event.source:
        return
    about = trial.visible.about(event.id) if event.id else []
    if not any(isinstance(fact.event, events.SourceAdded) for fact in about):
        yield Problem(
            "W105", "source", "'source' is missing: say what it rests on, be it only memory"
        )


def unnamed_parties(trial: Trial) -> Iterator[Problem]:
    """W102: a post belongs to a party, and a registered party is named by its id."""
    for person in trial.event.participants:
        if person.party is None:
            yield from _participant(trial, person)
    field = FREE_TEXT.get(type(trial.event))
    for name in getattr(trial.event, field) if field is not None else ():
        party = trial.visible.party_called(name)
        if party is not None and not trial.exists(Noun.PARTY, name):
            yield Problem(
                "W102", field, f"{field}: {name!r} is a name of party {party!r}: write {party!r}"
            )


def _participant(trial: Trial, person: Participant) -> Iterator[Problem]:
    """W102 for somebody who is there for no party, where one is meant."""
    party = trial.visible.party_called(person.person) if person.person is not None else None
    if party is not None:
        found = f"{person.person!r} is a name of party {party!r}: give it as party={party!r}"
    elif person.post is not None:
        found = f"{person.post!r} is a post of no party: say of which"
    else:
        return
    yield Problem("W102", "participants", f"participants: {found}")


def miscounted(trial: Trial) -> Iterator[Problem]:
    """W106: a number of encounters, and as many partners."""
    event = trial.event
    if isinstance(event, events.FigureReported) and any(inconsistencies(event)):
        yield Problem(
            "W106",
            "partners",
            f"partners: {event.value} {event.measure} with {len(event.partners)} partners named "
            "do not add up: keep both as reported, and say so in a note",
        )


def dated_in_the_past(trial: Trial) -> Iterator[Problem]:
    """W302, W402 and W602: a plan looks ahead from the act that makes it."""
    event = trial.event
    code, field = PLANS.get(type(event), ("", ""))
    planned = getattr(event, field) if field else None
    if planned is not None and event.when is not None and planned.surely_before(event.when):
        yield Problem(code, field, f"{field}: {planned} is before the act itself, {event.when}")
