"""What is kept of a commitment while its facts are folded."""

from collections.abc import Callable, Iterable
from typing import Any, Literal

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger.dates import EdtfDate
from coopledger.events import CommitmentMade, Event
from coopledger.terms import CommitmentStatus, Flag, MeetingStatus


@attrs.frozen
class Shift:
    """Some parties take over from others.

    Attributes:
        side: Whether they now owe it or are owed it.
        old: From whom; None means all.
        new: The parties that take over.
    """

    side: Literal["debtors", "creditors"]
    old: tuple[str, ...] | None
    new: tuple[str, ...]


@attrs.define
class CommitmentCase:
    """What is recorded of a commitment, while its facts are folded and afterwards.

    Attributes:
        made: The event that made it; None while only later acts are known.
        debtors: Who owes it now.
        creditors: To whom it is owed now.
        first_due: The first due date that was set.
        due: The due date now.
        due_by: The event that set the due date now.
        met: For each condition met, the event.
        failed: The event that failed a condition.
        fulfilled: The event that fulfilled it.
        cancelled: The event by which a debtor cancelled it.
        releases: The creditors that let it go, each time with the event.
        percent: How much is reported done, from 0 to 100.
    """

    made: Fact | None = None
    debtors: tuple[str, ...] = ()
    creditors: tuple[str, ...] = ()
    first_due: EdtfDate | None = None
    due: EdtfDate | None = None
    due_by: Fact | None = None
    met: dict[str, Fact] = attrs.field(factory=dict[str, Fact])
    failed: Fact | None = None
    fulfilled: Fact | None = None
    cancelled: Fact | None = None
    releases: list[tuple[tuple[str, ...], Fact]] = attrs.field(
        factory=list[tuple[tuple[str, ...], Fact]]
    )
    percent: int | None = None

    @property
    def terms(self) -> CommitmentMade | None:
        """The commitment as made."""
        event = self.made.event if self.made is not None else None
        return event if isinstance(event, CommitmentMade) else None

    @property
    def released_by_all(self) -> Fact | None:
        """The event by which the last creditor released it."""
        gone = self.made is not None and not self.creditors and bool(self.releases)
        return self.releases[-1][1] if gone else None

    @property
    def owed_to(self) -> tuple[str, ...]:
        """To whom it is owed now; once all have released it, to whom it was owed."""
        released = (party for by, _ in self.releases for party in by)
        return self.creditors or tuple(dict.fromkeys(released))


def is_closed(standing: CommitmentCase) -> Fact | None:
    """The event that closed it for good, if any did; conditions and instruments aside."""
    return standing.fulfilled or standing.released_by_all or standing.cancelled or standing.failed


# What each act does to a commitment: its facts folded, in the order of their replay.


def fold(facts: Iterable[Fact], commitment: str) -> CommitmentCase:
    """What the facts say of the commitment; of several closing acts of a kind the first counts.

    The facts are those that name it, and the successions of its parties. The making is
    taken first: acts on it may come before, where its date is fuzzy. What is closed passes to
    nobody, and is not put off.
    """
    standing = CommitmentCase()
    for fact in sorted(facts, key=lambda fact: not isinstance(fact.event, CommitmentMade)):
        event = fact.event
        for name, condition in (item.rsplit("/", 1) for item in event.meets):
            if name == commitment:
                standing.met.setdefault(condition, fact)
        act = ACTS.get(type(event))
        own = getattr(event, "commitment", commitment) == commitment
        if act is not None and own and not (act in CHANGES and is_closed(standing)):
            act(standing, fact, event)
        if commitment in event.fulfils:
            standing.fulfilled = standing.fulfilled or fact
    return standing


def parties_in(event: Event) -> tuple[str, ...]:
    """The debtors and creditors that an act on a commitment brings in."""
    if isinstance(event, CommitmentMade):
        return event.debtors + event.creditors
    if isinstance(event, events.CommitmentDelegated | events.CommitmentAssigned):
        return event.to
    return ()


def _make(standing: CommitmentCase, fact: Fact, event: CommitmentMade) -> None:
    if standing.made is not None:
        return
    standing.made, standing.debtors, standing.creditors = fact, event.debtors, event.creditors
    if event.due is not None:
        standing.first_due, standing.due, standing.due_by = event.due, event.due, fact


def _meet(standing: CommitmentCase, fact: Fact, event: events.ConditionMet) -> None:
    standing.met.setdefault(event.condition, fact)


def _fail(standing: CommitmentCase, fact: Fact, event: events.ConditionFailed) -> None:
    if event.condition not in standing.met:
        standing.failed = standing.failed or fact


def _progress(standing: CommitmentCase, _: Fact, event: events.CommitmentProgressed) -> None:
    standing.percent = standing.percent if event.percent is None else event.percent


