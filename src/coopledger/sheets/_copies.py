"""Copies of a sheet with its bad cells marked, to be mended and read by the same mapping."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from coopledger._frozen import frozen
from coopledger.errors import ArgumentError
from coopledger.sheets._cells import Cell, Row, Table, width
from coopledger.sheets._csv_writing import csv_bytes
from coopledger.sheets._recording import WHOLE_ROW
from coopledger.sheets._workbook_writing import Page, Value, workbook_bytes
from coopledger.sheets.mapping import Tab

_PROBLEMS = "Problems"
_YEAR, _MONTH, _DAY = "yyyy", "mmm-yy", "yyyy-mm-dd"
_FORMATS = {1: _YEAR, 2: _MONTH, 3: _DAY}  # by the units of a date


@frozen(kw_only=True)
class Copy:
    """Copy of a tab.

    Attributes:
        tab: The tab.
        table: Its table.
        rows: The rows below the headers that are copied; None for all, each at its place.
        notes: What is wrong, by the number of the row and that of the column, from 0.
        delimiter: What stands between the cells of CSV.
    """

    tab: Tab
    table: Table
    rows: tuple[Row, ...] | None
    notes: Mapping[tuple[int, int], str]
    delimiter: str = ","

    def placed(self) -> dict[int, Row]:
        """Return the rows by their numbers in the copy: those above come first, as they were."""
        header = self.tab.header
        if self.rows is None:
            return {row.number: row for row in self.table.rows}
        above = {row.number: row for row in self.table.rows if row.number <= header}
        return above | dict(enumerate(self.rows, header + 1))

    def note(self, row: Row, column: int) -> str | None:
        """Return what is wrong with a cell; what is wrong with a whole row stands in the first."""
        note = self.notes.get((row.number, column))
        return note or (self.notes.get((row.number, WHOLE_ROW)) if column == 0 else None)


def copy_bytes(name: str, path: Path, copies: Sequence[Copy]) -> bytes:
    """Return the copies as a workbook or, if there is one without a name, as CSV.

    Raises:
        ArgumentError: The path, of that name, has another ending.
        MissingExtraError: It is a workbook, and openpyxl is not installed.
    """
    refuse_path(name, path, tabs=len(copies))
    is_csv = path.suffix.lower() == ".csv"
    return _csv(copies[0]) if is_csv else workbook_bytes(map(_page, copies))


def refuse_path(name: str, path: Path, *, tabs: int) -> None:
    """Refuse a path whose ending is not that of a file for so many tabs.

    Raises:
        ArgumentError: It is not.
    """
    ending = path.suffix.lower()
    if ending != ".xlsx" and not (ending == ".csv" and tabs == 1):
        words = "is no path of such a copy: end it in .xlsx, or in .csv for one tab"
        raise ArgumentError(name, repr(str(path)), words)


def _page(copy: Copy) -> Page:
    """Return a copy as a page of a workbook."""
    placed = copy.placed()
    notes = {
        (number, column): note
        for number, row in placed.items()
        for column in range(width(copy.table.rows))
        if (note := copy.note(row, column))
    }
    return Page(
        name=copy.tab.name or "Sheet",
        rows={number: [value_of(cell) for cell in row.cells] for number, row in placed.items()},
        header=copy.tab.header,
        notes=notes,
    )


def value_of(cell: Cell) -> Value:
    """Return what is written for a cell: a real date where it is one, and a number likewise."""
    if cell.date is not None:
        units = [int(part) for part in cell.date.split("-")]
        year, month, day = (*units, 1, 1)[:3]
        return date(year, month, day), _FORMATS[len(units)]
    return cell.text if cell.number is None else cell.number


def _csv(copy: Copy) -> bytes:
    """Return a copy as CSV, in which a last column tells what is wrong."""
    columns = width(copy.table.rows)
    rows: list[list[str]] = []
    for number, row in copy.placed().items():
        rows += [[] for _ in range(number - len(rows) - 1)]
        cells = [row.cell(column).text for column in range(columns)]
        if number < copy.tab.header:
            cells = [" ".join(text.split()) for text in cells]
        notes = (copy.note(row, column) for column in range(columns))
        told = _PROBLEMS if number == copy.tab.header else "; ".join(filter(None, notes))
        rows.append([*cells, told])
    return csv_bytes(rows, delimiter=copy.delimiter)
