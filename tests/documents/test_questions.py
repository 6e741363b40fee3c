"""The page on the questions of an office asks what a view can tell, and shows every answer."""

import re

import pytest

from coopledger import View
from tests.documents.pages import ROOT

PAGE = ROOT / "docs/how-to/ask-the-questions-of-an-office.md"
TEXT = PAGE.read_text(encoding="utf-8")
QUESTION = re.compile(r"^### ([^\n]+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"^```python\n(.+?)^```\n\n```text\n(.*?)^```\n\Z", re.MULTILINE | re.DOTALL)
QUESTIONS = QUESTION.findall(TEXT)
LONGEST = 100
# One thing of which a list tells too, people, whose page is another, and what no office asks.
ELSEWHERE = {
    *("partnership", "proposal", "meeting", "party", "person", "people"),
    *("title", "without", "events", "query"),
}


def test_every_list_of_a_view_is_asked_for() -> None:
    asked = {name for name, value in vars(View).items() if callable(value) and name[0] != "_"}
    page = re.findall(r"\b(?:today|then|ledger\.view\([^)]*\))\.(\w+)\(", TEXT)

    assert sorted(asked - ELSEWHERE - set(page)) == []


def test_every_theme_stands_in_the_table_above() -> None:
    themes = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)

    assert re.findall(r"^\| \[(.+?)\]\(#", TEXT, re.MULTILINE) == themes


@pytest.mark.parametrize(("words", "answer"), QUESTIONS)
def test_a_question_has_a_call_and_an_answer_that_fits_on_the_page(words: str, answer: str) -> None:
    found = ASKED.search(f"{answer.strip()}\n")

    assert found, words
    assert found[1].count("\n") <= 2
    assert found[2].strip()
    assert [line for line in found[2].splitlines() if len(line) > LONGEST] == []
