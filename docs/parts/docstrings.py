"""Docstrings as Markdown."""

# ruff: noqa: INP001 - scripts next to the pages, no package

import inspect
import re

__all__ = ["attributes", "markdown", "paragraphs", "sections", "sentence"]

SECTION = re.compile(r"^(Args|Attributes|Raises|Returns):\n((?:    .*\n?|\n)+)", re.MULTILINE)
ENTRY = re.compile(r"^    (\w+): (.+(?:\n {8}.+)*)", re.MULTILINE)


def markdown(text: str) -> str:
    """Return a docstring as one line of Markdown."""
    return " ".join(text.split()).replace("``", "`").replace("|", "\\|")


def paragraphs(documented: object) -> str:
    """Return the paragraphs of a docstring without its sections and examples."""
    text = SECTION.sub("", inspect.getdoc(documented) or "")
    parts = [part for part in text.split("\n\n") if not part.lstrip().startswith(">>>")]
    return "\n\n".join(filter(None, map(markdown, parts)))


def sentence(documented: object) -> str:
    """Return the first paragraph of a docstring."""
    return paragraphs(documented).split("\n\n")[0]


def sections(documented: object) -> dict[str, dict[str, str]]:
    """Return, for each section of a docstring, the text about each name."""
    text = inspect.getdoc(documented) or ""
    return {
        name: {entry: markdown(words) for entry, words in ENTRY.findall(body)}
        for name, body in SECTION.findall(text)
    }


def attributes(cls: type[object]) -> dict[str, str]:
    """Return the meaning of each field, from the docstrings of the class and its bases."""
    meanings: dict[str, str] = {}
    for ancestor in reversed(cls.__mro__):
        if ancestor.__dict__.get("__doc__"):
            meanings |= sections(ancestor).get("Attributes", {})
    return meanings
