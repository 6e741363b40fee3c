"""Workbooks, XLSX: the door to openpyxl and defusedxml.

Every part of the file is read once before openpyxl sees it: entities are refused, sizes are
counted, and merged cells and formulas without a result are noted, of which openpyxl does not tell
where it reads row by row.
"""

import posixpath
import re
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

import attrs

from coopledger.errors import MissingExtraError
from coopledger.sheets._cells import BLANK, Cell, Row, Table, plain_text
from coopledger.sheets._limits import (
    LONGEST_CELL,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGED,
    MOST_PARTS,
    MOST_ROWS,
    MOST_UNPACKED,
)
from coopledger.sheets._number_formats import shown_date
from coopledger.sheets._refusals import unreadable

if TYPE_CHECKING:
    from openpyxl import Workbook

# What openpyxl and its readers raise where a part is not as it should be.
_FAULTS = (
    *(AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OverflowError),
    *(ParseError, RuntimeError, TypeError, ValueError, BadZipFile, zlib.error),
)
_DAMAGED = "is no workbook that can be read: open it in a program of spreadsheets and save it again"
_ENTITIES = "holds entities or a document type, which no workbook needs: it is not read"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_VALUES = {"v", "t"}
_NO_RESULT = "is a formula without a result: save the file in a program of spreadsheets, or say it"
_ELEMENTS = 2  # of XML that a cell has, at most of its kinds
_HEADING = 3  # So many cells or more that one text is spread across are a heading.
Elements = Iterator[tuple[str, Any]]  # each with whether it begins or ends
ReadXml = Callable[..., Elements]
Area = tuple[int, int, int, int]  # first row and column, last row and column, from 1


@attrs.define
class _Part:
    """Notes on one part of the file, which is read element by element.

    Attributes:
        merged: The areas of merged cells.
        rows: The numbers of the rows that hold anything.
        unresolved: The rows and columns, from 1, of formulas without a result.
        names: For each tab its name and the id of its part.
        targets: The paths of parts by their ids.
    """

    merged: list[Area] = attrs.field(factory=list[Area])
    rows: set[int] = attrs.field(factory=set[int])
    unresolved: set[tuple[int, int]] = attrs.field(factory=set[tuple[int, int]])
    names: list[tuple[str, str]] = attrs.field(factory=list[tuple[str, str]])
    targets: dict[str, str] = attrs.field(factory=dict[str, str])
    _row: int = 0
    _column: int = 0

    def begin(self, tag: str, fields: dict[str, str]) -> None:
        """Note what an element says by its attributes."""
        note = self._BEGINNING.get(tag)
        if note is not None:
            note(self, fields)

    def end(self, tag: str, text: str | None) -> None:
        """Note what an element holds."""
        if tag == "f":
            self.rows.add(self._row)
            self.unresolved.add((self._row, self._column))
        elif tag in _VALUES and text:
            self.rows.add(self._row)
            self.unresolved.discard((self._row, self._column))
        if len(self.rows) > MOST_ROWS:
            raise unreadable(f"has more than {MOST_ROWS} rows: divide it")

    def _begin_row(self, fields: dict[str, str]) -> None:
        self._row, self._column = int(fields.get("r", self._row + 1)), 0

    def _begin_cell(self, fields: dict[str, str]) -> None:
        place = _PLACE.fullmatch(fields.get("r", ""))
        self._column = _number_of(place[1]) if place else self._column + 1

    def _note_merged(self, fields: dict[str, str]) -> None:
        ends = [_PLACE.fullmatch(end) for end in fields.get("ref", "").split(":")]
        first, last = ends[0], ends[-1]
        if first and last:
            area = int(first[2]), _number_of(first[1]), int(last[2]), _number_of(last[1])
            self.merged.append(area)

    def _note_tab(self, fields: dict[str, str]) -> None:
        id = next((value for name, value in fields.items() if name.endswith("}id")), "")
        self.names.append((fields.get("name", ""), id))

    def _note_target(self, fields: dict[str, str]) -> None:
        target = fields.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join("xl", target)
        self.targets[fields.get("Id", "")] = posixpath.normpath(path)

    def _refuse_hidden(self, fields: dict[str, str]) -> None:
        """Refuse a part that would be read under a name by which it was not looked at."""
        is_read = "spreadsheetml" in fields.get("ContentType", "")
        if is_read and not fields.get("PartName", "").endswith(".xml"):
            raise unreadable(_DAMAGED)

    _BEGINNING: ClassVar[dict[str, Callable[["_Part", dict[str, str]], None]]] = {
        "row": _begin_row,
        "c": _begin_cell,
        "mergeCell": _note_merged,
        "sheet": _note_tab,
        "Relationship": _note_target,
        "Override": _refuse_hidden,
    }


def workbook_tables(path: Path) -> tuple[Table, ...]:
    """Return the tables of the tabs that are no charts.

    Raises:
        ArgumentError: It is damaged, hostile, or larger than is read.
        MissingExtraError: openpyxl or defusedxml is not installed.
        OSError: It cannot be read.
    """
    try:
        import openpyxl
        from defusedxml.ElementTree import iterparse
    except ImportError as error:
        package = "defusedxml" if "defusedxml" in str(error) else "openpyxl"
        raise MissingExtraError("sheets", package) from None
    try:
        parts = _parts(path, iterparse)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out: pictures, validations
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            return tuple(_tables(book, parts))
        finally:
            book.close()
    except _FAULTS as error:
        words = _ENTITIES if "Forbidden" in type(error).__name__ else _DAMAGED
        raise unreadable(words) from error


