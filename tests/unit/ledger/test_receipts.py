"""Receipts of recording, and refusals of events that are recorded already."""

import pytest

from coopledger import events
from coopledger.errors import RefusedError
from tests.builders import office

TALKS = events.MeetingHeld(
    id="t", meeting="m1", kind="talks", partnership="vnfr", when="2022", source="minutes"
)


def note(text: str, *, id: str | None = None) -> events.NoteAdded:
    return events.NoteAdded(id=id, subject="vnfr", text=text)


def lines_of(error: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return str(error.value).splitlines()


def test_a_receipt_is_shown_in_short() -> None:
    ledger = office()
    start = ledger.position

    first = ledger.record(TALKS)
    both = ledger.record(note("a", id="a"), note("b", id="b"))
    again = ledger.record(note("b", id="b"), TALKS)

    assert repr(first) == f"Receipt(1 event, position {start + 1}, 0 warnings)"
    assert repr(both) == f"Receipt(2 events, positions {start + 2}-{start + 3}, 0 warnings)"
    assert repr(again) == (
        f"Receipt(2 events, positions {start + 3}, {start + 1}, 0 warnings, replayed)"
    )
    assert repr(ledger.record()) == "Receipt(0 events, 0 warnings)"


def test_a_receipt_of_a_dry_run_has_positions_that_are_only_expected() -> None:
    ledger = office()
    start = ledger.position

    one = ledger.record(TALKS, dry_run=True)
    both = ledger.record(note("a"), note("b"), dry_run=True)

    assert ledger.position == start
    assert repr(one) == f"Receipt(1 event, expected position {start + 1}, 0 warnings)"
    assert (
        repr(both) == f"Receipt(2 events, expected positions {start + 1}-{start + 2}, 0 warnings)"
    )
    assert repr(ledger.record(dry_run=True)) == "Receipt(0 events, 0 warnings)"


def test_a_receipt_is_told_line_by_line() -> None:
    ledger = office()
    start = ledger.position

    receipt = ledger.record(
        TALKS, events.InstrumentRegistered(instrument="i", partnership="vnfr", kind="mou")
    )

    assert str(receipt).splitlines()[0] == f"{start + 1} t: 2022 MeetingHeld m1, talks"


def test_an_event_without_an_id_is_told_by_its_place_in_the_call() -> None:
    with pytest.raises(RefusedError) as error:
        office().record(TALKS, events.NoteAdded(subject="vnrf", text="a"))

    (finding,) = error.value.findings
    assert (finding.index, finding.event_id) == (2, None)
    assert lines_of(error) == [
        "E102 NoteAdded, event 2 of 2: subject: unknown id 'vnrf'; did you mean 'vnfr'?"
    ]


def test_a_single_event_without_an_id_needs_no_place() -> None:
    with pytest.raises(RefusedError) as error:
        office().record(events.NoteAdded(subject="vnrf", text="a"))

    assert lines_of(error) == ["E102 NoteAdded: subject: unknown id 'vnrf'; did you mean 'vnfr'?"]


def test_events_without_ids_cannot_be_sent_again_with_others() -> None:
    ledger = office(TALKS)

    with pytest.raises(RefusedError) as error:
        ledger.record(note("a"), TALKS, note("b"))

    assert lines_of(error) == [
        (
            "E107 NoteAdded, event 1 of 3: id: has none of its own, and 't' is recorded at "
            f"position {ledger.position} already: leave out what is recorded, or give every "
            "event an id, so that a batch can be sent again"
        )
    ]


def test_a_batch_that_is_recorded_in_part_is_refused_with_what_is_recorded() -> None:
    notes = [note(name, id=name) for name in "abcd"]
    ledger = office(*notes)
    first = ledger.position - 3

    with pytest.raises(RefusedError) as error:
        ledger.record(*notes, note("e", id="e"))

    assert lines_of(error) == [
        (
            f"E107 NoteAdded 'e': id: is new, and 'a' is recorded at position {first} and 'b' is "
            f"recorded at position {first + 1} and 'c' is recorded at position {first + 2} and "
            "1 more are recorded already: record what is new apart"
        )
    ]


@pytest.mark.parametrize(
    ("other", "names"),
    [
        (note("b", id="a"), "text"),
        (events.NoteAdded(id="a", subject="vnfr", text="a", ext={"n": True}), "ext"),
        (events.StatementMade(id="a", partnership="vnfr", text="a", when="2022"), "type"),
    ],
)
def test_other_content_under_a_recorded_id_is_refused_with_the_fields(
    other: events.Event, names: str
) -> None:
    ledger = office(events.NoteAdded(id="a", subject="vnfr", text="a", ext={"n": 1}))
    if names != "ext":
        ledger = office(note("a", id="a"))

    with pytest.raises(RefusedError) as error:
        ledger.record(other)

    assert f"with other content ({names}): give a new event a new id" in lines_of(error)[0]


def test_who_records_an_event_again_is_content() -> None:
    ledger = office(TALKS)

    with pytest.raises(RefusedError, match=r"other content \(recorded_by\)"):
        ledger.record(TALKS, by="ann")


def test_an_event_sent_again_after_its_retraction_is_said_not_to_count() -> None:
    ledger = office(
        TALKS,
        events.SourceAdded(target="t", source="minutes"),
        events.EventRetracted(id="r", target="t", reason="a slip"),
    )

    receipt = ledger.record(TALKS)

    assert list(map(str, receipt.warnings)) == [
        (
            "W107 MeetingHeld 't': id: was retracted by 'r' and does not count: "
            "to record it once more, give it a new id"
        )
    ]
