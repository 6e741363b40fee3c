"""Spreadsheets of an office: taken into a ledger, and answers written as CSV and XLSX.

`guess` drafts a mapping of columns, `read` reads a sheet by it, `Sheet.record` records what is new,
and `write` writes any list of answers.
Workbooks need ``pip install "coopledger[sheets]"``; CSV needs nothing.
"""

from coopledger.sheets._answers import write
from coopledger.sheets._partners import Proposal
from coopledger.sheets._problems import Problem
from coopledger.sheets.mapping import Rows, SheetMapping, Tab
from coopledger.sheets.sheet import Sheet, guess, read

__all__ = ["Problem", "Proposal", "Rows", "Sheet", "SheetMapping", "Tab", "guess", "read", "write"]
