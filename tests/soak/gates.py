"""Stores whose writers can be stopped when they have stored a batch and not yet committed it."""

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import attrs

from coopledger._log.chain import Listing
from coopledger.stores import MemoryStore, Row, Store
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.sqlite.file import Connections, LogFile
from tests.servers import Connection, Schema, new_schema

__all__ = ["Gate", "MemoryGate", "PostgresGate", "SqliteGate", "ThreadGate"]


class Gate(Protocol):
    """Gate before the commit of each writer; the first part of an id names the writer.

    Attributes:
        revisions_without_lock: How often a writer revises before it does so under the lock.
    """

    revisions_without_lock: int

    def open_store(self) -> Store:
        """Open the same log, as another process would; its writers pass the gate."""
        ...

    def close_store(self, store: Store) -> None:
        """Close the store as a program does that ends."""

    def bar(self, writer: int) -> None:
        """Stop the writer when it comes by."""

    def lift(self, writer: int) -> None:
        """Let the writer pass, now and later."""

    def stopped(self) -> set[int]:
        """Return the writers that have come and are stopped."""
        ...

    def waiting_for_lock(self) -> int | None:
        """Return how many wait for the lock; None if that cannot be seen, and all others do."""
        ...

    def close(self) -> None:
        """Close what is behind the gate."""


@attrs.define
class ThreadGate:
    """Stops writers that are threads of this process.

    Attributes:
        barred: The writers that may not pass.
        waiting: Those that stand there.
        changed: Told of every change.
    """

    barred: set[int] = attrs.field(factory=set[int])
    waiting: set[int] = attrs.field(factory=set[int])
    changed: threading.Condition = attrs.field(factory=threading.Condition)
    revisions_without_lock: int = attrs.field(default=0, init=False)

    def bar(self, writer: int) -> None:
        """See `Gate.bar`."""
        with self.changed:
            self.barred.add(writer)

    def lift(self, writer: int) -> None:
        """See `Gate.lift`."""
        with self.changed:
            self.barred.discard(writer)
            self.waiting.discard(writer)
            self.changed.notify_all()

    def stopped(self) -> set[int]:
        """See `Gate.stopped`."""
        with self.changed:
            return set(self.waiting)

    def waiting_for_lock(self) -> int | None:
        """See `Gate.waiting_for_lock`."""
        return None

    def close(self) -> None:
        """See `Gate.close`."""

    def pass_by(self, event_id: str) -> None:
        """Let a writer pass, which calls this with one of the ids that it is about to commit."""
        writer = int(event_id.partition("/")[0])
        with self.changed:
            if writer in self.barred:
                self.waiting.add(writer)
                self.changed.wait_for(lambda: writer not in self.barred)


class MemoryGate(ThreadGate):
    """Before the step that makes rows of a log in memory visible."""

    def __init__(self, _: Path) -> None:
        super().__init__()
        self._store = _GatedMemory(self)

    def open_store(self) -> Store:
        """Return the one store that there is."""
        return self._store

    def close_store(self, store: Store) -> None:
        """Leave it open: it would be gone."""


class _GatedMemory(MemoryStore):
    def __init__(self, gate: ThreadGate) -> None:
        super().__init__()
        self._gate = gate

    def _extend(self, ledger: str, rows: Sequence[Row], listings: Sequence[Listing]) -> None:
        self._gate.pass_by(rows[0].event_id)
        super()._extend(ledger, rows, listings)


class SqliteGate(ThreadGate):
    """Before COMMIT, when the rows are in the file's log for the writer alone."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._path = folder / "log.db"

    def open_store(self) -> Store:
        """See `Gate.open_store`."""
        return _GatedSqlite(self._path, self)

    def close_store(self, store: Store) -> None:
        """See `Gate.close_store`."""
        store.close()


class _GatedSqlite(SqliteStore):
    def __init__(self, path: Path, gate: ThreadGate) -> None:
        super().__init__(path, durability="fast")
        self._connections.close()
        self._connections = _GatedConnections(self._file, gate)


class _GatedConnections(Connections):
    def __init__(self, file: LogFile, gate: ThreadGate) -> None:
        super().__init__(file)
        self._gate = gate

    def writer(self) -> sqlite3.Connection:
        return cast(sqlite3.Connection, _GatedConnection(super().writer(), self._gate))

    def end(self, writer: sqlite3.Connection) -> None:
        super().end(cast(_GatedConnection, writer).connection)


@attrs.define
class _GatedConnection:
    """Connection as `SqliteStore` writes with it."""

    connection: sqlite3.Connection
    gate: ThreadGate
    last_id: str = ""

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> object:
        if statement == "COMMIT":
            self.gate.pass_by(self.last_id)
        return self.connection.execute(statement, values)

    def executemany(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> object:
        rows = list(rows)
        if "INTO main.event" in statement:
            self.last_id = str(rows[-1][2])
        return self.connection.executemany(statement, rows)


# A writer asks for the lock of its number, which the barring side holds.
TRIGGER = """
CREATE FUNCTION pass_by() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({key}, split_part(event_id, '/', 1)::int)
    FROM added LIMIT 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER event_passes_by AFTER INSERT ON event
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION pass_by()
"""
STOPPED = (
    "SELECT objid::int FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND NOT granted"
)
# Whoever waits for the head of a ledger waits for its row, or for the transaction that has it.
WAITING = """
SELECT count(DISTINCT pid)::int FROM pg_locks
WHERE locktype IN ('tuple', 'transactionid') AND NOT granted
    AND pid IN (SELECT pid FROM pg_locks WHERE relation = 'head'::regclass AND granted)
"""


class PostgresGate:
    """Inside the server, when the rows are inserted and the head is not yet moved."""

    revisions_without_lock = 3

    def __init__(self, _: Path) -> None:
        self._schema: Schema = new_schema()
        self._schema.open().close()
        self._keeper: Connection = self._schema.connect()
        self._key = self._keeper.info.backend_pid
        self._barred: set[int] = set()
        self._keeper.execute(TRIGGER.format(key=self._key).encode())

    def open_store(self) -> Store:
        """See `Gate.open_store`."""
        return self._schema.open()

    def close_store(self, store: Store) -> None:
        """See `Gate.close_store`."""
        store.close()

    def bar(self, writer: int) -> None:
        """See `Gate.bar`."""
        if writer not in self._barred:
            self._keeper.execute("SELECT pg_advisory_lock(%s, %s)", (self._key, writer))
            self._barred.add(writer)

    def lift(self, writer: int) -> None:
        """See `Gate.lift`."""
        if writer in self._barred:
            self._keeper.execute("SELECT pg_advisory_unlock(%s, %s)", (self._key, writer))
            self._barred.remove(writer)

    def stopped(self) -> set[int]:
        """See `Gate.stopped`."""
        return {writer for (writer,) in self._keeper.execute(STOPPED, (self._key,))}

    def waiting_for_lock(self) -> int | None:
        """See `Gate.waiting_for_lock`."""
        [(waiting,)] = self._keeper.execute(WAITING).fetchall()
        return int(waiting)

    def close(self) -> None:
        """See `Gate.close`."""
        self._keeper.close()
