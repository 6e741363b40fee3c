"""Database on a PostgreSQL server: connected to, made ready for logs, and its connections."""

import os
import threading
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager, suppress
from functools import cached_property
from typing import Any, LiteralString, TypeVar

import attrs
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus

from coopledger._forks import close_at_fork
from coopledger.errors import FieldError, NewerLogError, StoreBusyError, StoreError
from coopledger.stores.postgres.failures import plain_errors, retry_while_busy
from coopledger.stores.postgres.pool import Connection, Pool
from coopledger.stores.postgres.schema import FORMAT, MIGRATIONS
from coopledger.stores.postgres.statements import VERSION, filled
from coopledger.stores.protocol import Durability, refuse_unknown

_Result = TypeVar("_Result")


_DEFAULTS = {"connect_timeout": "10", "fallback_application_name": "coopledger"}

# Missing in the tables of an older format.
_MISSING = (
    psycopg.errors.UndefinedTable,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.UndefinedColumn,
)

# Held by a program that makes or lifts the tables: "Coop" in ASCII, and the schema.
_LOCK = "SELECT pg_advisory_xact_lock(1131376496, pg_catalog.hashtext(%s))"

# For one transaction: behind a pooler the next may be in another session. The setting of the
# server is kept where it is stricter, such as waiting for a standby.
_SETTINGS: LiteralString = """
SELECT
    pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),
    pg_catalog.set_config('lock_timeout', {patience}, true),
    pg_catalog.set_config('synchronous_commit', CASE
        WHEN {is_fast} THEN 'off'
        WHEN pg_catalog.current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
        ELSE pg_catalog.current_setting('synchronous_commit')
    END, true)
"""
_BEGIN: LiteralString = "BEGIN ISOLATION LEVEL READ COMMITTED;" + _SETTINGS

_NO_PATIENCE = "10"  # milliseconds, for what is of use and not needed

# A statement is prepared once it was said so often. To read and plan one of those that append takes
# the server half as long as to do it.
_PREPARED_AFTER = 5
_PROCESS_ID = "SELECT pg_catalog.pg_backend_pid()"

# Asked of the catalog's tables: to_regclass goes by what the session once found, and would
# overlook, after waiting for the lock, the tables that another program has just made.
_HAS_SCHEMA = "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = %s)"
_HAS_FORMAT = """
SELECT EXISTS (
    SELECT FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace
    ON pg_namespace.oid = pg_class.relnamespace
    WHERE nspname = %s AND relname = 'format'
)
"""


def _refuse_none(_: object, __: object, size: int) -> None:
    """Validate the size of a pool.

    Raises:
        FieldError: Without a connection nothing can be done (E106).
    """
    if size < 1:
        raise FieldError("E106", str(size), "is less than 1 connection", "pool_size")


