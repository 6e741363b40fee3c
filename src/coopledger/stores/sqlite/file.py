"""One SQLite log as a file: told from other files, created, and connected to."""

import os
import sqlite3
import threading
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Literal, TypeVar

import attrs

from coopledger.errors import NewerLogError, StoreError
from coopledger.stores.forks import close_at_fork
from coopledger.stores.protocol import Durability, refuse_unknown
from coopledger.stores.sqlite.failures import (
    BUSY_TIMEOUT_SECONDS,
    cannot_write,
    is_denied,
    is_no_database,
    plain_errors,
    retry_while_busy,
)
from coopledger.stores.sqlite.schema import APPLICATION_ID, FORMAT, MIGRATIONS

_Result = TypeVar("_Result")

_SYNCHRONOUS = {"durable": "FULL", "fast": "NORMAL"}
_MARKS = ("application_id", "user_version", "page_count")

# What lies beside a log that is open, or was not closed: the events that came last, where they
# are, and how to undo what was cut off.
_BESIDE = ("-wal", "-shm", "-journal")
_MENDING = ("-wal", "-journal")
_NOT_SQLITE = "this is not an SQLite file; it was not touched"


class SealedConnection(sqlite3.Connection):
    """A connection to a file beside which nothing is, and nothing can be made.

    SQLite reads it as one that never changes: not for longer than one question, in case somebody
    else records there after all.
    """


