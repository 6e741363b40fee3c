"""Every example in README.md, docs/ and the docstrings runs, and every link leads somewhere."""

import io
import re
from contextlib import redirect_stdout
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from sybil import Document, Example
from sybil.document import PythonDocStringDocument
from sybil.parsers import markdown, rest

import coopledger

ROOT = Path(__file__).parents[2]
PACKAGE = Path(coopledger.__file__).parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OTHERS = [ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "changes").glob("*.md"))]
MODULES = sorted(PACKAGE.rglob("*.py"))

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def _name(file: Path) -> str:
    base = ROOT if file.is_relative_to(ROOT) else PACKAGE.parent
    return file.relative_to(base).as_posix()


def _nothing(_: Example) -> None:
    """Leaves a block of output to `_run`, which knows what was printed."""


def _run(document: Document) -> None:
    """Runs the examples in order; a `text` block right below one must be what it printed."""
    printed, end = "", 0
    for example in document.examples():
        between = document.text[end : example.region.start]
        end = example.region.end
        if example.region.evaluator is not _nothing:
            with redirect_stdout(io.StringIO()) as out:
                example.evaluate()
            printed = out.getvalue()
        elif not between.strip():
            assert example.parsed == printed, f"{document.path}:{example.line}"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_examples_of_a_page_run_and_print_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _run(
        Document.parse(
            str(page),
            markdown.PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
            markdown.CodeBlockParser(language="text", evaluator=_nothing),
        )
    )


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_the_examples_of_a_module_run(
    module: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _run(PythonDocStringDocument.parse(str(module), rest.DocTestParser(ELLIPSIS)))


def _anchors(page: Path) -> set[str]:
    """The anchors that headings get: small letters, hyphens for blanks, no other signs."""
    headings = HEADING.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


def _leads_nowhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path) if path else page
    return not target.exists() or bool(anchor and anchor not in _anchors(target))


@pytest.mark.parametrize("page", [*PAGES, *OTHERS], ids=_name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    links = LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    inner = [link for link in links if not re.match(r"https?:|mailto:", link)]

    assert [link for link in inner if _leads_nowhere(page, link)] == []
