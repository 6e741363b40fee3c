"""Stores whose rows can be overwritten from outside, in spite of every guard."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import attrs

from coopledger._log.chain import head_at
from coopledger.stores import Head, MemoryStore, Row, Store
from coopledger.stores.sqlite import SqliteStore
from tests import servers

__all__ = ["TAMPERED_STORES", "TamperedStore"]


class TamperedStore(Protocol):
    """Store whose rows can be overwritten from outside."""

    @property
    def store(self) -> Store: ...

    def lay(self, ledger: str, rows: Sequence[Row], *, head: Head | None = None) -> None:
        """Leave exactly these rows, and the head, by default that of the last row."""


class TamperedMemory(MemoryStore):
    """Log in memory whose head may differ from its last row."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: dict[str, Head] = {}

    @property
    def store(self) -> Store:
        return self

    def head(self, ledger: str) -> Head:
        return self._heads.get(ledger) or super().head(ledger)

    def lay(self, ledger: str, rows: Sequence[Row], *, head: Head | None = None) -> None:
        self._heads[ledger] = head or head_at(rows[-1])
        self._log(ledger).rows[:] = rows


class TamperedFile:
    """Log in a file, written with SQL."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.store = SqliteStore(path, durability="fast")

    def lay(self, ledger: str, rows: Sequence[Row], *, head: Head | None = None) -> None:
        head = head or head_at(rows[-1])
        with closing(sqlite3.connect(self._path, isolation_level=None)) as log:
            guards = log.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
            for (guard,) in guards:
                log.execute(f"DROP TRIGGER {guard}")
            log.execute("PRAGMA ignore_check_constraints = ON")
            _loosen(log)
            log.execute("DELETE FROM event WHERE ledger = ?", (ledger,))
            log.executemany(
                "INSERT INTO event (ledger, position, event_id, type, v, recorded_us, effective, "
                "payload, digest, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(ledger, *attrs.astuple(row)) for row in rows],
            )
            log.execute(
                "UPDATE head SET position = ?, chain = ?, recorded_us = ? WHERE ledger = ?",
                (head.position, head.chain, head.recorded_us, ledger),
            )


def _loosen(log: sqlite3.Connection) -> None:
    """Move the rows to a table without keys, which takes a row twice."""
    log.execute("DROP VIEW IF EXISTS readable_event")
    log.execute("CREATE TABLE loose AS SELECT * FROM event")
    log.execute("DROP TABLE event")
    log.execute("ALTER TABLE loose RENAME TO event")


class TamperedDatabase:
    """Log on a server, written by the owner of the tables."""

    def __init__(self) -> None:
        self._schema = servers.new_schema()
        self.store = self._schema.open()

    def lay(self, ledger: str, rows: Sequence[Row], *, head: Head | None = None) -> None:
        head = head or head_at(rows[-1])
        with self._schema.connect() as log, log.transaction():
            log.execute(_WITHOUT_GUARDS)
            log.execute("DELETE FROM event WHERE ledger = %s", (ledger,))
            log.cursor().executemany(
                "INSERT INTO event (ledger, position, event_id, type, v, recorded_us, effective, "
                "payload, digest, chain) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [(ledger, *attrs.astuple(row)) for row in rows],
            )
            log.execute(
                "UPDATE head SET position = %s, chain = %s, recorded_us = %s WHERE ledger = %s",
                (head.position, head.chain, head.recorded_us, ledger),
            )


_WITHOUT_GUARDS = """
DO $$
DECLARE held record;
BEGIN
    ALTER TABLE event DISABLE TRIGGER USER;
    ALTER TABLE head DISABLE TRIGGER USER;
    FOR held IN
        SELECT conrelid::regclass AS place, conname FROM pg_constraint
        WHERE conrelid IN ('event'::regclass, 'head'::regclass) AND contype IN ('c', 'p', 'u')
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', held.place, held.conname);
    END LOOP;
END
$$
"""

TAMPERED_STORES: dict[str, Callable[[Path], TamperedStore]] = {
    "memory": lambda _: TamperedMemory(),
    "sqlite": lambda folder: TamperedFile(folder / "log.db"),
    "postgres": lambda _: TamperedDatabase(),
}
