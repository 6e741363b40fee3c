"""What a receipt says is stored, in the file that was opened, whatever others did to it."""

# ruff: noqa: S608 - the SQL is the test's own

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Protocol

import attrs
import pytest

from coopledger import Ledger, Verification, events
from coopledger._log.chain import Listing, Row, beginning
from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from coopledger.stores.write_steps import extend
from tests.builders import NAME, Clock
from tests.contracts.drafts import append, draft, ids, nobody_else, numbered

GUARDS = (
    "event_follows_head",
    "head_follows_event",
    "head_moves_with_event",
    "head_begins_empty",
    "event_never_changed",
    "event_never_removed",
    "head_never_removed",
)
REMOVED = "".join(f"DROP TRIGGER {name};" for name in GUARDS)
AFTER = "CREATE TRIGGER odd AFTER INSERT ON event BEGIN "
MOVED = (
    "DROP TRIGGER head_moves_with_event; CREATE TRIGGER odd AFTER UPDATE OF position ON head BEGIN "
)

# What somebody did to the file, so that it no longer takes events as they are.
CHANGED = {
    "no triggers": REMOVED,
    "a head that stays": "DROP TRIGGER head_follows_event",
    "events are ignored": "CREATE TRIGGER odd BEFORE INSERT ON event "
    "BEGIN SELECT RAISE(IGNORE); END",
    "some events are ignored": "CREATE TRIGGER odd BEFORE INSERT ON event "
    "WHEN NEW.position = 4 BEGIN SELECT RAISE(IGNORE); END",
    "another payload": "DROP TRIGGER event_never_changed;"
    f"{AFTER}UPDATE event SET payload = x'00' WHERE position = NEW.position; END",
    "another chain": "DROP TRIGGER event_never_changed;"
    f"{AFTER}UPDATE event SET chain = zeroblob(32) WHERE position = NEW.position; END",
    "another chain of the head": f"{MOVED}UPDATE head SET chain = zeroblob(32); END",
    "another time of the head": f"{MOVED}UPDATE head SET recorded_us = recorded_us + 1; END",
    "another event before": "DROP TRIGGER event_never_removed; DROP TRIGGER event_follows_head;"
    "CREATE TRIGGER odd BEFORE INSERT ON event WHEN NEW.position = 5 "
    "BEGIN DELETE FROM event WHERE position = 4; END",
    "half a text": "DROP TRIGGER event_never_changed;"
    f"{AFTER}UPDATE event SET type = CAST(x'ff' AS TEXT) WHERE position = NEW.position; END",
}


class Record(Protocol):
    """Appends two events after the third."""

    def __call__(self, store: SqliteStore, *, meanwhile: Callable[[], object]) -> object: ...


def own(store: SqliteStore, *, meanwhile: Callable[[], object]) -> tuple[Row, ...]:
    """Append on the store's own connection."""
    meanwhile()
    new = numbered(NAME, 4, 5)
    return store.append(NAME, new, seen=3, clock_us=9, revise=nobody_else).rows


