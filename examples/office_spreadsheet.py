"""The spreadsheet of an office, from the file to the board.

It has what such sheets have: partners spelled in three ways, in three languages, merged and blank
cells, dates as days, months, quarters and words. The organisations are made up.

Run it with the path of a ledger to keep what it records.
"""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import fill

from openpyxl import Workbook

from coopledger import Ledger, render, sheets

# Name, the same otherwise, acronym, country as the sheet calls it.
PARTNERS = (
    ("Institut des Deux Rives (IDR)", "IDR", "Institut des deux rives", "France"),
    ("Viện Nghiên cứu Sao Biển", "VNCSB", "Vien Nghien cuu Sao bien", "Việt Nam"),
    ("University of the Blue Lake", "UBL", "University of Blue Lake", "Nhật Bản"),
    ("Chambre de Commerce du Grand Pont", "CCGP", "Chambre de commerce du Grand-Pont", "Belgique"),
    ("Centre for Quiet Engines (CQE)", "CQE", "Center for Quiet Engines", "Hàn Quốc"),
    ("Polar Light Agency", "PLA", "Polar-Light Agency", "Na Uy"),
    ("Đại học Núi Xanh", "DHNX", "Dai hoc Nui Xanh", "Lào"),
    ("Ministry of Small Rivers", "MSR", "Ministry of Small River", "Cuba"),
    ("Académie des Sables", "AS", "Academie des sables", "Maroc"),
    ("Northern Tea Company", "NTC", "Northern Tea  Company", "Royaume-Uni"),
)
SUBJECTS = (
    "student exchange",
    "joint laboratory",
    "seed bank",
    "sea charts",
    "rail signals",
    "tea",
)
KINDS = ("MoU", "Agreement", "Bản ghi nhớ", "Accord", "Thỏa thuận hợp tác", "Programme")
STATES = ("In force", "Còn hiệu lực", "En vigueur", None)
UNTIL = ("31/12/2026", "end of 2025", None, date(2025, 6, 30), 2027, "tbd")
TASKS = ("send the list of students", "gửi báo cáo năm", "envoyer le programme", "pay the travel")
DUE = ("16/08/2024", "Q3 2024", "end of 2024", "tbd", 45536, date(2024, 12, 1), "upcoming", "2025")
PROGRESS = ("open", "done", "đang thực hiện", "fait", None)
SIDES = ("us", "partner", "both", "đối tác")


def texts() -> Iterator[list[object]]:
    """Yield the rows of 60 texts; the name of a partner stands once for its six texts."""
    for number in range(60):
        name, acronym, variant, country = PARTNERS[number // 6]
        partner = (name, None, None, acronym, variant, None)[number % 6]
        signed = (date(2019 + number % 5, 1 + number % 12, 16), f"{number % 28 + 1}/08/2022", 2021)
        kind, subject = KINDS[number % 6], SUBJECTS[number % 6]
        until = UNTIL[number % 6]
        yield [
            *(f"T-{number + 1:02}", f"{kind} on {subject}", partner, country, kind),
            *(signed[number % 3], until, STATES[number % 4]),
        ]


def promises() -> Iterator[list[object]]:
    """Yield the rows of 80 promises, each under a text."""
    for number in range(80):
        yield [
            *(number + 1, f"T-{number % 60 + 1:02}", f"{TASKS[number % 4]}, {2024 + number % 2}"),
            *(SIDES[number % 4], DUE[number % 8], PROGRESS[number % 5], "desk 2"),
        ]


def make_sheet(path: Path) -> None:
    """Write the workbook."""
    book = Workbook()
    tab = book.worksheets[0]
    tab.title = "Agreements"
    tab.append(["AGREEMENTS OF THE OFFICE"])
    tab.append([])
    tab.append(["No.", "Title", "Partner", "Pays", "Loại", "Signed on", "Valid until", "Status"])
    for row in texts():
        tab.append(row)
    tab.merge_cells("A1:H1")
    for first in range(4, 64, 6):
        tab.merge_cells(f"C{first}:C{first + 2}")
    tab["F4"].number_format = "mmm-yy"
    tab["G62"] = "31/02/2025"
    for last in range(9, 64, 6):
        tab[f"C{last}"] = tab[f"C{last - 1}"].value
    tab = book.create_sheet("Follow-up")
    tab.append(["STT", "Text", "Action", "By whom", "Hạn", "Status", "Phụ trách"])
    for row in promises():
        tab.append(row)
    book.save(path)


def show(text: object) -> None:
    """Print a text of one line, which may be long."""
    print(fill(str(text), 96, subsequent_indent="    "))


def take_in(file: Path, ledger: Ledger) -> None:
    """Take the spreadsheet in, and print the board."""
    us = {"party": "OFFICE", "name": "Office of Cooperation", "country": "VN"}
    mapping = sheets.guess(file, us=us, as_of="2024-06-30")
    print(f"{mapping}\n")
    proposals = sheets.read(file, mapping).proposals
    for proposal in proposals:
        show(proposal)
    sheet = sheets.read(file, mapping.accept(*proposals), view=ledger.view())
    for problem in sheet.problems:
        show(problem)
    receipt = sheet.record(ledger, by="desk 2", rest=file.with_name("rest.xlsx"))
    print(f"{receipt.rejected_lines} rows are left, to be mended\n")
    print(render.board(ledger.view("2024-09-30"), us="OFFICE"))


with TemporaryDirectory() as folder:
    office = Path(folder, "office.xlsx")
    make_sheet(office)
    with Ledger.open(sys.argv[1] if len(sys.argv) > 1 else Path(folder, "office.db")) as ledger:
        take_in(office, ledger)
