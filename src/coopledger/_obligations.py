"""Commitments beside other nouns: what each rests on, what closes it, and whom it still binds."""

from collections.abc import Iterable, Iterator, Mapping

from coopledger._facts.index import Fact
from coopledger._rules import meeting as meetings
from coopledger._rules import proposal as proposals
from coopledger._rules.commitment import (
    DUE_SOON_DAYS,
    CommitmentCase,
    CommitmentContext,
    is_closed,
)
from coopledger._rules.departures import Departure, completion, departed, expiry
from coopledger._rules.instrument_table import ENDED
from coopledger._snapshot import Snapshot
from coopledger.dates import EdtfDate
from coopledger.terms import Noun, ProposalStatus


def context_of(snapshot: Snapshot, name: str, *, horizon: int = DUE_SOON_DAYS) -> CommitmentContext:
    """Return the facts about other nouns on which the commitment rests."""
    case, day = snapshot.commitment(name), snapshot.day
    terms = case.terms
    if terms is None:
        return CommitmentContext(day=day, horizon=horizon)
    meeting = snapshot.meeting(case.due_meeting) if case.due_meeting else None
    left = departures(snapshot, name)
    # Once two are one, what waits for the other does not wait for itself.
    others = [each for each in terms.depends_on if each != name]
    return CommitmentContext(
        day=day,
        horizon=horizon,
        first_due=_first_due(snapshot, case),
        meeting=(meeting.status, meeting.set_by) if meeting else None,
        held=meeting.held if meeting else None,
        dependencies=tuple(_still_open(snapshot, others)) if others else (),
        cleared=tuple(_cleared(snapshot, others)) if others else (),
        instrument_ended=_ending(snapshot, name, left),
        left=left,
        completed=completion(case, left),
    )


def _first_due(snapshot: Snapshot, case: CommitmentCase) -> EdtfDate | None:
    """Return the first due date that it had: the one that was said, or that of a meeting.

    Of one that recurs it is the oldest open date as it follows from the first one.
    """
    if case.rounds is not None:
        return case.rounds.rhythm.date(case.rounds.current)
    ends = [setting.fact.replay_key for setting in case.settings[1:]]
    for setting, until in zip(case.settings, (*ends, None), strict=True):
        due = setting.due
        if due is None and setting.meeting is not None:
            meeting = snapshot.meeting(setting.meeting)
            due = meetings.first_date(meeting, setting.fact.replay_key, until)
        if due is not None:
            return due
    return None


def closed(snapshot: Snapshot, name: str) -> tuple[int, int] | None:
    """Return the day on which the commitment was closed, and the closing event."""
    case = snapshot.commitment(name)
    left = departures(snapshot, name)
    closer = is_closed(case) or completion(case, left)
    if closer is not None:
        return closer.effect, closer.position
    return _ending(snapshot, name, left)


def settled(snapshot: Snapshot, name: str) -> Fact | None:
    """Return the act that fulfilled the commitment, or released its debtors."""
    case = snapshot.commitment(name)
    done = case.fulfilled or completion(case, departures(snapshot, name))
    return done or case.released_by_all


def departures(snapshot: Snapshot, name: str) -> dict[str, Departure]:
    """Return the debtors and creditors that left the text of the commitment, each with when."""
    case = snapshot.commitment(name)
    terms, closer = case.terms, is_closed(case)
    if terms is None or terms.survives or terms.under is None:
        return {}
    participants = snapshot.participants(terms.under)
    if not participants.have_left:
        return {}
    left = {
        party: departed(participants, party, snapshot.day)
        for party in (*case.debtors, *case.creditors)
    }
    return {
        party: when
        for party, when in left.items()
        if when is not None and (closer is None or when[0] <= closer.effect)
    }


def _ending(snapshot: Snapshot, name: str, left: Mapping[str, Departure]) -> tuple[int, int] | None:
    """Return when its text ended, at least for one side of the commitment, and by what.

    ``left`` are the debtors and creditors that left the text.
    """
    case = snapshot.commitment(name)
    terms = case.terms
    if terms is None or terms.survives or terms.under is None:
        return None
    if snapshot.registration(Noun.INSTRUMENT, terms.under) is None:
        return None
    history = snapshot.instrument(terms.under).history
    endings = [expiry(case, left)] if left else []
    if history.set_by is not None and history.status in ENDED:
        endings.append((history.since, history.set_by))
    return min(filter(None, endings), default=None) if endings else None


def _still_open(snapshot: Snapshot, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield the open ones of the proposals and commitments, with the event that shows it."""
    for name in names:
        proposal = snapshot.proposal(name)
        if proposal.status in proposals.OPEN and proposal.set_by is not None:
            yield name, proposal.set_by
        case = snapshot.commitment(name)
        if case.made and case.opener and closed(snapshot, name) is None:
            yield name, case.opener.position


def _cleared(snapshot: Snapshot, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield, for each closed one, the day on which it was closed and the closing event."""
    for name in names:
        proposal = snapshot.proposal(name)
        if proposal.status not in {*proposals.OPEN, ProposalStatus.NONE}:
            yield proposal.since, proposal.set_by or 0
        ended = closed(snapshot, name)
        if ended is not None:
            yield ended
