"""Meetings of which nothing is recorded: planned and past, or left out of a series."""

from collections.abc import Iterator
from itertools import pairwise

from coopledger.checking.concerns import resting_on
from coopledger.errors import Finding
from coopledger.events import MeetingHeld, MeetingScheduled
from coopledger.facts import Fact
from coopledger.standings import Standings
from coopledger.terms import MeetingStatus, Noun

__all__ = ["skipped", "unrecorded"]


def unrecorded(standings: Standings) -> Iterator[Finding]:
    """C301: a meeting whose planned date is over, and of which nothing is recorded since."""
    for name in standings.visible.names(Noun.MEETING):
        standing = standings.meeting(name)
        planner = standing.planned_by
        if standing.status is MeetingStatus.UNRECORDED and planner is not None:
            message = (
                f"meeting: {name!r} was planned for {standing.planned}, and nothing is recorded "
                "since: was it held, put off or cancelled?"
            )
            yield resting_on([planner], Finding("C301", message, "meeting"))


def skipped(standings: Standings) -> Iterator[Finding]:
    """W301: numbers of a series between two that were held."""
    for series, held in _held_in_series(standings).items():
        for below, above in pairwise(sorted(held)):
            if above - below > 1:
                first, last = below + 1, above - 1
                missing = first if first == last else f"{first} to {last}"
                message = (
                    f"number: {below} and {above} of {series!r} were held, and no record says that "
                    f"of {missing}"
                )
                facts = [held[below], held[above]]
                yield resting_on(facts, Finding("W301", message, "number"))


def _held_in_series(standings: Standings) -> dict[str, dict[int, Fact]]:
    """The record of each meeting that was held as one of a series, by its number."""
    found: dict[str, dict[int, Fact]] = {}
    for fact in standings.visible.all():
        told = fact.event
        if not isinstance(told, MeetingScheduled | MeetingHeld):
            continue
        held = standings.meeting(told.meeting).held
        if held is not None and told.series is not None and told.number is not None:
            found.setdefault(told.series, {})[told.number] = held
    return found