@attrs.frozen(kw_only=True)
class LogFile:
    """The place of an SQLite log and how it is to be opened.

    Attributes:
        path: The file.
        durability: ``durable`` or ``fast``, as `SqliteStore` says.
        lock_timeout_seconds: How long to wait for others' locks before giving up.
        place: The path from the root, as it was when the file was opened.
    """

    path: Path = attrs.field(converter=Path)
    durability: Durability = attrs.field(validator=refuse_unknown)
    lock_timeout_seconds: float
    place: Path = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Settle where the path leads now: a program may go to another folder later."""
        object.__setattr__(self, "place", self.path.absolute())

    def __str__(self) -> str:
        """The path as given."""
        return str(self.path)

    def open(self) -> sqlite3.Connection:
        """A connection to a log of this version, which is created if nothing is there.

        Raises:
            StoreError: There is no such folder, or something else lies at the path.
            NewerLogError: A newer version created the file.
                Nothing is created or changed in either case.
        """
        self._refuse_impossible()
        self.refuse_stranger()
        connection = self.connect(mode="rwc")
        with _closed_if_it_fails(connection):
            self._set_up(connection)
        return connection

    def connect(self, *, mode: Literal["rw", "rwc"] = "rw") -> sqlite3.Connection:
        """A connection that begins no transaction by itself; any one thread may use it.

        Where the file can be read and nothing made beside it, a `SealedConnection`.

        Raises:
            StoreError: The file is gone or cannot be opened.
        """
        # Patiently: whoever closes the file last holds it alone for a moment.
        return self.patiently(lambda: self._connected(mode))

    def _connected(self, mode: str) -> sqlite3.Connection:
        try:
            return self._opened(mode, sqlite3.Connection)
        except sqlite3.OperationalError as error:
            if not (is_denied(error) and self._is_sealed()):
                raise
            return self._opened("ro&immutable=1", SealedConnection)

    def _opened(self, mode: str, factory: type[sqlite3.Connection]) -> sqlite3.Connection:
        pragmas = (
            f"synchronous = {_SYNCHRONOUS[self.durability]}",
            "fullfsync = ON",  # macOS: else the disk's own cache may lose a commit
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "user_version",  # Read, as SQLite opens no file before it has to.
        )
        connection = self._connection(mode, factory)
        with _closed_if_it_fails(connection):
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def _connection(
        self, mode: str, factory: type[sqlite3.Connection] = sqlite3.Connection
    ) -> sqlite3.Connection:
        """A connection that has not looked at the file yet."""
        return sqlite3.connect(
            f"{self.place.as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_TIMEOUT_SECONDS,
            factory=factory,
        )

    def refuse_stranger(self) -> None:
        """Refuses what is neither empty nor a log, if anything is there; it is not touched.

        As SQLite reads what never changes, so that nothing comes to lie beside a stranger's file.
        And not by reading its first bytes: whoever closes a file, but for SQLite, gives up all
        the locks that this process has on it, those of its other connections too.

        Raises:
            StoreError: Something else lies at the path, or it cannot be read.
            NewerLogError: A newer version created the log.
        """
        if not self.path.exists():
            return
        with plain_errors(str(self)), closing(self._connection("ro&immutable=1")) as looking:
            try:
                self._refuse_unlike(looking)
            except sqlite3.DatabaseError as error:
                if self._was_cut_off():
                    return  # SQLite mends that when it opens the file
                if is_no_database(error):
                    raise StoreError(str(self), _NOT_SQLITE) from error
                raise

    def patiently(self, ask: Callable[[], _Result]) -> _Result:
        """What ``ask`` returns, asked again while others hold the lock: see `failures`."""
        return retry_while_busy(str(self), ask, lock_timeout_seconds=self.lock_timeout_seconds)

    def _is_sealed(self) -> bool:
        """Whether the log can be read only without the files that SQLite would make beside it.

        Raises:
            StoreError: It cannot be read without them: there is more of it than lies in the file.
        """
        place = self._target()
        wal, shm, journal = (place.with_name(f"{place.name}{ending}") for ending in _BESIDE)
        if can_write(place.parent) or journal.exists():
            return False
        if not wal.exists() or not wal.stat().st_size:
            return True
        if not shm.exists():
            reason = (
                f"the folder is read only, and {wal.name} holds events that were not yet moved "
                "into the file: copy both to a folder that can be written"
            )
            raise StoreError(str(self), reason)
        return False

    def _target(self) -> Path:
        """Where a link leads in the end: SQLite puts its files beside that."""
        return Path(os.path.realpath(self.place))  # Path.resolve fails where links go in circles

    def _refuse_impossible(self) -> None:
        if str(self.path) == ":memory:":
            raise StoreError(str(self), "a file is needed here; MemoryStore keeps none")
        if not self.path.parent.is_dir():
            raise StoreError(str(self), f"there is no folder {self.path.parent}: create it first")
        if self.path.is_dir():
            raise StoreError(str(self), "this is a folder: name a file in it")
        try:
            self.path.stat()
        except FileNotFoundError:
            pass  # it will be made
        except OSError as error:
            raise StoreError(str(self), f"the file cannot be read ({error.strerror})") from error
        except ValueError as error:  # a NUL, or half a surrogate pair
            raise StoreError(str(self), f"no file can have this name ({error})") from error

    def _refuse_unlike(self, connection: sqlite3.Connection) -> None:
        """Refuses the database of another program, and a log of a newer version."""
        application_id, version, pages = (_asked(connection, mark) for mark in _MARKS)
        if not pages and self.place.stat().st_size and not self._was_cut_off():
            raise StoreError(str(self), _NOT_SQLITE)  # one letter, which SQLite takes for nothing
        if pages and application_id != APPLICATION_ID:
            raise StoreError(str(self), "this SQLite file is no coopledger log; it was not touched")
        self._refuse_newer(version)

    def _was_cut_off(self) -> bool:
        """Whether something lies beside the file by which SQLite ends what was begun."""
        place = self._target()
        return any(place.with_name(f"{place.name}{ending}").exists() for ending in _MENDING)

    def refuse_older(self, connection: sqlite3.Connection) -> None:
        """Refuse a log that could not be lifted to this version when it was opened.

        Raises:
            StoreError: Says what to do.
        """
        found = self.patiently(lambda: _version(connection))
        if found < FORMAT:
            reason = f"this log is of format {found}: open it once where it can be written"
            raise StoreError(str(self), reason)

    def _refuse_newer(self, version: int) -> None:
        if version > FORMAT:
            found, known = f"{self}: log format {version}", f"log format {FORMAT}"
            raise NewerLogError(found, known)

    def _set_up(self, connection: sqlite3.Connection) -> None:
        self.patiently(lambda: self._refuse_unlike(connection))
        self.patiently(lambda: create_tables(connection))
        wal = self.patiently(lambda: connection.execute("PRAGMA journal_mode = WAL").fetchone()[0])
        if not isinstance(connection, SealedConnection):
            refuse_without_wal(str(self), wal)


@contextmanager
def _closed_if_it_fails(connection: sqlite3.Connection) -> Generator[None, None, None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def can_write(folder: Path) -> bool:
    """Whether this process may make files in the folder, as who it is just now."""
    is_told = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=is_told)


def refuse_without_wal(store: str, journal_mode: str) -> None:
    """Refuses a place where readers and the writer would have to wait for each other.

    Raises:
        StoreError: SQLite could not switch the file to WAL.
    """
    if journal_mode != "wal":
        raise StoreError(store, f"no WAL here, but {journal_mode}: put the log on a local disk")


def create_tables(connection: sqlite3.Connection) -> None:
    """Writes the empty log, or lifts an older one, in one transaction, unless that is done.

    A new log is not in WAL yet: the marks in the file's header reach the disk together with
    the tables, so that a file without them is never one of ours. An older log that cannot be
    written, or has no room, stays as it is: it can still be read.
    """
    found = _version(connection)
    if found >= FORMAT:
        return
    try:
        _lift(connection)
    except sqlite3.OperationalError as error:
        if not (found and cannot_write(error)):
            raise


def _lift(connection: sqlite3.Connection) -> None:
    """Brings the tables to this version, unless another program was faster."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:  # commits, or rolls back
        found = _version(connection)
        if found >= FORMAT:
            return
        for statement in chain.from_iterable(MIGRATIONS[found:]):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _version(connection: sqlite3.Connection) -> int:
    """The version of the tables; 0 where there are none."""
    return _asked(connection, "user_version")


