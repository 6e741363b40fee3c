"""Duties: what the rules of packs draw from what happened."""

from collections.abc import Iterable

from coopledger.projections.answers import Duty
from coopledger.projections.evidence import evidence
from coopledger.rules.duty import Obligation, late_by, status
from coopledger.standings import Standings
from coopledger.terms import DutyStatus

__all__ = ["duty"]


def duty(standings: Standings, obligation: Obligation, *, horizon: int) -> Duty:
    """Where the obligation stands; due dates within ``horizon`` days are soon."""
    now = status(obligation, day=standings.day, horizon=horizon)
    overdue = now is DutyStatus.OVERDUE and obligation.due.last is not None
    basis = evidence(standings, _behind(standings, obligation))
    return Duty(
        rule=obligation.rule,
        what=obligation.what,
        about=obligation.about,
        owed_by=obligation.owed_by,
        due=obligation.due,
        status=now,
        days_overdue=standings.day - (obligation.due.last or 0) if overdue else None,
        done=obligation.done.when if obligation.done is not None else None,
        late_by=late_by(obligation),
        certain=basis.certain,
        decided_by=basis.events,
    )


def _behind(standings: Standings, obligation: Obligation) -> Iterable[int | None]:
    """The positions of the events behind it."""
    done = obligation.done.id if obligation.done is not None else None
    for event_id in (*obligation.because, done):
        yield standings.visible.position_of(event_id or "")
