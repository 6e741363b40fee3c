"""Transactions of hosts on an SQLite file: which connections are joined, and how."""

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coopledger import Ledger
from coopledger.errors import (
    ArgumentError,
    DamagedLogError,
    RefusedError,
    StoreBusyError,
    StoreError,
)
from coopledger.events import PartyRegistered
from coopledger.stores.sqlite import SqliteStore
from tests.builders import NAME, Clock, numbered
from tests.contracts.drafts import anybody, drafts

AGAIN = "roll back and do the whole transaction again"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.db"


@pytest.fixture
def ledger(path: Path) -> Iterator[Ledger]:
    store = SqliteStore(path, durability="fast", lock_timeout_seconds=0.1)
    with Ledger(store, name=NAME, clock=Clock(), ids=numbered()) as ledger:
        yield ledger


def connected(path: Path, isolation_level: str | None = "", **more: object) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=0, isolation_level=isolation_level, **more)  # type: ignore[call-overload, no-any-return]


def party(name: str) -> PartyRegistered:
    return PartyRegistered(party=name, name=name, kind="other")


def record(
    ledger: Ledger,
    connection: sqlite3.Connection,
    name: str,
    *,
    meanwhile: Callable[[], object] = int,
) -> None:
    with ledger.transaction(connection=connection) as transaction:
        transaction.record(party(name))
        meanwhile()


# --- which connection


