"""Hosts, which append in transactions of their own: such stores keep the same contract."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import psycopg
from psycopg.rows import dict_row
from psycopg.types.string import TextLoader

from coopledger.stores import Draft, Store
from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.protocol import Appended, Names, Revise
from coopledger.stores.sqlite import SqliteStore
from tests import servers

# Of sqlite3 or of psycopg: the tests use what both have.
HostConnection: TypeAlias = Any


def odd_sqlite_connection(path: str) -> sqlite3.Connection:
    """Return a connection as odd as a host may have it, on which a transaction has begun."""
    connection = sqlite3.connect(
        path, isolation_level=None, detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES
    )
    connection.row_factory = sqlite3.Row
    connection.text_factory = bytes
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("CREATE TEMP TABLE event (shadow)")
    connection.execute("CREATE TEMP TABLE head (shadow)")
    connection.execute("CREATE TEMP TABLE naming (shadow)")
    connection.execute("CREATE TEMP TABLE listed (shadow)")
    connection.execute("PRAGMA busy_timeout = 30000")
    connection.execute("BEGIN IMMEDIATE")
    return connection


def odd_postgres_connection(address: str) -> "psycopg.Connection[Any]":
    """Return a connection as odd as a host may have it; it begins a transaction by itself."""
    connection: psycopg.Connection[Any] = psycopg.connect(
        address, cursor_factory=psycopg.ClientCursor
    )
    connection.row_factory = dict_row
    connection.adapters.register_loader("bytea", TextLoader)
    connection.adapters.register_loader("int8", TextLoader)
    connection.execute("SET search_path TO pg_temp, information_schema")
    connection.execute("CREATE TEMP TABLE event (shadow int)")
    connection.commit()
    return connection


@attrs.frozen
class Host:
    """Application with a table of its own next to the logs.

    Attributes:
        open: Opens the logs, as another process would.
        connect: Opens a connection of the application's own; others are waited for.
    """

    open: Callable[[], Store]
    connect: Callable[[], HostConnection]


def invoices(connection: HostConnection) -> list[int]:
    """Return the numbers of the application's invoices, and end the transaction."""
    rows = connection.execute("SELECT number FROM invoice ORDER BY number").fetchall()
    connection.rollback()
    return [number for (number,) in rows]


def sqlite_host(folder: Path) -> Host:
    """Make a host in a file of SQLite; a transaction begins with the first INSERT."""
    path = folder / "office.db"
    SqliteStore(path, durability="fast").close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE invoice (number INTEGER)")
    return Host(
        lambda: SqliteStore(path, durability="fast"),
        lambda: sqlite3.connect(path, timeout=30, check_same_thread=False),
    )


def postgres_host(schema: servers.Schema) -> Host:
    """Make a host in a schema of PostgreSQL; a transaction begins with the first statement."""

    def connect() -> "psycopg.Connection[Any]":
        connection = schema.connect()
        connection.autocommit = False
        return connection

    schema.open().close()
    with closing(connect()) as connection, connection:
        connection.execute("CREATE TABLE invoice (number integer)")
    return Host(schema.open, connect)


def append_in_host(
    store: Store,
    connection: HostConnection,
    ledger: str,
    drafts: Sequence[Draft],
    **options: Any,  # noqa: ANN401 - as in `Store.append`
) -> Appended:
    """Append in a transaction of the host, which commits it."""
    with closing(connection):
        joined = store.joined(connection)
        with joined.writing(ledger):
            appended = joined.append(ledger, drafts, **options)
            stored = {row.event_id: row for row in appended.rows}
            assert joined.find(ledger, list(stored)) == stored
        connection.commit()
    return appended


class HostedSqlite(SqliteStore):
    """Store in a file, in which only hosts append."""

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        options = {"seen": seen, "clock_us": clock_us, "revise": revise, "rests_on": rests_on}
        return append_in_host(
            self, odd_sqlite_connection(self.files()[0]), ledger, drafts, **options
        )


class HostedPostgres(PostgresStore):
    """Store in a database, in which only hosts append."""

    def __init__(self, schema: servers.Schema) -> None:
        super().__init__(schema.address, schema=schema.name, durability="fast")
        self.address = schema.address

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        options = {"seen": seen, "clock_us": clock_us, "revise": revise, "rests_on": rests_on}
        return append_in_host(
            self, odd_postgres_connection(self.address), ledger, drafts, **options
        )
