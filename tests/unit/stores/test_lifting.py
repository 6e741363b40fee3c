"""Logs of an older format are lifted to this one, and hold what they held."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import attrs
import pytest

from coopledger import Ledger, Verification
from coopledger._log.chain import Listing, genesis, head_at
from coopledger.errors import StoreError
from coopledger.stores.protocol import Listed, Log
from coopledger.stores.sqlite import SqliteStore, file
from coopledger.stores.sqlite.file import create_tables
from coopledger.stores.sqlite.schema import FORMAT
from coopledger.stores.sqlite.statements import INSERT, values_of
from coopledger.stores.verification import verify_log
from coopledger.stores.write_steps import extend
from tests.builders import Clock
from tests.contracts.drafts import anybody, append, drafts
from tests.unit.stores.disks import FULL
from tests.unit.stores.processes import start

# A file as the last version with format 1 wrote it, as text. Never edited.
FORMAT_1 = Path(__file__).parents[2] / "golden" / "format1.sql"
# The same file as the last version with format 2 had lifted it, with a reader. Never edited.
FORMAT_2 = FORMAT_1.with_name("format2.sql")
OFFICE = 12  # events
WITHOUT_TABLES = 9 * 4096  # room for what SQLite needs to read, and not for more tables
CHECKPOINT = (
    "coopledger-checkpoint/1 office 12 "
    "d3b36889a6575ba8035603548b1ef0ccb262c4750aa30f365e1b39354800c74a "
    "2030-01-01T12:00:00.000011Z 894838b8"
)


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> Path:
    """Return the path of a file of format 1."""
    path = tmp_path / "log.db"
    make(path)
    return path


def make(path: Path, script: Path = FORMAT_1) -> None:
    with closing(sqlite3.connect(path)) as log:
        log.executescript(script.read_text(encoding="utf-8"))
        log.execute("PRAGMA journal_mode = WAL")


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as log:
        return int(log.execute("PRAGMA user_version").fetchone()[0])


def test_a_file_of_format_1_is_lifted_and_answers_as_before(path: Path) -> None:
    assert version(path) == 1

    with Ledger.open(path, name="office", clock=Clock()) as ledger:
        commitment = ledger.view("2030-01-01").commitment("c1")

        assert ledger.verify() == Verification(OFFICE, None)
        assert (commitment.status, str(commitment.due)) == ("pending", "2030-04-15")
        assert str(ledger.checkpoint()) == CHECKPOINT
        assert ledger.subscribe("mailer").status.lag == OFFICE
    assert version(path) == FORMAT


def test_a_file_of_format_2_is_lifted_with_its_readers_and_answers_as_before(
    tmp_path: Path,
) -> None:
    path = tmp_path / "log.db"
    make(path, FORMAT_2)
    assert version(path) == 2

    with Ledger.open(path, name="office", clock=Clock()) as ledger:
        commitment = ledger.view("2030-01-01").commitment("c1")

        assert ledger.verify() == Verification(OFFICE, None)
        assert (commitment.status, str(commitment.due)) == ("pending", "2030-04-15")
        assert str(ledger.checkpoint()) == CHECKPOINT
        assert ledger.subscribe("mailer").status.position == 7
    assert version(path) == FORMAT


def test_a_file_of_format_2_that_cannot_be_lifted_is_read_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.db"
    make(path, FORMAT_2)
    monkeypatch.setattr(file, "create_tables", left_as_it_is)
    with Ledger.open(path, name="office", clock=Clock()) as ledger:
        assert ledger.view("2030-01-01").commitment("c1").status == "pending"
        assert [each.position for each in ledger.subscriptions()] == [7]
    with SqliteStore(path) as store:
        assert list(store.entries("office")) == []
    assert version(path) == 2


def test_a_file_of_format_1_goes_on_being_recorded_in(path: Path) -> None:
    with SqliteStore(path) as store:
        append(store, "office", drafts("office", "later"))

        assert verify_log(store, "office") == Verification(OFFICE + 1, None)
        assert verify_log(store, "other") == Verification(8, None)


def test_a_program_that_opened_the_file_before_it_was_lifted_goes_on(path: Path) -> None:
    with closing(sqlite3.connect(path)) as earlier:
        question = "SELECT position FROM head WHERE ledger = 'office'"
        assert earlier.execute(question).fetchall() == [(OFFICE,)]
        with SqliteStore(path) as store:
            append(store, "office", drafts("office", "later"))

        assert earlier.execute(question).fetchall() == [(OFFICE + 1,)]


def test_programs_that_open_a_file_of_format_1_at_once_all_have_it(path: Path) -> None:
    starters = [start("race", str(path), f"writer-{number}", "2") for number in range(6)]

    assert [starter.wait() for starter in starters] == [0] * 6
    with SqliteStore(path) as store:
        assert verify_log(store, "vistip") == Verification(12, None)
        assert verify_log(store, "office") == Verification(OFFICE, None)
    assert version(path) == FORMAT


def test_threads_that_open_a_file_of_format_1_at_once_all_have_it(path: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(SqliteStore, [path] * 8))

    for store in stores:
        assert store.cursors("office") == ()
        store.close()


def test_a_file_of_format_1_that_cannot_be_written_can_be_read(path: Path) -> None:
    with closing(
        sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    ) as log:
        create_tables(log)

        assert log.execute("SELECT count(*) FROM event").fetchall() == [(20,)]
    assert version(path) == 1


def test_a_file_of_format_1_on_a_full_disk_can_be_read(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as log:
        (pages,) = log.execute("PRAGMA page_count").fetchone()
        log.execute(f"PRAGMA max_page_count = {pages}")
        create_tables(log)

        assert not log.in_transaction
        assert log.execute("SELECT count(*) FROM event").fetchall() == [(20,)]
    assert version(path) == 1


def test_a_file_of_format_1_is_read_without_room_and_lifted_when_there_is(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with FULL["a small disk"](tmp_path) as make_room:
        make(path)
        room = os.statvfs(tmp_path)
        (tmp_path / "filler").write_bytes(bytes(room.f_bavail * room.f_bsize - WITHOUT_TABLES))
        with Ledger.open(path, name="office", clock=Clock()) as ledger:
            assert ledger.verify() == Verification(OFFICE, None)
        assert version(path) == 1
        make_room()
        Ledger.open(path).close()
        assert version(path) == FORMAT


def behind(log: Log, event_id: str) -> None:
    """Append as a writer who knows the first events alone."""
    new = drafts("office", event_id)
    log.append("office", new, seen=3, clock_us=0, revise=anybody, rests_on=["c1"])


def listed_anyway(store: SqliteStore) -> tuple[object, ...]:
    """Return what the store says of an index of the office."""
    return (
        store.listed("office"),
        store.named("office", ["c1"]),
        store.opened("office", "commitment"),
        store.zone("office"),
    )


def test_a_file_of_format_1_has_an_index_that_is_still_to_be_written(path: Path) -> None:
    with SqliteStore(path) as store:
        assert store.listed("office").position == 0
        append(store, "office", drafts("office", "later"))

        assert store.listed("office").position == 0
        assert store.position_at("office", 2**62) == OFFICE + 1
        rows = list(store.read("office"))
        listing = Listing(names=("c1",), opened=(("commitment", "c1"),))
        page = (head_at(rows[-1]), [(row.position, listing) for row in rows])
        assert store.list_rows("office", [page], rules={}, since=store.listed("office"))

        assert store.named("office", ["c1"]) == {"c1": tuple(range(1, OFFICE + 2))}
        assert verify_log(store, "office") == Verification(OFFICE + 1, None)


def test_a_file_of_format_1_that_cannot_be_lifted_is_read_and_recorded_in_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "create_tables", left_as_it_is)
    with SqliteStore(path) as store:
        nothing = Listed(position=0, chain=genesis("office"), rules={})
        assert listed_anyway(store) == (nothing, {"c1": ()}, [], None)
        assert not store.list_rows("office", [], rules={}, since=nothing)
        assert store.settle_zone("office", "UTC") == "UTC"
        with closing(sqlite3.connect(path, isolation_level=None)) as host:
            host.execute("BEGIN IMMEDIATE")
            joined = store.joined(host)
            with joined.writing("office"):
                assert joined.settle_zone("office", "UTC") == "UTC"
                behind(joined, "hosted")
            host.execute("COMMIT")
        behind(store, "later")

        assert listed_anyway(store) == (nothing, {"c1": ()}, [], None)
        assert verify_log(store, "office") == Verification(OFFICE + 2, None)
    assert version(path) == 1


def test_a_program_of_format_2_goes_on_appending_and_leaves_the_index_behind(
    tmp_path: Path,
) -> None:
    path, listing = tmp_path / "log.db", Listing(names=("p1",))
    (draft,) = drafts("office", "e1")
    with SqliteStore(path) as store, closing(sqlite3.connect(path)) as older:
        append(store, "office", [attrs.evolve(draft, listing=listing)])
        store.settle_zone("office", "UTC")
        (row,) = extend(store.head("office"), drafts("office", "e2"), clock_us=5)
        older.execute(INSERT, values_of("office", row))  # as it did, with all of its columns
        older.commit()
        append(store, "office", drafts("office", "e3"))

        assert store.listed("office").position == 1
        assert store.named("office", ["p1"]) == {"p1": (1,)}
        assert store.zone("office") == "UTC"
        assert verify_log(store, "office") == Verification(3, None)


def left_as_it_is(_: sqlite3.Connection) -> None:
    """Leave the log as it is, as where it cannot be written."""


def test_a_file_of_format_1_that_cannot_be_written_has_no_readers_and_is_copied(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "create_tables", left_as_it_is)
    copy = Ledger.in_memory(name="office")
    with Ledger.open(path, name="office", clock=Clock()) as ledger:
        assert ledger.subscriptions() == ()
        assert str(ledger.copy_to(copy)) == CHECKPOINT


def test_a_file_without_places_where_they_have_to_be_is_not_taken_for_an_older_one(
    path: Path,
) -> None:
    with SqliteStore(path) as store, closing(sqlite3.connect(path)) as log:
        log.execute("DROP TABLE subscription")

        with pytest.raises(StoreError, match="no such table"):
            store.cursors("office")


def test_who_would_follow_a_file_of_format_1_that_cannot_be_written_is_told_what_to_do(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "create_tables", left_as_it_is)
    with (
        SqliteStore(path) as store,
        pytest.raises(StoreError, match="is of format 1: open it once where it can be"),
    ):
        store.take_cursor("office", "mailer")


def test_a_file_that_cannot_be_lifted_for_another_reason_is_left_as_it_was(path: Path) -> None:
    with closing(sqlite3.connect(path)) as log:
        log.execute("CREATE TABLE parked (mine)")

    with pytest.raises(StoreError, match="table parked already exists"):
        SqliteStore(path)

    assert version(path) == 1
