"""Index of names in a store: whether it can be used, and how it is written where it is behind."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

import attrs

from coopledger._facts.facts import Facts
from coopledger._facts.listing import rules
from coopledger._facts.source import Source
from coopledger._gc import collector_paused
from coopledger._log.chain import Head, Listing, Recorded, Row, genesis, unbroken
from coopledger._log.codec import from_row, lifted
from coopledger._log.vocabulary import Vocabulary
from coopledger.stores.protocol import IndexPage, Listed, Log, Store

_PAGE_ROWS = 2_000


@attrs.frozen
class LogIndex:
    """Index of one ledger, as a program with some vocabulary sees it.

    Attributes:
        ledger: The name of the ledger.
        vocabulary: The event types that the ledger can hold.
    """

    ledger: str
    vocabulary: Vocabulary

    def facts(self, log: Log, *, base: int = 0) -> Facts:
        """Return the facts that the index of the log holds up to a position."""
        decode = partial(from_row, self.ledger, vocabulary=self.vocabulary)
        source = Source(log, self.ledger, decode)
        return Facts(lift=partial(lifted, vocabulary=self.vocabulary), source=source, base=base)

    def usable(self, listed: Listed) -> bool:
        """Return whether the events in the index are found there as this program looks for them."""
        own = rules(self.vocabulary)
        shared = own.keys() & listed.rules.keys()
        return bool(shared) and all(own[tag] == listed.rules[tag] for tag in shared)

    def has_all_rules(self, listed: Listed) -> bool:
        """Return whether the rules of all types of this program are written."""
        return rules(self.vocabulary).keys() <= listed.rules.keys()

    def reach(self, log: Log, head: Head) -> int:
        """Return the position up to which the index can be used; 0 for none."""
        listed = log.listed(self.ledger)
        return min(listed.position, head.position) if self.usable(listed) else 0

    def write(self, store: Store, head: Head) -> int:
        """Write the index up to the head, where it is behind; return how far it can be used.

        Raises:
            DamagedLogError: An event is missing or cannot be read.
            NewerLogError: A newer version of coopledger recorded an event.
            MissingPackError: An event is of a pack that the ledger was not given.
            StoreError: The store cannot be read.
        """
        listed = store.listed(self.ledger)
        if not self.usable(listed):
            listed = Listed(position=0, chain=genesis(self.ledger), rules={})
        if listed.position < head.position:
            pages = self._pages(store, after=listed.position, head=head)
            store.list_rows(self.ledger, pages, rules=rules(self.vocabulary), since=listed)
        return self.reach(store, head)

    def write_rules(self, store: Store) -> None:
        """Write the rules of this program, before it records events that are listed by them."""
        listed = store.listed(self.ledger)
        if not self.has_all_rules(listed):
            store.list_rows(self.ledger, (), rules=rules(self.vocabulary), since=listed)

    def _pages(self, log: Log, *, after: int, head: Head) -> Iterator[IndexPage]:
        """Yield pages of the index; the one before is written when the next is made."""
        facts = self.facts(log, base=after)
        rows = unbroken(
            self.ledger, log.read(self.ledger, after=after, up_to=head.position), after=after
        )
        while page := list(islice(rows, _PAGE_ROWS)):
            with collector_paused():
                listings = list(self._listings(facts, page))
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
            yield row.position, facts.listing(row.position)
