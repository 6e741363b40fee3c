"""Event that asks to be recorded, with the snapshot just before its place in the replay."""

from collections.abc import Callable, Iterator
from typing import Literal

import attrs

from coopledger._facts.index import Fact, by_replay_key
from coopledger._facts.visible import Visible
from coopledger._rules.lives import Lives
from coopledger._snapshot import Snapshot
from coopledger._validation.ties import Graphs, Tie
from coopledger.errors import Finding
from coopledger.events import CommitmentMade, Event
from coopledger.terms import Noun

LAST_DAY = 3652059  # 9999-12-31, the last day that a date value can hold.


def _event_of(candidate: "Candidate") -> Event:
    """Return the event of the fact."""
    return candidate.fact.event


@attrs.define
class Candidate:
    """Event that asks to be recorded.

    Attributes:
        fact: The event at the place that it would have.
        event: The event itself.
        visible: The facts that are visible.
        today: The day of recording in the ledger's zone, as an ordinal.
        index: Its place in a call that records several, from 1.
        own: Checks beyond those of the library, each with the class of events that must pass it.
        lives: Folded lives that follow the visible facts, to be carried on.
        graphs: What everything depends on, where a whole log is checked.
    """

    fact: Fact
    visible: Visible
    today: int
    index: int | None = None
    own: "OwnChecks" = ()
    lives: Lives | None = None
    graphs: Graphs | None = None

    event: Event = attrs.field(init=False, default=attrs.Factory(_event_of, takes_self=True))
    _before: Snapshot | None = attrs.field(default=None, init=False)
    _ever: Snapshot | None = attrs.field(default=None, init=False)
    _noun_of_own: "Noun | Literal[False] | None" = attrs.field(default=False, init=False)

    @property
    def before(self) -> Snapshot:
        """Return the snapshot just before the event's own place in the replay."""
        if self._before is None:
            lives, key = self.lives.before if self.lives else None, self.fact.replay_key
            self._before = Snapshot(self.visible, day=key[0], before=key, lives=lives)
        return self._before

    @property
    def ever(self) -> Snapshot:
        """Return the snapshot after all that is visible has happened."""
        if self._ever is None:
            lives = self.lives.ever if self.lives else None
            self._ever = Snapshot(self.visible, day=LAST_DAY, lives=lives)
        return self._ever

    @property
    def ever_with_own(self) -> Snapshot:
        """Return the snapshot after all has happened, with the event too if it is recorded."""
        return self.ever if self.graphs is None else self.graphs.ever

    def as_read(self) -> "Candidate":
        """Return the candidate as it will be read: a duplicate named in it names the other."""
        merged = self.visible.merged
        fact = merged.fact(self.fact) if merged.same else self.fact
        return self if fact is self.fact else attrs.evolve(self, fact=fact)

    def without(self, position: int) -> "Candidate":
        """Return the candidate as it would be without a recorded event."""
        return attrs.evolve(self, visible=self.visible.without(position), lives=None, graphs=None)

    def exists(self, noun: Noun, name: str) -> bool:
        """Return whether the id is known as that noun."""
        return self.is_one_of((noun,), name)

    def is_one_of(self, nouns: tuple[Noun, ...], name: str) -> bool:
        """Return whether the id is known as one of the nouns."""
        if self.lives is None:
            return any(self.visible.openings(noun, name) for noun in nouns)
        if self.lives.knows(nouns, name):
            self.visible.rest_on((name,))
            return True
        noun = next((noun for noun in nouns if self.visible.openings(noun, name)), None)
        if noun is not None:
            self.lives.keep_known(noun, name)
        return noun is not None

    def is_free(self, tie: Tie, own: str, name: str) -> bool:
        """Return whether the thing is known to depend on the other one, and closes no circle."""
        if self.graphs is not None:
            return self.graphs.is_free(tie, own, name)
        return self.lives is not None and (tie.field, own, name) in self.lives.free

    def keep_free(self, tie: Tie, own: str, name: str) -> None:
        """Keep that the thing closes no circle if it depends on the other one."""
        if self.lives is not None:
            self.lives.keep_free(tie.field, own, name)

    def noun_of(self, name: str) -> Noun | None:
        """Return the noun that the id names, if it is known."""
        return self.visible.noun_of(name)

    @property
    def noun_of_own(self) -> Noun | None:
        """Return the noun that the id which the event brings in names already, if it does."""
        if self._noun_of_own is False:
            noun = self.event.__opens__
            self._noun_of_own = None if noun is None else self.noun_of(getattr(self.event, noun))
        return self._noun_of_own

    def made(self, commitment: str) -> Fact | None:
        """Return the event that makes the commitment, at whatever place in the replay."""
        return min(
            self.visible.openings(Noun.COMMITMENT, commitment), key=by_replay_key, default=None
        )

    def terms(self, commitment: str) -> CommitmentMade | None:
        """Return the commitment as made; None while only acts on it are known."""
        made = self.made(commitment)
        return made.event if made is not None and isinstance(made.event, CommitmentMade) else None


Check = Callable[[Candidate], Iterator[Finding]]
OwnChecks = tuple[tuple[type[Event], Check], ...]
