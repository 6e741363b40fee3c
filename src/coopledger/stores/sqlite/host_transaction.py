"""Transaction of a host on its own connection to an SQLite log: recognised, and joined."""

import os
import sqlite3
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from coopledger._fields.reading import short_repr
from coopledger._log.chain import Draft, Head, Row, genesis, head_at
from coopledger.errors import ArgumentError, DamagedLogError, StoreBusyError, StoreError
from coopledger.stores.database import AGAIN
from coopledger.stores.protocol import Appended, Names, Revise
from coopledger.stores.sqlite import naming
from coopledger.stores.sqlite.failures import is_read_only, plain_errors
from coopledger.stores.sqlite.file import LogFile
from coopledger.stores.sqlite.identity import Identity
from coopledger.stores.sqlite.plain_values import PlainCursor
from coopledger.stores.sqlite.statements import (
    BEGIN_LEDGER,
    INSERT,
    OTHERWISE,
    SETTLE_ZONE,
    STATEMENTS,
    ZONE,
    SqliteReading,
    values_of,
    zone_in,
)
from coopledger.stores.write_steps import Wish, append_after, refuse_repeated

_WRONG = (
    "is no connection of sqlite3, and this ledger lies in an SQLite file: give the driver's own, "
    "such as session.connection().connection.driver_connection of SQLAlchemy or "
    "connection.connection of Django"
)
_UNUSABLE = (
    "cannot be used here: give one that is open, and was made in this thread or with "
    "check_same_thread=False"
)
_READS = "this connection only reads: open one that may write"
_IDLE = "is in no transaction: begin one first, best with BEGIN IMMEDIATE"

_LEGACY = -1  # sqlite3.LEGACY_TRANSACTION_CONTROL, which Python 3.11 does not name
_TEXTS = {1, 2, 5}  # event_id, type, effective


class SqliteHostTransaction(SqliteReading):
    """Logs of a file within the transaction of a host: keeps `Joined`.

    Nothing of the connection is changed, and nothing that it is set to changes what is read: a
    cursor of our own knows no row factory; expressions in place of bare columns know no
    converters; texts are read as bytes, whatever its text factory makes of them.
    """

    _COLUMNS: ClassVar[str] = (
        "+position, CAST(event_id AS BLOB), CAST(type AS BLOB), +v, +recorded_us, "
        "CAST(effective AS BLOB), +payload, +digest, +chain"
    )

    def __init__(self, file: LogFile, connection: object, identity: Identity) -> None:
        """Recognise the connection."""
        self._identity = identity
        self._address = str(file)
        self._connection = host_connection(connection, file)

    @contextmanager
    def writing(self, ledger: str) -> Generator[None, None, None]:
        """See `Joined.writing`; a savepoint, so that the host can go on after a refusal."""
        with self._savepoint():
            self._lock_head(ledger)
            yield

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
        """See `Log.append`; inside `writing`, and committed by the host."""
        if not drafts:
            return Appended(rows=())
        wish = Wish(
            ledger=ledger,
            drafts=drafts,
            seen=seen,
            clock_us=clock_us,
            revise=revise,
            rests_on=rests_on,
        )
        head = self.head(ledger)

        def is_touched(names: Names) -> bool:
            return self._is_touched(ledger, head, names, seen=seen)

        def add(rows: Sequence[Row], new: Sequence[Draft]) -> None:
            stored = self.find(ledger, [draft.event_id for draft in new])
            refuse_repeated(self._address, new, stored=stored)
            self._insert(ledger, rows, head_at(rows[-1]))
            self._list(ledger, rows, new, since=head)

        return append_after(head, wish, log=self, is_touched=is_touched, add=add)

    def _columns(self, statement: str, values: tuple[str | int, ...]) -> list[Any]:
        """See `SqliteReading`; texts come as bytes."""
        return [_decoded(columns) for columns in self._ask(statement, values)]

    def _ask(self, statement: str, values: tuple[str | int, ...]) -> list[Any]:
        """See `Reading`."""
        with host_errors(self._address):
            return PlainCursor(self._connection).execute(statement, values).fetchall()

    def _execute(self, statement: str, values: tuple[str | bytes, ...] = ()) -> None:
        """Execute a statement on the connection of the host."""
        with host_errors(self._address):
            PlainCursor(self._connection).execute(statement, values)

    @contextmanager
    def _savepoint(self) -> Generator[None, None, None]:
        """Undo the work of the block, and nothing else, if it ends with an exception."""
        with host_errors(self._address):  # it may be closed by now
            _refuse_idle(self._connection)
        begins = not self._is_in_transaction()
        if begins:
            # As sqlite3 itself does before the first INSERT.
            self._execute(f"BEGIN {self._connection.isolation_level}")
        self._execute("SAVEPOINT coopledger")
        try:
            yield
        except BaseException:
            self._undo("ROLLBACK" if begins else "ROLLBACK TO coopledger")
            if not begins:
                self._undo("RELEASE coopledger")
            raise
        self._execute("RELEASE coopledger")

    def _undo(self, statement: str) -> None:
        """Undo, unless SQLite itself has rolled back the whole transaction after a failure."""
        if self._is_in_transaction():
            self._execute(statement)

    def _is_in_transaction(self) -> bool:
        """Return whether the host has a transaction open."""
        with host_errors(self._address):
            return self._connection.in_transaction

    def _lock_head(self, ledger: str) -> None:
        """Lock the head, which is begun if it is missing: to write is to lock."""
        self._execute(BEGIN_LEDGER, (ledger, genesis(ledger), ledger))

    def _insert(self, ledger: str, rows: Sequence[Row], head: Head) -> None:
        """Add the rows; triggers move the head along, and what is stored is read back."""
        values = [values_of(ledger, row) for row in rows]
        try:
            with host_errors(self._address):
                PlainCursor(self._connection).executemany(INSERT, values)
        except sqlite3.IntegrityError as error:
            raise DamagedLogError(ledger, rows[0].position, str(error)) from error
        stored = tuple(self.read(ledger, after=rows[0].position - 1))
        if stored != tuple(rows) or self.head(ledger) != head:
            raise StoreError(self._address, OTHERWISE)
        self._identity.refuse_other()

    def settle_zone(self, ledger: str, zone: str) -> str:
        """See `Joined.settle_zone`; an older log that could not be lifted keeps none."""
        if self._format() < naming.FIRST_WITH_NAMES:
            return zone
        self._execute(BEGIN_LEDGER, (ledger, genesis(ledger), ledger))
        self._execute(SETTLE_ZONE, (zone, ledger))
        return zone_in(self._ask(ZONE, (ledger,))) or zone

    def _format(self) -> int:
        """Return the version of the tables."""
        return int(self._ask(STATEMENTS.format, ())[0][0])

    def _list(
        self, ledger: str, rows: Sequence[Row], drafts: Sequence[Draft], *, since: Head
    ) -> None:
        """Write the names of the rows to the index, if it is written up to the head before."""
        if self._format() < naming.FIRST_WITH_NAMES:
            return
        listings = (draft.listing for draft in drafts)
        with host_errors(self._address):
            naming.extend(PlainCursor(self._connection), ledger, rows, listings, since=since)


