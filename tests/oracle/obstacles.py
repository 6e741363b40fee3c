"""Obstacles: what stands in the way of a thing, until it is removed."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.oracle.facts import Fact, VisibleFacts, effect_of, replay_key

__all__ = ["Obstacle", "obstacle", "open_on"]


@dataclass(frozen=True)
class Obstacle:
    """Obstacle as of one day: its report, its removal, and 'who was asked last' about it."""

    report: Fact
    removal: Fact | None
    reminder: Fact | None


def obstacle(visible: VisibleFacts, name: str, day: int) -> Obstacle | None:
    """Return the obstacle by the end of the day; None before it was reported."""
    facts = [fact for fact in visible.until(day) if fact.get("obstacle") == name]
    reports = [fact for fact in facts if fact["type"] == "ObstacleReported"]
    removals = [fact for fact in facts if fact["type"] == "ObstacleRemoved"]
    if not reports:
        return None
    report, removal = reports[0], min(removals, key=replay_key, default=None)
    asked = [
        fact
        for fact in visible.until(day)
        if fact["type"] == "ReminderSent"
        and fact["subject"] == report["subject"]
        and replay_key(report) < replay_key(fact)
        and (removal is None or replay_key(fact) < replay_key(removal))
    ]
    return Obstacle(report, removal, max(asked, key=replay_key, default=None))


def open_on(
    visible: VisibleFacts, day: int, concerns: Callable[[Fact], bool]
) -> tuple[int, set[str | None]] | None:
    """Return since when one stands in the way, and the reports, where a report concerns it."""
    every = [obstacle(visible, name, day) for name in visible.names("obstacle")]
    reports = [each.report for each in every if each and not each.removal and concerns(each.report)]
    if not reports:
        return None
    return min(map(effect_of, reports)), {fact["id"] for fact in reports}
