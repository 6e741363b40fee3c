"""Logs of an older format, which a process lifts until it is killed."""

import re
import sqlite3
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from coopledger.stores.postgres.schema import MIGRATIONS as POSTGRES_MIGRATIONS
from coopledger.stores.postgres.statements import filled
from coopledger.stores.sqlite.schema import MIGRATIONS
from tests import servers
from tests.crash.postgres import open_postgres, schema_of
from tests.crash.recorders import BEFORE, OpenStore, ids_of_batch, store_recorder

__all__ = ["write_format_1_file", "write_format_1_schema"]

BATCHES = 3

# From a schema of the present format to an empty one of format 1.
COPY: tuple[LiteralString, ...] = (
    "INSERT INTO {old}.format (version) VALUES (1)",
    "INSERT INTO {old}.event SELECT * FROM {new}.event",
    "ALTER TABLE {old}.head DISABLE TRIGGER head_begins_empty",
    "INSERT INTO {old}.head SELECT ledger, position, chain, recorded_us FROM {new}.head",
    "ALTER TABLE {old}.head ENABLE TRIGGER head_begins_empty",
    "DROP SCHEMA {new} CASCADE",
)


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
    old, new = schema_of(path), f"{schema_of(path)}_new"
    names = {"old": sql.Identifier(old), "new": sql.Identifier(new)}
    with psycopg.connect(servers.address()) as connection:
        connection.execute(sql.SQL("ALTER SCHEMA {old} RENAME TO {new}").format(**names))
        connection.execute(sql.SQL("CREATE SCHEMA {old}").format(**names))
        for statement in POSTGRES_MIGRATIONS[0]:
            connection.execute(filled(statement, old), ())
        for statement in COPY:
            connection.execute(sql.SQL(statement).format(**names))
    return positions


def _recorded(path: Path, *open_store: OpenStore) -> list[int]:
    with store_recorder(path, *open_store) as record:
        return [record(ids_of_batch(BEFORE, batch))[-1] for batch in range(BATCHES)]
