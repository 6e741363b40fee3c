"""Answers about commitments."""

from collections.abc import Iterator
from itertools import pairwise

import attrs

from coopledger._dates.lazy_types import Date
from coopledger._rules import commitment as rules
from coopledger._rules.commitment import (
    DUE_SOON_DAYS,
    FLAGS_OF_MEETING,
    OPEN,
    CommitmentCase,
    CommitmentContext,
    due_now,
    is_closed,
)
from coopledger._rules.instrument import ENDED
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence, first_day
from coopledger.answers._wording import comma_list, days, label, one_line, phrase, standing
from coopledger.dates import EdtfDate
from coopledger.events import CommitmentMade, CommitmentRescheduled
from coopledger.terms import CommitmentFirmness, CommitmentStatus, Flag, Noun
from coopledger.values import Amount, Condition


@attrs.frozen(kw_only=True)
class Commitment:
    """Where a commitment stands.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        what: What is owed.
        firmness: How firmly.
        debtors: Who owes it.
        creditors: To whom.
        status: Its status; ``none`` before it was made.
        since: The first day of the status.
        flags: Its flags, sorted.
        due: The due date now.
        due_text: The due date in words that give none.
        due_meeting: The meeting on whose occasion it is due.
        days_overdue: Days past the last day of the due date, while overdue.
        late_by: Days between the first due date and its fulfilment, 0 if in time.
        late_by_rescheduled: The same for the due date as set last.
        conditions_open: The ids of conditions not met yet.
        conditions_met: The ids of conditions met by the day.
        depends_on: What it waits for that is still open.
        percent: How much is reported done, from 0 to 100.
        amount: The sum promised.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    id: str
    partnership: str | None
    what: str | None
    firmness: CommitmentFirmness | None
    debtors: tuple[str, ...]
    creditors: tuple[str, ...]
    status: CommitmentStatus
    since: Date | None
    flags: tuple[Flag, ...]
    due: EdtfDate | None
    due_text: str | None
    due_meeting: str | None
    days_overdue: int | None
    late_by: int | None
    late_by_rescheduled: int | None
    conditions_open: tuple[str, ...]
    conditions_met: tuple[str, ...]
    depends_on: tuple[str, ...]
    percent: int | None
    amount: Amount | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Its status, who owes what to whom by when, and its flags, on one line."""
        return one_line(
            self.id,
            standing(self.status, self.since, certain=self.certain),
            phrase(f"{comma_list(self.debtors)} to {comma_list(self.creditors)}: ", self.what),
            phrase("due ", self.due or self.due_meeting) or phrase('due "', self.due_text, '"'),
            phrase("", days(self.days_overdue or None), " overdue"),
            phrase("", days(self.late_by or None), " late"),
            phrase("if ", self.conditions_open),
            phrase("met: ", self.conditions_met),
            phrase("waits for ", self.depends_on),
            *map(label, self.flags),
        )


# The days on which a commitment may have turned from one status to another.


def days_of_change(snapshot: Snapshot, name: str, *, horizon: int) -> set[int]:
    """The days, as ordinals, from its making to the day of the snapshot."""
    standing = snapshot.commitment(name)
    if standing.made is None or standing.terms is None:
        return set()
    terms = standing.terms
    days = {*_own_days(snapshot, name), *_days_of_due(snapshot, name, horizon=horizon)}
    if terms.due_meeting is not None:
        days.update(change.day for change in snapshot.meeting(terms.due_meeting).history.changes)
    for waited_for in terms.depends_on:
        days.update(change.day for change in snapshot.proposal(waited_for).history.changes)
        days.update(_own_days(snapshot, waited_for))
    return {day for day in days if standing.made.effect <= day <= snapshot.day}


def _own_days(snapshot: Snapshot, name: str) -> Iterator[int]:
    """The days of the acts on a commitment, and of the turns of its instrument."""
    yield from (fact.effect for fact in snapshot.facts(name))
    terms = snapshot.commitment(name).terms
    if terms is not None and terms.under is not None and not terms.survives:
        yield from (change.day for change in snapshot.instrument(terms.under).history.changes)


