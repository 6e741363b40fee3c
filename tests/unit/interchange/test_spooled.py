"""A file of many lines is recorded as one of few, and its tried events are not held in memory."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from coopledger import ImportReceipt, Ledger, events
from coopledger._interchange import importing
from coopledger.errors import RefusedError, StoreBusyError, StoreError
from coopledger.stores import MemoryStore, Store
from coopledger.stores.sqlite.scratch import Scratch
from tests.builders import Clock
from tests.contracts.openers import OPENERS
from tests.unit.interchange.lines import FRANCE, START, VIET_NAM, file_of

NAME = "office"
PARTNERSHIP = "vnfr"


@pytest.fixture(autouse=True)
def two_lines_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold two lines in memory at most."""
    monkeypatch.setattr(importing, "_PAGE_LINES", 2)


@pytest.fixture(params=OPENERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    with closing(OPENERS[request.param](tmp_path)()) as opened:
        yield opened


def ledger_in(store: Store) -> Ledger:
    """Return the ledger in the store."""
    return Ledger(store, name=NAME, clock=Clock())


def note(number: int, subject: str = "vn") -> dict[str, object]:
    """Return the line of a note."""
    return {"type": "note-added", "id": f"n{number}", "subject": subject, "text": f"{number}"}


def notes(number: int) -> list[dict[str, object]]:
    """Return the lines of so many notes."""
    return [note(each) for each in range(number)]


def meanwhile(act: Callable[[], object]) -> Callable[[int, int | None], None]:
    """Return a listener to progress that acts once, the first time that it is told of any."""
    acts = [act]

    def listen(done: int, _: int | None) -> None:
        if done and acts:
            acts.pop()()

    return listen


def test_events_of_a_receipt_are_read_from_the_log(store: Store) -> None:
    ledger = ledger_in(store)
    receipt = ledger.import_jsonl(file_of(*START, *notes(6)))
    again = ledger.import_jsonl(file_of(*START, *notes(7)))

    recorded = tuple(ledger.events())
    assert receipt.events == recorded[:9]
    assert list(receipt.events) == list(recorded[:9])
    assert (receipt.events[0], receipt.events[-1]) == (recorded[0], recorded[8])
    assert receipt.events[2:5] == recorded[2:5]
    assert len(receipt.events) == 9
    assert hash(receipt.events) == hash(recorded[:9])
    assert receipt.events != recorded
    assert repr(receipt.events) == "<9 recorded events>"
    assert repr(receipt) == "ImportReceipt(9 events, positions 1-9, 0 warnings)"
    assert (again.already, again.replayed, again.events) == (9, False, recorded)
    assert ledger.verify().fault is None


def test_events_of_a_receipt_end_with_the_ledger(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "log.db", name=NAME) as ledger:
        receipt = ledger.import_jsonl(file_of(*START, *notes(6)))

    assert len(receipt.events) == 9
    with pytest.raises(StoreError):
        list(receipt.events)


def test_a_dry_run_shows_what_would_be_recorded(store: Store) -> None:
    ledger = ledger_in(store)
    ledger.import_jsonl(file_of(*START))
    tried = ledger.import_jsonl(file_of(*START, *notes(6)), dry_run=True)

    assert ledger.position == 3
    assert [each.position for each in tried.events] == list(range(1, 10))
    assert [bool(each.digest) for each in tried.events] == [True] * 3 + [False] * 6
    assert repr(tried) == (
        "ImportReceipt(9 events, expected positions 1-9, 0 warnings, 3 recorded before)"
    )
    stored = ledger.import_jsonl(file_of(*START, *notes(6)))
    assert [each.event for each in stored.events] == [each.event for each in tried.events]


def test_a_file_that_was_recorded_is_replayed(store: Store) -> None:
    ledger = ledger_in(store)
    first = ledger.import_jsonl(file_of(*START, *notes(6)))
    again = ledger.import_jsonl(file_of(*START, *notes(6)))

    assert (again.replayed, again.already, again.events) == (True, 9, first.events)
    assert ledger.position == 9


def test_an_id_made_of_a_line_is_refused_on_a_later_line(store: Store) -> None:
    plain = {name: value for name, value in note(1).items() if name != "id"}
    own_id = ledger_in(MemoryStore()).import_jsonl(file_of(VIET_NAM, plain)).events[1].id
    with pytest.raises(RefusedError, match=r"<stream>:6 .*id: is given twice"):
        ledger_in(store).import_jsonl(file_of(VIET_NAM, plain, *notes(3), plain | {"id": own_id}))


def test_warnings_on_events_that_were_retracted_tell_their_lines(store: Store) -> None:
    ledger = ledger_in(store)
    ledger.import_jsonl(file_of(*START, *notes(4)))
    ledger.record(events.EventRetracted(id="r", target="n1", reason="twice"))
    receipt = ledger.import_jsonl(file_of(*START, *notes(6)))

    assert [(each.code, each.line) for each in receipt.warnings] == [("W107", 5)]


def test_what_others_record_meanwhile_stays_where_nothing_rests_on_it(store: Store) -> None:
    mine, other = ledger_in(store), ledger_in(store)
    mine.import_jsonl(file_of(*START))
    cuba = events.PartyRegistered(id="cu", party="cu", name="Cuba", kind="state")
    receipt = mine.import_jsonl(file_of(*notes(5)), progress=meanwhile(lambda: other.record(cuba)))

    assert [each.position for each in receipt.events] == [5, 6, 7, 8, 9]
    assert [each.id for each in mine.events()][3:] == ["cu", "n0", "n1", "n2", "n3", "n4"]
    assert mine.verify().fault is None


def test_lines_are_tried_again_after_what_others_recorded(store: Store) -> None:
    mine, other = ledger_in(store), ledger_in(store)
    mine.import_jsonl(file_of(*START))
    theirs = events.NoteAdded(id="theirs", subject="vn", text="first")
    receipt = mine.import_jsonl(
        file_of(*notes(5)), progress=meanwhile(lambda: other.record(theirs))
    )

    assert receipt.events == tuple(mine.events())[4:]
    assert mine.verify().fault is None


def test_lines_are_refused_after_what_others_recorded(store: Store) -> None:
    mine, other = ledger_in(store), ledger_in(store)
    viet_nam = events.PartyRegistered(id="vn", party="vn", name="Viet Nam", kind="state")
    with pytest.raises(RefusedError) as caught:
        mine.import_jsonl(
            file_of(FRANCE, note(1, "fr"), note(2, "fr"), VIET_NAM, note(3)),
            progress=meanwhile(lambda: other.record(viet_nam)),
        )

    assert str(caught.value).startswith("E201 <stream>:4 PartyRegistered: party: 'vn' is already")
    assert mine.position == 1


def test_others_may_import_the_same_file_meanwhile(store: Store) -> None:
    mine, other = ledger_in(store), ledger_in(store)
    lines = [*START, *notes(5)]
    mine.import_jsonl(file_of(VIET_NAM))
    receipt = mine.import_jsonl(
        file_of(*lines), progress=meanwhile(lambda: other.import_jsonl(file_of(*lines)))
    )

    assert (receipt.replayed, receipt.already, mine.position) == (True, 8, 8)
    assert receipt.events == tuple(mine.events())


def test_others_that_are_in_the_way_every_time_are_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, other = ledger_in(store), ledger_in(store)
    mine.import_jsonl(file_of(*START))
    numbers = iter(range(10))
    append = type(store).append_pages

    def interfere(*arguments: object, **options: object) -> object:
        number = next(numbers)
        other.record(events.NoteAdded(id=f"theirs{number}", subject="vn", text="first"))
        return append(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(type(store), "append_pages", interfere)
    with pytest.raises(StoreBusyError, match="import once more"):
        mine.import_jsonl(file_of(*notes(5)))

    assert [each.id for each in mine.events()][3:] == ["theirs0", "theirs1", "theirs2"]


def test_nothing_is_left_of_an_import_that_ends_early(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[Scratch] = []
    close = Scratch.close

    def note_and_close(scratch: Scratch) -> None:
        closed.append(scratch)
        close(scratch)

    monkeypatch.setattr(Scratch, "close", note_and_close)
    ledger = ledger_in(store)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ledger.import_jsonl(file_of(*START, *notes(6)), progress=interrupt)

    assert len(set(closed)) == 2
    assert ledger.position == 0
    assert len(ledger.import_jsonl(file_of(*START, *notes(6))).events) == 9


KILLED = """
import os, sys
from coopledger import Ledger
from coopledger._interchange import importing

importing._PAGE_LINES = 20

def kill(done, _):
    os.kill(os.getpid(), 9)

with Ledger.open(sys.argv[1], name="office") as ledger:
    ledger.import_jsonl(sys.argv[2], progress=kill)
"""


def test_nothing_is_left_of_an_import_that_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, file, temporary = tmp_path / "log.db", tmp_path / "lines.jsonl", tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("SQLITE_TMPDIR", str(temporary))
    file.write_bytes(
        file_of(*START, *({**note(each), "text": "a" * 5000} for each in range(2500))).getvalue()
    )
    with Ledger.open(log, name=NAME) as ledger:
        ledger.import_jsonl(file_of(VIET_NAM))
    finished = subprocess.run(  # noqa: S603 - of this very file
        [sys.executable, "-c", KILLED, str(log), str(file)], check=False
    )

    assert finished.returncode == -9
    assert list(temporary.iterdir()) == []
    with Ledger.open(log, name=NAME) as ledger:
        assert ledger.position == 1
        assert ledger.verify().fault is None


def imported(lines: bytes, *, page: int, **options: object) -> tuple[ImportReceipt, list[object]]:
    """Return the receipt of an import that holds so many lines in memory, and the log."""
    ledger = ledger_in(MemoryStore())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "_PAGE_LINES", page)
        receipt = ledger.import_jsonl(BytesIO(lines), **options)  # type: ignore[arg-type]
    return receipt, list(ledger.events())


def test_half_of_a_pair_of_surrogates_is_as_in_a_file_of_few_lines() -> None:
    lines = json.dumps(VIET_NAM).encode() + b"\n" + b'{"type":"note-added","id":"\\ud800"}\n' * 3
    kept: list[list[str]] = []
    for page in (1, 100):
        rejects = BytesIO()
        receipt, _ = imported(lines, page=page, rejects=rejects)
        kept.append([*map(str, receipt.rejected)])

    assert kept[0] == kept[1]


def test_ids_that_are_nearly_known_are_named_as_in_a_file_of_few_lines() -> None:
    bad = [note(8, "fnr-vietnam"), note(9, "vnfrr"), note(10, "vmm")]
    told: list[list[str]] = []
    for page in (1, 2, 100):
        lines = file_of(*START, *notes(3), *bad).getvalue()
        receipt, _ = imported(lines, page=page, rejects=BytesIO())
        told.append([*map(str, receipt.rejected)])

    assert told[0] == told[1] == told[2]
    assert "did you mean" in "".join(told[0])
