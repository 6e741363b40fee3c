"""Event that asks to be recorded, with the snapshot just before its place in the replay."""

from collections.abc import Callable, Iterator
from functools import cached_property

import attrs

from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._rules.lives import Lives
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
        lives: Folded lives that follow the visible facts, to be carried on.
    """

    fact: Fact
    visible: Visible
    today: int
    own: "OwnChecks" = ()
    lives: Lives | None = None

    @cached_property
    def event(self) -> Event:
        """Return the event itself."""
        return self.fact.event

    @cached_property
    def before(self) -> Snapshot:
        """Return the snapshot just before the event's own place in the replay."""
        lives = self.lives.before if self.lives is not None else None
        key = self.fact.replay_key
        return Snapshot(self.visible, day=self.fact.effect, before=key, lives=lives)

    @cached_property
    def ever(self) -> Snapshot:
        """Return the snapshot after all that is visible has happened."""
        lives = self.lives.ever if self.lives is not None else None
        return Snapshot(self.visible, day=LAST_DAY, lives=lives)

    def without(self, position: int) -> "Candidate":
        """Return the candidate as it would be without a recorded event."""
        return attrs.evolve(self, visible=self.visible.without(position), lives=None)

    def exists(self, noun: Noun, name: str) -> bool:
        """Return whether the id is known as that noun."""
        return bool(self.visible.openings(noun, name))

    def noun_of(self, name: str) -> Noun | None:
        """Return the noun that the id names, if it is known."""
        return self.visible.noun_of(name)


Check = Callable[[Candidate], Iterator[Finding]]
OwnChecks = tuple[tuple[type[Event], Check], ...]
