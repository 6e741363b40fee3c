"""Declared states that differ from the derived ones."""

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum

from coopledger._facts.index import Fact
from coopledger._frozen import frozen
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

# A state, and the ids of the events that decide it.
Derived = tuple[StrEnum, tuple[str, ...]]


@frozen
class Contradiction:
    """Declared state that differs from the derived one.

    Attributes:
        fact: The report.
        report: Its event.
        declared: The state that it declares.
        derived: The state that the other events give for the day from which the report counts.
        decided_by: The ids of the events that decide it.
    """

    fact: Fact
    report: StatusReported
    declared: StrEnum
    derived: StrEnum
    decided_by: tuple[str, ...]


def contradictions(snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Yield the reports among the facts that contradict the events by the day of the report.

    Only words that the ledger itself uses for the state of such a thing are compared.
    """
    for fact in facts:
        if isinstance(fact.event, StatusReported) and snapshot.counts(fact):
            yield from _contradiction(snapshot, fact, fact.event)


def _contradiction(
    snapshot: Snapshot, fact: Fact, report: StatusReported
) -> Iterator[Contradiction]:
    """Yield the contradiction of one report, if there is any."""
    noun = snapshot.visible.noun_of(report.subject)
    if noun is None or noun not in DERIVED:
        return
    words, derive = DERIVED[noun]
    declared = next((word for word in words if _folded(word) == _folded(report.state)), None)
    if declared is not None:
        derived, decided_by = derive(snapshot.on(fact.effect), report.subject)
        if derived is not declared:
            yield Contradiction(fact, report, declared, derived, decided_by)


def _folded(state: str) -> str:
    """Return a state in small letters, with one space between words."""
    return " ".join(state.casefold().replace("_", " ").replace("-", " ").split())


def _stage(snapshot: Snapshot, name: str) -> Derived:
    """Return the stage of a partnership, without its flags: one of them comes from here."""
    present = present_stage(snapshot, name)
    return present.stage, evidence(snapshot, present.set_by).events


def _state(answer: Instrument) -> Derived:
    """Return the state of an instrument."""
    return answer.state, answer.decided_by


def _status(answer: Commitment | Proposal | Meeting) -> Derived:
    """Return the status of a commitment, a proposal or a meeting."""
    return answer.status, answer.decided_by


# For each noun that has a state: its words, and how the state is derived. The table of nouns cannot
# say it: the answers about partnerships, which it holds, need the contradictions for their flags.
DERIVED: dict[Noun, tuple[type[StrEnum], Callable[[Snapshot, str], Derived]]] = {
    Noun.PARTNERSHIP: (Stage, _stage),
    Noun.INSTRUMENT: (InstrumentState, lambda now, name: _state(instrument(now, name))),
    Noun.PROPOSAL: (ProposalStatus, lambda now, name: _status(proposal(now, name))),
    Noun.COMMITMENT: (CommitmentStatus, lambda now, name: _status(commitment(now, name))),
    Noun.MEETING: (MeetingStatus, lambda now, name: _status(meeting(now, name))),
}
