"""Table of the nouns that have a life: their answers, their lists, and on what they depend."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeAlias

from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import Things
from coopledger.answers.commitments import COMMITMENTS, Commitment, commitment, commitments
from coopledger.answers.instruments import INSTRUMENTS, Instrument, instrument, instruments
from coopledger.answers.meetings import MEETINGS, Meeting, meeting, meetings
from coopledger.answers.partnerships import PARTNERSHIPS, Partnership, partnership, partnerships
from coopledger.answers.proposals import PROPOSALS, Proposal, proposal, proposals
from coopledger.terms import Noun

Answer: TypeAlias = Partnership | Instrument | Commitment | Proposal | Meeting


@frozen
class NounRow:
    """Row of the table of nouns.

    Attributes:
        answer: Gives the answer about one thing.
        answers: Gives the answers about all things of which something is recorded by the day.
        ties: The fields of the event that brings a thing in which name its dependences.
        on_every_day: Whether a thing is known on every day; others from the day of that event on.
    """

    answer: Callable[[Snapshot, str], Answer]
    answers: Callable[[Snapshot], tuple[Answer, ...]]
    ties: tuple[str, ...]
    on_every_day: bool = False


NOUNS: dict[Noun, NounRow] = {
    Noun.PARTNERSHIP: NounRow(partnership, partnerships, ties=("parent",), on_every_day=True),
    Noun.INSTRUMENT: NounRow(
        instrument, instruments, ties=("extends", "implements", "ends_with"), on_every_day=True
    ),
    Noun.COMMITMENT: NounRow(commitment, commitments, ties=("due_meeting", "depends_on", "under")),
    Noun.PROPOSAL: NounRow(proposal, proposals, ties=("instrument",)),
    Noun.MEETING: NounRow(meeting, meetings, ties=("within",)),
}

# Whose answers are kept.
THINGS: dict[Noun, Things[Any]] = {
    things.noun: things for things in (PARTNERSHIPS, INSTRUMENTS, COMMITMENTS, PROPOSALS, MEETINGS)
}


def answer(snapshot: Snapshot, name: str) -> Answer | None:
    """Return the answer about the thing with the id; None for one without a life, as a party."""
    noun = snapshot.visible.noun_of(name)
    row = NOUNS.get(noun) if noun is not None else None
    return row.answer(snapshot, name) if row is not None else None


def state_of(answer: Answer) -> StrEnum:
    """Return the stage, state or status of the answer."""
    if isinstance(answer, Partnership):
        return answer.stage
    return answer.state if isinstance(answer, Instrument) else answer.status
