"""Because of which events two standings tell differently."""

from collections.abc import Callable, Iterable, Sequence
from typing import cast

import attrs

from coopledger.facts import Fact, named_by
from coopledger.projections.answers import Instrument, Partnership, Party
from coopledger.projections.nouns import Answer
from coopledger.standings import Standings
from coopledger.terms import Noun

__all__ = ["Causes"]

Told = Answer | Party

# An event that names only its partnership bears on that, and not on one thing in it.
AROUND = (Noun.PARTNERSHIP,)


class Causes:
    """The events that only one of two standings knows, and what they brought about."""

    def __init__(self, old: Standings, new: Standings) -> None:
        """Finds the events; asks nothing yet."""
        self._sides = old, new
        # What was known before, on the new day: a value that it has too came with time alone.
        self._later = old.on(new.day)
        last = max(old.visible.up_to, new.visible.up_to)
        self._known_to_one = {
            position
            for position in range(1, last + 1)
            if old.visible.knows(position) != new.visible.knows(position)
        }
        self._without: dict[int, Standings] = {}

    def of(self, told: Sequence[Told], value: Callable[[Standings], object]) -> tuple[str, ...]:
        """The ids of the events because of which the value changed, in log order.

        Those without which it would be another; where no single one decides, those behind the
        answers, or else all that name what the answers speak of; none where the other day alone
        explains it.

        Args:
            told: The answers that differ, or the only one.
            value: Gives the value that changed, as any standings tell it.
        """
        if not self._known_to_one or value(self._later) == value(self._sides[1]):
            return ()
        decided_by = self._deciding(told)
        deciding = self._with_mends(decided_by)
        bearing = deciding | self._with_mends(self._naming(told, decided_by))
        needed = {position for position in bearing if self._decides(position, value)}
        facts = self._facts(needed or deciding or bearing)
        return tuple(dict.fromkeys(fact.id for fact in facts))

    def _deciding(self, told: Iterable[Told]) -> set[int]:
        """The positions of the events that decided the answers."""
        events = [event for answer in told for event in answer.decided_by]
        found = {side.visible.position_of(event) for side in self._sides for event in events}
        return {position for position in found if position is not None}

    def _naming(self, told: Iterable[Told], decided_by: Iterable[int]) -> set[int]:
        """The positions of the events that name what the answers, or those behind them, name."""
        names = {name for answer in told for name in _texts(answer)}
        names.update(
            name
            for fact in self._facts(decided_by)
            for _, name, nouns in named_by(fact.event)
            if nouns != AROUND
        )
        wholes = {answer.id for answer in told if isinstance(answer, Partnership)}
        return {
            fact.position
            for side in self._sides
            for facts in (*map(side.visible.naming, names), *map(side.membership.acts, wholes))
            for fact in facts
        }

    def _with_mends(self, positions: Iterable[int]) -> set[int]:
        """Those known to one side only of the events and of what was recorded about them."""
        found = set(positions)
        events = [fact.id for fact in self._facts(found)]
        for side in self._sides:
            found.update(fact.position for event in events for fact in side.visible.about(event))
        return found & self._known_to_one

    def _decides(self, position: int, value: Callable[[Standings], object]) -> bool:
        """Whether the value would be another, had the event not been recorded."""
        old, new = self._sides
        side = new if new.visible.knows(position) else old
        if position not in self._without:
            self._without[position] = side.without(position)
        return value(side) != value(self._without[position])

    def _facts(self, positions: Iterable[int]) -> list[Fact]:
        """The facts at the positions, as either side knows them, in log order."""
        return [
            fact
            for position in sorted(positions)
            for side in self._sides
            if side.visible.knows(position) and (fact := side.visible.fact(position)) is not None
        ]


def _texts(answer: attrs.AttrsInstance) -> set[str]:
    """Every text of the answer and of those inside it; those that are no ids name nothing."""
    names = set(attrs.fields_dict(type(answer))) - {"partnership"}
    found: set[str] = set()
    for name in names:
        value: object = getattr(answer, name)
        several = cast(tuple[object, ...], value) if isinstance(value, tuple) else (value,)
        found.update(each for each in several if isinstance(each, str))
        found.update(*(_texts(each) for each in several if isinstance(each, Instrument)))
    return found
