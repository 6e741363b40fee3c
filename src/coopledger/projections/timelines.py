"""The facts of a partnership as lines that a person reads."""

from collections.abc import Iterable

from coopledger.events.wording import about, told
from coopledger.facts import Fact
from coopledger.projections.answers import Moment
from coopledger.projections.sourcing import sources
from coopledger.standings import Standings

__all__ = ["line", "moments", "timeline"]


def timeline(standings: Standings, partnership: str) -> tuple[Moment, ...]:
    """Everything about the partnership that counts by the day, in the order in which it counts."""
    return moments(standings, standings.membership.acts(partnership))


def moments(standings: Standings, facts: Iterable[Fact]) -> tuple[Moment, ...]:
    """The facts as lines of a timeline, in their order."""
    return tuple(_moment(standings, fact) for fact in facts)


def line(fact: Fact) -> str:
    """One event on one line: its id, its date, its type, what it is about, in which words."""
    return f"{fact.id}: {fact.event}"


def _moment(standings: Standings, fact: Fact) -> Moment:
    """One line of the timeline."""
    event = fact.event
    return Moment(
        when=event.when,
        effective=event.effective,
        event=fact.id,
        type=type(event).__name__,
        about=about(event),
        text=told(event),
        sources=sources(standings, fact),
    )
