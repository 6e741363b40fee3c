"""Transaction of a host on its own connection to a PostgreSQL log: recognised, and joined."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeGuard

import attrs
import psycopg
from psycopg.adapt import AdaptersMap
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from coopledger._fields.reading import short_repr
from coopledger._log.chain import Draft, Head, Row, genesis
from coopledger.errors import ArgumentError, DamagedLogError, StoreBusyError, StoreError
from coopledger.stores.database import AGAIN
from coopledger.stores.postgres.appending import Outcome, call_of
from coopledger.stores.postgres.failures import LostConnectionError, first_line, plain_errors
from coopledger.stores.postgres.pool import Connection
from coopledger.stores.postgres.server import refuse_older
from coopledger.stores.postgres.statements import PostgresReading, PostgresStatements
from coopledger.stores.protocol import Appended, Names, Revise
from coopledger.stores.write_steps import Wish, append_after, refuse_repeated

# Which server, by the microsecond in which it was started, and which of its databases: neither
# depends on the address, and every role may ask.
_IDENTITY = (
    b"SELECT oid, pg_catalog.pg_postmaster_start_time() FROM pg_catalog.pg_database "
    b"WHERE datname = pg_catalog.current_database()"
)

_WRONG = (
    "is no connection of psycopg, and this ledger lies in a PostgreSQL database: give the driver's "
    "own, such as session.connection().connection.driver_connection of SQLAlchemy or "
    "connection.connection of Django"
)
_ASYNCHRONOUS = (
    "is asynchronous: give a psycopg.Connection, with coopledger.aio in a call that write makes"
)
_UNUSABLE = {
    TransactionStatus.UNKNOWN: "is closed: give one that is open",
    TransactionStatus.INERROR: "has a transaction that failed: roll it back first",
    TransactionStatus.ACTIVE: "is in use by a statement or in a pipeline: end that first",
}
_READS = "this transaction only reads: begin one that may write, on the primary server"
_IDLE = "is in no transaction: begin one first, with connection.transaction()"


class PostgresHostTransaction(PostgresReading):
    """Logs of a database within the transaction of a host; its settings stay as they are."""

    def __init__(
        self, address: str, statements: PostgresStatements, connection: Connection, *, version: int
    ) -> None:
        """Join a connection that is recognised, to tables of a format."""
        self._address = address
        self._statements = statements
        self._connection = connection
        self._format = version

    @contextmanager
    def writing(self, ledger: str) -> Generator[None, None, None]:
        """See `Joined.writing`; a savepoint, so that the host can go on after a refusal."""
        refuse_older(self._address, self._format)
        with self._savepoint():
            self._change(self._statements.begin_ledger, (ledger, genesis(ledger)))
            self._change(self._statements.lock_head, (ledger,))
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

        def add(_: Sequence[Row], new: Sequence[Draft]) -> None:
            stored = self.find(ledger, [draft.event_id for draft in new])
            refuse_repeated(self._address, new, stored=stored)
            self._store(attrs.evolve(wish, drafts=new, seen=head.position, rests_on=None))

        return append_after(head, wish, log=self, is_touched=is_touched, add=add)

    def settle_zone(self, ledger: str, zone: str) -> str:
        """See `Joined.settle_zone`; inside `writing`, so that there is a head."""
        self._change(self._statements.settle_zone, (zone, ledger))
        return self._zone_of(ledger) or zone

    def _is_touched(self, ledger: str, head: Head, names: Names, *, seen: int) -> bool:
        """Return whether an event after the position may be found under one of the names."""
        listed = self.listed(ledger)
        if names is None or (listed.position, listed.chain) != (head.position, head.chain):
            return True
        return any(max(found, default=0) > seen for found in self.named(ledger, names).values())

    def _store(self, wish: Wish) -> None:
        """Store the drafts at the head that was seen, with the settings of the host."""
        call = call_of(wish, self._statements, patience=None, is_fast=False)
        try:
            rows = self._ask(*call)
        except psycopg.IntegrityError as error:
            raise DamagedLogError(wish.ledger, wish.seen + 1, first_line(error)) from error
        Outcome.of(wish.ledger, rows).appended(wish)  # refuses other rows than these

    def _ask(self, statement: bytes, values: tuple[object, ...]) -> list[Any]:
        """See `Reading`."""
        with host_errors(self._address):
            return _execute(self._connection, statement, values).fetchall()

    def _change(self, statement: bytes, values: tuple[object, ...] = ()) -> None:
        """Execute a statement that writes, on the connection of the host."""
        with host_errors(self._address):
            _execute(self._connection, statement, values)

    @contextmanager
    def _savepoint(self) -> Generator[None, None, None]:
        """Undo the work of the block, and nothing else, if it ends with an exception."""
        _refuse_unusable(self._connection)
        self._change(b"SAVEPOINT coopledger")
        try:
            yield
        except BaseException:
            with suppress(StoreError):  # the error that came first is raised
                self._change(b"ROLLBACK TO SAVEPOINT coopledger")
                self._change(b"RELEASE SAVEPOINT coopledger")
            raise
        self._change(b"RELEASE SAVEPOINT coopledger")


class _Cursor(psycopg.Cursor[tuple[Any, ...]]):
    """Cursor of the driver that reads and writes values as psycopg does by itself.

    Nothing that the host set for its connection changes that.
    """

    @property
    def adapters(self) -> AdaptersMap:
        """Return the adapters of psycopg."""
        return psycopg.adapters


def _execute(
    connection: Connection, statement: bytes, values: tuple[object, ...]
) -> "psycopg.Cursor[tuple[Any, ...]]":
    """Return a cursor with the answer, free of the host's row factory and adapters."""
    return _Cursor(connection, row_factory=tuple_row).execute(statement, values, binary=True)


