"""Tables: columns that line up, in lines that fit on the page."""

from collections.abc import Iterator, Sequence

from coopledger.render._text_width import elided, flat, room, wrapped

PAGE = 100
GAP = "  "
WHOLE = 24  # Words up to this long are never broken, even where the page is too small for them.
LINES = 3  # A text that needs more lines than this ends in an ellipsis.

Cell = str | int


def table(rows: Sequence[Sequence[Cell]], *, headers: Sequence[str], width: int = PAGE) -> str:
    """Rows below their headers, in columns that line up; nothing at all without rows.

    Columns of whole numbers stand to the right; columns without any content are left out. Where
    the lines would be longer than ``width``, the widest columns are made narrower: their texts
    go on below, for three lines at most, and what is left out then shows as ``…``. Only where
    single words need more room than there is do the lines become longer.

    Args:
        rows: One sequence for each row, with as many cells as there are headers; a line break
            in a cell begins a new line there.
        headers: What stands above the columns.
        width: The length of a line, in letters.

    >>> print(table([["VNFR", 3], ["VNUNESCO", 12]], headers=["partnership", "open"]))
    PARTNERSHIP  OPEN
    VNFR            3
    VNUNESCO       12
    """
    titles = [header.upper() for header in headers]
    filled = [
        cells for cells in zip(titles, *rows, strict=True) if any(cell != "" for cell in cells[1:])
    ]
    widths = _fitted(filled, width)
    columns = [_column(cells, wide) for cells, wide in zip(filled, widths, strict=True)]
    return "\n".join(line for row in zip(*columns, strict=True) for line in _side_by_side(row))


def _natural(cell: Cell) -> int:
    """The room that the cell takes when nothing is wrapped."""
    return max(room(flat(line)) for line in str(cell).split("\n"))


def _needed(cell: Cell) -> int:
    """The room that the cell takes when every blank begins a new line."""
    return max((min(room(flat(word)), WHOLE) for word in str(cell).split()), default=0)


def _fitted(columns: Sequence[Sequence[Cell]], page: int) -> list[int]:
    """The widths of the columns, the widest made narrower until all fit on the page."""
    widths = [max(map(_natural, cells)) for cells in columns]
    least = [max(map(_needed, cells)) for cells in columns]
    while sum(widths) + len(GAP) * (len(widths) - 1) > page and widths != least:
        spare = [place for place, wide in enumerate(widths) if wide > least[place]]
        widths[max(spare, key=widths.__getitem__)] -= 1
    return widths


def _column(cells: Sequence[Cell], wide: int) -> list[list[str]]:
    """Each cell of the column as lines of the same width."""
    right = all(isinstance(cell, int) or not cell for cell in cells[1:])
    return [[_padded(line, wide, right=right) for line in _lines(cell, wide)] for cell in cells]


def _lines(cell: Cell, wide: int) -> Iterator[str]:
    """The lines of the cell, each text among them wrapped, and cut after so many lines."""
    for text in str(cell).split("\n"):
        lines = wrapped(flat(text), wide)
        yield from lines[: LINES - 1]
        if len(lines) >= LINES:
            yield elided(" ".join(lines[LINES - 1 :]), wide)


def _padded(line: str, wide: int, *, right: bool) -> str:
    """The line with blanks up to the width."""
    blanks = " " * (wide - room(line))
    return blanks + line if right else line + blanks


def _side_by_side(cells: Sequence[list[str]]) -> Iterator[str]:
    """The lines of a row; where a cell has no more lines, its place stays blank."""
    for index in range(max(map(len, cells))):
        line = [cell[index] if index < len(cell) else " " * room(cell[0]) for cell in cells]
        yield GAP.join(line).rstrip()
