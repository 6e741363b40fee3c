"""Facts known for each of many events in turn: as a ledger grows, and with each left out.

What was looked up for one of them serves the others.
"""

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from coopledger._facts.facts import Facts
from coopledger._facts.index import Fact, by_position, by_replay_key
from coopledger._facts.merging import Merged
from coopledger._facts.visible import MOST_CARRIED_ON, Visible
from coopledger.events import SameAs
from coopledger.terms import Noun

LONGEST_STEP = 50  # After so many events of others it is as well to look everything up again.


class LatestVisible:
    """Facts known at the end of a growing ledger, where each event is tried after the one before.

    What was looked up for one of them is carried on to the next one.
    """

    def __init__(self) -> None:
        """Begin without facts."""
        self._visible: Visible | None = None
        self._last: Fact | None = None

    def at(self, facts: Facts, up_to: int, *, asked: set[str]) -> Visible:
        """Return the facts known at the position; the names asked for are added to ``asked``."""
        last = facts.fact(up_to) if up_to else None
        kept = self._visible if self._visible is not None and self._visible.is_of(facts) else None
        if kept is not None and (kept.up_to != up_to or last is not self._last):
            kept = self._later(kept, facts, up_to)
        self._visible, self._last = kept or Visible(facts, up_to), last
        self._visible.note_in(asked)
        return self._visible

    def _later(self, kept: Visible, facts: Facts, up_to: int) -> Visible | None:
        """Return the facts known at a later position, if those known before are still there.

        Mostly it is the next one, or a few after it, where several writers share a ledger.
        """
        before = kept.up_to
        if not facts.base < before < up_to <= before + LONGEST_STEP:
            return None
        if facts.fact(before) is not self._last:
            return None
        for position in range(before + 1, up_to + 1):
            kept = kept.with_next(facts.fact(position), facts.listing(position).names)
        return kept


class EachLeftOut:
    """Facts known at one position, of which each is left out in turn.

    What is found under a name is looked up once for all of them: everything that one partnership
    holds is named with it, and would be gone through for each of its events.
    """

    def __init__(self, visible: Visible) -> None:
        """Begin with nothing looked up."""
        self._visible = visible
        self._common = visible.without()

    def without(self, position: int) -> Visible:
        """Return the facts known, had the event at the position not been recorded.

        The event is about no other one.
        """
        if self._common.has_looked_up(MOST_CARRIED_ON):
            self._common = self._visible.without()
        if isinstance(self._visible.as_recorded(position).event, SameAs):
            return self._visible.without(position)
        common = self._common
        left_out = common.fact_by_itself(position)
        return common.over(LeftOut, hidden=position, common=common, left_out=left_out)


class LeftOut(Visible):
    """Facts known but for one, which is about no other; they share what was looked up of all."""

    def __init__(  # noqa: PLR0913 - the bounds of all visible facts, and what is left out
        self,
        facts: Facts,
        up_to: int,
        *,
        hidden: frozenset[int],
        asked: set[str] | None,
        common: Visible,
        left_out: Fact | None,
    ) -> None:
        """Leave out the fact, which is one of the hidden ones, and the only one in ``common``."""
        super().__init__(facts, up_to, hidden=hidden, asked=asked)
        self._common = common
        self._left_out = left_out

    def fact_by_itself(self, position: int) -> Fact | None:
        """Return the fact as then known, if it was neither retracted nor left out."""
        return None if position in self.hidden else self._common.fact_by_itself(position)

    @property
    def merged(self) -> Merged:
        """Return the things that were registered twice; no merger is left out here."""
        return self._common.merged

    def is_named(self, name: str) -> bool:
        """Return whether a fact names the id; they are not gone through, which may be many."""
        self._note(name)
        return any(fact.position not in self.hidden for fact in self._common.naming(name))

    def find_naming(self, name: str) -> list[Fact]:
        """Return what `naming` returns, when it is first asked."""
        return self._but_for_one(self._common.naming(name), by_replay_key)

    def find_openings(self, noun: Noun, name: str) -> list[Fact]:
        """Return what `openings` returns, when it is first asked."""
        return self._but_for_one(self._common.openings(noun, name), by_position)

    def noun_of(self, name: str) -> Noun | None:
        """Return the noun of the id; None if the id is not known."""
        self._note(name)
        return next((noun for noun in Noun if self.openings(noun, name)), None)

    def _but_for_one(self, facts: list[Fact], key: Callable[[Fact], Any]) -> list[Fact]:
        """Return the facts, which are in the order of the key, without the one left out."""
        left_out = self._left_out
        if left_out is None:
            return facts
        place = bisect_left(facts, key(left_out), key=key)
        if place == len(facts) or facts[place].position != left_out.position:
            return facts
        return [*facts[:place], *facts[place + 1 :]]
