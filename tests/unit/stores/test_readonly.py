"""Ledgers that are open read only: every question is answered, and nothing is written or made."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from coopledger import Ledger, Ledgers, Verification, aio, events
from coopledger.errors import CallOrderError, StoreError
from coopledger.stores import MemoryStore
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.sqlite.file import LogFile
from tests.builders import NAME, WORLD, Clock, office
from tests.servers import Connection, Schema

DAY = "2031-01-01"
NOTE = events.NoteAdded(id="n1", subject="vn", text="a", when="2022")
WORLD_ENDS = len(WORLD)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return the file of a log that no program has open."""
    with office(store=SqliteStore(tmp_path / "log.db")):
        return tmp_path / "log.db"


def reader(log: Path) -> Ledger:
    return Ledger.open(log, name=NAME, clock=Clock(), readonly=True)


def answered(ledger: Ledger) -> int:
    """Ask everything that only reads; return how many events there are."""
    ledger.view(DAY).partnerships()
    ledger.check(DAY)
    assert ledger.verify() == Verification(ledger.position, None)
    assert ledger.checkpoint().position == ledger.position
    assert ledger.subscriptions() == ()
    assert ledger.export_jsonl(BytesIO()) == ledger.position
    copy = Ledger.in_memory(name=NAME)
    assert ledger.copy_to(copy).position == ledger.position
    new = events.NoteAdded(subject="vn", text="new")
    assert ledger.record(new, dry_run=True).events[0].position == ledger.position + 1
    line = b'{"type":"note-added","subject":"vn","text":"a"}'
    assert len(ledger.import_jsonl(BytesIO(line), dry_run=True).events) == 1
    return len(list(ledger.events()))


WRITING: dict[str, Callable[[Ledger], object]] = {
    "record": lambda ledger: ledger.record(NOTE),
    "import": lambda ledger: ledger.import_jsonl(BytesIO(b"")),
    "restore": lambda ledger: ledger.restore_jsonl(BytesIO(b"")),
    "transaction": lambda ledger: ledger.transaction(connection=None),
    "subscribe": lambda ledger: ledger.subscribe("reader"),
    "copy": lambda ledger: Ledger.in_memory(name=NAME).copy_to(ledger),
}


@pytest.mark.parametrize("call", WRITING.values(), ids=WRITING)
def test_every_call_that_writes_is_refused(call: Callable[[Ledger], object]) -> None:
    ledger = Ledger(MemoryStore(), name=NAME, readonly=True)

    with pytest.raises(CallOrderError) as caught:
        call(ledger)

    message = "ledger 'office' is open read only: open it without readonly to write"
    assert str(caught.value) == message


def test_all_is_answered_and_no_file_is_made_or_changed(log: Path) -> None:
    before = log.read_bytes(), log.stat().st_mtime_ns

    with reader(log) as ledger:
        assert answered(ledger) == WORLD_ENDS
        assert list(log.parent.iterdir()) == [log]

    assert (log.read_bytes(), log.stat().st_mtime_ns) == before
    assert list(log.parent.iterdir()) == [log]


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such file, and a read-only ledger makes"):
        reader(tmp_path / "log.db")

    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_stays_empty(tmp_path: Path) -> None:
    (tmp_path / "log.db").touch()

    with pytest.raises(StoreError, match="this file is empty, and no log is made in it"):
        reader(tmp_path / "log.db")

    assert (tmp_path / "log.db").stat().st_size == 0


def test_what_another_program_records_is_seen_at_once(log: Path) -> None:
    with reader(log) as ledger:
        assert ledger.position == WORLD_ENDS
        with Ledger.open(log, name=NAME, clock=Clock()) as writer:
            for number in range(1, 4):
                writer.record(events.NoteAdded(subject="vn", text=f"{number}"))
                assert ledger.view(DAY).position == WORLD_ENDS + number
            assert answered(ledger) == WORLD_ENDS + 3
        assert answered(ledger) == WORLD_ENDS + 3
    with reader(log) as again:
        assert answered(again) == WORLD_ENDS + 3


def test_a_reader_does_not_hold_up_a_writer(log: Path) -> None:
    with reader(log) as ledger, Ledger.open(log, name=NAME, clock=Clock()) as writer:
        rows = ledger.events()
        next(rows)
        writer.record(NOTE)

        assert len(list(rows)) == WORLD_ENDS - 1


