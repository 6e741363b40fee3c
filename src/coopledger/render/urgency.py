"""Urgency: the order of open commitments, what presses most first."""

from math import inf

from coopledger.answers import Commitment
from coopledger.dates import EdtfDate
from coopledger.terms import CommitmentStatus

URGENCY = (
    CommitmentStatus.OVERDUE,
    CommitmentStatus.DUE_SOON,
    CommitmentStatus.PENDING,
    CommitmentStatus.BLOCKED,
    CommitmentStatus.CONDITIONAL,
    CommitmentStatus.STANDING,
)


def urgency(item: Commitment) -> tuple[int, float, str]:
    """Return the key of the order by status, by the last day of the due date, and by age."""
    return URGENCY.index(item.status), last_day(item.due), str(item.since)


def last_day(when: EdtfDate | None) -> float:
    """Return the last day of a date as an ordinal; infinity where there is none."""
    return inf if when is None or when.last is None else when.last
