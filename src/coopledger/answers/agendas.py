"""Agenda of an office: open commitments that are late, come due, or are to be asked about."""

from coopledger._dates.asked_day import AFTER_ALL_DAYS
from coopledger._rules.commitment import BY_DUE, DUE_SOON_DAYS
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._filters import passing
from coopledger.answers._following import asked_from, is_to_be_asked
from coopledger.answers._scope import EVERYWHERE, Scope, listed_in
from coopledger.answers.commitments import COMMITMENTS, Commitment, commitment
from coopledger.terms import CommitmentFirmness, CommitmentStatus, Flag, Noun

PRESSING = frozenset({CommitmentStatus.OVERDUE, CommitmentStatus.DUE_SOON})


def agenda(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    within_days: int,
    scope: Scope = EVERYWHERE,
    status: CommitmentStatus | None = None,
    flag: Flag | None = None,
    firmness: CommitmentFirmness | None = None,
) -> Answers[Commitment]:
    """Return the open commitments that are overdue, due within the days, or to be asked about.

    The most urgent come first: by the due date, or by the day from which to ask again.
    """
    known: Answers[Commitment] = listed_in(snapshot, COMMITMENTS, scope, only_open=True)
    pressing = [each for each in known if each.due is not None and each.status in BY_DUE]
    if within_days != DUE_SOON_DAYS:  # What is due soon is another thing then.
        pressing = [
            commitment(snapshot, each.id, horizon=within_days)
            for each in pressing
            if _last_day(each) - snapshot.ordinal <= within_days
        ]
    urgent = {each.id: each for each in pressing if each.status in PRESSING}
    asked = {each.id: each for each in known if is_to_be_asked(snapshot, each)}
    days = {name: _last_day(each) for name, each in urgent.items()}
    for name, each in asked.items():
        days[name] = min(asked_from(each), days.get(name, AFTER_ALL_DAYS))
    in_order = sorted(
        (asked | urgent).values(),
        key=lambda each: (days[each.id], _recorded_at(snapshot, each)),
    )
    return passing(
        Answers(in_order, kind=Commitment),
        (status, lambda each: each.status is status),
        (flag, lambda each: flag in each.flags),
        (firmness, lambda each: each.firmness is firmness),
    )


def _last_day(answer: Commitment) -> int:
    """Return the last day of the due date, or the day after all days."""
    due = answer.due.last if answer.due is not None else None
    return AFTER_ALL_DAYS if due is None else due


def _recorded_at(snapshot: Snapshot, answer: Commitment) -> int:
    """Return the position at which the commitment was first recorded."""
    opening = snapshot.opening(Noun.COMMITMENT, answer.id)
    return opening.position if opening is not None else 0
