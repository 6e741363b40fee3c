"""Sides that record and follow on one PostgreSQL server: coopledger, its peer, and plain SQL."""

import json
import os
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import partial
from hashlib import sha256
from itertools import count
from typing import LiteralString, cast
from uuid import uuid4

import attrs
import psycopg
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from coopledger import Ledger
from coopledger.stores.postgres.store import PostgresStore
from tests.benchmarks.history import Act, parties
from tests.benchmarks.ours import event_of
from tests.benchmarks.peer import AggregateCalls, Agreements, each_once
from tests.servers import DSN_VARIABLE

__all__ = ["FAST_PEER", "HEAD_ROW", "OURS", "OURS_APART", "PEER", "RAW", "SIDES", "Side"]

LEDGER = "ledger"
PAGE = 500

# Records the acts, all or none; durable when it returns.
Record = Callable[[Sequence[Act]], None]

# The numbers, by which a reader goes on, of the first events after one of them.
Look = Callable[[int], list[int]]


@attrs.frozen
class Side:
    """One way to record and to follow, in a schema of its own for each run.

    Attributes:
        prepare: Makes the tables, and registers the parties, for so many writers.
        recording: Opens the log for the writer with a number.
        following: Opens it for a reader; none where each writer has a ledger to itself.
    """

    prepare: Callable[[str, int], None]
    recording: Callable[[str, int], AbstractContextManager[Record]]
    following: Callable[[str], AbstractContextManager[Look]] | None = None


def _store(schema: str) -> PostgresStore:
    return PostgresStore(os.environ[DSN_VARIABLE], schema=schema)


def _prepare(schema: str, writers: int, *, own: bool) -> None:
    for number in range(writers if own else 1):
        with _recording(schema, number, own=own) as record:
            record(list(parties()))


@contextmanager
def _recording(schema: str, number: int, *, own: bool) -> Generator[Record, None, None]:
    """Record in the one ledger, or in the writer's own."""
    with Ledger(_store(schema), name=f"{LEDGER}-{number}" if own else LEDGER) as ledger:
        ledger.view().partnerships()  # as a program that has been open for a while

        def record(acts: Sequence[Act]) -> None:
            ledger.record(*map(event_of, acts))

        yield record


@contextmanager
def _following(schema: str) -> Generator[Look, None, None]:
    with closing(_store(schema)) as store:

        def look(after: int) -> list[int]:
            return [row.position for row in store.read(LEDGER, after=after, up_to=after + PAGE)]

        yield look


def _application(schema: str, *, is_fast: bool, creates: bool = False) -> Agreements:
    """Return the peer with its default settings, or with the one that leaves the lock out."""
    server = conninfo_to_dict(os.environ[DSN_VARIABLE])
    return Agreements(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(server["dbname"]),
            "POSTGRES_HOST": str(server.get("host", "localhost")),
            "POSTGRES_PORT": str(server.get("port", 5432)),
            "POSTGRES_USER": str(server["user"]),
            "POSTGRES_PASSWORD": str(server.get("password", "none")),
            "POSTGRES_SCHEMA": schema,
            "POSTGRES_ENABLE_DB_FUNCTIONS": "y" if is_fast else "n",
            "CREATE_TABLE": "y" if creates else "n",
        }
    )


