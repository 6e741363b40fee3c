"""Transactions of hosts on PostgreSQL: which connections are joined, and how."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from psycopg import IsolationLevel, sql
from psycopg.rows import dict_row

from coopledger import Ledger
from coopledger.errors import (
    ArgumentError,
    DamagedLogError,
    RefusedError,
    StoreBusyError,
    StoreError,
)
from coopledger.events import PartyRegistered
from tests import servers
from tests.builders import NAME, Clock, numbered
from tests.contracts.drafts import anybody, drafts
from tests.servers import Schema

AGAIN = "roll back and do the whole transaction again"
Connection = psycopg.Connection[Any]


@pytest.fixture
def ledger(schema: Schema) -> Iterator[Ledger]:
    with Ledger(schema.open(), name=NAME, clock=Clock(), ids=numbered()) as ledger:
        yield ledger


@pytest.fixture
def host() -> Iterator[Connection]:
    """Yield a connection of the application's own, as psycopg gives it."""
    with closing(psycopg.connect(servers.address())) as connection:
        yield connection


def party(name: str) -> PartyRegistered:
    return PartyRegistered(party=name, name=name, kind="other")


def record(
    ledger: Ledger, connection: object, name: str, *, meanwhile: Callable[[], object] = int
) -> None:
    with ledger.transaction(connection=connection) as transaction:
        transaction.record(party(name))
        meanwhile()


# --- which connection


def test_a_connection_to_another_database_is_refused_with_both_named(
    ledger: Ledger, schema: Schema
) -> None:
    with closing(schema.connect()) as connection:
        connection.execute("CREATE DATABASE elsewhere")
        try:
            with (
                closing(psycopg.connect(schema.address, dbname="elsewhere")) as other,
                pytest.raises(ArgumentError, match=r"leads to .elsewhere. at .* lies in post"),
            ):
                record(ledger, other, "a")
        finally:
            connection.execute("DROP DATABASE elsewhere")


def test_a_connection_in_another_encoding_is_refused(ledger: Ledger, host: Connection) -> None:
    host.execute("SET client_encoding TO latin1")
    with pytest.raises(ArgumentError, match=r"speaks iso8859-1 .* set its client_encoding to UTF8"):
        record(ledger, host, "a")


def test_an_asynchronous_connection_is_refused(ledger: Ledger) -> None:
    async def joined() -> None:
        async with await psycopg.AsyncConnection.connect(servers.address()) as connection:
            with pytest.raises(ArgumentError, match="is asynchronous: give a psycopg"):
                record(ledger, connection, "a")

    asyncio.run(joined())


# --- whether a transaction is open


def test_a_connection_that_commits_by_itself_needs_a_transaction(
    ledger: Ledger, host: Connection
) -> None:
    host.autocommit = True
    with pytest.raises(ArgumentError, match="begin one first, with"):
        record(ledger, host, "a")
    with host.transaction():
        record(ledger, host, "a")

    assert ledger.position == 1


def test_a_transaction_that_failed_has_to_be_rolled_back_first(
    ledger: Ledger, host: Connection
) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        host.execute("SELECT FROM nowhere")
    with pytest.raises(ArgumentError, match="has a transaction that failed: roll it back first"):
        record(ledger, host, "a")
    host.rollback()
    record(ledger, host, "a")
    host.commit()

    assert ledger.position == 1


def test_a_transaction_that_failed_after_it_was_joined_is_to_be_done_again(
    schema: Schema, host: Connection
) -> None:
    with schema.open() as store:
        joined = store.joined(host)
        with pytest.raises(psycopg.errors.UndefinedTable):
            host.execute("SELECT FROM nowhere")

        with pytest.raises(StoreError, match="failed before: roll it back, then do all of it"):
            joined.head(NAME)


def test_a_connection_that_is_closed_is_refused(ledger: Ledger, host: Connection) -> None:
    host.close()
    with pytest.raises(ArgumentError, match="is closed: give one that is open"):
        record(ledger, host, "a")


def test_a_refusal_at_the_end_has_not_spoilt_the_transaction(
    ledger: Ledger, host: Connection
) -> None:
    with pytest.raises(RefusedError, match="E201"):
        record(ledger, host, "a", meanwhile=lambda: ledger.record(party("a")))
    assert host.execute("SELECT 1").fetchone() == (1,)
    ledger.record(party("b"))  # The head is not locked.
    host.commit()

    assert ledger.position == 2


