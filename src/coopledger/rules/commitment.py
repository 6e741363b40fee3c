"""The status of a commitment: the first rule that matches what is recorded of it.

Source: section 7 of the domain. There is no status for a breach: late things are mostly kept
late, and breach is a judgement.
"""

from collections.abc import Callable

import attrs

from coopledger.dates import EdtfDate
from coopledger.facts import Fact
from coopledger.rules.commitment_standing import Standing
from coopledger.terms import CommitmentStatus, Flag, MeetingStatus

__all__ = ["DUE_SOON_DAYS", "FLAGS_OF_MEETING", "OPEN", "RULES", "Setting", "due_now", "status"]

C = CommitmentStatus

OPEN = frozenset({C.CONDITIONAL, C.BLOCKED, C.OVERDUE, C.DUE_SOON, C.STANDING, C.PENDING})
DUE_SOON_DAYS = 30


@attrs.frozen(kw_only=True)
class Setting:
    """What a commitment rests on outside itself, on the day asked.

    Attributes:
        day: The day, as an ordinal.
        horizon: Within how many days a due date is soon.
        meeting: The status of the meeting to which it is bound, and the event that set it.
        held: When that meeting was held.
        dependencies: Open things that it depends on, each with the event that made it so.
        cleared: For each thing that it depended on and that is closed: since when, by what.
        instrument_ended: The day on which its instrument ended, and the event that ended it.
    """

    day: int
    horizon: int = DUE_SOON_DAYS
    meeting: tuple[MeetingStatus, int | None] | None = None
    held: Fact | None = None
    dependencies: tuple[tuple[str, int], ...] = ()
    cleared: tuple[tuple[int, int], ...] = ()
    instrument_ended: tuple[int, int] | None = None


def due_now(standing: Standing, setting: Setting) -> EdtfDate | None:
    """The due date: as set last, or that of the meeting on whose occasion it is due."""
    if standing.due is not None:
        return standing.due
    return setting.held.event.when if setting.held is not None else None


def _fulfilled(standing: Standing, _: Setting) -> bool:
    return standing.fulfilled is not None


def _released(standing: Standing, _: Setting) -> bool:
    return standing.released_by_all is not None


def _cancelled(standing: Standing, _: Setting) -> bool:
    return standing.cancelled is not None


def _expired(standing: Standing, setting: Setting) -> bool:
    terms = standing.terms
    outlived = terms is not None and not terms.survives and setting.instrument_ended is not None
    return standing.failed is not None or outlived


def _conditional(standing: Standing, _: Setting) -> bool:
    terms = standing.terms
    return terms is not None and any(item.id not in standing.met for item in terms.conditions)


def _blocked(standing: Standing, setting: Setting) -> bool:
    waits_for_meeting = setting.meeting is not None and setting.meeting[0] is not MeetingStatus.HELD
    return due_now(standing, setting) is None and (waits_for_meeting or bool(setting.dependencies))


def _overdue(standing: Standing, setting: Setting) -> bool:
    due = due_now(standing, setting)
    return due is not None and due.last is not None and due.last < setting.day


def _due_soon(standing: Standing, setting: Setting) -> bool:
    due = due_now(standing, setting)
    return due is not None and due.last is not None and due.last - setting.day <= setting.horizon


def _standing(standing: Standing, _: Setting) -> bool:
    return standing.terms is not None and standing.terms.standing


def _pending(_: Standing, __: Setting) -> bool:
    return True


# The first rule that matches gives the status.
RULES: tuple[tuple[CommitmentStatus, Callable[[Standing, Setting], bool]], ...] = (
    (C.FULFILLED, _fulfilled),
    (C.RELEASED, _released),
    (C.CANCELLED, _cancelled),
    (C.EXPIRED, _expired),
    (C.CONDITIONAL, _conditional),
    (C.BLOCKED, _blocked),
    (C.OVERDUE, _overdue),
    (C.DUE_SOON, _due_soon),
    (C.STANDING, _standing),
    (C.PENDING, _pending),
)


# What a meeting that did not come about says of what is bound to it.
FLAGS_OF_MEETING = {
    MeetingStatus.UNRECORDED: Flag.ANCHOR_OVERDUE,
    MeetingStatus.CANCELLED: Flag.ANCHOR_CANCELLED,
}


def status(standing: Standing, setting: Setting) -> CommitmentStatus:
    """The first rule that matches; none before it was made."""
    if standing.made is None:
        return C.NONE
    return next(name for name, rule in RULES if rule(standing, setting))
