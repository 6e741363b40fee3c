"""Which facts are visible, and in which order they count.

`Facts` is the memory of a ledger: it only grows, so that any number of views, each bounded by
a position, can share it. `Visible` is what was known at one position: corrections applied,
retractions left out, facts sorted as they replay.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import cast

import attrs

from coopledger.codec import plain, read_fields, write_fields
from coopledger.events import (
    Event,
    EventCorrected,
    EventRetracted,
    FactDisputed,
    PartyRegistered,
    PartyRenamed,
    PartySucceeded,
    SourceAdded,
)
from coopledger.events.references import opened_by, references
from coopledger.record import Recorded
from coopledger.terms import Noun

__all__ = ["BEGINNING", "Fact", "Facts", "Visible", "corrected", "named_by"]

BEGINNING = 0  # The day before every day: what has no date counts from here.
ABOUT_EVENTS = (EventCorrected, EventRetracted, SourceAdded, FactDisputed)
ABOUT_PARTIES = (PartyRegistered, PartyRenamed, PartySucceeded)


@attrs.frozen
class Fact:
    """One visible event at its place in the replay.

    Attributes:
        position: Its position in the log.
        event: The event, as corrected.
        effect: The day from which it counts, as an ordinal; 0 is the beginning.
        act: The latest day of the act, as an ordinal; 0 if undated.
        place: Its place in the replay: effect, act, position in the log.
    """

    position: int
    event: Event
    effect: int
    act: int
    place: tuple[int, int, int]

    @classmethod
    def of(cls, position: int, event: Event) -> "Fact":
        """The fact that the event at the position states."""
        act = event.when.settled if event.when is not None else BEGINNING
        effect = event.effective.settled if event.effective is not None else act
        return cls(position, event, effect, act, (effect, act, position))

    @property
    def id(self) -> str:
        """The id of the event."""
        return self.event.id or ""

    @property
    def certain(self) -> bool:
        """Whether the day from which it counts is one single certain day, or needs none."""
        counted = self.event.effective or self.event.when
        return counted is None or counted.exact


def named_by(event: Event) -> Iterator[tuple[str, str, tuple[Noun, ...]]]:
    """Every id that the event names: the field, the id, and the nouns that it may stand for."""
    for name, nouns in references(type(event)):
        value = getattr(event, name)
        if type(value) is tuple:
            for item in value:
                yield name, item, nouns
        elif value is not None:
            yield name, value, nouns
    for condition in event.meets:
        yield "meets", condition.rpartition("/")[0], (Noun.COMMITMENT,)


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
            index[name].remove(position)
        while self.position > after:
            recorded = self.recorded.pop()
            self._facts.pop()
            del self._by_id[recorded.id]
            for index, name in self._listings(recorded.event):
                index[name].pop()

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

    def naming(self, name: str) -> list[int]:
        """Positions of the events that name the id, or did before or after a correction."""
        return self._by_name.get(name, [])

    def about(self, event_id: str) -> list[int]:
        """Positions of the corrections, retractions, sources and disputes of the event."""
        return self._about.get(event_id, [])

    def _listings(self, event: Event) -> Iterator[tuple[dict[str, list[int]], str]]:
        """Every index that lists the event, and the name under which it does."""
        for name in _keys(event):
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
        cls = type(self.fact(target).event)
        opened = opened_by(cls)
        for field, nouns in references(cls):
            for name in _texts(event.changes.get(field)):
                if nouns != (Noun.PARTY,) or cls in ABOUT_PARTIES:
                    self._insert(self._by_name, name, target)
                if opened is not None and opened[0] == field:
                    self._insert(self.openings[opened[1]], name, target)

    def _insert(self, index: dict[str, list[int]], name: str, position: int) -> None:
        """List the position in its place, once; `forget` takes it back with the last event."""
        positions = index.setdefault(name, [])
        if position not in positions:
            insort(positions, position)
            self._inserted.append((self.position, index, name, position))


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
            mended = self._facts.mended
            kept = [
                fact
                for fact in self._facts_at(self._facts.naming(name))
                if fact.position not in mended or name in _keys(fact.event)
            ]
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
            mended = self._facts.mended
            self._openings[key] = tuple(
                fact
                for fact in self._facts_at(positions)
                if fact.position not in mended or _opens(fact.event, noun) == name
            )
        return self._openings[key]

    def names(self, noun: Noun) -> list[str]:
        """Every known id of the noun, in the order in which they were first recorded."""
        return [name for name in list(self._facts.openings[noun]) if self.openings(noun, name)]

    def all(self) -> Iterator[Fact]:
        """Every visible fact, in log order."""
        yield from self._facts_at(range(1, self.up_to + 1))

    def about(self, event_id: str) -> list[Fact]:
        """The corrections, retractions, sources and disputes of the event, in log order."""
        return list(self._facts_at(self._facts.about(event_id)))

    def _facts_at(self, positions: Iterable[int]) -> Iterator[Fact]:
        """The facts at the positions, as then known; retracted ones are left out."""
        for position in positions:
            if position <= self.up_to:
                fact = self.fact(position)
                if fact is not None:
                    yield fact

    def _mend(self, fact: Fact) -> Fact | None:
        """The fact after the corrections known then; None after a retraction."""
        for position in self._facts.about(fact.id):
            mend = self._facts.fact(position).event
            if position > self.up_to:
                break
            if position in self._hidden:
                continue
            if isinstance(mend, EventRetracted):
                return None
            if isinstance(mend, EventCorrected):
                fact = Fact.of(fact.position, corrected(fact.event, mend.changes))
        return fact


def corrected(event: Event, changes: Mapping[str, object]) -> Event:
    """The event with the changes made; None clears a field.

    Raises:
        RefusedError: The changed event is not valid.
    """
    fields = write_fields(event) | plain(changes)
    kept = {name: value for name, value in fields.items() if value is not None}
    return read_fields(type(event), kept, event_id=event.id or "")


def _keys(event: Event) -> set[str]:
    """The ids under which an event is found; a series is one of them."""
    keys: set[str] = set()
    for field in _key_fields(type(event)):
        value = getattr(event, field)
        if type(value) is tuple:
            keys.update(value)
        elif value is not None:
            keys.add(value)
    for condition in event.meets:
        keys.add(condition.rpartition("/")[0])
    return keys


def _find_key_fields(cls: type[Event]) -> tuple[str, ...]:
    """The fields of the class whose ids find its events."""
    by_party = issubclass(cls, ABOUT_PARTIES)
    named = [field for field, nouns in references(cls) if by_party or nouns != (Noun.PARTY,)]
    return (*named, "series") if hasattr(cls, "series") else tuple(named)


_key_fields = cast(Callable[[type[Event]], tuple[str, ...]], cache(_find_key_fields))


def _place(fact: Fact) -> tuple[int, int, int]:
    """The place of the fact in the replay."""
    return fact.place


def _opens(event: Event, noun: Noun) -> str | None:
    """The id of the noun that the event may bring into the ledger."""
    opened = opened_by(type(event))
    return getattr(event, opened[0]) if opened is not None and opened[1] is noun else None


def _texts(value: object) -> list[str]:
    """The texts in a JSON value that is one text or several."""
    several = value if isinstance(value, tuple) else (value,)
    return [item for item in several if isinstance(item, str)]
