"""Store of logs in memory: for tests, for trying things out, and as the model of the others."""

import threading
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Never

import attrs

from coopledger._fields.reading import short_repr
from coopledger._forks import close_at_fork
from coopledger._log.chain import Draft, Head, Listing, Row, beginning, genesis, head_at
from coopledger.errors import ArgumentError, StoreError
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
    parked_changes,
)
from coopledger.stores.waiting import poll
from coopledger.stores.write_steps import (
    Wish,
    admit_others,
    append_after,
    finder,
    followed,
    pages_after,
    refuse_filled,
    refuse_repeated,
    refuse_twice,
)

_ADDRESS = "memory"


@attrs.define
class _Log:
    """Rows of one ledger, the position of each event id among them, and the index of names."""

    rows: list[Row] = attrs.field(factory=list[Row])
    positions: dict[str, int] = attrs.field(factory=dict[str, int])
    naming: dict[str, list[int]] = attrs.field(factory=dict[str, list[int]])
    openings: dict[str, list[tuple[int, str]]] = attrs.field(
        factory=dict[str, list[tuple[int, str]]]
    )
    listed: int = 0
    entries: int = 0
    rules: dict[str, str] = attrs.field(factory=dict[str, str])

    def add_names(self, position: int, listing: Listing) -> None:
        """Write one event to the index, which then reaches up to it."""
        self.entries += listing.entries
        for name in listing.names:
            self.naming.setdefault(name, []).append(position)
        for noun, name in listing.opened:
            self.openings.setdefault(noun, []).append((position, name))
        self.listed = position

    def touches(self, names: Collection[str] | None, *, after: int) -> bool:
        """Return whether an event after the position may be found under one of the names."""
        if names is None or self.listed < len(self.rows):
            return True
        return any(self.naming.get(name, [0])[-1] > after for name in names)


