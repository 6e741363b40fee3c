"""The store of logs in one SQLite file, shared by threads and processes of one machine."""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any

from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.appending import (
    extend,
    followed,
    refuse_filled,
    refuse_repeated,
    refuse_shorter,
)
from coopledger.stores.bookmarks import Bookmark
from coopledger.stores.chain import refuse_unsound
from coopledger.stores.closing import Closing
from coopledger.stores.durability import Durability
from coopledger.stores.protocol import Revise, Tell
from coopledger.stores.rows import Draft, Head, Row
from coopledger.stores.sqlite.backups import copied
from coopledger.stores.sqlite.bookmarks import Bookmarks
from coopledger.stores.sqlite.columns import read_head
from coopledger.stores.sqlite.connections import Connections
from coopledger.stores.sqlite.failures import plain_errors
from coopledger.stores.sqlite.file import LogFile
from coopledger.stores.sqlite.hosts import SqliteHost
from coopledger.stores.sqlite.reading import Reading
from coopledger.stores.sqlite.schema import FIRST_WITH_BOOKMARKS
from coopledger.stores.sqlite.statements import (
    BEGIN_LEDGER,
    HEAD,
    INSERT,
    LEDGERS,
    MAIN_FILE,
    columns,
)
from coopledger.stores.waiting import Stopped, poll

__all__ = ["SqliteStore"]

_BESIDE = ("", "-wal", "-shm", "-journal")


class SqliteStore(Reading, Closing):
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
        patience_seconds: float = 30.0,
    ) -> None:
        """Opens the file, or creates it in a folder that exists.

        Args:
            path: The file; folders on the way to it are not created.
            durability: ``durable`` syncs the disk before `append` returns; with
                ``fast`` a power cut may lose the last appends, but never corrupts
                the log. Either survives the death of the process at any moment.
            patience_seconds: How long to wait for the locks of other processes.

        Raises:
            StoreError: There is no such folder, or the file is no coopledger log.
            NewerLogError: A newer version of coopledger made the file.
            FieldError: The durability is neither of the two (E106).
                Nothing is created or changed in any of these cases.
        """
        self._file = LogFile(path=path, durability=durability, patience_seconds=patience_seconds)
        self._connections = Connections(self._file)
        self._bookmarks = Bookmarks(self._file, self._connections)

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
    ) -> tuple[Row, ...]:
        """See `Store.append`; returns when the commit is as durable as was asked for."""
        if not drafts:
            self._connections.refuse_closed()
            return ()
        with self._connections.writing() as connection:
            head = self._lock_head(connection, ledger)
            refuse_shorter(ledger, head, seen=seen)
            if head.position != seen:
                # Nobody can commit now, so that a reader sees all that this writer would.
                revise(self.read(ledger, after=seen))
            rows = extend(head, drafts, clock_us=clock_us)
            try:
                self._insert(connection, ledger, rows, head=head)
            except sqlite3.IntegrityError as error:
                stored = self.find(ledger, [draft.event_id for draft in drafts])
                refuse_repeated(str(self._file), drafts, stored=stored)
                raise DamagedLogError(ledger, head.position + 1, str(error)) from error
        return rows

    def joined(self, connection: object) -> SqliteHost:
        """See `Store.joined`; a `sqlite3.Connection` to this very file."""
        self._connections.refuse_closed()
        return SqliteHost(self._file, connection)

    def restore(self, ledger: str, rows: Iterable[Row]) -> Head:
        """See `Store.restore`; others can read meanwhile, and write when it is done."""
        with self._connections.writing() as connection:
            head = self._lock_head(connection, ledger)
            refuse_filled(str(self._file), ledger, head)
            given = followed(str(self._file), ledger, rows)
            first = list(islice(given, 1))
            if first:
                self._insert(connection, ledger, chain(first, given), head=head)
        return self.head(ledger)

    def bookmarks(self, ledger: str) -> tuple[Bookmark, ...]:
        """See `Store.bookmarks`; none in an older log that could not be lifted."""
        try:
            return self._bookmarks.every(ledger)
        except StoreError:
            if self._format() >= FIRST_WITH_BOOKMARKS:
                raise
            return ()

    def bookmark(self, ledger: str, name: str) -> Bookmark | None:
        """See `Store.bookmark`."""
        return self._bookmarks.one(ledger, name)

    def take_bookmark(self, ledger: str, name: str, *, after: int = 0) -> Bookmark:
        """See `Store.take_bookmark`."""
        return self._bookmarks.take(ledger, name, after=after)

    def move_bookmark(
        self, ledger: str, before: Bookmark, after: Bookmark, *, connection: object | None = None
    ) -> bool:
        """See `Store.move_bookmark`."""
        return self._bookmarks.move(ledger, before, after, connection=connection)

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

    def ledgers(self) -> tuple[str, ...]:
        """See `Store.ledgers`."""
        return tuple(name for (name,) in self._ask(LEDGERS, ()))

    def files(self) -> tuple[str, ...]:
        """See `Store.files`; SQLite follows links, and keeps the others beside the file."""
        ((path,),) = self._ask(MAIN_FILE, ())
        return tuple(f"{path}{ending}" for ending in _BESIDE)

    def back_up(self, place: Path, *, tell: Tell) -> dict[str, Head]:
        """See `Store.back_up`; every ledger is checked in the copy."""
        with self._connections.reading() as source:
            heads = copied(self._file, source, place, tell=tell)
        with SqliteStore(place) as copy:
            for ledger, head in heads.items():
                refuse_unsound(copy, ledger, head)
        return heads

    def close(self) -> None:
        """Closes the file, waiting for what is under way in other threads."""
        self._connections.close()

    def _ask(self, sql: str, values: tuple[str | int, ...]) -> list[Any]:
        """See `Reading`."""
        with self._connections.reading() as connection:
            return self._file.patiently(lambda: connection.execute(sql, values).fetchall())

    def _format(self) -> int:
        """The version of the tables."""
        ((version,),) = self._ask("PRAGMA user_version", ())
        return int(version)

    def _lock_head(self, connection: sqlite3.Connection, ledger: str) -> Head:
        """Begins the transaction: from here on nobody else can commit."""
        self._file.patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
        with plain_errors(str(self._file)):
            return read_head(ledger, connection.execute(HEAD, (ledger,)).fetchall())

    def _insert(
        self, connection: sqlite3.Connection, ledger: str, rows: Iterable[Row], *, head: Head
    ) -> None:
        """Adds the rows and commits; triggers move the head along."""
        with plain_errors(str(self._file)):
            if head.position == 0:
                connection.execute(BEGIN_LEDGER, (ledger, head.chain, ledger))
            connection.executemany(INSERT, (columns(ledger, row) for row in rows))
            connection.execute("COMMIT")
