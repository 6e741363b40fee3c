"""SQLite log as a file: distinguished from others, created or lifted, and connected to."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Literal, TypeVar
from weakref import WeakSet

import attrs

from coopledger._forks import close_at_fork
from coopledger.errors import NewerLogError, StoreError
from coopledger.stores.protocol import Durability, refuse_unknown
from coopledger.stores.sqlite.failures import (
    BUSY_TIMEOUT_SECONDS,
    cannot_write,
    is_damage,
    is_denied,
    is_no_database,
    plain_errors,
    retry_while_busy,
)
from coopledger.stores.sqlite.identity import Identity
from coopledger.stores.sqlite.plain_values import PlainConnection
from coopledger.stores.sqlite.schema import APPLICATION_ID, FORMAT, LONGEST_WAL_BYTES, MIGRATIONS

_Result = TypeVar("_Result")

_SYNCHRONOUS = {"durable": "FULL", "fast": "NORMAL"}
_MARKS = ("application_id", "user_version", "page_count")

# Endings of the files that accompany a log that is open, or was not closed: the events that came
# last, where they are, and how to undo what was cut off.
BESIDE = ("-wal", "-shm", "-journal")
# Those of a log that a program has open, or has left in the middle of its work.
_UNFINISHED = ("-wal", "-journal")

# SQLite takes a file of one byte for an empty one, and would write over it.
_TAKEN_FOR_NOTHING = 1
_NOT_SQLITE = "this is not an SQLite file; it was not touched"
_SECONDS_TO_REPLACE = 1.0
_PAUSE_SECONDS = 0.001  # between looks at whether all connections were given back


class SealedConnection(PlainConnection):
    """Connection to a file in a folder where SQLite has, and can make, no other files.

    SQLite reads it as one that never changes: not for longer than one question, in case somebody
    else records there after all.
    """


def _as_given(path: str | os.PathLike[str]) -> str:
    """Return the path as one text."""
    return str(Path(path))


def _from_root(file: "LogFile") -> Path:
    """Return the path of the file from the root."""
    return Path(file.address).absolute()


@attrs.frozen(kw_only=True)
class LogFile:
    """File of an SQLite log, and how it is to be opened.

    Attributes:
        address: The path as given, by which errors name the store.
        durability: ``durable`` or ``fast``, as `SqliteStore` says.
        lock_timeout_seconds: How long to wait for others' locks before giving up.
        readonly: Whether nothing is written, and no file made.
        path: The path from the root, settled once: a program may go to another folder later.
    """

    address: str = attrs.field(converter=_as_given)
    durability: Durability = attrs.field(validator=refuse_unknown)
    lock_timeout_seconds: float
    readonly: bool = False
    path: Path = attrs.field(init=False, default=attrs.Factory(_from_root, takes_self=True))

    def __str__(self) -> str:
        """Return the path as given."""
        return self.address

    def open(self) -> sqlite3.Connection:
        """Connect to a log of this version, which is created if nothing is there.

        Raises:
            StoreError: There is no such folder, or something else is at the path.
            NewerLogError: A newer version created the file.
                Nothing is created or changed in either case.
        """
        self._refuse_impossible()
        if self.readonly and not self.path.exists():
            raise StoreError(str(self), "there is no such file, and a read-only ledger makes none")
        self.refuse_stranger()
        connection = self.connect(mode="rwc")
        with _closed_if_it_fails(connection):
            self._set_up(connection)
        return connection

    def connect(self, *, mode: Literal["rw", "rwc"] = "rw") -> sqlite3.Connection:
        """Return a connection that begins no transaction by itself, for any one thread.

        A `SealedConnection` where the file can be read, and no other files made in its folder.

        Raises:
            StoreError: The file is gone or cannot be opened.
        """
        # Asked again: the program that closes the file last holds it alone for a moment.
        return self.retry_while_busy(lambda: self._connected(mode))

    @contextmanager
    def held(self, *, if_so: bool) -> Generator[None, None, None]:
        """Let no connection that is closed in the block tidy up the WAL.

        Where another program goes by another WAL, or by another index of it, to tidy up would write
        over the events of that program. A connection that only reads cannot do so when it is closed
        last. Where nothing can be opened at the path, nobody else records there either.
        """
        with ExitStack() as until_then:
            if if_so:
                with suppress(sqlite3.Error):
                    last = until_then.enter_context(closing(self._connection("ro")))
                    last.execute("PRAGMA user_version").fetchall()
            yield

    def refuse_stranger(self) -> None:
        """Refuse a file that is neither empty nor a log, if there is one; it is not touched.

        Read as a file that never changes, so that SQLite makes no files of its own there.
        And not by reading its first bytes: to close a file, but through SQLite, is to give up all
        the locks that this process has on it, those of its other connections too.

        Raises:
            StoreError: Something else is at the path, or it cannot be read.
            NewerLogError: A newer version created the log.
        """
        if not self.path.exists():
            return
        with plain_errors(str(self)), closing(self._connection("ro&immutable=1")) as connection:
            try:
                self._refuse_unlike(connection)
            except sqlite3.DatabaseError as error:
                # SQLite mends unfinished work when it opens the file. Torn is what another program
                # writes just now, too: who opens the file waits for that, and sees real damage.
                if self.unfinished() is not None or is_damage(error):
                    return
                if is_no_database(error):
                    raise StoreError(str(self), _NOT_SQLITE) from error
                raise

    def holds_pages(self) -> bool:
        """Tell whether SQLite finds a database in the file, sound or damaged.

        Raises:
            StoreError: The file cannot be read.
        """
        with plain_errors(str(self)), closing(self._connection("ro&immutable=1")) as connection:
            try:
                return bool(_number(connection, "page_count"))
            except sqlite3.DatabaseError as error:
                if is_denied(error):
                    raise
                return not is_no_database(error)

    def refuse_older(self, connection: sqlite3.Connection) -> None:
        """Refuse a log that could not be lifted to this version when it was opened.

        Raises:
            StoreError: Says what to do.
        """
        version = self.retry_while_busy(lambda: _number(connection, "user_version"))
        if version < FORMAT:
            reason = f"this log is of format {version}: open it once where it can be written"
            raise StoreError(str(self), reason)

    def retry_while_busy(self, ask: Callable[[], _Result]) -> _Result:
        """Return the result of the call, made again while others hold the lock: see `failures`."""
        return retry_while_busy(str(self), ask, lock_timeout_seconds=self.lock_timeout_seconds)

    def unfinished(self) -> Path | None:
        """Return the first file by which SQLite would end unfinished work on the log, if any."""
        return next((path for path in self._beside(_UNFINISHED) if path.exists()), None)

    def _beside(self, endings: tuple[str, ...]) -> Iterator[Path]:
        """Yield the paths with the endings, where a link leads in the end: SQLite goes there."""
        target = Path(os.path.realpath(self.path))  # Path.resolve fails where links go in circles
        return (target.with_name(f"{target.name}{ending}") for ending in endings)

    def unmoved(self, ask: Callable[[], _Result]) -> _Result:
        """Return the result of a question to a file that is read only, as of one moment.

        It may have been read as one that never changes: if it did, it is asked again.
        """
        if not self.readonly:
            return ask()
        while True:
            before = self._stamp()
            try:
                result = ask()
            except StoreError:
                if self._stamp() == before:
                    raise
                continue
            if self._stamp() == before:
                return result

    def _stamp(self) -> tuple[int, int, int, bool]:
        """Return what differs after somebody wrote to the file, or began to."""
        wal, _, _ = self._beside(BESIDE)
        try:
            now = self.path.stat()
        except OSError as error:
            raise StoreError(str(self), f"the file cannot be read ({error.strerror})") from error
        return now.st_ino, now.st_size, now.st_mtime_ns, wal.exists()

    def _connected(self, mode: str) -> sqlite3.Connection:
        """Return a connection; to a file that nobody can write, a sealed one."""
        if self.readonly:
            return self._read_only()
        try:
            return self._configured(mode, PlainConnection)
        except sqlite3.OperationalError as error:
            if not (is_denied(error) and self._is_sealed()):
                raise
            return self._configured("ro&immutable=1", SealedConnection)

    def _read_only(self) -> sqlite3.Connection:
        """Return a connection that writes nothing; SQLite makes no files beside the log.

        It would make them where they are missing, and leave them there: so a log that no program
        has open is read as a file that never changes, for one question.

        Raises:
            StoreError: A program was cut off, and its events are not yet in the file.
        """
        wal, shm, journal = self._beside(BESIDE)
        if wal.exists() and shm.exists():
            return self._configured("ro", PlainConnection)
        if journal.exists() or (wal.exists() and wal.stat().st_size):
            left = journal if journal.exists() else wal
            reason = f"a program was cut off and left {left.name}: open the log once to write"
            raise StoreError(str(self), reason)
        return self._configured("ro&immutable=1", SealedConnection)

    def _configured(self, mode: str, factory: type[sqlite3.Connection]) -> sqlite3.Connection:
        """Return a connection with the settings of the library."""
        pragmas = (
            f"synchronous = {_SYNCHRONOUS[self.durability]}",
            "fullfsync = ON",  # macOS: else the disk's own cache may lose a commit
            "foreign_keys = ON",
            "trusted_schema = OFF",
            f"journal_size_limit = {LONGEST_WAL_BYTES}",
            "user_version",  # Read, as SQLite opens no file before it has to.
        )
        connection = self._connection(mode, factory)
        with _closed_if_it_fails(connection):
            for pragma in pragmas:
                connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection

    def _connection(
        self, mode: str, factory: type[sqlite3.Connection] = PlainConnection
    ) -> sqlite3.Connection:
        """Return a connection that has not looked at the file yet."""
        return sqlite3.connect(
            f"{self.path.as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_TIMEOUT_SECONDS,
            factory=factory,
        )

    def _is_sealed(self) -> bool:
        """Tell whether the log can be read only without the files that SQLite would make.

        Raises:
            StoreError: It cannot be read without them: some of its events are not in the file.
        """
        wal, shm, journal = self._beside(BESIDE)
        if can_write(wal.parent) or journal.exists():
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

    def _refuse_impossible(self) -> None:
        """Refuse a path at which no file can be."""
        if self.address == ":memory:":
            raise StoreError(str(self), "a file is needed here; MemoryStore keeps none")
        try:
            if not (folder := Path(self.address).parent).is_dir():
                raise StoreError(str(self), f"there is no folder {folder}: create it first")
            if self.path.is_dir():
                raise StoreError(str(self), "this is a folder: name a file in it")
            self.path.stat()
        except FileNotFoundError:
            pass  # it will be made
        except OSError as error:
            raise StoreError(str(self), f"the file cannot be read ({error.strerror})") from error
        except ValueError as error:  # a NUL, or half a surrogate pair
            raise StoreError(str(self), f"no file can have this name ({error})") from error

    def _refuse_unlike(self, connection: sqlite3.Connection) -> None:
        """Refuse the database of another program, and a log of a newer version."""
        application_id, version, pages = (_number(connection, mark) for mark in _MARKS)
        if not pages and self.path.stat().st_size == _TAKEN_FOR_NOTHING:
            raise StoreError(str(self), _NOT_SQLITE)
        if pages and application_id != APPLICATION_ID:
            raise StoreError(str(self), "this SQLite file is no coopledger log; it was not touched")
        if version > FORMAT:
            found, known = f"{self}: log format {version}", f"log format {FORMAT}"
            raise NewerLogError(found, known)

    def _set_up(self, connection: sqlite3.Connection) -> None:
        """Refuse a file that is no log of ours, make missing tables, and turn WAL on."""
        self.retry_while_busy(lambda: self._refuse_unlike(connection))
        if self.readonly:
            if not _number(connection, "user_version"):
                raise StoreError(str(self), "this file is empty, and no log is made in it")
            return
        self.retry_while_busy(lambda: create_tables(connection))
        pragma = "PRAGMA journal_mode = WAL"
        [mode] = self.retry_while_busy(lambda: connection.execute(pragma).fetchone())
        if not isinstance(connection, SealedConnection):
            refuse_without_wal(str(self), mode)


@contextmanager
def _closed_if_it_fails(connection: sqlite3.Connection) -> Generator[None, None, None]:
    """Close the connection where the block ends with an exception."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def can_write(folder: Path) -> bool:
    """Tell whether this process, with the rights that it has just now, may make files there."""
    is_known = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=is_known)


