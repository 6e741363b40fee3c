"""A backup is the whole file as of one moment, sound and in its place, or it is not there."""

import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from coopledger import Ledger, Ledgers, Verification, events
from coopledger._interchange import files
from coopledger.errors import ArgumentError, DamagedLogError, StoreError
from coopledger.stores.sqlite import SqliteStore, backup
from tests.builders import NAME, WORLD, Clock, office
from tests.contracts.drafts import append, draft
from tests.contracts.tampered_stores import TAMPERED_STORES
from tests.servers import new_schema
from tests.unit.interchange.lines import Progress, progress_listener
from tests.unit.stores.interrupts import is_interrupted

ROOT = Path(__file__).parents[3]
LARGE = "large"  # a ledger that takes a backup several steps
STEP_BYTES = 256 * 4096


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with office(store=SqliteStore(tmp_path / "office.db", durability="fast")) as ledger:
        yield ledger


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Ledger]:
    with SqliteStore(tmp_path / "office.db", durability="fast") as store:
        notes = [draft(LARGE, f"e{number}", payload=b"x" * 30_000) for number in range(100)]
        append(store, LARGE, notes)
        yield office(store=store)


def note(number: int) -> events.NoteAdded:
    return events.NoteAdded(subject="vn", text=f"note {number}", when="2022")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_backup_is_the_same_log(ledger: Ledger, tmp_path: Path) -> None:
    reached = ledger.backup(tmp_path / "backup.db")

    assert reached == ledger.checkpoint()
    with Ledger.open(tmp_path / "backup.db", name=NAME, clock=Clock()) as copy:
        assert list(copy.events()) == list(ledger.events())
        assert copy.verify(since=str(reached)) == Verification(8, None)
        assert copy.record(note(1)).events[0].position == 9


def test_every_ledger_of_the_file_goes_with_it(ledger: Ledger, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "office.db", name="another") as another:
        another.record(events.PartyRegistered(party="vn", name="Viet Nam", kind="state"))

    ledger.backup(tmp_path / "backup.db")

    with SqliteStore(tmp_path / "backup.db") as copy:
        assert copy.ledgers() == ("another", NAME)


def test_all_ledgers_are_backed_up_at_once_with_a_checkpoint_of_each(tmp_path: Path) -> None:
    with Ledgers.open(tmp_path / "office.db", clock=Clock()) as ledgers:
        for name in ("b", "é", "a", "empty"):
            ledgers.named(name).record(*WORLD[: 8 * (name != "empty")])

        reached = ledgers.backup(tmp_path / "backup.db")

        assert reached == tuple(ledgers[name].checkpoint() for name in ("a", "b", "é"))


def test_an_empty_ledger_is_backed_up_too(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "office.db", name=NAME) as empty:
        assert empty.backup(tmp_path / "backup.db") == empty.checkpoint()


