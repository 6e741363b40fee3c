"""Series of meetings: the numbers held and missing, the next one, and when it is due."""

from typing import Any

from tests.oracle.days import bounds, recurring, settled
from tests.oracle.facts import VisibleFacts, replay_key
from tests.oracle.meetings import MEETINGS, Meeting, meeting

__all__ = ["series"]


def series(visible: VisibleFacts, name: str, day: int) -> dict[str, Any] | None:
    """Return what is told of the series; None where no meeting known is one of it."""
    if not any(fact.get("series") == name for fact in visible.known):
        return None
    folded = {each: meeting(visible, each, day) for each in visible.names("meeting")}
    members = {each: case for each, case in folded.items() if case.series == name}
    held = sorted({case.number for case in members.values() if case.held and case.number})
    known = sorted(
        {case.number for case in members.values() if case.number and case.history.value != "none"}
    )
    following = held[-1] + 1 if held else (known[0] if known else None)
    due = _due(visible, members, day)
    last = bounds(due)[1] if due else None
    return {
        "last": held[-1] if held else None,
        "missing": [str(n) for n in range(held[0], held[-1]) if n not in held] if held else [],
        "next": following,
        "next_due": due,
        "every_months": _every(visible, members, day),
        "flags": ["session_overdue"] if last is not None and last < day else [],
    }


def _every(visible: VisibleFacts, members: dict[str, Meeting], day: int) -> int | None:
    """Return the months between two meetings: 'the last said counts'."""
    said = [
        fact["every_months"]
        for fact in visible.until(day)
        if fact["type"] in MEETINGS
        and fact.get("meeting") in members
        and fact.get("every_months")
        # What is announced after the meeting was held changes nothing.
        and _counts(fact, members[fact["meeting"]])
    ]
    return said[-1] if said else None


def _counts(fact: dict[str, Any], case: Meeting) -> bool:
    return case.held is None or replay_key(fact) <= replay_key(case.held)


def _due(visible: VisibleFacts, members: dict[str, Meeting], day: int) -> str | None:
    """Return the date so many months after the last meeting that was held."""
    months = _every(visible, members, day)
    held = [case.held for case in members.values() if case.held]
    if months is None or not held:
        return None
    last = max(
        held,
        key=lambda fact: (
            bounds(fact["when"])[0] is not None,
            settled(fact["when"]),
            replay_key(fact),
        ),
    )
    return recurring(last["when"], months)
