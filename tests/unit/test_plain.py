"""Answers as plain dicts and as rows."""

import csv
import io
import json
from collections.abc import Sequence

import attrs
import pytest

from coopledger import View, events
from coopledger._log.chain import beginning
from coopledger.dates import instant_text
from coopledger.errors import ArgumentError
from coopledger.plain import as_dict, as_rows, columns
from tests.builders import office
from tests.unit.packs.lab import device_lent


@pytest.fixture(scope="module")
def view() -> View:
    """Return a view of one thing of each sort, with values inside values."""
    return office(
        events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(id="s", instrument="mou", when="2022-03-01", until="2023"),
        events.ProposalMade(proposal="p", partnership="vnfr", by="vn", text="a", when="2022"),
        events.MeetingHeld(
            meeting="m",
            kind="talks",
            partnership="vnfr",
            series="board",
            number=1,
            participants=[{"post": "Head", "party": "most", "role": "chair"}, "A guest"],
            place={"name": "Hanoi", "country": "VN"},
            when="2022-03-01/2022-03-02",
        ),
        events.CommitmentMade(
            id="c",
            commitment="c",
            partnership="vnfr",
            debtors=["vn", "most"],
            creditors="fr",
            what="report",
            amount="250000.50 EUR",
            at_meeting="m",
            under="mou",
            when="2022-03-01",
        ),
    ).view("2023-01-15")


def every_answer(view: View) -> list[attrs.AttrsInstance]:
    """Return an answer of every kind."""
    return [
        *view.partnerships(),
        *view.instruments(),
        *view.commitments(),
        *view.proposals(),
        *view.meetings(),
        *view.parties(),
        *view.signatures(),
        *view.stage_history("vnfr"),
        *view.timeline("vnfr"),
        *view.outcomes("m"),
        *view.dependents("mou"),
        *view.without("s").compare(view),
        view.durations("vnfr"),
        view.series("board"),
        view.explain("mou"),
    ]


def test_a_dict_has_the_fields_of_the_answer_as_json_can_hold_them(view: View) -> None:
    assert as_dict(view.commitment("c")) == {
        "id": "c",
        "partnership": "vnfr",
        "what": "report",
        "firmness": "commitment",
        "debtors": ["vn", "most"],
        "debtors_open": ["vn", "most"],
        "creditors": ["fr"],
        "status": "pending",
        "since": "2022-03-01",
        "since_certain": True,
        "flags": ["undated"],
        "made_on": "2022-03-01",
        "due": None,
        "due_text": None,
        "due_meeting": None,
        "days_overdue": None,
        "late_by": None,
        "late_by_rescheduled": None,
        "conditions_open": [],
        "conditions_met": [],
        "depends_on": [],
        "percent": None,
        "amount": {"value": "250000.50", "currency": "EUR"},
        "certain": True,
        "decided_by": ["c"],
        "first_due": None,
        "times_rescheduled": 0,
        "paid": {"value": "0", "currency": "EUR"},
        "outstanding": {"value": "250000.50", "currency": "EUR"},
        "obstructed_since": None,
        "promised": {"value": "250000.50", "currency": "EUR"},
        "recurs": None,
        "next_due": None,
        "occurrences": [],
        "last_asked": None,
        "times_asked": 0,
        "ask_again": None,
        "responsible": None,
    }


def test_values_inside_an_answer_are_dicts_too(view: View) -> None:
    meeting, partnership = as_dict(view.meeting("m")), as_dict(view.partnership("vnfr"))

    assert meeting["held"] == "2022-03-01/2022-03-02"
    assert meeting["place"] == {"name": "Hanoi", "country": "VN"}
    assert partnership["instruments"] == [as_dict(view.instrument("mou"))]


def test_every_answer_survives_json(view: View) -> None:
    answers = every_answer(view)
    dicts = [as_dict(answer) for answer in answers]

    assert json.loads(json.dumps(dicts)) == dicts
    assert [list(each) for each in dicts] == [columns(type(answer)) for answer in answers]


def test_a_time_of_recording_is_an_instant_with_its_zone(view: View) -> None:
    entry = view.timeline("vnfr")[0]
    plain = as_dict(entry)

    assert plain["recorded_at"] == instant_text(entry.recorded_us)
    assert plain["recorded_at"] == f"{entry.recorded_at:%Y-%m-%dT%H:%M:%S.%fZ}"
    assert "recorded_us" not in plain
    assert columns(type(entry))[-2:] == ["recorded_at", "recorded_by"]
    assert as_dict(beginning("office"))["recorded_at"] is None


def test_the_texts_of_a_dict_are_texts_and_no_words_of_a_list(view: View) -> None:
    assert type(as_dict(view.commitment("c"))["status"]) is str


def test_events_and_receipts_turn_into_dicts_too() -> None:
    note = events.NoteAdded(id="n", subject="vnfr", text="a", ext={"desk": [3, 0.5, True]})
    receipt = as_dict(office().record(note))

    assert as_dict(note)["ext"] == {"desk": [3, 0.5, True]}
    assert json.loads(json.dumps(receipt)) == receipt


def test_an_event_says_of_what_type_it_is_wherever_it_stands() -> None:
    note = events.NoteAdded(id="n", subject="vnfr", text="a")
    receipt = office().record(note)
    recorded = as_dict(receipt.events[0])["event"]

    assert list(as_dict(note).items())[:2] == [("type", "note-added"), ("id", "n")]
    assert recorded == as_dict(note)
    assert as_dict(receipt)["events"] == [as_dict(receipt.events[0])]
    assert as_rows([note])[0]["type"] == "note-added"
    assert as_dict(device_lent())["type"] == "DeviceLent"


def test_a_row_is_flat(view: View) -> None:
    (row,) = as_rows([view.commitment("c")])
    (meeting,) = as_rows([view.meeting("m")])
    (partnership,) = as_rows(view.partnerships(country="FR"))

    assert (row["debtors"], row["due"], row["flags"]) == ("vn; most", None, "undated")
    assert row["amount"] == "250000.50; EUR"
    assert row["certain"] is True
    assert meeting["participants"] == "Head; most; chair; A guest"
    assert partnership["instruments"] == "mou"


def test_rows_of_one_kind_have_the_same_columns(view: View) -> None:
    columns = [list(row) for row in as_rows(view.parties())]

    assert columns == [columns[0]] * len(columns)


def test_every_answer_is_a_row_of_cells(view: View) -> None:
    for row in as_rows(every_answer(view)):
        assert all(isinstance(cell, str | int | float | None) for cell in row.values())


def test_rows_go_into_a_csv_file_and_come_back(view: View) -> None:
    rows = as_rows(view.instruments())
    out = io.StringIO()
    table = csv.DictWriter(out, fieldnames=list(rows[0]))
    table.writeheader()
    table.writerows(rows)

    (back,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert back == {name: "" if cell is None else str(cell) for name, cell in rows[0].items()}


def test_no_answers_are_no_rows() -> None:
    nothing: Sequence[attrs.AttrsInstance] = ()

    assert as_rows(nothing) == []


def test_what_is_no_answer_is_refused(view: View) -> None:
    with pytest.raises(ArgumentError, match=r"answer='c' is no answer: give one, such as view\."):
        as_dict("c")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match=r"answers=Party.* is no list of answers: give"):
        as_rows(view.party("vn"))  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="answers=3 is no list of answers"):
        as_rows(3)  # type: ignore[arg-type]
