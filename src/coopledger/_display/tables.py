"""Text that fits on a page: lines of a given length, and tables whose columns line up.

Room is counted in columns of the screen: a letter takes one, a mark above or below it none
(Vietnamese is often written with them apart), a wide letter of East Asia two.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from coopledger._escape import printable

PAGE = 100  # where no window says how wide it is
GAP = "  "
WHOLE = 24  # Words up to this long are never broken, even where the page is too small for them.
# What is as short as this, such as a date or a name, stays on one line where that can be; the
# first of these that fits.
SHORT = (24, 16, 12, 8)
WIDENINGS = 8  # So often is it tried to give a column room that others do not use.
LINES = 6  # A text that needs more lines than this ends in an ellipsis.
ELLIPSIS = "…"
# After these a word that is longer than its column is broken, rather than between letters.
JOINTS = re.compile(r".*[-/_.@,;:)]", re.DOTALL)

Cell = str | int


def line_length(given: int | None = None) -> int:
    """Return the length of a line: the one given, or that of the window, or else of a page."""
    return given or _window() or PAGE


def _window() -> int | None:
    """Return how many letters a line of the window holds; None in a pipe or a file.

    As for other programs, the variable ``COLUMNS`` says it as well, in a pipe too.
    """
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (AttributeError, OSError, ValueError):  # No stream, no window, or a stream of no file.
        return None


def table(
    rows: Sequence[Sequence[Cell]],
    *,
    headers: Sequence[str],
    width: int | None = None,
    spared: Sequence[str] = (),
) -> str:
    """Return the rows below their headers, in columns that line up; empty without rows.

    Columns of whole numbers are set to the right; columns without any content are left out. Where
    the lines would be longer than ``width``, first headers go on below, and then the texts of the
    widest columns, for six lines at most: what is left out then shows as ``…``. Only where
    single words need more room than there is do the lines become longer.

    Args:
        rows: One sequence for each row, with as many cells as there are headers; a line break
            in a cell begins a new line there.
        headers: The texts above the columns.
        width: The length of a line, in letters; that of the window if left out, 100 in a pipe.
        spared: The headers of columns that are left out, one after the other, where single words
            need more room than a window has.

    >>> print(table([["VNFR", 3], ["VNUNESCO", 12]], headers=["partnership", "open"]))
    PARTNERSHIP  OPEN
    VNFR            3
    VNUNESCO       12
    """
    window = width or _window()
    page = window or PAGE
    titles = [header.upper() for header in headers]
    columns = [
        cells for cells in zip(titles, *rows, strict=True) if any(cell != "" for cell in cells[1:])
    ]
    widths = fitted(columns, page)
    for name in spared if window else ():  # In a pipe nothing is lost by longer lines.
        if sum(widths) + len(GAP) * (len(widths) - 1) <= page:
            break
        columns = [cells for cells in columns if cells[0] != name.upper()]
        widths = fitted(columns, page)
    blocks = [_column(cells, room) for cells, room in zip(columns, widths, strict=True)]
    return "\n".join(line for row in zip(*blocks, strict=True) for line in _side_by_side(row))


def fitted(columns: Sequence[Sequence[Cell]], page: int) -> list[int]:
    """Return the widths of the columns, each below its header, so that all fit on the page.

    Where they do not, headers go on below first, and then the texts of the widest columns. Only
    where single words need more room are the columns together wider than the page.
    """
    least = [max(map(_needed, cells)) for cells in columns]
    # Room beyond the page is never granted, and so not measured: a text may have a million signs.
    most = [max(page, needed) for needed in least]
    widths = [
        max([needed, *(_natural(cell, up_to=limit) for cell in cells[1:])])
        for cells, needed, limit in zip(columns, least, most, strict=True)
    ]
    total = page - len(GAP) * (len(widths) - 1)
    if sum(widths) > total:
        narrowed = _narrowed(widths, _with_short_ones_whole(widths, least, total), total)
        heads = [_needed(cells[0]) for cells in columns]
        widths = _widened([cells[1:] for cells in columns], narrowed, heads, total)
    return _with_whole_headers(widths, [_natural(cells[0], up_to=page) for cells in columns], total)


def _with_whole_headers(widths: list[int], heads: Sequence[int], total: int) -> list[int]:
    """Return the widths with room for each header that fits on one line, the shortest step first.

    ``heads`` are the widths of the headers.
    """
    steps = [max(0, head - width) for head, width in zip(heads, widths, strict=True)]
    for at in sorted(range(len(widths)), key=steps.__getitem__):
        if sum(widths) + steps[at] <= total:
            widths[at] += steps[at]
    return widths


def _widened(
    columns: Sequence[Sequence[Cell]], widths: Sequence[int], heads: Sequence[int], total: int
) -> list[int]:
    """Return the widths that texts use, and where that saves one a line the room they leave.

    ``heads`` are the widths of the longest words of the headers.
    """
    blocks = [_wrapping(cells, width) for cells, width in zip(columns, widths, strict=True)]
    for _ in range(WIDENINGS):
        used = [max(head, block.used) for head, block in zip(heads, blocks, strict=True)]
        spare = total - sum(used)
        wider = [block.next and block.next - now for block, now in zip(blocks, used, strict=True)]
        able = [at for at, step in enumerate(wider) if step and step <= spare]
        if not able:
            break
        at = max(able, key=lambda each: blocks[each].lines)
        blocks[at] = _wrapping(columns[at], max(used[at], blocks[at].next))
    return [max(head, block.used) for head, block in zip(heads, blocks, strict=True)]


class _Wrapping(NamedTuple):
    """Texts of a column that are wrapped.

    Attributes:
        used: The room that the longest line takes.
        lines: How many lines the highest cell has.
        next: The room in which the highest cells are wrapped in another way; 0 where none is.
    """

    used: int
    lines: int
    next: int


def _wrapping(cells: Sequence[Cell], width: int) -> _Wrapping:
    """Return how the cells of a column are wrapped to a width."""
    blocks = [[list(_first_lines(text, width)) for text in str(cell).split("\n")] for cell in cells]
    heights = [sum(map(len, block)) for block in blocks]
    wider = (
        min((_next_room(lines) for lines in block if len(lines) > 1), default=0)
        for block, height in zip(blocks, heights, strict=True)
        if height == max(heights)
    )
    used = max(room(line) for block in blocks for lines in block for line in lines)
    return _Wrapping(used, max(heights), max(wider))


def _first_lines(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text that are shown."""
    return islice(_wrapped(flat(text), width), LINES)


def _next_room(lines: Sequence[str]) -> int:
    """Return the least room in which a line takes in the first word of the next one."""
    return min(room(f"{line} {' '.join(after.split()[:1])}") for line, after in pairwise(lines))


def _with_short_ones_whole(
    widths: Sequence[int], least: Sequence[int], total: int
) -> Sequence[int]:
    """Return the least widths, in which as much as can be of what is short is whole."""
    for short in SHORT:
        whole = [max(pair[0], min(pair[1], short)) for pair in zip(least, widths, strict=True)]
        if sum(whole) <= total:
            return whole
    return least


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
    """Return the text if it fits into the columns, else its beginning and an ellipsis.

    The beginning ends with a word where there is more than one.
    """
    if _room_up_to(columns + 1, text) <= columns:
        return text
    piece = next(_pieces(text, columns - 1))
    words, _, part = piece.rpartition(" ")
    is_whole = not part or text[len(piece) :].startswith(" ") or JOINTS.fullmatch(piece)
    return (piece if is_whole or not words else words).rstrip() + ELLIPSIS


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
