"""Generated parts and diagrams of the pages agree with the classes and the tables."""

import re
from pathlib import Path

import pytest

import coopledger
from coopledger import errors
from docs import generate
from docs.parts.codes import CODES
from docs.parts.schema import schema
from tests.documents.pages import PAGES

CODE = re.compile(r"\b[CEW][1-7]\d\d\b")
PICTURE_BYTES = 150_000
ROOT = Path(__file__).parents[2]
MODULES = sorted(Path(coopledger.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("page", generate.PAGES, ids=lambda page: page.name)
def test_a_generated_page_is_up_to_date(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert text == generate.up_to_date(text), "run `python -m docs.generate`"


@pytest.mark.parametrize("name", generate.DRAWINGS)
def test_a_diagram_is_up_to_date(name: str) -> None:
    written = (generate.IMAGES / f"{name}.svg").read_text(encoding="utf-8")

    assert written == generate.DRAWINGS[name](), "run `python -m docs.generate`"


def test_every_image_is_a_diagram_or_a_picture_that_a_page_shows() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    images = {image.name for image in generate.IMAGES.iterdir()}
    pictures = {f"{name}.png" for name in generate.PICTURES}

    assert images == {f"{name}.svg" for name in generate.DRAWINGS} | pictures
    assert images == set(re.findall(r"/images/(\S+)\)", pages))


@pytest.mark.parametrize("name", generate.PICTURES)
def test_a_picture_is_small(name: str) -> None:
    assert (generate.IMAGES / f"{name}.png").stat().st_size < PICTURE_BYTES


def test_the_schema_of_the_lines_is_up_to_date() -> None:
    written = generate.SCHEMA.read_text(encoding="utf-8")

    assert written == schema(), "run `python -m docs.generate`"


@pytest.mark.parametrize("page", generate.SITE_PAGES, ids=lambda page: page.name)
def test_a_page_for_the_site_alone_holds_no_generated_text(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert re.search(r"<!-- generated: [a-z-]+ -->\n<!-- end -->", text)
    assert len(generate.up_to_date(text)) > 2 * len(text)


def test_every_part_that_can_be_generated_is_used() -> None:
    everything = [*generate.PAGES, *generate.SITE_PAGES]
    pages = "".join(page.read_text(encoding="utf-8") for page in everything)

    assert {part for _, part, _ in generate.MARKED.findall(pages)} == set(generate.PARTS)


def test_no_generated_part_is_empty() -> None:
    assert [name for name, part in generate.PARTS.items() if not part().strip()] == []


def test_the_reference_lists_every_code_that_the_sources_name() -> None:
    named = {code for file in MODULES for code in CODE.findall(file.read_text(encoding="utf-8"))}

    assert sorted(CODES) == sorted(named)


def test_the_page_of_errors_says_of_each_who_must_act() -> None:
    page = (ROOT / "docs/reference/errors.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?) \|", page, re.MULTILINE)
    roots = {"CoopledgerError", "CallerError", "OperatorError"}

    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted(
        {*errors.__all__} - roots - {"Finding"}
    )
