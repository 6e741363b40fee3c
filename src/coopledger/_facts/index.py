"""One event at its place in the replay."""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

import attrs

from coopledger._log.chain import Recorded
from coopledger.events import (
    Correction,
    Event,
    EventCorrected,
    EventRetracted,
    FactDisputed,
    PartyRegistered,
    PartyRenamed,
    PartySucceeded,
)
from coopledger.events._references import once_per_class, references
from coopledger.events.envelope import PARTIES_IN_WORDS
from coopledger.terms import Noun
from coopledger.values import FrozenMapping

BEGINNING = 0  # The day before every day: what has no date counts from here.


@attrs.frozen
class Fact:
    """One visible event at its place in the replay.

    Attributes:
        position: Its position in the log.
        event: The event, as corrected.
        effect: The day from which it counts, as an ordinal; 0 is the beginning.
        act: The latest day of the act, as an ordinal; 0 if undated.
        replay_key: Its place in the replay: effect, act, position in the log.
    """

    position: int
    event: Event
    effect: int
    act: int
    replay_key: tuple[int, int, int]

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


def by_replay_key(fact: Fact) -> tuple[int, int, int]:
    """Sorts facts as they replay."""
    return fact.replay_key


def by_position(fact: Fact) -> int:
    """Sorts facts as they lie in the log."""
    return fact.position


# The ids that events name, and under which of them an event is found.

# Only these are found under the ids of parties, since a state is named almost everywhere.
ABOUT_PARTIES = (PartyRegistered, PartyRenamed, PartySucceeded)


def named_by(event: Event) -> Iterator[tuple[str, str, tuple[Noun, ...]]]:
    """Every id that the event names: the field, the id, and the nouns that it may stand for."""
    for name, nouns in references(type(event)):
        value: str | tuple[str, ...] | None = getattr(event, name)
        if isinstance(value, tuple):
            for item in value:
                yield name, item, nouns
        elif value is not None:
            yield name, value, nouns
    for condition in event.meets:
        yield "meets", condition.rpartition("/")[0], (Noun.COMMITMENT,)


def in_words(event: Event) -> Iterator[tuple[str, str]]:
    """Yield every name in free text that may be that of a party, with its field."""
    for field in fields_in_words(type(event)):
        for name in getattr(event, field):
            yield field, name


def keys(event: Event) -> set[str]:
    """The ids under which an event is found; a series is one of them."""
    found: set[str] = set()
    for field in key_fields(type(event)):
        value: str | tuple[str, ...] | None = getattr(event, field)
        if isinstance(value, tuple):
            found.update(value)
        elif value is not None:
            found.add(value)
    for condition in event.meets:
        found.add(condition.rpartition("/")[0])
    return found


def titles(event: Event) -> set[str]:
    """What the event lets a party be called: its id, names and acronyms, in small letters."""
    if not isinstance(event, PartyRegistered | PartyRenamed):
        return set()
    others = event.other_names if isinstance(event, PartyRegistered) else ()
    return {name.casefold() for name in (event.party, event.name, *event.acronyms, *others)}


@once_per_class
def key_fields(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields of the class whose ids find its events."""
    fields = [
        field
        for field, nouns in references(cls)
        if nouns != (Noun.PARTY,) or issubclass(cls, ABOUT_PARTIES)
    ]
    return (*fields, "series") if hasattr(cls, "series") else tuple(fields)


@once_per_class
def fields_in_words(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields of the class whose free text may name parties."""
    return tuple(field.name for field in attrs.fields(cls) if PARTIES_IN_WORDS in field.metadata)


def opened_id(event: Event, noun: Noun) -> str | None:
    """Return the id of the noun that the event may bring into the ledger."""
    return getattr(event, noun) if event.__opens__ is noun else None


# An event with the changes of a correction.

# Fields of an event of the class, of any version of its type, in the shape of today.
Lift = Callable[[type[Event], FrozenMapping], Mapping[str, object]]


def corrected(event: Event, changes: Mapping[str, object]) -> Event:
    """The event with the changes made; None clears a field.

    Raises:
        RefusedError: The changed event is not valid.
    """
    fields: dict[str, object] = {
        name: getattr(event, name) for name in attrs.fields_dict(type(event))
    }
    kept = {name: value for name, value in (fields | {**changes}).items() if value is not None}
    make = cast(Callable[..., Event], type(event))  # Its own readers see to the types.
    return make(**kept)


# The memory of a ledger: it only grows, so that any number of views can share it.

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
        self.corrected_positions: set[int] = set()
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
            self.corrected_positions.add(self._by_id.get(event.target, position))
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
        noun = event.__opens__
        if noun is not None:
            yield self.openings[noun], getattr(event, noun)

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
            insort(facts, fact, key=by_replay_key if index is self._by_name else by_position)
            self._inserted.append((self.position, index, name, fact))


def _list_in_order(index: Index, name: str, fact: Fact) -> None:
    """List the fact at its place in the replay, which is mostly the last."""
    facts = index.setdefault(name, [])
    if not facts or facts[-1].replay_key < fact.replay_key:
        facts.append(fact)
    else:
        insort(facts, fact, key=by_replay_key)


def _unlist(index: Index, name: str, fact: Fact) -> None:
    """Take a fact out of an index, where it is mostly near the end; with the last one the name."""
    facts = index[name]
    del facts[next(place for place in reversed(range(len(facts))) if facts[place] is fact)]
    if not facts:
        del index[name]
