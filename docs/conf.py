"""Settings of the documentation site; `nox -s docs` builds it, with warnings as errors.

What a page marks as generated is written when the page is read, and the tables of contents are
the lists of links of the pages named in `CONTENTS`: nothing is listed twice.
"""

# ruff: noqa: INP001 - a script beside the pages, no package

import re
from importlib import metadata
from pathlib import Path

from sphinx.application import Sphinx

from docs.generate import up_to_date
from docs.parts.gallery import write_stories

STATIC = Path(__file__).with_name("static")

project = "coopledger"
version = metadata.version(project)
html_title = project
project_copyright = "the authors of coopledger, MIT licence"

extensions = ["myst_parser"]
exclude_patterns = ["_build"]
myst_heading_anchors = 4
myst_enable_extensions = ["smartquotes"]
suppress_warnings = ["myst.header"]  # a page of the API begins its calls one level deeper

html_theme = "furo"
html_static_path = [STATIC.name]
html_css_files = ["site.css"]
html_show_sphinx = False
html_theme_options = {
    # Tokens of the pages of an office (`docs/static/site.css` has the measures).
    "light_css_variables": {
        "color-brand-primary": "#0b5f6e",
        "color-brand-content": "#0b5f6e",
        "color-brand-visited": "#0b5f6e",
        "color-foreground-primary": "#15191b",
        "color-foreground-secondary": "#4c5357",
        "color-foreground-muted": "#5f666a",
        "color-background-primary": "#ffffff",
        "color-background-secondary": "#f6f7f5",
        "color-background-border": "#dcdfdb",
        "color-highlight-on-target": "#e0eef0",
    },
    "dark_css_variables": {
        "color-brand-primary": "#74c5d2",
        "color-brand-content": "#74c5d2",
        "color-brand-visited": "#74c5d2",
        "color-foreground-primary": "#e8ebec",
        "color-foreground-secondary": "#b0b8bc",
        "color-foreground-muted": "#979fa4",
        "color-background-primary": "#131719",
        "color-background-secondary": "#1a1f22",
        "color-background-border": "#2d3438",
        "color-highlight-on-target": "#12343b",
    },
}
html_copy_source = False

# Pages whose links are tables of contents, and how the addresses in them begin.
CONTENTS = {"index": "", "reference/api": "api/", "explanation/decisions/index": "0"}
SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
PAGE = re.compile(r"\]\(((?!\.\./|https?:)[\w/.-]+)\.md\)")


def setup(app: Sphinx) -> None:
    """Let every page be written as it is read, and the stories beside them."""
    app.connect("builder-inited", lambda _: write_stories(STATIC))
    app.connect("source-read", write)


def write(_app: Sphinx, name: str, source: list[str]) -> None:
    """Fill in the generated parts of a page, and its table of contents."""
    text = up_to_date(source[0])
    if name in CONTENTS:
        parts = SECTION.findall(text) if name == "index" else [("", text)]
        text += "".join(contents(title, pages(part, CONTENTS[name])) for title, part in parts)
    source[0] = text


def pages(text: str, beginning: str) -> list[str]:
    """Return the pages to which a text links, those in its own folder or below, in order."""
    return [page for page in PAGE.findall(text) if page.startswith(beginning)]


def contents(title: str, pages: list[str]) -> str:
    """Return a table of contents that the sidebar shows below the title; empty without pages."""
    if not pages:
        return ""
    caption = f":caption: {title}\n" if title else ""
    lines = "\n".join(dict.fromkeys(pages))
    return f"\n\n```{{toctree}}\n:hidden:\n{caption}\n{lines}\n```\n"
