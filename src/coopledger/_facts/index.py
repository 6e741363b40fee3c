"""Index of the facts of a ledger: every recorded event, found by position and by the ids in it."""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import attrs

from coopledger import events
from coopledger._dates.marks import is_fuzzy
from coopledger._fields.reading import condition_parts
from coopledger._log.chain import Recorded
from coopledger._suggest import Names
from coopledger.events import (
    CommitmentMade,
    Correction,
    Event,
    EventCorrected,
    EventRetracted,
    PartyRegistered,
    PartyRenamed,
    PartySucceeded,
)
from coopledger.events._references import once_per_class, references
from coopledger.events.envelope import PARTIES_IN_WORDS, remade
from coopledger.terms import Noun
from coopledger.values import FrozenMapping, recorded_amount

BEGINNING = 0  # The day before every day: an event without a date counts from here.

# Acts on instruments, line by line in the order in which those of one day replay, whatever the
# order of recording. Their registration comes before; what is no act on a text keeps the order of
# the log, between the two.
_IN_ORDER: tuple[tuple[type[Event], ...], ...] = (
    (events.NegotiationOpened,),
    (events.NegotiationConcluded,),
    (events.InstrumentInitialled,),
    (events.InstrumentSigned,),
    (events.InstrumentProvisionallyApplied,),
    (events.InstrumentRatified,),
    (events.InstrumentEnteredIntoForce,),
    (events.InstrumentAmended,),
    (events.InstrumentExtended, events.InstrumentRenewed),
    (events.InstrumentSuspended,),
    (events.InstrumentResumed,),
    (events.TerminationNotified,),
    (events.TerminationNoticeWithdrawn,),
    (events.NegotiationBrokenOff,),
    (events.InstrumentCompleted,),
    (events.InstrumentTerminated,),
)
_RANK_OF_OTHERS = 1
RANKS: dict[type[Event], int] = {
    events.InstrumentRegistered: 0,
    **{act: rank for rank, acts in enumerate(_IN_ORDER, 2) for act in acts},
}

# Place in the replay: the effect day, the latest day of the act, its rank, the position.
ReplayKey = tuple[int, int, int, int]


@attrs.frozen
class Fact:
    """One visible event at its place in the replay.

    Attributes:
        position: Its position in the log.
        event: The event, as corrected.
        effect: The day from which it counts, as an ordinal; 0 is the beginning.
        act: The latest day of the act, as an ordinal; 0 if undated.
        replay_key: Its place in the replay: effect, act, rank of the act, position in the log.
    """

    position: int
    event: Event
    effect: int
    act: int
    replay_key: ReplayKey

    @classmethod
    def of(cls, position: int, event: Event) -> "Fact":
        """Return the fact that the event at the position states."""
        act = event.when.settled if event.when is not None else BEGINNING
        effect = event.effective.settled if event.effective is not None else act
        rank = RANKS.get(type(event), _RANK_OF_OTHERS)
        return cls(position, event, effect, act, (effect, act, rank, position))

    @property
    def id(self) -> str:
        """Return the id of the event."""
        return self.event.id or ""

    @property
    def certain(self) -> bool:
        """Return whether the day from which it counts is not fuzzy, or is not needed."""
        counted = self.event.effective or self.event.when
        return counted is None or not is_fuzzy(counted)

    @property
    def has_known_day(self) -> bool:
        """Return whether it counts from a date with a known start, unlike ``../2026-11-29``."""
        counted = self.event.effective or self.event.when
        return counted is not None and counted.first is not None


def by_replay_key(fact: Fact) -> ReplayKey:
    """Sort facts in the order of their replay."""
    return fact.replay_key


def by_day(fact: Fact) -> tuple[int, int, int]:
    """Sort facts by effect day and day of the act, those of one day in the order of the log.

    What is listed keeps the order of recording; the ranks of acts are for the replay alone.
    """
    return fact.effect, fact.act, fact.position


def by_position(fact: Fact) -> int:
    """Sort facts in the order of the log."""
    return fact.position


# Fields of an event of the class, of any version of its type, in the shape of today.
Lift = Callable[[type[Event], FrozenMapping], Mapping[str, object]]
Index = dict[str, list[Fact]]


