"""Duties: what the rules of packs draw from what happened."""

from collections.abc import Iterable

from coopledger.projections.answers import Duty
from coopledger.projections.evidence import evidence
from coopledger.projections.selection import is_
from coopledger.rules.duty import Obligation, late_by
from coopledger.rules.duty import status as status_on
from coopledger.standings import Standings
from coopledger.terms import DutyStatus

__all__ = ["duties"]


def duties(
    standings: Standings,
    obligations: Iterable[Obligation],
    *,
    horizon: int,
    status: DutyStatus | None = None,
) -> tuple[Duty, ...]:
    """Return where the obligations stand, soonest due first; with a status, those that have it.

    Due dates within ``horizon`` days are soon.
    """
    answers = [_duty(standings, obligation, horizon=horizon) for obligation in obligations]
    wanted = [answer for answer in answers if is_(answer.status, status)]
    return tuple(sorted(wanted, key=lambda answer: (answer.due, answer.about)))


def _duty(standings: Standings, obligation: Obligation, *, horizon: int) -> Duty:
    """Return where one obligation stands."""
    now = status_on(obligation, day=standings.day, horizon=horizon)
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