def _tables(book: "Workbook", parts: dict[str, _Part]) -> Iterator[Table]:
    """Yield the table of each tab."""
    starts_1904 = book.epoch.year == 1904  # noqa: PLR2004 - the other day from which days count
    for tab in book.worksheets:
        part = parts.get(tab.title, _Part())
        rows = _filled(_read(tab, part), part.merged)
        yield Table(name=tab.title, rows=tuple(rows), starts_1904=starts_1904)


# --- the parts of the file


def _parts(path: Path, read_xml: ReadXml) -> dict[str, _Part]:
    """Return what was noted of each tab, by its name.

    Raises:
        ArgumentError: A part holds entities, or all parts are larger than is read.
    """
    with ZipFile(path) as archive:
        files = archive.infolist()
        size = sum(each.file_size for each in files)
        if size > MOST_UNPACKED or len(files) > MOST_PARTS:
            words = f"unpacks to {size // 1_000_000} MB in {len(files)} parts"
            most = f"at most {MOST_UNPACKED // 1_000_000} MB in {MOST_PARTS} are read"
            raise unreadable(f"{words}, and {most}: save only the tables")
        counting, scanned = count(1), dict[str, _Part]()
        for each in filter(_is_xml, files):
            with archive.open(each) as stream:
                scanned[each.filename] = _scanned(
                    read_xml(stream, ("start", "end"), forbid_dtd=True), counting
                )
    book = scanned.get("xl/workbook.xml", _Part())
    paths = scanned.get("xl/_rels/workbook.xml.rels", _Part()).targets
    return {name: scanned[paths[id]] for name, id in book.names if paths.get(id) in scanned}


def _is_xml(file: ZipInfo) -> bool:
    return file.filename.endswith((".xml", ".rels"))


def _scanned(elements: Elements, counting: Iterator[int]) -> _Part:
    """Return what is noted of a part; every element of all parts is counted."""
    part = _Part()
    above: list[Any] = []
    for event, element in elements:
        tag = element.tag.rpartition("}")[2]
        if event == "start":
            above.append(element)
            if next(counting) > _ELEMENTS * MOST_CELLS:
                raise unreadable(f"has more than {MOST_CELLS} cells: divide it")
            part.begin(tag, element.attrib)
        else:
            part.end(tag, element.text)
            above.pop()
            if above:
                above[-1].remove(element)  # So that no part is held whole.
    return part


def _number_of(name: str) -> int:
    """Return the number of the column with the letters, from 1."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# --- the cells


def _read(tab: Any, part: _Part) -> dict[int, list[Cell]]:  # noqa: ANN401 - of two classes
    """Return the cells of the rows that hold anything, by the numbers of the rows."""
    rows: dict[int, list[Cell]] = {}
    tab.reset_dimensions()  # What a file says of its size need not be true.
    last = max(part.rows, default=0)
    for number, row in enumerate(tab.iter_rows(max_col=MOST_COLUMNS, max_row=last), 1):
        if number not in part.rows:
            continue
        cells = [BLANK if cell.value is None else _cell(cell) for cell in row]
        for column, cell in enumerate(cells if part.unresolved else (), 1):
            if cell.is_blank and (number, column) in part.unresolved:
                cells[column - 1] = Cell(fault=_NO_RESULT)
        while cells and cells[-1].is_blank:
            cells.pop()
        if cells:
            rows[number] = cells
    return rows


def _cell(cell: Any) -> Cell:  # noqa: ANN401 - of several classes
    """Return the cell as a person sees it."""
    value = cell.value
    if cell.data_type == "e":
        return Cell(text=str(value), fault="is an error of a formula: mend the formula, or say it")
    if isinstance(value, date):
        shown = shown_date(value, cell.number_format)
        return Cell(text=shown or plain_text(value), date=shown)
    if isinstance(value, time | timedelta):
        return Cell(text=plain_text(value))
    if isinstance(value, int | float):
        number = None if isinstance(value, bool) else value
        return Cell(text=plain_text(value), number=number)
    text = _unescaped(str(value))
    if len(text) > LONGEST_CELL:
        words = f"is longer than the {LONGEST_CELL} letters of a cell"
        return Cell(text=text[:LONGEST_CELL], fault=words)
    return Cell(text=plain_text(text))


def _unescaped(text: str) -> str:
    """Return the text with the signs that XML cannot hold, which are written as ``_x001B_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _filled(rows: dict[int, list[Cell]], merged: Iterable[Area]) -> Iterator[Row]:
    """Yield the rows, in whose merged cells is what the first one holds."""
    headings, filled = set[int](), 0
    for top, left, bottom, last in merged:
        right = min(last, MOST_COLUMNS)
        first = rows.get(top, [])
        value = first[left - 1] if left <= len(first) else BLANK
        numbers = [top] if bottom == top else [n for n in rows if top <= n <= bottom]
        filled += len(numbers) * (right - left + 1)
        if filled > MOST_MERGED:
            raise unreadable(f"has more than {MOST_MERGED} merged cells: divide it")
        if value.is_blank:
            continue
        if right - left + 1 >= _HEADING and all(
            cell.is_blank for place, cell in enumerate(first, 1) if place != left
        ):
            headings.add(top)
        for number in numbers:
            cells = rows[number]
            cells.extend([BLANK] * (right - len(cells)))
            cells[left - 1 : right] = [value] * (right - left + 1)
    for number in sorted(rows):
        cells = rows[number]
        yield Row(number=number, cells=tuple(cells), is_heading=number in headings)
