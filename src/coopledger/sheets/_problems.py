"""Problems of a sheet: the cell, what stands there, and what would do."""

import attrs

from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger.errors import Finding

INVALID = "E106"


@frozen(kw_only=True)
class Problem:
    """Cell that cannot be read, or that the ledger refuses.

    Attributes:
        tab: The name of the tab; empty for CSV.
        row: The number of the row, from 1.
        column: The letters of the column; empty where it is no single cell.
        header: The header of the column.
        found: What stands in the cell.
        remedy: What is wrong with it and what would do.
        code: The code of the refusal, such as ``E104`` for a date.
    """

    tab: str
    row: int
    column: str = ""
    header: str = ""
    found: str = ""
    remedy: str
    code: str = INVALID

    @property
    def place(self) -> str:
        """Return the cell as programs of spreadsheets call it, such as ``Texts!F12``."""
        cell = f"{self.column}{self.row}" if self.column else f"row {self.row}"
        return f"{self.tab}!{cell}" if self.tab else cell

    @property
    def message(self) -> str:
        """Return the header, the value and the remedy."""
        header = f"{self.header}: " if self.header else ""
        return f"{header}{self.found} {self.remedy}".replace("  ", " ").strip()

    def __str__(self) -> str:
        """Return the place and the message on one line."""
        return printable(f"{self.place} {self.message}")

    def finding(self, file: str) -> Finding:
        """Return the finding of a refusal."""
        return Finding(
            self.code, self.message, self.header or None, file=file, line=self.row, where=self.place
        )


def at(finding: Finding, problem: Problem, file: str) -> Finding:
    """Return the finding of the ledger with the place in the sheet."""
    return attrs.evolve(finding, file=file, line=problem.row, where=problem.place, index=None)
