"""Write the generated parts of the pages, and their diagrams: `python -m docs.generate`.

A page holds its prose by hand and marks each generated part with two comments. A test compares the
text between them, and the diagrams in `images`, with what the classes, tables and layers say now.
The pages of the API and the gallery are empty between the comments: docstrings and examples are
their text, and the site shows them there (`docs/conf.py`).
"""

# ruff: noqa: INP001 - a script beside the pages, no package

import re
from collections.abc import Callable
from pathlib import Path

from docs.parts import architecture, command_line, rules
from docs.parts.api import API
from docs.parts.events import EVENTS
from docs.parts.gallery import GALLERY
from docs.parts.schema import schema

DOCS = Path(__file__).parent
REFERENCE = DOCS / "reference"
PAGES = [
    DOCS / "explanation" / "architecture.md",
    *(REFERENCE / f"{name}.md" for name in ("command-line", "errors", "events", "rules")),
]
# Empty between the comments: what is there is made for the site alone.
SITE_PAGES = [DOCS / "gallery.md", *sorted((REFERENCE / "api").glob("*.md"))]
IMAGES = DOCS / "images"
# Pictures that `nox -s pictures` takes in a browser, and that pages show.
PICTURES = (
    *("board-light-1280", "letter-light-700", "notebook-light-1200", "report-light-1280"),
    "terminal-dark-1100",
)
SCHEMA = REFERENCE / "event.schema.json"
PARTS: dict[str, Callable[[], str]] = {
    **API,
    **architecture.ARCHITECTURE,
    **command_line.COMMAND_LINE,
    **EVENTS,
    **GALLERY,
    **rules.RULES,
}
DRAWINGS: dict[str, Callable[[], str]] = {**architecture.DRAWINGS, **rules.DRAWINGS}
MARKED = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def up_to_date(page: str) -> str:
    """Return the text of the page with every generated part written again."""
    return MARKED.sub(lambda part: f"{part[1]}\n{PARTS[part[2]]()}\n\n{part[3]}", page)


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(up_to_date(page.read_text(encoding="utf-8")), encoding="utf-8")
    for name, drawing in DRAWINGS.items():
        (IMAGES / f"{name}.svg").write_text(drawing(), encoding="utf-8")
    SCHEMA.write_text(schema(), encoding="utf-8")
