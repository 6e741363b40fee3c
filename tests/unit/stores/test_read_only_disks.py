"""Logs that nobody can write are read all the same; to record is refused with the reason."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from coopledger import Ledger, Verification, events
from coopledger.errors import StoreError
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from tests.builders import NAME, WORLD, Clock, office
from tests.contracts.drafts import append, drafts
from tests.servers import Schema, new_schema
from tests.unit.stores.disks import READ_ONLY, as_nobody, open_folder

Seal = Callable[[Path], AbstractContextManager[None]]
NOTE = events.NoteAdded(id="n1", subject="vn", text="seen", when="2022")
READ_ONLY_REASON = "the file or its folder is read only: nothing can be recorded"


@pytest.fixture(params=READ_ONLY)
def sealed(request: pytest.FixtureRequest) -> Seal:
    """Make a folder read only for a while."""
    seal: Seal = READ_ONLY[request.param]
    return seal


@pytest.fixture
def folder() -> Iterator[Path]:
    """Yield a folder with a log of eight events, which nobody has open."""
    with open_folder() as folder:
        with office(store=SqliteStore(folder / "log.db")) as ledger:
            assert used(ledger) == 8
        yield folder


def opened(folder: Path) -> Ledger:
    return Ledger.open(folder / "log.db", name=NAME, clock=Clock())


def used(ledger: Ledger) -> int:
    """Return how many events all calls find that only read."""
    assert len(ledger.view(on="2031-01-01").partnerships()) == 2
    assert ledger.verify() == Verification(ledger.position, None)
    assert ledger.checkpoint().position == ledger.position
    assert ledger.check(on="2031-01-01") is not None
    return len(list(ledger.events()))


def refused(ledger: Ledger) -> str:
    """Return why nothing can be recorded; the ledger stays as it was."""
    position = ledger.position
    with pytest.raises(StoreError) as caught:
        ledger.record(events.NoteAdded(id="refused", subject="vn", text="x", when="2022"))
    assert ledger.position == position
    return caught.value.reason


def test_a_log_is_read_where_nothing_can_be_written(folder: Path, sealed: Seal) -> None:
    before = {path.name for path in folder.iterdir()}

    with sealed(folder), opened(folder) as ledger:
        assert used(ledger) == 8
        assert refused(ledger).startswith(READ_ONLY_REASON)
        assert used(ledger) == 8

    assert {path.name for path in folder.iterdir()} == before
    with opened(folder) as ledger:
        assert ledger.record(NOTE).events[0].position == 9


def test_a_log_that_becomes_read_only_is_read_on_and_recorded_in_again_later(
    folder: Path, sealed: Seal
) -> None:
    with opened(folder) as ledger:
        ledger.record(NOTE)
        with sealed(folder), opened(folder) as reader:
            assert used(reader) == 9
            assert refused(reader).startswith(READ_ONLY_REASON)
        assert ledger.record(*later(1)).events[0].position == 10
        assert ledger.verify() == Verification(10, None)


def later(number: int) -> list[events.Event]:
    return [events.NoteAdded(id=f"m{number}", subject="vn", text="later", when="2022")]


def test_one_who_may_only_read_follows_one_who_records(folder: Path) -> None:
    """Follow while the writer has the file open, while not, and in the moments between."""
    seal = READ_ONLY["no permission"]
    with seal(folder):
        reader = opened(folder)
        assert used(reader) == 8
    for number in (1, 2):
        with opened(folder) as writer:
            writer.record(*later(number))
            with seal(folder):
                assert used(reader) == 8 + number
        with seal(folder):
            assert used(reader) == 8 + number
    reader.close()


def test_once_the_folder_can_be_written_the_same_ledger_records(folder: Path) -> None:
    with READ_ONLY["no permission"](folder):
        ledger = opened(folder)
        assert refused(ledger).startswith(READ_ONLY_REASON)

    with ledger:
        assert ledger.record(NOTE).events[0].position == 9
        assert used(ledger) == 9


def test_events_that_cannot_be_read_there_are_never_left_out_silently(
    folder: Path, sealed: Seal
) -> None:
    """Read the files of a machine that broke down on a read-only disk."""
    with open_folder() as other:
        with opened(folder) as ledger:
            ledger.record(NOTE)
            for name in ("log.db", "log.db-wal"):
                shutil.copy(folder / name, other / name)
        with sealed(other), pytest.raises(StoreError) as caught:
            opened(other)
        with opened(other) as mended:
            assert used(mended) == 9

    assert caught.value.reason == (
        "the folder is read only, and log.db-wal holds events that were not yet moved "
        "into the file: copy both to a folder that can be written"
    )


def test_an_empty_wal_holds_nothing(folder: Path, sealed: Seal) -> None:
    (folder / "log.db-wal").touch()

    with sealed(folder), opened(folder) as ledger:
        assert used(ledger) == 8


def test_a_file_that_was_cut_off_in_the_making_is_not_read(folder: Path, sealed: Seal) -> None:
    (folder / "log.db-journal").write_bytes(b"not one that SQLite would roll back" * 20)

    with sealed(folder), pytest.raises(StoreError):
        opened(folder)


def test_no_log_is_made_there(sealed: Seal) -> None:
    with open_folder() as empty:
        with sealed(empty), pytest.raises(StoreError, match="the file cannot be opened: check"):
            opened(empty)
        (empty / "log.db").touch()
        with sealed(empty), pytest.raises(StoreError, match=READ_ONLY_REASON):
            opened(empty)

        assert (empty / "log.db").stat().st_size == 0


def test_a_file_may_be_read_only_in_a_folder_that_is_not(folder: Path) -> None:
    (folder / "log.db").chmod(0o444)
    folder.chmod(0o777)

    with as_nobody(), opened(folder) as ledger:
        assert used(ledger) == 8
        assert refused(ledger).startswith(READ_ONLY_REASON)
        assert used(ledger) == 8


def test_a_link_may_lead_to_a_log_that_nobody_can_write(folder: Path, sealed: Seal) -> None:
    with open_folder() as other:
        other.chmod(0o777)
        (other / "log.db").symlink_to(folder / "log.db")
        with sealed(folder), opened(other) as ledger:
            assert used(ledger) == 8
            assert refused(ledger).startswith(READ_ONLY_REASON)


def test_a_log_on_a_read_only_disk_is_backed_up_exported_and_copied(
    folder: Path, sealed: Seal
) -> None:
    with open_folder() as other:
        other.chmod(0o777)
        copy = Ledger.in_memory(name=NAME)
        with sealed(folder), opened(folder) as ledger:
            assert ledger.copy_to(copy).position == 8
            assert ledger.export_jsonl(other / "log.jsonl") == 8
            assert ledger.backup(other / "log.db").position == 8
        with opened(other) as backup:
            assert used(backup) == used(copy) == 8


def test_nothing_is_put_on_a_read_only_disk(folder: Path, sealed: Seal) -> None:
    with open_folder() as target, opened(folder) as ledger:
        with sealed(target):
            for write in (ledger.backup, ledger.export_jsonl):
                with pytest.raises(StoreError, match="check the path and the disk"):
                    write(target / "out")

        assert list(target.iterdir()) == []


def test_a_server_that_takes_no_writing_is_read_all_the_same() -> None:
    """Connect as to a standby, or with a role whose transactions only read."""
    schema = new_schema()
    with schema.open() as store:
        office(store=store)
    refusing = make_conninfo(schema.address, options="-c default_transaction_read_only=on")
    with Schema(refusing, schema.name).open() as store:
        ledger = Ledger(store, name=NAME, clock=Clock())
        assert used(ledger) == 8
        assert refused(ledger).startswith("the server takes no writing, as a standby does")
        with pytest.raises(StoreError, match="the server takes no writing"):
            append(store, "another", drafts("another", "e1"))
        assert used(ledger) == 8
        copy = Ledger.in_memory(name=NAME)
        assert ledger.copy_to(copy).position == 8
        with pytest.raises(StoreError, match="the server takes no writing"):
            Ledger.in_memory(name="new").copy_to(Ledger(store, name="new"))
    with closing(schema.open()) as store:
        assert verify_log(store, NAME) == Verification(len(WORLD), None)
