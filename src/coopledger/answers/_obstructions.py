"""Obstacles that stand in the way of a thing on the day."""

from collections.abc import Iterable

from coopledger._dates.lazy_types import Date
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import first_day
from coopledger.events import ObstacleRemoved, ObstacleReported
from coopledger.terms import Flag


@frozen
class Obstruction:
    """Obstacles in the way of one thing.

    Attributes:
        reports: The reports of those that are not removed.
    """

    reports: tuple[Fact, ...] = ()

    @property
    def since(self) -> Date | None:
        """Return the first day of the oldest one."""
        return first_day(min((fact.effect for fact in self.reports), default=None))

    @property
    def flags(self) -> list[tuple[Flag, int]]:
        """Return the flag that one of them stands in the way, with each report."""
        return [(Flag.OBSTRUCTED, fact.position) for fact in self.reports]


def obstruction(snapshot: Snapshot, name: str) -> Obstruction:
    """Return what stands in the way of the thing with the id."""
    return obstructing(snapshot, reports(snapshot, name))


def obstructing(snapshot: Snapshot, facts: Iterable[Fact]) -> Obstruction:
    """Return those of the reports whose obstacles are not removed."""
    return Obstruction(
        tuple(
            fact
            for fact in facts
            if isinstance(fact.event, ObstacleReported)
            and removal(snapshot, fact.event.obstacle) is None
        )
    )


def reports(snapshot: Snapshot, name: str) -> list[Fact]:
    """Return the reports of what stands in the way of the thing, removed since or not."""
    return [
        fact
        for fact in snapshot.facts(name)
        if isinstance(fact.event, ObstacleReported) and fact.event.subject == name
    ]


def removal(snapshot: Snapshot, obstacle: str) -> Fact | None:
    """Return the first event that removed the obstacle by the day."""
    facts = snapshot.facts(obstacle)
    return next((fact for fact in facts if isinstance(fact.event, ObstacleRemoved)), None)
