"""Every answer of a kind, in the order in which the things were first recorded."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from coopledger.collector import collector_paused
from coopledger.projections.answers import Commitment, Instrument, Meeting, Partnership, Proposal
from coopledger.projections.commitments import commitment
from coopledger.projections.instruments import instrument
from coopledger.projections.meetings import meeting
from coopledger.projections.partnerships import partnership
from coopledger.projections.proposals import proposal
from coopledger.projections.selection import names
from coopledger.standings import Standings
from coopledger.terms import CommitmentStatus, MeetingStatus, Noun, ProposalStatus

__all__ = ["commitments", "instruments", "meetings", "partnerships", "proposals"]

Answer = TypeVar("Answer")


def partnerships(standings: Standings) -> Iterator[Partnership]:
    """The partnerships known then."""
    return _each(standings, Noun.PARTNERSHIP, partnership)


def instruments(standings: Standings, *, within: str | None) -> Iterator[Instrument]:
    """The instruments known then, those of one partnership if one is given."""
    return _each(standings, Noun.INSTRUMENT, instrument, within=within)


def commitments(standings: Standings, *, within: str | None) -> Iterator[Commitment]:
    """The commitments made by the day, those of one partnership if one is given."""
    found = _each(standings, Noun.COMMITMENT, commitment, within=within)
    return (answer for answer in found if answer.status is not CommitmentStatus.NONE)


def proposals(standings: Standings, *, within: str | None) -> Iterator[Proposal]:
    """The proposals put by the day, those of one partnership if one is given."""
    found = _each(standings, Noun.PROPOSAL, proposal, within=within)
    return (answer for answer in found if answer.status is not ProposalStatus.NONE)


def meetings(standings: Standings, *, within: str | None) -> Iterator[Meeting]:
    """The meetings announced or held by the day, those of one partnership if one is given."""
    found = _each(standings, Noun.MEETING, meeting, within=within)
    return (answer for answer in found if answer.status is not MeetingStatus.NONE)


def _each(
    standings: Standings,
    noun: Noun,
    answer: Callable[[Standings, str], Answer],
    *,
    within: str | None = None,
) -> Iterator[Answer]:
    """The answer about each of them."""
    with collector_paused():
        found = [answer(standings, name) for name in names(standings, noun, within)]
    yield from found
