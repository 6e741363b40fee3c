"""The connections of host applications: recognised, and joined in their transactions."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeGuard

import attrs
import psycopg
from psycopg.adapt import AdaptersMap
from psycopg.pq import TransactionStatus
from psycopg.rows import tuple_row

from coopledger._fields.reading import short_repr
from coopledger._log.chain import Head, Row, genesis
from coopledger.errors import ArgumentError, DamagedLogError, StoreBusyError, StoreError
from coopledger.stores.host_transaction import AGAIN, HostTransaction
from coopledger.stores.postgres.failures import LostConnectionError, plain_errors
from coopledger.stores.postgres.server import Connection
from coopledger.stores.postgres.statements import Reading, Statements

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


class _Cursor(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor that reads and writes values as psycopg does by itself, whatever the host set."""

    @property
    def adapters(self) -> AdaptersMap:
        """Those of psycopg."""
        return psycopg.adapters


def ask(
    connection: Connection, statement: bytes, values: tuple[object, ...]
) -> "psycopg.Cursor[tuple[Any, ...]]":
    """A cursor with the answer; it knows nothing of the host's row factory and adapters."""
    return _Cursor(connection, row_factory=tuple_row).execute(statement, values, binary=True)


def host_connection(connection: object, *, own: Connection, address: str) -> Connection:
    """The connection, once it is sure that it can take the log into its transaction.

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
    refuse_unusable(connection)
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


def is_busy(connection: object) -> bool:
    """Whether it is a connection of psycopg that is open and in a transaction."""
    over = {TransactionStatus.IDLE, TransactionStatus.UNKNOWN}
    return _is_psycopg(connection) and connection.info.transaction_status not in over


def _identity(connection: Connection) -> tuple[Any, ...] | None:
    return ask(connection, _IDENTITY, ()).fetchone()


def _is_psycopg(value: object) -> TypeGuard[Connection]:
    return isinstance(value, psycopg.Connection)


def _is_asynchronous(value: object) -> bool:
    return isinstance(value, psycopg.AsyncConnection)


def refuse_unusable(connection: Connection) -> None:
    """Refuses a connection that is in no state to be joined.

    psycopg begins a transaction with the next statement, unless it was told to autocommit.

    Raises:
        ArgumentError: Says why.
    """
    status = connection.info.transaction_status
    is_idle = status is TransactionStatus.IDLE and connection.autocommit
    reason = _IDLE if is_idle else _UNUSABLE.get(status)
    if reason is not None:
        raise ArgumentError("connection", short_repr(connection), reason)


@contextmanager
def host_errors(address: str) -> Generator[None, None, None]:
    """As `plain_errors`; what to do again is the host's whole transaction."""
    try:
        with plain_errors(address):
            yield
    except LostConnectionError as error:
        raise StoreError(address, f"{error.reason}: {AGAIN}") from error
    except StoreBusyError as error:
        told = str(error.__cause__).strip().partition("\n")[0]
        raise StoreBusyError(address, f"others were in the way: {AGAIN} ({told})") from error
    except StoreError as error:
        if isinstance(error.__cause__, psycopg.errors.ReadOnlySqlTransaction):
            raise StoreError(address, f"{_READS} ({error.__cause__})") from error
        raise


class PostgresHost(Reading, HostTransaction):
    """The logs of a database within the transaction of a host; its settings stay as they are."""

    def __init__(self, address: str, statements: Statements, connection: Connection) -> None:
        """Joins a connection that is recognised."""
        self._address = address
        self._statements = statements
        self._connection = connection

    def _ask(self, statement: bytes, values: tuple[object, ...]) -> list[Any]:
        """See `Reading`."""
        with host_errors(self._address):
            return ask(self._connection, statement, values).fetchall()

    def _say(self, statement: bytes, values: tuple[object, ...] = ()) -> None:
        with host_errors(self._address):
            ask(self._connection, statement, values)

    @contextmanager
    def _savepoint(self) -> Generator[None, None, None]:
        """See `HostTransaction`; after it a refusal has not spoilt the host's transaction."""
        refuse_unusable(self._connection)
        self._say(b"SAVEPOINT coopledger")
        try:
            yield
        except BaseException:
            with suppress(StoreError):  # what went wrong before is told
                self._say(b"ROLLBACK TO SAVEPOINT coopledger")
                self._say(b"RELEASE SAVEPOINT coopledger")
            raise
        self._say(b"RELEASE SAVEPOINT coopledger")

    def _lock_head(self, ledger: str) -> None:
        """See `HostTransaction`."""
        self._say(self._statements.begin_ledger, (ledger, genesis(ledger)))
        self._say(self._statements.lock_head, (ledger,))

    def _insert(self, ledger: str, rows: Sequence[Row], head: Head) -> None:
        """See `HostTransaction`."""
        columns = [list(column) for column in zip(*map(attrs.astuple, rows), strict=True)]
        moved = (head.position, head.chain, head.recorded_us, ledger)
        try:
            self._say(self._statements.insert, (ledger, *columns))
            self._say(self._statements.move_head, moved)
        except psycopg.IntegrityError as error:
            told = str(error).partition("\n")[0]
            raise DamagedLogError(ledger, rows[0].position, told) from error
