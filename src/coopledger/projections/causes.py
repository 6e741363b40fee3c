"""Because of which events two standings tell differently."""

from collections.abc import Callable, Iterable, Sequence
from typing import cast

import attrs

from coopledger.projections.answers import Partnership, Party
from coopledger.projections.nouns import Answer
from coopledger.standings import Standings

__all__ = ["Causes"]

Told = Answer | Party

# Naming it, an event bears on the partnership, and hardly on one thing in it.
AROUND = "partnership"


class Causes:
    """The events that only one of two standings knows, and what they brought about."""

    def __init__(self, old: Standings, new: Standings) -> None:
        """Finds the events; asks nothing yet."""
        self._sides = old, new
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
        answers, or else all that name what the answers speak of.

        Args:
            told: The answers that differ, or the only one.
            value: Gives the value that changed, as any standings tell it.
        """
        if not self._known_to_one:
            return ()
        deciding = self._with_mends(self._deciding(told))
        bearing = deciding | self._with_mends(self._naming(told))
        needed = {position for position in bearing if self._decides(position, value)}
        return self._ids(sorted(needed or deciding or bearing))

    def _deciding(self, told: Iterable[Told]) -> set[int | None]:
        """The positions of the events that decided the answers."""
        events = [event for answer in told for event in answer.decided_by]
        return {side.visible.position_of(event) for side in self._sides for event in events}

    def _naming(self, told: Iterable[Told]) -> set[int | None]:
        """The positions of the events that name what the answers speak of."""
        names = {name for answer in told for name in _texts(answer)}
        wholes = {answer.id for answer in told if isinstance(answer, Partnership)}
        return {
            fact.position
            for side in self._sides
            for facts in (
                *map(side.visible.naming, names),
                *map(side.membership.acts, wholes),
            )
            for fact in facts
        }

    def _with_mends(self, positions: Iterable[int | None]) -> set[int]:
        """Those known to one side only of the events and of what was recorded about them."""
        found = {position for position in positions if position is not None}
        events = self._ids(found)
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

    def _ids(self, positions: Iterable[int]) -> tuple[str, ...]:
        """The ids of the events, in the order of the positions."""
        found = [
            side.visible.fact(position)
            for position in positions
            for side in self._sides
            if side.visible.knows(position)
        ]
        return tuple(dict.fromkeys(fact.id for fact in found if fact is not None))


def _texts(answer: Told) -> set[str]:
    """Every text of the answer; those that are no ids name nothing."""
    names = {field.name for field in attrs.fields(type(answer))} - {AROUND}
    found: set[str] = set()
    for name in names:
        value: object = getattr(answer, name)
        several = cast(tuple[object, ...], value) if isinstance(value, tuple) else (value,)
        found.update(each for each in several if isinstance(each, str))
    return found