def test_nothing_else_is_left_beside_it(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()

    ledger.backup(tmp_path / "kept" / "backup.db")

    assert names(tmp_path / "kept") == {"backup.db"}


def test_a_backup_is_of_one_moment_and_writers_go_on(large: Ledger, tmp_path: Path) -> None:
    """Another program and this one both record between every two steps."""
    progress: Progress = []
    with Ledger.open(tmp_path / "office.db", name=NAME, durability="fast") as other:

        def record_more(done: int, total: int | None) -> None:
            progress.append((done, total))
            large.record(note(done))
            other.record(note(done))

        reached = large.backup(tmp_path / "backup.db", progress=record_more)

    assert len(progress) > 2
    assert large.position == 8 + 2 * len(progress)
    assert reached.position == 8
    with Ledger.open(tmp_path / "backup.db", name=NAME) as copy:
        assert copy.verify() == Verification(8, None)


def test_progress_is_told_in_bytes(large: Ledger, tmp_path: Path) -> None:
    progress: Progress = []

    large.backup(tmp_path / "backup.db", progress=progress_listener(progress))

    size = (tmp_path / "backup.db").stat().st_size
    assert progress[0] == (STEP_BYTES, size)
    assert progress[-1] == (size, size)


def test_an_older_backup_is_replaced(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "backup.db")
    ledger.record(note(1))

    ledger.backup(tmp_path / "backup.db")

    with Ledger.open(tmp_path / "backup.db", name=NAME) as copy:
        assert copy.position == 9


def test_an_older_backup_stays_if_the_new_one_fails(large: Ledger, tmp_path: Path) -> None:
    large.backup(tmp_path / "backup.db")
    before = (tmp_path / "backup.db").read_bytes()

    def break_off(_: int, __: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        large.backup(tmp_path / "backup.db", progress=break_off)

    assert (tmp_path / "backup.db").read_bytes() == before
    assert not [name for name in names(tmp_path) if "part" in name]
    assert large.record(note(1)).events[0].position == 9


def test_after_an_interrupt_at_any_step_the_next_backup_is_made(
    ledger: Ledger, tmp_path: Path
) -> None:
    target, step = tmp_path / "backup.db", 1
    while is_interrupted(lambda: ledger.backup(target), step, within=[files, backup]):
        step += 3  # in a few steps of three backups each is met
        assert ledger.backup(target) == ledger.checkpoint()
        assert not [name for name in names(tmp_path) if "part" in name]

    assert step > 30
    assert ledger.record(note(1)).events[0].position == 9


@pytest.mark.parametrize("call", ["backup", "export_jsonl"])
def test_a_name_that_is_too_long_for_the_disk_is_told(
    ledger: Ledger, tmp_path: Path, call: str
) -> None:
    with pytest.raises(StoreError, match="name too long"):
        getattr(ledger, call)(tmp_path / ("n" * 300))


def test_a_damaged_log_is_no_backup(tmp_path: Path) -> None:
    attacked = TAMPERED_STORES["sqlite"](tmp_path)
    with closing(attacked.store) as store:
        damaged = office(store=store)
        attacked.lay(NAME, [*store.read(NAME)][:4] + [*store.read(NAME)][5:])

        with pytest.raises(DamagedLogError, match="at position 5: missing"):
            damaged.backup(tmp_path / "backup.db")

    assert names(tmp_path) == {"log.db"}


def test_a_damaged_neighbour_is_no_backup_either(tmp_path: Path) -> None:
    attacked = TAMPERED_STORES["sqlite"](tmp_path)
    with closing(attacked.store) as store:
        sound = office(store=store)
        append(store, "neighbour", [draft("neighbour", f"e{number}") for number in range(3)])
        attacked.lay("neighbour", [*store.read("neighbour")][1:])

        with pytest.raises(DamagedLogError, match="'neighbour' is damaged at position 1"):
            sound.backup(tmp_path / "backup.db")


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
def test_a_ledger_is_not_backed_up_over_its_own_files(
    ledger: Ledger, tmp_path: Path, ending: str
) -> None:
    with pytest.raises(ArgumentError, match=r"path='.*' is where this ledger is kept: name ano"):
        ledger.backup(tmp_path / f"office.db{ending}")


def test_a_file_that_a_program_has_open_is_not_replaced(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "backup.db")
    with (
        Ledger.open(tmp_path / "backup.db", name=NAME),
        pytest.raises(StoreError, match=r"a program has it open, as .*-wal shows: close it"),
    ):
        ledger.backup(tmp_path / "backup.db")


def test_a_file_that_a_program_opens_meanwhile_is_not_replaced(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.backup(tmp_path / "backup.db")
    with ExitStack() as stack:

        def open_it(_: int, __: int | None) -> None:
            stack.enter_context(Ledger.open(tmp_path / "backup.db", name=NAME)).record(note(1))

        with pytest.raises(StoreError, match="a program has it open"):
            ledger.backup(tmp_path / "backup.db", progress=open_it)

    with Ledger.open(tmp_path / "backup.db", name=NAME) as copy:
        assert copy.position == 9


RECORD_AND_DIE = """
import os, signal, sys
from coopledger import Ledger, events

ledger = Ledger.open(sys.argv[1], name=sys.argv[2])
ledger.record(events.NoteAdded(subject="vn", text="last", when="2022"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_file_whose_last_user_was_killed_is_replaced(ledger: Ledger, tmp_path: Path) -> None:
    backup = tmp_path / "kept" / "backup.db"
    backup.parent.mkdir()
    ledger.backup(backup)
    command = [sys.executable, "-c", RECORD_AND_DIE, str(backup), NAME]
    subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603
    assert "backup.db-wal" in names(backup.parent)

    assert ledger.backup(backup).position == 8

    assert names(backup.parent) == {"backup.db"}


STRANGERS = {
    "a text": (b"my thesis", "not an SQLite file"),
    "nothing but zeros": (bytes(200), "not an SQLite file"),
    "zeros, then something": (bytes(100) + b"mine", "not an SQLite file"),
}


@pytest.mark.parametrize("kind", STRANGERS)
def test_a_stranger_s_file_is_not_replaced(ledger: Ledger, tmp_path: Path, kind: str) -> None:
    content, words = STRANGERS[kind]
    (tmp_path / "precious").write_bytes(content)

    with pytest.raises(StoreError, match=f"{words}; it was not touched"):
        ledger.backup(tmp_path / "precious")

    assert (tmp_path / "precious").read_bytes() == content


def test_a_stranger_s_database_is_not_replaced(ledger: Ledger, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE mine (thesis)")

    with pytest.raises(StoreError, match="no coopledger log; it was not touched"):
        ledger.backup(tmp_path / "other.db")


def test_an_empty_file_is_replaced(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "backup.db").touch()

    assert ledger.backup(tmp_path / "backup.db").position == 8


def test_a_folder_is_not_replaced(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is no plain file"):
        ledger.backup(tmp_path)


def test_there_is_no_such_folder(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory: check the path"):
        ledger.backup(tmp_path / "none" / "backup.db")


PATHS: dict[str, tuple[object, str]] = {
    "nothing": (None, "path=None is no path of a file"),
    "a number": (7, "path=7 is no path of a file"),
    "an empty text": ("", "path='' is no text: say something"),
    "bytes": (b"backup.db", "path=b'backup.db' is no text"),
    "a NUL": ("a\0b", "path='a\\x00b' is no path of a file: no name holds a NUL character"),
    "half a surrogate pair": ("\ud800", "path='\\ud800' holds half a surrogate pair"),
    "an address": ("postgresql://u:pw@h/db", "path='postgresql://...' is no path of a file: give"),
    "a home of nobody": ("~nobody-known/b.db", "path='~nobody-known/b.db' begins with the home"),
}


@pytest.mark.parametrize("kind", PATHS)
def test_what_can_be_no_path_is_refused(ledger: Ledger, kind: str) -> None:
    path, words = PATHS[kind]
    with pytest.raises(ArgumentError) as caught:
        ledger.backup(path)  # type: ignore[arg-type]  # on purpose

    assert str(caught.value).startswith(words)


def test_a_circle_of_links_is_told(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")

    for write in (ledger.backup, ledger.export_jsonl):
        with pytest.raises(StoreError, match="Too many levels of symbolic links: check the path"):
            write(tmp_path / "circle")

    assert (tmp_path / "circle").is_symlink()


def test_progress_is_something_to_call(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="progress='yes' cannot be called"):
        ledger.backup(tmp_path / "backup.db", progress="yes")  # type: ignore[arg-type]  # on purpose


def test_what_lies_in_memory_has_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no file to back up: use export_jsonl, or copy_to"):
        office().backup(tmp_path / "backup.db")

    assert names(tmp_path) == set()


def test_a_database_is_backed_up_by_a_program_of_its_own(tmp_path: Path) -> None:
    with (
        new_schema().open() as store,
        pytest.raises(StoreError, match="is backed up with pg_dump; or copy_to a ledger in a file"),
    ):
        Ledger(store).backup(tmp_path / "backup.db")

    assert names(tmp_path) == set()


def test_whoever_may_not_read_the_log_may_not_read_its_backup(
    ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "office.db").chmod(0o640)

    ledger.backup(tmp_path / "backup.db")

    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o640


def test_a_backup_is_no_more_open_than_the_file_that_it_replaces(
    ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "office.db").chmod(0o644)
    (tmp_path / "backup.db").touch(mode=0o600)

    ledger.backup(tmp_path / "backup.db")

    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o600


def test_a_read_only_log_has_a_backup_that_can_be_written(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "office.db").chmod(0o444)

    ledger.backup(tmp_path / "backup.db")

    assert stat.S_IMODE((tmp_path / "backup.db").stat().st_mode) == 0o644


def test_a_link_goes_on_leading_to_the_file(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "latest.db").symlink_to(tmp_path / "backup.db")

    ledger.backup(tmp_path / "latest.db")

    assert (tmp_path / "latest.db").is_symlink()
    assert (tmp_path / "backup.db").is_file()


def test_the_home_folder_is_known(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    ledger.backup("~/backup.db")

    assert (tmp_path / "backup.db").is_file()


KILLED = """
import os, signal, sys
from coopledger import Ledger

def die(done, total):
    os.kill(os.getpid(), signal.SIGKILL)

with Ledger.open(sys.argv[1], name=sys.argv[2]) as ledger:
    ledger.backup(sys.argv[3], progress=die)
"""


def test_a_process_that_is_killed_leaves_no_half_file_under_the_name(
    large: Ledger, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    command = [sys.executable, "-c", KILLED, str(tmp_path / "office.db"), NAME]
    backup = folder / "backup.db"

    ended = subprocess.run([*command, str(backup)], cwd=ROOT, check=False)  # noqa: S603

    assert ended.returncode == -signal.SIGKILL
    assert not backup.exists()
    assert large.record(note(1)).events[0].position == 9
    assert large.backup(backup).position == 9
    left = names(folder) - {"backup.db"}
    assert left
    assert all(name.startswith(".backup.db.") and ".part" in name for name in left)


def test_a_backup_is_not_what_copying_the_file_gives(ledger: Ledger, tmp_path: Path) -> None:
    """Why there is a call for it: what was recorded last is next to the file."""
    shutil.copy(tmp_path / "office.db", tmp_path / "copied.db")
    ledger.backup(tmp_path / "backup.db")

    def events_in(name: str) -> int:
        with closing(sqlite3.connect(tmp_path / name)) as copy:
            (count,) = copy.execute("SELECT count(*) FROM event").fetchone()
            return int(count)

    assert (events_in("copied.db"), events_in("backup.db")) == (0, 8)
