"""The page on spreadsheets names every field that a column may be."""

from pathlib import Path

import pytest

from coopledger.sheets import Rows
from coopledger.sheets._headers import fields_of

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "take-in-a-spreadsheet.md"


@pytest.mark.parametrize("rows", Rows)
def test_the_page_names_the_fields(rows: Rows) -> None:
    (line,) = [
        line for line in PAGE.read_text("utf-8").splitlines() if line.startswith(f"| {rows} |")
    ]

    named = [words.split(" ")[0] for words in line.split("|")[2].strip().split(", ")]
    assert sorted(named) == sorted(fields_of(rows))
