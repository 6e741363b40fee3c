"""A database on a PostgreSQL server as the place of logs: connected to, and made ready."""

import os
import threading
from collections.abc import Generator
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import Any, LiteralString, TypeAlias

import attrs
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from coopledger.errors import NewerLogError, StoreBusyError, StoreError
from coopledger.stores.forks import close_at_fork
from coopledger.stores.postgres.failures import plain_errors
from coopledger.stores.postgres.schema import FORMAT, MIGRATIONS
from coopledger.stores.postgres.statements import filled
from coopledger.stores.protocol import Durability, refuse_unknown

Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"

_DEFAULTS = {"connect_timeout": "10", "fallback_application_name": "coopledger"}

# Whoever makes or lifts the tables of a schema holds this lock ("Coop" in ASCII, and the schema).
_LOCK = "SELECT pg_advisory_xact_lock(1131376496, hashtext(%s))"

# What the server was set to is kept where it is stricter, such as waiting for a standby.
_SETTINGS = """
SELECT
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('lock_timeout', %s, false),
    set_config('synchronous_commit', CASE
        WHEN %s THEN 'off'
        WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
        ELSE current_setting('synchronous_commit')
    END, false)
"""

# Asked of the catalog's tables: to_regclass goes by what the session once found, and would
# overlook, after waiting for the lock, what another program has just made.
_HAS_SCHEMA = "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = %s)"
_HAS_FORMAT = """
SELECT EXISTS (
    SELECT FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace
    ON pg_namespace.oid = pg_class.relnamespace
    WHERE nspname = %s AND relname = 'format'
)
"""


