"""Files of tables, CSV and XLSX: which of the two one is, and how much is read of it."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import attrs

from coopledger._fields.reading import argument, short_repr
from coopledger._fields.reading import path as path_of
from coopledger.errors import ArgumentError, StoreError
from coopledger.sheets._cells import Table
from coopledger.sheets._csv_files import csv_table, encoding_of, is_in
from coopledger.sheets._limits import MOST_BYTES
from coopledger.sheets._refusals import unreadable
from coopledger.sheets._workbooks import workbook_tables

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ELSE = "cp1252"  # of most files of CSV that are older, or from Windows
_OLD = "is an old or a protected workbook: save it as XLSX without a password, or as CSV"


def tables(
    file: str | os.PathLike[str], *, encoding: str | None = None, delimiter: str | None = None
) -> tuple[Table, ...]:
    """Return the tables of a file: the tabs of a workbook, or the one of a file of CSV.

    Raises:
        ArgumentError: It is neither, it is damaged, or larger than is read.
        StoreError: It cannot be opened.
        MissingExtraError: It is a workbook, and openpyxl or defusedxml is not installed.
    """
    path = argument("file", path_of, file)
    with reading(path):
        found = _tables(path, encoding=encoding, delimiter=delimiter)
        if not any(table.rows for table in found):
            raise unreadable("is empty: it has no cell with anything in it")
        return found


def _tables(path: Path, *, encoding: str | None, delimiter: str | None) -> tuple[Table, ...]:
    """Return the tables of the kind of file that its first bytes tell."""
    beginning = _beginning(path)
    if beginning.startswith(_OLE):
        raise unreadable(_OLD)
    if beginning.startswith(_ZIP):
        return workbook_tables(path)
    return (csv_table(path, encoding=encoding, delimiter=delimiter),)


def guessed_encoding(file: str | os.PathLike[str]) -> str | None:
    """Return cp1252 for CSV that is in no encoding of Unicode; None for anything else."""
    path = argument("file", path_of, file)
    with reading(path):
        if _beginning(path).startswith((_ZIP, _OLE)) or is_in(path, encoding_of(path)):
            return None
    return _ELSE


@contextmanager
def reading(path: Path) -> Generator[None, None, None]:
    """Raise what is wrong with the file as an error that names it."""
    try:
        yield
    except ArgumentError as error:
        raise attrs.evolve(error, found=short_repr(str(path))) from error.__cause__
    except OSError as error:
        reason = f"{error.strerror or error}: check the path and the disk"
        raise StoreError(str(path), reason) from error


def _beginning(path: Path) -> bytes:
    """Return the first bytes of the file, unless it is larger than is read."""
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > MOST_BYTES:
            most = MOST_BYTES // 1_000_000
            words = f"has {size // 1_000_000} MB, and at most {most} are read: divide it"
            raise unreadable(words)
        return stream.read(len(_OLE))
