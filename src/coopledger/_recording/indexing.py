"""Index of names in a store: whether it can be used, and how it is written where it is behind."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from functools import partial
from itertools import islice

from coopledger._facts.facts import Facts
from coopledger._facts.listing import listing_of, rule, with_stored_id
from coopledger._facts.source import Source, found
from coopledger._frozen import frozen
from coopledger._gc import collector_paused
from coopledger._kept.room import shelf_in
from coopledger._log.chain import Head, Listing, Recorded, Row, unbroken
from coopledger._log.codec import from_row, lifted, newest_version
from coopledger._log.vocabulary import Vocabulary
from coopledger._recording.spooled_log import SpooledLog
from coopledger.errors import StoreError
from coopledger.events import Event, EventCorrected
from coopledger.stores.protocol import Find, IndexPage, Listed, Log, Readable, Store
from coopledger.values import FrozenMapping

_PAGE_ROWS = 2_000
_ATTEMPTS = 3
_MOST_ON_TRIAL = 5_000
_UNFINISHED = "-"  # No program lists events so: an index is not used while it is made.


def _version(written: str) -> int:
    """Return the newest version of the type of which an event was listed by the rule."""
    number = written.split(" ", maxsplit=1)[0]
    return int(number) if number.isdecimal() else 0


@frozen
class LogIndex:
    """Index of one ledger, as a program with some vocabulary sees it.

    Attributes:
        ledger: The name of the ledger.
        vocabulary: The event types that the ledger can hold.
    """

    ledger: str
    vocabulary: Vocabulary

    def _decode(self, row: Row) -> Event:
        """Return the event of a row."""
        return from_row(self.ledger, row, vocabulary=self.vocabulary)

    def facts(self, log: Log, *, base: int = 0) -> Facts:
        """Return the facts that the index of the log holds up to a position."""
        shelf = shelf_in(log, self.ledger, self.vocabulary)
        source = Source(log, self.ledger, self._decode, self._is_usable, shelf=shelf)
        return self._facts(source, base=base)

    def spooled(self, log: SpooledLog) -> Facts:
        """Return the facts of a log whose end is on trial, of which few are kept in memory."""

        def is_usable(listed: Listed) -> bool:
            return not log.base or self._is_usable(listed)

        source = Source(log, self.ledger, self._decode, is_usable, most_facts=_MOST_ON_TRIAL)
        return self._facts(source, base=log.base)

    def source(self, log: Readable) -> Source:
        """Return the events of a log, by position."""
        return Source(log, self.ledger, self._decode, self._is_usable)

    def _facts(self, source: Source, *, base: int) -> Facts:
        """Return the facts that the index of the source holds up to a position."""
        return Facts(lift=partial(lifted, vocabulary=self.vocabulary), source=source, base=base)

    def _unfinished(self, log: Log) -> Source:
        """Return the log whose index is being made by this program, and has no rules yet."""
        return Source(log, self.ledger, self._decode, lambda _: True)

    def lister(self, log: Log, *, decode: Callable[[Row], Event] | None = None) -> "Lister":
        """Return the function that gives the names of each row, called in the order of the log.

        ``decode`` returns the event of a row where it was decoded before.
        """
        find = partial(log.find, self.ledger)
        return Lister(
            decode or self._decode, find, self._facts(self._unfinished(log), base=0).corrected
        )

    def is_usable(self, log: Log) -> bool:
        """Return whether the index of the log is by rules that agree with those of here."""
        return self._is_usable(log.listed(self.ledger))

    def reach(self, log: Log, head: Head) -> int:
        """Return the position up to which the index can be used; 0 for none.

        Raises:
            NewerLogError: A newer version of coopledger recorded an event.
            MissingPackError: An event is of a pack that the ledger was not given.
        """
        listed = log.listed(self.ledger)
        self._refuse_unknown(listed.rules)
        return min(listed.position, head.position) if self._is_usable(listed) else 0

    def write(self, store: Store, head: Head) -> int:
        """Write the index up to the head, where it is behind; return how far it can be used.

        Raises:
            DamagedLogError: An event is missing or cannot be read.
            NewerLogError: A newer version of coopledger recorded an event.
            MissingPackError: An event is of a pack that the ledger was not given.
            StoreError: The store cannot be read.
        """
        listed = store.listed(self.ledger)
        self._refuse_unknown(listed.rules)
        versions: dict[str, int] = {}
        begun: dict[str, str] = {}
        if not self._is_usable(listed):
            versions = {tag: _version(written) for tag, written in listed.rules.items()}
            begun = {tag: f"{version} {_UNFINISHED}" for tag, version in versions.items()}
            listed = Listed.nothing(self.ledger)
        if listed.position < head.position:
            pages = self._pages(store, versions, after=listed.position, head=head)
            # The rules come last: an index without them is made once more.
            if store.list_rows(self.ledger, pages, rules=begun, since=listed):
                self._write_rules(store, self._rules_of(versions), made=begun)
        return self.reach(store, head)

    def write_rules(self, store: Store, tags: AbstractSet[str]) -> AbstractSet[str]:
        """Write the rules of the types, before events of them are listed.

        Return the types that have their rules, others than these too, so that nobody need look
        for each of them. Only types of which there are events have rules: so a program that does
        not know a type sees that the log holds more than it can read.
        """
        types = self.vocabulary.types
        rules = self._rules_of({tag: types[tag][0] for tag in tags if tag in types})
        return self._write_rules(store, rules)

    def end_restoration(self, store: Store, versions: Mapping[str, int]) -> None:
        """Write the rules of the types of which events were restored, with their names.

        The versions are the newest of each type. Where the rules cannot be written, the first
        who looks makes the index once more.
        """
        with suppress(StoreError):
            self._write_rules(store, self._rules_of(versions))

    def _write_rules(
        self, store: Store, rules: Mapping[str, str], *, made: Mapping[str, str] | None = None
    ) -> AbstractSet[str]:
        """Write the rules, unless they are written; return the types that have theirs.

        Give up for an index without events, as to write there is to begin it, for one that lists
        events in another way, except ``made`` here just now, and where others are faster every
        time.
        """
        for _ in range(_ATTEMPTS):
            listed = store.listed(self.ledger)
            found = {
                tag: written
                for tag, written in listed.rules.items()
                if written != (made or {}).get(tag)
            }
            missing = {
                tag: written
                for tag, written in rules.items()
                if tag not in found or _version(written) > _version(found[tag])
            }
            if not listed.position or not self._agrees(found):
                break
            if not missing or store.list_rows(self.ledger, (), rules=missing, since=listed):
                types, written = self.vocabulary.types, found | missing
                return {
                    tag
                    for tag in written.keys() & types.keys()
                    if _version(written[tag]) >= types[tag][0]
                }
        return frozenset()

    def _rules_of(self, versions: Mapping[str, int]) -> dict[str, str]:
        """Return the rules of the types: the version of each, and how its events are listed."""
        types = self.vocabulary.types
        return {tag: f"{version} {rule(types[tag][1])}" for tag, version in versions.items()}

    def _is_usable(self, listed: Listed) -> bool:
        """Return whether the events in the index are found there as this program looks for them."""
        return bool(listed.rules) and self._agrees(listed.rules)

    def _agrees(self, rules: Mapping[str, str]) -> bool:
        """Return whether this program lists events of all the types by these rules."""
        types = self.vocabulary.types
        return all(
            written.split(" ")[-1] == rule(types[tag][1])
            for tag, written in rules.items()
            if tag in types
        )

    def _refuse_unknown(self, rules: Mapping[str, str]) -> None:
        """Refuse a log with events of a type or version that this program does not know."""
        for tag, written in rules.items():
            newest_version(tag, _version(written), self.vocabulary)

    def _pages(
        self, log: Log, versions: dict[str, int], *, after: int, head: Head
    ) -> Iterator[IndexPage]:
        """Yield pages of the index; the one before is written when the next is made.

        The versions of the types of all events are added to ``versions``.
        """
        facts = self._facts(self._unfinished(log), base=after)
        rows = unbroken(
            self.ledger, log.read(self.ledger, after=after, up_to=head.position), after=after
        )
        while page := list(islice(rows, _PAGE_ROWS)):
            with collector_paused():
                listings = list(self._listings(facts, page))
            for row in page:
                versions[row.type] = max(row.v, versions.get(row.type, 0))
            last = page[-1]
            yield (
                Head(position=last.position, chain=last.chain, recorded_us=last.recorded_us),
                listings,
            )
            facts.rebase(last.position)

    def _listings(self, facts: Facts, rows: Iterable[Row]) -> Iterator[tuple[int, Listing]]:
        """Yield the position and the names of each row, which are added to the facts."""
        for row in rows:
            event = from_row(self.ledger, row, vocabulary=self.vocabulary)
            facts.add(
                Recorded(
                    position=row.position,
                    recorded_us=row.recorded_us,
                    event=event,
                    digest=row.digest,
                    chain=row.chain,
                )
            )
            listing = facts.listing(row.position)
            stored, event_id = row.event_id, facts.fact(row.position).id
            yield row.position, with_stored_id(listing, stored=stored, event_id=event_id)


class Lister:
    """Names of the rows of a log, one after the other, made from the rows alone.

    No index is asked, so that one can be checked with it; of all events only those that were
    corrected are held.

    Attributes:
        newest: Of each type of the events so far, the newest version.
    """

    def __init__(
        self,
        decode: Callable[[Row], Event],
        find: Find,
        corrected: Callable[[Event, FrozenMapping], Event],
    ) -> None:
        """Begin before the first row."""
        self._decode = decode
        self._find = find
        self._position = 0
        self.newest: dict[str, int] = {}
        self._latest: dict[str, Event] = {}
        self._stored: dict[str, str] = {}  # The ids that are stored in another form than NFC.
        self.corrected: Callable[[Event, FrozenMapping], Event] = corrected

    def __call__(self, row: Row, find: Find | None = None) -> Listing:
        """Return the names of the next row; ``find`` is asked for those before it, if given.

        Raises:
            DamagedLogError: The row cannot be read.
            NewerLogError: A newer version of coopledger recorded it.
            MissingPackError: It is of a pack that the ledger was not given.
        """
        event, self._position = self._decode(row), row.position
        if row.v > self.newest.get(row.type, 0):
            self.newest[row.type] = row.v
        self._find = find or self._find
        event_id = event.id or ""
        listing = with_stored_id(listing_of(event, self), stored=row.event_id, event_id=event_id)
        if row.event_id != event_id or event_id in self._stored:
            self._stored[event_id] = row.event_id
        if isinstance(event, EventCorrected):
            versions = self.versions(event.target)
            if versions:
                self._latest[event.target] = self.corrected(versions[-1], event.changes)
        return listing

    def versions(self, event_id: str) -> Sequence[Event]:
        """Return the event as first recorded and as corrected before the row."""
        stored = self._stored.get(event_id, event_id)
        rows = list(found(self._find, [stored], up_to=self._position - 1))
        if not rows:
            return ()
        first = self._decode(rows[-1])
        return first, self._latest.get(event_id, first)
