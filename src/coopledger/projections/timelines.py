"""The facts of a partnership as lines that a person reads."""

from coopledger.events.wording import about, told
from coopledger.facts import Fact
from coopledger.projections.answers import Moment
from coopledger.standings import Standings

__all__ = ["line", "timeline"]


def timeline(standings: Standings, partnership: str) -> tuple[Moment, ...]:
    """Everything about the partnership that counts by the day, in the order in which it counts."""
    return tuple(_moment(fact) for fact in standings.membership.acts(partnership))


def line(fact: Fact) -> str:
    """One event on one line: its id, its date, its type, what it is about, in which words."""
    return f"{fact.id}: {fact.event}"


def _moment(fact: Fact) -> Moment:
    """One line of the timeline."""
    event = fact.event
    return Moment(
        when=event.when,
        effective=event.effective,
        event=fact.id,
        type=type(event).__name__,
        about=about(event),
        text=told(event),
    )
