"""Logs of an older format, which a process lifts until it is killed."""

import re
import sqlite3
from contextlib import closing
from itertools import chain
from pathlib import Path

import psycopg
from psycopg import sql

from coopledger.stores.sqlite.schema import MIGRATIONS
from tests import servers
from tests.crash.postgres import open_postgres, schema_of
from tests.crash.recorders import BEFORE, OpenStore, ids_of_batch, store_recorder

__all__ = ["write_format_1_file", "write_format_1_schema"]

# What format 2 added.
ADDED = ("parked", "subscription")
BATCHES = 3


def write_format_1_file(path: Path) -> list[int]:
    """Write a file of format 1 with some batches; return their last positions."""
    positions = _recorded(path)
    (guard,) = (each for each in MIGRATIONS[0] if "TRIGGER head_moves_with_event" in each)
    undone = (
        *(f"DROP TABLE {name}" for name in _added()),
        "DROP TRIGGER head_moves_with_event",
        "ALTER TABLE head DROP COLUMN zone",
        guard,
        "PRAGMA user_version = 1",
    )
    with closing(sqlite3.connect(path)) as log:
        log.executescript(";".join(("BEGIN", *undone, "COMMIT")))
    return positions


def _added() -> list[str]:
    """Return the tables of a file that later formats than the first one added."""
    later = "".join(chain.from_iterable(MIGRATIONS[1:]))
    return re.findall(r"CREATE TABLE (\w+)", later)


def write_format_1_schema(path: Path) -> list[int]:
    """Write a schema of format 1 with some batches; return their last positions."""
    positions = _recorded(path, open_postgres)
    with psycopg.connect(servers.address()) as connection:
        schema = sql.Identifier(schema_of(path))
        for name in ADDED:
            table = sql.Identifier(name)
            connection.execute(sql.SQL("DROP TABLE {}.{}").format(schema, table))
        connection.execute(sql.SQL("DELETE FROM {}.format WHERE version > 1").format(schema))
    return positions


def _recorded(path: Path, *open_store: OpenStore) -> list[int]:
    with store_recorder(path, *open_store) as record:
        return [record(ids_of_batch(BEFORE, batch))[-1] for batch in range(BATCHES)]
