"""A file is recorded as if by hand: all of it or none, under the same rules, once."""

import gzip
from io import BytesIO
from pathlib import Path

import pytest

from coopledger import Ledger, events
from coopledger._interchange.hints import MOST, Consequences
from coopledger.errors import (
    ArgumentError,
    CallerError,
    CallOrderError,
    RefusedError,
    StoreError,
)
from coopledger.stores import MemoryStore
from tests.builders import Clock, numbered, office, rows
from tests.unit.interchange.lines import (
    FRANCE,
    PARTNERSHIP,
    START,
    VIET_NAM,
    Progress,
    empty_ledger,
    file_of,
    findings_of,
    import_lines,
    instrument_line,
    meeting_line,
    progress_listener,
    texts_of_findings,
)

CLASSES = ("PartyRegistered", "PartyRegistered", "PartnershipOpened")


def test_lines_are_recorded_in_their_order_at_the_time_of_the_clock() -> None:
    ledger = empty_ledger()
    receipt = ledger.import_jsonl(file_of(*START, meeting_line("m1", id="e1")))

    assert [type(item.event).__name__ for item in receipt.events] == [
        "PartyRegistered",
        "PartyRegistered",
        "PartnershipOpened",
        "MeetingHeld",
    ]
    assert receipt.events == tuple(ledger.events())
    assert str(receipt.events[0].recorded_at) == "2030-01-01 12:00:00+00:00"
    assert ledger.view("2022-12-31").meeting("m1").status == "held"
    assert ledger.verify().fault is None


def test_fields_may_stand_in_any_order_with_any_blanks() -> None:
    (item,) = import_lines(b' { "kind":"state","v":1 ,"type":"party-registered","name":"a",'
                       b'"party" : "vn"  } ').events  # fmt: skip

    assert getattr(item.event, "party", None) == "vn"


def test_who_imports_stands_where_the_line_does_not_say_who_recorded() -> None:
    receipt = empty_ledger().import_jsonl(
        file_of(VIET_NAM, FRANCE | {"recorded_by": "Lan"}), by="Hoa"
    )

    assert [item.event.recorded_by for item in receipt.events] == ["Hoa", "Lan"]


def test_warnings_tell_their_lines() -> None:
    extended = {
        "type": "instrument-extended",
        "instrument": "mou",
        "when": "2020",
        "until": "2024",
        "source": [{"basis": "memory"}],
    }
    (warning,) = import_lines(*START, instrument_line("mou"), extended).warnings

    assert str(warning).startswith("W501 <stream>:5 InstrumentExtended: instrument: nothing is")


def test_a_file_imported_again_is_not_recorded_again() -> None:
    ledger = empty_ledger()
    first = ledger.import_jsonl(file_of(*START, meeting_line("m1", id="e1")), by="Hoa")
    again = ledger.import_jsonl(file_of(*START, meeting_line("m1", id="e1")), by="Lan")

    assert (again.replayed, again.already, again.events) == (True, 4, first.events)
    assert (first.replayed, first.already, ledger.position) == (False, 0, 4)


def test_of_a_file_that_has_grown_only_the_new_lines_are_recorded() -> None:
    ledger = empty_ledger()
    ledger.import_jsonl(file_of(*START))
    receipt = ledger.import_jsonl(file_of(*START, meeting_line("m1")))

    assert (receipt.replayed, receipt.already) == (False, 3)
    assert [item.position for item in receipt.events] == [1, 2, 3, 4]


def test_a_line_without_an_id_is_known_by_its_content_however_it_is_written() -> None:
    ledger = empty_ledger()
    ledger.import_jsonl(file_of(VIET_NAM))
    turned = dict(reversed(VIET_NAM.items()))

    assert ledger.import_jsonl(file_of(turned)).replayed


def test_a_type_may_be_named_as_its_class_is() -> None:
    ledger = empty_ledger()
    named = [{**line, "type": kind} for line, kind in zip(START, CLASSES, strict=True)]

    receipt = ledger.import_jsonl(file_of(*named))
    again = ledger.import_jsonl(file_of(*START))

    assert [type(each.event).__name__ for each in receipt.events] == list(CLASSES)
    assert again.already == len(START)