def _fulfil(standing: CommitmentCase, fact: Fact, _: events.CommitmentFulfilled) -> None:
    standing.fulfilled = standing.fulfilled or fact


def _release(standing: CommitmentCase, fact: Fact, event: events.CommitmentReleased) -> None:
    standing.releases.append((event.by, fact))
    _take_over(standing, Shift("creditors", event.by, ()))


def _cancel(standing: CommitmentCase, fact: Fact, _: events.CommitmentCancelled) -> None:
    standing.cancelled = standing.cancelled or fact


def _delegate(standing: CommitmentCase, _: Fact, event: events.CommitmentDelegated) -> None:
    _take_over(standing, Shift("debtors", event.by or None, event.to))


def _assign(standing: CommitmentCase, _: Fact, event: events.CommitmentAssigned) -> None:
    _take_over(standing, Shift("creditors", event.by or None, event.to))


def _succeed(standing: CommitmentCase, _: Fact, event: events.PartySucceeded) -> None:
    """What is open passes on."""
    _take_over(standing, Shift("debtors", (event.party,), event.by))
    _take_over(standing, Shift("creditors", (event.party,), event.by))


def _reschedule(standing: CommitmentCase, fact: Fact, event: events.CommitmentRescheduled) -> None:
    standing.first_due = standing.first_due or event.due
    standing.due, standing.due_by = event.due, fact


def _take_over(standing: CommitmentCase, shift: Shift) -> None:
    """Put the new parties in the place of the old ones, which are all unless named."""
    parties: tuple[str, ...] = getattr(standing, shift.side)
    leaving = set(parties if shift.old is None else shift.old)
    if leaving.isdisjoint(parties):
        return
    kept = tuple(party for party in parties if party not in leaving)
    coming = tuple(party for party in shift.new if party not in kept)
    setattr(standing, shift.side, kept + coming)


# What changes only a commitment that is open.
CHANGES = frozenset({_release, _delegate, _assign, _succeed, _reschedule})

Effect = Callable[[CommitmentCase, Fact, Any], None]  # Any: each takes its own event

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


# The status of a commitment: the first rule that matches what is recorded of it.
#
# Source: section 7 of the domain. There is no status for a breach: late things are mostly kept
# late, and breach is a judgement.

C = CommitmentStatus

OPEN = frozenset({C.CONDITIONAL, C.BLOCKED, C.OVERDUE, C.DUE_SOON, C.STANDING, C.PENDING})
DUE_SOON_DAYS = 30


@attrs.frozen(kw_only=True)
class CommitmentContext:
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


def due_now(standing: CommitmentCase, setting: CommitmentContext) -> EdtfDate | None:
    """The due date: as set last, or that of the meeting on whose occasion it is due."""
    if standing.due is not None:
        return standing.due
    return setting.held.event.when if setting.held is not None else None


def _fulfilled(standing: CommitmentCase, _: CommitmentContext) -> bool:
    return standing.fulfilled is not None


def _released(standing: CommitmentCase, _: CommitmentContext) -> bool:
    return standing.released_by_all is not None


def _cancelled(standing: CommitmentCase, _: CommitmentContext) -> bool:
    return standing.cancelled is not None


def _expired(standing: CommitmentCase, setting: CommitmentContext) -> bool:
    terms = standing.terms
    outlived = terms is not None and not terms.survives and setting.instrument_ended is not None
    return standing.failed is not None or outlived


def _conditional(standing: CommitmentCase, _: CommitmentContext) -> bool:
    terms = standing.terms
    return terms is not None and any(item.id not in standing.met for item in terms.conditions)


def _blocked(standing: CommitmentCase, setting: CommitmentContext) -> bool:
    waits_for_meeting = setting.meeting is not None and setting.meeting[0] is not MeetingStatus.HELD
    return due_now(standing, setting) is None and (waits_for_meeting or bool(setting.dependencies))


def _overdue(standing: CommitmentCase, setting: CommitmentContext) -> bool:
    due = due_now(standing, setting)
    return due is not None and due.last is not None and due.last < setting.day


def _due_soon(standing: CommitmentCase, setting: CommitmentContext) -> bool:
    due = due_now(standing, setting)
    return due is not None and due.last is not None and due.last - setting.day <= setting.horizon


def _standing(standing: CommitmentCase, _: CommitmentContext) -> bool:
    return standing.terms is not None and standing.terms.standing


def _pending(_: CommitmentCase, __: CommitmentContext) -> bool:
    return True


# The first rule that matches gives the status.
RULES: tuple[tuple[CommitmentStatus, Callable[[CommitmentCase, CommitmentContext], bool]], ...] = (
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


def status(standing: CommitmentCase, setting: CommitmentContext) -> CommitmentStatus:
    """The first rule that matches; none before it was made."""
    if standing.made is None:
        return C.NONE
    return next(name for name, rule in RULES if rule(standing, setting))
