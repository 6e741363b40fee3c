"""Every example in README.md, docs/ and the docstrings runs, and every link leads somewhere."""

import re
from functools import cache
from pathlib import Path

import pytest
from sybil import Document

import coopledger
from docs.generate import up_to_date
from tests.documents.pages import PAGES, ROOT, module_of, outputs, page_of

PACKAGE = Path(coopledger.__file__).parent
OTHERS = [
    *(ROOT / f"{name}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY")),
    *sorted((ROOT / "changes").glob("*.md")),
]
MODULES = sorted(PACKAGE.rglob("*.py"))

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NAMED_FILE = re.compile(r"`(\w[\w./-]*(?:/[\w./-]*|\.(?:md|py|toml|txt)))`")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def _name(file: Path) -> str:
    base = ROOT if file.is_relative_to(ROOT) else PACKAGE.parent
    return file.relative_to(base).as_posix()


def _run(document: Document) -> None:
    """Run the examples in order; a `text` block right below one must be what it printed."""
    for example, printed in outputs(document):
        assert example.parsed == printed, f"{document.path}:{example.line}"


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_examples_of_a_page_run_and_print_what_it_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _run(page_of(page))


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_the_examples_of_a_module_run(
    module: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _run(module_of(module))


@cache
def _anchors(page: Path) -> set[str]:
    """Return the anchors of the headings: small letters, hyphens for blanks, no other signs."""
    headings = HEADING.findall(FENCE.sub("", up_to_date(page.read_text(encoding="utf-8"))))
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


def test_the_files_that_contributors_are_sent_to_exist() -> None:
    names = NAMED_FILE.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))

    assert names
    assert [name for name in names if not _in_the_repository(name)] == []


def _in_the_repository(name: str) -> bool:
    """Look in the root and in the package; a module may be named without its ending."""
    bases = (ROOT / name, ROOT / "src/coopledger" / name)
    return any(base.exists() or base.with_suffix(".py").exists() for base in bases)
