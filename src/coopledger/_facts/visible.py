"""Facts known at one position: corrections applied, retractions left out, in order."""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, TypeVar

from coopledger._facts.facts import Facts
from coopledger._facts.found import Found, is_in_log_order
from coopledger._facts.index import SAME, Fact, by_position, by_replay_key, keys, opened_id, titles
from coopledger._facts.listing import (
    about_name,
    like_name,
    listing_of,
    mended,
    own_names,
    title_name,
)
from coopledger._facts.losses import Loss
from coopledger._facts.merging import REGISTRATIONS, Merged, completed, telling_background
from coopledger._facts.targets import TargetsBefore
from coopledger._fields.reading import in_nfc
from coopledger._folding import caseless, skeleton
from coopledger._log.chain import Listing
from coopledger._suggest import nearest_id, nearest_in
from coopledger.events import (
    Correction,
    Event,
    EventCorrected,
    EventRetracted,
    FactDisputed,
    PartyRegistered,
    PartyRenamed,
    SameAs,
)
from coopledger.terms import Noun
from coopledger.values import FrozenMapping, Json

SomeVisible = TypeVar("SomeVisible", bound="Visible")
_NAMES_AHEAD = 200
MOST_CARRIED_ON = 20_000
EVERYTHING = " everything"  # Noted in place of names where facts are looked for in the whole log.


