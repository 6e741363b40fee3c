"""Declared states that are not the derived ones."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

import attrs

from coopledger._facts.index import Fact
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence
from coopledger.answers.commitments import Commitment, commitment
from coopledger.answers.instruments import Instrument, instrument
from coopledger.answers.meetings import Meeting, meeting
from coopledger.answers.proposals import Proposal, proposal
from coopledger.answers.stages import present_stage
from coopledger.events import StatusReported
from coopledger.terms import (
    CommitmentStatus,
    InstrumentState,
    MeetingStatus,
    Noun,
    ProposalStatus,
    Stage,
)

Derived = tuple[StrEnum, tuple[str, ...]]  # A state, and the ids of the events that decide it.


@attrs.frozen
class Contradiction:
    """A declared state that is not the derived one.

    Attributes:
        fact: The report.
        report: Its event.
        declared: The state that it declares.
        derived: The state to which the events amount on the day from which the report counts.
        decided_by: The ids of the events that decide it.
    """

    fact: Fact
    report: StatusReported
    declared: StrEnum
    derived: StrEnum
    decided_by: tuple[str, ...]


def contradictions(snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Those of the facts that declare by the day what the events of their own day do not say.

    Only words that the ledger itself uses for such a thing are compared; others say what they
    like.
    """
    for fact in filter(snapshot.counts, facts):
        if isinstance(fact.event, StatusReported):
            yield from _contradiction(snapshot, fact, fact.event)


def _contradiction(
    snapshot: Snapshot, fact: Fact, report: StatusReported
) -> Iterator[Contradiction]:
    """The contradiction of one report, if there is any."""
    noun = snapshot.visible.noun_of(report.subject)
    if noun is None or noun not in DERIVED:
        return
    words, derive = DERIVED[noun]
    declared = next((word for word in words if _plain(word) == _plain(report.state)), None)
    if declared is not None:
        derived, decided_by = derive(snapshot.on(fact.effect), report.subject)
        if derived is not declared:
            yield Contradiction(fact, report, declared, derived, decided_by)


def _plain(state: str) -> str:
    """A state without what does not matter: capitals, and how its words are kept apart."""
    return " ".join(state.casefold().replace("_", " ").replace("-", " ").split())


def _stage(snapshot: Snapshot, name: str) -> Derived:
    """The stage of a partnership. Its flags are left alone: one of them comes from here."""
    present = present_stage(snapshot, name)
    return present.stage, evidence(snapshot, present.set_by).events


def _state(answer: Instrument) -> Derived:
    """The state of an instrument."""
    return answer.state, answer.decided_by


def _status(answer: Commitment | Proposal | Meeting) -> Derived:
    """The status of anything else."""
    return answer.status, answer.decided_by


# For each noun that has a state: its words, and how the state is derived.
DERIVED: dict[Noun, tuple[type[StrEnum], Callable[[Snapshot, str], Derived]]] = {
    Noun.PARTNERSHIP: (Stage, _stage),
    Noun.INSTRUMENT: (InstrumentState, lambda now, name: _state(instrument(now, name))),
    Noun.PROPOSAL: (ProposalStatus, lambda now, name: _status(proposal(now, name))),
    Noun.COMMITMENT: (CommitmentStatus, lambda now, name: _status(commitment(now, name))),
    Noun.MEETING: (MeetingStatus, lambda now, name: _status(meeting(now, name))),
}
