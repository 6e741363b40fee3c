"""Threads and processes that share one file."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from coopledger import Verification
from coopledger.errors import StoreError
from coopledger.stores import Row
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import anybody, append, drafts, ids, numbered
from tests.needs import FORK
from tests.unit.stores.processes import start

LEDGER = "vistip"


def test_processes_race_on_one_file_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "log.db"

    racers = [start("race", str(path), name, "60") for name in ("a", "b", "c")]

    assert [racer.wait() for racer in racers] == [0, 0, 0]
    with SqliteStore(path) as store:
        rows = list(store.read(LEDGER))
        assert verify_log(store, LEDGER) == Verification(180, None)
    assert sorted(ids(rows)) == sorted(
        f"{name}/{number}" for name in ("a", "b", "c") for number in range(60)
    )
    pairs = zip(rows[::2], rows[1::2], strict=True)
    assert all(
        first.event_id.split("/")[0] == second.event_id.split("/")[0] for first, second in pairs
    )


@FORK
def test_a_store_that_is_open_at_a_fork_works_on_both_sides(tmp_path: Path) -> None:
    path = tmp_path / "log.db"

    assert start("fork", str(path)).wait() == 0

    with SqliteStore(path) as store:
        assert ids(list(store.read(LEDGER))) == ["parent", "child", "parent again", "child, alone"]
        assert verify_log(store, LEDGER) == Verification(4, None)


def test_a_writer_waits_for_another_program_to_finish(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with (
        SqliteStore(path) as store,
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
        ThreadPoolExecutor(1) as thread,
    ):
        other.execute("BEGIN IMMEDIATE")
        waiting = thread.submit(append, store, LEDGER, drafts(LEDGER, "e1"))
        other.execute("ROLLBACK")

        assert waiting.result()[0].position == 1


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "log.db") as store, ThreadPoolExecutor(1) as thread:
        before = append(store, LEDGER, numbered(LEDGER, 1, 3))
        read: list[tuple[Row, ...]] = []

        def read_elsewhere(_: Iterator[Row]) -> None:
            """Run while the writer holds the lock."""
            read.append(thread.submit(lambda: tuple(store.read(LEDGER))).result())

        store.append(LEDGER, drafts(LEDGER, "e4"), seen=0, clock_us=0, revise=read_elsewhere)

    assert read == [before]


def test_a_reader_who_pauses_holds_back_no_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteStore(path) as store, closing(sqlite3.connect(path)) as other:
        append(store, LEDGER, numbered(LEDGER, 1, 1200))
        reader = store.read(LEDGER)
        next(reader)
        append(store, LEDGER, drafts(LEDGER, "last"))

        checkpoint = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

        assert checkpoint == (0, 0, 0)
        assert len(list(reader)) == 1200


def test_closing_ends_the_reading_of_others_with_a_clear_error(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "log.db")
    append(store, LEDGER, numbered(LEDGER, 1, 1200))
    reader = store.read(LEDGER)
    next(reader)

    store.close()

    with pytest.raises(StoreError, match="the store is closed"):
        list(reader)


def test_a_closed_log_is_one_file(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "log.db") as store:
        append(store, LEDGER, numbered(LEDGER, 1, 3))
        list(store.read(LEDGER))

    assert [path.name for path in tmp_path.iterdir()] == ["log.db"]


def test_a_failing_revision_is_not_taken_for_a_failing_store(tmp_path: Path) -> None:
    def fail(_: Iterator[Row]) -> None:
        raise sqlite3.OperationalError(LEDGER)

    with SqliteStore(tmp_path / "log.db") as store:
        append(store, LEDGER, drafts(LEDGER, "e1"))

        with pytest.raises(sqlite3.OperationalError, match=LEDGER):
            store.append(LEDGER, drafts(LEDGER, "e2"), seen=0, clock_us=0, revise=fail)

        store.append(LEDGER, drafts(LEDGER, "e2"), seen=0, clock_us=0, revise=anybody)
        assert verify_log(store, LEDGER) == Verification(2, None)