@attrs.frozen(kw_only=True)
class Server:
    """Server, one of its databases, a schema in that, and how they are to be used.

    Attributes:
        address: A URL or any other connection string of libpq; it may hold a password.
        schema: The schema with the tables.
        durability: ``durable`` or ``fast``, as `PostgresStore` says.
        lock_timeout_seconds: How long to wait for locks, and for a connection.
        pool_size: How many connections one process has at most, but those that listen.
        readonly: Whether no table is made or lifted, and no connection lent to a writer. Not a
            setting of the session: behind a pooler that would be left to others.
    """

    address: str = attrs.field(repr=False)
    schema: str
    durability: Durability = attrs.field(validator=refuse_unknown)
    lock_timeout_seconds: float
    pool_size: int = attrs.field(validator=_refuse_none)
    readonly: bool = False

    def __str__(self) -> str:
        """Return the address without its password, and without all else that may be secret."""
        return self._name

    @cached_property
    def _name(self) -> str:
        """Return the address as it is shown, parsed once: each statement names it."""
        parts = self._parts()
        host = str(parts.get("host", ""))
        is_socket = host.startswith("/")
        user = f"{parts['user']}@" if "user" in parts else ""
        port = f":{parts['port']}" if "port" in parts else ""
        url = f"postgresql://{user}{'' if is_socket else host}{port}/{parts.get('dbname', '')}"
        return f"{url}?host={host}" if is_socket else url

    @property
    def conninfo(self) -> str:
        """Return the connection string for libpq."""
        return make_conninfo(**{**_DEFAULTS, **self._parts(), "client_encoding": "utf8"})

    def connect(self) -> Connection:
        """Return a connection that begins no transaction by itself.

        Raises:
            StoreError: The server is not there, or does not let us in.
        """
        try:
            connection = psycopg.connect(self.conninfo, autocommit=True, prepare_threshold=None)
            if _is_of_one_session(connection):
                connection.prepare_threshold = _PREPARED_AFTER
        except psycopg.Error as error:
            # libpq gives no sqlstate here, and its words name no password.
            reason = f"cannot connect: check the address, and that the server runs ({error})"
            raise StoreError(str(self), reason) from error
        return connection

    @property
    def patience(self) -> str:
        """Return how long to wait for a lock, in milliseconds, as the server takes it."""
        return str(max(1, int(self.lock_timeout_seconds * 1000)))  # 0 would be to wait for ever

    @property
    def is_fast(self) -> bool:
        """Return whether a commit does not wait for the disk."""
        return self.durability == "fast"

    def begin(self, connection: Connection, *, is_derived: bool = False) -> None:
        """Begin a transaction, every one alike.

        What is derived from the log does not wait for the disk: an event that is committed later
        never gets there earlier.

        Raises:
            StoreError: The server fails.
        """
        with plain_errors(str(self)):
            _set(connection, _BEGIN, self.patience, is_fast=self.is_fast or is_derived)

    def make_ready(self) -> int:
        """Make the tables, or lift them to this version; return the version that they have.

        Programs that start at the same time take turns. Nothing is made if all is there, so
        that a role that may only record, or only read, can open the store too.

        Raises:
            StoreError: The server cannot be reached or used, or refuses.
            NewerLogError: A newer version made the tables; they are left as they are.
        """
        with closing(self.connect()) as connection, plain_errors(str(self)):
            self._refuse_other_encoding(connection)
            version = self._version(connection)
            if self.readonly and not version:
                reason = "there are no tables here, and a read-only ledger makes none"
                raise StoreError(str(self), reason)
            if version < FORMAT and not self.readonly:
                version = self._lifted(connection, version)
        if version > FORMAT:
            found, known = f"{self}: log format {version}", f"log format {FORMAT}"
            raise NewerLogError(found, known)
        return version

    @contextmanager
    def of_this_format(self) -> Generator[None, None, None]:
        """Explain a missing table by the format of the log, if that could not be lifted.

        Raises:
            StoreError: The log is older than this version; or the error of the block.
        """
        try:
            yield
        except StoreError as error:
            if isinstance(error.__cause__, _MISSING):
                with closing(self.connect()) as connection, plain_errors(str(self)):
                    version = self._version(connection)
                refuse_older(str(self), version)
            raise

    def _lifted(self, connection: Connection, version: int) -> int:
        """Return the version after migrating; a role without that right can read older tables."""
        try:
            return self._migrate(connection)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction):
            if not version:
                raise
            return version

    def _migrate(self, connection: Connection) -> int:
        """Migrate in one transaction behind one lock; return the version at the end."""
        with connection.transaction():
            _set(connection, _SETTINGS, self.patience, is_fast=self.is_fast)
            connection.execute(_LOCK, (self.schema,))
            before = self._version(connection)
            if not before and not _is_so(connection, _HAS_SCHEMA, self.schema):
                connection.execute(filled("CREATE SCHEMA {schema}", self.schema), ())
            for version in range(before + 1, FORMAT + 1):
                for statement in MIGRATIONS[version - 1]:
                    connection.execute(filled(statement, self.schema), ())
                note = filled("INSERT INTO {schema}.format (version) VALUES (%s)", self.schema)
                connection.execute(note, (version,))
        return max(before, FORMAT)

    def _version(self, connection: Connection) -> int:
        """Return the version of the tables; 0 where there are none."""
        if not _is_so(connection, _HAS_FORMAT, self.schema):
            return 0
        [(version,)] = connection.execute(filled(VERSION, self.schema), ()).fetchall()
        return int(version)

    def _refuse_other_encoding(self, connection: Connection) -> None:
        """Refuse a database in another encoding than UTF-8."""
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            reason = f"the encoding of this database is {encoding}: create one with UTF8"
            raise StoreError(str(self), reason)

    def _parts(self) -> dict[str, Any]:
        """Return the parts of the address.

        Raises:
            StoreError: It cannot be read; the error repeats neither it nor the words of libpq, as a
                part of the password may be among them.
        """
        try:
            return dict(conninfo_to_dict(self.address))
        except psycopg.Error:
            reason = (
                "this address cannot be read: write postgresql://user:password@host:port/database, "
                "with other characters than letters and digits as %XX"
            )
            raise StoreError("postgresql://...", reason) from None


def refuse_older(store: str, version: int) -> None:
    """Refuse to write to tables of an older format, which only their owner can lift.

    Raises:
        StoreError: Says what to do.
    """
    if 0 < version < FORMAT:
        reason = f"this log is of format {version}: open it once as the owner of the tables"
        raise StoreError(store, reason)


def _is_of_one_session(connection: Connection) -> bool:
    """Return whether all statements on the connection come to one session of the server.

    Behind a pooler the next one may come to another, where nothing is prepared. What answers there
    is the pooler, with a number of its own in the place of that of the process.
    """
    [(process_id,)] = connection.execute(_PROCESS_ID).fetchall()
    return bool(process_id == connection.info.backend_pid)


