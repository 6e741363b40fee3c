"""Cells of a table as a person sees them, whatever file they come from."""

from collections.abc import Iterable, Iterator

from coopledger._folding import cleaned
from coopledger._frozen import frozen


@frozen(kw_only=True)
class Cell:
    """Cell of a table.

    Attributes:
        text: What it shows, without blanks around; empty for a blank cell.
        date: The date that it shows, in EDTF, if the file says that it is one: a day, or a month
            or a year where its number format shows no more.
        number: The number in it, if the file says that it is one.
        fault: Why nothing is to be read in it, such as a formula without a result.
    """

    text: str = ""
    date: str | None = None
    number: int | float | None = None
    fault: str | None = None

    @property
    def is_blank(self) -> bool:
        """Return whether there is nothing in it."""
        return not self.text and self.fault is None


BLANK = Cell()


@frozen(kw_only=True)
class Row:
    """Row of a table.

    Attributes:
        number: Its number in the file, from 1.
        cells: Its cells, from the first column on.
        is_heading: Whether one text is spread across it, as above a group of rows.
    """

    number: int
    cells: tuple[Cell, ...]
    is_heading: bool = False

    def cell(self, column: int) -> Cell:
        """Return the cell in the column, from 0; a blank one beyond the last."""
        return self.cells[column] if column < len(self.cells) else BLANK


@frozen(kw_only=True)
class Table:
    """Table of a file: the rows of a tab that are not blank.

    Attributes:
        name: The name of the tab; empty for a file without tabs.
        rows: Its rows, in their order.
        starts_1904: Whether its days are counted from 1904.
    """

    name: str
    rows: tuple[Row, ...]
    starts_1904: bool = False

    def after(self, number: int) -> Iterator[Row]:
        """Yield the rows below the one with the number."""
        return (row for row in self.rows if row.number > number)


def plain_text(value: object) -> str:
    """Return what a cell shows: texts with one kind of blank, line feeds kept."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(map(_one_kind_of_blank, lines)).strip()


def _one_kind_of_blank(line: str) -> str:
    """Return the line with the blanks of a keyboard; control signs stay, to be refused."""
    return line.strip(" ") if line.isascii() else cleaned(line)


def letters(column: int) -> str:
    """Return the letters of a column, from 0: A to Z, AA and so on."""
    name, number = "", column + 1
    while number:
        number, place = divmod(number - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def width(rows: Iterable[Row]) -> int:
    """Return the number of columns of the rows."""
    return max((len(row.cells) for row in rows), default=0)
