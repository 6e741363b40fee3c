"""Store of logs in a PostgreSQL database, shared by programs on any machine."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import tuple_row

from coopledger._log.chain import Draft, Head, Row, genesis
from coopledger.errors import CoopledgerError, StoreError
from coopledger.stores.database import DatabaseStore, cursor_of, steps_of_move
from coopledger.stores.postgres.failures import (
    LostConnectionError,
    final_errors,
    plain_errors,
)
from coopledger.stores.postgres.host_transaction import (
    PostgresHostTransaction,
    host_connection,
    host_errors,
    is_in_transaction,
)
from coopledger.stores.postgres.index import IndexWriter
from coopledger.stores.postgres.kept import PostgresKept
from coopledger.stores.postgres.listening import Listeners
from coopledger.stores.postgres.pool import Connection
from coopledger.stores.postgres.server import Connections, Server
from coopledger.stores.postgres.statements import (
    FIRST_WITH_INDEX,
    PostgresReading,
    PostgresStatements,
)
from coopledger.stores.postgres.writes import Append, PagedAppend, Restoration
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
from coopledger.stores.waiting import PATIENCE_SECONDS, wait_until
from coopledger.stores.write_steps import Wish


class _MovedMeanwhileError(CoopledgerError):
    """Signal that a cursor is not as it was expected; the transaction is rolled back."""


class PostgresStore(PostgresReading, DatabaseStore[bytes]):
    """Keeps every log in one schema of a PostgreSQL database.

    Threads share a store; every process opens its own, and a store that is open at a fork goes
    on working on both sides. Writers of one ledger take turns, writers of different ledgers do
    not wait for each other, and readers wait for nobody. A connection that is lost is replaced,
    and what was under way is done again: nothing is stored twice by that, see `Append`.
    """

    def __init__(  # noqa: PLR0913 - where the database is, and how it is used
        self,
        address: str,
        *,
        schema: str = "coopledger",
        durability: Durability = "durable",
        lock_timeout_seconds: float = PATIENCE_SECONDS,
        pool_size: int = 8,
        readonly: bool = False,
    ) -> None:
        """Connect, and make the tables in a database that exists.

        Args:
            address: Such as ``postgresql://user:password@host:5432/database``, or any other
                connection string of libpq. No error repeats the password.
            schema: The schema with the tables; it is made if it is missing.
            durability: ``durable`` waits until the server has the append on its disk, and on its
                standbys where it is set up so; with ``fast`` (``synchronous_commit = off``) a
                crash of the server may lose the last appends, but never tears one or leaves a
                gap. Either survives the death of this process at any moment.
            lock_timeout_seconds: How long to wait for the locks of others, or for a connection.
            pool_size: How many connections a process has at most, and one more to listen for what
                others record, if it follows the ledger. One is enough; half of them write.
            readonly: Write nothing, make no table, and lift no older ones.

        Raises:
            StoreError: The server cannot be reached or used.
            NewerLogError: A newer version of coopledger made the tables.
            FieldError: The durability is neither of the two, or the pool has no connection (E106).
                Nothing is created or changed in any of these cases.
        """
        self._server = Server(
            address=address,
            schema=schema,
            durability=durability,
            lock_timeout_seconds=lock_timeout_seconds,
            pool_size=pool_size,
            readonly=readonly,
        )
        self._statements = PostgresStatements.of(schema)
        self._connections = Connections(self._server)
        self._format = self._connections.format
        self._listeners = Listeners(self._server, self._connections)
        self.kept: PostgresKept = PostgresKept(
            self._connections,
            self._ask,
            schema=schema,
            has_tables=self._format >= FIRST_WITH_INDEX,
        )

    @property
    def lock_timeout_seconds(self) -> float:
        """See `Patient`."""
        return self._server.lock_timeout_seconds

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
        self._connections.refuse_closed()
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
        append = Append(
            log=self,
            server=self._server,
            connections=self._connections,
            statements=self._statements,
            ledger=ledger,
            wish=wish,
        )
        with self._server.of_this_format():
            appended = self._connections.retry_while_busy(append.attempt)
        if append.is_followed:
            self._listeners.tell(ledger)
        return appended

    def joined(self, connection: object) -> PostgresHostTransaction:
        """See `Store.joined`; a `psycopg.Connection` to the same database."""
        self._connections.refuse_closed()
        host = self._host_connection(connection)
        return PostgresHostTransaction(
            str(self._server), self._statements, host, version=self._format
        )

    def append_pages(
        self,
        ledger: str,
        pages: Iterable[Sequence[Draft]],
        *,
        seen: int,
        clock_us: int,
        admit: Admit,
    ) -> Head:
        """See `Store.append_pages`; others can read meanwhile, and write when it is done.

        Not attempted again on a lost connection: the pages can be drawn only once.
        """
        append = PagedAppend(
            log=self,
            server=self._server,
            connections=self._connections,
            statements=self._statements,
            ledger=ledger,
            seen=seen,
            clock_us=clock_us,
            admit=admit,
        )
        with self._server.of_this_format():
            head = append.store(pages)
        self._listeners.tell(ledger)
        return head

    def restore(self, ledger: str, rows: Iterable[Row], *, listing: NamesOf | None = None) -> Head:
        """See `Store.restore`; others can read meanwhile, and write when it is done.

        Not attempted again on a lost connection: the rows can be drawn only once.
        """
        restoration = Restoration(
            log=self,
            server=self._server,
            connections=self._connections,
            statements=self._statements,
            ledger=ledger,
            listing=listing,
        )
        with self._server.of_this_format():
            return restoration.store(rows)

    def list_rows(
        self,
        ledger: str,
        pages: Iterable[IndexPage],
        *,
        rules: Mapping[str, str],
        since: Listed,
    ) -> bool:
        """See `Store.list_rows`; not attempted again on a lost connection."""
        if self._format < FIRST_WITH_INDEX or self._server.readonly:
            return False
        writer = IndexWriter(
            connections=self._connections, statements=self._statements, ledger=ledger
        )
        with final_errors(str(self._server)):
            return writer.write(pages, rules=rules, since=since)

    def zone(self, ledger: str) -> str | None:
        """See `Store.zone`."""
        return self._zone_of(ledger)

    def settle_zone(self, ledger: str, zone: str) -> str:
        """See `Store.settle_zone`; older tables, which could not be lifted, keep none."""
        if self._format < FIRST_WITH_INDEX:
            return zone

        def attempt() -> None:
            with self._connections.transaction() as own:
                own.execute(self._statements.begin_ledger, (ledger, genesis(ledger)))
                own.execute(self._statements.settle_zone, (zone, ledger))

        with self._server.of_this_format():
            self._connections.retry_while_busy(attempt)
        return self._zone_of(ledger) or zone

    def take_cursor(self, ledger: str, name: str, *, after: int = 0) -> Cursor:
        """See `Store.take_cursor`.

        Done again if the connection was lost: to take a cursor twice skips an epoch, no more.
        """
        values = (ledger, name, after, after)

        def attempt() -> Cursor:
            with self._connections.transaction() as own:
                [columns] = own.execute(self._statements.take_cursor, values).fetchall()
                return cursor_of(ledger, columns)

        with self._server.of_this_format():
            return self._connections.retry_while_busy(attempt)

    def move_cursor(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None = None
    ) -> bool:
        """See `Store.move_cursor`.

        Done again if the connection was lost: a cursor that was moved already is found where it
        is to be, and nobody else has its epoch.
        """
        if connection is not None:
            host = self._host_connection(connection)
            with host_errors(str(self._server)):
                return self._move(host, ledger, before, after)
        is_in_doubt = False

        def attempt() -> bool:
            nonlocal is_in_doubt
            try:
                self._move_alone(ledger, before, after)
            except _MovedMeanwhileError:
                return is_in_doubt and self._is_at(ledger, after)
            except LostConnectionError:
                is_in_doubt = True
                raise
            return True

        return self._connections.retry_while_busy(attempt)

    def is_in_transaction(self, connection: object) -> bool:
        """See `Store.is_in_transaction`."""
        return is_in_transaction(connection)

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        """See `Store.wait`; looks when a hint comes, and once a second without one."""
        with self._listeners.lent(ledger) as listener:
            return wait_until(
                lambda: self.head(ledger).position > after,
                pause=partial(listener.hear, stopped=stopped),
                seconds=seconds,
                stopped=stopped,
            )

    def files(self) -> tuple[str, ...]:
        """See `Store.files`; those of the server are not ours."""
        self._connections.refuse_closed()
        return ()

    def back_up(self, path: Path, *, tell: Tell) -> dict[str, Head]:
        """See `Store.back_up`; the server has a program for that."""
        del path, tell
        self._connections.refuse_closed()
        reason = "a database is backed up with pg_dump; or copy_to a ledger in a file"
        raise StoreError(str(self._server), reason)

    def close(self) -> None:
        """Close the connections; what is under way in other threads is still done."""
        self._listeners.close()
        self._connections.close()

    def _ask(self, statement: bytes, values: tuple[object, ...]) -> list[Any]:
        """See `Reading`."""

        def ask() -> list[Any]:
            with self._connections.reading() as connection, plain_errors(str(self._server)):
                return connection.execute(statement, values, binary=True).fetchall()

        return self._connections.retry_while_busy(ask)

    def _host_connection(self, connection: object) -> Connection:
        with self._connections.reading() as own:
            return host_connection(connection, own=own, address=str(self._server))

    def _move_alone(self, ledger: str, before: Cursor, after: Cursor) -> None:
        """Move the cursor in a transaction of its own.

        Raises:
            _MovedMeanwhileError: It is not as it was expected.
        """
        with self._connections.transaction() as own:
            if not self._move(own, ledger, before, after):
                raise _MovedMeanwhileError

    def _is_at(self, ledger: str, cursor: Cursor) -> bool:
        """Tell whether the cursor is there, where only an attempt of ours can have put it."""
        now = self.cursor(ledger, cursor.name)
        return now is not None and (now.epoch, now.position) == (cursor.epoch, cursor.position)

    def _move(self, connection: Connection, ledger: str, before: Cursor, after: Cursor) -> bool:
        """Move the cursor; return whether it was as expected, without which to roll back."""
        steps = steps_of_move(self._statements, ledger, before, after)
        db_cursor: psycopg.Cursor[tuple[Any, ...]]
        with closing(connection.cursor(row_factory=tuple_row)) as db_cursor:
            return all(db_cursor.execute(step, values).rowcount == 1 for step, values in steps)
