"""Life of a meeting: the status to which each act leads, and the plan that passes unrecorded.

`TABLE` says to which status an act leads from each status; `fold` replays the facts of one meeting
by that table. In words: "Meetings" in docs/reference/rules.md.
"""

from collections.abc import Iterable

import attrs

from coopledger import events
from coopledger._dates.asked_day import Day
from coopledger._facts.index import Fact, ReplayKey
from coopledger._rules.case import copied
from coopledger._rules.history import StatusHistory
from coopledger.dates import EdtfDate
from coopledger.events import Event
from coopledger.terms import MeetingStatus

M = MeetingStatus

ACTS: dict[type[Event], str] = {
    events.MeetingScheduled: "schedule",
    events.MeetingPostponed: "postpone",
    events.MeetingCancelled: "cancel",
    events.MeetingHeld: "hold",
}
COLUMNS = tuple(ACTS.values())
WAITING = frozenset({M.SCHEDULED, M.POSTPONED})

# A cell is the status that the act leads to; `=` leaves it; `E...` refuses. A meeting that was
# cancelled may have been held all the same.
_ROWS = """
none       scheduled postponed cancelled held
scheduled  scheduled postponed cancelled held
postponed  scheduled postponed cancelled held
cancelled  scheduled postponed cancelled held
unrecorded scheduled postponed cancelled held
held       =         E302      E302      E303
"""
TABLE: dict[MeetingStatus, dict[str, str]] = {
    M(row.split()[0]): dict(zip(COLUMNS, row.split()[1:], strict=True))
    for row in _ROWS.strip().splitlines()
}


@attrs.define
class MeetingCase:
    """Status and plan of one meeting, while its facts are folded and afterwards.

    Attributes:
        history: Its changes of status.
        confirmed: The days on which the status was set or confirmed, each with the position of
            the event, in the order of their replay.
        planned: The planned date, while one is set.
        planned_by: The event that set it.
        first_planned: The first date that was planned.
        times_postponed: How often it was put off.
        waits_from: The day of the last announcement or postponement, as an ordinal.
        held: The event that records it as held.
        announced: The events that announced it or put it off, in the order of their replay.
    """

    history: StatusHistory[MeetingStatus] = attrs.field(factory=lambda: StatusHistory(M.NONE))
    confirmed: list[tuple[int, int]] = attrs.field(factory=list[tuple[int, int]])
    planned: EdtfDate | None = None
    planned_by: Fact | None = None
    first_planned: EdtfDate | None = None
    times_postponed: int = 0
    waits_from: int = 0
    held: Fact | None = None
    announced: list[Fact] = attrs.field(factory=list[Fact])

    @property
    def words(self) -> list[Fact]:
        """Return the events that describe it, the latest word first: its record above all."""
        return [*filter(None, [self.held]), *reversed(self.announced)]

    @property
    def status(self) -> MeetingStatus:
        """Return the status at the end of the facts folded so far."""
        return self.history.status

    @property
    def since(self) -> int:
        """Return the first day of the status, as an ordinal."""
        return self.history.since

    @property
    def set_by(self) -> int | None:
        """Return the position of the event that set the status, or confirmed it last."""
        return self.confirmed[-1][1] if self.confirmed else None

    def change_to(self, status: MeetingStatus, day: int, position: int) -> None:
        """Set the status from the day on, or confirm it by another event."""
        self.history.change_to(status, day, position)
        self.confirmed.append((day, position))


def cell(status: MeetingStatus, event_type: type[Event]) -> str:
    """Return the cell of the table for the act in the status; ``=`` for an act without a column."""
    column = ACTS.get(event_type)
    return "=" if column is None else TABLE[status][column]


def fold(facts: Iterable[Fact], meeting: str, *, day: Day) -> MeetingCase:
    """Return the case of the meeting at the end of the day.

    The facts are those that name it, in the order of their replay. A planned period that is
    over leaves it unrecorded from the day after.
    """
    return on_day(advance(meeting, MeetingCase(), facts), day, is_kept=False)


def advance(meeting: str, case: MeetingCase, facts: Iterable[Fact]) -> MeetingCase:
    """Return the case, changed by facts that name the meeting and replay after all before."""
    for fact in facts:
        event = fact.event
        # Other events are at the meeting, or within it.
        is_act = getattr(event, "meeting", None) == meeting
        word = cell(case.status, type(event)) if is_act else "="
        if word == "=" or word.startswith("E"):
            continue
        _let_pass(case, fact.effect - 1)
        case.change_to(M(word), fact.effect, fact.position)
        if isinstance(event, events.MeetingScheduled | events.MeetingPostponed):
            _plan(case, fact, event)
        if isinstance(event, events.MeetingHeld):
            case.held = fact
    return case


def first_date(case: MeetingCase, since: ReplayKey, until: ReplayKey | None) -> EdtfDate | None:
    """Return the date that the meeting first had between two places in the replay.

    It is the plan at the first place, else the first one after it, else the day on which the
    meeting was held. Without the second place there is no end.
    """
    planned: EdtfDate | None = None
    for fact in case.announced:
        if planned is not None and fact.replay_key > since:
            return planned
        if until is not None and fact.replay_key >= until:
            break
        planned = _planned_after(planned, fact.event)
    if planned is None and case.held is not None:
        is_within = until is None or case.held.replay_key < until
        planned = case.held.event.when if is_within else None
    return planned


def on_day(case: MeetingCase, day: Day, *, is_kept: bool) -> MeetingCase:
    """Return the case at the end of the day; one that is kept stays as it is itself."""
    if not _has_passed(case, day):
        return case
    later = copied(case) if is_kept else case
    _let_pass(later, day)
    return later


def _plan(
    case: MeetingCase, fact: Fact, event: events.MeetingScheduled | events.MeetingPostponed
) -> None:
    """Keep what is announced; only a postponement that names no date leaves none."""
    case.announced.append(fact)
    case.waits_from = fact.effect
    case.first_planned = case.first_planned or event.planned
    case.times_postponed += isinstance(event, events.MeetingPostponed)
    if event.planned is not None or isinstance(event, events.MeetingPostponed):
        case.planned, case.planned_by = event.planned, fact


def _planned_after(planned: EdtfDate | None, event: Event) -> EdtfDate | None:
    """Return the plan after an announcement, which may keep the one before."""
    said: EdtfDate | None = getattr(event, "planned", None)
    return said if isinstance(event, events.MeetingPostponed) else said or planned


def _let_pass(case: MeetingCase, day: Day) -> None:
    """Make a meeting unrecorded whose planned period is over without a record."""
    plan, last = case.planned_by, case.planned.last if case.planned is not None else None
    if _has_passed(case, day) and last is not None and plan is not None:
        case.change_to(M.UNRECORDED, max(last + 1, case.waits_from), plan.position)


def _has_passed(case: MeetingCase, day: Day) -> bool:
    """Return whether the planned period is over before the day, and nothing is recorded."""
    last = case.planned.last if case.planned is not None else None
    return case.status in WAITING and last is not None and last < day
