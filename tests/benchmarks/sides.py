"""Sides that record and follow on one PostgreSQL server: coopledger, and the peer in two ways."""

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from typing import cast
from uuid import uuid4

import attrs
import psycopg
from eventsourcing.postgres import PostgresApplicationRecorder
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from coopledger import Ledger
from coopledger._log.codec import to_draft
from coopledger.events.envelope import stamped
from coopledger.stores import Row
from coopledger.stores.postgres.store import PostgresStore
from tests.benchmarks.history import Act, parties
from tests.benchmarks.ours import event_of
from tests.benchmarks.peer import AggregateCalls, Agreements, each_once
from tests.servers import DSN_VARIABLE

__all__ = ["SIDES", "Side"]

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
        prepare: Makes the tables, and registers the parties.
        recording: Opens the log for a writer.
        following: Opens it for a reader.
    """

    prepare: Callable[[str], None]
    recording: Callable[[str], AbstractContextManager[Record]]
    following: Callable[[str], AbstractContextManager[Look]]


def _prepare(schema: str) -> None:
    with _recording(schema) as record:
        record(list(parties()))


@contextmanager
def _recording(schema: str) -> Generator[Record, None, None]:
    with Ledger(PostgresStore(os.environ[DSN_VARIABLE], schema=schema), name=LEDGER) as ledger:
        len(list(ledger.events()))  # as a program that has been open for a while

        def record(acts: Sequence[Act]) -> None:
            ledger.record(*map(event_of, acts))

        yield record


@contextmanager
def _recording_unchecked(schema: str) -> Generator[Record, None, None]:
    """Record through the store alone: events are encoded and chained, and tried against nothing."""
    with closing(PostgresStore(os.environ[DSN_VARIABLE], schema=schema)) as store:
        seen = store.head(LEDGER).position

        def record(acts: Sequence[Act]) -> None:
            nonlocal seen
            drafts = [to_draft(LEDGER, stamped(event_of(act), id=str(uuid4()))) for act in acts]
            rows = store.append(LEDGER, drafts, seen=seen, clock_us=0, revise=_read_on)
            seen = rows[-1].position

        yield record


def _read_on(rows: Iterator[Row]) -> None:
    """Read what others stored, as it has to be read."""
    deque(rows, maxlen=0)


@contextmanager
def _following(schema: str) -> Generator[Look, None, None]:
    with closing(PostgresStore(os.environ[DSN_VARIABLE], schema=schema)) as store:

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


def _prepare_peer(schema: str, *, is_fast: bool) -> None:
    with psycopg.connect(os.environ[DSN_VARIABLE], autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    with _application(schema, is_fast=is_fast, creates=True) as app:
        app.save(*map(AggregateCalls().take, parties()))


@contextmanager
def _peer_recording(schema: str, *, is_fast: bool) -> Generator[Record, None, None]:
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


# By default the package locks its table in each transaction; with POSTGRES_ENABLE_DB_FUNCTIONS a
# function inserts without that lock.
SIDES: dict[str, Side] = {
    "coopledger": Side(_prepare, _recording, _following),
    "coopledger, its store alone": Side(_prepare, _recording_unchecked, _following),
    "eventsourcing, default": _peer(is_fast=False),
    "eventsourcing, functions": _peer(is_fast=True),
}