def test_a_line_whose_type_is_named_so_is_refused_as_any_other() -> None:
    by_class, by_tag = ({"type": each, "text": "a"} for each in ("NoteAdded", "note-added"))

    assert findings_of(VIET_NAM, by_class) == findings_of(VIET_NAM, by_tag)


def test_a_line_that_stands_twice_is_two_events() -> None:
    note = {"type": "note-added", "subject": "vn", "text": "called again"}
    ledger = empty_ledger()

    assert len(ledger.import_jsonl(file_of(VIET_NAM, note, note)).events) == 3
    assert ledger.import_jsonl(file_of(VIET_NAM, note, note)).replayed
    assert ledger.import_jsonl(file_of(note, note, note)).already == 2


def test_what_was_retracted_since_is_told_and_not_recorded_again() -> None:
    ledger = empty_ledger()
    ledger.import_jsonl(file_of(VIET_NAM | {"id": "r1"}))
    ledger.record(events.EventRetracted(id="x1", target="r1", reason="a slip"))
    (warning,) = ledger.import_jsonl(file_of(VIET_NAM | {"id": "r1"})).warnings

    assert str(warning) == (
        "W107 <stream>:1 PartyRegistered 'r1': id: was retracted by 'x1' and does not count: "
        "to record it once more, give it a new id"
    )


def test_an_id_recorded_with_other_content_is_refused() -> None:
    assert [str(each) for each in findings_of(VIET_NAM | {"id": "w1"}, ledger=office())] == [
        (
            "E107 <stream>:1 PartyRegistered 'w1': id: is recorded at position 1 "
            "with other content (country): give a new event a new id, "
            "or correct the old one with EventCorrected"
        )
    ]


def test_an_id_on_two_lines_is_refused_on_the_second() -> None:
    assert texts_of_findings(VIET_NAM | {"id": "e1"}, FRANCE | {"id": "e1"}) == [
        (
            "E107 <stream>:2 PartyRegistered 'e1': id: stands on line 1 already: "
            "give each event its own"
        )
    ]


def test_an_id_on_a_bad_line_is_taken_too() -> None:
    findings = findings_of({"type": "?", "id": "e1"}, VIET_NAM | {"id": "e1"})

    assert [(finding.code, finding.line) for finding in findings] == [("E106", 1), ("E107", 2)]


def test_rules_are_those_of_recording() -> None:
    signed = {"type": "instrument-signed", "instrument": "mou", "when": "2031", "id": "s1"}

    assert texts_of_findings(*START, instrument_line("mou"), signed) == [
        (
            "E101 <stream>:5 InstrumentSigned 's1': when: 2031 is after the day of recording, "
            "2030-01-01: record it once it has happened"
        )
    ]


# --- consequences


def test_what_only_follows_from_a_bad_line_is_not_reported() -> None:
    bad = PARTNERSHIP | {"parties": "vn"}
    follows = (
        meeting_line("m1"),
        instrument_line("mou"),
        {"type": "instrument-signed", "instrument": "mou", "when": "2020"},
    )

    assert [finding.line for finding in findings_of(VIET_NAM, FRANCE, bad, *follows)] == [3]


def test_another_line_is_cited_by_its_number_unless_it_gives_its_event_an_id() -> None:
    with_id = meeting_line("m2", id="e2")
    (first, second) = findings_of(
        *START, meeting_line("m1"), meeting_line("m1", note="a"), with_id, meeting_line("m2")
    )

    assert (first.line, second.line) == (5, 7)
    assert first.message == (
        "meeting: 'm1' was held on 2022-08-16 (line 4): give another meeting another id"
    )
    assert second.message == (
        "meeting: 'm2' was held on 2022-08-16 (event e2): give another meeting another id"
    )


