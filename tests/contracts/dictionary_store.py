"""Store that keeps nothing but logs, written apart from the others: lists in a dictionary.

As one with a file for each ledger would, it refuses a ledger without a name.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Never

from coopledger._log.chain import Listing, beginning, genesis, head_at
from coopledger.errors import StoreError
from coopledger.stores import Draft, Head, Row
from coopledger.stores.protocol import (
    Closing,
    Cursor,
    IndexPage,
    Listed,
    Names,
    Revise,
    Stopped,
    Tell,
    poll,
)
from coopledger.stores.write_steps import (
    extend,
    followed,
    refuse_filled,
    refuse_repeated,
    refuse_shorter,
    refuse_twice,
)

__all__ = ["DictionaryStore"]

WHERE = "a dictionary"


class DictionaryStore(Closing):
    """Keeps the rows of each ledger in a list; has no cursors, no files and no connections."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {}
        self._zones: dict[str, str] = {}
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
        self.head(ledger)  # refuses, once it is closed
        return Listed(position=0, chain=genesis(ledger), rules={})

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        self.head(ledger)
        return dict.fromkeys(names, ())

    def opened(self, ledger: str, noun: str, *, after: int = 0) -> list[tuple[int, str]]:
        del noun, after
        self.head(ledger)
        return []

    def list_rows(
        self,
        ledger: str,
        pages: Iterable[IndexPage],
        *,
        rules: Mapping[str, str],
        since: Listed,
    ) -> bool:
        del pages, rules, since
        self.head(ledger)
        return False

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
    ) -> tuple[Row, ...]:
        del rests_on  # It keeps no index, and has everybody revise.
        with self._lock:
            head = self.head(ledger)
            if not drafts:
                return ()
            refuse_shorter(ledger, head, seen=seen)
            if head.position != seen:
                offer = revise(self.read(ledger, after=seen))
                drafts = offer.drafts if offer is not None else drafts
            self._refuse_repeated(ledger, drafts)
            rows = self._numbered(head, drafts, clock_us=clock_us)
            self._keep(ledger, rows)
            return rows

    def restore(
        self, ledger: str, rows: Iterable[Row], *, listing: Callable[[Row], Listing] | None = None
    ) -> Head:
        del listing
        with self._lock:
            refuse_filled(WHERE, ledger, self.head(ledger))
            new_rows = tuple(followed(ledger, rows))
            refuse_twice(WHERE, new_rows)
            self._keep(ledger, new_rows)
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
