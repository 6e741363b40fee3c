"""The page on the questions of an office asks all of them, in order, and shows every answer."""

import re

import pytest

from tests.documents.pages import ROOT

PAGE = ROOT / "docs/how-to/ask-the-34-questions.md"
QUESTION = re.compile(r"^### (\d+)\. ([^\n]+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
ASKED = re.compile(r"^```python\n(.+?)^```\n\n```text\n(.*?)^```\n\Z", re.MULTILINE | re.DOTALL)
QUESTIONS = QUESTION.findall(PAGE.read_text(encoding="utf-8"))
LONGEST = 96


def test_all_34_questions_are_there_in_order() -> None:
    assert [int(number) for number, _, _ in QUESTIONS] == [*range(1, 35)]


@pytest.mark.parametrize(("number", "words", "answer"), QUESTIONS)
def test_a_question_has_a_call_and_an_answer_that_fits_on_the_page(
    number: str, words: str, answer: str
) -> None:
    found = ASKED.search(f"{answer.strip()}\n")

    assert found, f"{number}. {words}"
    assert found[1].count("\n") <= 2
    assert found[2].strip()
    assert [line for line in found[2].splitlines() if len(line) > LONGEST] == []
