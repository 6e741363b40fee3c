"""Events that others are about, as they were before these came."""

from collections.abc import Sequence

from coopledger._facts.facts import Facts
from coopledger._frozen import frozen
from coopledger.events import Event
from coopledger.values import FrozenMapping


@frozen
class TargetsBefore:
    """Events of a ledger as they were just before the event at a position.

    Attributes:
        facts: All facts.
        before: The position.
    """

    facts: Facts
    before: int

    def versions(self, event_id: str) -> Sequence[Event]:
        """Return the event as first recorded and as last corrected; none if there is no such."""
        position = self.facts.position_of(event_id)
        if position is None or position >= self.before:
            return ()
        fact = self.facts.fact(position)
        then = self.facts.state_at(fact, self.before - 1)
        return (fact.event,) if then is None or then is fact else (fact.event, then.event)

    def corrected(self, event: Event, changes: FrozenMapping) -> Event:
        """Return the event with the changes of a correction."""
        return self.facts.corrected(event, changes)
