"""One event that asks to be recorded, and the snapshot just before its own place."""

from collections.abc import Callable, Iterator
from functools import cached_property

import attrs

from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._snapshot import Snapshot
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.terms import Noun


@attrs.define(slots=False)
class Candidate:
    """An event that asks to be recorded.

    Attributes:
        fact: The event at the place that it would have.
        visible: What is visible.
        today: The day of recording in the ledger's zone, as an ordinal.
        own: Checks beyond those of the library, each with the class of events that must pass it.
        event: The event itself.
    """

    fact: Fact
    visible: Visible
    today: int
    own: "OwnChecks" = ()
    event: Event = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Look the event up once; every check asks for it."""
        self.event = self.fact.event

    @cached_property
    def before(self) -> Snapshot:
        """Where everything stands just before the event's own place."""
        return Snapshot(self.visible, day=self.fact.effect, before=self.fact.replay_key)

    @cached_property
    def ever(self) -> Snapshot:
        """Where everything stands when all that is visible has happened."""
        return Snapshot(self.visible, day=LAST_DAY)

    def exists(self, noun: Noun, name: str) -> bool:
        """Whether the id is known as that noun."""
        return bool(self.visible.openings(noun, name))

    def noun_of(self, name: str) -> Noun | None:
        """What the id stands for, if it is known."""
        return self.visible.noun_of(name)


LAST_DAY = 3652059  # 9999-12-31, the last day that a date value can hold.

Check = Callable[[Candidate], Iterator[Finding]]
OwnChecks = tuple[tuple[type[Event], Check], ...]