class MemoryStore(Closing):
    """Keeps every log in this process; nothing outlives it.

    Appending is serialised by one lock. Reading takes none: rows become visible by
    the one step that extends a log's list, so that no reader sees part of a batch.
    """

    def __init__(self) -> None:
        """Begin without logs."""
        self._logs: dict[str, _Log] = {}
        self._cursors: dict[tuple[str, str], Cursor] = {}
        self._zones: dict[str, str] = {}
        self._writing = threading.RLock()  # which the thread that forks may have
        self._closed = False
        close_at_fork(self)

    def pause(self) -> None:
        """Wait until no other thread is writing: a child has its own copy from then on."""
        self._writing.acquire()

    def resume(self) -> None:
        """Let threads write again, on either side."""
        self._writing.release()

    def head(self, ledger: str) -> Head:
        """See `Store.head`."""
        rows = self._log(ledger).rows
        return head_at(rows[-1]) if rows else beginning(ledger)

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`."""
        end = None if up_to is None else max(up_to, 0)
        yield from self._log(ledger).rows[max(after, 0) : end]

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        """See `Store.find`."""
        log = self._log(ledger)
        visible = len(log.rows)
        positions = {event_id: log.positions.get(event_id, visible + 1) for event_id in event_ids}
        return {
            event_id: log.rows[position - 1]
            for event_id, position in positions.items()
            if position <= visible
        }

    def rows(self, ledger: str, positions: Collection[int]) -> dict[int, Row]:
        """See `Store.rows`."""
        rows = self._log(ledger).rows
        end = len(rows)
        return {position: rows[position - 1] for position in positions if 0 < position <= end}

    def position_at(self, ledger: str, recorded_us: int) -> int:
        """See `Store.position_at`."""
        rows = self._log(ledger).rows
        return bisect_right(rows, recorded_us, hi=len(rows), key=attrgetter("recorded_us"))

    def listed(self, ledger: str) -> Listed:
        """See `Store.listed`."""
        log = self._log(ledger)
        position = min(log.listed, len(log.rows))  # Names are written before their rows.
        chain = log.rows[position - 1].chain if position else genesis(ledger)
        return Listed(position=position, chain=chain, rules=dict(log.rules))

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        """See `Store.named`."""
        naming = self._log(ledger).naming
        return {name: tuple(naming.get(name, ())) for name in names}

    def opened(self, ledger: str, noun: str, *, after: int = 0) -> list[tuple[int, str]]:
        """See `Store.opened`."""
        openings = self._log(ledger).openings.get(noun, [])
        return openings[bisect_right(openings, after, key=lambda opening: opening[0]) :]

    def append(  # noqa: PLR0913 - what is to be stored, and against what it was tried
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        """See `Store.append`."""
        wish = Wish(
            ledger=ledger,
            drafts=drafts,
            seen=seen,
            clock_us=clock_us,
            revise=revise,
            rests_on=rests_on,
        )
        with self._writing:
            log = self._log(ledger)
            if not drafts:
                return Appended(rows=())

            def add(rows: Sequence[Row], new: Sequence[Draft]) -> None:
                refuse_repeated(_ADDRESS, new, stored=log.positions)
                is_listed = log.listed == len(log.rows)
                self._extend(ledger, rows, [each.listing for each in new] if is_listed else ())

            is_touched = partial(log.touches, after=seen)
            return append_after(self.head(ledger), wish, log=self, is_touched=is_touched, add=add)

    def append_pages(
        self,
        ledger: str,
        pages: Iterable[Sequence[Draft]],
        *,
        seen: int,
        clock_us: int,
        admit: Admit,
    ) -> Head:
        """See `Store.append_pages`."""
        with self._writing:
            log, head = self._log(ledger), self.head(ledger)
            admit_others(admit, log=self, ledger=ledger, head=head, seen=seen)
            is_listed = log.listed == head.position
            new_rows, listings = list[Row](), list[Listing]()
            for _, rows, page in pages_after(head, pages, clock_us=clock_us):
                new_rows += rows
                listings += (draft.listing for draft in page)
            refuse_twice(_ADDRESS, new_rows, stored=log.positions)
            self._extend(ledger, new_rows, listings if is_listed else ())
        return self.head(ledger)

    def restore(self, ledger: str, rows: Iterable[Row], *, listing: NamesOf | None = None) -> Head:
        """See `Store.restore`."""
        with self._writing:
            refuse_filled(_ADDRESS, ledger, self.head(ledger))
            new_rows = list(followed(ledger, rows))
            refuse_twice(_ADDRESS, new_rows)
            find = finder(new_rows)
            listings = [listing(row, find) for row in new_rows] if listing else ()
            self._extend(ledger, new_rows, listings)
        return self.head(ledger)

    def list_rows(
        self,
        ledger: str,
        pages: Iterable[IndexPage],
        *,
        rules: Mapping[str, str],
        since: Listed,
    ) -> bool:
        """See `Store.list_rows`."""
        start = since.position
        if not self._list_page(ledger, (), since=start, up_to=start, rules=rules):
            return False
        for head, listings in pages:
            if not self._list_page(ledger, listings, since=start, up_to=head.position):
                return False
            start = head.position
        return True

    def _list_page(
        self,
        ledger: str,
        listings: Sequence[tuple[int, Listing]],
        *,
        since: int,
        up_to: int,
        rules: Mapping[str, str] | None = None,
    ) -> bool:
        """Write a page of the index; the one without rows comes with the rules."""
        with self._writing:
            log = self._logs.setdefault(ledger, self._log(ledger))
            if rules is not None and not since:
                log.naming, log.openings, log.listed, log.entries = {}, {}, 0, 0
            if log.listed != since:
                return False
            log.rules.update(rules or {})
            for position, listing in listings:
                log.add_names(position, listing)
            log.listed = up_to
        return True

    def is_counted(self, ledger: str) -> bool:
        """See `Store.is_counted`; what is added meanwhile tells nothing."""
        log = self._log(ledger)
        written = log.entries
        held = sum(map(len, log.naming.copy().values()))
        held += sum(map(len, log.openings.copy().values()))
        return held == written or log.entries != written

    def entries(self, ledger: str) -> Iterator[tuple[str, str, int]]:
        """See `Store.entries`."""
        log = self._log(ledger)
        for name, positions in log.naming.copy().items():
            yield from (("", name, position) for position in positions)
        for noun, openings in log.openings.copy().items():
            yield from ((noun, name, position) for position, name in openings)

    def zone(self, ledger: str) -> str | None:
        """See `Store.zone`."""
        self._refuse_closed()
        return self._zones.get(ledger)

    def settle_zone(self, ledger: str, zone: str) -> str:
        """See `Store.settle_zone`."""
        self._refuse_closed()
        return self._zones.setdefault(ledger, zone)

    def cursors(self, ledger: str) -> tuple[Cursor, ...]:
        """See `Store.cursors`."""
        self._refuse_closed()
        every = sorted(self._cursors.copy().items())
        return tuple(cursor for (owner, _), cursor in every if owner == ledger)

    def cursor(self, ledger: str, name: str) -> Cursor | None:
        """See `Store.cursor`."""
        self._refuse_closed()
        cursor = self._cursors.get((ledger, name))
        return cursor and attrs.evolve(cursor, parked=())

    def take_cursor(self, ledger: str, name: str, *, after: int = 0) -> Cursor:
        """See `Store.take_cursor`."""
        with self._writing:
            self._refuse_closed()
            new = Cursor(name=name, epoch=0, position=after, reached=after)
            old = self._cursors.get((ledger, name), new)
            cursor = self._cursors[ledger, name] = attrs.evolve(old, epoch=old.epoch + 1)
        return attrs.evolve(cursor, parked=())

    def move_cursor(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None = None
    ) -> bool:
        """See `Store.move_cursor`; there is no database that somebody could be connected to."""
        if connection is not None:
            remedy = "leads elsewhere: this log lies in memory, save without a connection"
            raise ArgumentError("connection", short_repr(connection), remedy)
        with self._writing:
            self._refuse_closed()
            now = self._cursors.get((ledger, before.name))
            if now is None or (now.epoch, now.position) != (before.epoch, before.position):
                return False
            gone, new = parked_changes(before, after)
            parked = {each.stretch: each for each in now.parked}
            if any(parked.pop(each.stretch, None) is None for each in gone):
                return False
            parked.update((each.stretch, each) for each in new)
            self._cursors[ledger, before.name] = attrs.evolve(after, parked=parked.values())
        return True

    def is_in_transaction(self, connection: object) -> bool:
        """See `Store.is_in_transaction`; memory has no connections."""
        del connection
        return False

    def joined(self, connection: object) -> Never:
        """See `Store.joined`; refuses every connection."""
        self._refuse_closed()
        remedy = "cannot be joined: this ledger lies in no database; open one with Ledger.open(...)"
        raise ArgumentError("connection", short_repr(connection), remedy)

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        """See `Store.wait`; looks again and again."""
        return poll(lambda: self.head(ledger).position > after, seconds=seconds, stopped=stopped)

    def files(self) -> tuple[str, ...]:
        """See `Store.files`; memory has none."""
        self._refuse_closed()
        return ()

    def back_up(self, path: Path, *, tell: Tell) -> Never:
        """See `Store.back_up`; refuses."""
        del path, tell
        self._refuse_closed()
        reason = "has no file to back up: use export_jsonl, or copy_to a ledger in a file"
        raise StoreError(_ADDRESS, reason)

    def ledgers(self) -> tuple[str, ...]:
        """See `Store.ledgers`."""
        self._refuse_closed()
        return tuple(sorted(name for name, log in self._logs.copy().items() if log.rows))

    def close(self) -> None:
        """Refuse every later call; the logs are gone with the store."""
        with self._writing:
            self._closed = True

    def _extend(self, ledger: str, rows: Sequence[Row], listings: Sequence[Listing]) -> None:
        """Make the rows visible; ids and names first, as they point at rows."""
        if rows:
            log = self._log(ledger)
            log.positions.update((row.event_id, row.position) for row in rows)
            for row, listing in zip(rows, listings, strict=False):
                log.add_names(row.position, listing)
            log.rows.extend(rows)
            self._logs[ledger] = log

    def _log(self, ledger: str) -> _Log:
        self._refuse_closed()
        return self._logs.get(ledger) or _Log()

    def _refuse_closed(self) -> None:
        if self._closed:
            raise StoreError(_ADDRESS, "the store is closed")
