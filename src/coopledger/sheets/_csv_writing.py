"""CSV as programs of spreadsheets read it: in UTF-8 with its mark, and without formulas.

A text that begins with a sign of a formula would be run as one. An apostrophe before it makes it a
text, as OWASP advises; `_csv_files` takes it away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from coopledger._escape import printable

_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


def csv_bytes(rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> bytes:
    """Return rows of texts, numbers and None as CSV."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([guarded(value) for value in row] for row in rows)
    return page.getvalue().encode("utf-8-sig")


def guarded(value: object) -> object:
    """Return a text that no program takes for a formula; any other value as it is."""
    if not isinstance(value, str):
        return value
    text = printable(value)
    return f"'{text}" if _FORMULA.match(text) else text
