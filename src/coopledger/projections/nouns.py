"""Each noun that stands somewhere: its answer, and the word that says where."""

from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from coopledger.projections.answers import Commitment, Instrument, Meeting, Partnership, Proposal
from coopledger.projections.commitments import commitment
from coopledger.projections.instruments import instrument
from coopledger.projections.meetings import meeting
from coopledger.projections.partnerships import partnership
from coopledger.projections.proposals import proposal
from coopledger.standings import Standings
from coopledger.terms import Noun

__all__ = ["ANSWERS", "Answer", "answer", "word"]

Answer: TypeAlias = Partnership | Instrument | Commitment | Proposal | Meeting

ANSWERS: dict[Noun, Callable[[Standings, str], Answer]] = {
    Noun.PARTNERSHIP: partnership,
    Noun.INSTRUMENT: instrument,
    Noun.COMMITMENT: commitment,
    Noun.PROPOSAL: proposal,
    Noun.MEETING: meeting,
}


def answer(standings: Standings, name: str) -> Answer | None:
    """Where the thing with the id stands; None for what stands nowhere, such as a party."""
    noun = standings.visible.noun_of(name)
    ask = ANSWERS.get(noun) if noun is not None else None
    return ask(standings, name) if ask is not None else None


def word(found: Answer) -> StrEnum:
    """The stage, state or status of the answer."""
    if isinstance(found, Partnership):
        return found.stage
    return found.state if isinstance(found, Instrument) else found.status