def hosted(store: SqliteStore, *, meanwhile: Callable[[], object]) -> tuple[Row, ...]:
    """Append in the transaction of a host."""
    with closing(sqlite3.connect(store.files()[0], isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        joined = store.joined(connection)
        meanwhile()
        with joined.writing(NAME):
            new = numbered(NAME, 4, 5)
            rows = joined.append(NAME, new, seen=3, clock_us=9, revise=nobody_else).rows
        connection.execute("COMMIT")
    return rows


WAYS = pytest.mark.parametrize("record", [own, hosted])


def nothing() -> None:
    """Do nothing meanwhile."""


def content(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as log:
        return [
            row
            for table in ("event", "head", "naming", "opening", "listed")
            for row in log.execute(f"SELECT * FROM {table}").fetchall()
        ]


@WAYS
@pytest.mark.parametrize("script", CHANGED.values(), ids=CHANGED)
@pytest.mark.parametrize("known", [True, False], ids=["a known end", "an unknown end"])
def test_a_file_that_makes_something_else_of_events_stores_none(
    tmp_path: Path, record: Record, script: str, *, known: bool
) -> None:
    path = tmp_path / "log.db"
    with SqliteStore(path) as store, SqliteStore(path) as another:
        append(store, NAME, numbered(NAME, 1, 3))
        with closing(sqlite3.connect(path)) as other:
            other.executescript(script)
        before = content(path)

        with pytest.raises((StoreError, DamagedLogError)):
            record(store if known else another, meanwhile=nothing)

        assert content(path) == before


def test_a_log_is_not_restored_into_a_file_that_makes_something_else_of_it(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "log.db") as store:
        append(store, NAME, numbered(NAME, 1, 1200))
        rows = list(store.read(NAME))
    for script in CHANGED.values():
        (tmp_path / "copy.db").unlink(missing_ok=True)
        with SqliteStore(tmp_path / "copy.db") as copy:
            with closing(sqlite3.connect(tmp_path / "copy.db")) as other:
                other.executescript(script)
            with pytest.raises((StoreError, DamagedLogError, sqlite3.IntegrityError)):
                copy.restore(NAME, rows)

            assert copy.head(NAME).position == 0


# --- The file is the file

CUT_OFF = """
import os, sys
from coopledger.stores.sqlite import SqliteStore
from tests.contracts.drafts import append, numbered

store = SqliteStore(sys.argv[1])
append(store, "another", numbered("another", 1, 5))
if sys.argv[2] == "killed":
    os._exit(0)
store.close()
"""


def record_elsewhere(path: Path, end: str = "killed") -> None:
    """Let another program record five events in a ledger of its own."""
    script = [sys.executable, "-c", CUT_OFF, str(path), end]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run(script, check=True, env=environment)  # noqa: S603 - the test's own program


def moved(path: Path) -> None:
    path.rename(path.with_name("elsewhere.db"))


def removed(path: Path) -> None:
    path.unlink()


def replaced(path: Path) -> None:
    with SqliteStore(path.with_name("other.db")) as other:
        append(other, NAME, numbered(NAME, 1, 3))
    path.with_name("other.db").replace(path)


def folder_moved(path: Path) -> None:
    path.parent.rename(path.parent.with_name("moved"))


def wal_removed(path: Path) -> None:
    path.with_name("log.db-wal").unlink()


def wal_replaced(path: Path) -> None:
    wal = path.with_name("log.db-wal")
    wal.rename(path.with_name("old-wal"))
    wal.write_bytes(b"")


def shm_removed(path: Path) -> None:
    path.with_name("log.db-shm").unlink()


def shm_replaced(path: Path) -> None:
    shm_removed(path)
    record_elsewhere(path)


def both_removed(path: Path) -> None:
    wal_removed(path)
    shm_removed(path)


DONE = (
    moved,
    removed,
    replaced,
    folder_moved,
    wal_removed,
    wal_replaced,
    shm_removed,
    shm_replaced,
)


@WAYS
@pytest.mark.parametrize("do", DONE)
def test_nothing_is_recorded_in_a_file_that_is_nowhere(
    tmp_path: Path, record: Record, do: Callable[[Path], None]
) -> None:
    (tmp_path / "office").mkdir()
    path = tmp_path / "office" / "log.db"
    with SqliteStore(path) as store:
        append(store, NAME, numbered(NAME, 1, 3))
        with pytest.raises(StoreError, match=r"while (it|the log) was open, so nothing can be"):
            record(store, meanwhile=lambda: do(path))

        assert ids(list(store.read(NAME))) == ["e1", "e2", "e3"]


@pytest.mark.parametrize("do", DONE)
def test_nothing_else_is_written_in_a_file_that_is_nowhere(
    tmp_path: Path, do: Callable[[Path], None]
) -> None:
    (tmp_path / "office").mkdir()
    path = tmp_path / "office" / "log.db"
    with SqliteStore(path) as store:
        append(store, NAME, numbered(NAME, 1, 3))
        cursor = store.take_cursor(NAME, "mailer")
        rows = extend(beginning("third"), numbered("third", 1, 2), clock_us=0)
        do(path)

        for write in (
            lambda: store.take_cursor(NAME, "mailer"),
            lambda: store.move_cursor(NAME, cursor, attrs.evolve(cursor, position=1, reached=1)),
            lambda: store.settle_zone(NAME, "UTC"),
            lambda: store.list_rows(NAME, [], rules={"a": "1"}, since=store.listed(NAME)),
            lambda: append(store, "other", numbered("other", 1, 1)),
            lambda: store.restore("third", rows),
        ):
            with pytest.raises(StoreError, match="while"):
                write()


@pytest.mark.parametrize("end", ["killed", "closed"])
@pytest.mark.parametrize("do", [both_removed, shm_removed])
def test_what_another_program_recorded_meanwhile_outlives_a_file_that_was_cut_off(
    tmp_path: Path, do: Callable[[Path], None], end: str
) -> None:
    path = tmp_path / "log.db"
    with SqliteStore(path) as store:
        append(store, NAME, numbered(NAME, 1, 3))
        do(path)
        record_elsewhere(path, end)
        with pytest.raises(StoreError, match=r"was removed or replaced while the log was open"):
            append(store, NAME, numbered(NAME, 4, 4))

    with SqliteStore(path) as store:
        assert ids(list(store.read("another"))) == ["e1", "e2", "e3", "e4", "e5"]
        assert verify_log(store, "another") == Verification(5, None)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")
def test_a_host_records_after_a_fork_by_which_the_log_was_closed(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteStore(path) as store:
        append(store, NAME, numbered(NAME, 1, 3))
        child = os.fork()
        if not child:
            os._exit(0)
        os.waitpid(child, 0)
        assert not path.with_name("log.db-wal").exists()
        for number in range(5):  # So that the next WAL does not get the number of the last one.
            (tmp_path / str(number)).touch()

        assert [row.position for row in hosted(store, meanwhile=nothing)] == [4, 5]


def test_a_file_that_was_put_back_is_recorded_in_again(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with SqliteStore(path) as store:
        append(store, NAME, numbered(NAME, 1, 3))
        moved(path)
        with pytest.raises(StoreError, match="put it back"):
            append(store, NAME, numbered(NAME, 4, 4))
        path.with_name("elsewhere.db").rename(path)

        append(store, NAME, numbered(NAME, 4, 4))

        assert verify_log(store, NAME) == Verification(4, None)


# --- What a host has set is not used


@pytest.fixture
def adapters() -> Iterator[None]:
    """Let the host change every text, number and blob that it stores."""
    before = dict(sqlite3.adapters)
    sqlite3.register_adapter(str, lambda text: text.upper() + "!")
    sqlite3.register_adapter(int, lambda number: number + 1)
    sqlite3.register_adapter(bytes, lambda value: value + b"!")
    yield
    sqlite3.adapters.clear()
    sqlite3.adapters.update(before)


@pytest.mark.usefixtures("adapters")
@WAYS
def test_adapters_of_the_host_are_not_used(tmp_path: Path, record: Record) -> None:
    listing = Listing(names=("p1",), opened=(("party", "p1"),))
    with SqliteStore(tmp_path / "log.db") as store:
        append(store, NAME, [attrs.evolve(draft(NAME, "e1", effective="2022"), listing=listing)])
        append(store, NAME, numbered(NAME, 2, 3))
        record(store, meanwhile=nothing)
        store.settle_zone(NAME, "Asia/Hanoi")
        store.take_cursor(NAME, "mailer", after=2)

        assert verify_log(store, NAME) == Verification(5, None)
        assert ids(list(store.read(NAME))) == ["e1", "e2", "e3", "e4", "e5"]
        assert store.find(NAME, ["e1"])["e1"].effective == "2022"
        assert store.named(NAME, ["p1"]) == {"p1": (1,)}
        assert store.opened(NAME, "party") == [(1, "p1")]
        assert store.position_at(NAME, 1) == 2
        assert store.zone(NAME) == "Asia/Hanoi"
        assert [(each.name, each.position) for each in store.cursors(NAME)] == [("mailer", 2)]


def settings() -> list[str]:
    """Return every pragma of this SQLite, with each value that a session may well give it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        names = [name for (name,) in connection.execute("PRAGMA pragma_list")]
    values = ("0", "1", "2", "100", "OFF", "ON", "FULL", "EXCLUSIVE", "MEMORY")
    return sorted(f"{name} = {value}" for name in names for value in values)


# They change the file or the process, for everybody, and not only the session.
OF_ALL = {
    "hard_heap_limit",
    "soft_heap_limit",
    "temp_store_directory",
    "application_id",
    "user_version",
    "schema_version",
    "journal_mode",
    "locking_mode",
    "auto_vacuum",
    "encoding",
    "page_size",
    "writable_schema",
}
# They say that nothing can be written.
REFUSING = {"query_only", "max_page_count"}
SETTINGS = [each for each in settings() if each.split()[0] not in OF_ALL]


def host(path: Path, pragma: str, isolation_level: str | None) -> sqlite3.Connection:
    """Return a connection of a host that has set one pragma, and all else that it can set."""
    connection = sqlite3.connect(
        path,
        isolation_level=isolation_level,  # type: ignore[arg-type]
        detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
    )
    with suppress(sqlite3.OperationalError):  # it takes no such value
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.row_factory = sqlite3.Row

    def backwards(text: bytes) -> bytes:
        return text[::-1]

    connection.text_factory = backwards
    return connection


def test_whatever_pragma_a_session_has_set_what_it_records_is_sound(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    refused: set[str] = set()
    with Ledger.open(path, name=NAME, clock=Clock(), durability="fast") as ledger:
        for number, pragma in enumerate(SETTINGS):
            party = events.PartyRegistered(party=f"p{number}", name="Hà Nội", kind="other")
            before = ledger.view().position
            with closing(host(path, pragma, ("IMMEDIATE", None)[number % 2])) as connection:
                try:
                    if connection.isolation_level is None:
                        connection.execute("BEGIN IMMEDIATE")
                    with ledger.transaction(connection=connection) as transaction:
                        transaction.record(party)
                    connection.commit()
                except (StoreError, sqlite3.OperationalError):
                    refused.add(pragma.split()[0])
                    assert ledger.view().position == before
                else:
                    assert ledger.view().position == before + 1, pragma
        assert ledger.verify().fault is None
        ledger.export_jsonl(tmp_path / "export.jsonl")
        position = ledger.view().position

    assert refused <= REFUSING
    assert position > len(SETTINGS) / 2
    copy = Ledger.in_memory(name=NAME)
    copy.restore_jsonl(tmp_path / "export.jsonl")
    assert copy.verify() == Verification(position, None)
