"""A whole SQLite file is copied while others write to it.

SQLite's own backup, page by page, within one transaction that reads. The transaction holds the
moment: without it the backup would begin anew whenever another process has written between two
steps, and on a busy log never end. VACUUM INTO keeps a moment too, and writes a smaller file; but
it tells nothing of its progress, cannot be broken off, and gives another file than the one that
is kept. Writers wait for neither; what they add meanwhile stays in the WAL until it is done.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from itertools import chain, islice
from pathlib import Path
from typing import Any

from coopledger._log.chain import Draft, Head, Row
from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.appending import (
    extend,
    followed,
    refuse_filled,
    refuse_repeated,
    refuse_shorter,
)
from coopledger.stores.protocol import Closing, Cursor, Durability, Revise, Stopped, Tell, poll
from coopledger.stores.sqlite.cursors import Cursors
from coopledger.stores.sqlite.failures import plain_errors
from coopledger.stores.sqlite.file import Connections, LogFile
from coopledger.stores.sqlite.host_transaction import SqliteHost
from coopledger.stores.sqlite.schema import FIRST_WITH_CURSORS
from coopledger.stores.sqlite.statements import (
    BEGIN_LEDGER,
    HEAD,
    INSERT,
    LEDGERS,
    MAIN_FILE,
    Reading,
    columns,
    read_head,
)
from coopledger.stores.verification import refuse_unsound

_PAGES = 256  # in one step, between which progress is told

_HEADS = "SELECT ledger, position, chain, recorded_us FROM head WHERE position > 0"


def copied(
    file: LogFile, source: sqlite3.Connection, place: Path, *, tell: Tell
) -> dict[str, Head]:
    """Writes the file anew at the place, where an empty one lies; the heads of that moment.

    It is not yet on the disk.

    Raises:
        StoreError: One of them cannot be read or written.
    """
    with plain_errors(str(file)):
        source.execute("BEGIN")
        try:
            found = source.execute(_HEADS).fetchall()
            size: int = source.execute("PRAGMA page_size").fetchone()[0]
            with plain_errors(str(place)):
                _write(source, place, _told(tell, size))
        finally:
            source.execute("ROLLBACK")
    return {
        ledger: Head(position=position, chain=chain, recorded_us=recorded_us)
        for ledger, position, chain, recorded_us in found
    }


def _write(
    source: sqlite3.Connection, place: Path, told: Callable[[int, int, int], object]
) -> None:
    """Copies page by page; no journal, as what is cut off is thrown away."""
    with closing(sqlite3.connect(place, isolation_level=None)) as target:
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target, pages=_PAGES, progress=told)


def _told(tell: Tell, page_bytes: int) -> Callable[[int, int, int], object]:
    """What SQLite calls after each step with a code, the pages to come, and all pages."""
    return lambda _, left, pages: tell((pages - left) * page_bytes, pages * page_bytes)


# The store of logs in one SQLite file, shared by threads and processes of one machine.

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
        lock_timeout_seconds: float = 30.0,
    ) -> None:
        """Opens the file, or creates it in a folder that exists.

        Args:
            path: The file; folders on the way to it are not created.
            durability: ``durable`` syncs the disk before `append` returns; with
                ``fast`` a power cut may lose the last appends, but never corrupts
                the log. Either survives the death of the process at any moment.
            lock_timeout_seconds: How long to wait for the locks of other processes.

        Raises:
            StoreError: There is no such folder, or the file is no coopledger log.
            NewerLogError: A newer version of coopledger made the file.
            FieldError: The durability is neither of the two (E106).
                Nothing is created or changed in any of these cases.
        """
        self._file = LogFile(
            path=path, durability=durability, lock_timeout_seconds=lock_timeout_seconds
        )
        self._connections = Connections(self._file)
        self._cursors = Cursors(self._file, self._connections)

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

    def cursors(self, ledger: str) -> tuple[Cursor, ...]:
        """See `Store.cursors`; none in an older log that could not be lifted."""
        try:
            return self._cursors.every(ledger)
        except StoreError:
            if self._format() >= FIRST_WITH_CURSORS:
                raise
            return ()

    def cursor(self, ledger: str, name: str) -> Cursor | None:
        """See `Store.cursor`."""
        return self._cursors.one(ledger, name)

    def take_cursor(self, ledger: str, name: str, *, after: int = 0) -> Cursor:
        """See `Store.take_cursor`."""
        return self._cursors.take(ledger, name, after=after)

    def move_cursor(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None = None
    ) -> bool:
        """See `Store.move_cursor`."""
        return self._cursors.move(ledger, before, after, connection=connection)

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
