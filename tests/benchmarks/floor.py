"""Floor: the standard library alone, without events, rules, digests or answers."""

import json
import sqlite3
from pathlib import Path

from tests.benchmarks.history import batches, history
from tests.benchmarks.measurement import timed

TABLE = "CREATE TABLE event (position INTEGER PRIMARY KEY, type TEXT, payload BLOB)"
INSERT = "INSERT INTO event (type, payload) VALUES (?, ?)"
SELECT = "SELECT type, payload FROM event ORDER BY position"


def record(path: Path, count: int, batch: int) -> float:
    """Return the seconds that it takes to write the acts as JSON and to insert and commit them."""
    acts = history(count)

    def work() -> None:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(TABLE)
        for some in batches(acts, batch):
            connection.execute("BEGIN IMMEDIATE")
            for kind, fields in some:
                payload = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
                connection.execute(INSERT, (kind, payload))
            connection.execute("COMMIT")
        connection.close()

    return timed(work)[0]


def replay(path: Path) -> tuple[float, int]:
    """Return the seconds from the closed file to dictionaries, and their number."""

    def work() -> int:
        connection = sqlite3.connect(path)
        acts = [(kind, json.loads(payload)) for kind, payload in connection.execute(SELECT)]
        connection.close()
        return len(acts)

    return timed(work)
