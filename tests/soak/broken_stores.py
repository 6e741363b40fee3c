"""Stores that break the promise of positions in commit order, to see that it shows.

The first is what a table with a serial number does on its own: numbers are handed out before
the commit, and nothing makes the next writer wait.
"""

import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import attrs
import psycopg
from psycopg import sql

from coopledger.stores import Draft, Row, Store
from coopledger.stores.protocol import Appended, Revise
from tests.contracts.drafts import anybody

__all__ = ["EarlyStore", "Log", "SequenceStore", "TearingStore"]

LONGEST_WORK_SECONDS = 0.003
LAST = 2**63 - 1


class Log(Protocol):
    """Part of a store that a soak uses."""

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
    ) -> Appended:
        """See `Store.append`."""
        ...

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`."""
        ...

    def close(self) -> None:
        """See `Store.close`."""
        ...


def _nothing() -> None:
    """Do nothing between numbering and committing."""


def _row(position: int, event_id: str) -> Row:
    return Row(position, event_id, "note-added", 1, position, None, b"{}", b"", b"")


class SequenceStore:
    """Numbers from a sequence, handed out before the commit, and no head that is locked."""

    def __init__(
        self, address: str, schema: str, *, before_commit: Callable[[], None] = _nothing
    ) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._before_commit = before_commit
        self._work = random.Random()  # noqa: S311 - any length will do
        with self._connection.transaction():
            # Programs that start at the same time take turns.
            self._connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (schema,))
            name = sql.Identifier(schema)
            self._connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(name))
            self._connection.execute("SELECT set_config('search_path', %s, false)", (schema,))
            self._connection.execute(
                "CREATE TABLE IF NOT EXISTS numbered (position bigserial PRIMARY KEY, id text)"
            )

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
    ) -> Appended:
        """Insert, do some other work as an application may, and commit."""
        del ledger, seen, clock_us, revise
        rows: list[Row] = []
        with self._connection.transaction():
            for draft in drafts:
                rows += self._rows(
                    "INSERT INTO numbered (id) VALUES (%s) RETURNING position, id", draft.event_id
                )
            seconds = self._work.uniform(0, LONGEST_WORK_SECONDS)
            self._connection.execute("SELECT pg_sleep(%s)", (seconds,))
            self._before_commit()
        return Appended(rows=tuple(rows))

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """Yield the rows that are committed by now."""
        del ledger
        yield from self._rows(
            "SELECT position, id FROM numbered WHERE position > %s AND position <= %s "
            "ORDER BY position",
            after,
            LAST if up_to is None else up_to,
        )

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _rows(self, statement: str, *values: object) -> Iterable[Row]:
        rows = self._connection.execute(statement.encode(), values).fetchall()
        return [_row(position, event_id) for position, event_id in rows]


class EarlyStore:
    """Looks for the last number before it has the lock."""

    def __init__(self, path: str, *, before_lock: Callable[[], None] = _nothing) -> None:
        self._connection = sqlite3.connect(
            path, isolation_level=None, timeout=30, check_same_thread=False
        )
        self._before_lock = before_lock
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("CREATE TABLE IF NOT EXISTS numbered (position INTEGER, id TEXT)")

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
    ) -> Appended:
        """Number, and then take the lock to insert."""
        del ledger, seen, clock_us, revise
        ((last,),) = self._connection.execute("SELECT coalesce(max(position), 0) FROM numbered")
        rows = [_row(position, draft.event_id) for position, draft in enumerate(drafts, last + 1)]
        self._before_lock()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(
            "INSERT INTO numbered VALUES (?, ?)", [(row.position, row.event_id) for row in rows]
        )
        self._connection.execute("COMMIT")
        return Appended(rows=tuple(rows))

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """Yield the rows that are committed by now."""
        del ledger
        yield from [
            _row(position, event_id)
            for position, event_id in self._connection.execute(
                "SELECT position, id FROM numbered WHERE position > ? AND position <= ? "
                "ORDER BY position, rowid",
                (after, LAST if up_to is None else up_to),
            )
        ]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


@attrs.frozen
class TearingStore:
    """Store the events of a batch one by one."""

    store: Store

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
    ) -> Appended:
        """Append the events one by one."""
        rows: list[Row] = []
        for draft in drafts:
            appended = self.store.append(
                ledger, [draft], seen=seen, clock_us=clock_us, revise=revise
            )
            rows += appended.rows
            seen, revise = rows[-1].position, anybody
        return Appended(rows=tuple(rows))

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`."""
        return self.store.read(ledger, after=after, up_to=up_to)

    def close(self) -> None:
        """See `Store.close`."""
        self.store.close()
