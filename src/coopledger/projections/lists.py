"""Every answer of a kind, in the order in which the things were first recorded, unless said."""

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
    """The commitments made by the day, of one partnership if one is given, the oldest first."""
    found = _each(standings, Noun.COMMITMENT, commitment, within=within)
    made = [answer for answer in found if answer.status is not CommitmentStatus.NONE]
    yield from sorted(made, key=lambda answer: _place_made(standings, answer))


def proposals(standings: Standings, *, within: str | None) -> Iterator[Proposal]:
    """The proposals put by the day, those of one partnership if one is given."""
    found = _each(standings, Noun.PROPOSAL, proposal, within=within)
    return (answer for answer in found if answer.status is not ProposalStatus.NONE)


def meetings(standings: Standings, *, within: str | None) -> Iterator[Meeting]:
    """The meetings announced or held by the day, of one partnership if one is given, by date."""
    found = _each(standings, Noun.MEETING, meeting, within=within)
    told = [answer for answer in found if answer.status is not MeetingStatus.NONE]
    yield from sorted(told, key=_date)


def _place_made(standings: Standings, answer: Commitment) -> tuple[int, ...]:
    """The place in the order of replay at which the commitment was made."""
    made = standings.commitment(answer.id).made
    return made.place if made is not None else ()


def _date(answer: Meeting) -> tuple[bool, int]:
    """The last day of the meeting, held or planned; one without a date comes last."""
    date = answer.held or answer.planned
    return date is None, date.settled if date is not None else 0


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
