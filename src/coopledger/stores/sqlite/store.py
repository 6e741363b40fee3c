"""Store of logs in one SQLite file, shared by threads and processes of one machine."""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from coopledger._gc import collector_paused
from coopledger._log.chain import Draft, End, Head, Listing, Row, genesis, head_at
from coopledger.errors import DamagedLogError, StoreBusyError, StoreError
from coopledger.stores.database import (
    PAGE_ROWS,
    DatabaseStore,
    cursor_of,
    head_in,
    steps_of_move,
)
from coopledger.stores.protocol import (
    Admit,
    Appended,
    Cursor,
    Durability,
    IndexPage,
    Listed,
    Names,
    NamesOf,
    Revise,
    Stopped,
    Tell,
)
from coopledger.stores.sqlite import naming
from coopledger.stores.sqlite.backup import copied
from coopledger.stores.sqlite.failures import (
    BUSY_TIMEOUT_SECONDS,
    is_busy,
    is_unwritable,
    plain_error,
    plain_errors,
)
from coopledger.stores.sqlite.file import BESIDE, Connections, LogFile
from coopledger.stores.sqlite.host_transaction import (
    SqliteHostTransaction,
    host_connection,
    host_errors,
)
from coopledger.stores.sqlite.kept import SqliteKept
from coopledger.stores.sqlite.statements import (
    BEGIN_LEDGER,
    EARLIER_IDS,
    INSERT,
    MAIN_FILE,
    OTHERWISE,
    READ_BACK,
    SETTLE_ZONE,
    STATEMENTS,
    ZONE,
    SqliteReading,
    rows_with,
    values_of,
    zone_in,
)
from coopledger.stores.verification import refuse_unsound
from coopledger.stores.waiting import PATIENCE_SECONDS, poll
from coopledger.stores.write_steps import (
    Wish,
    admit_others,
    append_after,
    pages_after,
    pages_of,
    refuse_filled,
    refuse_repeated,
    refuse_twice,
)


