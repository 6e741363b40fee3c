"""The generated parts of the reference say what the classes and the tables say now."""

import re
from pathlib import Path

import pytest

import coopledger
from docs import generate
from docs.parts.codes import CODES

CODE = re.compile(r"\b[EW][1-7]\d\d\b")
MODULES = sorted(Path(coopledger.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("page", generate.PAGES, ids=lambda page: page.name)
def test_a_generated_page_is_up_to_date(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert text == generate.up_to_date(text), "run `python -m docs.generate`"


def test_every_part_that_can_be_generated_is_used() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in generate.PAGES)

    assert {part for _, part, _ in generate.MARKED.findall(pages)} == set(generate.PARTS)


def test_the_reference_lists_every_code_that_the_sources_name() -> None:
    named = {code for file in MODULES for code in CODE.findall(file.read_text(encoding="utf-8"))}

    assert sorted(CODES) == sorted(named)