class Facts:
    """Every recorded event of one ledger, found by position, by id and by the ids in it.

    Grows by `add`; `forget` takes back the events that were added for a trial. Any number of views
    share it. A party finds only its registration, names and successions, since a state is named
    almost everywhere. Facts are kept as first recorded; `Visible` applies later corrections.
    """

    def __init__(self, *, lift: Lift) -> None:
        """Start without facts; ``lift`` reads the changes of corrections of older versions."""
        self._lift = lift
        self._recorded: list[Recorded] = []
        self._facts: list[Fact] = []
        self._by_id: dict[str, int] = {}
        self._by_name: Index = {}  # In the order of replay; the other indexes in log order.
        self._by_title: Index = {}
        self._about: Index = {}
        self._openings: dict[Noun, Index] = {noun: {} for noun in Noun}
        self._spellings: dict[Noun, Names] = {noun: Names() for noun in Noun}
        self._corrected_positions: set[int] = set()
        self._inserted: list[tuple[int, Index, str, Fact]] = []

    @property
    def position(self) -> int:
        """Return the position of the last event; 0 when there is none."""
        return len(self._recorded)

    @property
    def recorded(self) -> Sequence[Recorded]:
        """Return every event as recorded, in log order."""
        return self._recorded

    @property
    def corrected_positions(self) -> AbstractSet[int]:
        """Return the positions of corrected or retracted events: maybe too many, never too few."""
        return self._corrected_positions

    def position_at(self, us: int, head: int) -> int:
        """Return the position of the last event up to the head that was recorded by then."""
        return bisect_right(self._recorded, us, hi=head, key=lambda item: item.recorded_us)

    def add(self, recorded: Recorded) -> None:
        """Add the next event."""
        event, position = recorded.event, recorded.position
        fact = Fact.of(position, event)
        self._recorded.append(recorded)
        self._facts.append(fact)
        self._by_id[recorded.id] = position
        for name in keys(event):
            _list_in_order(self._by_name, name, fact)
        for index, name in self._other_listings(event):
            index.setdefault(name, []).append(fact)
        self._spell(event)
        if isinstance(event, EventCorrected | EventRetracted):
            self._corrected_positions.add(self._by_id.get(event.target, position))
        if isinstance(event, EventCorrected):
            self._index_correction(event)

    def forget(self, *, after: int) -> None:
        """Take back every event after the position, as if none of them had been added."""
        while self._inserted and self._inserted[-1][0] > after:
            _, index, name, fact = self._inserted.pop()
            _unlist(index, name, fact)
        while self.position > after:
            recorded, fact = self._recorded.pop(), self._facts.pop()
            for name in keys(fact.event):
                _unlist(self._by_name, name, fact)
            for index, name in self._other_listings(fact.event):
                _unlist(index, name, fact)
            del self._by_id[recorded.id]

    def confirm(self, recorded: Iterable[Recorded]) -> None:
        """Replace events that were added for a trial by the same events as stored."""
        for item in recorded:
            self._recorded[item.position - 1] = item

    def lift(self, event: Event, fields: FrozenMapping) -> Mapping[str, object]:
        """Return fields of the event, of any version of its type, in the shape of today."""
        return self._lift(type(event), fields)

    def corrected(self, event: Event, changes: FrozenMapping) -> Event:
        """Return the event with the changes of a correction; None clears a field.

        The changes may be of any version of the type.

        Raises:
            RefusedError: The changed event is not valid.
        """
        fields: dict[str, object] = {
            name: getattr(event, name) for name in attrs.fields_dict(type(event))
        }
        fields |= self.lift(event, changes)
        if isinstance(event, CommitmentMade):
            fields["amount"] = recorded_amount(fields["amount"])
        given = {name: value for name, value in fields.items() if value is not None}
        return remade(type(event), given)

    def position_of(self, event_id: str) -> int | None:
        """Return the position of the event, if it is recorded."""
        return self._by_id.get(event_id)

    def fact(self, position: int) -> Fact:
        """Return the fact at the position, as first recorded."""
        return self._facts[position - 1]

    def naming(self, name: str) -> tuple[Fact, ...]:
        """Return the facts that name the id, before or after a correction, as they replay."""
        return tuple(self._by_name.get(name, ()))

    def about(self, event_id: str) -> tuple[Fact, ...]:
        """Return the corrections, retractions, sources and disputes of the event, in log order."""
        return tuple(self._about.get(event_id, ()))

    def titled(self, title: str) -> tuple[Fact, ...]:
        """Return the facts that give a party the title, now or once, in log order."""
        return tuple(self._by_title.get(title.casefold(), ()))

    def opening(self, noun: Noun, name: str) -> tuple[Fact, ...]:
        """Return the facts that may bring the id into the ledger, in log order."""
        return tuple(self._openings[noun].get(name, ()))

    def names(self, noun: Noun) -> tuple[str, ...]:
        """Return every id of the noun that facts may bring into the ledger."""
        return tuple(self._openings[noun])

    def spellings(self, noun: Noun) -> Names:
        """Return every id that ever was one of the noun, to find a near one among them."""
        return self._spellings[noun]

    def _spell(self, event: Event) -> None:
        """Keep the id that the event may bring into the ledger; it stays when it is forgotten."""
        if event.__opens__ is not None:
            self._spellings[event.__opens__].add(getattr(event, event.__opens__))

    def _other_listings(self, event: Event) -> Iterator[tuple[Index, str]]:
        """Yield every index that lists the event in log order, and the name under which it does."""
        for title in titles(event):
            yield self._by_title, title
        if isinstance(event, Correction):
            yield self._about, event.target
        noun = event.__opens__
        if noun is not None:
            yield self._openings[noun], getattr(event, noun)

    def _index_correction(self, event: EventCorrected) -> None:
        """List the corrected event under the ids that the correction brings in.

        An index may name too many events, never too few: `Visible` looks again.
        """
        position = self._by_id.get(event.target)
        if position is None:
            return
        target = self.fact(position)
        changed = target.event
        for fact in self.about(event.target):
            if isinstance(fact.event, EventCorrected):
                changed = self.corrected(changed, fact.event.changes)
        self._spell(changed)
        for name in keys(changed):
            self._insert(self._by_name, name, target)
        for index, name in self._other_listings(changed):
            self._insert(index, name, target)

    def _insert(self, index: Index, name: str, fact: Fact) -> None:
        """List the fact at its place, once; `forget` takes it back with the last event."""
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
    """Remove the fact, which is mostly near the end; the name too, with its last fact."""
    facts = index[name]
    del facts[next(place for place in reversed(range(len(facts))) if facts[place] is fact)]
    if not facts:
        del index[name]


