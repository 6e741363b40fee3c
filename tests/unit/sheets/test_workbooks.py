import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from coopledger.errors import ArgumentError, MissingExtraError
from coopledger.sheets import _workbooks
from coopledger.sheets._files import tables
from tests.unit.sheets.files import PARTS, only, saved, sheet_of, texts, write_parts


def test_a_number_format_tells_a_month_or_a_year_from_a_day(tmp_path: Path) -> None:
    book = Workbook()
    tab = book.active
    assert tab is not None
    shown = {
        "dd/mm/yyyy": "2022-12-16",
        "mmm-yy": "2022-12",
        '"Quý "mmmm yyyy': "2022-12",
        "yyyy": "2022",
        "[$-42A]dd mmmm yyyy;@": "2022-12-16",
        "dd/mm/yyyy hh:mm": "2022-12-16",
    }
    for number, number_format in enumerate(shown, 1):
        tab.cell(number, 1, datetime(2022, 12, 16, 9, 30)).number_format = number_format  # noqa: DTZ001 - as in a workbook
    tab.cell(7, 1, time(9, 30))
    tab.cell(8, 1, 44911)

    cells = [row.cells[0] for row in only(saved(book, tmp_path)).rows]

    assert [cell.date for cell in cells] == [*shown.values(), None, None]
    assert (cells[6].text, cells[7].number) == ("09:30:00", 44911)


def test_days_may_be_counted_from_1904(tmp_path: Path) -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    tab = book.active
    assert tab is not None
    tab.append([date(2022, 8, 16)])

    table = only(saved(book, tmp_path))

    assert (table.rows[0].cells[0].date, table.starts_1904) == ("2022-08-16", True)


def test_merged_cells_hold_what_the_first_of_them_holds(tmp_path: Path) -> None:
    book = Workbook()
    tab = book.active
    assert tab is not None
    for row in (["Partner", "Text"], ["FRANCE"], ["CCIFV", "a"], [None, "b"], [None, None, "c"]):
        tab.append(row)
    tab.merge_cells("A2:D2")
    tab.merge_cells("A3:A5")
    tab.merge_cells("F3:G3")

    rows = only(saved(book, tmp_path)).rows

    assert [row.is_heading for row in rows] == [False, True, False, False, False]
    assert [row.cell(0).text for row in rows[2:]] == ["CCIFV"] * 3
    assert rows[3].cell(5).is_blank


def test_other_cells_are_read_as_they_show(tmp_path: Path) -> None:
    book = Workbook()
    tab = book.active
    assert tab is not None
    tab.append([True, 3.0, 0.5, " a\u00a0b \r\nc", None, "_x001B_[31m", "#REF!"])
    tab["G1"].data_type = "e"

    cells = only(saved(book, tmp_path)).rows[0].cells

    assert [cell.text for cell in cells] == [
        *("TRUE", "3", "0.5", "a b\nc", "", "\x1b[31m", "#REF!")
    ]
    assert cells[6].fault == "is an error of a formula: mend the formula, or say it"


def test_a_formula_gives_the_result_that_was_saved_or_is_a_fault(tmp_path: Path) -> None:
    row = '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c><f>1+1</f></c></row>'
    path = write_parts(tmp_path / "office.xlsx", sheet_of(row))

    (row_read,) = only(path).rows

    assert row_read.number == 2
    assert [cell.text for cell in row_read.cells] == ["2", ""]
    assert row_read.cells[1].fault == (
        "is a formula without a result: save the file in a program of spreadsheets, or say it"
    )


def test_a_long_text_is_a_fault(tmp_path: Path) -> None:
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>'
    path = write_parts(tmp_path / "office.xlsx", sheet_of(row))

    assert only(path).rows[0].cells[0].fault == "is longer than the 32767 letters of a cell"


EMPTY = "is empty: it has no cell with anything in it"
BOMBED = "unpacks to 100 MB in 6 parts, and at most 100 MB in 2000 are read: save only the tables"
BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
ENTITIES = "holds entities or a document type, which no workbook needs: it is not read"
DAMAGED = "is no workbook that can be read: open it in a program of spreadsheets and save it again"
SHORT = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 9))
MERGED = sheet_of(
    SHORT, after='<mergeCells><mergeCell ref="A1:B8"/><mergeCell ref="D1:E8"/></mergeCells>'
)
HIDDEN = PARTS["[Content_Types].xml"].replace("sheet.xml", "sheet.png")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("sheet", "parts", "words"),
    [
        (sheet_of("<row><c><v>&b;</v></c></row>", before=BOMB), {}, ENTITIES),
        ("<worksheet", {}, DAMAGED),
        (sheet_of(""), {"xl/workbook.xml": "<workbook/>"}, EMPTY),
        (sheet_of(""), {"[Content_Types].xml": HIDDEN}, DAMAGED),
        (
            sheet_of(""),
            {"zeros": "0" * 100_000_000},
            BOMBED,
        ),
    ],
    ids=["entities", "cut", "no tab", "hidden part", "zip bomb"],
)
def test_hostile_and_damaged_files_are_refused(
    sheet: str, parts: dict[str, str], words: str
) -> None:
    path = write_parts(Path("office.xlsx"), sheet, parts)

    with pytest.raises(ArgumentError) as refusal:
        tables(path)

    assert str(refusal.value) == f"file='office.xlsx' {words}"


@pytest.mark.parametrize(
    ("limit", "most", "words"),
    [
        ("MOST_CELLS", 15, "has more than 15 cells: divide it"),
        ("MOST_ROWS", 7, "has more than 7 rows: divide it"),
        ("MOST_MERGED", 31, "has more than 31 merged cells: divide it"),
    ],
)
def test_more_than_is_read_is_refused(
    folder: Path, limit: str, most: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_parts(folder / "office.xlsx", MERGED)
    monkeypatch.setattr(_workbooks, limit, most)

    with pytest.raises(ArgumentError, match=words):
        tables(path)


def test_a_part_that_is_longer_than_the_file_says_is_refused(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "office.xlsx", sheet_of("<row><c><v>1</v></c></row>"))
    packed = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/sheet.xml")
    size = part.file_size.to_bytes(4, "little")
    path.write_bytes(packed.replace(size, (5).to_bytes(4, "little")))

    with pytest.raises(ArgumentError, match="is no workbook that can be read"):
        tables(path)


def test_an_old_or_protected_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "office.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more")

    with pytest.raises(ArgumentError, match="is an old or a protected workbook: save it as XLSX"):
        tables(path)


def test_rows_that_only_have_a_format_are_not_read(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>'
    path = write_parts(tmp_path / "office.xlsx", sheet_of(rows))

    assert texts(only(path)) == [["1"]]


@pytest.mark.parametrize(
    ("package", "module"), [("openpyxl", "openpyxl"), ("defusedxml", "defusedxml.ElementTree")]
)
def test_a_workbook_needs_the_extra(
    tmp_path: Path, package: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_parts(tmp_path / "office.xlsx", sheet_of(""))
    monkeypatch.setitem(sys.modules, module, None)

    with pytest.raises(MissingExtraError) as error:
        tables(path)

    assert error.value == MissingExtraError("sheets", package)