def refuse_without_wal(store: str, journal_mode: str) -> None:
    """Refuse a disk on which readers and the writer would have to wait for each other.

    Raises:
        StoreError: SQLite could not switch the file to WAL.
    """
    if journal_mode != "wal":
        raise StoreError(store, f"no WAL here, but {journal_mode}: put the log on a local disk")


def create_tables(connection: sqlite3.Connection) -> None:
    """Write the empty log, or lift an older one, in one transaction, unless that is done.

    A new log is not in WAL yet: the marks in the file's header reach the disk together with
    the tables, so that a file without them is never one of ours. An older log that cannot be
    written, or has no room, stays as it is: it can still be read.
    """
    version = _number(connection, "user_version")
    if version >= FORMAT:
        return
    try:
        _lift(connection)
    except sqlite3.OperationalError as error:
        if not (version and cannot_write(error)):
            raise


def _lift(connection: sqlite3.Connection) -> None:
    """Bring the tables to this version, unless another program was faster."""
    connection.execute("BEGIN IMMEDIATE")
    with connection:  # commits, or rolls back
        version = _number(connection, "user_version")
        if version >= FORMAT:
            return
        for statement in chain.from_iterable(MIGRATIONS[version:]):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {FORMAT}")


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    """Return the number of a pragma, such as the version of the tables, 0 where there are none."""
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def is_database(path: Path) -> bool:
    """Tell whether the file holds a database, or goes with one.

    It is read as `LogFile.refuse_stranger` reads, which frees no lock on it.

    Raises:
        StoreError: It cannot be read.
    """
    beside = (ending for ending in BESIDE if path.name.endswith(ending))
    paths = (path, *(path.with_name(path.name.removesuffix(ending)) for ending in beside))
    return any(_is_database(each) for each in paths if each.is_file())


