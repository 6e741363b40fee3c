"""What becomes of a commitment: its facts folded, then the first rule that matches.

Source: section 7 of the domain. There is no status for a breach: late things are mostly kept
late, and breach is a judgement.
"""

from collections.abc import Callable, Iterable
from typing import Any

import attrs

from coopledger import events
from coopledger.dates import EdtfDate
from coopledger.events import CommitmentMade, Event
from coopledger.facts import Fact
from coopledger.rules.commitment_standing import Standing, is_closed
from coopledger.terms import CommitmentStatus, Flag, MeetingStatus

__all__ = [
    "DUE_SOON_DAYS",
    "OPEN",
    "RULES",
    "Setting",
    "Standing",
    "due_now",
    "fold",
    "is_closed",
    "parties_in",
]

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
        instrument_ended: The day on which its instrument ended, and the event that ended it.
    """

    day: int
    horizon: int = DUE_SOON_DAYS
    meeting: tuple[MeetingStatus, int | None] | None = None
    held: Fact | None = None
    dependencies: tuple[tuple[str, int], ...] = ()
    instrument_ended: tuple[int, int] | None = None


def fold(facts: Iterable[Fact], commitment: str) -> Standing:
    """What the facts say of the commitment, in the order of their replay."""
    standing = Standing()
    for fact in facts:
        _take_in(standing, fact, commitment)
    return standing


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


def _take_in(standing: Standing, fact: Fact, commitment: str) -> None:
    """Let one fact say what it says of the commitment; closing acts count once."""
    event = fact.event
    for name, condition in (item.rsplit("/", 1) for item in event.meets):
        if name == commitment:
            standing.met.setdefault(condition, fact)
    if commitment in event.fulfils and is_closed(standing) is None:
        standing.fulfilled = fact
    act = ACTS.get(type(event))
    if act is not None and getattr(event, "commitment", commitment) == commitment:
        act(standing, fact, event)


def _make(standing: Standing, fact: Fact, event: CommitmentMade) -> None:
    standing.made = standing.made or fact
    standing.debtors = standing.debtors or event.debtors
    standing.creditors = standing.creditors or event.creditors
    for party in standing.passed_on:
        _pass_on(standing, party)
    if event.due is not None:
        standing.first_due = event.due
        if standing.due is None:
            standing.due, standing.due_by = event.due, fact


def _meet(standing: Standing, fact: Fact, event: events.ConditionMet) -> None:
    standing.met.setdefault(event.condition, fact)


def _fail(standing: Standing, fact: Fact, event: events.ConditionFailed) -> None:
    if event.condition not in standing.met and is_closed(standing) is None:
        standing.failed = fact


def _progress(standing: Standing, _: Fact, event: events.CommitmentProgressed) -> None:
    standing.percent = standing.percent if event.percent is None else event.percent


def _fulfil(standing: Standing, fact: Fact, _: events.CommitmentFulfilled) -> None:
    if is_closed(standing) is None:
        standing.fulfilled = fact


def _release(standing: Standing, fact: Fact, event: events.CommitmentReleased) -> None:
    for party in event.by:
        standing.released.setdefault(party, fact)


def _cancel(standing: Standing, fact: Fact, _: events.CommitmentCancelled) -> None:
    if is_closed(standing) is None:
        standing.cancelled = fact


def _delegate(standing: Standing, _: Fact, event: events.CommitmentDelegated) -> None:
    standing.debtors = _replaced(standing.debtors, event.by, event.to)


def _assign(standing: Standing, _: Fact, event: events.CommitmentAssigned) -> None:
    standing.creditors = _replaced(standing.creditors, event.by, event.to)


def _succeed(standing: Standing, _: Fact, event: events.PartySucceeded) -> None:
    """What is open passes on; what is closed keeps the old name."""
    if is_closed(standing) is None:
        standing.passed_on[event.party] = event.by
        _pass_on(standing, event.party)


def _pass_on(standing: Standing, party: str) -> None:
    """Put those that took over in the place of the party."""
    heirs = standing.passed_on[party]
    if party in standing.debtors:
        standing.debtors = _replaced(standing.debtors, (party,), heirs)
    if party in standing.creditors:
        standing.creditors = _replaced(standing.creditors, (party,), heirs)


def _reschedule(standing: Standing, fact: Fact, event: events.CommitmentRescheduled) -> None:
    standing.first_due = standing.first_due or event.due
    standing.due, standing.due_by = event.due, fact


Effect = Callable[[Standing, Fact, Any], None]  # Any: each takes its own event

ACTS: dict[type[Event], Effect] = {
    events.CommitmentMade: _make,
    events.ConditionMet: _meet,
    events.ConditionFailed: _fail,
    events.CommitmentProgressed: _progress,
    events.CommitmentFulfilled: _fulfil,
    events.CommitmentReleased: _release,
    events.CommitmentCancelled: _cancel,
    events.CommitmentDelegated: _delegate,
    events.CommitmentAssigned: _assign,
    events.CommitmentRescheduled: _reschedule,
    events.PartySucceeded: _succeed,
}


def parties_in(event: Event) -> tuple[str, ...]:
    """The debtors and creditors that an act on a commitment brings in."""
    if isinstance(event, events.CommitmentMade):
        return event.debtors + event.creditors
    if isinstance(event, events.CommitmentDelegated | events.CommitmentAssigned):
        return event.to
    return ()


def _replaced(
    parties: tuple[str, ...], old: tuple[str, ...], new: tuple[str, ...]
) -> tuple[str, ...]:
    """The parties with the old ones, or all of them, replaced by the new."""
    kept = tuple(party for party in parties if old and party not in old)
    return kept + tuple(party for party in new if party not in kept)


FLAGS_OF_MEETING = {
    MeetingStatus.UNRECORDED: Flag.ANCHOR_OVERDUE,
    MeetingStatus.CANCELLED: Flag.ANCHOR_CANCELLED,
}
