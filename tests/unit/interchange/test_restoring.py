"""An export is put back as it was, or not at all."""

import re
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from coopledger import Ledger, Verification, events
from coopledger._log.vocabulary import CORE
from coopledger._recording.indexing import LogIndex
from coopledger.errors import (
    CallOrderError,
    NewerLogError,
    RefusedError,
    StoreConflictError,
    StoreError,
)
from coopledger.stores import Draft, MemoryStore, digest
from coopledger.stores.sqlite.store import SqliteStore
from tests.builders import NAME, office
from tests.unit.interchange.lines import (
    VIET_NAM,
    Progress,
    empty_ledger,
    file_of,
    progress_listener,
)


def no_clock() -> None:
    pytest.fail("nobody asks what time it is")


def clockless_ledger(name: str = NAME) -> Ledger:
    """Return an empty ledger whose clock must not be read."""
    return Ledger.in_memory(name=name, clock=no_clock)  # type: ignore[arg-type]  # on purpose


def export(ledger: Ledger) -> bytes:
    stream = BytesIO()
    ledger.export_jsonl(stream)
    return stream.getvalue()


LOG = export(office(events.NoteAdded(id="n1", subject="vn", text="a", when="2022")))
LINES = LOG.splitlines(keepends=True)


def findings_on(data: bytes) -> list[str]:
    """Return the findings on the bytes as texts; nothing is restored."""
    ledger = clockless_ledger()
    with pytest.raises(RefusedError) as caught:
        ledger.restore_jsonl(BytesIO(data))
    assert ledger.position == 0
    return list(map(str, caught.value.findings))


def test_a_restored_ledger_is_the_same_whatever_time_it_is() -> None:
    ledger = clockless_ledger()
    before = office(events.NoteAdded(id="n1", subject="vn", text="a", when="2022"))

    assert ledger.restore_jsonl(BytesIO(LOG)) == 9
    assert list(ledger.events()) == list(before.events())
    assert ledger.verify() == Verification(9, None)
    assert export(ledger) == LOG


def test_a_ledger_moves_from_a_file_to_another_and_back(tmp_path: Path) -> None:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    paths[0].write_bytes(LOG)
    with closing(Ledger.open(tmp_path / "new.db", name=NAME)) as ledger:
        ledger.restore_jsonl(paths[0])
        ledger.record(events.NoteAdded(subject="vn", text="after"))
    with closing(Ledger.open(tmp_path / "new.db", name=NAME)) as ledger:
        ledger.export_jsonl(paths[1])

    assert paths[1].read_bytes().startswith(LOG)


def test_who_looks_at_a_restored_ledger_first_writes_no_index(tmp_path: Path) -> None:
    corrected = export(
        office(
            events.NoteAdded(id="n1", subject="vn", text="a", when="2022"),
            events.EventCorrected(id="n2", target="n1", changes={"text": "b"}, reason="misread"),
        )
    )
    with closing(Ledger.open(tmp_path / "new.db", name=NAME)) as ledger:
        ledger.restore_jsonl(BytesIO(corrected))
        assert ledger.verify() == Verification(10, None)

    with closing(SqliteStore(tmp_path / "new.db", readonly=True)) as store:
        index = LogIndex(NAME, CORE)
        assert index.reach(store, store.head(NAME)) == 10
        assert store.named(NAME, [" about n1"]) == {" about n1": (10,)}
        assert store.named(NAME, ["vn"])["vn"][-2:] == (9, 10)


def test_an_empty_file_is_an_empty_ledger() -> None:
    assert clockless_ledger().restore_jsonl(BytesIO(b"")) == 0


def test_blank_lines_do_no_harm() -> None:
    ledger = clockless_ledger()
    ledger.restore_jsonl(BytesIO(LOG.replace(b"\n", b"\r\n \n")))

    assert export(ledger) == LOG


def test_how_much_was_read_is_told() -> None:
    progress: Progress = []
    clockless_ledger().restore_jsonl(BytesIO(LOG), progress=progress_listener(progress))

    assert progress == [(len(LOG), None)]