def _is_database(path: Path) -> bool:
    """Tell whether the file holds a database, or has one that is not yet moved into it."""
    file = LogFile(address=path, durability="durable", lock_timeout_seconds=_SECONDS_TO_REPLACE)
    return file.unfinished() is not None or file.holds_pages()


def refuse_irreplaceable(path: Path) -> None:
    """Refuse to put another log over a stranger's file, or one that a program has open.

    Files that a killed program has left there are first taken into the log, by opening and
    closing it: SQLite would take them for those of the new file.

    Raises:
        StoreError: Says which of the two, and what would do; a stranger's file is not touched.
        NewerLogError: A newer version of coopledger made it.
    """
    file = LogFile(address=path, durability="durable", lock_timeout_seconds=_SECONDS_TO_REPLACE)
    file.refuse_stranger()
    if file.unfinished() is not None:
        with closing(file.connect()):
            pass  # the last one to close the file tidies up
    unfinished = file.unfinished()
    if unfinished is not None:
        reason = f"a program has it open, as {unfinished} shows: close it, or name another file"
        raise StoreError(str(path), reason)


@attrs.define(eq=False, weakref_slot=True)
class _Loan:
    """Right to one connection that reads, which ends when the borrower has it no more.

    An interrupt may come between any two steps of the borrower. So nothing counts the loans up
    and down: those that are alive are there.

    Attributes:
        reader: The connection.
    """

    reader: sqlite3.Connection