def _asked(connection: sqlite3.Connection, pragma: str) -> int:
    """What a pragma says that is a number."""
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


# What lies where another log is to be put: told from strangers, and from what is in use.

# What SQLite keeps beside a file that a program has open, or has left in the middle of its work:
# a new file under the old name must not come to lie beside it.
_OPEN = ("-wal", "-journal")
_PATIENCE_SECONDS = 1.0


def refuse_irreplaceable(path: Path) -> None:
    """Refuses a file that is none of ours, or that some program has open.

    What a program that was killed has left beside it is taken into the file first, by opening
    and closing it.

    Raises:
        StoreError: Says which of the two, and what would do; a stranger's file is not touched.
        NewerLogError: A newer version of coopledger made it.
    """
    file = LogFile(path=path, durability="durable", lock_timeout_seconds=_PATIENCE_SECONDS)
    file.refuse_stranger()
    if _left(path) is not None:
        with closing(file.connect()):
            pass  # who closes it last tidies up
    left = _left(path)
    if left is not None:
        reason = f"a program has it open, as {left} shows: close it, or name another file"
        raise StoreError(str(path), reason)


def _left(path: Path) -> str | None:
    """The first file beside it that shows that it is in use, if there is one."""
    beside = (f"{os.path.realpath(path)}{ending}" for ending in _OPEN)
    return next(filter(os.path.exists, beside), None)


# The connections of one SQLite store: one that writes, and as many readers as are needed.


class Connections:
    """Lends connections, each to one thread at a time, and closes them all."""

    def __init__(self, file: LogFile) -> None:
        """Opens the file with the connection that will write."""
        self._file = file
        self._writer: sqlite3.Connection | None = file.open()
        self._writing = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._lent = 0
        self._reading = threading.Condition()
        self._closed = False
        close_at_fork(self)

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection, None, None]:
        """The one connection that writes; other threads of this process wait their turn.

        A transaction that is still open at the end is rolled back.
        """
        with self._writing:
            self.refuse_closed()
            writer = self._writer = _lasting(self._writer) or self._file.connect()
            try:
                yield writer
            finally:
                self._roll_back(writer)

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection, None, None]:
        """A connection that no other thread is using; to be given back soon."""
        with self._reading:
            self.refuse_closed()
            reader = self._idle.pop() if self._idle else self._file.connect()
            self._lent += 1
        try:
            yield reader
        finally:
            with self._reading:
                self._idle.extend(filter(None, [_lasting(reader)]))
                self._lent -= 1
                self._reading.notify_all()

    def refuse_closed(self) -> None:
        """Raises `StoreError` after `close`."""
        if self._closed:
            raise StoreError(str(self._file), "the store is closed")

    def close(self) -> None:
        """Closes every connection for good, waiting for those in use."""
        self.pause()
        self._closed = True
        self.resume()

    def pause(self) -> None:
        """Closes every connection, waiting for those in use, and lends no more."""
        self._writing.acquire()
        self._reading.acquire()
        self._reading.wait_for(lambda: not self._lent)
        for reader in self._idle:
            reader.close()
        self._idle.clear()
        # The writer last: whoever closes last also tidies up the WAL.
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def resume(self) -> None:
        """Lends connections again; they are opened when asked for."""
        self._reading.release()
        self._writing.release()

    def _roll_back(self, writer: sqlite3.Connection) -> None:
        with plain_errors(str(self._file)):
            if writer.in_transaction:
                writer.execute("ROLLBACK")


def _lasting(connection: sqlite3.Connection | None) -> sqlite3.Connection | None:
    """The connection, if it may be used for more than one question; else it is closed."""
    if isinstance(connection, SealedConnection):
        connection.close()
        return None
    return connection