def host_connection(connection: object, file: LogFile) -> sqlite3.Connection:
    """Return the connection, once it is sure that it can take the log into its transaction.

    Raises:
        ArgumentError: It is none of sqlite3, closed, leads to another file, or is in no
            transaction and begins none.
    """
    if not isinstance(connection, sqlite3.Connection):
        raise ArgumentError("connection", short_repr(connection), _WRONG)
    try:
        with plain_errors(str(file)):
            path = _main_file(connection)
    except StoreError as error:
        remedy = f"{_UNUSABLE} ({error.__cause__})"
        raise ArgumentError("connection", short_repr(connection), remedy) from error
    if not path or not _is_same(path, file):
        target = f"to {path!r}" if path else "to a database in memory"
        remedy = f"leads {target}, and this ledger lies in '{file.path}'"
        raise ArgumentError("connection", short_repr(connection), remedy)
    _refuse_idle(connection)
    return connection


def _main_file(connection: sqlite3.Connection) -> str:
    """Return the path of the database that the connection leads to, empty for one in memory.

    As a pragma, which reads nothing: to read would be to fix what the transaction sees. What a
    pragma brings cannot be cast, so that the text factory is put aside for that.
    """
    factory = connection.text_factory
    connection.text_factory = bytes
    try:
        databases = PlainCursor(connection).execute("PRAGMA database_list").fetchall()
    finally:
        connection.text_factory = factory
    return os.fsdecode(databases[0][2] or "")  # The first is always main.


@contextmanager
def host_errors(store: str) -> Generator[None, None, None]:
    """Turn errors as `plain_errors` does; what to do again is the host's whole transaction."""
    try:
        with plain_errors(store):
            yield
    except StoreBusyError as error:
        raise StoreBusyError(store, _busy_reason(error)) from error
    except StoreError as error:
        if is_read_only(error.__cause__):
            raise StoreError(store, f"{_READS} ({error.__cause__})") from error
        raise


def _refuse_idle(connection: sqlite3.Connection) -> None:
    """Refuse a connection that would commit each statement by itself.

    With the older way of sqlite3 a transaction begins with the first INSERT, even one of ours.

    Raises:
        ArgumentError: Says what to do.
    """
    is_legacy = getattr(connection, "autocommit", _LEGACY) == _LEGACY
    begins_by_itself = is_legacy and connection.isolation_level is not None
    if not (connection.in_transaction or begins_by_itself):
        raise ArgumentError("connection", short_repr(connection), _IDLE)


def _busy_reason(error: StoreError) -> str:
    """Return the reason why the host has to do its transaction again."""
    cause = error.__cause__
    if getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY_SNAPSHOT:
        return (
            "others recorded after this transaction had begun to read: "
            f"{AGAIN}, and begin it with BEGIN IMMEDIATE before you read"
        )
    return f"another program held the lock for too long: {AGAIN} ({cause})"


def _is_same(path: str, file: LogFile) -> bool:
    """Return whether the path leads to the file of the store."""
    try:
        return file.path.samefile(path)
    except OSError:  # one of them was removed
        return False


def _decoded(columns: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the columns of a row with its texts, which were read as bytes."""
    return tuple(
        value.decode() if number in _TEXTS and value is not None else value
        for number, value in enumerate(columns)
    )
