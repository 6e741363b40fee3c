"""Where each act leads a meeting from each status: the table of section 7 of the domain."""

from collections.abc import Iterable

import attrs

from coopledger import events
from coopledger._facts.index import Fact
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
    """Where a meeting stands, while its facts are folded and afterwards.

    Attributes:
        turns: The turns of its status.
        set_by: The position of the event that last said so.
        planned: The planned date, while one is set.
        planned_by: The event that set it.
        held: The event that records it as held.
        announced: The event that first announced it.
    """

    turns: StatusHistory[MeetingStatus] = attrs.field(factory=lambda: StatusHistory(M.NONE))
    set_by: int | None = None
    planned: EdtfDate | None = None
    planned_by: Fact | None = None
    held: Fact | None = None
    announced: Fact | None = None

    @property
    def status(self) -> MeetingStatus:
        """The status now."""
        return self.turns.status

    @property
    def since(self) -> int:
        """The first day of the status, as an ordinal."""
        return self.turns.since

    def turn(self, status: MeetingStatus, day: int, position: int) -> None:
        """Turn to the status, or say it once more."""
        self.turns.take(status, day, position)
        self.set_by = position


def cell(status: MeetingStatus, event_type: type[Event]) -> str:
    """What the table says of the act in the status; ``=`` for an act that it does not list."""
    column = ACTS.get(event_type)
    return "=" if column is None else TABLE[status][column]


def fold(facts: Iterable[Fact], meeting: str, *, day: int) -> MeetingCase:
    """Where the meeting stands at the end of the day.

    The facts are those that name it, in the order of their replay. A planned period that is
    over leaves it unrecorded from the day after.
    """
    standing = MeetingCase()
    for fact in facts:
        event = fact.event
        said = cell(standing.status, type(event)) if _is_about(event, meeting) else "="
        if said == "=" or said.startswith("E"):
            continue
        _let_pass(standing, fact.effect - 1)
        standing.turn(M(said), fact.effect, fact.position)
        if isinstance(event, events.MeetingScheduled | events.MeetingPostponed):
            standing.planned, standing.planned_by = event.planned, fact
        if isinstance(event, events.MeetingScheduled):
            standing.announced = standing.announced or fact
        if isinstance(event, events.MeetingHeld):
            standing.held = fact
    _let_pass(standing, day)
    return standing


def _is_about(event: Event, meeting: str) -> bool:
    """Whether the event is an act on the meeting, rather than one at it or within it."""
    return getattr(event, "meeting", None) == meeting


def _let_pass(standing: MeetingCase, day: int) -> None:
    """A meeting whose planned period is over without a record is unrecorded, once planned so."""
    plan = standing.planned_by
    waiting = standing.status in {M.SCHEDULED, M.POSTPONED}
    last = standing.planned.last if standing.planned is not None else None
    if waiting and last is not None and last < day and plan is not None:
        standing.turn(M.UNRECORDED, max(last + 1, plan.effect), plan.position)
