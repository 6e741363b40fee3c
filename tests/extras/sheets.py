"""Take in a workbook, and mark a copy of it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from coopledger import Ledger, sheets

with TemporaryDirectory() as folder:
    path = Path(folder, "office.xlsx")
    book = Workbook()
    tab = book.worksheets[0]
    tab.append(["Partner", "Title", "Signed on"])
    tab.append(["A University", "MoU on tea", "16/08/2022"])
    book.save(path)
    sheet = sheets.read(path, sheets.guess(path, us="OC", day_first=True))
    sheet.marked(Path(folder, "marked.xlsx"))
    assert sheet.record(Ledger.in_memory()).rejected == ()
