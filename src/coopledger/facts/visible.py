"""What was known at one position: corrections applied, retractions left out, facts in order."""

from collections.abc import Iterable, Iterator

from coopledger.events import EventCorrected, EventRetracted
from coopledger.facts.correcting import corrected
from coopledger.facts.fact import Fact
from coopledger.facts.memory import Facts
from coopledger.facts.naming import keys, opens
from coopledger.terms import Noun

__all__ = ["Visible"]


class Visible:
    """What was known at one position; it never changes when the ledger grows."""

    def __init__(self, facts: Facts, up_to: int, *, hidden: frozenset[int] = frozenset()) -> None:
        """Bounds the facts by the position, and hides some as if never recorded."""
        self.up_to = up_to
        self._facts = facts
        self._hidden = hidden
        self._mended: dict[int, Fact | None] = {}
        self._naming: dict[str, tuple[Fact, ...]] = {}
        self._openings: dict[tuple[Noun, str], tuple[Fact, ...]] = {}

    def fact(self, position: int) -> Fact | None:
        """The fact at the position as then known; None if it was retracted or is hidden."""
        if position in self._hidden:
            return None
        fact = self._facts.fact(position)
        if position not in self._facts.mended:
            return fact
        if position not in self._mended:
            self._mended[position] = self._mend(fact)
        return self._mended[position]

    def without(self, *positions: int) -> "Visible":
        """The same, had the events at the positions not been recorded."""
        return Visible(self._facts, self.up_to, hidden=self._hidden.union(positions))

    def find(self, event_id: str) -> Fact | None:
        """The fact with the event id; None if unknown then, or retracted."""
        position = self.position_of(event_id)
        return self.fact(position) if position is not None else None

    def position_of(self, event_id: str) -> int | None:
        """The position of the event, be it retracted since; None if it was not known then."""
        position = self._facts.position_of(event_id)
        return position if position is not None and position <= self.up_to else None

    def naming(self, name: str) -> tuple[Fact, ...]:
        """The facts that name the id, in the order in which they replay."""
        if name not in self._naming:
            found = self._facts_at(self._facts.naming(name))
            kept = [fact for fact in found if self._is_as_indexed(fact) or name in keys(fact.event)]
            kept.sort(key=_place)
            self._naming[name] = tuple(kept)
        return self._naming[name]

    def openings(self, noun: Noun, name: str) -> tuple[Fact, ...]:
        """The facts that bring the id into the ledger, in log order."""
        positions = self._facts.openings[noun].get(name)
        if not positions:
            return ()
        key = noun, name
        if key not in self._openings:
            found = self._facts_at(positions)
            self._openings[key] = tuple(
                fact
                for fact in found
                if self._is_as_indexed(fact) or opens(fact.event, noun) == name
            )
        return self._openings[key]

    def noun_of(self, name: str) -> Noun | None:
        """What the id stands for; None if it is not known."""
        for noun, index in self._facts.openings.items():
            if name in index and self.openings(noun, name):
                return noun
        return None

    def names(self, noun: Noun) -> list[str]:
        """Every known id of the noun, in the order in which they were first recorded."""
        found = {
            name: openings[0].position
            for name in list(self._facts.openings[noun])
            if (openings := self.openings(noun, name))
        }
        return sorted(found, key=lambda name: found[name])

    def all(self) -> Iterator[Fact]:
        """Every visible fact, in log order."""
        for position in range(1, self.up_to + 1):
            fact = self.fact(position)
            if fact is not None:
                yield fact

    def about(self, event_id: str) -> list[Fact]:
        """The corrections, retractions, sources and disputes of the event, in log order."""
        return self._facts_at(self._facts.about(event_id))

    def _facts_at(self, positions: Iterable[int]) -> list[Fact]:
        """The facts at the positions, as then known; retracted ones are left out."""
        known = [position for position in tuple(positions) if position <= self.up_to]
        if not self._hidden and self._facts.mended.isdisjoint(known):
            return self._facts.at(known)
        return [fact for position in known if (fact := self.fact(position)) is not None]

    def _is_as_indexed(self, fact: Fact) -> bool:
        """Whether nothing has mended the fact, so that the index is right about it."""
        return fact.position not in self._facts.mended

    def _mend(self, fact: Fact) -> Fact | None:
        """The fact after the corrections known then; None after a retraction."""
        for position in tuple(self._facts.about(fact.id)):
            if position > self.up_to:
                break
            mend = self._facts.fact(position).event
            if position in self._hidden:
                continue
            if isinstance(mend, EventRetracted):
                return None
            if isinstance(mend, EventCorrected):
                fact = Fact.of(fact.position, corrected(fact.event, mend.changes))
        return fact


def _place(fact: Fact) -> tuple[int, int, int]:
    """The place of the fact in the replay."""
    return fact.place
