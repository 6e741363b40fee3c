"""Read a workbook."""

from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from coopledger.sheets._files import tables

with TemporaryDirectory() as folder:
    path = Path(folder, "office.xlsx")
    book = Workbook()
    book.create_sheet("Texts").append(["Partner"])
    book.save(path)
    assert [len(table.rows) for table in tables(path)] == [0, 1]
