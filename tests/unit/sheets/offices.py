"""Small sheets of an office, and readings of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from openpyxl import Workbook

from coopledger import Ledger, sheets
from coopledger.sheets import Sheet, SheetMapping

TEXTS = ["No.", "Title", "Partner", "Country", "Type", "Signed on", "Valid until", "Status"]
PROMISES = ["No.", "Action", "Text", "By whom", "Due", "Status", "Done on"]
MEETINGS = ["Ref", "Held on", "Partner", "Meeting", "Venue", "Topics"]
US = {"party": "OC", "name": "Office of Cooperation", "kind": "agency", "country": "VN"}
AS_OF = "2024-06-30"


def make_office(
    texts: Sequence[Sequence[object]] = (),
    promises: Sequence[Sequence[object]] = (),
    meetings: Sequence[Sequence[object]] = (),
) -> Path:
    """Write a workbook with a tab for each list that has rows, and return its path."""
    book = Workbook()
    del book["Sheet"]
    tabs = (
        ("Texts", TEXTS, texts),
        ("Actions", PROMISES, promises),
        ("Visits", MEETINGS, meetings),
    )
    for name, headers, rows in tabs:
        if rows:
            tab = book.create_sheet(name)
            for row in (headers, *rows):
                tab.append(list(row))
    path = Path("office.xlsx")
    book.save(path)
    return path


def mapping_of(path: Path, as_of: str | None = AS_OF) -> SheetMapping:
    """Return the guessed mapping of a sheet."""
    return sheets.guess(path, us=US, as_of=as_of)


def read_office(
    texts: Sequence[Sequence[object]] = (),
    promises: Sequence[Sequence[object]] = (),
    meetings: Sequence[Sequence[object]] = (),
    *,
    as_of: str | None = AS_OF,
) -> Sheet:
    """Return a workbook as it is read by the mapping that is guessed."""
    path = make_office(texts, promises, meetings)
    return sheets.read(path, mapping_of(path, as_of))


def text(key: object = "T1", *others: object, partner: object = "IDR") -> list[object]:
    """Return a row of a text, whose later cells are given."""
    given = ["Seeds", partner, "France", "MoU", "2020-05-01", "31/12/2026", "in force"]
    return [key, *others, *given[len(others) :]]


def empty_ledger() -> Ledger:
    """Return a ledger whose clock stands after all dates of the sheets."""
    return Ledger.in_memory(clock=lambda: datetime(2025, 1, 1, tzinfo=UTC))