class Connections:
    """Connections of one store: one that writes, and as many readers as are needed.

    Each is lent to one thread at a time, and all are closed at the end.
    """

    def __init__(self, file: LogFile) -> None:
        """Open the file with the connection that will write, if any does."""
        self._file = file
        first = file.open()
        self._writer: sqlite3.Connection | None = None if file.readonly else first
        self.identity: Identity = Identity(str(file), file.path)
        self.writers_turn: threading.Lock = threading.Lock()
        self._hurries = False
        self._idle = list(filter(None, [_lasting(first)])) if file.readonly else []
        self._loans = WeakSet[_Loan]()
        # A plain lock: unlike a condition, an interrupt cannot come between taking and having it.
        self._reading = threading.Lock()
        self._closed = False
        close_at_fork(self)

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection, None, None]:
        """Lend the one connection that writes; other threads of this process wait their turn.

        A transaction that is still open at the end is rolled back.
        """
        with self.writers_turn:
            writer = self.writer()
            try:
                yield writer
            finally:
                self.end(writer)

    def writer(self) -> sqlite3.Connection:
        """Return the connection that writes, to whoever has the turn.

        Raises:
            StoreError: The store is closed or read only, or cannot be opened again.
        """
        self.refuse_closed()
        if self._file.readonly:
            raise StoreError(str(self._file), "the log is open read only: open it to write")
        writer = _lasting(self._writer)
        if writer is None:
            writer = self._file.connect()
            self._writer = writer
            self.identity.look_again()
        if writer.in_transaction or self._hurries:  # An interrupt came before the last end.
            self.end(writer)
        return writer

    def hurry(self, writer: sqlite3.Connection) -> None:
        """Let the writer not wait for the disk until its turn ends."""
        self._hurries = True
        writer.execute("PRAGMA synchronous = NORMAL")

    def end(self, writer: sqlite3.Connection) -> None:
        """End a turn: roll back a transaction that is still open, and wait for the disk again."""
        if writer.in_transaction:
            with plain_errors(str(self._file)):
                writer.execute("ROLLBACK")
        if self._hurries:
            with plain_errors(str(self._file)):
                writer.execute(f"PRAGMA synchronous = {_SYNCHRONOUS[self._file.durability]}")
            self._hurries = False

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection, None, None]:
        """Lend a connection that no other thread is using; to be given back soon."""
        loan = self._loan()
        try:
            yield loan.reader
        finally:
            self._take_back(loan)

    def _loan(self) -> _Loan:
        """Return a new loan."""
        with self._reading:
            self.refuse_closed()
            loan = _Loan(self._idle.pop() if self._idle else self._new_reader())
            self._loans.add(loan)
        return loan

    def _take_back(self, loan: _Loan) -> None:
        """End a loan, and keep its connection for the next."""
        reader = _lasting(loan.reader)
        with self._reading:
            self._loans.discard(loan)
            if reader is not None and not reader.in_transaction:  # as an interrupt may leave it
                self._idle.append(reader)

    def refuse_closed(self) -> None:
        """Raise `StoreError` after `close`."""
        if self._closed:
            raise StoreError(str(self._file), "the store is closed")

    def close(self) -> None:
        """Close every connection for good, waiting for those in use."""
        self.pause()
        self._closed = True
        self.resume()

    def pause(self) -> None:
        """Close every connection, waiting for those in use, and lend no more."""
        self.writers_turn.acquire()
        self._reading.acquire()
        while list(self._loans):
            self._reading.release()
            time.sleep(_PAUSE_SECONDS)
            self._reading.acquire()
        for reader in self._idle:
            reader.close()
        self._idle.clear()
        # The writer last: the last one to close the file also tidies up the WAL.
        if self._writer is not None:
            with self._file.held(if_so=self.identity.is_cut_off()):
                self._writer.close()
            self._writer = None
        self.identity.forget()

    def resume(self) -> None:
        """Lend connections again; they are opened when asked for."""
        self._reading.release()
        self.writers_turn.release()

    def _new_reader(self) -> sqlite3.Connection:
        """Return a connection to the file that was opened first.

        Raises:
            StoreError: The file is gone, or another one is in its place.
        """
        reader = self._file.connect()
        with _closed_if_it_fails(reader):
            self.identity.refuse_moved()
        return reader


def _lasting(connection: sqlite3.Connection | None) -> sqlite3.Connection | None:
    """Return the connection, if it may be used for more than one question; else close it."""
    if isinstance(connection, SealedConnection):
        connection.close()
        return None
    return connection
