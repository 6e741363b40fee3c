"""The days on which a commitment may have turned from one status to another."""

from collections.abc import Iterator

from coopledger.events import CommitmentMade, CommitmentRescheduled
from coopledger.standings import Standings

__all__ = ["turning_days"]


def turning_days(standings: Standings, name: str, *, horizon: int) -> set[int]:
    """The days, as ordinals, from its making to the day of the standings."""
    standing = standings.commitment(name)
    if standing.made is None or standing.terms is None:
        return set()
    terms = standing.terms
    days = {*_own_days(standings, name), *_days_of_due(standings, name, horizon=horizon)}
    if terms.due_meeting is not None:
        days.update(turn.day for turn in standings.meeting(terms.due_meeting).turns.taken)
    for waited_for in terms.depends_on:
        days.update(turn.day for turn in standings.proposal(waited_for).turns.taken)
        days.update(_own_days(standings, waited_for))
    return {day for day in days if standing.made.effect <= day <= standings.day}


def _own_days(standings: Standings, name: str) -> Iterator[int]:
    """The days of the acts on a commitment, and of the turns of its instrument."""
    yield from (fact.effect for fact in standings.facts(name))
    terms = standings.commitment(name).terms
    if terms is not None and terms.under is not None and not terms.survives:
        yield from (change.day for change in standings.instrument(terms.under).history)


def _days_of_due(standings: Standings, name: str, *, horizon: int) -> Iterator[int]:
    """The days on which each due date that it ever had comes near, and is over."""
    terms = standings.commitment(name).terms
    meeting = terms.due_meeting if terms is not None else None
    held = standings.meeting(meeting).held if meeting is not None else None
    dues = [held.event.when] if held is not None else []
    dues += [
        fact.event.due
        for fact in standings.facts(name)
        if isinstance(fact.event, CommitmentMade | CommitmentRescheduled)
        and fact.event.commitment == name
    ]
    for due in dues:
        if due is not None and due.last is not None:
            yield from (due.last - horizon, due.last + 1)