def test_what_is_recorded_already_is_cited_by_its_id() -> None:
    ledger = empty_ledger()
    *_, recorded = ledger.import_jsonl(file_of(*START, meeting_line("m1"))).events
    (finding,) = findings_of(meeting_line("m1"), meeting_line("m1", note="a"), ledger=ledger)

    assert f"was held on 2022-08-16 (event {recorded.event.id}): give" in finding.message


def test_an_act_is_cited_by_its_type_and_line() -> None:
    sides = {"debtors": ["vn"], "creditors": ["fr"], "partnership": "vnfr"}
    promise = {"type": "commitment-made", "commitment": "c", "what": "a", "when": "2020", **sides}
    fulfilment = {"type": "commitment-fulfilled", "commitment": "c", "when": "2021"}
    (finding,) = findings_of(*START, promise, fulfilment, {**fulfilment, "when": "2022"})

    assert finding.message == (
        "commitment: 'c' is closed since 2021 (CommitmentFulfilled on line 5)"
    )


def test_a_fault_of_its_own_is_reported_beside() -> None:
    bad = PARTNERSHIP | {"parties": "vn"}
    own = instrument_line("mou", parties=["vn", "FR"])

    assert [str(each) for each in findings_of(VIET_NAM, FRANCE, bad, own)][1:] == [
        "E102 <stream>:4 InstrumentRegistered: parties: unknown party 'FR'; did you mean 'fr'?"
    ]


def test_the_same_unknown_id_is_reported_on_every_line() -> None:
    lines = (meeting_line("m1", partnership="vnft"), meeting_line("m2", partnership="vnft"))

    assert [finding.line for finding in findings_of(*START, *lines)] == [4, 5]


@pytest.mark.parametrize(
    "broken",
    [
        b'{"type":"partnership-opened","partnership":"vnfr","parties":["vn"',
        b'{"partnership" : "vnfr", "parties":["vn","fr"], "type":"partnership-op',
        b'{"partnership":"vnfr","name":"\xff"}',
        b'{"partnership":"\\ud83e","party":"\\u0076nfr"',
    ],
)
def test_what_a_broken_line_was_to_register_is_read_as_far_as_possible(broken: bytes) -> None:
    assert [
        finding.line for finding in findings_of(VIET_NAM, FRANCE, broken, meeting_line("m1"))
    ] == [3]


def test_what_a_line_that_is_no_longer_read_was_to_register_is_known_too() -> None:
    long = b'{"type":"partnership-opened","partnership":"vnfr","note":"%s"}' % (b"x" * 2**23)

    assert [
        finding.line for finding in findings_of(VIET_NAM, FRANCE, long, meeting_line("m1"))
    ] == [3]


def test_a_state_that_a_bad_line_would_have_brought_about_is_not_missed_again() -> None:
    start = (*START, instrument_line("mou"))
    signed = {"type": "instrument-signed", "instrument": "mou", "when": "2020-01-01"}
    notice = {"type": "termination-notified", "instrument": "mou", "by": ["vn"], "when": "2021"}
    withdrawn = {"type": "termination-notice-withdrawn", "instrument": "mou", "when": "2022"}

    assert [finding.line for finding in findings_of(*start, signed, notice, withdrawn)] == [6]
    assert [finding.line for finding in findings_of(*start, signed, withdrawn)] == [6]


def test_an_act_on_what_a_bad_line_did_is_refused_for_its_own_faults() -> None:
    bad = instrument_line("mou", title=5)

    assert [
        finding.code
        for finding in findings_of(*START, instrument_line("mou"), bad, instrument_line("mou"))
    ] == [
        "E106",
        "E201",
    ]


def test_a_correction_of_a_bad_line_is_not_reported() -> None:
    bad = VIET_NAM | {"id": "r1", "kind": "country"}
    mend = {"type": "event-corrected", "target": "r1", "changes": {"kind": "state"}, "reason": "a"}

    assert [finding.line for finding in findings_of(bad, mend)] == [1]


# --- rejects


