"""Full disks cost nothing that was acknowledged, and the error names them."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from coopledger import Ledger, Verification, events
from coopledger.errors import StoreError
from coopledger.stores.sqlite import SqliteStore
from tests.builders import NAME, Clock, office
from tests.unit.stores.disks import BYTES, FULL, Limit, small_files

REMEDY = r"the disk is full: make room|the disk failed: check it, and what room it has"
FILE_REMEDY = r"(No space left on device|File too large): check the path and the disk"
TEXT_BYTES = 40_000
MANY = 2 * BYTES // TEXT_BYTES  # more than the disk takes


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Return the folder that has little room."""
    (tmp_path / "disk").mkdir()
    return tmp_path / "disk"


@pytest.fixture(params=FULL)
def limited(request: pytest.FixtureRequest) -> Limit:
    """Limit the room in a folder for a while; the value makes room again."""
    return FULL[request.param]


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Ledger]:
    """Yield a ledger in a file on a disk with room, larger than the small disk."""
    with office(store=SqliteStore(tmp_path / "large.db", durability="fast")) as ledger:
        ledger.record(*map(note, range(MANY)))
    with opened(tmp_path / "large.db") as ledger:
        yield ledger


def note(number: int) -> events.NoteAdded:
    return events.NoteAdded(id=f"n{number}", subject="vn", text="x" * TEXT_BYTES, when="2022")


def opened(path: Path, name: str = NAME) -> Ledger:
    return Ledger(SqliteStore(path), name=name, clock=Clock())


def record_until_full(ledger: Ledger, *, at_once: int = 1) -> list[str]:
    """Record until the disk is full; return the ids of the events that were acknowledged."""
    acknowledged: list[str] = []
    for first in count(0, at_once):
        notes = map(note, range(first, first + at_once))
        try:
            acknowledged += [each.id for each in ledger.record(*notes).events]
        except StoreError as error:
            with pytest.raises(StoreError, match=REMEDY):
                raise error from None
            return acknowledged
    raise AssertionError


def recorded(ledger: Ledger) -> list[str]:
    return [each.id for each in ledger.events() if each.id.startswith("n")]


@pytest.mark.parametrize("at_once", [1, 3])
def test_recording_loses_nothing_and_goes_on_when_there_is_room(
    disk: Path, limited: Limit, at_once: int
) -> None:
    with limited(disk) as make_room, office(store=SqliteStore(disk / "log.db")) as ledger:
        acknowledged = record_until_full(ledger, at_once=at_once)

        assert acknowledged
        assert recorded(ledger) == acknowledged
        assert ledger.verify() == Verification(8 + len(acknowledged), None)
        with opened(disk / "log.db") as other:
            assert recorded(other) == acknowledged

        make_room()
        (again,) = ledger.record(note(len(acknowledged))).events
        with opened(disk / "log.db") as other:
            assert recorded(other) == [*acknowledged, again.id]
            assert other.verify() == Verification(9 + len(acknowledged), None)


def test_what_did_not_fit_leaves_room_for_what_does(disk: Path, limited: Limit) -> None:
    with limited(disk), office(store=SqliteStore(disk / "log.db")) as ledger:
        with pytest.raises(StoreError, match=REMEDY):
            ledger.record(*map(note, range(MANY)))

        assert ledger.record(note(0)).events[0].position == 9
        assert ledger.verify() == Verification(9, None)


def test_a_program_that_ends_on_a_full_disk_finds_everything_later(
    disk: Path, limited: Limit
) -> None:
    """Find the events that could not be moved from the WAL into the file."""
    with limited(disk) as make_room:
        with office(store=SqliteStore(disk / "log.db")) as ledger:
            acknowledged = record_until_full(ledger)

        for _ in range(2):
            with opened(disk / "log.db") as ledger:
                assert recorded(ledger) == acknowledged
                assert ledger.verify() == Verification(8 + len(acknowledged), None)
            make_room()
        with opened(disk / "log.db") as ledger:
            assert ledger.record(note(MANY)).events[0].position == 9 + len(acknowledged)


def test_a_copy_that_does_not_fit_is_not_begun(disk: Path, limited: Limit, large: Ledger) -> None:
    with limited(disk) as make_room, opened(disk / "log.db") as target:
        with pytest.raises(StoreError, match=REMEDY):
            large.copy_to(target)
        assert target.position == 0

        make_room()
        assert large.copy_to(target) == large.checkpoint()
        assert target.checkpoint() == large.checkpoint()


def test_an_export_that_does_not_fit_is_not_restored_in_part(
    disk: Path, limited: Limit, large: Ledger, tmp_path: Path
) -> None:
    large.export_jsonl(tmp_path / "log.jsonl")

    with limited(disk) as make_room, opened(disk / "log.db") as target:
        with pytest.raises(StoreError, match=REMEDY):
            target.restore_jsonl(tmp_path / "log.jsonl")
        assert target.position == 0

        make_room()
        target.restore_jsonl(tmp_path / "log.jsonl")
        assert target.checkpoint() == large.checkpoint()


WRITERS: dict[str, tuple[Callable[[Ledger, Path], object], str]] = {
    "backup": (lambda ledger, path: ledger.backup(path), REMEDY),
    "export": (lambda ledger, path: ledger.export_jsonl(path), FILE_REMEDY),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_what_lay_on_the_full_disk_stays_until_all_of_the_new_one_fits(
    disk: Path, limited: Limit, large: Ledger, writer: str
) -> None:
    write, remedy = WRITERS[writer]
    with limited(disk) as make_room:
        with Ledger.open(disk.parent / "small.db") as small:
            write(small, disk / "kept")
        yesterday = (disk / "kept").read_bytes()

        with pytest.raises(StoreError, match=remedy):
            write(large, disk / "kept")
        assert (disk / "kept").read_bytes() == yesterday
        assert [path.name for path in disk.iterdir()] == ["kept"]

        make_room()
        write(large, disk / "kept")
        assert (disk / "kept").stat().st_size > MANY * TEXT_BYTES
    assert large.verify() == Verification(large.position, None)


@pytest.mark.parametrize("writer", WRITERS)
def test_a_disk_that_fills_with_the_last_bytes_is_told_too(tmp_path: Path, writer: str) -> None:
    write, remedy = WRITERS[writer]
    with office(store=SqliteStore(tmp_path / "log.db")) as ledger:
        write(ledger, tmp_path / "whole")
        size = (tmp_path / "whole").stat().st_size

        with (
            small_files(tmp_path, largest=size - 1),
            pytest.raises(StoreError, match=remedy),
        ):
            write(ledger, tmp_path / "cut")

    assert {path.name for path in tmp_path.iterdir()} == {"log.db", "whole"}
