"""Errors of SQLite, and the errors of a store that they become."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coopledger import Verification
from coopledger.errors import StoreBusyError, StoreError
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.sqlite.failures import plain_errors, retry_while_busy
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, drafts, numbered

LEDGER = "vistip"


@pytest.fixture
def sql(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(tmp_path / "any.db", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE filled (bytes)")
        yield connection


def fails_as(sql: sqlite3.Connection, statement: str) -> str:
    with pytest.raises(StoreError) as caught, plain_errors("any.db"):
        sql.execute(statement)
    assert caught.value.store == "any.db"
    return caught.value.reason


def test_a_store_that_may_not_be_written_is_read_only(sql: sqlite3.Connection) -> None:
    sql.execute("PRAGMA query_only = ON")

    assert fails_as(sql, "INSERT INTO filled VALUES (1)") == (
        "the file or its folder is read only: nothing can be recorded "
        "(attempt to write a readonly database)"
    )


def test_a_full_disk_is_named(sql: sqlite3.Connection) -> None:
    sql.execute("PRAGMA max_page_count = 4")

    assert fails_as(sql, "INSERT INTO filled VALUES (zeroblob(100000))") == (
        "the disk is full: make room, then record again (database or disk is full)"
    )


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteStore(path) as store:
        append(store, LEDGER, numbered(LEDGER, 1, 100))
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 65536)

    with pytest.raises(StoreError, match="the file is damaged"), SqliteStore(path) as store:
        list(store.read(LEDGER))


def test_a_damaged_file_is_named_whatever_bytes_sqlite_repeats_of_it(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    SqliteStore(path).close()
    file = path.read_bytes()
    path.write_bytes(file.replace(b"CREATE TABLE event", b"CREATE TABLE \xff\xfe(nt"))

    with pytest.raises(StoreError, match="the file is damaged"):
        SqliteStore(path)


def test_any_other_failure_is_told_in_the_words_of_sqlite(sql: sqlite3.Connection) -> None:
    assert fails_as(sql, "SELECT * FROM absent") == "SQLite failed (no such table: absent)"


def test_a_failure_of_the_python_module_is_told_too(sql: sqlite3.Connection) -> None:
    sql.close()

    assert fails_as(sql, "SELECT 1") == "SQLite failed (Cannot operate on a closed database.)"


def test_only_a_lock_is_asked_for_again(sql: sqlite3.Connection) -> None:
    calls: list[str] = []

    def ask() -> None:
        calls.append("once")
        sql.execute("SELECT * FROM absent")

    with pytest.raises(StoreError, match="no such table"):
        retry_while_busy("any.db", ask, lock_timeout_seconds=1)

    assert calls == ["once"]


def test_a_lock_that_others_never_let_go_is_given_up_for(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with (
        SqliteStore(path, lock_timeout_seconds=0.05) as store,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        append(store, LEDGER, numbered(LEDGER, 1, 2))
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(
            StoreBusyError, match=r"another transaction held .* within it, with Ledger\.transaction"
        ):
            append(store, LEDGER, drafts(LEDGER, "e3"))

        assert len(list(store.read(LEDGER))) == 2
        other.execute("ROLLBACK")
        append(store, LEDGER, drafts(LEDGER, "e3"))
        assert verify_log(store, LEDGER) == Verification(3, None)