def _days_of_due(snapshot: Snapshot, name: str, *, horizon: int) -> Iterator[int]:
    """The days on which each due date that it ever had comes near, and is over."""
    terms = snapshot.commitment(name).terms
    meeting = terms.due_meeting if terms is not None else None
    held = snapshot.meeting(meeting).held if meeting is not None else None
    dues = [held.event.when] if held is not None else []
    dues += [
        fact.event.due
        for fact in snapshot.facts(name)
        if isinstance(fact.event, CommitmentMade | CommitmentRescheduled)
        and fact.event.commitment == name
    ]
    for due in dues:
        if due is not None and due.last is not None:
            yield from (due.last - horizon, due.last + 1)


# Answers about commitments.

C = CommitmentStatus


def commitment(snapshot: Snapshot, name: str, *, horizon: int = DUE_SOON_DAYS) -> Commitment:
    """Where the commitment stands; due dates within ``horizon`` days are soon."""
    standing, setting = (
        snapshot.commitment(name),
        snapshot.commitment_context(name, horizon=horizon),
    )
    status = rules.status(standing, setting)
    flags = dict(_flags(standing, setting, status))
    behind = _decided(snapshot, standing, setting, status)
    basis = evidence(snapshot, [*behind, _due_by(standing, setting), *flags.values()])
    terms = standing.terms
    due = due_now(standing, setting)
    return Commitment(
        id=name,
        partnership=snapshot.contents.partnership_of(Noun.COMMITMENT, name),
        what=terms.what if terms else None,
        firmness=terms.firmness if terms else None,
        debtors=standing.debtors,
        creditors=standing.owed_to,
        status=status,
        since=first_day(_since(snapshot, name, setting, status)),
        flags=tuple(sorted(flags)),
        due=due,
        due_text=terms.due_text if terms else None,
        due_meeting=terms.due_meeting if terms else None,
        days_overdue=setting.day - due.last if status is C.OVERDUE and due and due.last else None,
        late_by=_late(standing, setting, first=True),
        late_by_rescheduled=_late(standing, setting, first=False),
        conditions_open=_conditions_open(standing) if status in OPEN else (),
        conditions_met=_conditions_met(standing),
        depends_on=tuple(item for item, _ in setting.dependencies) if status in OPEN else (),
        percent=standing.percent,
        amount=terms.amount if terms else None,
        certain=basis.certain,
        decided_by=basis.events,
    )


def agenda(snapshot: Snapshot, *, within_days: int) -> tuple[Commitment, ...]:
    """The open commitments that are overdue or due within the days, most urgent first."""
    found = [
        commitment(snapshot, name, horizon=within_days)
        for name in snapshot.visible.names(Noun.COMMITMENT)
    ]
    pressing = [item for item in found if item.status in {C.OVERDUE, C.DUE_SOON}]
    return tuple(sorted(pressing, key=lambda item: (item.due is None, item.due and item.due.last)))


def _start(
    snapshot: Snapshot, standing: CommitmentCase, setting: CommitmentContext
) -> tuple[int, int | None]:
    """The last day on which something freed it or set its date, and the event that did.

    With a date of its own it waits for no meeting, and for nothing that it depends on.
    """
    facts = [standing.made, standing.due_by]
    facts += [standing.met.get(item.id) for item in _conditions(standing)]
    facts += [setting.held] if standing.due is None else []
    found = [(fact.effect, fact.position) for fact in facts if fact is not None]
    found += setting.cleared if standing.due is None else ()
    return max(found, key=lambda at: snapshot.place_on(*at), default=(0, None))


def _conditions(standing: CommitmentCase) -> tuple[Condition, ...]:
    """The conditions on which it was made."""
    return standing.terms.conditions if standing.terms else ()


def _conditions_open(standing: CommitmentCase) -> tuple[str, ...]:
    """The conditions not met yet."""
    return tuple(item.id for item in _conditions(standing) if item.id not in standing.met)


def _conditions_met(standing: CommitmentCase) -> tuple[str, ...]:
    """The conditions met by the day."""
    return tuple(item.id for item in _conditions(standing) if item.id in standing.met)


def _closing(
    standing: CommitmentCase, setting: CommitmentContext
) -> dict[CommitmentStatus, tuple[int, int]]:
    """For each way in which it can be closed: since when, and by which event."""
    facts = {
        C.FULFILLED: standing.fulfilled,
        C.RELEASED: standing.released_by_all,
        C.CANCELLED: standing.cancelled,
        C.EXPIRED: standing.failed,
    }
    closing = {status: (fact.effect, fact.position) for status, fact in facts.items() if fact}
    if setting.instrument_ended is not None:
        closing.setdefault(C.EXPIRED, setting.instrument_ended)
    return closing


