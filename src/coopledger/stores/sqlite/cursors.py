"""The cursors in an SQLite log."""

import sqlite3

import attrs

from coopledger.stores.protocol import Cursor, cursor_from_row, cursors_from_rows, parked_changes
from coopledger.stores.sqlite.failures import plain_errors
from coopledger.stores.sqlite.file import Connections, LogFile
from coopledger.stores.sqlite.host_transaction import host_connection, host_errors

# Always in `main`: on somebody's connection a temporary table might have the same name.
_EVERY = """
SELECT subscription.name, epoch, position, reached, failures, last_error,
    after, up_to, replayed, error, types
FROM main.subscription LEFT JOIN main.parked USING (ledger, name)
WHERE ledger = ? ORDER BY name, after, up_to
"""
_ONE = """
SELECT name, epoch, position, reached, failures, last_error
FROM main.subscription WHERE ledger = ? AND name = ?
"""
_TAKE = """
INSERT INTO main.subscription (ledger, name, epoch, position, reached, failures)
VALUES (?, ?, 1, ?, ?, 0)
ON CONFLICT (ledger, name) DO UPDATE SET epoch = epoch + 1
RETURNING name, epoch, position, reached, failures, last_error
"""
_MOVE = """
UPDATE main.subscription SET position = ?, reached = ?, failures = ?, last_error = ?
WHERE ledger = ? AND name = ? AND epoch = ? AND position = ?
"""
_PARK = """
INSERT INTO main.parked (ledger, name, after, up_to, replayed, error, types)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (ledger, name, after, up_to)
DO UPDATE SET replayed = excluded.replayed, error = excluded.error, types = excluded.types
"""
_UNPARK = "DELETE FROM main.parked WHERE ledger = ? AND name = ? AND after = ? AND up_to = ?"


@attrs.frozen
class Cursors:
    """Reads and moves cursors; see `Store`."""

    file: LogFile
    connections: Connections

    def every(self, ledger: str) -> tuple[Cursor, ...]:
        """See `Store.cursors`."""
        with self.connections.reading() as connection:
            rows = self.file.patiently(lambda: connection.execute(_EVERY, (ledger,)).fetchall())
        return tuple(cursors_from_rows(rows))

    def one(self, ledger: str, name: str) -> Cursor | None:
        """See `Store.cursor`."""
        with self.connections.reading() as connection:
            values = (ledger, name)
            rows = self.file.patiently(lambda: connection.execute(_ONE, values).fetchall())
        return cursor_from_row(*rows[0]) if rows else None

    def take(self, ledger: str, name: str, *, after: int) -> Cursor:
        """See `Store.take_cursor`."""
        values = (ledger, name, after, after)
        with self.connections.writing() as connection:
            self.file.refuse_older(connection)
            self.file.patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
            with plain_errors(str(self.file)):
                rows = connection.execute(_TAKE, values).fetchall()
                connection.execute("COMMIT")
        return cursor_from_row(*rows[0])

    def move(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None
    ) -> bool:
        """See `Store.move_cursor`."""
        if connection is not None:
            mine = host_connection(connection, self.file)
            with host_errors(str(self.file)):
                return _move(mine, ledger, before, after)
        with self.connections.writing() as own:
            self.file.patiently(lambda: own.execute("BEGIN IMMEDIATE"))
            with plain_errors(str(self.file)):
                is_moved = _move(own, ledger, before, after)
                if is_moved:
                    own.execute("COMMIT")
        return is_moved


def _move(connection: sqlite3.Connection, ledger: str, before: Cursor, after: Cursor) -> bool:
    """Whether the cursor was as it was expected, and is moved; if not, roll back."""
    gone, come = parked_changes(before, after)
    to = (after.position, after.reached, after.failures, after.last_error)
    key = (ledger, before.name)
    steps = [
        (_MOVE, (*to, *key, before.epoch, before.position)),
        *((_UNPARK, (*key, *each.stretch)) for each in gone),
        *((_PARK, (*key, *attrs.astuple(each))) for each in come),
    ]
    return all(connection.execute(step, values).rowcount == 1 for step, values in steps)
