"""Store that keeps nothing but logs, written apart from the others: lists in a dictionary.

As one with a file for each ledger would, it refuses a ledger without a name.
"""

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Never

from coopledger._log.chain import Listing, beginning, genesis, head_at
from coopledger.errors import StoreError
from coopledger.stores import Draft, Head, Row
from coopledger.stores.protocol import (
    Admit,
    Appended,
    Closing,
    Cursor,
    IndexPage,
    Listed,
    Names,
    NamesOf,
    Revise,
    Stopped,
    Tell,
)
from coopledger.stores.waiting import poll
from coopledger.stores.write_steps import (
    extend,
    finder,
    followed,
    refuse_filled,
    refuse_repeated,
    refuse_shorter,
    refuse_twice,
)

__all__ = ["DictionaryStore"]

WHERE = "a dictionary"


class DictionaryStore(Closing):
    """Keeps rows and names of each ledger in lists; has no cursors, no files and no connections."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {}
        self._zones: dict[str, str] = {}
        self._listings: dict[str, list[Listing]] = {}
        self._rules: dict[str, dict[str, str]] = {}
        self._lock = threading.RLock()
        self._closed = False

    def head(self, ledger: str) -> Head:
        rows = self._all(ledger)
        return head_at(rows[-1]) if rows else beginning(ledger)

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        for row in self._all(ledger):
            if after < row.position and (up_to is None or row.position <= up_to):
                yield row

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        wanted = set(event_ids)
        return {row.event_id: row for row in self._all(ledger) if row.event_id in wanted}

    def rows(self, ledger: str, positions: Collection[int]) -> dict[int, Row]:
        return {row.position: row for row in self._all(ledger) if row.position in positions}

    def position_at(self, ledger: str, recorded_us: int) -> int:
        return sum(row.recorded_us <= recorded_us for row in self._all(ledger))

    def listed(self, ledger: str) -> Listed:
        rows = self._all(ledger)
        position = len(self._listings.get(ledger, []))
        chain = rows[position - 1].chain if position else genesis(ledger)
        return Listed(position=position, chain=chain, rules=dict(self._rules.get(ledger, {})))

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        return {
            name: tuple(at for at, listing in self._index(ledger) if name in listing.names)
            for name in names
        }

    def opened(self, ledger: str, noun: str, *, after: int = 0) -> list[tuple[int, str]]:
        return [
            (at, name)
            for at, listing in self._index(ledger)
            for each, name in listing.opened
            if each == noun and at > after
        ]

    def list_rows(
        self,
        ledger: str,
        pages: Iterable[IndexPage],
        *,
        rules: Mapping[str, str],
        since: Listed,
    ) -> bool:
        if not since.position:
            self._listings[ledger] = []
        end = since.position
        nothing: tuple[None, list[tuple[int, Listing]]] = (None, [])
        for head, listings in chain([nothing], pages):
            if self.listed(ledger).position != end:
                return False
            if head is None:
                self._rules[ledger] = {**self._rules.get(ledger, {}), **rules}
                continue
            self._listings[ledger] = [
                *self._listings.get(ledger, []),
                *(listing for _, listing in listings),
            ]
            end = head.position
        return True

    def is_counted(self, ledger: str) -> bool:
        del ledger
        self._refuse_closed()
        return True

    def entries(self, ledger: str) -> Iterator[tuple[str, str, int]]:
        for at, listing in self._index(ledger):
            yield from (("", name, at) for name in listing.names)
            yield from ((noun, name, at) for noun, name in listing.opened)

    def _index(self, ledger: str) -> Iterator[tuple[int, Listing]]:
        self._refuse_closed()
        return enumerate(self._listings.get(ledger, []), 1)

    def _list(self, ledger: str, listings: Sequence[Listing]) -> None:
        """Keep the names of rows that are just kept, if those before them are listed."""
        listed = self._listings.get(ledger, [])
        if len(listed) + len(listings) == len(self._all(ledger)):
            self._listings[ledger] = [*listed, *listings]

    def _is_touched(self, ledger: str, names: Names, *, seen: int) -> bool:
        if names is None or self.listed(ledger).position < self.head(ledger).position:
            return True
        return any(at > seen and set(names) & set(each.names) for at, each in self._index(ledger))

    def zone(self, ledger: str) -> str | None:
        self.head(ledger)
        return self._zones.get(ledger)

    def settle_zone(self, ledger: str, zone: str) -> str:
        self.head(ledger)
        return self._zones.setdefault(ledger, zone)

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        with self._lock:
            head = self.head(ledger)
            if not drafts:
                return Appended(rows=())
            refuse_shorter(ledger, head, seen=seen)
            if head.position != seen and self._is_touched(ledger, rests_on, seen=seen):
                offer = revise(self.read(ledger, after=seen))
                drafts = offer.drafts if offer is not None else drafts
            self._refuse_repeated(ledger, drafts)
            rows = self._numbered(head, drafts, clock_us=clock_us)
            self._keep(ledger, rows)
            self._list(ledger, [draft.listing for draft in drafts])
            return Appended(rows=rows)

    def append_pages(
        self,
        ledger: str,
        pages: Iterable[Sequence[Draft]],
        *,
        seen: int,
        clock_us: int,
        admit: Admit,
    ) -> Head:
        with self._lock:
            head = self.head(ledger)
            refuse_shorter(ledger, head, seen=seen)
            if head.position != seen:
                admit(self.read(ledger, after=seen))
            drafts = [draft for page in pages for draft in page]
            self._refuse_repeated(ledger, drafts)
            if drafts:
                self._keep(ledger, self._numbered(head, drafts, clock_us=clock_us))
                self._list(ledger, [draft.listing for draft in drafts])
            return self.head(ledger)

    def restore(self, ledger: str, rows: Iterable[Row], *, listing: NamesOf | None = None) -> Head:
        with self._lock:
            refuse_filled(WHERE, ledger, self.head(ledger))
            new_rows = tuple(followed(ledger, rows))
            refuse_twice(WHERE, new_rows)
            self._keep(ledger, new_rows)
            if listing is not None:
                find = finder(new_rows)
                self._list(ledger, [listing(row, find) for row in new_rows])
            return self.head(ledger)

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        return poll(lambda: self.head(ledger).position > after, seconds=seconds, stopped=stopped)

    def cursors(self, ledger: str) -> tuple[Cursor, ...]:
        self.head(ledger)  # refuses, once it is closed
        return ()

    def cursor(self, ledger: str, name: str) -> Cursor | None:
        del name
        self.head(ledger)
        return None

    def take_cursor(self, ledger: str, name: str, *, after: int = 0) -> Cursor:
        del name, after
        self.head(ledger)
        raise StoreError(WHERE, "keeps no cursors")

    def move_cursor(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None = None
    ) -> bool:
        del before, after, connection
        self.head(ledger)
        return False

    def is_in_transaction(self, connection: object) -> bool:
        del connection
        return False

    def joined(self, connection: object) -> Never:
        del connection
        raise StoreError(WHERE, "has no connections")

    def files(self) -> tuple[str, ...]:
        self._refuse_closed()
        return ()

    def back_up(self, path: Path, *, tell: Tell) -> Never:
        del path, tell
        raise StoreError(WHERE, "has no files")

    def ledgers(self) -> tuple[str, ...]:
        self._refuse_closed()
        return tuple(sorted(self._rows))

    def close(self) -> None:
        self._closed = True

    def _refuse_repeated(self, ledger: str, drafts: Sequence[Draft]) -> None:
        stored = self.find(ledger, [draft.event_id for draft in drafts])
        refuse_repeated(WHERE, drafts, stored=stored)

    def _numbered(self, head: Head, drafts: Sequence[Draft], *, clock_us: int) -> tuple[Row, ...]:
        return extend(head, drafts, clock_us=clock_us)

    def _keep(self, ledger: str, rows: tuple[Row, ...]) -> None:
        """Keep the rows: one assignment makes them visible, all at once."""
        if rows:
            self._rows[ledger] = [*self._all(ledger), *rows]

    def _all(self, ledger: str) -> list[Row]:
        self._refuse_closed()
        if not ledger:
            raise StoreError(WHERE, "a ledger without a name is kept nowhere")
        return self._rows.get(ledger, [])

    def _refuse_closed(self) -> None:
        if self._closed:
            raise StoreError(WHERE, "it is closed")
