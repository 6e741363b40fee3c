import re
import tempfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from coopledger import Ledger, events, sheets
from coopledger.errors import ArgumentError, CoopledgerError, RefusedError, StoreError
from tests.unit.sheets.offices import (
    PROMISES,
    TEXTS,
    empty_ledger,
    make_office,
    mapping_of,
    read_office,
    text,
)
from tests.unit.stores.disks import small_files

pytestmark = pytest.mark.usefixtures("folder")
NO_DAY = (
    "'31/02/2023' is not a date: there is no such day; write it as 2022, 2022-08, 2022-08-16 or "
    "2022-08-01/2022-08-16"
)
BAD = text("T2", "S", "IDR", "", "MoU", "31/02/2023")
LATER = text("T3", "S", "IDR", "", "MoU", 2033)
DONE = ["P1", "send it", "T1", "us", "Q3 2024", "done"]
OPEN = ["P1", "send it", "T1", "us", "Q3 2024", "open"]


def test_what_is_new_alone_is_recorded_when_a_sheet_is_read_again() -> None:
    ledger = empty_ledger()
    first = read_office([text()], [OPEN]).record(ledger, by="desk 2")
    again = read_office([text()], [OPEN]).record(ledger)
    path = make_office([text(), text("T2", partner="idr ")], [DONE])
    mapping = sheets.guess(path, us="OC", as_of="2024-09-30")
    Path("office.xlsx").rename("office 2.xlsx")
    later = sheets.read("office 2.xlsx", mapping, view=ledger.view()).record(ledger)

    assert (len(first.events), first.already, first.rejected) == (7, 0, ())
    assert {each.event.recorded_by for each in ledger.events()} == {"desk 2", None}
    assert (again.replayed, again.already) == (True, 4)
    assert [each.id for each in later.events][-3:] == ["T2/as-of", "P1/made", "P1/done"]
    assert (later.already, ledger.position) == (4, 11)
    assert ledger.view().commitment("P1").status == "fulfilled"


def test_what_stands_otherwise_than_recorded_is_refused_with_its_cell() -> None:
    ledger = empty_ledger()
    read_office([text()], [OPEN]).record(ledger)
    row = [*OPEN[:4], "Q4 2024", "open"]

    with pytest.raises(RefusedError) as error:
        read_office([text()], [row]).record(ledger)

    (finding,) = error.value.findings
    assert (finding.code, finding.file, finding.line) == ("E107", "office.xlsx", 2)
    assert str(finding) == (
        "E107 office.xlsx:2 CommitmentMade 'P1/made', Actions!E2: id: is recorded at position 7 "
        "with other content (due): give a new event a new id, or correct the old one with "
        "EventCorrected"
    )


def test_all_or_nothing_is_recorded_and_every_fault_is_told() -> None:
    ledger = empty_ledger()
    sheet = read_office([text(), BAD, LATER])

    with pytest.raises(RefusedError) as error:
        sheet.record(ledger)

    assert str(error.value) == (
        f"E104 office.xlsx:3, Texts!F3: Signed on: {NO_DAY}\n"
        "E101 office.xlsx:4 InstrumentSigned 'T3/signed', Texts!F4: when: 2033 is after the day of "
        "recording, 2025-01-01: record it once it has happened"
    )
    assert ledger.position == 0


def test_the_good_rows_are_recorded_and_the_others_are_left_to_be_mended() -> None:
    ledger = empty_ledger()
    texts = [text(), BAD, LATER]
    promises = [OPEN, ["P2", "wait", "T2", "us"], ["P3", "wait", "T1", "nobody"]]
    path = make_office(texts, promises)
    mapping = mapping_of(path)

    receipt = sheets.read(path, mapping).record(ledger, rest="rest.xlsx")

    assert [finding.code for finding in receipt.rejected] == ["E104", "E106", "E101"]
    assert receipt.rejected_lines == 4
    book = load_workbook("rest.xlsx")
    assert [[cell.value for cell in row] for row in book["Texts"].iter_rows(max_col=6)] == [
        TEXTS[:6],
        ["T2", "S", "IDR", None, "MoU", "31/02/2023"],
        ["T3", "S", "IDR", None, "MoU", 2033],
    ]
    assert [[cell.value for cell in row] for row in book["Actions"].iter_rows(max_col=4)] == [
        PROMISES[:4],
        ["P2", "wait", "T2", "us"],
        ["P3", "wait", "T1", "nobody"],
    ]
    marks = {cell.coordinate for tab in book for row in tab for cell in row if cell.comment}
    assert marks == {"F2", "F3", "C2", "D3"}
    book["Texts"]["F2"], book["Texts"]["F3"], book["Actions"]["D3"] = "2023-02-28", 2023, "us"
    book.save("rest.xlsx")
    mended = sheets.read("rest.xlsx", mapping, view=ledger.view()).record(ledger, rest="none.xlsx")
    assert (mended.rejected, mended.already) == ((), 0)  # No row was recorded in part.
    assert not Path("none.xlsx").exists()
    assert len(ledger.view().commitments()) == 3


