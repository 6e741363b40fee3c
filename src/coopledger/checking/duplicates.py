"""Acts that were likely recorded twice: of one type, about the same thing, on the same date."""

from collections.abc import Callable, Hashable, Iterator
from functools import cache
from typing import cast

import attrs

from coopledger import events
from coopledger.checking.concerns import Concern, about
from coopledger.events import Act, Event
from coopledger.events.references import references
from coopledger.facts import Fact, Visible

__all__ = ["duplicates"]

# What makes two acts of one day the same where it is not simply what they name.
SAME: dict[type[Event], tuple[str, ...]] = {
    events.MeetingScheduled: ("partnership", "kind", "series", "number", "planned"),
    events.MeetingHeld: ("partnership", "kind", "series", "number"),
    events.InterestExpressed: ("partnership", "by", "instrument", "text"),
    events.ProposalMade: ("partnership", "by", "instrument", "text"),
    events.CommitmentMade: ("partnership", "debtors", "creditors", "what"),
    events.ConditionMet: ("commitment", "condition"),
    events.ConditionFailed: ("commitment", "condition"),
    events.FigureReported: ("partnership", "measure", "period", "kinds"),
    events.ImplementationReported: ("partnership", "instrument", "period", "partners"),
    events.MilestoneReached: ("partnership", "instrument", "name"),
    events.StatementMade: ("partnership", "text"),
    events.StatusReported: ("subject", "state"),
}


def duplicates(visible: Visible) -> Iterator[Concern]:
    """C101: acts of the same type, subject and date under different ids."""
    alike: dict[Hashable, list[Fact]] = {}
    for fact in visible.all():
        event = fact.event
        if isinstance(event, Act):
            said = tuple(_folded(getattr(event, field)) for field in same_fields(type(event)))
            if any(said):  # A meeting held as announced says nothing, and is held but once.
                alike.setdefault((type(event), event.when, said), []).append(fact)
    for facts in alike.values():
        if len(facts) > 1:
            event = facts[0].event
            shared = [field for field in same_fields(type(event)) if getattr(event, field)]
            yield about(
                "C101",
                facts,
                f"{type(event).__name__} of {event.when} is recorded {len(facts)} times with the "
                f"same {', '.join(shared)}: retract what was recorded twice",
            )


def _folded(value: object) -> object:
    """The value; a text without regard to case and blanks, several in any order."""
    if isinstance(value, str):
        return " ".join(value.casefold().split())
    return frozenset(cast(tuple[str, ...], value)) if isinstance(value, tuple) else value


def _find_fields(cls: type[Event]) -> tuple[str, ...]:
    """The fields of the class that two records of one act share: what it names itself."""
    if cls in SAME:
        return SAME[cls]
    everywhere = attrs.fields_dict(Event)
    return tuple(name for name, _ in references(cls) if name not in everywhere)


# Asked for every act; the cast is for type checkers, which take the hash of a class for that of
# its instances.
same_fields: Callable[[type[Event]], tuple[str, ...]] = cast(
    Callable[[type[Event]], tuple[str, ...]], cache(_find_fields)
)
