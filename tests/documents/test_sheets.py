"""The page on spreadsheets names every field that a column may be, and every word of ours."""

import re

import pytest

from coopledger.sheets import Rows
from coopledger.sheets._headers import fields_of
from coopledger.sheets._values import OUR_WORDS
from tests.documents.pages import ROOT

TEXT = (ROOT / "docs/how-to/take-in-a-spreadsheet.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("rows", Rows)
def test_the_page_names_the_fields(rows: Rows) -> None:
    (line,) = [line for line in TEXT.splitlines() if line.startswith(f"| {rows} |")]

    named = [words.split(" ")[0] for words in line.split("|")[2].strip().split(", ")]
    assert sorted(named) == sorted(fields_of(rows))


def test_the_page_lists_every_word_that_words_of_a_sheet_may_mean() -> None:
    table = TEXT.partition("| of | words of ours |\n")[2].partition("\n\n")[0]
    listed = [line.split("|")[2] for line in table.splitlines()[1:]]

    assert {word for words in listed for word in re.findall(r"\w+", words)} == OUR_WORDS