def test_a_block_of_psycopg_undoes_what_was_recorded_in_it(
    ledger: Ledger, host: Connection
) -> None:
    with host.transaction():
        record(ledger, host, "a")
        with host.transaction(force_rollback=True):
            record(ledger, host, "b")
        record(ledger, host, "c")

    assert [item.id for item in ledger.events()] == ["e1", "e3"]
    assert ledger.verify().fault is None


# --- others in the way


@pytest.mark.parametrize(
    "level", [IsolationLevel.REPEATABLE_READ, IsolationLevel.SERIALIZABLE], ids=str
)
def test_a_stricter_transaction_that_others_overtook_is_to_be_done_again(
    ledger: Ledger, host: Connection, level: IsolationLevel
) -> None:
    ledger.record(party("a"))
    host.isolation_level = level
    with pytest.raises(StoreBusyError, match=f"others were in the way: {AGAIN}"):
        record(ledger, host, "b", meanwhile=lambda: ledger.record(party("c")))
    host.rollback()
    record(ledger, host, "b")
    host.commit()

    assert ledger.position == 3


def test_a_host_waits_for_others_as_long_as_it_says(ledger: Ledger, host: Connection) -> None:
    ledger.record(party("a"))
    with closing(psycopg.connect(servers.address())) as other:
        record(ledger, other, "b")
        host.execute("SET LOCAL lock_timeout = 1")
        with pytest.raises(StoreBusyError, match=f"others were in the way: {AGAIN}"):
            record(ledger, host, "c")
        other.commit()
    host.rollback()
    record(ledger, host, "c")
    host.commit()

    assert ledger.position == 3


def test_a_transaction_that_may_only_read_records_nothing(ledger: Ledger, host: Connection) -> None:
    host.read_only = True
    with pytest.raises(StoreError, match="only reads: begin one that may write"):
        record(ledger, host, "a")


def test_a_connection_that_is_lost_stores_nothing(ledger: Ledger, host: Connection) -> None:
    def end() -> None:
        with closing(psycopg.connect(servers.address(), autocommit=True)) as other:
            other.execute("SELECT pg_terminate_backend(%s)", (host.info.backend_pid,))

    with pytest.raises(StoreError, match=f"the connection was lost: .*: {AGAIN}"):
        record(ledger, host, "a", meanwhile=end)

    assert ledger.position == 0


# --- what a host has set


def test_what_the_host_has_set_stays_as_it_is(ledger: Ledger, host: Connection) -> None:
    host.row_factory = dict_row
    host.prepare_threshold = 0
    settings = ("search_path", "lock_timeout", "synchronous_commit", "transaction_isolation")
    host.execute("SET search_path TO information_schema")

    def state() -> list[Any]:
        return [
            host.execute(sql.SQL("SHOW {}").format(sql.Identifier(n))).fetchone() for n in settings
        ]

    before = state()
    for name in "abcdefg":
        record(ledger, host, name)
    assert state() == before
    host.commit()

    assert ledger.position == 7


def test_a_cursor_on_the_server_goes_on(ledger: Ledger, host: Connection) -> None:
    with host.cursor("mine") as cursor:
        cursor.execute("SELECT generate_series(1, 3)")
        assert cursor.fetchone() == (1,)
        record(ledger, host, "a")
        assert cursor.fetchall() == [(2,), (3,)]
    host.commit()

    assert ledger.position == 1


def test_a_pipeline_under_way_has_to_end_first(ledger: Ledger, host: Connection) -> None:
    with host.pipeline():
        host.execute("CREATE TEMP TABLE invoice (number int)")
        with pytest.raises(ArgumentError, match="or in a pipeline: end that first"):
            record(ledger, host, "a")
    record(ledger, host, "a")
    host.commit()

    assert ledger.position == 1


def test_a_schema_of_another_name_is_joined_as_well(schema: Schema, host: Connection) -> None:
    other = Schema(schema.address, f'{schema.name} "%s"')
    with Ledger(other.open(), name=NAME, clock=Clock()) as ledger:
        record(ledger, host, "a")
        host.commit()
        assert ledger.position == 1
    host.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(other.name)))
    host.commit()


def test_a_head_that_was_put_back_is_noticed(
    ledger: Ledger, schema: Schema, host: Connection
) -> None:
    ledger.record(party("a"))
    with schema.connect() as connection:
        connection.execute("DROP TRIGGER head_moves_with_event ON head")
        connection.execute("UPDATE head SET position = 0, recorded_us = NULL")
    with schema.open() as store:
        joined = store.joined(host)
        with pytest.raises(DamagedLogError, match="damaged at position 1"), joined.writing(NAME):
            joined.append(NAME, drafts(NAME, "x"), seen=0, clock_us=0, revise=anybody)