def test_good_lines_are_recorded_and_bad_ones_kept_as_they_are(tmp_path: Path) -> None:
    path, ledger = tmp_path / "bad.jsonl", empty_ledger()
    bad = b'{"type":"meeting-held",  "when":"31/12/2022","meeting":"m1"}\r'
    receipt = ledger.import_jsonl(file_of(*START, bad, meeting_line("m2"), b"?"), rejects=path)

    assert (ledger.position, receipt.rejected_lines) == (4, 2)
    assert [finding.line for finding in receipt.rejected] == [4, 6]
    assert path.read_bytes() == bad + b"\n?\n"
    assert repr(receipt) == ("ImportReceipt(4 events, positions 1-4, 1 warning, 2 lines rejected)")
    assert str(receipt).splitlines()[-1] == str(receipt.rejected[-1])


def test_lines_that_follow_from_bad_ones_are_rejected_too_and_go_in_once_mended() -> None:
    ledger, rejects = empty_ledger(), BytesIO()
    bad = file_of(PARTNERSHIP | {"parties": "vn"}).getvalue().removesuffix(b"\n")
    receipt = ledger.import_jsonl(
        file_of(VIET_NAM, FRANCE, bad, meeting_line("m1")), rejects=rejects
    )
    mended = BytesIO(rejects.getvalue().replace(b'"vn"', b'["vn","fr"]'))

    assert (receipt.rejected_lines, len(receipt.rejected)) == (2, 1)
    assert len(ledger.import_jsonl(mended).events) == 2


def test_a_line_that_is_too_long_is_kept_whole() -> None:
    rejects = BytesIO()
    long = b'{"note":"%s"}' % (b"x" * 2**23)
    empty_ledger().import_jsonl(file_of(VIET_NAM, long, FRANCE), rejects=rejects)

    assert rejects.getvalue() == long + b"\n"


def test_without_bad_lines_the_file_of_rejects_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b"of yesterday")

    assert empty_ledger().import_jsonl(file_of(*START), rejects=path).rejected == ()
    assert path.read_bytes() == b""


@pytest.mark.parametrize("dry_run", [False, True])
def test_rejects_never_take_the_place_of_what_is_read(tmp_path: Path, *, dry_run: bool) -> None:
    path, link = tmp_path / "own.jsonl", tmp_path / "link"
    path.write_bytes(file_of(VIET_NAM, b"?").getvalue())
    link.symlink_to(path)

    with path.open("rb") as stream:
        for file in (path, str(path), link, stream):
            for rejects in (path, link):
                with pytest.raises(ArgumentError, match="is the file that is read: name another"):
                    empty_ledger().import_jsonl(file, rejects=rejects, dry_run=dry_run)
    assert path.read_bytes() == file_of(VIET_NAM, b"?").getvalue()


# --- nothing is written


def test_a_dry_run_tells_all_and_writes_nothing(tmp_path: Path) -> None:
    ledger, path = empty_ledger(), tmp_path / "bad.jsonl"
    receipt = ledger.import_jsonl(file_of(*START, b"?"), dry_run=True, rejects=path)

    assert ([item.position for item in receipt.events], receipt.rejected_lines) == ([1, 2, 3], 1)
    assert (ledger.position, path.exists()) == (0, False)
    with pytest.raises(RefusedError):
        ledger.import_jsonl(file_of(b"?"), dry_run=True)


def test_after_a_refusal_the_ledger_goes_on_as_if_nothing_had_been_tried() -> None:
    store = MemoryStore()
    ledger = office(store=store)
    before = rows(store)
    view = ledger.view("2029-12-31")
    findings_of({"type": "note-added", "subject": "vn", "text": "a"}, b"?", ledger=ledger)

    assert rows(store) == before
    assert ledger.view("2029-12-31").partnerships() == view.partnerships()
    assert ledger.record(events.NoteAdded(id="n", subject="vn", text="a")).events[0].position == 9


def test_an_interruption_leaves_everything_as_it_was(tmp_path: Path) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    ledger, path = office(), tmp_path / "bad.jsonl"
    note = {"type": "note-added", "subject": "vn", "text": "a"}
    with pytest.raises(KeyboardInterrupt):
        ledger.import_jsonl(file_of(note, b"?"), rejects=path, progress=interrupt)

    assert list(tmp_path.iterdir()) == []
    assert ledger.position == 8
    assert ledger.import_jsonl(file_of(note)).events[0].position == 9


