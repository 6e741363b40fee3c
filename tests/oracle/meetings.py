"""Meetings of section 7: scheduled, postponed, cancelled, held, or never recorded."""

from dataclasses import dataclass, field

from tests.oracle.days import bounds
from tests.oracle.facts import Fact, VisibleFacts, effect_of
from tests.oracle.status_history import StatusHistory

__all__ = ["MEETINGS", "Meeting", "meeting"]

MEETINGS = {
    "MeetingScheduled": "scheduled",
    "MeetingPostponed": "postponed",
    "MeetingCancelled": "cancelled",
    "MeetingHeld": "held",
}


@dataclass
class Meeting:
    """Meeting, and the history of its status."""

    history: StatusHistory = field(default_factory=StatusHistory)
    said_by: str | None = None
    planned: str | None = None
    planner: str | None = None
    planned_from: int = 0
    held: Fact | None = None


def meeting(visible: VisibleFacts, name: str, day: int) -> Meeting:
    """Fold the meeting from scratch."""
    found = Meeting()
    for fact in visible.until(day):
        if fact.get("meeting") == name and fact["type"] in MEETINGS:
            _pass(found, effect_of(fact))
            _act(found, fact)
    _pass(found, day)
    return found


def _act(found: Meeting, fact: Fact) -> None:
    if found.held is not None:
        return
    found.history.change_to(effect_of(fact), MEETINGS[fact["type"]], fact["id"])
    found.said_by = fact["id"]
    if fact["type"] == "MeetingHeld":
        found.held = fact
    elif fact["type"] in {"MeetingScheduled", "MeetingPostponed"}:
        found.planned, found.planned_from = fact.get("planned"), effect_of(fact)
        found.planner = fact["id"] if found.planned else None


def _pass(found: Meeting, day: int) -> None:
    """Let time pass: a planned meeting without a record is unrecorded."""
    last = bounds(found.planned)[1] if found.planned else None
    if last is not None and last < day and found.history.value in {"scheduled", "postponed"}:
        found.history.change_to(max(last + 1, found.planned_from), "unrecorded", found.planner)
        found.said_by = found.planner
