"""Event that asks to be recorded, with the snapshot just before its place in the replay."""

from collections.abc import Callable, Iterator
from functools import cached_property

import attrs

from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._snapshot import Snapshot
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.terms import Noun

LAST_DAY = 3652059  # 9999-12-31, the last day that a date value can hold.


@attrs.define(slots=False)
class Candidate:
    """Event that asks to be recorded.

    Attributes:
        fact: The event at the place that it would have.
        visible: The facts that are visible.
        today: The day of recording in the ledger's zone, as an ordinal.
        own: Checks beyond those of the library, each with the class of events that must pass it.
    """

    fact: Fact
    visible: Visible
    today: int
    own: "OwnChecks" = ()

    @cached_property
    def event(self) -> Event:
        """Return the event itself."""
        return self.fact.event

    @cached_property
    def before(self) -> Snapshot:
        """Return the snapshot just before the event's own place in the replay."""
        return Snapshot(self.visible, day=self.fact.effect, before=self.fact.replay_key)

    @cached_property
    def ever(self) -> Snapshot:
        """Return the snapshot after all that is visible has happened."""
        return Snapshot(self.visible, day=LAST_DAY)

    def exists(self, noun: Noun, name: str) -> bool:
        """Return whether the id is known as that noun."""
        return bool(self.visible.openings(noun, name))

    def noun_of(self, name: str) -> Noun | None:
        """Return the noun that the id names, if it is known."""
        return self.visible.noun_of(name)


Check = Callable[[Candidate], Iterator[Finding]]
OwnChecks = tuple[tuple[type[Event], Check], ...]