def host_connection(connection: object, *, own: Connection, address: str) -> Connection:
    """Return the connection, once it is sure that it can take the log into its transaction.

    Args:
        connection: What somebody gives.
        own: A connection of the store itself.
        address: How the store is named in errors.

    Raises:
        ArgumentError: It is none of psycopg, leads to another database, is in no transaction and
            begins none, or is in no state to be joined.
        StoreError: The server fails.
    """
    if not _is_psycopg(connection):
        remedy = _ASYNCHRONOUS if _is_asynchronous(connection) else _WRONG
        raise ArgumentError("connection", short_repr(connection), remedy)
    _refuse_unusable(connection)
    encoding = connection.info.encoding
    if encoding != "utf-8":
        remedy = f"speaks {encoding} to the server: set its client_encoding to UTF8"
        raise ArgumentError("connection", short_repr(connection), remedy)
    with host_errors(address):
        if _identity(connection) != _identity(own):
            info = connection.info
            remedy = f"leads to {info.dbname!r} at {info.host}, and this ledger lies in {address}"
            raise ArgumentError("connection", short_repr(connection), remedy)
    return connection


def is_in_transaction(connection: object) -> bool:
    """Tell whether the value is a connection of psycopg that is open and in a transaction."""
    over = {TransactionStatus.IDLE, TransactionStatus.UNKNOWN}
    return _is_psycopg(connection) and connection.info.transaction_status not in over


@contextmanager
def host_errors(address: str) -> Generator[None, None, None]:
    """Turn errors as `plain_errors` does; what to do again is the host's whole transaction."""
    try:
        with plain_errors(address):
            yield
    except LostConnectionError as error:
        raise StoreError(address, f"{error.reason}: {AGAIN}") from error
    except StoreBusyError as error:
        reason = f"others were in the way: {AGAIN} ({first_line(error.__cause__)})"
        raise StoreBusyError(address, reason) from error
    except StoreError as error:
        if isinstance(error.__cause__, psycopg.errors.ReadOnlySqlTransaction):
            raise StoreError(address, f"{_READS} ({error.__cause__})") from error
        raise


# Functions of their own, as a narrowed `object` would leave the type of the rows open.
def _is_psycopg(value: object) -> TypeGuard[Connection]:
    return isinstance(value, psycopg.Connection)


def _is_asynchronous(value: object) -> bool:
    return isinstance(value, psycopg.AsyncConnection)


def _identity(connection: Connection) -> tuple[Any, ...] | None:
    """Return the database and the start of its server, by which two connections are compared."""
    return _execute(connection, _IDENTITY, ()).fetchone()


def _refuse_unusable(connection: Connection) -> None:
    """Refuse a connection that is in no state to be joined.

    psycopg begins a transaction with the next statement, unless it was told to autocommit.

    Raises:
        ArgumentError: Says why.
    """
    status = connection.info.transaction_status
    is_idle = status is TransactionStatus.IDLE and connection.autocommit
    reason = _IDLE if is_idle else _UNUSABLE.get(status)
    if reason is not None:
        raise ArgumentError("connection", short_repr(connection), reason)
