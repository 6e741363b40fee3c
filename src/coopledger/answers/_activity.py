"""Last things that the parties of a partnership did, and the last words that anybody said."""

from bisect import bisect_right
from typing import Any

from coopledger._dates.asked_day import Day
from coopledger._dates.marks import day_lent, is_doubtful_before
from coopledger._facts.index import BEGINNING, Fact
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.dates import EdtfDate
from coopledger.events import (
    Contact,
    CooperationGivenUp,
    CooperationResumed,
    Deed,
    Event,
    FigureReported,
    ObstacleRemoved,
    ObstacleReported,
    PartnershipClosed,
    ReminderSent,
    StatusReported,
)

# By these somebody said something, of the parties or about them.
HEARD: tuple[type[Event], ...] = (
    *(Contact, StatusReported, FigureReported, PartnershipClosed),
    *(ObstacleReported, ObstacleRemoved, CooperationGivenUp, CooperationResumed),
)


@frozen
class Activity:
    """Last things of a sort by the day; nothing after it counts.

    Attributes:
        last: The last one on a known day; where there is none, the last one.
        latest: The last one, on a known day or not.
        earliest: The day, as an ordinal, before which the last one on a known day cannot be.
    """

    last: Fact | None
    latest: Fact | None
    earliest: int

    @property
    def shown(self) -> EdtfDate | None:
        """Return the day of the last one, with its mark."""
        when = self.last.event.when if self.last is not None else None
        return day_lent(when) if when is not None else None

    def is_doubtful_before(self, day: Day) -> bool:
        """Return whether it is uncertain that the last one was before the day.

        Its date may be fuzzy, or another one on a day that is not known may have been later.
        """
        if self.last is None or self.latest is None or self.earliest >= day:
            return False
        when = self.last.event.when
        is_fuzzy_there = when is not None and is_doubtful_before(when, day)
        return is_fuzzy_there or self.last.act < day <= self.latest.act


def activity(snapshot: Snapshot, name: str) -> Activity:
    """Return the last things that the parties of the partnership did."""
    return _by_the_day(snapshot, snapshot.for_days(_deeds, name))


def heard(snapshot: Snapshot, name: str) -> Activity:
    """Return the last words that anybody said about the partnership, or in it."""
    return _by_the_day(snapshot, snapshot.for_days(_words, name))


# Day by which a thing counts, and what `Activity` holds after it.
_Step = tuple[int, Fact, Fact, int]


def _by_the_day(snapshot: Snapshot, steps: list[_Step]) -> Activity:
    """Return what holds after the last step by the day."""
    count = bisect_right(steps, snapshot.day, key=_counts_from)
    return Activity(*steps[count - 1][1:]) if count else Activity(None, None, BEGINNING)


def _deeds(snapshot: Snapshot, name: str) -> list[_Step]:
    """Return what the parties did, in the order of the days by which it counts."""
    return _steps(snapshot, name, (Deed,))


def _words(snapshot: Snapshot, name: str) -> list[_Step]:
    """Return what was said, in the same order."""
    return _steps(snapshot, name, HEARD)


def _is_of(fact: Fact, kinds: tuple[type[Event], ...]) -> bool:
    """Return whether the fact is of one of the kinds: our own reminders are nothing heard."""
    return isinstance(fact.event, kinds) and not isinstance(fact.event, ReminderSent)


def _steps(snapshot: Snapshot, name: str, kinds: tuple[type[Event], ...]) -> list[_Step]:
    """Return the facts of some kinds, each with the last ones up to it."""
    facts = snapshot.contents.facts_of(name)
    dated = [(max(fact.act, fact.effect), fact) for fact in facts if _is_of(fact, kinds)]
    dated.sort(key=_counts_from)
    found: list[_Step] = []
    known: Fact | None = None
    latest: Fact | None = None
    earliest = BEGINNING
    for day, fact in dated:
        start = fact.event.when.first if fact.event.when is not None else None
        latest = fact if latest is None or _is_later(fact, latest) else latest
        if start is not None:
            known = fact if known is None or _is_later(fact, known) else known
            earliest = max(earliest, start)
        found.append((day, known or latest, latest, earliest))
    return found


def _is_later(fact: Fact, other: Fact) -> bool:
    """Return whether the act is of a later day than the other, or replays after it on that day."""
    return fact.act > other.act or (fact.act == other.act and fact.replay_key > other.replay_key)


def _counts_from(step: tuple[Any, ...]) -> int:
    """Return the day by which a thing counts."""
    day: int = step[0]
    return day