# The ids in an event, and the names under which the event is found.

# Only these are found under the ids of parties, since a state is named almost everywhere.
ABOUT_PARTIES = (PartyRegistered, PartyRenamed, PartySucceeded)


def named_by(event: Event) -> Iterator[tuple[str, str, tuple[Noun, ...]]]:
    """Yield every id that the event names: the field, the id, and the nouns allowed for it."""
    said = vars(event)
    for name, nouns in references(type(event)):
        value: str | tuple[str, ...] | None = said.get(name)
        if isinstance(value, tuple):
            for item in value:
                yield name, item, nouns
        elif value is not None:
            yield name, value, nouns
    for commitment, _ in map(condition_parts, event.meets):
        yield "meets", commitment, (Noun.COMMITMENT,)


def in_words(event: Event) -> Iterator[tuple[str, str]]:
    """Yield every name in free text that may be that of a party, with its field."""
    for field in fields_in_words(type(event)):
        for name in getattr(event, field):
            yield field, name


def keys(event: Event) -> set[str]:
    """Return the ids under which the event is found; its series is one of them."""
    names: set[str] = set()
    said = vars(event)
    for field in key_fields(type(event)):
        value: str | tuple[str, ...] | None = said.get(field)
        if isinstance(value, tuple):
            names.update(value)
        elif value is not None:
            names.add(value)
    for commitment, _ in map(condition_parts, event.meets):
        names.add(commitment)
    return names


def titles(event: Event) -> set[str]:
    """Return the id, names and acronyms that the event gives to a party, in small letters."""
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
    return (*fields, "series") if "series" in attrs.fields_dict(cls) else tuple(fields)


@once_per_class
def fields_in_words(cls: type[Event]) -> tuple[str, ...]:
    """Return the fields of the class whose free text may name parties."""
    return tuple(field.name for field in attrs.fields(cls) if PARTIES_IN_WORDS in field.metadata)


def opened_id(event: Event, noun: Noun) -> str | None:
    """Return the id of the noun that the event may bring into the ledger."""
    return getattr(event, noun) if event.__opens__ is noun else None