def _is_so(connection: Connection, question: LiteralString, schema: str) -> bool:
    """Return the answer of the server to a question of yes or no about the schema."""
    [(is_so,)] = connection.execute(question, (schema,)).fetchall()
    return bool(is_so)


class _Held(threading.local):
    """Connection of each thread that holds a lock."""

    connection: "Connection | None" = None


class Connections:
    """Connections of one store, lent to one thread at a time; readers never starve.

    After a fork, each process has its own.
    """

    def __init__(self, server: Server) -> None:
        """Make the server ready; connections are opened when asked for."""
        self.format: int = server.make_ready()
        self._server = server
        self._held = _Held()
        self._process_id = os.getpid()
        self._pool = self._new_pool()
        # Kept in a child and never used: to let go of them would be to end, through the shared
        # sockets, the connections of the parent.
        self._inherited: list[Pool] = []
        self._closed = False
        close_at_fork(self)

    @contextmanager
    def writing(self) -> Generator[Connection, None, None]:
        """Lend a connection for a transaction, which is rolled back if it is open at the end."""
        if self._server.readonly:
            raise StoreError(str(self._server), "the log is open read only: open it to write")
        with self._pool.lent(to_write=True) as connection:
            try:
                yield connection
            finally:
                _roll_back(connection)

    @contextmanager
    def transaction(self, *, is_derived: bool = False) -> Generator[Connection, None, None]:
        """Lend a connection in a transaction that is committed at the end."""
        with self.writing() as connection:
            self._server.begin(connection, is_derived=is_derived)
            with plain_errors(str(self._server)):
                yield connection
                connection.execute("COMMIT")

    @contextmanager
    def aside(self) -> Generator[Connection, None, None]:
        """Lend a connection in a transaction that waits neither for the locks of others nor a disk.

        Lent as to a reader, who is not kept waiting by writers; rolled back at the end, if it is
        not committed.

        Raises:
            StoreBusyError: The thread holds a lock, or somebody else does.
            StoreError: The log is open read only, or the server fails.
        """
        if self._server.readonly or self._held.connection is not None:
            raise StoreBusyError(str(self._server), "nothing is written now")
        with self._pool.lent(to_write=False) as connection:
            try:
                with plain_errors(str(self._server)):
                    _set(connection, _BEGIN, _NO_PATIENCE, is_fast=True)
                    yield connection
            finally:
                _roll_back(connection)

    @contextmanager
    def holding(self, connection: Connection) -> Generator[None, None, None]:
        """Lend this connection to the thread that has it, when it would read.

        So whoever holds a lock waits for no other connection.
        """
        self._held.connection = connection
        try:
            yield
        finally:
            self._held.connection = None

    @contextmanager
    def reading(self) -> Generator[Connection, None, None]:
        """Lend a connection that no other thread is using; to be given back soon."""
        held = self._held.connection
        if held is not None:
            if not held.closed:
                yield held
                return
            with closing(self._server.connect()) as connection:  # its lock is gone with it
                yield connection
            return
        with self._pool.lent(to_write=False) as connection:
            yield connection

    def retry_while_busy(self, ask: Callable[[], _Result]) -> _Result:
        """Return the result of the call, made again after a collision: see `failures`.

        After a lost connection the idle ones are not used any more: a server that starts again has
        ended them all.
        """
        return retry_while_busy(str(self._server), ask, renew=self._pool.let_go)

    def refuse_closed(self) -> None:
        """Raise `StoreError` after `close`."""
        if self._closed:
            raise StoreError(str(self._server), "the store is closed")

    def close(self) -> None:
        """Close every connection for good; one that is in use, when it is given back."""
        self._closed = True
        self._pool.close()

    def pause(self) -> None:
        """Do nothing: the parent's connections go on through a fork."""

    def resume(self) -> None:
        """In a child, begin with connections of its own."""
        if self._process_id != os.getpid():
            self._process_id = os.getpid()
            self._inherited.append(self._pool)
            self._pool = self._new_pool()
            if self._closed:
                self._pool.close()

    def _new_pool(self) -> Pool:
        return Pool(
            self._server.connect,
            size=self._server.pool_size,
            seconds=self._server.lock_timeout_seconds,
            store=str(self._server),
        )


def _set(connection: Connection, settings: LiteralString, patience: str, *, is_fast: bool) -> None:
    """Set what holds for one transaction, and begin it, if the text says so, in one round trip."""
    values = {"patience": sql.Literal(patience), "is_fast": sql.Literal(is_fast)}
    connection.execute(sql.SQL(settings).format(**values))


def _roll_back(connection: Connection) -> None:
    """End an open transaction; with a connection that is lost it has ended by itself.

    Silently, so that the error that came first is raised.
    """
    if connection.info.transaction_status is not TransactionStatus.IDLE:
        with suppress(psycopg.Error):
            connection.rollback()