def test_a_question_during_which_somebody_wrote_is_asked_again(log: Path) -> None:
    file = LogFile(address=log, durability="fast", lock_timeout_seconds=1, readonly=True)
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        if len(asked) < 3:
            with SqliteStore(log) as writer:
                Ledger(writer, name=NAME).record(
                    events.NoteAdded(subject="vn", text=f"{len(asked)}")
                )
        if len(asked) == 2:
            raise StoreError(str(log), "the file is damaged")
        return len(asked)

    assert file.unmoved(ask) == 3


def test_a_fault_of_a_file_that_nobody_changes_is_told(log: Path) -> None:
    file = LogFile(address=log, durability="fast", lock_timeout_seconds=1, readonly=True)

    def ask() -> None:
        raise StoreError(str(log), "the file is damaged")

    with pytest.raises(StoreError, match="damaged"):
        file.unmoved(ask)


def test_a_file_that_is_gone_is_told(log: Path) -> None:
    with reader(log) as ledger:
        log.unlink()

        with pytest.raises(StoreError, match="the file cannot be read"):
            ledger.view(DAY)


def test_events_that_a_program_left_beside_the_file_are_told_of(log: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut"
    cut.mkdir()
    with Ledger.open(log, name=NAME, clock=Clock()) as writer:
        writer.record(NOTE)
        for name in ("log.db", "log.db-wal"):
            (cut / name).write_bytes((tmp_path / name).read_bytes())

    with pytest.raises(StoreError, match=r"left log\.db-wal: open the log once to write"):
        reader(cut / "log.db")

    assert sorted(path.name for path in cut.iterdir()) == ["log.db", "log.db-wal"]


def test_a_store_that_is_read_only_writes_nothing(log: Path) -> None:
    with SqliteStore(log, readonly=True) as read_only:
        with pytest.raises(StoreError, match="the log is open read only: open it to write"):
            Ledger(read_only, name=NAME).record(NOTE)
        since = read_only.listed(NAME)
        assert not read_only.list_rows(NAME, iter(()), rules={}, since=since)


def test_an_older_log_is_read_as_it_is(log: Path) -> None:
    with closing(sqlite3.connect(log)) as older:
        older.execute("PRAGMA user_version = 1")

    with reader(log) as ledger:
        assert len(list(ledger.events())) == WORLD_ENDS

    with closing(sqlite3.connect(log)) as older:
        assert older.execute("PRAGMA user_version").fetchone() == (1,)


def test_ledgers_of_one_file_are_read_only_too(log: Path) -> None:
    with Ledgers.open(log, readonly=True) as ledgers:
        assert list(ledgers) == [NAME]
        assert answered(ledgers[NAME]) == WORLD_ENDS
        with pytest.raises(CallOrderError, match="ledger 'new' is open read only"):
            ledgers.named("new").record(NOTE)


def test_a_ledger_for_asyncio_is_read_only_too(log: Path) -> None:
    async def calls() -> None:
        async with aio.Ledger.open(log, name=NAME, clock=Clock(), readonly=True) as ledger:
            assert (await ledger.view(DAY)).position == WORLD_ENDS
            with pytest.raises(CallOrderError, match="is open read only"):
                await ledger.record(NOTE)
        async with aio.Ledgers.open(log, readonly=True) as ledgers:
            assert await ledgers.names() == (NAME,)

    asyncio.run(calls())


# --- PostgreSQL


def test_a_database_is_read_and_not_written(schema: Schema) -> None:
    with schema.open() as writer:
        office(store=writer)
        with schema.open(readonly=True) as store:
            ledger = Ledger(store, name=NAME, clock=Clock(), readonly=True)
            assert answered(ledger) == WORLD_ENDS
            Ledger(writer, name=NAME, clock=Clock()).record(NOTE)
            assert answered(ledger) == WORLD_ENDS + 1
            with pytest.raises(StoreError, match="the log is open read only: open it to write"):
                Ledger(store, name=NAME).record(events.NoteAdded(subject="vn", text="b"))
            assert not store.list_rows(NAME, iter(()), rules={}, since=store.listed(NAME))


def test_missing_tables_are_not_made(schema: Schema, sql: Connection) -> None:
    with pytest.raises(StoreError, match="no tables here, and a read-only ledger makes none"):
        schema.open(readonly=True)

    statement = "SELECT count(*) FROM pg_namespace WHERE nspname = %s"
    assert sql.execute(statement, (schema.name,)).fetchone() == (0,)
