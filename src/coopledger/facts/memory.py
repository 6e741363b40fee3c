"""The memory of a ledger: it only grows, so that any number of views can share it."""

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator

from coopledger.events import (
    Correction,
    Event,
    EventCorrected,
    EventRetracted,
    FactDisputed,
)
from coopledger.events.references import opened_by
from coopledger.facts.correcting import Lift, corrected
from coopledger.facts.fact import Fact, by_place, by_position
from coopledger.facts.naming import keys, titles
from coopledger.record import Recorded
from coopledger.terms import Noun
from coopledger.values import FrozenMapping

__all__ = ["Facts"]

Index = dict[str, list[Fact]]


class Facts:
    """Every recorded event of one ledger, found by position, by id and by what it names.

    Grows by `add`; `forget` takes back what was added for a trial. A party finds only its
    registration, names and successions, since a state is named almost everywhere. Facts are
    kept as first recorded; `Visible` applies what was corrected since.
    """

    def __init__(self, *, lift: Lift) -> None:
        """Knows nothing yet; ``lift`` reads what corrections of older versions changed."""
        self.lift: Lift = lift
        self.recorded: list[Recorded] = []
        self.openings: dict[Noun, Index] = {noun: {} for noun in Noun}  # In log order.
        # Both may name too many, never too few.
        self.mended: set[int] = set()
        self.disputed: set[str] = set()
        self._inserted: list[tuple[int, Index, str, Fact]] = []
        self._facts: list[Fact] = []
        self._by_id: dict[str, int] = {}
        self._by_name: Index = {}  # In the order of their replay.
        self._by_title: Index = {}  # These two in log order.
        self._about: Index = {}

    @property
    def position(self) -> int:
        """The position of the last event; 0 when there is none."""
        return len(self.recorded)

    def position_at(self, us: int, head: int) -> int:
        """Return the position of the last event up to the head that was recorded by then."""
        return bisect_right(self.recorded, us, hi=head, key=lambda item: item.recorded_us)

    def add(self, recorded: Recorded) -> None:
        """Take in the next event."""
        event, position = recorded.event, recorded.position
        fact = Fact.of(position, event)
        self.recorded.append(recorded)
        self._facts.append(fact)
        self._by_id[recorded.id] = position
        for name in keys(event):
            _list_in_order(self._by_name, name, fact)
        for index, name in self._other_listings(event):
            index.setdefault(name, []).append(fact)
        if isinstance(event, EventCorrected | EventRetracted):
            self.mended.add(self._by_id.get(event.target, position))
        if isinstance(event, EventCorrected):
            self._index_correction(event)
        if isinstance(event, FactDisputed):
            self.disputed.add(event.target)

    def forget(self, *, after: int) -> None:
        """Take back every event after the position, as if it had not been added."""
        while self._inserted and self._inserted[-1][0] > after:
            _, index, name, fact = self._inserted.pop()
            _unlist(index, name, fact)
        while self.position > after:
            recorded, fact = self.recorded.pop(), self._facts.pop()
            for name in keys(fact.event):
                _unlist(self._by_name, name, fact)
            for index, name in self._other_listings(fact.event):
                _unlist(index, name, fact)
            del self._by_id[recorded.id]

    def confirm(self, recorded: Iterable[Recorded]) -> None:
        """Keep what was added for a trial, now that it is stored, as it was stored."""
        for item in recorded:
            self.recorded[item.position - 1] = item

    def corrected(self, event: Event, changes: FrozenMapping) -> Event:
        """The event with the changes of a correction, of whatever version of its type.

        Raises:
            RefusedError: The changed event is not valid.
        """
        return corrected(event, self.lift(type(event), changes))

    def position_of(self, event_id: str) -> int | None:
        """The position of the event, if it is recorded."""
        return self._by_id.get(event_id)

    def fact(self, position: int) -> Fact:
        """The fact at the position, as first recorded."""
        return self._facts[position - 1]

    def naming(self, name: str) -> tuple[Fact, ...]:
        """What names the id, or did before or after a correction, in the order of its replay."""
        return tuple(self._by_name.get(name, ()))

    def about(self, event_id: str) -> tuple[Fact, ...]:
        """The corrections, retractions, sources and disputes of the event, in log order."""
        return tuple(self._about.get(event_id, ()))

    def titled(self, title: str) -> tuple[Fact, ...]:
        """What calls a party so, or did before or after a correction, in log order."""
        return tuple(self._by_title.get(title.casefold(), ()))

    def opening(self, noun: Noun, name: str) -> tuple[Fact, ...]:
        """What may bring the id into the ledger, in log order."""
        return tuple(self.openings[noun].get(name, ()))

    def _other_listings(self, event: Event) -> Iterator[tuple[Index, str]]:
        """Every index that lists the event in log order, and the name under which it does."""
        for title in titles(event):
            yield self._by_title, title
        if isinstance(event, Correction):
            yield self._about, event.target
        opened = opened_by(type(event))
        if opened is not None:
            yield self.openings[opened[1]], getattr(event, opened[0])

    def _index_correction(self, event: EventCorrected) -> None:
        """Let the corrected event be found under the ids that the correction brings in.

        An index may name too many events, never too few: `Visible` looks again.
        """
        position = self._by_id.get(event.target)
        if position is None:
            return
        target = self.fact(position)
        changed = target.event
        for fact in self.about(event.target):
            mend = fact.event
            if isinstance(mend, EventCorrected):
                changed = self.corrected(changed, mend.changes)
        for name in keys(changed):
            self._insert(self._by_name, name, target)
        for index, name in self._other_listings(changed):
            self._insert(index, name, target)

    def _insert(self, index: Index, name: str, fact: Fact) -> None:
        """List the fact in its place, once; `forget` takes it back with the last event."""
        facts = index.setdefault(name, [])
        if fact not in facts:
            insort(facts, fact, key=by_place if index is self._by_name else by_position)
            self._inserted.append((self.position, index, name, fact))


def _list_in_order(index: Index, name: str, fact: Fact) -> None:
    """List the fact at its place in the replay, which is mostly the last."""
    facts = index.setdefault(name, [])
    if not facts or facts[-1].place < fact.place:
        facts.append(fact)
    else:
        insort(facts, fact, key=by_place)


def _unlist(index: Index, name: str, fact: Fact) -> None:
    """Take a fact out of an index, where it is mostly near the end; with the last one the name."""
    facts = index[name]
    del facts[next(place for place in reversed(range(len(facts))) if facts[place] is fact)]
    if not facts:
        del index[name]