def _decided(
    snapshot: Snapshot,
    standing: CommitmentCase,
    setting: CommitmentContext,
    status: CommitmentStatus,
) -> list[int | None]:
    """The positions of the events behind the status."""
    if standing.made is None:
        return []
    made = standing.made
    closing = _closing(standing, setting)
    if status in closing:
        day, position = closing[status]
        return [position, made.position if made.effect > day else None]
    if status in {C.CONDITIONAL, C.BLOCKED}:
        return [made.position]
    day, start = _start(snapshot, standing, setting)
    turned = _turned(standing, setting, status)
    return [start] if turned is None or day >= turned else []


def _since(
    snapshot: Snapshot, name: str, setting: CommitmentContext, status: CommitmentStatus
) -> int | None:
    """The first day since which the status has held without a break, as an ordinal."""
    standing = snapshot.commitment(name)
    closer = is_closed(standing)
    if standing.made is None:
        return None
    if status is C.EXPIRED:  # In more than one way, perhaps.
        return _looked_back(snapshot, name, status, horizon=setting.horizon)
    if closer is not None:
        return max(closer.effect, standing.made.effect)
    if _is_plain(snapshot, standing):
        met = [fact.effect for fact in standing.met.values() if status is not C.CONDITIONAL]
        return max(standing.made.effect, *met, _turned(standing, setting, status) or 0)
    return _looked_back(snapshot, name, status, horizon=setting.horizon)


def _is_plain(snapshot: Snapshot, standing: CommitmentCase) -> bool:
    """Whether nothing but its conditions and its due date, as first set, ever turned it."""
    terms = standing.terms
    if terms is None or terms.depends_on or terms.due_meeting:
        return False
    bound = terms.under is not None and not terms.survives
    changes = snapshot.instrument(terms.under).history.changes if bound and terms.under else []
    ended = any(change.status in ENDED for change in changes)
    return standing.due_by in {None, standing.made} and not ended


def _looked_back(
    snapshot: Snapshot, name: str, status: CommitmentStatus, *, horizon: int
) -> int | None:
    """The same, told by the evening before each day on which the status may have turned."""
    days = sorted(days_of_change(snapshot, name, horizon=horizon), reverse=True)
    for day, before in pairwise(days):
        then = snapshot.on(before)
        if (
            rules.status(then.commitment(name), then.commitment_context(name, horizon=horizon))
            is not status
        ):
            return day
    return days[-1] if days else None


def _turned(
    standing: CommitmentCase, setting: CommitmentContext, status: CommitmentStatus
) -> int | None:
    """The day on which the due date makes it due soon or overdue, as an ordinal."""
    due = due_now(standing, setting)
    if due is None or due.last is None:
        return None
    return {C.OVERDUE: due.last + 1, C.DUE_SOON: due.last - setting.horizon}.get(status)


def _due_by(standing: CommitmentCase, setting: CommitmentContext) -> int | None:
    """The position of the event that set the due date shown."""
    setter = standing.due_by or setting.held
    return setter.position if setter and due_now(standing, setting) is not None else None


def _flags(
    standing: CommitmentCase, setting: CommitmentContext, status: CommitmentStatus
) -> Iterator[tuple[Flag, int | None]]:
    """The flags, each with the event that sets it."""
    if status not in OPEN or standing.made is None:
        return
    if setting.meeting is not None and due_now(standing, setting) is None:
        meeting, set_by = setting.meeting
        if meeting in FLAGS_OF_MEETING:
            yield FLAGS_OF_MEETING[meeting], set_by
    for _, set_by in setting.dependencies:
        yield Flag.DEPENDENCY_OPEN, set_by
    if status is C.PENDING and due_now(standing, setting) is None:
        yield Flag.UNDATED, standing.made.position


def _late(standing: CommitmentCase, setting: CommitmentContext, *, first: bool) -> int | None:
    """Days between a due date and the fulfilment, 0 if in time; None if open or undated."""
    due = standing.first_due if first else standing.due
    if due is None and setting.held is not None:
        due = setting.held.event.when
    if standing.fulfilled is None or due is None or due.last is None:
        return None
    return max(0, standing.fulfilled.effect - due.last)
