"""Every answer of a kind that the filters keep; a filter that is not given keeps everything.

The answers come in the order in which the things were first recorded, unless said otherwise.
"""

from collections.abc import Callable
from typing import TypeVar

from coopledger._gc import collector_paused
from coopledger._rules.commitment import OPEN
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import holds, is_, names
from coopledger.answers.commitments import Commitment, commitment
from coopledger.answers.instruments import Instrument, instrument
from coopledger.answers.meetings import Meeting, meeting
from coopledger.answers.meetings import parties as parties_of_meeting
from coopledger.answers.partnerships import Partnership, partnership
from coopledger.answers.proposals import Proposal, proposal
from coopledger.terms import (
    CommitmentFirmness,
    CommitmentStatus,
    Flag,
    InstrumentKind,
    InstrumentState,
    MeetingStatus,
    Noun,
    ProposalFirmness,
    ProposalStatus,
    Stage,
)

Answer = TypeVar("Answer")


def partnerships(
    snapshot: Snapshot,
    *,
    stage: Stage | None = None,
    flag: Flag | None = None,
    party: str | None = None,
    country: str | None = None,
) -> tuple[Partnership, ...]:
    """Return the partnerships known then; with a country, those with a party of the country."""
    return tuple(
        each
        for each in _each(snapshot, Noun.PARTNERSHIP, partnership)
        if is_(each.stage, stage)
        and holds(each.flags, flag)
        and holds(each.parties, party)
        and holds(snapshot.parties.countries(each.parties), country)
    )


def instruments(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    within: str | None = None,
    state: InstrumentState | None = None,
    flag: Flag | None = None,
    kind: InstrumentKind | None = None,
    incomplete: bool = False,
) -> tuple[Instrument, ...]:
    """Return the instruments known then, of one partnership if one is given."""
    return tuple(
        each
        for each in _each(snapshot, Noun.INSTRUMENT, instrument, within=within)
        if is_(each.state, state)
        and holds(each.flags, flag)
        and is_(each.kind, kind)
        and (not incomplete or each.is_incomplete)
    )


def commitments(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    within: str | None = None,
    debtor: str | None = None,
    creditor: str | None = None,
    status: CommitmentStatus | None = None,
    flag: Flag | None = None,
    firmness: CommitmentFirmness | None = None,
    late: bool = False,
    conditions_met: bool = False,
    is_open: bool | None = None,
) -> tuple[Commitment, ...]:
    """Return the commitments made by the day, of one partnership if one is given, oldest first.

    ``is_open`` is not looked at where a status is given or ``late`` is true.
    """
    wanted_open = None if status is not None or late else is_open
    answers = [
        each
        for each in _each(snapshot, Noun.COMMITMENT, commitment, within=within)
        if each.status is not CommitmentStatus.NONE
        and is_(each.status, status)
        and is_(each.firmness, firmness)
        and is_(each.status in OPEN, wanted_open)
        and holds(each.debtors, debtor)
        and holds(each.creditors, creditor)
        and holds(each.flags, flag)
        and (not late or bool(each.late_by))
        and (not conditions_met or _is_freed(each))
    ]
    return tuple(sorted(answers, key=lambda answer: _place_made(snapshot, answer)))


def proposals(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    within: str | None = None,
    status: ProposalStatus | None = None,
    firmness: ProposalFirmness | None = None,
    by: str | None = None,
    to: str | None = None,
    unanswered_days: int | None = None,
) -> tuple[Proposal, ...]:
    """Return the proposals put by the day, of one partnership if one is given."""
    return tuple(
        each
        for each in _each(snapshot, Noun.PROPOSAL, proposal, within=within)
        if each.status is not ProposalStatus.NONE
        and is_(each.status, status)
        and is_(each.firmness, firmness)
        and holds(each.by, by)
        and holds(each.to, to)
        and (unanswered_days is None or _waits(each.unanswered_for, unanswered_days))
    )


def meetings(
    snapshot: Snapshot,
    *,
    within: str | None = None,
    status: MeetingStatus | None = None,
    party: str | None = None,
) -> tuple[Meeting, ...]:
    """Return the meetings announced or held by the day, of one partnership if given, by date."""
    answers = [
        each
        for each in _each(snapshot, Noun.MEETING, meeting, within=within)
        if each.status is not MeetingStatus.NONE
        and is_(each.status, status)
        and holds(parties_of_meeting(snapshot, each), party)
    ]
    return tuple(sorted(answers, key=_date))


def _is_freed(answer: Commitment) -> bool:
    """Tell whether it is open, and was made on conditions all of which are met."""
    return answer.status in OPEN and bool(answer.conditions_met) and not answer.conditions_open


def _waits(days: int | None, least: int) -> bool:
    """Tell whether something has waited for an answer for at least so many days."""
    return days is not None and days >= least


def _place_made(snapshot: Snapshot, answer: Commitment) -> tuple[int, ...]:
    """Return the place in the order of replay at which the commitment was made."""
    made = snapshot.commitment(answer.id).made
    return made.replay_key if made is not None else ()


def _date(answer: Meeting) -> tuple[bool, int]:
    """Return the last day of the meeting, held or planned; one without a date comes last."""
    date = answer.held or answer.planned
    return date is None, date.settled if date is not None else 0


def _each(
    snapshot: Snapshot,
    noun: Noun,
    answer: Callable[[Snapshot, str], Answer],
    *,
    within: str | None = None,
) -> list[Answer]:
    """Return the answer about each of them."""
    with collector_paused():
        return [answer(snapshot, name) for name in names(snapshot, noun, within)]
