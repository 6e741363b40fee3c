import json
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from coopledger import Ledger, events, sheets
from coopledger.answers import Commitment
from coopledger.answers._answers import columns_of as printed_columns
from coopledger.errors import ArgumentError, MissingExtraError
from coopledger.plain import as_rows
from coopledger.plain import columns as columns_of
from coopledger.sheets._workbook_writing import Page, workbook_bytes
from coopledger.testing import WORLD, given
from tests.unit.sheets.files import only, texts

pytestmark = pytest.mark.usefixtures("folder")
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "'=x", "plain", "#REF!", "'tis")


def _view(*acts: events.Event, on: str = "2024-01-01") -> Any:  # noqa: ANN401 - a view
    ledger = Ledger.in_memory()
    ledger.record(
        events.PartyRegistered(party="A", name="A", kind="agency"),
        events.PartyRegistered(party="B", name="B", kind="agency"),
        events.PartnershipOpened(partnership="P", parties=["A", "B"]),
        *acts,
    )
    return ledger.view(on)


def _promise(number: int, what: str, due: str | None = None) -> events.CommitmentMade:
    return events.CommitmentMade(
        commitment=f"c{number}",
        partnership="P",
        debtors="A",
        creditors=["A", "B"],
        what=what,
        due=due,
        when="2020",
    )


def _values(path: str) -> list[tuple[object, ...]]:
    tab = load_workbook(path).worksheets[0]
    return [tuple(cell.value for cell in row) for row in tab.iter_rows()]


def test_a_date_is_real_where_its_day_is_exact_and_has_its_bounds_beside_it() -> None:
    dues = ["2024-02-29", "2024-02", "2024~", "../2024-03-01", None, "1899-01-01"]
    view = _view(*(_promise(number, "x", due) for number, due in enumerate(dues)))
    names = ["id", "due", "due_earliest", "due_latest"]

    sheets.write(view.commitments(open=None), "a.xlsx", columns=names)
    sheets.write(view.commitments(open=None), "a.csv", columns=names)

    rows = {row[0]: row[1:] for row in _values("a.xlsx")[1:]}
    day = load_workbook("a.xlsx").worksheets[0]["B3"]
    assert {
        id: tuple(str(value).removesuffix(" 00:00:00") for value in row) for id, row in rows.items()
    } == {
        "c0": ("2024-02-29", "2024-02-29", "2024-02-29"),
        "c1": ("2024-02", "2024-02-01", "2024-02-29"),
        "c2": ("2024~", "2024-01-01", "2024-12-31"),
        "c3": ("../2024-03-01", "None", "2024-03-01"),
        "c4": ("None", "None", "None"),
        "c5": ("1899-01-01", "1899-01-01", "1899-01-01"),
    }
    assert day.is_date or day.value in {"2024-02", "1899-01-01", None}
    assert "c1,2024-02,2024-02-01,2024-02-29" in Path("a.csv").read_text("utf-8-sig").splitlines()


@pytest.mark.parametrize("path", ["a.csv", "a.xlsx"])
def test_what_is_written_is_read_back_equal(path: str) -> None:
    view = given(*WORLD).ledger.view("2024-01-01")
    for answers in (
        view.partnerships(),
        view.commitments(open=None),
        view.signatures(),
        view.instruments(),
        view.parties(),
    ):
        sheets.write(answers, path, columns="all")

        header, *rows = texts(only(Path(path)))
        assert [name for name in header if not name.endswith(("_earliest", "_latest"))] == (
            columns_of(answers.kind)
        )
        expected = [
            {name: _shown(value) for name, value in row.items()} for row in as_rows(answers)
        ]
        got = [dict(zip(header, [*row, *[""] * len(header)], strict=False)) for row in rows]
        assert [{name: row[name] for name in expected[0]} for row in got] == expected


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return "" if value is None else str(value)


@pytest.mark.parametrize("path", ["a.csv", "a.xlsx"])
def test_the_columns_are_those_of_the_printed_table_with_titles_for_ids(path: str) -> None:
    view = given(*WORLD).ledger.view("2024-01-01")
    for answers in (view.partnerships(), view.instruments(), view.meetings(), view.parties()):
        sheets.write(answers, path)

        header, *rows = texts(only(Path(path)))
        assert header == [name for name, _ in printed_columns(answers.kind)]
        assert [row[header.index("id")] for row in rows] == [answer.id for answer in answers]
        if "partnership" in header:
            titles = [row[header.index("partnership")] for row in rows]
            assert titles == [view.title(answer.id) for answer in answers]