class SqliteStore(SqliteReading, DatabaseStore[str]):
    """Keeps every log in one SQLite file in WAL mode.

    Threads share a store; every process opens its own on the same file, and a store
    that is open at a fork goes on working on both sides. Writers take turns, readers
    wait for nobody. The file belongs on a local disk: WAL does not work over a
    network file system.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        durability: Durability = "durable",
        lock_timeout_seconds: float = PATIENCE_SECONDS,
        readonly: bool = False,
    ) -> None:
        """Open the file, or create it in a folder that exists.

        Args:
            path: The file; folders on the way to it are not created.
            durability: ``durable`` syncs the disk before `append` returns; with
                ``fast`` a power cut may lose the last appends, but never corrupts
                the log. Either survives the death of the process at any moment.
            lock_timeout_seconds: How long to wait for the locks of other processes.
            readonly: Write nothing, make no file, and lift no older log.

        Raises:
            StoreError: There is no such folder, or the file is no coopledger log.
            NewerLogError: A newer version of coopledger made the file.
            FieldError: The durability is neither of the two (E106).
                Nothing is created or changed in any of these cases.
        """
        self._file = LogFile(
            address=path,
            durability=durability,
            lock_timeout_seconds=lock_timeout_seconds,
            readonly=readonly,
        )
        self._connections = Connections(self._file)
        self.kept: SqliteKept = SqliteKept(self._ask, self._ask_if_any, self._keep)
        self._is_lifted = False  # as far as is known
        self._ends: dict[str, Row] = {}  # of ledgers that nobody else may have added to
        self._latest: dict[str, naming.Latest] = {}  # of each ledger, for any thread

    @property
    def lock_timeout_seconds(self) -> float:
        """See `Patient`."""
        return self._file.lock_timeout_seconds

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
        """See `Store.append`; returns when the commit is as durable as was asked for."""
        if not drafts:
            self._connections.refuse_closed()
            return Appended(rows=())
        wish = Wish(
            ledger=ledger,
            drafts=drafts,
            seen=seen,
            clock_us=clock_us,
            revise=revise,
            rests_on=rests_on,
        )
        with self._connections.writers_turn:
            writer = self._connections.writer()
            try:
                rows = self._append_at_end(writer, wish)
                return Appended(rows=rows) if rows else self._append_at_head(writer, wish)
            finally:
                self._connections.end(writer)

    def _append_at_end(self, writer: sqlite3.Connection, wish: Wish) -> tuple[Row, ...]:
        """Append where this store has left the end of the ledger, unread; nothing if it moved.

        The triggers compare position and time with the head, and the index holds its chain.
        """
        ledger = wish.ledger
        last = self._ends.pop(ledger, None)
        if last is None or last.position != wish.seen:
            return ()
        rows = wish.rows_after(last)
        self._begin(writer)
        try:
            is_listed = self._add(writer, ledger, rows, _listings(wish.drafts), since=last)
        except sqlite3.IntegrityError:
            is_listed = False
        if not is_listed:
            self._connections.end(writer)
            return ()
        self._commit(writer)
        self._ends[ledger] = rows[-1]
        return rows

    def _append_at_head(self, writer: sqlite3.Connection, wish: Wish) -> Appended:
        """Append after the head: nobody can commit then, so that a reader sees all of it."""
        ledger = wish.ledger
        head = self._lock_head(writer, ledger)

        def is_touched(names: Names) -> bool:
            return self._is_touched(ledger, head, names, seen=wish.seen)

        def add(rows: Sequence[Row], drafts: Sequence[Draft]) -> None:
            try:
                is_listed = self._add(writer, ledger, rows, _listings(drafts), since=head)
            except sqlite3.IntegrityError as error:
                stored = self.find(ledger, [draft.event_id for draft in drafts])
                refuse_repeated(str(self._file), drafts, stored=stored)
                raise DamagedLogError(ledger, head.position + 1, str(error)) from error
            self._commit(writer)
            if is_listed:
                self._ends[ledger] = rows[-1]

        return append_after(head, wish, log=self, is_touched=is_touched, add=add)

    def joined(self, connection: object) -> SqliteHostTransaction:
        """See `Store.joined`; a `sqlite3.Connection` to this very file."""
        self._connections.refuse_closed()
        return SqliteHostTransaction(self._file, connection, self._connections.identity)

    def append_pages(
        self,
        ledger: str,
        pages: Iterable[Sequence[Draft]],
        *,
        seen: int,
        clock_us: int,
        admit: Admit,
    ) -> Head:
        """See `Store.append_pages`; others can read meanwhile, and write when it is done."""
        with self._connections.writing() as connection:
            head = start = self._lock_head(connection, ledger)
            admit_others(admit, log=self, ledger=ledger, head=head, seen=seen)
            for since, rows, page in pages_after(head, pages, clock_us=clock_us):
                self._add_page(connection, ledger, rows, _listings(page), since=since)
                head = head_at(rows[-1])
            if head is not start:
                self._commit(connection)
        return head

    def restore(self, ledger: str, rows: Iterable[Row], *, listing: NamesOf | None = None) -> Head:
        """See `Store.restore`; others can read meanwhile, and write when it is done."""
        with self._connections.writing() as connection:
            head = start = self._lock_head(connection, ledger)
            refuse_filled(str(self._file), ledger, head)
            if not self._has_names(connection):
                listing = None
            for since, page in pages_of(ledger, rows, size=PAGE_ROWS):
                self._add_page(connection, ledger, page, None, since=since)
                if listing is not None:
                    self._list(connection, ledger, page, listing, since=since)
                head = head_at(page[-1])
            if head is not start:
                self._commit(connection)
        return head

    def _list(
        self,
        connection: sqlite3.Connection,
        ledger: str,
        rows: Sequence[Row],
        listing: NamesOf,
        *,
        since: Head,
    ) -> None:
        """Write the names of rows of a ledger that is being restored."""

        def find(event_ids: Sequence[str]) -> dict[str, Row]:
            return rows_with(ask, ledger, event_ids)

        def ask(statement: str, values: tuple[Any, ...]) -> list[Any]:
            with plain_errors(str(self._file)):
                return connection.execute(statement, values).fetchall()

        with collector_paused():
            page = head_at(rows[-1]), [(row.position, listing(row, find)) for row in rows]
        rules = None if since.position else dict[str, str]()
        with plain_errors(str(self._file)):
            naming.write_page(connection, ledger, page, since=since, rules=rules)

    def list_rows(
        self,
        ledger: str,
        pages: Iterable[IndexPage],
        *,
        rules: Mapping[str, str],
        since: Listed,
    ) -> bool:
        """See `Store.list_rows`."""
        if self._file.readonly:
            return False
        start = Head(position=since.position, chain=since.chain, recorded_us=None)
        steps = iter(pages)
        page: IndexPage | None = next(steps, (start, ()))
        first = True
        while page is not None:
            if not self._list_page(ledger, page, since=start, rules=rules if first else None):
                return False
            start, first = page[0], False
            page = next(steps, None)
        return True

    def _list_page(
        self, ledger: str, page: IndexPage, *, since: Head, rules: Mapping[str, str] | None
    ) -> bool:
        """Write a page of the index, unless somebody was faster or the file cannot be written.

        The first page comes with the rules; where it is that of the whole log, an older index is
        removed.
        """
        with self._connections.writing() as connection:
            try:
                self._begin(connection)
            except StoreError as error:
                if isinstance(error, StoreBusyError) or is_unwritable(error):
                    return False
                raise
            if not self._has_names(connection):
                return False
            with plain_errors(str(self._file)):
                is_written = naming.write_page(connection, ledger, page, since=since, rules=rules)
            if is_written:
                self._commit(connection)
        return is_written

    def _ask_if_any(self, statement: str, values: tuple[str | int, ...]) -> list[Any]:
        """Return the rows of a statement; none where an older file was not lifted yet."""
        return self._ask_index(lambda: self._ask(statement, values), nothing=[])

    def _keep(self, change: Callable[[sqlite3.Connection], bool]) -> bool:
        """Commit what the change of kept answers writes, if it returns True; return whether.

        Nobody waits for it: neither for a lock, nor for the disk. A power cut may lose it.
        """
        turn = self._connections.writers_turn
        if self._file.readonly or not turn.acquire(timeout=BUSY_TIMEOUT_SECONDS):
            return False
        try:
            writer = self._connections.writer()
            with plain_errors(str(self._file)):
                return self._has_names(writer) and self._change_quickly(writer, change)
        except StoreError as error:
            if isinstance(error, StoreBusyError) or is_unwritable(error):
                return False
            raise
        finally:
            turn.release()

    def _change_quickly(
        self, writer: sqlite3.Connection, change: Callable[[sqlite3.Connection], bool]
    ) -> bool:
        """Commit what the change writes, without a wait for the disk."""
        try:
            self._connections.hurry(writer)
            writer.execute("BEGIN IMMEDIATE")
            is_changed = change(writer)
            if is_changed:
                self._commit(writer)
        finally:
            self._connections.end(writer)
        return is_changed

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        """See `Store.named`; the names of the latest events are read once."""

        def ask() -> dict[str, tuple[int, ...]]:
            known = self._latest.get(ledger, naming.NO_LATEST)
            latest = self._latest[ledger] = known.read_on(self._ask, ledger)
            return naming.named(self._ask, ledger, names, latest=latest)

        return self._ask_index(ask, nothing=dict.fromkeys(names, ()))

    def entries(self, ledger: str) -> Iterator[tuple[str, str, int]]:
        """See `Store.entries`."""
        if self._ask(STATEMENTS.format, ())[0][0] >= naming.FIRST_WITH_NAMES:
            yield from naming.entries(self._ask, ledger)

    def is_counted(self, ledger: str) -> bool:
        """See `Store.is_counted`; an older log that could not be lifted has nothing to count."""
        return self._ask_index(lambda: naming.is_counted(self._ask, ledger), nothing=True)

    def zone(self, ledger: str) -> str | None:
        """See `Store.zone`; an older log that could not be lifted has none."""
        return self._ask_index(lambda: zone_in(self._ask(ZONE, (ledger,))), nothing=None)

    def settle_zone(self, ledger: str, zone: str) -> str:
        """See `Store.settle_zone`; an older log that could not be lifted keeps none."""
        with self._connections.writing() as connection:
            self._begin(connection)
            if not self._has_names(connection):
                return zone
            with plain_errors(str(self._file)):
                connection.execute(BEGIN_LEDGER, (ledger, genesis(ledger), ledger))
                connection.execute(SETTLE_ZONE, (zone, ledger))
                settled = zone_in(connection.execute(ZONE, (ledger,)).fetchall())
            self._commit(connection)
        return settled or zone

    def take_cursor(self, ledger: str, name: str, *, after: int = 0) -> Cursor:
        """See `Store.take_cursor`."""
        values = (ledger, name, after, after)
        with self._connections.writing() as connection:
            self._file.refuse_older(connection)
            self._begin(connection)
            with plain_errors(str(self._file)):
                [columns] = connection.execute(STATEMENTS.take_cursor, values).fetchall()
            self._commit(connection)
        return cursor_of(ledger, columns)

    def move_cursor(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None = None
    ) -> bool:
        """See `Store.move_cursor`."""
        if connection is not None:
            host = host_connection(connection, self._file)
            with host_errors(str(self._file)):
                return _move(host, ledger, before, after)
        with self._connections.writing() as own:
            self._begin(own)
            with plain_errors(str(self._file)):
                is_moved = _move(own, ledger, before, after)
            if is_moved:
                self._commit(own)
        return is_moved

    def is_in_transaction(self, connection: object) -> bool:
        """See `Store.is_in_transaction`."""
        with suppress(sqlite3.ProgrammingError):  # it is closed
            return isinstance(connection, sqlite3.Connection) and connection.in_transaction
        return False

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        """See `Store.wait`.

        Asks for the head, which costs what PRAGMA data_version does, tells this ledger from
        others and needs no connection of its own.
        """
        return poll(lambda: self.head(ledger).position > after, seconds=seconds, stopped=stopped)

    def files(self) -> tuple[str, ...]:
        """See `Store.files`; SQLite follows links, and keeps the others next to the file."""
        ((path,),) = self._ask(MAIN_FILE, ())
        return path, *(f"{path}{ending}" for ending in BESIDE)

    def back_up(self, path: Path, *, tell: Tell) -> dict[str, Head]:
        """See `Store.back_up`; every ledger is checked in the copy."""
        with self._connections.reading() as source:
            heads = copied(self._file, source, path, tell=tell)
        with SqliteStore(path) as copy:
            for ledger, head in heads.items():
                refuse_unsound(copy, ledger, head)
        return heads

    def close(self) -> None:
        """Close the file, waiting for what is under way in other threads."""
        self._connections.close()

    def _ask(self, statement: str, values: tuple[str | int, ...]) -> list[Any]:
        """See `Reading`."""

        def ask() -> list[Any]:
            with self._connections.reading() as connection:
                return self._file.retry_while_busy(
                    lambda: connection.execute(statement, values).fetchall()
                )

        return self._file.unmoved(ask)

    def _begin(self, connection: sqlite3.Connection) -> None:
        """Begin the transaction: from here on nobody else can commit."""
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            if not is_busy(error):
                raise plain_error(str(self._file), error) from error
            self._file.retry_while_busy(lambda: connection.execute("BEGIN IMMEDIATE"))

    def _lock_head(self, connection: sqlite3.Connection, ledger: str) -> Head:
        """Begin the transaction and return the head."""
        self._begin(connection)
        with plain_errors(str(self._file)):
            return head_in(ledger, connection.execute(STATEMENTS.head, (ledger,)).fetchall())

    def _has_names(self, connection: sqlite3.Connection) -> bool:
        """Return whether the log has an index: not an older one that could not be lifted yet."""
        if not self._is_lifted:
            with plain_errors(str(self._file)):
                [(version,)] = connection.execute(STATEMENTS.format).fetchall()
            self._is_lifted = version >= naming.FIRST_WITH_NAMES
        return self._is_lifted

    def _add_page(
        self,
        connection: sqlite3.Connection,
        ledger: str,
        page: Sequence[Row],
        listings: Iterable[Listing] | None,
        *,
        since: Head,
    ) -> None:
        """Add one of several pages, unless an id comes twice in it or came in a page before.

        The ids are asked for only after the table refused a row: none is kept in memory.
        """
        try:
            self._add(connection, ledger, page, listings, since=since)
        except sqlite3.IntegrityError as error:
            ids = [row.event_id for row in page]
            statement = EARLIER_IDS.format(marks=", ".join("?" * len(ids)))
            with plain_errors(str(self._file)):
                earlier = connection.execute(statement, (ledger, page[0].position, *ids)).fetchall()
            refuse_twice(str(self._file), page, stored={event_id for (event_id,) in earlier})
            raise DamagedLogError(ledger, page[0].position, str(error)) from error

    def _add(
        self,
        connection: sqlite3.Connection,
        ledger: str,
        rows: Sequence[Row],
        listings: Iterable[Listing] | None,
        *,
        since: End,
    ) -> bool:
        """Add the rows, and their names if the index is written up to there; return whether it is.

        Triggers move the head along. What is stored is read back: a trigger of somebody else, or
        none where there has to be one, may have made something else of it.

        Raises:
            StoreError: It is not what was to be stored.
        """
        values = [values_of(ledger, row) for row in rows]
        has_names = self._has_names(connection) and listings is not None
        try:
            if since.position == 0:
                connection.execute(BEGIN_LEDGER, (ledger, since.chain, ledger))
            connection.executemany(INSERT, values)
            is_listed = has_names and naming.extend(
                connection, ledger, rows, listings or (), since=since
            )
            stored = connection.execute(READ_BACK, (since.position, ledger)).fetchall()
        except sqlite3.IntegrityError:
            raise
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise plain_error(str(self._file), error) from error
        last = rows[-1]
        end = last.position, last.chain, last.recorded_us
        if stored != [(*end, *each) for each in values]:
            raise StoreError(str(self._file), OTHERWISE)
        return is_listed

    def _commit(self, connection: sqlite3.Connection) -> None:
        """Commit, if what is written is in the file that was opened.

        Raises:
            StoreError: It is not, or the file cannot be written.
        """
        self._connections.identity.refuse_other()
        try:
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise plain_error(str(self._file), error) from error


def _listings(drafts: Iterable[Draft]) -> list[Listing]:
    return [draft.listing for draft in drafts]


def _move(connection: sqlite3.Connection, ledger: str, before: Cursor, after: Cursor) -> bool:
    """Move the cursor; return whether it was as expected, without which to roll back."""
    steps = steps_of_move(STATEMENTS, ledger, before, after)
    return all(connection.execute(step, values).rowcount == 1 for step, values in steps)
