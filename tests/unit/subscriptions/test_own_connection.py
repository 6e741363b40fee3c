"""Batches saved in the reader's own transaction: both are committed, or neither is."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from coopledger import Ledger
from coopledger.errors import (
    ArgumentError,
    CallOrderError,
    StoreBusyError,
    SubscriptionTakenError,
)
from coopledger.stores.sqlite import SqliteStore
from coopledger.subscriptions import Batch, Failing, Retry
from tests.builders import office
from tests.servers import Connection, Schema, new_schema

WORLD = 8


# --- a file


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture(name="ledger")
def _ledger(path: Path) -> Iterator[Ledger]:
    with office(store=SqliteStore(path, durability="fast")) as ledger:
        yield ledger


@pytest.fixture(name="mine")
def _mine(path: Path, ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """Connect to the file as a host, with a table of its own in it."""
    assert ledger.position == WORLD
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE seen (position INTEGER PRIMARY KEY)")
        yield connection


def write(connection: sqlite3.Connection, batch: Batch) -> None:
    rows = [(each.position,) for each in batch.events]
    connection.executemany("INSERT INTO seen VALUES (?)", rows)


def write_and_save(
    connection: sqlite3.Connection, batch: Batch, *, then: Exception | None = None
) -> None:
    """Write and save in one transaction, and then raise an error, if there is one."""
    with connection:
        write(connection, batch)
        batch.save(connection=connection)
        if then is not None:
            raise then


def written(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM seen").fetchone()[0])


def test_what_is_written_and_the_place_are_committed_together(
    ledger: Ledger, mine: sqlite3.Connection
) -> None:
    subscription = ledger.subscribe("table", batch_size=3)
    for batch in subscription.batches():
        with mine:
            write(mine, batch)
            batch.save(connection=mine)
            assert subscription.status.position == batch.after

    assert written(mine) == WORLD
    assert subscription.status.lag == 0


def test_what_is_rolled_back_is_not_saved_and_comes_again(
    ledger: Ledger, mine: sqlite3.Connection
) -> None:
    subscription = ledger.subscribe("table", batch_size=3)
    batches = subscription.batches()
    first = next(batches)
    with pytest.raises(ZeroDivisionError):
        write_and_save(mine, first, then=ZeroDivisionError())
    second = next(batches)

    with pytest.raises(CallOrderError, match="ask for them again after a rollback"):
        write_and_save(mine, second)

    assert written(mine) == 0
    assert next(subscription.batches()).after == 0


def test_several_batches_may_be_saved_in_one_transaction(
    ledger: Ledger, mine: sqlite3.Connection
) -> None:
    subscription = ledger.subscribe("table", batch_size=3)
    with mine:
        for batch in subscription.batches():
            write(mine, batch)
            batch.save(connection=mine)

    assert (written(mine), subscription.status.lag) == (WORLD, 0)


def test_whoever_was_overtaken_commits_nothing(ledger: Ledger, mine: sqlite3.Connection) -> None:
    [batch] = ledger.subscribe("table").batches()
    ledger.subscribe("table")

    with pytest.raises(SubscriptionTakenError):
        write_and_save(mine, batch)

    assert written(mine) == 0


def test_a_handler_saves_in_its_own_transaction_and_is_tried_again(
    ledger: Ledger, mine: sqlite3.Connection
) -> None:
    subscription = ledger.subscribe("table", batch_size=5)
    failures = [ZeroDivisionError("after saving"), None, None]

    def handle(batch: Batch) -> None:
        write_and_save(mine, batch, then=failures.pop(0))

    subscription.run(handle, retry=Retry(first_pause_seconds=0))

    assert (written(mine), subscription.status.lag, failures) == (WORLD, 0, [])


@pytest.mark.parametrize("failing", ["stop", "park"])
def test_a_handler_that_leaves_its_transaction_open_gets_its_own_error_at_once(
    ledger: Ledger, mine: sqlite3.Connection, failing: Failing
) -> None:
    def handle(batch: Batch) -> None:
        write(mine, batch)
        batch.save(connection=mine)
        raise ZeroDivisionError

    subscription = ledger.subscribe("table")
    with pytest.raises(ZeroDivisionError):
        subscription.run(handle, failing=failing)
    mine.rollback()

    assert (written(mine), subscription.status.position) == (0, 0)


def test_a_handler_that_returns_with_its_transaction_open_is_refused(
    ledger: Ledger, mine: sqlite3.Connection
) -> None:
    subscription = ledger.subscribe("table")
    with pytest.raises(ArgumentError, match="commit or roll back before the handler returns"):
        subscription.run(lambda batch: batch.save(connection=mine))
    mine.rollback()

    assert subscription.status.position == 0


def test_a_handler_may_close_the_connection_on_which_it_saved(ledger: Ledger, path: Path) -> None:
    def handle(batch: Batch) -> None:
        with closing(sqlite3.connect(path)) as own, own:
            batch.save(connection=own)

    subscription = ledger.subscribe("table")
    subscription.run(handle)

    assert subscription.status.lag == 0


@pytest.mark.parametrize("failing", ["stop", "park"])
def test_a_failure_of_which_the_store_cannot_be_told_is_raised_with_a_note(
    path: Path, ledger: Ledger, failing: Failing
) -> None:
    with (
        Ledger(SqliteStore(path, lock_timeout_seconds=0), name=ledger.name) as hasty,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):

        def handle(_: Batch) -> None:
            other.execute("BEGIN IMMEDIATE")
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError) as error:
            hasty.subscribe("table").run(handle, failing=failing)

    assert "could not be told of it" in "".join(error.value.__notes__)


def test_a_parked_batch_is_dealt_with_in_the_same_transaction(
    ledger: Ledger, mine: sqlite3.Connection
) -> None:
    def fail(_: Batch) -> None:
        raise LookupError

    subscription = ledger.subscribe("table", batch_size=5)
    subscription.run(fail, failing="park", retry=Retry(attempts=1))
    for batch in subscription.parked():
        write_and_save(mine, batch)

    assert (written(mine), subscription.status.parked) == (WORLD, ())


def as_mapping(cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip((column[0] for column in cursor.description), row, strict=True))


def test_a_connection_may_read_rows_and_texts_in_its_own_way(
    ledger: Ledger, mine: sqlite3.Connection, path: Path
) -> None:
    mine.row_factory, mine.text_factory = as_mapping, bytes
    mine.execute("CREATE TEMP TABLE subscription (mine)")
    [batch] = ledger.subscribe("table").batches()
    with mine:
        batch.save(connection=mine)

    assert ledger.subscriptions()[0].lag == 0
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT position FROM subscription").fetchall() == [(WORLD,)]


def refusal(batch: Batch, connection: object) -> str:
    with pytest.raises(ArgumentError) as error:
        batch.save(connection=connection)
    assert error.value.argument == "connection"
    return error.value.remedy


def test_a_connection_that_leads_elsewhere_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    [batch] = ledger.subscribe("table").batches()
    with (
        closing(sqlite3.connect(tmp_path / "other.db")) as other,
        closing(sqlite3.connect(":memory:")) as nowhere,
    ):
        assert refusal(batch, other).startswith(f"leads to '{tmp_path / 'other.db'}', and ")
        assert refusal(batch, nowhere).startswith("leads to a database in memory")
    assert refusal(batch, "office.db").startswith("is no connection of sqlite3")


def test_a_connection_through_a_link_leads_to_the_same_file(
    ledger: Ledger, tmp_path: Path, path: Path
) -> None:
    (tmp_path / "link.db").symlink_to(path)
    [batch] = ledger.subscribe("table").batches()
    with closing(sqlite3.connect(tmp_path / "link.db")) as mine, mine:
        batch.save(connection=mine)

    assert ledger.subscriptions()[0].lag == 0


def test_a_connection_that_commits_each_statement_by_itself_must_begin(
    ledger: Ledger, path: Path
) -> None:
    [batch] = ledger.subscribe("table").batches()
    with closing(sqlite3.connect(path, isolation_level=None)) as mine:
        assert refusal(batch, mine).startswith("is in no transaction: begin one first")
        mine.execute("BEGIN")
        batch.save(connection=mine)
        mine.execute("COMMIT")

    assert ledger.subscriptions()[0].lag == 0


def test_a_connection_that_waits_too_long_for_others_says_so(
    ledger: Ledger, mine: sqlite3.Connection, path: Path
) -> None:
    [batch] = ledger.subscribe("table").batches()
    mine.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError):
            batch.save(connection=mine)


def test_a_connection_that_is_closed_is_named(ledger: Ledger, mine: sqlite3.Connection) -> None:
    [batch] = ledger.subscribe("table").batches()
    mine.close()

    assert "closed database" in refusal(batch, mine)


# --- a database


@pytest.fixture(name="schema", scope="module")
def _schema() -> Schema:
    return new_schema()


@pytest.fixture(name="shared")
def _shared(schema: Schema, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    with office(store=schema.open(), name=request.node.name) as ledger:
        yield ledger


@pytest.fixture(name="own")
def _own(schema: Schema, shared: Ledger) -> Iterator[Connection]:
    """Connect to the database as a host, with a table of its own in it."""
    assert shared.position == WORLD
    with schema.connect() as connection:
        connection.execute("DROP TABLE IF EXISTS seen")
        connection.execute("CREATE TABLE seen (position bigint PRIMARY KEY)")
        yield connection


def insert(connection: Connection, batch: Batch) -> None:
    for each in batch.events:
        connection.execute("INSERT INTO seen VALUES (%s)", (each.position,))


def insert_and_save(connection: Connection, batch: Batch, *, then: Exception | None = None) -> None:
    """Write and save in one transaction, and then raise an error, if there is one."""
    with connection.transaction():
        insert(connection, batch)
        batch.save(connection=connection)
        if then is not None:
            raise then


def rows_seen(connection: Connection) -> list[tuple[Any, ...]]:
    return connection.execute("SELECT count(*) FROM seen").fetchall()


def test_on_a_server_both_are_committed_together(shared: Ledger, own: Connection) -> None:
    subscription = shared.subscribe("table", batch_size=3)
    for batch in subscription.batches():
        with own.transaction():
            insert(own, batch)
            batch.save(connection=own)
            assert subscription.status.position == batch.after

    assert rows_seen(own) == [(WORLD,)]
    assert subscription.status.lag == 0


def test_on_a_server_what_is_rolled_back_is_not_saved(shared: Ledger, own: Connection) -> None:
    subscription = shared.subscribe("table")
    [batch] = subscription.batches()
    with pytest.raises(ZeroDivisionError):
        insert_and_save(own, batch, then=ZeroDivisionError())

    assert rows_seen(own) == [(0,)]
    assert subscription.status.position == 0


def test_on_a_server_a_transaction_is_not_left_open(shared: Ledger, schema: Schema) -> None:
    subscription = shared.subscribe("table")
    with schema.connect() as mine:
        mine.autocommit = False

        def handle(batch: Batch) -> None:
            batch.save(connection=mine)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            subscription.run(handle, failing="park")
        mine.rollback()
        with pytest.raises(ArgumentError, match="before the handler returns"):
            subscription.run(lambda batch: batch.save(connection=mine))
        mine.rollback()

    assert subscription.status.position == 0


def test_on_a_server_whoever_was_overtaken_commits_nothing(shared: Ledger, own: Connection) -> None:
    [batch] = shared.subscribe("table").batches()
    shared.subscribe("table")

    with pytest.raises(SubscriptionTakenError):
        insert_and_save(own, batch)

    assert rows_seen(own) == [(0,)]


def test_on_a_server_rows_may_come_as_mappings(shared: Ledger, schema: Schema) -> None:
    def fail(_: Batch) -> None:
        raise LookupError

    subscription = shared.subscribe("table")
    subscription.run(fail, failing="park", retry=Retry(attempts=1))
    [batch] = subscription.parked()
    with psycopg.Connection[dict[str, Any]].connect(schema.address, row_factory=dict_row) as mine:
        batch.save(connection=mine)

    assert subscription.status.parked == ()


def test_on_a_server_a_connection_that_leads_elsewhere_is_refused(
    shared: Ledger, schema: Schema
) -> None:
    [batch] = shared.subscribe("table").batches()
    with psycopg.connect(schema.address, dbname="template1") as other:
        assert refusal(batch, other).startswith("leads to 'template1' at ")
    assert refusal(batch, object()).startswith("is no connection of psycopg")


def test_on_a_server_a_connection_that_commits_by_itself_must_begin(
    shared: Ledger, own: Connection
) -> None:
    [batch] = shared.subscribe("table").batches()

    assert refusal(batch, own).startswith("is in no transaction: begin one first")


def test_on_a_server_a_connection_that_is_closed_is_named(shared: Ledger, own: Connection) -> None:
    [batch] = shared.subscribe("table").batches()
    own.close()

    assert refusal(batch, own) == "is closed: give one that is open"


def test_on_a_server_a_transaction_that_has_failed_is_named(
    shared: Ledger, own: Connection
) -> None:
    [batch] = shared.subscribe("table").batches()
    own.execute("BEGIN")
    with pytest.raises(psycopg.errors.DivisionByZero):
        own.execute("SELECT 1 / 0")

    assert refusal(batch, own) == "has a transaction that failed: roll it back first"
    assert shared.subscriptions()[0].position == 0
