"""First day of the status of a commitment.

The first day is read from the events where only conditions and the due date as first set can have
changed the status. Otherwise the rules are asked about the evening before each day on which it may
have changed: from the first such day on, act by act, where the commitment rests on nothing else;
else from the last day backwards.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coopledger._facts.index import Fact
from coopledger._obligations import context_of
from coopledger._rules import commitment as rules
from coopledger._rules.commitment import (
    CommitmentCase,
    CommitmentContext,
    advance,
    due_now,
    is_closed,
    parties_in,
)
from coopledger._rules.instrument_table import ENDED
from coopledger._snapshot import Snapshot
from coopledger.answers.occurrences import dates_of_twins
from coopledger.events import CommitmentMade, CommitmentReopened, CommitmentRescheduled
from coopledger.terms import CommitmentStatus, Noun

C = CommitmentStatus


def since(
    snapshot: Snapshot, name: str, context: CommitmentContext, status: CommitmentStatus
) -> int | None:
    """Return the first day since which the status has held without a break, as an ordinal."""
    case = snapshot.commitment(name)
    if case.made is None:
        return None
    # It may have expired in more than one way, or been made once more since.
    if status is not C.EXPIRED and not _twins(snapshot, name):
        closer = is_closed(case) or context.completed
        if closer is not None:
            return max(closer.effect, case.made.effect)
        if _is_plain(snapshot, case):
            met = [fact.effect for fact in case.met.values() if status is not C.CONDITIONAL]
            return max(case.made.effect, *met, turned_by_due(case, context, status) or 0)
    return _since_by_rules(snapshot, name, status, horizon=context.horizon)


def _is_plain(snapshot: Snapshot, case: CommitmentCase) -> bool:
    """Return whether only its conditions and its due date, as first set, decide its status."""
    terms = case.terms
    if terms is None or terms.depends_on or terms.due_meeting or case.rounds:
        return False
    if case.reopened or case.due_by not in {None, case.made}:
        return False
    return _outlasts_text(snapshot, terms)


def _outlasts_text(snapshot: Snapshot, terms: CommitmentMade) -> bool:
    """Return whether its text never ended, and nobody left that; or whether it survives both."""
    if terms.under is None or terms.survives:
        return True
    changes = snapshot.instrument(terms.under).history.changes
    have_left = any(snapshot.participants(terms.under).comings_and_goings())
    return not have_left and not any(change.status in ENDED for change in changes)


def _since_by_rules(
    snapshot: Snapshot, name: str, status: CommitmentStatus, *, horizon: int
) -> int | None:
    """Return the first day of the status, as the rules give it on each day of change."""
    days = sorted(_days_of_change(snapshot, name, horizon=horizon), reverse=True)
    if days and _stands_alone(snapshot, name):
        return _since_by_acts(snapshot, name, status, days[::-1], horizon=horizon)
    for day, before in pairwise(days):
        then = snapshot.on(before)
        context = context_of(then, name, horizon=horizon)
        was = rules.status(then.commitment(name), context)
        then.let_go()
        if was is not status:
            return day
    return days[-1] if days else None


def _stands_alone(snapshot: Snapshot, name: str) -> bool:
    """Return whether its own acts and the day decide its status, and nothing else."""
    terms = snapshot.commitment(name).terms
    if terms is None or terms.depends_on or _meetings_of_due(snapshot, name):
        return False
    if _twins(snapshot, name) or snapshot.parties.successions(parties_in(snapshot.facts(name))):
        return False
    return _outlasts_text(snapshot, terms)


def _since_by_acts(
    snapshot: Snapshot, name: str, status: CommitmentStatus, days: Sequence[int], *, horizon: int
) -> int:
    """Return the last of the days on whose evening before the status was another one.

    The days are in order, from that of the making on; so are the acts.
    """
    acts = sorted(snapshot.facts(name), key=lambda fact: not isinstance(fact.event, CommitmentMade))
    case, done, begun = CommitmentCase(), 0, days[0]
    for before, day in pairwise(days):
        end = bisect_right(acts, before, lo=max(done, 1), key=lambda fact: fact.effect)
        case, done = advance(name, case, acts[done:end], snapshot.parties.above), end
        if rules.status(case, CommitmentContext(day=before, horizon=horizon)) is not status:
            begun = day
    return begun


def _days_of_change(snapshot: Snapshot, name: str, *, horizon: int) -> set[int]:
    """Return the days on which its status may have changed, as ordinals, from its making on."""
    case = snapshot.commitment(name)
    if case.made is None or case.terms is None:
        return set()
    terms = case.terms
    first = min(fact.effect for fact in (case.made, *_twins(snapshot, name)))
    days = {*_days_of_acts(snapshot, name), *_days_of_due(snapshot, name, horizon=horizon)}
    for meeting in _meetings_of_due(snapshot, name):
        days.update(change.day for change in snapshot.meeting(meeting).history.changes)
    for dependency in terms.depends_on:
        days.update(change.day for change in snapshot.proposal(dependency).history.changes)
        days.update(_days_of_acts(snapshot, dependency))
    return {day for day in days if first <= day <= snapshot.day}


def _twins(snapshot: Snapshot, name: str) -> list[Fact]:
    """Return the makings of a commitment that was made twice; none of others."""
    return list(filter(snapshot.counts, snapshot.visible.twins(Noun.COMMITMENT, name)))


def _days_of_acts(snapshot: Snapshot, name: str) -> Iterator[int]:
    """Yield the days of the acts on a commitment, and of the changes of its text."""
    yield from (fact.effect for fact in (*snapshot.facts(name), *_twins(snapshot, name)))
    terms = snapshot.commitment(name).terms
    if terms is not None and terms.under is not None and not terms.survives:
        yield from (change.day for change in snapshot.instrument(terms.under).history.changes)
        yield from snapshot.participants(terms.under).comings_and_goings()


def _days_of_due(snapshot: Snapshot, name: str, *, horizon: int) -> Iterator[int]:
    """Yield the days on which each due date that it ever had comes near, and is over."""
    meetings = map(snapshot.meeting, _meetings_of_due(snapshot, name))
    dues = [meeting.held.event.when for meeting in meetings if meeting.held is not None]
    dues += [event.due for event in _settings(snapshot, name)]
    rounds = snapshot.commitment(name).rounds
    dues += rounds.dues if rounds is not None else []
    dues += dates_of_twins(_twins(snapshot, name), day=snapshot.day, ahead=horizon)
    for due in dues:
        if due is not None and due.last is not None:
            yield from (due.last - horizon, due.last + 1)


def _meetings_of_due(snapshot: Snapshot, name: str) -> set[str]:
    """Return the meetings on whose occasion it was ever due."""
    settings = _settings(snapshot, name)
    meetings = (getattr(event, "due_meeting", None) for event in settings)
    return {meeting for meeting in meetings if meeting is not None}


def _settings(
    snapshot: Snapshot, name: str
) -> list[CommitmentMade | CommitmentRescheduled | CommitmentReopened]:
    """Return the events that may have set its due date."""
    return [
        fact.event
        for fact in (*snapshot.facts(name), *_twins(snapshot, name))
        if isinstance(fact.event, CommitmentMade | CommitmentRescheduled | CommitmentReopened)
        and fact.event.commitment == name
    ]


def turned_by_due(
    case: CommitmentCase, context: CommitmentContext, status: CommitmentStatus
) -> int | None:
    """Return the day on which the due date makes it due soon or overdue, as an ordinal."""
    due = due_now(case, context)
    if due is None or due.last is None:
        return None
    return {C.OVERDUE: due.last + 1, C.DUE_SOON: due.last - context.horizon}.get(status)
