"""Workbooks as they are written: real dates, widths, headers that stay, and no formulas."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, TypeAlias, cast
from zipfile import ZIP_DEFLATED, ZipFile

from coopledger._frozen import frozen
from coopledger._interchange.files import os_errors
from coopledger.errors import MissingExtraError
from coopledger.sheets._cells import letters
from coopledger.sheets._limits import LONGEST_CELL

if TYPE_CHECKING:
    from openpyxl import Workbook

# A date comes with the number format by which it is shown.
Value: TypeAlias = str | int | float | bool | tuple[date, str] | None
# XML holds none of these; the last stands for what looks like an escape itself.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_NARROWEST, _WIDEST = 8, 60  # letters
_FIRST_DAY = date(1900, 3, 1)  # Before it, programs of spreadsheets count a day that never was.
_MARK = "FFFFE699"


@frozen(kw_only=True)
class Page:
    """Tab of a workbook that is written.

    Attributes:
        name: Its name.
        rows: The values by the numbers of the rows, from 1.
        header: The number of the row of headers, which stays in view.
        notes: What is wrong with a cell, by the numbers of its row and its column, from 0.
    """

    name: str
    rows: Mapping[int, Sequence[Value]]
    header: int = 1
    notes: Mapping[tuple[int, int], str] = {}


def workbook_bytes(pages: Iterable[Page]) -> bytes:
    """Return a workbook with the pages.

    Raises:
        MissingExtraError: openpyxl is not installed.
        StoreError: The folder of temporary files, where it writes each tab first, is full.
    """
    try:
        from openpyxl import Workbook
        from openpyxl.writer.excel import ExcelWriter
    except ImportError:
        raise MissingExtraError("sheets", "openpyxl") from None
    book = Workbook(write_only=True)
    target = BytesIO()
    # Not `Workbook.save`, which leaves the archive open where it fails.
    with os_errors(gettempdir()), ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for page in pages:
            _write(book, page)
        ExcelWriter(book, archive).save()
    return target.getvalue()


def _write(book: "Workbook", page: Page) -> None:
    """Write a page: its rows follow each other, blank ones too."""
    tab: Any = book.create_sheet(_title(page.name))
    tab.freeze_panes = f"A{page.header + 1}"
    for column, letters_wide in enumerate(_widths(page)):
        tab.column_dimensions[letters(column)].width = letters_wide
    last = 0
    for number, values in page.rows.items():
        for _ in range(number - last - 1):
            tab.append([])
        last = number
        is_header = number == page.header
        columns = range(max(len(values), _last_note(page, number)))
        tab.append(
            [
                _cell(
                    tab,
                    values[column] if column < len(values) else None,
                    note=page.notes.get((number, column)),
                    is_header=is_header,
                )
                for column in columns
            ]
        )


def _last_note(page: Page, number: int) -> int:
    """Return how many columns of a row there are up to its last note."""
    return max((column + 1 for row, column in page.notes if row == number), default=0)


def _cell(tab: Any, value: Value, *, note: str | None, is_header: bool) -> Any:  # noqa: ANN401
    """Return the cell of a value; a text is a text, whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    shown, number_format = value if isinstance(value, tuple) else (value, None)
    if isinstance(shown, date) and shown < _FIRST_DAY:
        shown, number_format = shown.isoformat(), None
    text = writable(shown) if isinstance(shown, str) else None
    # Its types know no plain day, which it writes as well.
    cell = WriteOnlyCell(tab, value=cast(Any, shown if text is None else text))
    if text is not None:
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDEST or "\n" in text)
    if number_format is not None:
        cell.number_format = number_format
    if is_header:
        cell.font = Font(bold=True)
    if note is not None:
        cell.fill = PatternFill("solid", fgColor=_MARK)
        cell.comment = Comment(writable(note), "coopledger")
    return cell


def writable(text: str) -> str:
    """Return a text that XML can hold: other signs are written as ``_x001B_``.

    One that is longer than a cell can hold ends in ``…``.
    """
    escaped = _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    return escaped if len(escaped) <= LONGEST_CELL else f"{escaped[: LONGEST_CELL - 1]}…"


def _title(name: str) -> str:
    """Return a name that a tab may have."""
    return re.sub(r"[\\/*?:\[\]]", " ", name)[:31] or "Sheet"


def _widths(page: Page) -> list[int]:
    """Return the width of each column in letters: that of its longest line, within bounds."""
    widths: dict[int, int] = {}
    for number, values in page.rows.items():
        for column, value in enumerate(values if number >= page.header else ()):
            shown = "2022-08-16" if isinstance(value, tuple) else str(value or "")
            longest = max(map(len, shown.split("\n")))
            widths[column] = max(widths.get(column, 0), longest)
    most = max(widths, default=-1) + 1
    return [min(max(widths.get(at, 0) + 2, _NARROWEST), _WIDEST) for at in range(most)]
