"""Files of tables, made as programs of spreadsheets and people with bad intentions make them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook

from coopledger.sheets._cells import Table
from coopledger.sheets._files import tables

CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sheet.xml" ContentType="{CONTENT}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Texts" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/worksheet" Target="sheet.xml"/></Relationships>'
    ),
}


def write_parts(path: Path, sheet: str, parts: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a workbook with the data of one tab, as XML, and other parts than the usual ones."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**PARTS, "xl/sheet.xml": sheet, **(parts or {})}.items():
            archive.writestr(name, text)
    return path


def sheet_of(data: str, *, after: str = "", before: str = "") -> str:
    """Return the part of a tab with rows, as XML."""
    rows = f"<sheetData>{data}</sheetData>"
    return f'{before}<worksheet xmlns="{SPREADSHEET}">{rows}{after}</worksheet>'


def saved(book: Workbook, folder: Path) -> Path:
    """Return the file of a workbook."""
    path = folder / "office.xlsx"
    book.save(path)
    return path


def texts(table: Table) -> list[list[str]]:
    """Return what the cells of a table show."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def only(path: Path, *, encoding: str | None = None) -> Table:
    """Return the one table of a file."""
    (table,) = tables(path, encoding=encoding)
    return table
