"""Text that fits on a page: lines of a given length, and tables whose columns line up.

Room is counted in columns of the screen: a letter takes one, a mark above or below it none
(Vietnamese is often written with them apart), a wide letter of East Asia two.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice

from coopledger._escape import printable

PAGE = 100
GAP = "  "
WHOLE = 24  # Words up to this long are never broken, even where the page is too small for them.
LINES = 6  # A text that needs more lines than this ends in an ellipsis.
ELLIPSIS = "…"
# After these a word that is longer than its column is broken, rather than between letters.
JOINTS = re.compile(r".*[-/_.@,;:)]", re.DOTALL)

Cell = str | int


def table(rows: Sequence[Sequence[Cell]], *, headers: Sequence[str], width: int = PAGE) -> str:
    """Return the rows below their headers, in columns that line up; empty without rows.

    Columns of whole numbers are set to the right; columns without any content are left out. Where
    the lines would be longer than ``width``, the widest columns are made narrower: their texts
    go on below, for six lines at most, and what is left out then shows as ``…``. Only where
    single words need more room than there is do the lines become longer.

    Args:
        rows: One sequence for each row, with as many cells as there are headers; a line break
            in a cell begins a new line there.
        headers: The texts above the columns.
        width: The length of a line, in letters.

    >>> print(table([["VNFR", 3], ["VNUNESCO", 12]], headers=["partnership", "open"]))
    PARTNERSHIP  OPEN
    VNFR            3
    VNUNESCO       12
    """
    titles = [header.upper() for header in headers]
    columns = [
        cells for cells in zip(titles, *rows, strict=True) if any(cell != "" for cell in cells[1:])
    ]
    widths = fitted(columns, width)
    blocks = [_column(cells, room) for cells, room in zip(columns, widths, strict=True)]
    return "\n".join(line for row in zip(*blocks, strict=True) for line in _side_by_side(row))


def fitted(columns: Sequence[Sequence[Cell]], page: int) -> list[int]:
    """Return the widths of the columns, the widest made narrower until all fit on the page.

    Only where single words need more room are the columns together wider than the page.
    """
    least = [max(map(_needed, cells)) for cells in columns]
    # Room beyond the page is never granted, and so not measured: a text may have a million signs.
    most = [max(page, needed) for needed in least]
    widths = [
        max(_natural(cell, up_to=limit) for cell in cells)
        for cells, limit in zip(columns, most, strict=True)
    ]
    return _narrowed(widths, least, page - len(GAP) * (len(widths) - 1))


def _narrowed(widths: Sequence[int], least: Sequence[int], total: int) -> list[int]:
    """Return widths that fit into the total, in which texts need about as many lines each.

    None becomes narrower than its least, nor wider than it was.
    """
    if sum(widths) <= total:
        return list(widths)
    narrowed = [min(pair) for pair in zip(widths, least, strict=True)]

    def lines(index: int) -> float:
        return widths[index] / narrowed[index]

    for _ in range(total - sum(narrowed)):
        narrowed[max(range(len(narrowed)), key=lines)] += 1
    return narrowed


def _natural(cell: Cell, *, up_to: int) -> int:
    """Return the room that the cell takes when nothing is wrapped, or the bound, if it is less."""
    return max(_room_up_to(up_to, flat(line)) for line in str(cell).split("\n"))


def _needed(cell: Cell) -> int:
    """Return the room that the cell takes when every blank begins a new line."""
    return max((_room_up_to(WHOLE, flat(word)) for word in set(str(cell).split())), default=0)


def _column(cells: Sequence[Cell], width: int) -> list[list[str]]:
    """Return each cell of the column as lines of the same width."""
    right = all(isinstance(cell, int) or not cell for cell in cells[1:])
    return [[_padded(line, width, right=right) for line in _lines(cell, width)] for cell in cells]


def _lines(cell: Cell, width: int) -> Iterator[str]:
    """Yield the lines of the cell, each text in it wrapped, and cut after so many lines."""
    for text in str(cell).split("\n"):
        lines = _wrapped(flat(text), width)
        yield from islice(lines, LINES - 1)
        # Of all that is left, the last line and the sign that there is more are shown.
        rest = list(islice(lines, 2))
        if rest:
            yield elided(" ".join(rest), width)


def _padded(line: str, width: int, *, right: bool) -> str:
    """Return the line with blanks up to the width."""
    blanks = " " * (width - room(line))
    return blanks + line if right else line + blanks


def _side_by_side(cells: Sequence[list[str]]) -> Iterator[str]:
    """Yield the lines of a row; where a cell has no more lines, its column stays blank."""
    for index in range(max(map(len, cells))):
        line = [cell[index] if index < len(cell) else " " * room(cell[0]) for cell in cells]
        yield GAP.join(line).rstrip()


def room(text: str) -> int:
    """Return how many columns of the screen the text takes."""
    return len(text) if text.isascii() else sum(map(_room_of_sign, text))


def _room_up_to(most: int, text: str) -> int:
    """Return how many columns the text takes, or the bound, if it is less; no more is measured."""
    if text.isascii():
        return min(most, len(text))
    used = 0
    for sign in text:
        used += _room_of_sign(sign)
        if used >= most:
            return most
    return used


def _room_of_sign(sign: str) -> int:
    """Return how many columns of the screen one sign takes."""
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1


def flat(text: str) -> str:
    """Return the text on one line: a blank for each line break, an escape for each control sign."""
    return printable(" ".join(text.split()))


def elided(text: str, columns: int) -> str:
    """Return the text if it fits into the columns, else its beginning and an ellipsis."""
    if _room_up_to(columns + 1, text) <= columns:
        return text
    return next(_pieces(text, columns - 1)).rstrip() + ELLIPSIS


def wrapped(text: str, columns: int) -> list[str]:
    """Return the text in lines that fit, broken at blanks; words that are too long are cut."""
    return list(_wrapped(text, columns))


def _wrapped(text: str, columns: int) -> Iterator[str]:
    """Yield the lines of the wrapped text, at least one."""
    line = ""
    for word in text.split():
        for piece in _pieces(word, columns):
            longer = f"{line} {piece}" if line else piece
            if room(longer) <= columns:
                line = longer
            else:
                yield line
                line = piece
    yield line


def _pieces(word: str, columns: int) -> Iterator[str]:
    """Yield the word in pieces that fit, broken at a joint if there is one.

    A mark stays with its letter.
    """
    piece, used = "", 0
    for sign in word:
        needed = _room_of_sign(sign)
        if piece and used + needed > columns:
            joint = JOINTS.match(piece)
            end = joint.end() if joint else len(piece)
            yield piece[:end]
            piece = piece[end:]
            used = room(piece)
        piece, used = piece + sign, used + needed
    yield piece
