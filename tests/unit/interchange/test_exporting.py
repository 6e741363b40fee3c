"""A ledger is exported whole, or the file stays as it was."""

import os
import stat
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import attrs
import pytest

from coopledger import Ledger, events
from coopledger._interchange.lines import LONGEST_EXPORTED
from coopledger._log.vocabulary import TAGS
from coopledger.errors import ArgumentError, DamagedLogError, StoreError
from coopledger.stores import Draft, Head, MemoryStore, Row, digest
from tests.builders import NAME, Clock, office
from tests.unit.interchange.lines import Progress, progress_listener

NOTE = events.NoteAdded(id="n1", subject="vn", text="Hà Nội\u2028", when="2022")


class Cracked(MemoryStore):
    """Store in which the third row is changed behind its back, once it is said to be."""

    is_changed = False

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        for row in super().read(ledger, after=after, up_to=up_to):
            is_bad = self.is_changed and row.position == 3
            yield attrs.evolve(row, payload=b"{}") if is_bad else row


class Shortened(MemoryStore):
    """Store that has lost its last row."""

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        return super().read(ledger, after=after, up_to=(up_to or 0) - 1)


class Full:
    """Disk without room."""

    def write(self, data: bytes, /) -> int:
        raise OSError(28, "No space left on device", len(data))


def exported(ledger: Ledger, *, plain: bool = False) -> list[bytes]:
    stream = BytesIO()
    ledger.export_jsonl(stream, plain=plain)
    return stream.getvalue().split(b"\n")


def with_payload(payload: bytes) -> Ledger:
    """Return a ledger with an event of this payload, put into its store by hand."""
    store = MemoryStore()
    content = digest(NAME, event_id="e1", type="note-added", v=1, effective=None, payload=payload)
    draft = Draft(
        event_id="e1", type="note-added", v=1, effective=None, payload=payload, digest=content
    )
    store.append(NAME, [draft], seen=0, clock_us=0, revise=lambda _: None)
    return Ledger(store, name=NAME)


def test_every_event_is_one_line_with_sorted_keys() -> None:
    ledger = office(NOTE)
    *lines, end = exported(ledger)
    *_, last = ledger.events()

    assert (len(lines), end) == (ledger.position, b"")
    assert lines[-1].decode() == (
        f'{{"chain":"{last.chain.hex()}","digest":"{last.digest.hex()}","id":"n1",'
        '"ledger":"office","position":9,"recorded_at":"2030-01-01T12:00:00.000008Z",'
        '"subject":["vn"],"text":"Hà Nội\u2028","type":"note-added","v":2,"when":"2022"}'
    )


def test_a_plain_line_says_nothing_of_the_recording() -> None:
    assert exported(office(NOTE), plain=True)[-2].decode() == (
        '{"id":"n1","subject":["vn"],"text":"Hà Nội\u2028","type":"note-added","v":2,"when":"2022"}'
    )


def test_an_empty_ledger_is_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"

    assert Ledger.in_memory().export_jsonl(path) == 0
    assert path.read_bytes() == b""


def test_the_number_of_events_is_given_and_told_on_the_way() -> None:
    ledger = Ledger.in_memory(clock=Clock())
    ledger.record(
        events.PartyRegistered(party="vn", name="Viet Nam", kind="state"),
        *[events.NoteAdded(subject="vn", text="again") for _ in range(2100)],
    )
    progress: Progress = []

    assert ledger.export_jsonl(BytesIO(), progress=progress_listener(progress)) == 2101
    assert progress == [(1000, 2101), (2000, 2101), (2101, 2101)]


def test_no_field_of_an_event_is_named_as_a_column_is() -> None:
    columns = {"ledger", "position", "recorded_at", "digest", "chain", "type", "v"}

    assert [cls for _, cls in TAGS.values() if columns & attrs.fields_dict(cls).keys()] == []


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"x" * 100_000)

    office().export_jsonl(str(path))

    assert path.read_bytes().split(b"\n") == exported(office())
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_goes_on_leading_to_the_file(tmp_path: Path) -> None:
    path, link = tmp_path / "log.jsonl", tmp_path / "link"
    path.write_bytes(b"")
    link.symlink_to(path)

    office().export_jsonl(link)

    assert link.is_symlink()
    assert len(path.read_bytes()) > 0