def test_a_dry_run_tells_and_writes_nothing() -> None:
    ledger = empty_ledger()
    sheet = read_office([text(), BAD])

    receipt = sheet.record(ledger, dry_run=True, rest="rest.xlsx")

    assert (ledger.position, Path("rest.xlsx").exists()) == (0, False)
    assert (receipt.rejected_lines, len(receipt.rejected)) == (1, 1)


def test_a_refusal_about_ourselves_has_no_cell() -> None:
    ledger = Ledger.in_memory()
    path = make_office([text()])
    us = {"party": "OC", "name": "O", "kind": "agency", "parent": "nobody"}

    with pytest.raises(RefusedError) as error:
        sheets.read(path, sheets.guess(path, us=us)).record(ledger)

    assert str(error.value).startswith("E202 office.xlsx PartyRegistered 'OC/registered': parent:")


def test_a_marked_copy_has_every_row_and_tells_what_is_wrong() -> None:
    path = make_office([text(), BAD, text("T3", partner="I.D.R")])
    sheet = sheets.read(path, mapping_of(path))

    sheet.marked("marked.xlsx")

    tab = load_workbook("marked.xlsx")["Texts"]
    assert tab.max_row == 4
    assert tab.freeze_panes == "A2"
    notes = {cell.coordinate: cell.comment.text for row in tab for cell in row if cell.comment}
    assert notes == {
        "F3": f"Signed on: {NO_DAY}",
        "C4": "Partner: 'I.D.R' may be 'IDR': the same letters, spelled otherwise: accept it, "
        "or keep it apart",
    }
    again = sheets.read("marked.xlsx", sheet.mapping)
    assert (again.events, again.problems) == (sheet.events, sheet.problems)


def test_a_copy_of_csv_tells_what_is_wrong_in_a_last_column() -> None:
    path = Path("office.csv")
    rows = ("Liste\nd'été", "", "", "Partenaire;Titre;Signé;Fin", "IDR;=x;31/02/2023;")
    path.write_bytes(
        "\r\n".join((*rows, "IDR;Deux;2020;1/1/2023", "CQE;;2020;2026")).encode("cp1252")
    )
    mapping = sheets.guess(path, us="OC", day_first=True)
    sheet = sheets.read(path, mapping)
    sheet.marked("marked.csv")
    sheet.record(empty_ledger(), rest="rest.csv")

    assert Path("marked.csv").read_text("utf-8-sig").splitlines() == [
        *("Liste,,,,", "d'été,,,,", "", "", "Partenaire,Titre,Signé,Fin,Problems"),
        f'IDR,\'=x,31/02/2023,,"Signé: {NO_DAY}"',
        *("IDR,Deux,2020,1/1/2023,", "CQE,,2020,2026,"),
    ]
    assert Path("rest.csv").read_text("utf-8-sig").splitlines()[5].startswith("IDR,'=x,")
    again = sheets.read("marked.csv", mapping)
    assert (again.problems, again.events) == (sheet.problems, sheet.events)


@pytest.mark.parametrize("name", ["copy.txt", "copy.csv"])
def test_a_copy_is_a_workbook_or_csv_of_one_tab(name: str) -> None:
    sheet = read_office([text()], [OPEN])

    with pytest.raises(ArgumentError) as error:
        sheet.marked(name)

    assert str(error.value) == (
        f"path={name!r} is no path of such a copy: end it in .xlsx, or in .csv for one tab"
    )


def test_dates_in_a_copy_are_dates_as_precise_as_they_were() -> None:
    book = Workbook()
    tab = book.worksheets[0]
    tab.append(["No.", "Partner", "Title", "Type", "Signed on"])
    shown = {"T1": "yyyy-mm-dd", "T2": "mmm-yy", "T3": "yyyy", "T4": "General"}
    for number, (key, number_format) in enumerate(shown.items(), 2):
        tab.append([key, "IDR", "Seeds", "MoU", date(2022, 8, 1) if key != "T4" else 2022])
        tab.cell(number, 5).number_format = number_format
    book.save("office.xlsx")
    sheet = sheets.read("office.xlsx", sheets.guess("office.xlsx", us="OC"))

    sheet.marked("copy.xlsx")

    assert sheets.read("copy.xlsx", sheet.mapping).events == sheet.events
    signed = [event for event in sheet.events if isinstance(event, events.InstrumentSigned)]
    assert [str(event.when) for event in signed] == ["2022-08-01", "2022-08", "2022", "2022"]


@pytest.mark.parametrize(
    ("row", "cell", "mended"),
    [
        ("1,Sea charts,CNRS,Agreement,Q3 2024,,in force", "Q3 2024", "Q1 2024"),
        ("1,Sea charts,CNRS,MoU,2024-05-20,2023,in force", "2023", "2026"),
    ],
)
def test_a_row_is_recorded_whole_or_not_at_all_and_goes_in_once_mended(
    row: str, cell: str, mended: str
) -> None:
    ledger = empty_ledger()
    path = Path("office.csv")
    path.write_text(f"No.,Title,Partner,Kind,Signed,Valid until,Status\n{row}\n", "utf-8")
    mapping = sheets.guess(path, us="OC", as_of="2024-06-30")

    receipt = sheets.read(path, mapping).record(ledger, rest="rest.csv")
    assert [each.id for each in ledger.events()] == ["OC/registered"]
    assert receipt.rejected_lines == 1
    rest = Path("rest.csv")
    rest.write_text(rest.read_text("utf-8-sig").replace(cell, mended, 1), "utf-8")
    again = sheets.read(rest, mapping, view=ledger.view()).record(ledger, rest="none.csv")

    assert (again.rejected, again.already) == ((), 0)
    assert ledger.view().instrument("text-1").state == "in_force"
    assert not ledger.check()


