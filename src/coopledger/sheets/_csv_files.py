"""Files of CSV: their encoding and what stands between their cells."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from coopledger.sheets._cells import BLANK, Cell, Row, Table, plain_text
from coopledger.sheets._limits import LONGEST_CELL, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from coopledger.sheets._refusals import unreadable

DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 4_096  # bytes
_TRIED = 50  # rows
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# A first line by which a program is told what stands between the cells.
_SEPARATOR = re.compile(r'"?sep=(.)"?\s*')
# An apostrophe before signs that would begin a formula; see `_csv_writing`.
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def csv_table(path: Path, *, encoding: str | None, delimiter: str | None) -> Table:
    """Return the table of a file of CSV.

    Raises:
        ArgumentError: It is no text in the encoding, or larger than is read.
        OSError: It cannot be read.
    """
    encoding = encoding_of(path, encoding)
    try:
        with path.open(encoding=encoding, newline="") as stream:
            return Table(name="", rows=tuple(_rows(stream, delimiter)))
    except UnicodeError as error:
        raise unreadable(_not_in(encoding, error)) from None
    except LookupError:
        raise unreadable(f"cannot be read: {encoding!r} is no encoding") from None
    except csv.Error as error:
        raise unreadable(f"is no CSV: {error}") from None


def encoding_of(path: Path, told: str | None = None) -> str:
    """Return the encoding that a mark at the beginning tells, or that is told, or UTF-8.

    A copy that a program of spreadsheets has saved may have a mark that the file did not have.
    """
    with path.open("rb") as stream:
        beginning = stream.read(_SNIFFED)
    for mark, encoding in _MARKS.items():
        if beginning.startswith(mark):
            return encoding
    # Most letters of a table are ASCII: in UTF-16 each second byte is zero.
    for encoding, zeros in (("utf-16-le", beginning[1::2]), ("utf-16-be", beginning[::2])):
        if told is None and zeros.count(0) > len(zeros) // 2:
            return encoding
    return told or "utf-8"


def is_in(path: Path, encoding: str) -> bool:
    """Return whether the whole file is text in the encoding."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            while stream.read(LONGEST_CELL):
                pass
    except UnicodeError:
        return False
    return True


def _not_in(encoding: str, error: UnicodeError) -> str:
    """Return that the file is in another encoding, and what would do."""
    place = f" at byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else ""
    return (
        f"is not in {encoding}{place}: save it as UTF-8, or say its encoding, "
        "such as encoding='cp1252'"
    )


def _rows(stream: TextIO, delimiter: str | None) -> Iterator[Row]:
    """Yield the rows that are not blank."""
    lines = _lines(stream)
    head = list(islice(lines, _TRIED))
    if head and (told := _SEPARATOR.fullmatch(head[0])):
        delimiter, head[0] = delimiter or told[1], "\n"
    delimiter = delimiter or delimiter_of(head)
    reader = csv.reader(_chained(head, lines), delimiter=delimiter, strict=False)
    rows, held, number = 0, 0, 1
    for values in reader:
        cells = tuple(map(_cell, values))
        filled = sum(1 for cell in cells if cell.text)
        if filled:
            rows, held = rows + 1, held + filled
            _refuse_more(rows, len(cells), held)
            yield Row(number=number, cells=cells)
        number = reader.line_num + 1


def _refuse_more(rows: int, columns: int, cells: int) -> None:
    """Refuse more rows, columns or cells than are read."""
    if cells > MOST_CELLS:
        raise unreadable(f"has more than {MOST_CELLS} cells: divide it")
    if rows > MOST_ROWS:
        raise unreadable(f"has more than {MOST_ROWS} rows: divide it")
    if columns > MOST_COLUMNS:
        raise unreadable(f"has a row of {columns} cells: at most {MOST_COLUMNS} are read")


def _chained(head: Iterable[str], lines: Iterable[str]) -> Iterator[str]:
    yield from head
    yield from lines


def _lines(stream: TextIO) -> Iterator[str]:
    """Yield the lines, of which none is longer than a row can be."""
    most = LONGEST_CELL * 4
    while line := stream.readline(most + 1):
        if len(line) > most:
            raise unreadable(f"has a line of more than {most} letters: is it CSV?")
        yield line


def _cell(value: str) -> Cell:
    """Return the cell of a text, without the apostrophe that guards it from being a formula."""
    if not value:
        return BLANK
    if len(value) > LONGEST_CELL:
        words = f"is longer than the {LONGEST_CELL} letters of a cell"
        return Cell(text=value[:LONGEST_CELL], fault=words)
    return Cell(text=plain_text(value[1:] if _GUARDED.match(value) else value))


def delimiter_of(lines: Iterable[str]) -> str:
    """Return what stands between the cells: the sign that makes most rows alike and widest."""
    lines = list(lines)
    return max(DELIMITERS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how many rows have the commonest number of cells above one, and that number."""
    widths = Counter(map(len, csv.reader(lines, delimiter=delimiter)))
    width, count = max(
        ((width, count) for width, count in widths.items() if width > 1),
        key=lambda pair: (pair[1], pair[0]),
        default=(0, 0),
    )
    return count, width
