"""Paths of an SQLite log, and the file that is found or made there."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest

from coopledger import Verification
from coopledger.errors import FieldError, NewerLogError, StoreError
from coopledger.stores.sqlite import Durability, SqliteStore
from coopledger.stores.sqlite import file as sqlite_file
from coopledger.stores.sqlite.file import (
    LogFile,
    create_tables,
    is_database,
    refuse_without_wal,
)
from coopledger.stores.sqlite.schema import APPLICATION_ID, FORMAT, MIGRATIONS
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, draft, drafts, numbered

LEDGER = "vistip"


def files(folder: Path) -> dict[str, bytes | None]:
    """Return all files of the folder, with their content."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def refused(path: Path) -> str:
    """Return the reason why the path is refused; nothing near it is created or changed."""
    before = files(path.parent) if path.parent.is_dir() else {}
    with pytest.raises(StoreError) as caught:
        SqliteStore(path)
    after = files(path.parent) if path.parent.is_dir() else {}
    assert after == before
    assert caught.value.store == str(path)
    return caught.value.reason


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_log_is_created_in_a_folder_that_exists(tmp_path: Path) -> None:
    path = tmp_path / "nhật ký 100%?#.db"
    with SqliteStore(path) as store:
        append(store, LEDGER, numbered(LEDGER, 1, 2))

    assert list(files(tmp_path)) == [path.name]
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "user_version") == FORMAT
    assert pragma(path, "journal_mode") == "wal"


def test_a_log_is_opened_again_as_it_was(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "log.db") as store:
        rows = append(store, LEDGER, numbered(LEDGER, 1, 2))

    with SqliteStore(str(tmp_path / "log.db"), durability="fast") as again:
        assert tuple(again.read(LEDGER)) == rows
        assert append(again, LEDGER, drafts(LEDGER, "e3"))[0].position == 3


def test_a_relative_path_is_taken_from_the_folder_of_that_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with SqliteStore("log.db") as store:
        append(store, LEDGER, numbered(LEDGER, 1, 1))
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")

        assert len(list(store.read(LEDGER))) == 1

    assert files(tmp_path / "elsewhere") == {}


def test_a_program_may_go_to_another_folder_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    with SqliteStore("log.db") as store:
        monkeypatch.chdir("elsewhere")  # No connection that reads has been opened yet.
        assert store.head(LEDGER).position == 0

    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_an_empty_file_becomes_a_log(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    path.touch()

    with SqliteStore(path) as store:
        assert store.ledgers() == ()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "no" / "log.db"

    assert refused(path) == f"there is no folder {tmp_path / 'no'}: create it first"
    assert not (tmp_path / "no").exists()


def test_a_folder_is_not_taken_for_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path) == "this is a folder: name a file in it"


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "loop.db"
    path.symlink_to(path)

    with pytest.raises(StoreError, match="the file cannot be read"):
        SqliteStore(path)


@pytest.mark.parametrize(
    "content", [b"x", b"Dear ledger,\n" * 20, b"SQLite format 3\x00", b"\x00" * 40 + b"x"]
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)

    assert refused(path) == "this is not an SQLite file; it was not touched"


def test_a_log_made_during_the_look_is_none_of_another_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.db"
    path.touch()
    number: Callable[[sqlite3.Connection, str], int] = getattr(sqlite_file, "_number")  # noqa: B009

    def made_meanwhile(connection: sqlite3.Connection, pragma: str) -> int:
        """Return the number; after the question for the size another program makes a log."""
        found = number(connection, pragma)
        if pragma == "page_count":
            monkeypatch.undo()
            SqliteStore(path).close()
        return found

    monkeypatch.setattr(sqlite_file, "_number", made_meanwhile)

    SqliteStore(path).close()  # Does not raise.

    assert path.stat().st_size


def test_a_file_of_zeros_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zeros.db"
    path.write_bytes(bytes(4096))

    assert refused(path).startswith("this is not an SQLite file")