def test_what_hangs_on_a_row_that_is_left_is_left_and_goes_in_with_it() -> None:
    ledger = empty_ledger()
    late = ["2", "S", "CQE", "", "MoU", 2033]
    path = make_office([text("1"), late], [["1", "wait", "2", "us"], ["2", "look", "1", "nobody"]])
    mapping = mapping_of(path)

    receipt = sheets.read(path, mapping).record(ledger, rest="rest.xlsx")

    assert receipt.rejected_lines == 3
    assert {party.id for party in ledger.view().parties()} == {"IDR", "OC"}
    book = load_workbook("rest.xlsx")
    book["Texts"]["F2"], book["Actions"]["D3"] = 2023, "us"
    book.save("rest.xlsx")
    mended = sheets.read("rest.xlsx", mapping, view=ledger.view()).record(ledger, rest="r.xlsx")
    assert (mended.rejected, len(ledger.view().commitments())) == ((), 2)


def test_a_copy_of_rows_of_one_tab_has_the_headers_of_the_others() -> None:
    path = make_office([text()], [["P1", "wait", "T1", "nobody"]])

    sheets.read(path, mapping_of(path)).record(empty_ledger(), rest="rest.xlsx")

    assert [tab.max_row for tab in load_workbook("rest.xlsx")] == [1, 2]


def test_a_copy_that_cannot_be_written_is_refused_before_anything_is_recorded() -> None:
    ledger = empty_ledger()
    path = make_office([text()], [["P1", "wait", "T1", "nobody"]])

    with pytest.raises(ArgumentError, match=r"rest='rest\.csv' is no path of such a copy"):
        sheets.read(path, mapping_of(path)).record(ledger, rest="rest.csv")
    assert ledger.position == 0


@pytest.mark.parametrize("rest", ["none/rest.xlsx", "/dev/full/rest.xlsx", "folder.xlsx"])
def test_nothing_is_recorded_where_the_rest_cannot_be_written(rest: str) -> None:
    Path("folder.xlsx").mkdir()
    ledger = empty_ledger()

    with pytest.raises(StoreError, match=r"rest|folder"):
        read_office([text(), BAD]).record(ledger, rest=rest)

    assert ledger.position == 0


@pytest.mark.parametrize(
    ("largest", "place"),
    [(100, re.escape(tempfile.gettempdir())), (3000, r"rest\.xlsx")],
)
def test_nothing_is_recorded_where_the_disk_is_full(largest: int, place: str) -> None:
    sheet = read_office([text(), BAD])
    ledger = empty_ledger()

    with small_files(Path(), largest=largest), pytest.raises(StoreError, match=place) as error:
        sheet.record(ledger, rest="rest.xlsx")

    assert str(error.value).endswith(": File too large: check the path and the disk")
    assert (ledger.position, sorted(Path().iterdir())) == (0, [Path("office.xlsx")])


def test_no_rest_is_written_where_nothing_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with Ledger.open(path) as ledger:
        ledger.record(events.PartyRegistered(party="OC", name="OC", kind="agency"))
    sheet = read_office([text(), BAD])

    with Ledger.open(path, readonly=True) as ledger, pytest.raises(CoopledgerError):
        sheet.record(ledger, rest="rest.xlsx")

    assert not list(Path().glob("*rest*"))


def test_a_row_waits_whose_debtor_is_a_partner_of_bad_rows_alone() -> None:
    bad = ["T2", "S", "Quiet Engines", "", "MoU", "31/02/2023"]
    owed = ["P1", "send it", "T1", "Quiet Engines", "2024"]
    under = ["P2", "send more", "T2", "us", "2024"]
    ledger = empty_ledger()

    receipt = read_office([text(), bad], [owed, under]).record(ledger, rest="rest.xlsx")

    assert [finding.where for finding in receipt.rejected] == ["Texts!F3"]
    assert receipt.rejected_lines == 3
    tab = load_workbook("rest.xlsx")["Actions"]
    notes = [cell.comment.text for row in tab.iter_rows() for cell in row if cell.comment]
    assert notes == [
        "waits for a row with this partner that can be recorded",
        "waits for the row of this text, which cannot be recorded yet",
    ]
    book = load_workbook("rest.xlsx")
    book["Texts"]["F2"] = "28/02/2023"
    book.save("rest.xlsx")
    mapping = mapping_of(Path("rest.xlsx"))
    mended = sheets.read("rest.xlsx", mapping, view=ledger.view()).record(ledger)
    assert (mended.rejected, ledger.view().commitment("P1").debtors) == ((), ("quiet-engines",))
