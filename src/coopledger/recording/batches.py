"""The events of one call: what was given, under which ids, and how findings speak of them."""

from collections.abc import Callable, Iterable, Sequence

import attrs

from coopledger.errors import ArgumentError, Finding, RefusedError
from coopledger.events import Event
from coopledger.events.envelope import stamped
from coopledger.fields import shown
from coopledger.tags import Vocabulary

__all__ = ["Batch", "to_record"]


@attrs.frozen
class Batch:
    """The events of one call.

    Attributes:
        events: The events, each with an id.
        made_up: The ids that the caller did not give.
    """

    events: tuple[Event, ...]
    made_up: frozenset[str | None]

    @classmethod
    def of(cls, events: Sequence[Event], new_id: Callable[[int], str]) -> "Batch":
        """The events; those without an id get one, made from their place in the call."""
        named = tuple(
            event if event.id else stamped(event, id=new_id(index))
            for index, event in enumerate(events)
        )
        given = {event.id for event in events}
        return cls(named, frozenset(event.id for event in named if event.id not in given))

    def as_asked(self, error: RefusedError) -> RefusedError:
        """The error without ids that the caller never gave, which are not kept."""
        return RefusedError(tuple(map(self._as_asked, error.findings)))

    def _as_asked(self, finding: Finding) -> Finding:
        """The finding; where no id tells which event it is about, its place does."""
        if finding.event_id not in self.made_up:
            return finding
        several = len(self.events) > 1
        where = f"event {finding.index} of {len(self.events)}" if several else None
        return attrs.evolve(finding, event_id=None, where=where)


def to_record(events: Iterable[object], *, by: str | None, vocabulary: Vocabulary) -> list[Event]:
    """The events, if each can be recorded; recorded by whom, where they do not say it.

    Raises:
        ArgumentError: One of them is no event, with what it is instead.
    """
    found: list[Event] = []
    for event in events:
        if not isinstance(event, Event) or type(event) not in vocabulary:
            raise ArgumentError("events", shown(event), _instead(event))
        named = by is None or event.recorded_by
        found.append(event if named else stamped(event, recorded_by=by or ""))
    return found


def _instead(value: object) -> str:
    """What somebody gave in the place of an event, and what would do."""
    if isinstance(value, list | tuple):
        return "is a list: give the events one by one, as in record(*events)"
    if isinstance(value, type) and issubclass(value, Event):
        return f"is the class: call it with its fields, as in {value.__name__}(when=...)"
    if isinstance(value, Event) and not type(value).__subclasses__():
        return "is of a pack that this ledger does not have: open it with packs=[it]"
    if isinstance(value, Event):
        return "is only what several types of events share: use one of those"
    return "is no event of coopledger.events"
