"""Meetings of docs/reference/rules.md: scheduled, postponed, cancelled, held, or never recorded."""

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
    first_planned: str | None = None
    times_postponed: int = 0
    place: str | None = None
    host: str | None = None
    series: str | None = None
    number: int | None = None


def meeting(visible: VisibleFacts, name: str, day: int) -> Meeting:
    """Fold the meeting from scratch."""
    result = Meeting()
    for fact in visible.until(day):
        if fact.get("meeting") == name and fact["type"] in MEETINGS:
            _pass(result, effect_of(fact))
            _act(result, fact)
    _pass(result, day)
    return result


def _act(result: Meeting, fact: Fact) -> None:
    if result.held is not None:
        return
    result.history.change_to(effect_of(fact), MEETINGS[fact["type"]], fact["id"])
    result.said_by = fact["id"]
    result.place = fact.get("place") or result.place
    result.host = fact.get("host") or result.host
    result.series = fact.get("series") or result.series
    result.number = fact.get("number") or result.number
    if fact["type"] == "MeetingHeld":
        result.held = fact
    elif fact["type"] in {"MeetingScheduled", "MeetingPostponed"}:
        result.planned_from = effect_of(fact)
        result.first_planned = result.first_planned or fact.get("planned")
        result.times_postponed += fact["type"] == "MeetingPostponed"
        if fact.get("planned") or fact["type"] == "MeetingPostponed":
            # 'Takes what the new announcement says and keeps what it does not say (a
            # postponement without a plan leaves none).'
            result.planned = fact.get("planned")
            result.planner = fact["id"] if result.planned else None


def _pass(result: Meeting, day: int) -> None:
    """Let time pass: a planned meeting without a record is unrecorded."""
    last = bounds(result.planned)[1] if result.planned else None
    if last is not None and last < day and result.history.value in {"scheduled", "postponed"}:
        result.history.change_to(max(last + 1, result.planned_from), "unrecorded", result.planner)
        result.said_by = result.planner