@attrs.frozen(kw_only=True)
class Server:
    """Which database, which schema in it, and how it is to be used.

    Attributes:
        address: A URL or any other connection string of libpq; it may hold a password.
        schema: Where in the database the tables lie.
        durability: ``durable`` or ``fast``, as `PostgresStore` says.
        lock_timeout_seconds: How long to wait for locks, and for a connection.
    """

    address: str = attrs.field(repr=False)
    schema: str
    durability: Durability = attrs.field(validator=refuse_unknown)
    lock_timeout_seconds: float

    def __str__(self) -> str:
        """The address without its password, and without whatever else may be secret."""
        parts = self._parts()
        host = str(parts.get("host", ""))
        is_socket = host.startswith("/")
        user = f"{parts['user']}@" if "user" in parts else ""
        port = f":{parts['port']}" if "port" in parts else ""
        place = f"postgresql://{user}{'' if is_socket else host}{port}/{parts.get('dbname', '')}"
        return f"{place}?host={host}" if is_socket else place

    @property
    def conninfo(self) -> str:
        """What libpq is given."""
        return make_conninfo(**{**_DEFAULTS, **self._parts(), "client_encoding": "utf8"})

    def connect(self) -> Connection:
        """A connection that begins no transaction by itself.

        Raises:
            StoreError: The server is not there, or does not let us in.
        """
        try:
            connection = psycopg.connect(self.conninfo, autocommit=True)
        except psycopg.Error as error:
            # libpq tells no sqlstate here, and its words name no password.
            reason = f"cannot connect: check the address, and that the server runs ({error})"
            raise StoreError(str(self), reason) from error
        try:
            self.configure(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def configure(self, connection: Connection) -> None:
        """Sets up a new connection; every one of a store is alike.

        Raises:
            StoreError: The server fails.
        """
        milliseconds = str(int(self.lock_timeout_seconds * 1000))
        with plain_errors(str(self)):
            connection.execute(_SETTINGS, (milliseconds, self.durability == "fast"))

    def make_ready(self) -> None:
        """Makes the tables, or lifts them to this version, unless that is done already.

        Programs that start at the same time take turns. Nothing is made if all is there, so
        that a role that may only record, or only read, can open the store too.

        Raises:
            StoreError: The server cannot be reached or used, or refuses.
            NewerLogError: A newer version made the tables; they are left as they are.
        """
        with closing(self.connect()) as connection, plain_errors(str(self)):
            self._refuse_other_encoding(connection)
            version = self._version(connection)
            if version < FORMAT:
                version = self._lifted(connection, version)
        if version > FORMAT:
            found, known = f"{self}: log format {version}", f"log format {FORMAT}"
            raise NewerLogError(found, known)

    @contextmanager
    def of_this_format(self) -> Generator[None, None, None]:
        """Says so when a table is missing as the log could not be lifted when it was opened.

        Raises:
            StoreError: The log is older than this version; or what went wrong else.
        """
        try:
            yield
        except StoreError as error:
            if isinstance(error.__cause__, psycopg.errors.UndefinedTable):
                self._refuse_older(error)
            raise

    def _refuse_older(self, error: StoreError) -> None:
        with closing(self.connect()) as connection, plain_errors(str(self)):
            found = self._version(connection)
        if 0 < found < FORMAT:
            reason = f"this log is of format {found}: open it once as the owner of the tables"
            raise StoreError(str(self), reason) from error

    def _lifted(self, connection: Connection, found: int) -> int:
        """The version after migrating; whoever may not do so can still read older tables."""
        try:
            return self._migrate(connection)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction):
            if not found:
                raise
            return found

    def _migrate(self, connection: Connection) -> int:
        """The version that is there in the end, in one transaction behind one lock."""
        with connection.transaction():
            connection.execute(_LOCK, (self.schema,))
            found = self._version(connection)
            if not found and not _is_so(connection, _HAS_SCHEMA, self.schema):
                connection.execute(filled("CREATE SCHEMA {schema}", self.schema), ())
            for version in range(found + 1, FORMAT + 1):
                for statement in MIGRATIONS[version - 1]:
                    connection.execute(filled(statement, self.schema), ())
                noted = filled("INSERT INTO {schema}.format (version) VALUES (%s)", self.schema)
                connection.execute(noted, (version,))
        return max(found, FORMAT)

    def _version(self, connection: Connection) -> int:
        """The version of the tables; 0 where there are none."""
        if not _is_so(connection, _HAS_FORMAT, self.schema):
            return 0
        asked = filled("SELECT coalesce(max(version), 0) FROM {schema}.format", self.schema)
        found = connection.execute(asked, ()).fetchone()
        return int(found[0]) if found else 0

    def _refuse_other_encoding(self, connection: Connection) -> None:
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            reason = f"the encoding of this database is {encoding}: create one with UTF8"
            raise StoreError(str(self), reason)

    def _parts(self) -> dict[str, Any]:
        """The address taken apart.

        Raises:
            StoreError: It cannot be read; neither it nor the words of libpq are told, as a
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


def _is_so(connection: Connection, asked: LiteralString, schema: str) -> bool:
    found = connection.execute(asked, (schema,)).fetchone()
    return bool(found and found[0])


# The connections of one PostgreSQL store: a pool of them, in which readers never starve.

_MOST = 8  # of one process; half of them write


@attrs.frozen
class _Lender:
    """The pool of one process, and who may write with it.

    A writer may read, on a second connection, what others stored. As writers never take all
    the connections, and readers wait for nobody, there is always one to come.
    """

    process_id: int
    pool: "ConnectionPool[Connection]"
    writers: threading.BoundedSemaphore


class Connections:
    """Lends connections, each to one thread at a time; after a fork, each process its own."""

    def __init__(self, server: Server) -> None:
        """Makes the server ready; connections are opened when asked for."""
        server.make_ready()
        self._server = server
        self._lender = self._new_lender()
        # What a child inherits is kept and never used: to let go of it would be to end, through
        # the shared sockets, the connections of the parent.
        self._inherited: list[_Lender] = []
        self._closed = False
        close_at_fork(self)

    @contextmanager
    def writing(self) -> Generator[Connection, None, None]:
        """A connection for a transaction, which is rolled back if it is open at the end."""
        writers = self._lender.writers
        if not writers.acquire(timeout=self._server.lock_timeout_seconds):
            raise StoreBusyError(str(self._server), "too many threads write at once: try again")
        try:
            with self.reading() as connection:
                try:
                    yield connection
                finally:
                    _roll_back(connection)
        finally:
            writers.release()

    @contextmanager
    def reading(self) -> Generator[Connection, None, None]:
        """A connection that no other thread is using; to be given back soon."""
        with ExitStack() as stack:
            try:
                connection = stack.enter_context(self._lender.pool.connection())
            except PoolClosed:
                raise StoreError(str(self._server), "the store is closed") from None
            except PoolTimeout as error:
                self._server.connect().close()  # says what is wrong, if it is the server
                reason = "all connections of this store were in use for too long: try again"
                raise StoreBusyError(str(self._server), reason) from error
            yield connection

    def renew(self) -> None:
        """Replaces idle connections that the server has ended, as at its restart."""
        self._lender.pool.check()

    def refuse_closed(self) -> None:
        """Raises `StoreError` after `close`."""
        if self._closed:
            raise StoreError(str(self._server), "the store is closed")

    def close(self) -> None:
        """Closes every connection for good; one that is in use, when it is given back."""
        self._closed = True
        self._lender.pool.close()

    def pause(self) -> None:
        """Does nothing: the parent's connections go on through a fork."""

    def resume(self) -> None:
        """In a child, begins with connections of its own."""
        if self._lender.process_id != os.getpid():
            self._inherited.append(self._lender)
            self._lender = self._new_lender()
            if self._closed:
                self._lender.pool.close()

    def _new_lender(self) -> _Lender:
        pool: ConnectionPool[Connection] = ConnectionPool(
            self._server.conninfo,
            kwargs={"autocommit": True},
            configure=self._server.configure,
            min_size=0,
            max_size=_MOST,
            timeout=self._server.lock_timeout_seconds,
            num_workers=1,
            open=True,
        )
        return _Lender(os.getpid(), pool, threading.BoundedSemaphore(_MOST // 2))


def _roll_back(connection: Connection) -> None:
    """Ends an open transaction; with a connection that is lost it has ended by itself.

    Silently, so that what went wrong before is told.
    """
    if connection.info.transaction_status is not TransactionStatus.IDLE:
        with suppress(psycopg.Error):
            connection.rollback()
