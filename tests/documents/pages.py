"""Pages and modules with their examples, run in order, and what the examples print."""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from doctest import ELLIPSIS
from pathlib import Path

from sybil import Document, Example
from sybil.document import PythonDocStringDocument
from sybil.parsers import markdown, rest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _nothing(_: Example) -> None:
    """Leave a block of output to `outputs`, which knows what was printed."""


def page_of(path: Path) -> Document:
    """Return the page with its blocks of Python and of output."""
    return Document.parse(
        str(path),
        markdown.PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        markdown.CodeBlockParser(language="text", evaluator=_nothing),
    )


def module_of(path: Path) -> Document:
    """Return the module with the examples of its docstrings."""
    return PythonDocStringDocument.parse(str(path), rest.DocTestParser(ELLIPSIS))


def outputs(document: Document) -> Iterator[tuple[Example, str]]:
    """Run the examples in order; yield each `text` block right below one, and its output."""
    printed, end = "", 0
    for example in document.examples():
        between = document.text[end : example.region.start]
        end = example.region.end
        if example.region.evaluator is not _nothing:
            with redirect_stdout(io.StringIO()) as out:
                example.evaluate()
            printed = out.getvalue()
        elif not between.strip():
            yield example, printed
