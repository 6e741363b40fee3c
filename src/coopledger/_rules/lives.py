"""Folded lives of things, kept from one event that asks to be recorded to the next one.

Each rests on its own facts, which are compared, and on the parties in it, of which none was ever
taken over. Facts that replay after these carry it on; anything else has it folded from the start.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

import attrs

from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._rules.case import copied
from coopledger.events import (
    Correction,
    PartyJoined,
    PartyLeft,
    PartyRegistered,
    PartySucceeded,
    SameAs,
)
from coopledger.terms import Noun

UNSETTLING = (Correction, PartyJoined, PartyLeft, PartyRegistered, PartySucceeded, SameAs)
MOST_KEPT = 5000
DEEPEST = 6  # lives of one thing
FARTHEST = 32  # facts from one such life to the next but one
LONGEST_STEP = 1000  # Looking at so many new facts would cost more than folding again.

Thing: TypeAlias = tuple[Noun, str]


@attrs.frozen
class Life:
    """Life of one thing, folded from its facts.

    Attributes:
        facts: The facts, in the order of their replay.
        case: The case after them, before any more time passes.
        parties: The parties, and the partnership, on which it rests.
        answers: Facts of other things on which it rests, by the thing.
    """

    facts: Sequence[Fact]
    case: Any
    parties: frozenset[str] = frozenset()
    answers: Mapping[str, Sequence[Fact]] = attrs.field(factory=dict[str, Sequence[Fact]])


class KeptLives:
    """Lives that were folded last, of which so many are kept.

    Of a thing with many facts some shorter lives are kept too: what is recorded out of the order of
    its days goes on from the longest one before it.

    Attributes:
        themselves: Parties from which nobody ever took over.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.themselves: set[str] = set()
        self._kept: dict[Thing, list[Life]] = {}

    def forget(self) -> None:
        """Forget every life."""
        self._kept.clear()
        self.themselves.clear()

    def begun(self, thing: Thing, facts: Sequence[Fact]) -> Life | None:
        """Return the life that was folded from the first of the facts; None if none is kept."""
        lives = self._kept.get(thing, [])
        while lives and lives[-1].facts != facts[: len(lives[-1].facts)]:
            lives.pop()
        return lives[-1] if lives else None

    def keep(self, thing: Thing, life: Life) -> None:
        """Keep the life of the thing."""
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        lives = self._kept.setdefault(thing, [])
        while lives and len(lives[-1].facts) >= len(life.facts):
            lives.pop()
        while len(lives) > 1 and len(life.facts) - len(lives[-2].facts) <= FARTHEST:
            lives.pop()
        lives.append(life)
        del lives[:-DEEPEST]

    def carried_on(
        self,
        thing: Thing,
        facts: Sequence[Fact],
        life: Life,
        advance: Callable[[Any, Sequence[Fact]], Any],
        *,
        parties: AbstractSet[str] = frozenset(),
    ) -> Any:  # noqa: ANN401 - the case of any noun
        """Return the case after all the facts, of which the life holds the first, and keep it.

        ``advance`` changes a case by later facts, and adds to the parties that it looks up.
        """
        later = facts[len(life.facts) :]
        if not later:
            return life.case
        case = advance(copied(life.case), later)
        rests_on = life.parties.union(parties)
        self.keep(thing, Life(facts, case, rests_on, life.answers))
        return case


class Lives:
    """Lives just before the place of the last event, and lives after all that is visible.

    Attributes:
        before: The lives before the place of an event.
        ever: The lives after everything.
        free: By a field, a thing and another one: that the one may depend on the other. What would
            close a circle later is refused itself.

    Ids that are known are kept too. Both stay so until an event is corrected or retracted.
    """

    def __init__(self, *, of_one_log: bool = False) -> None:
        """Keep nothing yet; where each event of one log is left out in turn, keep no ids."""
        self._keeps_ids = not of_one_log
        self.before: KeptLives = KeptLives()
        self.ever: KeptLives = KeptLives()
        self.free: set[tuple[str, str, str]] = set()
        self._nouns: dict[str, Noun] = {}
        self._position = 0
        self._last: Fact | None = None

    def follow(self, visible: Visible) -> None:
        """Forget every life, if facts that became visible since may have changed any of them."""
        last, goes_on = visible.up_to, self._is_in(visible)
        if last == self._position and goes_on:
            return
        # Each event about another one is among the new facts itself.
        new: list[Fact] = []
        if goes_on and last - self._position <= LONGEST_STEP:
            new = [visible.as_recorded(at) for at in range(self._position + 1, last + 1)]
        if not new or any(isinstance(fact.event, UNSETTLING) for fact in new):
            self.before.forget()
            self.ever.forget()
        if not new or any(isinstance(fact.event, Correction) for fact in new):
            self._nouns.clear()
            self.free.clear()
        else:
            self._learn(new)
        self._position, self._last = last, visible.as_recorded(last) if last else None

    def _learn(self, new: Sequence[Fact]) -> None:
        """Keep the ids that the facts bring into the ledger, which are mostly named next."""
        for event in (fact.event for fact in new):
            noun = event.__opens__
            if noun is not None:
                self.keep_known(noun, getattr(event, noun))

    def _is_in(self, visible: Visible) -> bool:
        """Return whether the last fact that was followed is still the one at its place."""
        if self._position > visible.up_to or self._last is None:
            return False
        return visible.as_recorded(self._position) is self._last

    def knows(self, nouns: Collection[Noun], name: str) -> bool:
        """Return whether the id was seen to be known as one of the nouns."""
        return self._nouns.get(name) in nouns

    def keep_free(self, field: str, own: str, name: str) -> None:
        """Keep that the thing may depend on the other one."""
        if len(self.free) >= MOST_KEPT:
            self.free.clear()
        self.free.add((field, own, name))

    def keep_known(self, noun: Noun, name: str) -> None:
        """Keep that the id is known as the noun."""
        if len(self._nouns) >= MOST_KEPT:
            self._nouns.clear()
        if self._keeps_ids:
            self._nouns[name] = noun