def test_a_path_tells_how_much_there_is(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").write_bytes(LOG)
    progress: Progress = []
    clockless_ledger().restore_jsonl(tmp_path / "log.jsonl", progress=progress_listener(progress))

    assert progress == [(len(LOG), len(LOG))]


def test_only_an_empty_ledger_is_restored() -> None:
    ledger = office()

    with pytest.raises(StoreConflictError, match="'office' is at position 8: only an empty one"):
        ledger.restore_jsonl(BytesIO(LOG))

    assert ledger.position == 8


def test_only_a_ledger_of_the_same_name_is_restored() -> None:
    ledger = clockless_ledger("bureau")

    with pytest.raises(RefusedError) as caught:
        ledger.restore_jsonl(BytesIO(LOG))

    assert str(caught.value) == (
        "E106 <stream>:1: ledger: 'office' is the name of another ledger than 'bureau': "
        "restore into one of that name"
    )


def test_whoever_is_told_of_progress_may_look_but_not_record() -> None:
    ledger = empty_ledger(NAME)
    positions: list[int] = []

    def record(done: int, _: int | None) -> None:
        assert done > 0
        positions.append(ledger.position)
        assert list(ledger.events()) == []
        ledger.record(events.NoteAdded(subject="vn", text="a"))

    with pytest.raises(CallOrderError):
        ledger.restore_jsonl(BytesIO(LOG), progress=record)

    assert (positions, ledger.position) == ([0], 0)
    assert ledger.restore_jsonl(BytesIO(LOG)) == 9


def test_there_is_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.jsonl: No such file or directory"):
        clockless_ledger().restore_jsonl(tmp_path / "none.jsonl")


def swapped(lines: list[bytes]) -> list[bytes]:
    return [*lines[:3], lines[4], lines[3], *lines[5:]]


CHANGED = "the line is not as it was exported, at position"
CONTENT = "the content does not match its digest"
CHAIN = "the chain does not continue the row before"
DAMAGES: dict[str, tuple[Callable[[list[bytes]], list[bytes]], list[str]]] = {
    "a field": (
        lambda lines: [lines[0].replace(b"Viet Nam", b"Vietnam"), *lines[1:]],
        [f"E106 <stream>:1 PartyRegistered 'w1': {CHANGED} 1: {CONTENT}"],
    ),
    "a time": (
        lambda lines: [*lines[:8], lines[8].replace(b"12:00:00", b"12:00:01")],
        [f"E106 <stream>:9 NoteAdded 'n1': {CHANGED} 9: {CHAIN}"],
    ),
    "an earlier time": (
        lambda lines: [*lines[:8], lines[8].replace(b"2030-", b"2029-")],
        [
            (
                f"E106 <stream>:9 NoteAdded 'n1': {CHANGED} 9: "
                "the record time 1861963200000008 is not after 1893499200000007"
            )
        ],
    ),
    "a missing line": (
        lambda lines: [*lines[:3], *lines[4:]],
        [f"E106 <stream>:4 PartyRegistered 'w5': {CHANGED} 4: missing: position 5 comes next"],
    ),
    "swapped lines": (
        swapped,
        [
            f"E106 <stream>:4 PartyRegistered 'w5': {CHANGED} 4: missing: position 5 comes next",
            f"E106 <stream>:5 PartyRegistered 'w4': {CHANGED} 6: missing: position 4 comes next",
            f"E106 <stream>:6 PartyRegistered 'w6': {CHANGED} 5: missing: position 6 comes next",
        ],
    ),
    "a cut end": (
        lambda lines: [*lines[:8], lines[8][:80]],
        [
            (
                "E106 <stream>:9: the line ends in the middle, and the file with it "
                "(unterminated string starting): was it cut off?"
            )
        ],
    ),
    "two lines far apart": (
        lambda lines: [
            *lines[:1],
            lines[1].replace(b"France", b"Frence"),
            *lines[2:5],
            b"?\n",
            *lines[6:7],
            lines[7].replace(b'"vn"', b'"no"'),
            *lines[8:],
        ],
        [
            (f"E106 <stream>:2 PartyRegistered 'w2': {CHANGED} 2: {CONTENT}"),
            "E106 <stream>:6: the line is no JSON at column 1, near '?': expecting value",
            (f"E106 <stream>:8 PartnershipOpened 'w8': {CHANGED} 8: {CONTENT}"),
        ],
    ),
    "no columns": (
        lambda _: [file_of(VIET_NAM).getvalue()],
        [
            (
                "E105 <stream>:1: 'ledger', 'position', 'recorded_at', 'digest', 'chain' "
                "are missing: take in what is no export with import_jsonl"
            )
        ],
    ),
    "bad columns": (
        lambda lines: [
            re.sub(rb'"digest":"..', b'"digest":"', lines[0])
            .replace(b'"position":1,', b'"position":0,')
            .replace(b'"chain"', b'"chains"')
            .replace(b"T12:00:00.000000Z", b"T12:00")
        ],
        [
            "E105 <stream>:1: 'chain' is missing: ExportedLine needs it",
            "E106 <stream>:1: position: 0 is less than 1",
            (
                "E104 <stream>:1: recorded_at: '2030-01-01T12:00' is not an instant: "
                "write it e.g. 2022-08-16T09:30:00Z or 2022-08-16T09:30:00+07:00"
            ),
        ],
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_line_that_is_not_as_it_was_exported_is_told_once(damage: str) -> None:
    change, words = DAMAGES[damage]
    findings = findings_on(b"".join(change(LINES)))

    assert findings[: len(words)] == words
    assert len(findings) <= len(words) + 1  # The hash that is too short is shown in parts.


def foreign_export(payload: bytes, *, type: str = "note-added", v: int = 1) -> bytes:
    """Return the export of a log with an event of this payload, put in by hand."""
    store = MemoryStore()
    content = digest(NAME, event_id="e1", type=type, v=v, effective=None, payload=payload)
    draft = Draft(event_id="e1", type=type, v=v, effective=None, payload=payload, digest=content)
    store.append(NAME, [draft], seen=0, clock_us=0, revise=lambda _: None)
    return export(Ledger(store, name=NAME))


def test_half_a_surrogate_pair_is_refused() -> None:
    data = LINES[8].replace(b'"text":"a"', b'"text":"\\ud800"')

    assert findings_on(data) == ["E106 <stream>:1: the line holds half a surrogate pair"]


def test_what_is_sound_but_no_event_is_refused() -> None:
    assert findings_on(foreign_export(b'{"subject":"vn","text":5}')) == [
        "E106 <stream>:1 NoteAdded 'e1': text: 5 is no text"
    ]


def test_a_date_that_is_no_text_is_refused() -> None:
    (words,) = findings_on(foreign_export(b'{"subject":"vn","text":"a","when":5}'))

    assert words.startswith("E106 <stream>:1 NoteAdded 'e1': when: 5 is no date")


@pytest.mark.parametrize(("tag", "v"), [("note-added", 3), ("moon-landed", 1)])
def test_an_event_of_a_newer_version_is_never_guessed(tag: str, v: int) -> None:
    ledger = clockless_ledger()

    with pytest.raises(NewerLogError, match="upgrade coopledger"):
        ledger.restore_jsonl(BytesIO(foreign_export(b"{}", type=tag, v=v)))

    assert ledger.position == 0
