"""Folded lives of things, kept from one event that asks to be recorded to the next one.

Each rests on its own facts, which are compared, and on the parties in it, of which none was ever
taken over. Facts that replay after these carry it on; anything else has it folded from the start.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, TypeAlias

import attrs

from coopledger._facts.index import Fact
from coopledger._facts.visible import Visible
from coopledger._rules.case import copied
from coopledger.events import Correction, PartyRegistered, PartySucceeded
from coopledger.terms import Noun

UNSETTLING = (Correction, PartyRegistered, PartySucceeded)
MOST_KEPT = 5000
LONGEST_STEP = 1000  # Looking at so many new facts would cost more than folding again.

Thing: TypeAlias = tuple[Noun, str]


@attrs.frozen
class Life:
    """Life of one thing, folded from its facts.

    Attributes:
        facts: The facts, in the order of their replay.
        case: The case after them, before any more time passes.
        basis: Whatever else is known of the thing, to be compared.
        parties: The parties on which it rests.
        answers: Facts of other things on which it rests, by the thing.
    """

    facts: Sequence[Fact]
    case: Any
    basis: Any = None
    parties: frozenset[str] = frozenset()
    answers: Mapping[str, Sequence[Fact]] = attrs.field(factory=dict[str, Sequence[Fact]])


class KeptLives:
    """Lives that were folded last, of which so many are kept."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: dict[Thing, Life] = {}

    def forget(self) -> None:
        """Forget every life."""
        self._kept.clear()

    def begun(self, thing: Thing, facts: Sequence[Fact], *, basis: object = None) -> Life | None:
        """Return the life that was folded from the first of the facts, on the same basis."""
        life = self._kept.get(thing)
        if life is None or life.facts != facts[: len(life.facts)] or life.basis != basis:
            return None
        return life

    def keep(self, thing: Thing, life: Life) -> None:
        """Keep the life of the thing."""
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[thing] = life

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
        self.keep(thing, Life(facts, case, life.basis, rests_on, life.answers))
        return case


class Lives:
    """Lives just before the place of the last event, and lives after all that is visible.

    Attributes:
        before: The lives before the place of an event.
        ever: The lives after everything.
    """

    def __init__(self) -> None:
        """Keep nothing yet."""
        self.before = KeptLives()
        self.ever = KeptLives()
        self._position = 0
        self._last: Fact | None = None

    def follow(self, visible: Visible) -> None:
        """Forget every life, if facts that became visible since may have changed any of them."""
        first, last = self._position + 1, visible.up_to
        if (
            not self._is_in(visible)
            or last - first > LONGEST_STEP
            or any(_unsettles(visible.fact(position)) for position in range(first, last + 1))
        ):
            self.before.forget()
            self.ever.forget()
        self._position, self._last = last, visible.fact(last) if last else None

    def _is_in(self, visible: Visible) -> bool:
        """Return whether the last fact that was followed is still the one at its place."""
        if self._position > visible.up_to or self._last is None:
            return False
        return visible.fact(self._position) is self._last


def _unsettles(fact: Fact | None) -> bool:
    """Return whether the fact may change what was folded without being an act on it."""
    return fact is None or isinstance(fact.event, UNSETTLING)
