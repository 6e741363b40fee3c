"""The store of logs in a PostgreSQL database, shared by programs on any machine."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from coopledger._log.chain import Draft, Head, Row
from coopledger.errors import StoreError
from coopledger.stores.postgres.appends import Append, Restoration
from coopledger.stores.postgres.cursors import Cursors
from coopledger.stores.postgres.failures import plain_errors, retry_while_busy
from coopledger.stores.postgres.host_transaction import PostgresHost, host_connection, is_busy
from coopledger.stores.postgres.listening import Listeners
from coopledger.stores.postgres.schema import FIRST_WITH_CURSORS
from coopledger.stores.postgres.server import Connections, Server
from coopledger.stores.postgres.statements import Reading, Statements
from coopledger.stores.protocol import (
    Closing,
    Cursor,
    Durability,
    Revise,
    Stopped,
    Tell,
    wait_until,
)


class PostgresStore(Reading, Closing):
    """Keeps every log in one schema of a PostgreSQL database.

    Threads share a store; every process opens its own, and a store that is open at a fork goes
    on working on both sides. Writers of one ledger take turns, writers of different ledgers do
    not wait for each other, and readers wait for nobody. A connection that is lost is replaced,
    and what was under way is done again: nothing is stored twice by that, see `Append`.
    """

    def __init__(
        self,
        address: str,
        *,
        schema: str = "coopledger",
        durability: Durability = "durable",
        lock_timeout_seconds: float = 30.0,
    ) -> None:
        """Connects, and makes the tables in a database that exists.

        Args:
            address: Such as ``postgresql://user:password@host:5432/database``, or any other
                connection string of libpq. No error repeats the password.
            schema: Where the tables lie; it is made if it is missing.
            durability: ``durable`` waits until the server has the append on its disk, and on its
                standbys where it is set up so; with ``fast`` (``synchronous_commit = off``) a
                crash of the server may lose the last appends, but never tears one or leaves a
                gap. Either survives the death of this process at any moment.
            lock_timeout_seconds: How long to wait for the locks of others, or for a connection.

        Raises:
            StoreError: The server cannot be reached or used.
            NewerLogError: A newer version of coopledger made the tables.
            FieldError: The durability is neither of the two (E106).
                Nothing is created or changed in any of these cases.
        """
        self._server = Server(
            address=address,
            schema=schema,
            durability=durability,
            lock_timeout_seconds=lock_timeout_seconds,
        )
        self._statements = Statements.of(schema)
        self._connections = Connections(self._server)
        self._listeners = Listeners(self._server, self._connections)
        self._cursors = Cursors(
            address=str(self._server), connections=self._connections, statements=self._statements
        )

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
        self._connections.refuse_closed()
        if not drafts:
            return ()
        append = Append(
            log=self,
            address=str(self._server),
            connections=self._connections,
            statements=self._statements,
            ledger=ledger,
            drafts=drafts,
            clock_us=clock_us,
            revise=revise,
            seen=seen,
        )
        with self._server.of_this_format():
            rows = retry_while_busy(
                str(self._server), append.attempt, renew=self._connections.renew
            )
        if append.is_followed:
            self._listeners.tell(ledger)
        return rows

    def joined(self, connection: object) -> PostgresHost:
        """See `Store.joined`; a `psycopg.Connection` to the same database."""
        self._connections.refuse_closed()
        with self._connections.reading() as own:
            host = host_connection(connection, own=own, address=str(self._server))
        return PostgresHost(str(self._server), self._statements, host)

    def restore(self, ledger: str, rows: Iterable[Row]) -> Head:
        """See `Store.restore`; others can read meanwhile, and write when it is done.

        Not attempted again on a lost connection: the rows can be drawn only once.
        """
        restoration = Restoration(
            log=self,
            address=str(self._server),
            connections=self._connections,
            statements=self._statements,
            ledger=ledger,
        )
        return restoration.store(rows)

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
        with self._server.of_this_format():
            return self._cursors.take(ledger, name, after=after)

    def move_cursor(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None = None
    ) -> bool:
        """See `Store.move_cursor`."""
        return self._cursors.move(ledger, before, after, connection=connection)

    def is_in_transaction(self, connection: object) -> bool:
        """See `Store.is_in_transaction`."""
        return is_busy(connection)

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        """See `Store.wait`; looks when a hint comes, and once a second without one."""
        with self._listeners.lent(ledger) as listener:
            return wait_until(
                lambda: self.head(ledger).position > after,
                pause=partial(listener.hear, stopped=stopped),
                seconds=seconds,
                stopped=stopped,
            )

    def ledgers(self) -> tuple[str, ...]:
        """See `Store.ledgers`."""
        return tuple(name for (name,) in self._ask(self._statements.ledgers, ()))

    def files(self) -> tuple[str, ...]:
        """See `Store.files`; those of the server are not ours."""
        self._connections.refuse_closed()
        return ()

    def back_up(self, place: Path, *, tell: Tell) -> dict[str, Head]:
        """See `Store.back_up`; the server has a program for that."""
        del place, tell
        self._connections.refuse_closed()
        reason = "a database is backed up with pg_dump; or copy_to a ledger in a file"
        raise StoreError(str(self._server), reason)

    def close(self) -> None:
        """Closes the connections; what is under way in other threads is still done."""
        self._listeners.close()
        self._connections.close()

    def _ask(self, statement: bytes, values: tuple[object, ...]) -> list[Any]:
        """See `Reading`."""

        def ask() -> list[Any]:
            with self._connections.reading() as connection, plain_errors(str(self._server)):
                return connection.execute(statement, values, binary=True).fetchall()

        return retry_while_busy(str(self._server), ask, renew=self._connections.renew)

    def _format(self) -> int:
        """The version of the tables."""
        ((version,),) = self._ask(self._statements.format, ())
        return int(version)
