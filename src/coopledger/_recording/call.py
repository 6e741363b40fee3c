"""Events of one call: those that the caller gave, and the ids that were made for them."""

from collections.abc import Callable, Sequence

import attrs

from coopledger._frozen import frozen
from coopledger.errors import Finding, RefusedError
from coopledger.events import Event
from coopledger.events.envelope import stamped


@frozen
class Call:
    """Events of one call of `record`.

    Attributes:
        events: The events, each with an id.
        generated_ids: The ids that the caller did not give.
    """

    events: tuple[Event, ...]
    generated_ids: frozenset[str | None]

    @classmethod
    def of(cls, events: Sequence[Event], new_id: Callable[[int], str]) -> "Call":
        """Return the events, each with an id: a new one, made from its index, where it has none."""
        identified, generated = list[Event](), set[str | None]()
        for index, event in enumerate(events):
            if event.id:
                identified.append(event)
            else:
                generated.add(event_id := new_id(index))
                identified.append(stamped(event, id=event_id))
        generated.difference_update([event.id for event in events])
        return cls(tuple(identified), frozenset(generated))

    def without_generated_ids(self, error: RefusedError) -> RefusedError:
        """Return the error without ids that the caller never gave, which are not kept."""
        return RefusedError(tuple(map(self._without_generated_id, error.findings)))

    def _without_generated_id(self, finding: Finding) -> Finding:
        """Return the finding; its index says which event it is about where no id can."""
        if finding.event_id not in self.generated_ids:
            return finding
        count = len(self.events)
        where = f"event {finding.index} of {count}" if count > 1 else None
        return attrs.evolve(finding, event_id=None, where=where)
