"""The cursors in a PostgreSQL log."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from typing import Any

import attrs
import psycopg
from psycopg.rows import tuple_row

from coopledger.errors import CoopledgerError
from coopledger.stores.postgres.failures import LostConnectionError, plain_errors, retry_while_busy
from coopledger.stores.postgres.host_transaction import host_connection, host_errors
from coopledger.stores.postgres.server import Connection, Connections
from coopledger.stores.postgres.statements import Statements
from coopledger.stores.protocol import Cursor, cursor_from_row, cursors_from_rows, parked_changes


class _MovedMeanwhileError(CoopledgerError):
    """The cursor is not as it was expected; the transaction is rolled back."""


@attrs.frozen(kw_only=True)
class Cursors:
    """Reads and moves cursors; see `Store`.

    What was under way when a connection was lost is done again. A cursor that was taken twice
    has skipped an epoch, which hurts nobody; one that was moved already is found where it is to
    be, and nobody else has its epoch.

    Attributes:
        address: How the store is named in errors.
        connections: Where to borrow a connection.
        statements: What to say on it.
    """

    address: str
    connections: Connections
    statements: Statements

    def every(self, ledger: str) -> tuple[Cursor, ...]:
        """See `Store.cursors`."""

        def ask() -> tuple[Cursor, ...]:
            with self.connections.reading() as connection, plain_errors(self.address):
                return tuple(
                    cursors_from_rows(connection.execute(self.statements.cursors, (ledger,)))
                )

        return retry_while_busy(self.address, ask, renew=self.connections.renew)

    def one(self, ledger: str, name: str) -> Cursor | None:
        """See `Store.cursor`."""

        def ask() -> Cursor | None:
            with self.connections.reading() as connection, plain_errors(self.address):
                row = connection.execute(self.statements.cursor, (ledger, name)).fetchone()
                return cursor_from_row(*row) if row else None

        return retry_while_busy(self.address, ask, renew=self.connections.renew)

    def take(self, ledger: str, name: str, *, after: int) -> Cursor:
        """See `Store.take_cursor`."""

        def attempt() -> Cursor:
            with self._transaction() as own:
                rows = own.execute(self.statements.take, (ledger, name, after, after)).fetchall()
                return cursor_from_row(*rows[0])

        return retry_while_busy(self.address, attempt, renew=self.connections.renew)

    def move(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None
    ) -> bool:
        """See `Store.move_cursor`."""
        if connection is not None:
            with self.connections.reading() as own:
                mine = host_connection(connection, own=own, address=self.address)
            with host_errors(self.address):
                return self._move(mine, ledger, before, after)
        is_in_doubt = False

        def attempt() -> bool:
            nonlocal is_in_doubt
            try:
                self._move_alone(ledger, before, after)
            except _MovedMeanwhileError:
                return is_in_doubt and self._lies_at(ledger, after)
            except LostConnectionError:
                is_in_doubt = True
                raise
            return True

        return retry_while_busy(self.address, attempt, renew=self.connections.renew)

    @contextmanager
    def _transaction(self) -> Generator[Connection, None, None]:
        """A connection in a transaction that is committed at the end."""
        with (
            self.connections.writing() as connection,
            plain_errors(self.address),
            connection.transaction(),
        ):
            yield connection

    def _move_alone(self, ledger: str, before: Cursor, after: Cursor) -> None:
        """Move the cursor in a transaction of its own.

        Raises:
            _MovedMeanwhileError: It is not as it was expected.
        """
        with self._transaction() as own:
            if not self._move(own, ledger, before, after):
                raise _MovedMeanwhileError

    def _lies_at(self, ledger: str, cursor: Cursor) -> bool:
        """Whether the cursor is there, where only an attempt of ours can have put it."""
        now = self.one(ledger, cursor.name)
        return now is not None and (now.epoch, now.position) == (cursor.epoch, cursor.position)

    def _move(self, connection: Connection, ledger: str, before: Cursor, after: Cursor) -> bool:
        """Whether the cursor was as it was expected, and is moved; if not, roll back."""
        gone, come = parked_changes(before, after)
        to = (after.position, after.reached, after.failures, after.last_error)
        key = (ledger, before.name)
        steps = [
            (self.statements.move, (*to, *key, before.epoch, before.position)),
            *((self.statements.unpark, (*key, *each.stretch)) for each in gone),
            *((self.statements.park, (*key, *attrs.astuple(each))) for each in come),
        ]
        db_cursor: psycopg.Cursor[tuple[Any, ...]]
        with closing(connection.cursor(row_factory=tuple_row)) as db_cursor:
            return all(db_cursor.execute(step, values).rowcount == 1 for step, values in steps)
