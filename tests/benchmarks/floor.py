"""Floor: the standard library alone, without events, rules, digests or answers."""

import hashlib
import json
import sqlite3
from pathlib import Path

from tests.benchmarks.measurement import Timing, timed

PAYLOADS = "SELECT type, payload FROM event ORDER BY position"
SAYING = "SELECT payload FROM event WHERE CAST(payload AS TEXT) LIKE ?"
ROWS = "SELECT * FROM event ORDER BY position"
TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
INDEXES = "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"


def select_and_read(path: Path) -> tuple[Timing, int]:
    """Return what it takes from a closed file to dictionaries, and their number."""

    def work() -> int:
        connection = sqlite3.connect(path)
        acts = [(kind, json.loads(payload)) for kind, payload in connection.execute(PAYLOADS)]
        connection.close()
        return len(acts)

    return timed(work)


def scan(path: Path, word: str) -> Timing:
    """Return what it takes to look for a word in the payload of every row of a closed file."""

    def work() -> int:
        connection = sqlite3.connect(path)
        rows = connection.execute(SAYING, (f"%{word}%",)).fetchall()
        connection.close()
        return len(rows)

    return timed(work)[0]


def select_and_hash(path: Path) -> Timing:
    """Return what it takes to read every row of a closed file, and to hash its payload."""

    def work() -> int:
        connection = sqlite3.connect(path)
        place = [name for _, name, *_ in connection.execute("PRAGMA table_info(event)")].index(
            "payload"
        )
        digests = [hashlib.sha256(row[place]).digest() for row in connection.execute(ROWS)]
        connection.close()
        return len(digests)

    return timed(work)[0]


def insert(path: Path, target: Path) -> Timing:
    """Return what it takes to put the rows of all tables into the same tables of a new file.

    In one durable transaction, without triggers.
    """
    source = sqlite3.connect(path)
    tables: list[tuple[str, str]] = source.execute(TABLES).fetchall()
    indexes = [sql for (sql,) in source.execute(INDEXES)]
    rows = {name: source.execute(f"SELECT * FROM {name}").fetchall() for name, _ in tables}  # noqa: S608 - names of tables
    source.close()

    def work() -> None:
        connection = sqlite3.connect(target, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        for statement in [*(sql for _, sql in tables), *indexes]:
            connection.execute(statement)
        connection.execute("BEGIN IMMEDIATE")
        for name, values in rows.items():
            if values:
                marks = ", ".join("?" * len(values[0]))
                connection.executemany(f"INSERT INTO {name} VALUES ({marks})", values)  # noqa: S608
        connection.execute("COMMIT")
        connection.close()

    return timed(work)[0]