def foreign_database(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE event (id)")
    connection.commit()
    return connection


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    foreign_database(path).close()

    assert refused(path) == "this SQLite file is no coopledger log; it was not touched"


def test_the_database_of_another_program_in_the_middle_of_its_work_is_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "other.db"
    with closing(foreign_database(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("INSERT INTO event VALUES (1)")
        other.commit()

        assert refused(path) == "this SQLite file is no coopledger log; it was not touched"


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_what_can_be_no_name_of_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="no file can have this name"):
        SqliteStore(tmp_path / name)


def test_a_circle_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.db").symlink_to(tmp_path / "log.db")

    with pytest.raises(StoreError, match="Too many levels of symbolic links"):
        SqliteStore(tmp_path / "log.db")


def test_no_file_at_all_is_what_the_memory_store_is_for() -> None:
    with pytest.raises(StoreError, match="MemoryStore"):
        SqliteStore(":memory:")

    assert not Path(":memory:").exists()


def test_a_log_of_a_newer_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    before = files(tmp_path)

    with pytest.raises(NewerLogError) as caught:
        SqliteStore(path)

    assert str(caught.value) == (
        f"{path}: log format {FORMAT + 1} is newer than this program (log format {FORMAT}): "
        "upgrade coopledger"
    )
    assert files(tmp_path) == before


def test_a_newer_format_that_is_only_in_the_wal_is_seen_too(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with closing(sqlite3.connect(path)) as connection, SqliteStore(path):
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")

        with pytest.raises(NewerLogError):
            SqliteStore(path)


def test_a_creation_that_was_cut_off_is_made_good(tmp_path: Path) -> None:
    cut, path = tmp_path / "cut.db", tmp_path / "log.db"
    with closing(sqlite3.connect(cut, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # writes to the file before the commit
        connection.execute("BEGIN IMMEDIATE")
        for statement in chain.from_iterable(MIGRATIONS):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE filler (bytes)")
        connection.execute("INSERT INTO filler VALUES (zeroblob(1000000))")
        shutil.copy(cut, path)
        shutil.copy(f"{cut}-journal", f"{path}-journal")
    assert path.stat().st_size > 0

    with SqliteStore(path) as store:
        append(store, LEDGER, numbered(LEDGER, 1, 2))

        assert verify_log(store, LEDGER) == Verification(2, None)


def test_two_programs_that_create_one_log_at_the_same_time_both_have_it(tmp_path: Path) -> None:
    path = tmp_path / "log.db"

    class Overtaken(sqlite3.Connection):
        """Let another program create the log just before this one would begin to."""

        def execute(self, sql: str) -> sqlite3.Cursor:  # type: ignore[override]
            if sql == "BEGIN IMMEDIATE":
                with SqliteStore(path) as other:
                    append(other, LEDGER, numbered(LEDGER, 1, 2))
            return super().execute(sql)

    with closing(sqlite3.connect(path, isolation_level=None, factory=Overtaken)) as connection:
        create_tables(connection)

        assert connection.execute("SELECT position FROM head").fetchall() == [(2,)]


def test_a_creation_that_finds_the_disk_full_leaves_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA max_page_count = 3")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            create_tables(connection)

    assert path.stat().st_size == 0
    SqliteStore(path).close()


def test_a_place_without_wal_is_refused() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()

    with pytest.raises(StoreError, match="no WAL here, but memory: put the log on a local disk"):
        refuse_without_wal("log.db", mode)


@pytest.mark.parametrize("durability", ["durable", "fast"])
def test_every_connection_is_set_up_alike(tmp_path: Path, durability: Durability) -> None:
    """Ask SQLite itself, as no row shows how well it was synced."""
    file = LogFile(address=tmp_path / "log.db", durability=durability, lock_timeout_seconds=3)
    names = ["synchronous", "foreign_keys", "trusted_schema", "busy_timeout", "fullfsync"]
    with closing(file.open()) as writer, closing(file.connect()) as reader:
        settings = [
            [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
            for connection in (writer, reader)
        ]

    synchronous = {"durable": 2, "fast": 1}[durability]
    assert settings == [[synchronous, 1, 0, 10, 1]] * 2


def test_an_unknown_durability_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FieldError, match="E106 durability: 'sure' is neither"):
        SqliteStore(tmp_path / "log.db", durability="sure")  # type: ignore[arg-type]

    assert files(tmp_path) == {}


def test_a_log_that_was_taken_away_is_missed(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    with SqliteStore(tmp_path / "office" / "log.db") as store:
        shutil.rmtree(tmp_path / "office")

        with pytest.raises(StoreError, match="the file cannot be opened"):
            store.head(LEDGER)


def test_a_log_is_read_of_which_a_part_lies_only_in_its_wal(tmp_path: Path) -> None:
    path, half = tmp_path / "log.db", tmp_path / "half.db"
    with SqliteStore(path) as store:
        append(store, LEDGER, numbered(LEDGER, 1, 300))
        shutil.copy(f"{path}-wal", f"{half}-wal")
    half.write_bytes(path.read_bytes()[:-4096])  # as when moving the WAL into it was cut off

    with SqliteStore(half) as store:
        assert verify_log(store, LEDGER) == Verification(300, None)


@pytest.mark.parametrize("content", [b"", b"x", b"<html>" * 1000])
def test_a_database_is_told_from_other_files(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.file"
    path.write_bytes(content)

    assert not is_database(path)
    assert not is_database(tmp_path / "none")
    assert [*tmp_path.iterdir()] == [path]


def test_a_log_and_what_goes_with_it_is_a_database(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with closing(SqliteStore(path)) as store:
        append(store, LEDGER, drafts(LEDGER, "e1"))
        for ending in ("", "-wal", "-shm"):
            assert is_database(tmp_path / f"office.db{ending}")
    assert is_database(path)


def test_to_tell_a_database_frees_no_lock_on_it(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    SqliteStore(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute("BEGIN EXCLUSIVE")

        assert is_database(path)

        program = (
            "import sqlite3, sys\n"
            "sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        )
        other = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program, path], capture_output=True, check=False, text=True
        )
        assert "database is locked" in other.stderr


def test_a_wal_that_grew_while_somebody_was_reading_shrinks_again(tmp_path: Path) -> None:
    wal = tmp_path / "log.db-wal"
    with SqliteStore(tmp_path / "log.db", durability="fast") as log:
        append(log, LEDGER, drafts(LEDGER, "first"))
        with closing(sqlite3.connect(tmp_path / "log.db", isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM event").fetchall()
            for number in range(6):
                large = draft(LEDGER, f"large {number}", payload=b"x" * 2**20)
                append(log, LEDGER, [large])
            grown = wal.stat().st_size
        append(log, LEDGER, drafts(LEDGER, "read no more"))
        append(log, LEDGER, drafts(LEDGER, "begun again"))

        assert grown > 6 * 2**20
        assert wal.stat().st_size <= 4 * 2**20


@pytest.mark.parametrize("name", ["n" * 300, "n" * 300 + "/log.db"])
def test_a_name_that_is_too_long_for_the_disk_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreError, match="name too long"):
        SqliteStore(tmp_path / name)
