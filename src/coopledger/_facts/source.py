"""Events that the index of a log finds, read by name: decoded once, and kept within bounds."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Protocol, runtime_checkable

from coopledger._facts.found import NOTHING, Found, ordered
from coopledger._facts.index import Fact
from coopledger._facts.listing import MENDING, about_name, id_name, own_names
from coopledger._facts.tail import Tail
from coopledger._frozen import frozen
from coopledger._gc import collector_paused
from coopledger._log.chain import Recorded, Row, unbroken
from coopledger._log.codec import recorded
from coopledger.errors import DamagedLogError
from coopledger.events import Correction, Event, EventCorrected
from coopledger.stores.kept import Shelf
from coopledger.stores.protocol import Find, Listed, Readable

PAGE = 500
_MANY_FACTS = 10_000
_MOST_FACTS = 60_000
_NAMES_PER_FACT = 4


def found(find: Find, event_ids: Collection[str], *, up_to: int) -> Iterator[Row]:
    """Yield the rows with these very ids up to the position, in the order of the log."""
    rows = find(list(event_ids)).values() if event_ids else ()
    in_order = sorted(rows, key=lambda row: row.position)
    return (row for row in in_order if row.position <= up_to)


@runtime_checkable
class NamedAtOnce(Protocol):
    """Log that can tell what is under names, and how far they are written, in one question."""

    def named_at_once(
        self, ledger: str, names: Collection[str]
    ) -> tuple[Listed, dict[str, tuple[int, ...]]]:
        """Return `Readable.listed`, and `Readable.named`, as both were at one moment.

        Raises:
            StoreError: The store cannot be read.
        """
        ...


@frozen
class Source:
    """Log of one ledger, and how its rows are read as events.

    Attributes:
        log: The log.
        ledger: The name of the ledger.
        decode: Returns the event of a row.
        is_usable: Says whether an index is that of this program.
        most_facts: How many facts are kept in memory, and a few times as many names.
        shelf: Where the log keeps what is derived from it, if it does.
    """

    log: Readable
    ledger: str
    decode: Callable[[Row], Event]
    is_usable: Callable[[Listed], bool]
    most_facts: int = _MOST_FACTS
    shelf: Shelf | None = None

    def is_listed(self, up_to: int) -> bool:
        """Return whether the index can be used up to the position still.

        Asked after the index: another program removes it to list events in its own way.
        """
        listed = self.log.listed(self.ledger)
        return listed.position >= up_to and self.is_usable(listed)

    def named_up_to(
        self, up_to: int, names: Collection[str]
    ) -> Mapping[str, tuple[int, ...]] | None:
        """Return the positions under the names; None if the index cannot be used up to there."""
        if isinstance(self.log, NamedAtOnce):
            listed, named = self.log.named_at_once(self.ledger, names)
            is_usable = listed.position >= up_to and self.is_usable(listed)
            return named if is_usable else None
        named = self.log.named(self.ledger, names)
        return named if self.is_listed(up_to) else None

    def rows(self, positions: Collection[int]) -> dict[int, Row]:
        """Return the rows at the positions.

        Raises:
            DamagedLogError: One of them is missing.
        """
        rows = self.log.rows(self.ledger, positions) if positions else {}
        for position in positions:
            if position not in rows or rows[position].position != position:
                raise DamagedLogError(self.ledger, position, "missing: the index of names has it")
        return rows

    def find(self, event_ids: Collection[str], *, up_to: int) -> Iterator[Row]:
        """Yield the rows of the events that are recorded up to the position.

        An older event may have its id in another form than NFC, under which it is listed.
        """
        stored = found(partial(self.log.find, self.ledger), event_ids, up_to=up_to)
        rows = {row.position: row for row in stored}
        names = [id_name(each) for each in event_ids if not each.isascii()]
        if names:
            named = self.log.named(self.ledger, names).values()
            places = {each for each in chain.from_iterable(named) if each <= up_to}
            rows |= self.rows(places - rows.keys())
        return (rows[position] for position in sorted(rows))

    def recorded(self, row: Row) -> Recorded:
        """Return the event of a row as recorded."""
        return recorded(row, self.decode(row))

    def stream(self, *, after: int = 0, up_to: int | None = None) -> Iterator[Recorded]:
        """Yield the events between two positions, each once none before it is missing."""
        rows = self.log.read(self.ledger, after=after, up_to=up_to)
        for row in unbroken(self.ledger, rows, after=after):
            yield self.recorded(row)


class Whole(Protocol):
    """Facts that are all in memory."""

    def found(self, name: str) -> Found:
        """Return what is found under the name."""
        ...

    def opened(self, noun: str) -> Sequence[tuple[int, str]]:
        """Return each id of the noun that an event may bring in, with its position."""
        ...


class Pages:
    """What was read of the index up to a position, which stays the same however the log grows.

    Where another program removes the index meanwhile, to list events in its own way, the log is
    read whole in its place. Dropped as a whole when it is full. Threads may read at once: at worst
    both read the same.

    Attributes:
        alone: The positions of facts that no other is about, which is kept by name too.
        is_full: Whether it is time to begin without anything read.
    """

    def __init__(self, source: Source, base: int, whole: Callable[[int], Whole]) -> None:
        """Begin without anything read; ``whole`` reads all facts up to a position."""
        self._source = source
        self._base = base
        self._read_whole = whole
        self._whole: Whole | None = None
        self._found: dict[str, Found] = {}
        self._facts: dict[int, Fact] = {}
        self._positions: dict[str, int] = {}
        self._openings: dict[str, list[tuple[int, str]]] = {}
        self.alone: set[int] = set()
        self._followed: set[str] = set()
        self.is_full = False

    @property
    def is_large(self) -> bool:
        """Return whether there is more to read than one question is likely to ask for again."""
        return self._whole is None and self._base > _MANY_FACTS

    def take_over(self, before: "Pages | None", tail: Tail) -> None:
        """Keep what was read before, and what the tail since then holds, which ends here."""
        if before is not None:
            self._facts, self._positions, self._found = before.read()
        found = self._found
        for name in tail.names():
            known = NOTHING if before is None else found.get(name)
            if known is not None:
                found[name] = known.joined(tail.found(name), name)
        for fact in tail.facts(up_to=self._base):
            self._facts[fact.position] = fact
            self._positions[fact.id] = fact.position
            # Whatever is about it came later.
            about = about_name(fact.id)
            found.setdefault(about, tail.found(about))

    def read(self) -> tuple[dict[int, Fact], dict[str, int], dict[str, Found]]:
        """Return what was read: facts and positions, which hold for good, and what names find."""
        return self._facts, self._positions, self._found.copy()

    def found(self, name: str) -> Found:
        """Return what is found under the name."""
        found = self._found.get(name)
        return found if found is not None else self.load([name])[name]

    def followed(self) -> set[str]:
        """Return the names of whatever is about facts of which that was not read yet."""
        names, self._followed = set(map(about_name, self._followed)), set()
        return names

    def prefetch(self, names: Iterable[str]) -> None:
        """Read what is found under the names, all at once, unless it was read before."""
        new = {name for name in names if name not in self._found}
        if new:
            self.load(new)

    def load(self, names: Iterable[str]) -> Mapping[str, Found]:
        """Read what is found under the names, all at once; return it."""
        found = {name: self._found.get(name) for name in names}
        new = [name for name, its in found.items() if its is None]
        result = {name: its for name, its in found.items() if its is not None}
        if not new:
            return result
        self._watch_size()
        named = self._named(new)
        if self._whole is not None:
            for name in new:
                result[name] = self._found[name] = self._whole.found(name)
            return result
        places = {name: self._up_to_base(positions) for name, positions in named.items()}
        facts = self.facts(set(chain.from_iterable(places.values())))
        about = {each for each, fact in facts.items() if isinstance(fact.event, Correction)}
        targets = self._targets(places, facts, about)
        alone = set[int]()
        for name in new:
            positions = places.get(name, ())
            listed = [facts[position] for position in positions]
            if about.isdisjoint(positions):
                alone.update(positions)
                found_here = Found(ordered(name, listed)) if listed else NOTHING
            else:
                found_here = self._under(name, listed, targets)
            result[name] = self._found[name] = found_here
        self._note_alone(facts[position] for position in alone - self.alone)
        return result

    def _named(self, names: Collection[str]) -> Mapping[str, tuple[int, ...]]:
        """Return the positions under the names; nothing where there is no such index any more."""
        if self._whole is None:
            named = self._source.named_up_to(self._base, names)
            if named is not None:
                return named
            self._whole = self._read_whole(self._base)
        return {}

    def _up_to_base(self, positions: Sequence[int]) -> Sequence[int]:
        """Return those of the positions, which are in order, that are not after the base."""
        if not positions or positions[-1] <= self._base:
            return positions
        return positions[: bisect_right(positions, self._base)]

    def _is_listed(self) -> bool:
        """Return whether the index has just been that of all the facts; else read the log."""
        if self._whole is None and not self._source.is_listed(self._base):
            self._whole = self._read_whole(self._base)
        return self._whole is None

    def _targets(
        self, places: Mapping[str, Sequence[int]], facts: Mapping[int, Fact], about: set[int]
    ) -> Mapping[str, Fact]:
        """Return, by id, the facts that those under the names correct or retract.

        ``about`` are the positions of the facts that are about others.
        """
        ids = {
            fact.event.target
            for name, positions in places.items()
            for fact in map(facts.__getitem__, about.intersection(positions) if about else ())
            if isinstance(fact.event, MENDING) and name != about_name(fact.event.target)
        }
        positions = self.positions_of(ids)
        found = self.facts(set(positions.values()))
        return {event_id: found[position] for event_id, position in positions.items()}

    def _under(self, name: str, listed: list[Fact], targets: Mapping[str, Fact]) -> Found:
        """Return what is found under a name where the index lists facts about others too."""
        facts, mended, followed = dict[int, Fact](), set[int](), set[str]()
        for fact in listed:
            event = fact.event
            if not isinstance(event, Correction):
                facts[fact.position] = fact
                continue
            followed.add(event.target)
            if name in own_names(event):
                facts[fact.position] = fact
            target = targets.get(event.target) if name != about_name(event.target) else None
            if target is not None and isinstance(event, MENDING):
                mended.add(target.position)
                if isinstance(event, EventCorrected):
                    facts[target.position] = target
        self._followed |= followed
        self._note_alone(fact for fact in facts.values() if fact.id not in followed)
        return Found(ordered(name, facts.values()), frozenset(mended)) if facts else NOTHING

    def note_new(self, event_id: str) -> None:
        """Note that nothing up to here is about an event that comes later."""
        self._found.setdefault(about_name(event_id), NOTHING)

    def _note_alone(self, facts: Iterable[Fact]) -> None:
        """Note that nothing is about the facts: it would be listed where they are found."""
        for fact in facts:
            self.alone.add(fact.position)
            self._found.setdefault(about_name(fact.id), NOTHING)

    def fact(self, position: int) -> Fact:
        """Return the fact at the position."""
        fact = self._facts.get(position)
        return fact if fact is not None else self.facts([position])[position]

    def facts(self, positions: Collection[int]) -> dict[int, Fact]:
        """Return the facts at the positions, by position."""
        kept = self._facts
        facts = {each: kept[each] for each in positions if each in kept}
        missing = [each for each in positions if each not in facts]
        if missing:
            with collector_paused():
                for row in self._source.rows(sorted(missing)).values():
                    facts[row.position] = self._take(row)
            self._watch_size()
        return facts

    def _watch_size(self) -> None:
        """Find out whether enough is kept."""
        most = self._source.most_facts
        self.is_full = len(self._facts) > most or len(self._found) > _NAMES_PER_FACT * most

    def _take(self, row: Row) -> Fact:
        """Return the fact of a row, which is kept."""
        fact = self._facts[row.position] = Fact.of(row.position, self._source.decode(row))
        self._positions[fact.id] = row.position
        return fact

    def positions_of(self, event_ids: Collection[str]) -> dict[str, int]:
        """Return the positions of the events that are recorded up to here."""
        kept = self._positions
        positions = {each: kept[each] for each in event_ids if each in kept}
        missing = [each for each in event_ids if each not in positions]
        if missing:
            for row in self._source.find(missing, up_to=self._base):
                fact = self._take(row)
                positions[fact.id] = row.position
        return positions

    def opened(self, noun: str) -> list[tuple[int, str]]:
        """Return each id of the noun that an event may bring in, with its position."""
        if noun not in self._openings:
            opened: Sequence[tuple[int, str]] = ()
            if self._whole is None:
                opened = self._source.log.opened(self._source.ledger, noun)
            if not self._is_listed() and self._whole is not None:
                opened = self._whole.opened(noun)
            self._openings[noun] = [each for each in opened if each[0] <= self._base]
        return self._openings[noun]

    def stream(self, *, up_to: int) -> Iterator[tuple[list[Fact], set[str]]]:
        """Yield all facts, page by page, with the ids of those that others are about."""
        source = self._source
        events = source.stream(up_to=min(up_to, self._base))
        while page := list(islice(events, PAGE)):
            names = {about_name(item.id): item.id for item in page}
            named = self._named(list(names))
            followed = {names[name] for name, positions in named.items() if positions}
            if self._whole is not None:
                followed = {names[name] for name in names if self._is_followed(name)}
            yield [Fact.of(item.position, item.event) for item in page], followed

    def _is_followed(self, name: str) -> bool:
        """Return whether anything is found under the name where all facts are in memory."""
        found = self._whole.found(name) if self._whole is not None else NOTHING
        return bool(found.facts or found.mended)
