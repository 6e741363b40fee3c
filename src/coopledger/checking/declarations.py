"""Declared states that are not the derived ones."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from coopledger.checking.concerns import Concern, about
from coopledger.events import StatusReported
from coopledger.facts import Fact, Visible
from coopledger.projections import commitments, instruments, meetings, partnerships, proposals
from coopledger.standings import Standings
from coopledger.terms import (
    CommitmentStatus,
    InstrumentState,
    MeetingStatus,
    Noun,
    ProposalStatus,
    Stage,
)

__all__ = ["contradicted"]

Derive = Callable[[Standings, str], StrEnum]

# For each noun that has a state: its words, and how the state is derived.
DERIVED: dict[Noun, tuple[type[StrEnum], Derive]] = {
    Noun.PARTNERSHIP: (Stage, lambda now, name: partnerships.partnership(now, name).stage),
    Noun.INSTRUMENT: (InstrumentState, lambda now, name: instruments.instrument(now, name).state),
    Noun.PROPOSAL: (ProposalStatus, lambda now, name: proposals.proposal(now, name).status),
    Noun.COMMITMENT: (CommitmentStatus, lambda now, name: commitments.commitment(now, name).status),
    Noun.MEETING: (MeetingStatus, lambda now, name: meetings.meeting(now, name).status),
}


def contradicted(visible: Visible, *, day: int) -> Iterator[Concern]:
    """C701: a state declared by the day that is not what the events of its own day amount to.

    Only words that the ledger uses for such a thing are compared; others say what they like.
    """
    for fact in visible.all():
        if isinstance(fact.event, StatusReported) and fact.effect <= day:
            yield from _contradicted(visible, fact, fact.event)


def _contradicted(visible: Visible, fact: Fact, event: StatusReported) -> Iterator[Concern]:
    """C701 for one declared state."""
    noun = visible.noun_of(event.subject)
    if noun is None or noun not in DERIVED:
        return
    words, derive = DERIVED[noun]
    declared = event.state.casefold().replace("-", " ").replace(" ", "_")
    if declared not in set(words):
        return
    derived = derive(Standings(visible, day=fact.effect), event.subject)
    if derived != declared:
        yield about(
            "C701",
            [fact],
            f"state: {event.subject!r} was declared {declared} on {event.when}, and by what is "
            f"recorded it was {derived}",
        )