def test_what_is_due_has_its_last_day_beside_it_and_who_owes_it_has_a_name() -> None:
    dues = ["2024-02", "2024-02-29", None]
    view = _view(*(_promise(number, "x", due) for number, due in enumerate(dues)))
    named = view.commitments().titled("Office {}".format)

    sheets.write(named, "a.xlsx")
    sheets.write(list(view.commitments()), "a.csv")

    header, *rows = _values("a.xlsx")
    cells = [dict(zip(header, row, strict=True)) for row in rows]
    day = datetime.combine(date(2024, 2, 29), time())
    assert {(row["due"], row["due, last day"], row["owed by"]) for row in cells} == {
        ("2024-02", day, "Office A"),
        (day, day, "Office A"),
        (None, None, "Office A"),
    }
    assert {row["days"] for row in cells} <= {None, 0}
    assert "2024-02,2024-02-29" in Path("a.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("path", ["a.csv", "a.xlsx"])
def test_no_text_becomes_a_formula_and_each_is_read_back(path: str) -> None:
    view = _view(*(_promise(number, what) for number, what in enumerate(HOSTILE)))

    sheets.write(view.commitments(), path, columns=["what"])

    assert [row[0] for row in texts(only(Path(path)))] == ["what", *HOSTILE]
    if path.endswith("xlsx"):
        cells = [row[0] for row in load_workbook(path).worksheets[0].iter_rows()]
        assert {cell.data_type for cell in cells} == {"s"}
    else:
        lines = Path(path).read_text("utf-8-sig").splitlines()
        assert [line for line in lines if line[0] in "=+-@"] == []


def test_control_characters_and_long_texts_can_be_written() -> None:
    kept = json.loads('"a\\u001b[2J _x001B_ \\ufffe"')
    page = Page(name="a/b", rows={1: [kept], 3: ["x" * 40_000]})

    Path("a.xlsx").write_bytes(workbook_bytes([page]))

    rows = only(Path("a.xlsx")).rows
    assert rows[0].cells[0].text == kept
    assert rows[1].cells[0].text.endswith("x…")
    assert load_workbook("a.xlsx").sheetnames == ["a b"]


def test_a_workbook_has_tabs_widths_and_headers_that_stay() -> None:
    view = _view(_promise(1, "send the report of the year " * 9))

    sheets.write({"Board": view.partnerships(), "Pending": view.commitments()}, "a.xlsx")

    book = load_workbook("a.xlsx")
    tab = book["Pending"]
    assert book.sheetnames == ["Board", "Pending"]
    assert (tab.freeze_panes, tab["A1"].font.bold) == ("A2", True)
    widths = {tab.cell(1, column).value: column for column in range(1, tab.max_column + 1)}
    assert tab.column_dimensions[get_column_letter(widths["what"])].width == 60
    alignment: Any = tab.cell(2, widths["what"]).alignment
    assert alignment.wrap_text


def test_a_list_without_answers_has_its_headers() -> None:
    sheets.write(_view().commitments(), "a.xlsx", columns="all")

    (header,) = _values("a.xlsx")
    assert [name for name in header if name in columns_of(Commitment)] == columns_of(Commitment)
    assert load_workbook("a.xlsx").sheetnames == ["commitments"]


def test_events_and_receipts_are_written_too() -> None:
    ledger = given(*WORLD).ledger

    sheets.write([each.event for each in ledger.events()][:1], "a.csv", columns="all")

    header, first = texts(only(Path("a.csv")))
    assert (header[0], first[0]) == ("type", "party-registered")


@pytest.mark.parametrize("answers", [(), 5])
def test_what_is_no_list_of_answers_is_refused(answers: Any) -> None:  # noqa: ANN401
    with pytest.raises(ArgumentError) as error:
        sheets.write(answers, "a.csv")

    words = "is no list of answers: give one, such as view.commitments()"
    assert str(error.value) == f"answers={answers!r} {words}"


@pytest.mark.parametrize(
    ("path", "columns", "told"),
    [
        ("a.txt", None, "path='a.txt' is no path of a sheet: end it in .xlsx, or in .csv for one"),
        ("a.csv", ["wat"], "columns='wat' is no column of these answers; did you mean 'what'?"),
        ("a.csv", ["zzzzzz"], "columns='zzzzzz' is no column of these answers: they are id,"),
    ],
)
def test_what_cannot_be_written_is_refused(path: str, columns: list[str] | None, told: str) -> None:
    with pytest.raises(ArgumentError) as error:
        sheets.write(_view().commitments(), path, columns=columns)

    assert str(error.value).startswith(told)
    assert not Path(path).exists()


def test_several_lists_are_no_csv_and_a_workbook_needs_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lists = {"a": _view().commitments(), "b": _view().parties()}

    with pytest.raises(ArgumentError, match=r"in \.csv for one list"):
        sheets.write(lists, "a.csv")
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match="openpyxl is not installed"):
        sheets.write(lists, "a.xlsx")


def test_a_ledger_is_never_written_over() -> None:
    with Ledger.open("office.xlsx") as ledger:
        ledger.record(events.PartyRegistered(party="A", name="A", kind="agency"))
        with pytest.raises(ArgumentError, match="holds a ledger or another database"):
            sheets.write(ledger.view().parties(), "office.xlsx")


def test_days_are_real_dates_too() -> None:
    sheets.write(_view(_promise(1, "x", "2023-05-05")).commitments(), "a.xlsx")

    values = [value for row in _values("a.xlsx") for value in row]
    assert [value.date() for value in values if isinstance(value, datetime)].count(
        date(2023, 5, 5)
    ) >= 2