def test_others_may_read_a_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    office().export_jsonl(tmp_path / "log.jsonl")

    assert (tmp_path / "log.jsonl").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_export_is_no_more_open_than_the_file_that_it_replaces(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").touch(mode=0o600)

    office().export_jsonl(tmp_path / "out.jsonl")

    assert stat.S_IMODE((tmp_path / "out.jsonl").stat().st_mode) == 0o600


def spellings(path: Path) -> dict[str, Path]:
    """Return other ways to name a file."""
    folder = path.parent
    (folder / "link").symlink_to(path)
    (folder / "hard").hardlink_to(path)
    (folder / "folder").mkdir()
    ways = {
        "as it is": path,
        "-wal": path.with_name(f"{path.name}-wal"),
        "-shm": path.with_name(f"{path.name}-shm"),
        "-journal, which is not there yet": path.with_name(f"{path.name}-journal"),
        "a link": folder / "link",
        "a hard link": folder / "hard",
        "around a corner": folder / "folder" / ".." / path.name,
        "from here": Path(os.path.relpath(path)),
    }
    assert [name for name, way in ways.items() if not way.exists()] == [
        "-journal, which is not there yet"
    ]
    return ways


def test_a_ledger_never_writes_over_the_files_that_hold_it(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "log.db") as ledger:
        ledger.record(events.PartyRegistered(party="vn", name="Viet Nam", kind="state"))
        ways = spellings(tmp_path / "log.db")
        for path in ways.values():
            with pytest.raises(ArgumentError, match=r"is where this ledger is kept: name another"):
                ledger.export_jsonl(path)
            with pytest.raises(ArgumentError, match=r"rejects=.* is where this ledger is kept"):
                ledger.import_jsonl(BytesIO(), rejects=path)

        assert ledger.export_jsonl(tmp_path / "log.db.jsonl") == 1
    with Ledger.open(tmp_path / "log.db") as again:
        assert again.verify().fault is None
        assert again.position == 1


def test_no_other_ledger_is_written_over_either(tmp_path: Path) -> None:
    other, empty = tmp_path / "other.db", tmp_path / "empty.jsonl"
    with Ledger.open(other) as ledger:
        ledger.record(events.PartyRegistered(party="vn", name="Viet Nam", kind="state"))
    before = other.read_bytes()
    empty.touch()
    (tmp_path / "other.jsonl").symlink_to(other)

    with Ledger.in_memory() as ledger:
        for target in (other, tmp_path / "other.jsonl"):
            with pytest.raises(ArgumentError, match="holds a ledger or another database: name"):
                ledger.export_jsonl(target)
        ledger.export_jsonl(empty)
    assert other.read_bytes() == before


def test_the_home_folder_may_be_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    office().export_jsonl("~/log.jsonl")

    assert (tmp_path / "log.jsonl").exists()


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def test_after_an_interruption_the_file_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"kept")

    with pytest.raises(KeyboardInterrupt):
        office().export_jsonl(path, progress=interrupt)

    assert path.read_bytes() == b"kept"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("store", "words"),
    [
        (Cracked(), "position 3: the content does not match its digest"),
        (Shortened(), "position 8: missing: the head is at position 8"),
    ],
)
def test_a_damaged_log_is_not_exported(tmp_path: Path, store: MemoryStore, words: str) -> None:
    ledger = office(store=store)
    if isinstance(store, Cracked):
        store.is_changed = True

    with pytest.raises(DamagedLogError, match=words):
        ledger.export_jsonl(tmp_path / "log.jsonl")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        (b'{"text":"a","subject":"vn"}', "not in its canonical form"),
        (b'{"subject":"vn","text":1E2}', "not in its canonical form"),
        (b'{"subject":"vn","type":"a"}', "not in its canonical form"),
        (b'{"subject":"vn","text":NaN}', "not in its canonical form"),
        (b'{"subject":"vn","text":"\\ud800"}', "not in its canonical form"),
        (b"[" * 100_000, "no JSON object"),
        (b"[]", "no JSON object"),
        (b"\xff", "no JSON object"),
    ],
    ids=lambda value: repr(value[:30]),
)
def test_what_a_line_would_not_give_back_is_not_exported(payload: bytes, words: str) -> None:
    with pytest.raises(DamagedLogError, match=f"position 1: its payload is {words}"):
        with_payload(payload).export_jsonl(BytesIO())


def test_an_event_whose_line_nobody_would_read_again_is_not_exported() -> None:
    ledger = with_payload(b'{"subject":["vn"],"text":"%s"}' % (b"x" * LONGEST_EXPORTED))

    with pytest.raises(StoreError, match="'office', position 1: its line is longer than"):
        ledger.export_jsonl(BytesIO())


def test_a_full_disk_is_told() -> None:
    with pytest.raises(StoreError, match="<stream>: No space left on device"):
        office().export_jsonl(Full())


def test_there_is_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file or directory: check the path"):
        office().export_jsonl(tmp_path / "none" / "log.jsonl")


@pytest.mark.parametrize("path", [os.devnull, "."])
def test_neither_a_folder_nor_a_device_is_replaced(path: str) -> None:
    with pytest.raises(StoreError, match="is no plain file"):
        office().export_jsonl(path)


def test_plain_is_true_or_false() -> None:
    with pytest.raises(ArgumentError, match="plain='yes' is neither True nor False"):
        office().export_jsonl(BytesIO(), plain="yes")  # type: ignore[arg-type]  # on purpose


def test_the_head_is_that_of_the_moment_at_which_exporting_began() -> None:
    ledger = office()

    def record_more(done: int, _: int | None) -> None:
        if done:
            ledger.record(NOTE)

    assert ledger.export_jsonl(BytesIO(), progress=record_more) == 8
    assert ledger.position == 9


def test_a_head_without_rows_is_no_export() -> None:
    class Empty(MemoryStore):
        def head(self, ledger: str) -> Head:
            return attrs.evolve(super().head(ledger), position=1, recorded_us=0)

    with pytest.raises(DamagedLogError, match="position 1: missing"):
        Ledger(Empty(), name=NAME).export_jsonl(BytesIO())


@pytest.mark.parametrize("path", ["a\0b", "\ud800", "", "~nobody-known/out.jsonl"])
def test_what_can_be_no_path_is_refused(path: str) -> None:
    ledger = office()
    for call in (ledger.export_jsonl, ledger.restore_jsonl, ledger.import_jsonl):
        with pytest.raises(ArgumentError, match=r"^file="):
            call(path)
    with pytest.raises(ArgumentError, match=r"^rejects="):
        ledger.import_jsonl(BytesIO(), rejects=path)


def test_a_name_that_is_no_utf_8_is_a_path_as_well(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"H\xe0.jsonl")

    assert office().export_jsonl(path) == Ledger.in_memory(name=NAME).restore_jsonl(path)