def test_whoever_is_told_of_progress_may_ask_the_ledger() -> None:
    ledger = office()
    counts: list[int] = []

    def look(*_: object) -> None:
        counts.append(len(ledger.view("2029-12-31").partnerships()))

    ledger.import_jsonl(
        file_of({"type": "partnership-opened", "partnership": "new", "parties": ["fr", "cu"]}),
        progress=look,
    )

    assert counts == [2]
    assert len(ledger.view("2029-12-31").partnerships()) == 3


@pytest.mark.parametrize("lines", [1, 1000])
def test_whoever_is_told_of_progress_may_not_record_before_the_file(lines: int) -> None:
    ledger, note = office(), events.NoteAdded(subject="vn", text="a")

    def record(done: int, _: int | None) -> None:
        assert done > 0
        ledger.record(note)

    line = {"type": "note-added", "subject": "vn", "text": "b"}
    with pytest.raises(CallOrderError, match="a file is on its way into the ledger"):
        ledger.import_jsonl(file_of(*[line] * lines), progress=record)

    assert ledger.position == 8
    assert ledger.record(note).events[0].position == 9


def test_how_much_was_read_is_told_with_lines_that_are_skipped(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(file_of(*START, b"", b"x" * 2**23).getvalue())
    progress: Progress = []
    empty_ledger().import_jsonl(path, rejects=BytesIO(), progress=progress_listener(progress))

    size = path.stat().st_size
    assert progress[-1] == (size, size)


def test_others_may_record_meanwhile() -> None:
    store = MemoryStore()
    mine = Ledger(store, name="office", clock=Clock(), ids=numbered())
    other = Ledger(store, name="office", clock=Clock(), ids=numbered("o"))
    viet_nam = events.PartyRegistered(party="vn", name="Viet Nam", kind="state")

    def record_it(done: int, _: int | None) -> None:
        assert done > 0
        other.record(viet_nam)

    with pytest.raises(RefusedError) as caught:
        mine.import_jsonl(file_of(FRANCE, VIET_NAM), progress=record_it)

    assert str(caught.value).startswith("E201 <stream>:2 PartyRegistered: party: 'vn' is already")
    assert mine.position == 1


def test_others_may_import_the_same_file_meanwhile() -> None:
    store = MemoryStore()
    mine, other = (Ledger(store, name="office", clock=Clock()) for _ in range(2))

    def import_it(done: int, _: int | None) -> None:
        assert done > 0
        other.import_jsonl(file_of(*START))

    receipt = mine.import_jsonl(file_of(*START), progress=import_it)

    assert (receipt.replayed, receipt.already, mine.position) == (True, 3, 3)


def test_a_stream_that_breaks_is_told() -> None:
    whole = gzip.compress(file_of(*START).getvalue())
    ledger = empty_ledger()

    with gzip.open(BytesIO(b"no gzip" + whole)) as source, pytest.raises(StoreError):
        ledger.import_jsonl(source)

    assert ledger.position == 0


@pytest.mark.parametrize("argument", [{"by": 3}, {"dry_run": 1}, {"rejects": 3}, {"progress": 3}])
def test_an_argument_that_cannot_be_used_is_told(argument: dict[str, object]) -> None:
    with pytest.raises(CallerError, match=next(iter(argument))):
        empty_ledger().import_jsonl(file_of(*START), **argument)  # type: ignore[arg-type]  # on purpose


def test_a_file_of_nothing_but_bad_lines_is_not_remembered_whole() -> None:
    consequences = Consequences()
    for number in range(2 * MOST):
        consequences.add(None, {"party": f"p{number}"})

    assert len(consequences.missing) == MOST + 1


def test_what_is_too_long_for_an_id_is_not_remembered() -> None:
    consequences = Consequences()
    consequences.add(None, {"party": "x" * 201, "id": "x" * 200})

    assert consequences.missing == {"x" * 200}