def test_a_connection_to_another_file_is_refused_with_both_named(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    with (
        closing(connected(other)) as connection,
        pytest.raises(ArgumentError, match=rf"leads to '{other}', and .* lies in '{path}'"),
    ):
        record(ledger, connection, "a")

    assert not other.exists() or other.stat().st_size == 0


@pytest.mark.parametrize("address", [":memory:", ""])
def test_a_connection_to_no_file_is_refused(ledger: Ledger, address: str) -> None:
    with (
        closing(sqlite3.connect(address)) as connection,
        pytest.raises(ArgumentError, match="leads to a database in memory"),
    ):
        record(ledger, connection, "a")


def test_a_log_that_is_only_attached_is_refused(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    with closing(connected(tmp_path / "other.db")) as connection:
        connection.execute(f"ATTACH '{path}' AS log")
        with pytest.raises(ArgumentError, match=r"leads to '.*other\.db'"):
            record(ledger, connection, "a")


def test_a_file_that_was_moved_away_is_no_longer_the_same(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    with closing(connected(path)) as connection:
        connection.execute("SELECT count(*) FROM event").fetchone()
        path.rename(tmp_path / "old.db")
        with pytest.raises(ArgumentError, match="leads to"):
            record(ledger, connection, "a")


def test_the_file_may_be_reached_by_another_name(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(path)
    with closing(connected(link)) as connection:
        record(ledger, connection, "a")
        connection.commit()

    assert ledger.position == 1


def test_a_connection_of_another_thread_is_refused(ledger: Ledger, path: Path) -> None:
    connections: list[sqlite3.Connection] = []
    thread = threading.Thread(target=lambda: connections.append(connected(path)))
    thread.start()
    thread.join()

    with pytest.raises(ArgumentError, match=r"give one that is open, and was .* in this thread"):
        record(ledger, connections[0], "a")


def test_a_connection_that_is_closed_is_refused(ledger: Ledger, path: Path) -> None:
    connection = connected(path)
    connection.close()

    with pytest.raises(ArgumentError, match=r"cannot be used here: give one that is open"):
        record(ledger, connection, "a")


def test_a_connection_that_is_closed_in_the_block_is_told(ledger: Ledger, path: Path) -> None:
    connection = connected(path)
    with pytest.raises(StoreError, match="closed"):
        record(ledger, connection, "a", meanwhile=connection.close)

    assert ledger.position == 0


def test_a_connection_that_is_closed_before_the_block_is_told(ledger: Ledger, path: Path) -> None:
    with closing(connected(path)) as connection:
        transaction = ledger.transaction(connection=connection)
    with pytest.raises(StoreError, match="closed"), transaction:
        transaction.record(party("a"))

    assert ledger.position == 0


# --- whether a transaction is open


def test_a_connection_that_commits_by_itself_needs_a_begin(ledger: Ledger, path: Path) -> None:
    with closing(connected(path, None)) as connection:
        with pytest.raises(ArgumentError, match="is in no transaction: begin one first"):
            record(ledger, connection, "a")
        connection.execute("BEGIN")
        record(ledger, connection, "a")
        assert ledger.position == 0
        connection.execute("COMMIT")

    assert ledger.position == 1


def test_a_transaction_that_the_host_ends_in_the_block_is_missed(
    ledger: Ledger, path: Path
) -> None:
    with closing(connected(path, None)) as connection:
        connection.execute("BEGIN")
        with pytest.raises(ArgumentError, match="is in no transaction"):
            record(ledger, connection, "a", meanwhile=connection.commit)

    assert ledger.position == 0


@pytest.mark.parametrize("isolation_level", ["", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"])
def test_a_transaction_begins_as_sqlite3_begins_one(
    ledger: Ledger, path: Path, isolation_level: str
) -> None:
    with closing(connected(path, isolation_level)) as connection:
        record(ledger, connection, "a")
        assert connection.in_transaction
        connection.commit()
        record(ledger, connection, "b")
        connection.rollback()

    assert [item.event for item in ledger.events()] == [
        PartyRegistered(id="e1", party="a", name="a", kind="other")
    ]


def test_a_transaction_that_began_for_a_refusal_is_ended(ledger: Ledger, path: Path) -> None:
    ledger.record(party("a"))
    with closing(connected(path)) as connection:
        with pytest.raises(RefusedError, match="E201"):
            record(ledger, connection, "b", meanwhile=lambda: ledger.record(party("b")))
        assert not connection.in_transaction
        ledger.record(party("c"))

    assert ledger.position == 3


@pytest.mark.skipif(sys.version_info < (3, 12), reason="autocommit= came with Python 3.12")
def test_the_newer_ways_of_sqlite3_to_begin_a_transaction(ledger: Ledger, path: Path) -> None:
    with closing(connected(path, autocommit=False)) as connection:
        record(ledger, connection, "a")
        connection.commit()
    with closing(connected(path, autocommit=True)) as connection:
        with pytest.raises(ArgumentError, match="is in no transaction"):
            record(ledger, connection, "b")
        connection.execute("BEGIN")
        record(ledger, connection, "b")
        connection.execute("COMMIT")

    assert ledger.position == 2


# --- others in the way


def test_a_host_that_read_before_others_recorded_is_told_to_begin_again(
    ledger: Ledger, path: Path
) -> None:
    with closing(connected(path, None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        ledger.record(party("a"))
        with pytest.raises(StoreBusyError) as refused:
            record(ledger, connection, "b")
        connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        record(ledger, connection, "b")
        connection.execute("COMMIT")

    assert str(refused.value) == (
        f"{path}: others recorded after this transaction had begun to read: {AGAIN}, "
        "and begin it with BEGIN IMMEDIATE before you read"
    )
    assert ledger.position == 2


def test_a_place_is_not_saved_by_a_host_that_read_before_others_recorded(
    ledger: Ledger, path: Path
) -> None:
    ledger.record(party("a"))
    batch = next(ledger.subscribe("web").batches())
    with closing(connected(path, None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM event").fetchall()
        ledger.record(party("b"))

        with pytest.raises(StoreBusyError, match=f"{AGAIN}, and begin it with BEGIN IMMEDIATE"):
            batch.save(connection=connection)
        connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        batch.save(connection=connection)
        connection.execute("COMMIT")

    assert ledger.subscriptions()[0].position == 1


def test_a_host_that_has_not_read_yet_lets_others_record_first(ledger: Ledger, path: Path) -> None:
    with closing(connected(path, None)) as connection:
        connection.execute("BEGIN")
        record(ledger, connection, "a", meanwhile=lambda: ledger.record(party("b")))
        connection.execute("COMMIT")

    assert ledger.position == 2


def test_a_host_waits_for_others_as_long_as_its_connection_does(ledger: Ledger, path: Path) -> None:
    with closing(connected(path, None)) as other, closing(connected(path)) as connection:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusyError, match=f"held the lock for too long: {AGAIN}"):
            record(ledger, connection, "a")
        other.execute("ROLLBACK")
        record(ledger, connection, "a")
        connection.commit()

    assert ledger.position == 1


def test_a_connection_that_may_only_read_records_nothing(ledger: Ledger, path: Path) -> None:
    with closing(connected(path)) as connection:
        connection.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="only reads: open one that may write"):
            record(ledger, connection, "a")

    assert ledger.position == 0


# --- what a host has set


def test_what_the_host_has_set_stays_as_it_is(ledger: Ledger, path: Path) -> None:
    pragmas = (
        "foreign_keys",
        "trusted_schema",
        "synchronous",
        "busy_timeout",
        "recursive_triggers",
    )
    with closing(connected(path)) as connection:
        connection.row_factory, connection.text_factory = sqlite3.Row, bytes
        before = [tuple(connection.execute(f"PRAGMA {name}").fetchone()) for name in pragmas]
        record(ledger, connection, "a")
        connection.commit()
        after = [tuple(connection.execute(f"PRAGMA {name}").fetchone()) for name in pragmas]

        assert (connection.row_factory, connection.text_factory) == (sqlite3.Row, bytes)
        assert after == before


def test_a_savepoint_of_the_host_undoes_what_was_recorded_after_it(
    ledger: Ledger, path: Path
) -> None:
    with closing(connected(path, None)) as connection:
        connection.execute("BEGIN")
        record(ledger, connection, "a")
        connection.execute("SAVEPOINT mine")
        record(ledger, connection, "b")
        connection.execute("ROLLBACK TO mine")
        record(ledger, connection, "c")
        connection.execute("COMMIT")

    assert [item.event for item in ledger.events()] == [
        PartyRegistered(id="e1", party="a", name="a", kind="other"),
        PartyRegistered(id="e3", party="c", name="c", kind="other"),
    ]
    assert ledger.verify().fault is None


def test_a_damaged_text_is_named_by_its_position(ledger: Ledger, path: Path) -> None:
    ledger.record(party("a"))
    with closing(connected(path, None)) as connection:
        connection.execute("DROP TRIGGER event_never_changed")
        connection.execute("UPDATE event SET event_id = CAST(X'ff' AS TEXT)")
    with (
        closing(connected(path)) as connection,
        Ledger.open(path, name=NAME) as fresh,
        pytest.raises(DamagedLogError, match="position 1: a text is no UTF-8"),
    ):
        record(fresh, connection, "b")


def test_a_head_that_was_put_back_is_noticed(ledger: Ledger, path: Path) -> None:
    ledger.record(party("a"))
    with closing(connected(path, None)) as connection, SqliteStore(path) as store:
        connection.execute("DROP TRIGGER head_moves_with_event")
        connection.execute("UPDATE head SET position = 0, recorded_us = NULL")
        connection.execute("BEGIN")
        joined = store.joined(connection)
        with pytest.raises(DamagedLogError, match="damaged at position 1"), joined.writing(NAME):
            joined.append(NAME, drafts(NAME, "x"), seen=0, clock_us=0, revise=anybody)


def test_a_transaction_that_sqlite_itself_has_rolled_back_needs_no_undoing(
    ledger: Ledger, path: Path
) -> None:
    def fail(connection: sqlite3.Connection, store: SqliteStore) -> None:
        with store.joined(connection).writing(ledger.name):
            connection.execute("ROLLBACK")
            raise ZeroDivisionError

    with closing(connected(path, None)) as connection, SqliteStore(path) as store:
        connection.execute("BEGIN")
        with pytest.raises(ZeroDivisionError):
            fail(connection, store)
        assert not connection.in_transaction


def test_a_zone_that_the_host_does_not_commit_is_given_to_nobody(path: Path) -> None:
    with SqliteStore(path) as store:
        for end in ("ROLLBACK", "COMMIT"):
            with closing(connected(path, None)) as connection:
                connection.execute("BEGIN IMMEDIATE")
                joined = store.joined(connection)
                with joined.writing("new"):
                    assert joined.settle_zone("new", "Asia/Hanoi") == "Asia/Hanoi"
                    assert joined.settle_zone("new", "UTC") == "Asia/Hanoi"
                assert store.zone("new") is None
                connection.execute(end)

        assert store.zone("new") == "Asia/Hanoi"
        assert store.ledgers() == ()