def _prepare_peer(schema: str, _: int, *, is_fast: bool) -> None:
    with psycopg.connect(os.environ[DSN_VARIABLE], autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    with _application(schema, is_fast=is_fast, creates=True) as app:
        app.save(*map(AggregateCalls().take, parties()))


@contextmanager
def _peer_recording(schema: str, _: int, *, is_fast: bool) -> Generator[Record, None, None]:
    with _application(schema, is_fast=is_fast) as app:
        calls = AggregateCalls()

        def record(acts: Sequence[Act]) -> None:
            app.save(*each_once(map(calls.take, acts)))

        yield record


@contextmanager
def _peer_following(schema: str, *, is_fast: bool) -> Generator[Look, None, None]:
    with _application(schema, is_fast=is_fast) as app:
        recorder = cast(PostgresApplicationRecorder, app.recorder)

        def look(after: int) -> list[int]:
            page = recorder.select_notifications(after, PAGE, inclusive_of_start=False)
            return [notification.id for notification in page]

        yield look


def _peer(*, is_fast: bool) -> Side:
    return Side(
        partial(_prepare_peer, is_fast=is_fast),
        partial(_peer_recording, is_fast=is_fast),
        partial(_peer_following, is_fast=is_fast),
    )


# The least that is gap-safe: one statement numbers the event and inserts it, and holds the head
# until it is committed. The same table without a head is the floor of writers that share nothing.
PLAIN_TABLES = """
CREATE SCHEMA {schema};
CREATE TABLE {schema}.head (ledger text PRIMARY KEY, position bigint NOT NULL);
CREATE TABLE {schema}.event (
    ledger text, position bigint, event_id text, type text, effective text, payload bytea,
    digest bytea, PRIMARY KEY (ledger, position), UNIQUE (ledger, event_id)
);
INSERT INTO {schema}.head VALUES ('ledger', 0);
"""
NUMBERED = """
WITH head AS (
    UPDATE {schema}.head SET position = position + 1 WHERE ledger = %s RETURNING position
)
INSERT INTO {schema}.event SELECT %s, position, %s, %s, %s, %s, %s FROM head
"""
UNNUMBERED = "INSERT INTO {schema}.event VALUES (%s, %s, %s, %s, %s, %s, %s)"
NUMBERS = "SELECT position FROM {schema}.event WHERE position > %s ORDER BY position LIMIT %s"


def _plain(statement: LiteralString, schema: str) -> sql.Composed:
    return sql.SQL(statement).format(schema=sql.Identifier(schema))


def _prepare_plain(schema: str, _: int) -> None:
    with psycopg.connect(os.environ[DSN_VARIABLE], autocommit=True) as connection:
        connection.execute(_plain(PLAIN_TABLES, schema))


@contextmanager
def _plain_recording(schema: str, number: int, *, own: bool) -> Generator[Record, None, None]:
    """Insert each act with JSON and a hash, and commit."""
    ledger, positions = f"{LEDGER}-{number}" if own else LEDGER, count(1)
    statement = _plain(UNNUMBERED if own else NUMBERED, schema)

    def values(act: Act) -> tuple[object, ...]:
        payload = json.dumps(act.fields, ensure_ascii=False, separators=(",", ":")).encode()
        place = next(positions) if own else ledger
        rest = (str(uuid4()), act.kind, act.fields.get("when"), payload)
        return (ledger, place, *rest, sha256(payload).digest())

    with psycopg.connect(os.environ[DSN_VARIABLE], autocommit=True) as connection:

        def record(acts: Sequence[Act]) -> None:
            with connection.transaction() if len(acts) > 1 else nullcontext():
                for act in acts:
                    connection.execute(statement, values(act))

        yield record


@contextmanager
def _plain_following(schema: str) -> Generator[Look, None, None]:
    statement = _plain(NUMBERS, schema)
    with psycopg.connect(os.environ[DSN_VARIABLE], autocommit=True) as connection:

        def look(after: int) -> list[int]:
            return [position for (position,) in connection.execute(statement, (after, PAGE))]

        yield look


OURS, OURS_APART = "coopledger", "coopledger, a ledger each"
PEER, FAST_PEER = "eventsourcing, default", "eventsourcing, functions"
HEAD_ROW, RAW = "insert under a lock of the head", "raw insert and commit"

# By default the package locks its table in each transaction; with POSTGRES_ENABLE_DB_FUNCTIONS a
# function inserts without that lock.
SIDES: dict[str, Side] = {
    OURS: Side(partial(_prepare, own=False), partial(_recording, own=False), _following),
    PEER: _peer(is_fast=False),
    FAST_PEER: _peer(is_fast=True),
    HEAD_ROW: Side(_prepare_plain, partial(_plain_recording, own=False), _plain_following),
    OURS_APART: Side(partial(_prepare, own=True), partial(_recording, own=True)),
    RAW: Side(_prepare_plain, partial(_plain_recording, own=True)),
}
