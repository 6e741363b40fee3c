"""Facts of a ledger, found by position, by id and by name.

What the index of the log finds is read from the log when it is asked for. What comes after the
index, and events on trial, are kept in memory with an index of their own.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from threading import Lock
from typing import cast

import attrs

from coopledger._facts.found import NOTHING, Found
from coopledger._facts.index import Fact, all_keys, members_name, opened_id, stances_name
from coopledger._facts.known_words import KnownWords
from coopledger._facts.listing import MENDING, about_name, listing_of, title_name
from coopledger._facts.source import PAGE, Pages, Source
from coopledger._facts.tail import Openings, Tail
from coopledger._forks import begin_in_child, is_orphaned
from coopledger._frozen import frozen
from coopledger._gc import collector_paused
from coopledger._log.chain import Listing, Recorded
from coopledger._suggest import Names
from coopledger.events import (
    Correction,
    Event,
    EventCorrected,
    PartnershipOpened,
)
from coopledger.events.envelope import remade
from coopledger.terms import Noun
from coopledger.values import FrozenMapping, recorded_amount

# Fields of an event of the class, of any version of its type, in the shape of today.
Lift = Callable[[type[Event], FrozenMapping], Mapping[str, object]]


def _position(opening: tuple[int, str]) -> int:
    return opening[0]


def _names_around(found: Found) -> set[str]:
    """Return the ids in the facts found, of parties too, and who belongs to partnerships there."""
    names = set(chain.from_iterable([all_keys(fact.event) for fact in found.facts]))
    for fact in found.facts:
        if isinstance(fact.event, PartnershipOpened):
            names.update(name(fact.event.partnership) for name in (members_name, stances_name))
    return names


@frozen
class _History:
    """What became of a fact, by the corrections and retractions of it.

    Attributes:
        about: All events about it, in log order.
        mending: The corrections and retractions among them.
        states: The fact after each of them; None after a retraction.
    """

    about: tuple[Fact, ...] = ()
    mending: tuple[Fact, ...] = ()
    states: tuple[Fact | None, ...] = ()


class _State:
    """Both halves of the facts, which change together."""

    def __init__(self, tail: Tail, pages: Pages | None) -> None:
        self.tail = tail
        self.pages = pages
        self.histories: dict[str, _History] = {}


class Facts:
    """Every recorded event of one ledger, found by position, by id and by the names of events.

    Grows by `add`; `forget` takes back the events that were added for a trial. Any number of views
    share it, in any thread. A party finds only its registration, names and successions, since a
    state is named almost everywhere. Facts are kept as first recorded; `Visible` applies later
    corrections.
    """

    def __init__(self, *, lift: Lift, source: Source | None = None, base: int = 0) -> None:
        """Begin with the facts that the index of the source holds up to a position.

        ``lift`` reads the changes of corrections of older versions.
        """
        self._lift = lift
        self._source = source
        self._state = _State(Tail(base), self._pages(base))
        self._base_us: tuple[int, int] | None = None
        self._spellings: dict[Noun, tuple[Names, int]] = {}
        self._spelling = Lock()
        self._words = KnownWords(source, self._as_corrected)
        begin_in_child(self)

    @property
    def position(self) -> int:
        """Return the position of the last event; 0 when there is none."""
        return self._state.tail.position

    @property
    def base(self) -> int:
        """Return the position up to which facts are read from the log when asked for."""
        return self._state.tail.base

    def is_of_same_log(self, other: "Facts") -> bool:
        """Return whether both are of one log, even if it was read twice; no empty log is."""
        common = min(self.position, other.position)
        if self is other or not common:
            return self is other
        return self.recorded(common).chain == other.recorded(common).chain

    def begin_in_child(self) -> None:
        """Gather names and words again where another thread was gathering them."""
        if is_orphaned(self._spelling):
            self._spelling, self._spellings = Lock(), {}
        self._words.begin_in_child()

    # Growing.

    def add(self, recorded: Recorded) -> None:
        """Add the next event."""
        event = recorded.event
        target = self._by_id(event.target) if isinstance(event, Correction) else None
        fact = Fact.of(recorded.position, event)
        self._state.tail.add(recorded, fact, listing_of(event, self), target)
        if self._state.pages is not None:
            self._state.pages.note_new(recorded.id)

    def forget(self, *, after: int) -> None:
        """Take back every event after the position, as if none of them had been added."""
        self._state.tail.forget(after=after)
        for noun, (names, known) in self._spellings.items():
            self._spellings[noun] = names, min(known, after)
        self._words.forget(after=after)

    def confirm(self, recorded: Iterable[Recorded]) -> None:
        """Replace events that were added for a trial by the same events as stored."""
        for item in recorded:
            self._state.tail.confirm(item)

    def rebase(self, base: int, *, warm: bool = False) -> None:
        """Read the facts up to the position from the log from now on, where its index has them.

        ``warm``: what is known of them is kept in memory, if the position is that of the last.
        """
        old, before = self._state.tail, self._state.pages
        state = _State(Tail(base), self._pages(base))
        later = old.recorded_after(base)
        if warm and state.pages is not None and base == old.position:
            state.pages.take_over(before, old)
            self._base_us = base, self.recorded_us(base)
        # Views in other threads go on with the old state, until the new one is whole.
        whole = Facts(lift=self._lift, source=self._source, base=base)
        whole._state = state
        for item in later:
            whole.add(item)
        self._state = state

    def listing(self, position: int) -> Listing:
        """Return under which names an event beyond the base is found."""
        return self._state.tail.listing(position)

    # Single facts.

    def fact(self, position: int) -> Fact:
        """Return the fact at the position, as first recorded."""
        state = self._state
        pages = state.pages
        if pages is None or position > state.tail.base:
            return state.tail.fact(position)
        return (self._kept(state) if pages.is_full else pages).fact(position)

    def position_of(self, event_id: str) -> int | None:
        """Return the position of the event, if it is recorded."""
        state = self._state
        position = state.tail.position_of(event_id)
        if position is None and state.pages is not None:
            return self._kept(state).positions_of([event_id]).get(event_id)
        return position

    def positions_of(self, event_ids: Collection[str]) -> dict[str, int]:
        """Return the positions of those of the events that are recorded, by id."""
        state = self._state
        found = {each: state.tail.position_of(each) for each in event_ids}
        positions = {each: position for each, position in found.items() if position is not None}
        if state.pages is not None:
            missing = [each for each in event_ids if each not in positions]
            positions |= self._kept(state).positions_of(missing)
        return positions

    def tail_position_of(self, event_id: str) -> int | None:
        """Return the position of the event, if it is beyond the base."""
        return self._state.tail.position_of(event_id)

    def recorded(self, position: int) -> Recorded:
        """Return the event at the position as recorded."""
        tail = self._state.tail
        if position > tail.base or self._source is None:
            return tail.recorded(position)
        return self._source.recorded(self._source.rows([position])[position])

    def recorded_after(self, position: int) -> Sequence[Recorded]:
        """Return the events after a position as recorded, which are beyond the base."""
        return self._state.tail.recorded_after(position)

    def recorded_with(self, event_ids: Collection[str]) -> dict[str, Recorded]:
        """Return those of the events that are recorded, by id."""
        tail, events = self._state.tail, dict[str, Recorded]()
        for event_id in event_ids:
            position = tail.position_of(event_id)
            if position is not None:
                events[event_id] = tail.recorded(position)
        missing = [each for each in event_ids if each not in events]
        source = self._source
        if missing and tail.base and source is not None:
            for item in map(source.recorded, source.find(missing, up_to=tail.base)):
                events[item.id] = item
        return events

    def recorded_us(self, position: int) -> int:
        """Return the record time of the event at the position."""
        tail, known, source = self._state.tail, self._base_us, self._source
        if position > tail.base or source is None:
            return tail.recorded(position).recorded_us
        if known is None or known[0] != position:
            known = self._base_us = position, source.rows([position])[position].recorded_us
        return known[1]

    def _by_id(self, event_id: str) -> Fact | None:
        position = self.position_of(event_id)
        return None if position is None else self.fact(position)

    # What is found under a name.

    def found(self, name: str) -> Found:
        """Return what is found under the name."""
        state = self._state
        later, pages = state.tail.found(name), state.pages
        if pages is None:
            return later
        found = (self._kept(state) if pages.is_full else pages).found(name)
        return found if later is NOTHING else found.joined(later, name)

    def prefetch(self, names: Iterable[str]) -> None:
        """Read what is found under the names all at once, and whatever is about that."""
        state = self._state
        if state.pages is not None:
            pages = self._kept(state)
            pages.prefetch(names)
            pages.prefetch(pages.followed())

    def prefetch_around(self, names: Iterable[str]) -> None:
        """Read what is found under the names, and under the names of what is found there."""
        state = self._state
        if state.pages is not None:
            pages = self._kept(state)
            found = pages.load(names).values()
            self.prefetch(set(chain.from_iterable(map(_names_around, found))))

    def let_go(self) -> None:
        """Forget what was read for a walk through all facts, if that was much."""
        state = self._state
        if state.pages is not None and state.pages.is_large:
            state.pages = self._pages(state.tail.base)
            state.histories = {}

    def _kept(self, state: _State) -> Pages:
        """Return what was read of the index; begin again when it is too much."""
        pages = state.pages
        if pages is None or pages.is_full:
            pages = state.pages = cast(Pages, self._pages(state.tail.base))
            state.histories = {}
        return pages

    def _pages(self, base: int) -> Pages | None:
        """Return what is to be read of the index up to a position, if there is one."""
        source = self._source
        return Pages(source, base, self._whole) if source is not None and base else None

    def _whole(self, base: int) -> "Facts":
        """Return all facts up to a position, read from the log into memory."""
        whole = Facts(lift=self._lift)
        if self._source is not None:
            with collector_paused():
                for item in self._source.stream(up_to=base):
                    whole.add(item)
        return whole

    def about(self, event_id: str) -> tuple[Fact, ...]:
        """Return the corrections, retractions, sources and disputes of the event, in log order."""
        return self.found(about_name(event_id)).facts

    def is_alone(self, fact: Fact) -> bool:
        """Return whether it is known at once that nothing is about the fact."""
        state = self._state
        return (
            state.pages is not None and fact.position in state.pages.alone and not len(state.tail)
        )

    def titled(self, title: str) -> Found:
        """Return the facts that give a party the title, now or once, in log order."""
        return self.found(title_name(title))

    def opening(self, noun: Noun, name: str) -> list[Fact]:
        """Return the facts that may bring the id into the ledger, now or once, in log order."""
        found = self.found(name)
        facts = [
            fact
            for fact in found.facts
            if opened_id(fact.event, noun) == name
            or (fact.position in found.mended and self._opened_once(fact, noun, name))
        ]
        facts.sort(key=lambda fact: fact.position)
        return facts

    def _opened_once(self, fact: Fact, noun: Noun, name: str) -> bool:
        """Return whether the fact would have brought the id in after one of its corrections."""
        states = self._history(fact).states
        return any(opened_id(then.event, noun) == name for then in states if then is not None)

    def opened(self, noun: str) -> Openings:
        """Return each id of the noun that an event may bring in, with its position."""
        state = self._state
        later = state.tail.opened(noun)
        if state.pages is None:
            return later
        return [*self._kept(state).opened(noun), *later]

    def spellings(self, noun: Noun) -> Names:
        """Return every id that ever was one of the noun, to find a near one among them.

        Ids of events that were forgotten may be among them.
        """
        with self._spelling:
            names, known = self._spellings.get(noun, (Names(), 0))
            opened = self.opened(noun.value)
            for position, name in opened[bisect_right(opened, known, key=_position) :]:
                names.add(name)
                known = position
            self._spellings[noun] = names, known
        return names

    # What is found by its words.

    def holding(self, beginnings: Iterable[str], *, up_to: int) -> list[Fact]:
        """Return the facts up to a position with a word for each of the beginnings, in log order.

        There may be some that have none, and events that were forgotten are looked for in vain.
        """
        state = self._state
        base = min(state.tail.base, up_to) if state.pages is not None else 0
        later = (item for item in state.tail.recorded_after(base) if item.position <= up_to)
        found = self._words.holding(beginnings, base=base, later=tuple(later))
        positions = sorted(each for each in found if each <= up_to)
        if state.pages is not None:
            kept = self._kept(state)
            stored = kept.facts([each for each in positions if each <= state.tail.base])
            kept.prefetch(about_name(fact.id) for fact in stored.values())
        return list(map(self.fact, positions))

    def _as_corrected(self, correction: EventCorrected, position: int) -> Fact | None:
        """Return the fact that the correction at the position is about, as it is from then on."""
        target = self._by_id(correction.target)
        return self.state_at(target, position) if target is not None else None

    # All of them.

    def stream(self, *, up_to: int) -> Iterator[tuple[Sequence[Fact], Collection[str]]]:
        """Yield the facts up to the position page by page, with the ids that others are about."""
        state = self._state
        if state.pages is not None:
            for page, followed in state.pages.stream(up_to=up_to):
                yield (
                    page,
                    followed.union(fact.id for fact in page if self._is_followed(fact, state)),
                )
        facts = state.tail.facts(up_to=up_to)
        for start in range(0, len(facts), PAGE):
            part = facts[start : start + PAGE]
            yield part, {fact.id for fact in part if self._is_followed(fact, state)}

    def _is_followed(self, fact: Fact, state: _State) -> bool:
        """Return whether an event beyond the base is about the fact."""
        found = state.tail.found(about_name(fact.id))
        return bool(found.facts or found.mended)

    # Corrections.

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
        if "amount" in fields:
            fields["amount"] = recorded_amount(fields["amount"])
        given = {name: value for name, value in fields.items() if value is not None}
        return remade(type(event), given)

    def versions(self, event_id: str) -> Sequence[Event]:
        """Return the event as first recorded and as last corrected; none if it is unknown."""
        fact = self._by_id(event_id)
        if fact is None:
            return ()
        states = reversed(self._history(fact).states)
        last = next((then for then in states if then is not None), fact)
        return fact.event, last.event

    def state_at(self, fact: Fact, up_to: int) -> Fact | None:
        """Return the fact after the corrections up to a position; None after a retraction."""
        history = self._history(fact)
        number = bisect_right(history.mending, up_to, key=lambda mending: mending.position)
        return history.states[number - 1] if number else fact

    def _history(self, fact: Fact) -> _History:
        """Return what became of the fact, carried on from what was known of it."""
        about, histories = self.about(fact.id), self._state.histories
        known = histories.get(fact.id, _History())
        # A trial may have been forgotten: then another event is in its place.
        if known.about != about[: len(known.about)]:
            known = _History()
        if len(known.about) < len(about):
            later = about[len(known.about) :]
            mending = [each for each in later if isinstance(each.event, MENDING)]
            last, states = known.states[-1] if known.states else fact, list[Fact | None]()
            for each in mending:
                last = self._after(last, each)
                states.append(last)
            known = _History(about, (*known.mending, *mending), (*known.states, *states))
            histories[fact.id] = known
        return known

    def _after(self, fact: Fact | None, mending: Fact) -> Fact | None:
        """Return the fact after a correction or a retraction."""
        if fact is None or not isinstance(mending.event, EventCorrected):
            return None
        return Fact.of(fact.position, self.corrected(fact.event, mending.event.changes))