class Visible:
    """Facts known at one position; they never change when the ledger grows."""

    def __init__(
        self,
        facts: Facts,
        up_to: int,
        *,
        hidden: frozenset[int] = frozenset(),
        asked: set[str] | None = None,
    ) -> None:
        """Bound the facts by the position, and hide some as if never recorded.

        The names under which facts are looked for are added to ``asked``.
        """
        self.up_to = up_to
        self._facts = facts
        self.hidden = hidden
        self._asked = asked
        self._corrected: dict[int, Fact | None] = {}
        self._found: dict[str, Found] = {}
        self._naming: dict[str, list[Fact]] = {}
        self._openings: dict[tuple[Noun, str], list[Fact]] = {}
        self._nouns: dict[str, Noun | None] = {}
        self._merged: Merged | None = None

    def fact(self, position: int) -> Fact | None:
        """Return the fact at the position as then known; None if it was retracted or is hidden."""
        fact = self.fact_by_itself(position)
        return fact if fact is None or not self.merged.same else self.merged.fact(fact)

    def fact_by_itself(self, position: int) -> Fact | None:
        """Return what `fact` returns, with the ids that were recorded, duplicates among them."""
        if position in self._corrected:
            return self._corrected[position]
        if position in self.hidden:
            return None
        fact = self._facts.fact(position)
        if self._asked is not None:
            self._note(about_name(fact.id))
        corrected = self._corrected[position] = self._as_corrected(fact)
        return corrected

    @property
    def merged(self) -> Merged:
        """Return the things that were registered twice, as known then."""
        if self._merged is None:
            self._merged = self.find_merged()
        return self._merged

    def find_merged(self) -> Merged:
        """Return what `merged` returns, when it is first asked."""
        self._note(SAME)
        found = self.found_under(SAME)
        facts = self._known(found.facts, found.mended) if found.facts else []
        in_order = sorted(facts, key=by_position)
        return Merged([fact.event for fact in in_order if isinstance(fact.event, SameAs)])

    def ahead(self, names: Iterable[str], *, around: bool = True) -> Iterator[str]:
        """Yield the names; what is found there, and around, is read for many of them at once."""
        waiting, facts = iter(names), self._facts
        while page := list(islice(waiting, _NAMES_AHEAD)):
            (facts.prefetch_around if around else facts.prefetch)(page)
            yield from page

    def prefetch(self, names: Iterable[str]) -> None:
        """Read what is found under the names all at once."""
        self._facts.prefetch(names)

    def let_go(self) -> None:
        """Forget what was read of the log for many things, once they are done with."""
        self._facts.let_go()

    def fresh(self, kind: type[SomeVisible]) -> SomeVisible:
        """Return the facts known at the position, as the kind of visible facts gives them."""
        return kind(self._facts, self.up_to)

    def with_next(self, fact: Fact, names: Iterable[str]) -> "Visible":
        """Return the facts known with the next one, which is found under the names.

        What was looked up here is carried on there, and would be looked up here again.
        """
        later = Visible(self._facts, fact.position, asked=self._asked)
        is_plain = not isinstance(fact.event, Correction | SameAs) and not self.merged.same
        is_carried_on = not self.hidden and is_plain
        if is_carried_on and len(self._openings) < MOST_CARRIED_ON:
            self._hand_over(later)
            later._take_in(fact, names)
            later._merged = self._merged
        return later

    def _hand_over(self, later: "Visible") -> None:
        """Give what was looked up to another one, and keep nothing of it."""
        for name in ("_corrected", "_found", "_naming", "_openings", "_nouns"):
            setattr(later, name, getattr(self, name))
            setattr(self, name, {})

    def _take_in(self, fact: Fact, names: Iterable[str]) -> None:
        """Bring what was looked up under the names up to date; lists that were given out stay."""
        noun = fact.event.__opens__
        for name in names:
            self._found.pop(name, None)
            if noun is not None and noun is not self._nouns.get(name):
                self._nouns.pop(name, None)
            naming = self._naming.get(name)
            if naming is not None:
                self._naming[name] = naming = naming.copy()
                insort(naming, fact, key=by_replay_key)
            openings = self._openings.get((noun, name)) if noun is not None else None
            if noun is not None and openings is not None and opened_id(fact.event, noun) == name:
                self._openings[noun, name] = [*openings, fact]

    def listing(self, position: int) -> Listing:
        """Return under which names the event at the position is found, and what it may open."""
        return listing_of(self.recorded_event(position), TargetsBefore(self._facts, position))

    def recorded_event(self, position: int) -> Event:
        """Return the event at the position, as first recorded."""
        return self._facts.fact(position).event

    def without(self, *positions: int) -> "Visible":
        """Return the facts known, had the events at the positions not been recorded."""
        hidden = self.hidden.union(positions)
        return Visible(self._facts, self.up_to, hidden=hidden, asked=self._asked)

    def over(self, kind: Callable[..., SomeVisible], *, hidden: int, **more: Any) -> SomeVisible:  # noqa: ANN401 - of the kind
        """Return the facts known but for one, as another kind of visible facts gives them."""
        hidden_then = self.hidden | {hidden}
        return kind(self._facts, self.up_to, hidden=hidden_then, asked=self._asked, **more)

    def without_trace(self, *positions: int) -> "Visible":
        """Return the facts known without the events at the positions and the events about them."""
        hidden, waiting = set[int](), list(positions)
        while waiting:
            position = waiting.pop()
            if position not in hidden:
                hidden.add(position)
                about = self._facts.about(self._facts.fact(position).id)
                waiting += [fact.position for fact in about if fact.position <= self.up_to]
        return self.without(*hidden)

    def supposing(self, event: Event) -> "Visible":
        """Return the facts known, had the event been recorded last, found by the ids in it."""
        supposed = Fact.of(self.up_to + 1, event)
        return _Supposing(
            self._facts, self.up_to, hidden=self.hidden, asked=self._asked, supposed=supposed
        )

    def knows(self, position: int) -> bool:
        """Return whether the event at the position was known, even if it is retracted."""
        return position <= self.up_to and position not in self.hidden

    def is_of_same_log(self, other: "Visible") -> bool:
        """Return whether both are of one log, even if it was read twice; no empty log is."""
        return self._facts.is_of_same_log(other._facts)  # noqa: SLF001 - of the same class

    def at(self, position: int) -> "Visible":
        """Return the facts known at an earlier position, without the same events."""
        return Visible(self._facts, min(position, self.up_to), hidden=self.hidden)

    def recorded_us(self, position: int) -> int:
        """Return the record time of an event, in microseconds."""
        return self._facts.recorded_us(position)

    def id_at(self, position: int) -> str:
        """Return the id of the event at the position."""
        return self._facts.fact(position).id

    @property
    def left_out(self) -> tuple[str, ...]:
        """Return the ids of the events that are hidden, in log order."""
        return tuple(self._facts.fact(position).id for position in sorted(self.hidden))

    def as_recorded(self, position: int) -> Fact:
        """Return the fact at the position as first recorded, whatever became of it."""
        return self._facts.fact(position)

    def has_looked_up(self, count: int) -> bool:
        """Return whether so many names or facts were looked up."""
        return max(len(self._openings), len(self._found), len(self._corrected)) >= count

    def rest_on(self, names: Iterable[str]) -> None:
        """Let an answer that was kept rest on the facts under these names, as if asked for."""
        if self._asked is not None:
            self._asked.update(names)

    def is_of(self, facts: Facts) -> bool:
        """Return whether these are the facts themselves, as far as they are known."""
        return self._facts is facts

    def note_in(self, asked: set[str]) -> None:
        """Add the names under which facts are looked for to the set from now on."""
        self._asked = asked

    def find(self, event_id: str) -> Fact | None:
        """Return the fact with the event id; None if unknown then, or retracted."""
        position = self.position_of(event_id)
        return self.fact(position) if position is not None else None

    def position_of(self, event_id: str) -> int | None:
        """Return the position of the event, even if retracted; None if it was not known then."""
        position = self._facts.position_of(event_id)
        return position if position is not None and position <= self.up_to else None

    def naming(self, name: str) -> list[Fact]:
        """Return the facts that name the id, in the order of their replay."""
        self._note(name)
        facts = self._naming.get(name)
        if facts is None:
            find = self._find_merged if self.merged.same else self.find_naming
            facts = self._naming[name] = find(name)
        return facts

    def _find_merged(self, name: str) -> list[Fact]:
        """Return what `naming` returns where things were registered twice.

        Of registrations of one thing the one that stands comes alone, completed by the others.
        """
        one, *others = self.merged.ids(name)
        found = list(map(self.merged.fact, self.find_naming(one)))
        if not others:
            return found
        for each in others:
            found += map(self.merged.fact, self.find_naming(each))
        facts = {fact.position: fact for fact in found if not _registers(fact, one)}
        standing = {fact.position: fact for fact in self._standing(one)}
        return sorted((facts | standing).values(), key=by_replay_key)

    def _standing(self, name: str) -> list[Fact]:
        """Return the registrations that stand for the thing; of what is put or announced none."""
        noun = self.noun_of(name)
        return self.openings(noun, name) if noun is not None and noun in REGISTRATIONS else []

    def is_named(self, name: str) -> bool:
        """Return whether a fact names the id."""
        return bool(self.naming(name))

    def find_naming(self, name: str) -> list[Fact]:
        """Return what `naming` returns, when it is first asked."""
        found = self.found_under(name)
        facts, mended_then = self._known(found.facts, found.mended), found.mended
        if mended_then:
            facts = [
                fact
                for fact in facts
                if fact.position not in mended_then or name in keys(fact.event)
            ]
        if mended_then or is_in_log_order(name):
            facts = sorted(facts, key=by_replay_key)
        return facts

    def found_under(self, name: str) -> Found:
        """Return what is found under the name, looked up once."""
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._facts.found(name)
        return found

    def openings(self, noun: Noun, name: str) -> list[Fact]:
        """Return the facts that bring the id into the ledger, in log order."""
        self._note(name)
        facts = self._openings.get((noun, name))
        if facts is None:
            find = self._find_merged_openings if self.merged.same else self.find_openings
            facts = self._openings[noun, name] = find(noun, name)
        return facts

    def _find_merged_openings(self, noun: Noun, name: str) -> list[Fact]:
        """Return what `openings` returns where things were registered twice.

        Of registrations the one of the id under which the thing answers stands, completed by the
        others; beside it, those that tell of the background.
        """
        found = [self.find_openings(noun, each) for each in self.merged.ids(name)]
        if noun not in REGISTRATIONS:
            read = map(self.merged.fact, chain.from_iterable(found))
            return sorted(read, key=by_position)
        facts = list(map(self.merged.fact, chain.from_iterable(found)))
        return [completed(facts[0], facts[1:]), *telling_background(facts)] if facts else facts

    def twins(self, noun: Noun, name: str) -> list[Fact]:
        """Return each registration of a thing registered twice, first the one that stands."""
        ids = list(self.merged.ids(name)) if self.merged.same else [name]
        if len(ids) == 1:
            return []
        return [self.merged.fact(fact) for each in ids for fact in self.find_openings(noun, each)]

    def position_telling(self, opening: Fact, noun: Noun, name: str, field: str) -> int:
        """Return the position of the registration that says the field of the one that stands."""
        ids = list(self.merged.ids(name))
        openings = (fact for each in ids for fact in self.find_openings(noun, each))
        telling = (fact.position for fact in openings if field in vars(fact.event))
        return opening.position if len(ids) == 1 else next(telling, opening.position)

    def find_openings(self, noun: Noun, name: str) -> list[Fact]:
        """Return what `openings` returns, when it is first asked."""
        found = self.found_under(name)
        # A correction leaves the type, which says what an event may open, as it is.
        opening = [fact for fact in found.facts if fact.event.__opens__ is noun]
        known = self._known(opening, found.mended) if opening else opening
        facts = [fact for fact in known if getattr(fact.event, noun) == name]
        if len(facts) > 1:
            facts.sort(key=by_position)
        return facts

    def noun_of(self, name: str) -> Noun | None:
        """Return the noun of the id; None if the id is not known."""
        self._note(name)
        if name not in self._nouns:
            opened = {fact.event.__opens__ for fact in self.found_under(name).facts}
            nouns = (noun for noun in Noun if noun in opened and self.openings(noun, name))
            self._nouns[name] = next(nouns, None)
        return self._nouns[name]

    def party_called(self, title: str) -> str | None:
        """Return the party with that id, name or acronym, in any case; None if several have it."""
        self._note(title_name(title))
        titled = self._facts.titled(title)
        parties = {
            fact.event.party
            for fact in self._known(titled.facts, titled.mended)
            if isinstance(fact.event, PartyRegistered | PartyRenamed)
            and caseless(title) in titles(fact.event)
        }
        parties = {self.merged.id_of(party) for party in parties}
        return parties.pop() if len(parties) == 1 else None

    def looking_like(self, name: str) -> str | None:
        """Return a known id that looks like the name and is another one; None if none does."""
        plain = skeleton(name)
        self._note(like_name(plain))
        found = self.found_under(like_name(plain))
        opening = self._known(found.facts, found.mended) if found.facts else ()
        names = {getattr(each.event, each.event.__opens__ or "", plain) for each in opening}
        others = {each for each in (plain, *sorted(names)) if skeleton(each) == plain} - {name}
        same = self.merged.id_of(name)
        known = (each for each in sorted(others) if self.merged.id_of(each) != same)
        return next(filter(self.noun_of, known), None)

    def holding(self, beginnings: Iterable[str]) -> Iterator[Fact]:
        """Yield the facts that may have a word for each of the beginnings, in log order."""
        self._note(EVERYTHING)
        for listed in self._facts.holding(beginnings, up_to=self.up_to):
            fact = self.fact(listed.position)
            if fact is not None:
                yield fact

    def names(self, noun: Noun) -> list[str]:
        """Return every known id of the noun, in the order in which they were first recorded."""
        first: dict[str, int] = {}
        doubtful = {name for _, name in self.opened(mended(noun))}
        for position, name in self.opened(noun):
            first.setdefault(name, position)
            if position in self.hidden:
                doubtful.add(name)
        doubtful.difference_update(self.merged.same)
        for duplicate in self.merged.same:
            first.pop(duplicate, None)
        self._facts.prefetch(doubtful)
        for name in doubtful:
            openings = self.openings(noun, name)
            if openings:
                first[name] = openings[0].position
            else:
                first.pop(name, None)
        return sorted(first, key=lambda name: first[name])

    def opened(self, noun: str) -> Iterator[tuple[int, str]]:
        """Yield each id of the noun that an event may bring in by then, with its position."""
        self._note(EVERYTHING)
        return (each for each in self._facts.opened(noun) if each[0] <= self.up_to)

    def nearest(self, name: str, nouns: Iterable[Noun]) -> str | None:
        """Return the known id of the nouns that is most like the name; None if none is near."""
        self._note(EVERYTHING)
        allowed = tuple(nouns)
        return nearest_in(
            name,
            map(self._facts.spellings, allowed),
            is_known=lambda known: any(self.openings(noun, known) for noun in allowed),
        )

    def nearest_event(self, event_id: str) -> str | None:
        """Return the id of a known event that is one slip away from the id; None if none is."""
        self._note(EVERYTHING)
        return nearest_id(event_id, self._known_ids)

    def _known_ids(self, event_ids: list[str]) -> list[str]:
        """Return those of the ids that are ids of events known then."""
        positions = self._facts.positions_of(event_ids)
        return [each for each in event_ids if positions.get(each, self.up_to + 1) <= self.up_to]

    def all(self) -> Iterator[Fact]:
        """Yield every visible fact, in log order."""
        self._note(EVERYTHING)
        for page, followed in self._facts.stream(up_to=self.up_to):
            for listed in page:
                is_plain = listed.id not in followed and listed.position not in self.hidden
                is_plain = is_plain and not self.merged.same
                fact = listed if is_plain else self.fact(listed.position)
                if fact is not None:
                    yield fact

    def event_ids(self) -> Iterator[tuple[int, str]]:
        """Yield the position and the id of every event known then, even if it is retracted."""
        self._note(EVERYTHING)
        for page, _ in self._facts.stream(up_to=self.up_to):
            yield from ((fact.position, fact.id) for fact in page)

    def about(self, event_id: str) -> list[Fact]:
        """Return the corrections, retractions, sources and disputes of the event, in log order."""
        name = about_name(event_id)
        self._note(name)
        found = self._facts.found(name)
        if not found.facts:
            return []
        facts = self._known(found.facts, found.mended)
        if found.mended:
            facts = [
                fact
                for fact in facts
                if fact.position not in found.mended or name in own_names(fact.event)
            ]
        return facts

    def disputes(self, fact: Fact) -> list[Fact]:
        """Return the disputes of the event, in log order."""
        if self._asked is None and self._facts.is_alone(fact):
            return []
        about = self.about(fact.id)
        return [fact for fact in about if isinstance(fact.event, FactDisputed)] if about else about

    def corrected(self, event: Event, changes: FrozenMapping) -> Event:
        """Return the event with the changes of a correction, of any version of its type.

        Raises:
            RefusedError: The changed event is not valid.
        """
        return self._facts.corrected(event, changes)

    def field_today(self, event: Event, field: str, value: Json) -> str:
        """Return the name that a field of the event has today, where it is given the value."""
        return next(iter(self._facts.lift(event, FrozenMapping({field: value}))), field)

    def corrections_of(self, name: str) -> list[Fact]:
        """Return the corrections and retractions of every event that ever opened the id."""
        self._note(name)
        corrections = [
            fact
            for noun in Noun
            for opening in self._facts.opening(noun, name)
            for fact in self.about(opening.id)
            if isinstance(fact.event, EventCorrected | EventRetracted)
        ]
        return sorted(corrections, key=by_position)

    def loss_of(self, name: str) -> Loss | None:
        """Return how an id that was once known was lost; None if it never was known."""
        self._note(name)
        openings = [(noun, fact) for noun in Noun for fact in self._facts.opening(noun, name)]
        for noun, opening in openings:
            for fact in reversed(self.about(opening.id)):
                event, new = fact.event, None
                if isinstance(event, EventCorrected):
                    new = event.changes.get(noun, name)
                    new = in_nfc(new) if isinstance(new, str) else new
                if isinstance(event, EventRetracted) or new not in {None, name}:
                    return Loss(noun, name, fact.id, str(new) if new else None)
        return None

    def series_lost(self, name: str) -> Loss | None:
        """Return how the last meeting of a series was lost; None if there never was one."""
        self._note(name)
        facts = self._facts.found(name).facts
        ids = [fact.id for fact in facts if getattr(fact.event, "series", None) == name]
        abouts = chain.from_iterable(map(self.about, ids))
        retractions = (each for each in abouts if isinstance(each.event, EventRetracted))
        last = max(retractions, key=by_position, default=None)
        return Loss("series", name, last.id, None) if last is not None else None

    def _note(self, name: str) -> None:
        """Note that facts are looked for under the name."""
        if self._asked is not None:
            self._asked.add(name)
            self._asked.add(SAME)

    def _known(self, found: Iterable[Fact], mended_then: frozenset[int]) -> list[Fact]:
        """Return the facts found that were known, as they were then, without retracted ones."""
        up_to, hidden = self.up_to, self.hidden
        facts = [fact for fact in found if fact.position <= up_to]
        if not mended_then and not hidden:
            return facts
        then = (
            self.fact_by_itself(fact.position) if fact.position in mended_then else fact
            for fact in facts
            if fact.position not in hidden
        )
        return [fact for fact in then if fact is not None]

    def _as_corrected(self, fact: Fact) -> Fact | None:
        """Return the fact after the corrections known then; None after a retraction."""
        if self._facts.is_alone(fact):
            return fact
        all_about, hidden = self._facts.about(fact.id), self.hidden
        if not all_about:
            return fact
        if not hidden or hidden.isdisjoint(map(by_position, all_about)):
            return self._facts.state_at(fact, self.up_to)
        for about in all_about:
            if about.position > self.up_to:
                break
            if about.position in self.hidden:
                continue
            if isinstance(about.event, EventRetracted):
                return None
            if isinstance(about.event, EventCorrected):
                fact = Fact.of(fact.position, self.corrected(fact.event, about.event.changes))
        return fact


def _registers(fact: Fact, name: str) -> bool:
    """Return whether the fact is a registration of the thing, and does not merely name it."""
    noun = fact.event.__opens__
    return noun is not None and noun in REGISTRATIONS and opened_id(fact.event, noun) == name


class _Supposing(Visible):
    """Facts known at one position, and one event that was never recorded."""

    def __init__(
        self,
        facts: Facts,
        up_to: int,
        *,
        hidden: frozenset[int],
        asked: set[str] | None,
        supposed: Fact,
    ) -> None:
        """Bound the facts as above; the supposed fact has the position after the last."""
        super().__init__(facts, up_to, hidden=hidden, asked=asked)
        self._supposed = supposed

    def fact_by_itself(self, position: int) -> Fact | None:
        """Return the fact at the position, which may be the supposed one."""
        is_supposed = position == self._supposed.position
        return self._supposed if is_supposed else super().fact_by_itself(position)

    def naming(self, name: str) -> list[Fact]:
        """Return the facts that name the id, the supposed one among them."""
        facts = super().naming(name)
        if name not in keys(self._supposed.event):
            return facts
        return sorted((*facts, self._supposed), key=by_replay_key)
