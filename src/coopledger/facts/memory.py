"""The memory of a ledger: it only grows, so that any number of views can share it."""

from bisect import insort
from collections.abc import Iterable, Iterator

from coopledger.events import (
    Event,
    EventCorrected,
    EventRetracted,
    FactDisputed,
    SourceAdded,
)
from coopledger.events.references import opened_by
from coopledger.facts.correcting import corrected
from coopledger.facts.fact import Fact
from coopledger.facts.naming import keys
from coopledger.record import Recorded
from coopledger.terms import Noun

__all__ = ["Facts"]

ABOUT_EVENTS = (EventCorrected, EventRetracted, SourceAdded, FactDisputed)


class Facts:
    """Every recorded event of one ledger, found by position, by id and by what it names.

    Grows by `add`; `forget` takes back what was added for a trial. A party finds only its
    registration, names and successions, since a state is named almost everywhere.
    """

    def __init__(self) -> None:
        """Knows nothing yet."""
        self.recorded: list[Recorded] = []
        self.openings: dict[Noun, dict[str, list[int]]] = {noun: {} for noun in Noun}
        self.mended: set[int] = set()  # May name too many positions, never too few.
        self._inserted: list[tuple[int, dict[str, list[int]], str, int]] = []
        self._facts: list[Fact] = []
        self._by_id: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._about: dict[str, list[int]] = {}

    @property
    def position(self) -> int:
        """The position of the last event; 0 when there is none."""
        return len(self.recorded)

    def add(self, recorded: Recorded) -> None:
        """Take in the next event."""
        event, position = recorded.event, recorded.position
        self.recorded.append(recorded)
        self._facts.append(Fact.of(position, event))
        self._by_id[recorded.id] = position
        for index, name in self._listings(event):
            index.setdefault(name, []).append(position)
        if isinstance(event, EventCorrected | EventRetracted):
            self.mended.add(self._by_id.get(event.target, position))
        if isinstance(event, EventCorrected):
            self._index_correction(event)

    def forget(self, *, after: int) -> None:
        """Take back every event after the position, as if it had not been added."""
        while self._inserted and self._inserted[-1][0] > after:
            _, index, name, position = self._inserted.pop()
            _unlist(index, name, position)
        while self.position > after:
            recorded = self.recorded[-1]
            for index, name in self._listings(recorded.event):
                _unlist(index, name, recorded.position)
            del self._by_id[recorded.id]
            self._facts.pop()
            self.recorded.pop()

    def confirm(self, recorded: Iterable[Recorded]) -> None:
        """Keep what was added for a trial, now that it is stored, as it was stored."""
        for item in recorded:
            self.recorded[item.position - 1] = item

    def position_of(self, event_id: str) -> int | None:
        """The position of the event, if it is recorded."""
        return self._by_id.get(event_id)

    def fact(self, position: int) -> Fact:
        """The fact at the position, as first recorded."""
        return self._facts[position - 1]

    def at(self, positions: Iterable[int]) -> list[Fact]:
        """The facts at the positions, as first recorded."""
        facts = self._facts
        return [facts[position - 1] for position in positions]

    def naming(self, name: str) -> list[int]:
        """Positions of the events that name the id, or did before or after a correction."""
        return self._by_name.get(name, [])

    def about(self, event_id: str) -> list[int]:
        """Positions of the corrections, retractions, sources and disputes of the event."""
        return self._about.get(event_id, [])

    def _listings(self, event: Event) -> Iterator[tuple[dict[str, list[int]], str]]:
        """Every index that lists the event, and the name under which it does."""
        for name in keys(event):
            yield self._by_name, name
        if isinstance(event, ABOUT_EVENTS):
            yield self._about, event.target
        opened = opened_by(type(event))
        if opened is not None:
            yield self.openings[opened[1]], getattr(event, opened[0])

    def _index_correction(self, event: EventCorrected) -> None:
        """Let the corrected event be found under the ids that the correction brings in.

        An index may name too many events, never too few: `Visible` looks again.
        """
        target = self._by_id.get(event.target)
        if target is None:
            return
        changed = self.fact(target).event
        for position in self.about(event.target):
            mend = self.fact(position).event
            changed = (
                corrected(changed, mend.changes) if isinstance(mend, EventCorrected) else changed
            )
        for index, name in self._listings(changed):
            self._insert(index, name, target)

    def _insert(self, index: dict[str, list[int]], name: str, position: int) -> None:
        """List the position in its place, once; `forget` takes it back with the last event."""
        positions = index.setdefault(name, [])
        if position not in positions:
            insort(positions, position)
            self._inserted.append((self.position, index, name, position))


def _unlist(index: dict[str, list[int]], name: str, position: int) -> None:
    """Take a position out of an index, and the name with the last one."""
    index[name].remove(position)
    if not index[name]:
        del index[name]
