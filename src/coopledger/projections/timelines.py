"""The facts of a partnership as lines that a person reads."""

from coopledger.events import Event
from coopledger.facts import Fact
from coopledger.projections.answers import Moment
from coopledger.standings import Standings

__all__ = ["line", "timeline", "told"]

# The fields that say what an event is about, most telling first.
ABOUT = (
    "commitment",
    "proposal",
    "instrument",
    "meeting",
    "figure",
    "subject",
    "partnership",
    "party",
)
# The fields that say it in words, most telling first.
WORDS = ("what", "text", "measure", "name", "title", "reason", "summary", "result", "kind", "note")


def timeline(standings: Standings, partnership: str) -> tuple[Moment, ...]:
    """Everything about the partnership that counts by the day, in the order in which it counts."""
    return tuple(_moment(fact) for fact in standings.membership.acts(partnership))


def line(fact: Fact) -> str:
    """One event on one line: its id, its date, its type, what it is about, in which words."""
    event = fact.event
    when = f"{event.when}" if event.when is not None else "undated"
    counted = f" (counts from {event.effective})" if event.effective is not None else ""
    words = told(event)
    return f"{fact.id}: {when}{counted} {type(event).__name__} {_about(event)}" + (
        f", {words}" if words else ""
    )


def told(event: Event) -> str:
    """Who did what, in the words of the record."""
    by = getattr(event, "by", ()) or getattr(event, "debtors", ())
    words = next((str(value) for name in WORDS if (value := getattr(event, name, None))), "")
    return ": ".join(part for part in (", ".join(by), words) if part)


def _moment(fact: Fact) -> Moment:
    """One line of the timeline."""
    event = fact.event
    return Moment(
        when=event.when,
        effective=event.effective,
        event=fact.id,
        type=type(event).__name__,
        about=_about(event),
        text=told(event),
    )


def _about(event: Event) -> str:
    """The id of what the event is about."""
    return next((value for name in ABOUT if (value := getattr(event, name, None))), "")
