"""Gallery: the five stories as the report shows them, each a file of its own beside the site."""

# ruff: noqa: INP001 - scripts next to the pages, no package

import importlib
from collections.abc import Callable, Generator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import Ledger, View
from coopledger.report import report

__all__ = ["GALLERY", "write_stories"]

FOLDER = "stories"
# The module of each story, the day on which it is asked, and whose report it is.
STORIES: dict[str, tuple[str, str | None]] = {
    "story_a_vistip_ccifv": ("2022-12-31", "VISTIP"),
    "story_b_france_unesco_wipo": ("2023-01-15", "VN"),
    "story_c_the_year_2019": ("2020-05-01", None),
    "story_d_france_and_cuba": ("2018-04-30", "VN"),
    "story_e_vistip_cstec": ("2019-12-31", None),
}


@contextmanager
def _seen(name: str) -> Generator[tuple[View, str | None], None, None]:
    """Give the view of a story, and whose report it is."""
    day, us = STORIES[name]
    with TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        importlib.import_module(f"examples.{name}").record(path)
        with Ledger.open(path, readonly=True) as ledger:
            yield ledger.view(on=day), us


def write_stories(static: Path) -> None:
    """Write the report of every story into a folder of the site's own files."""
    folder = static / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in STORIES:
        with _seen(name) as (view, us):
            report(view, us=us, path=folder / f"{name}.html")


def gallery() -> str:
    """Return a section for each story: what it tells, and its first partnership as a page."""
    return "\n\n".join(map(_section, STORIES))


def _section(name: str) -> str:
    """Return the section of one story."""
    words = str(importlib.import_module(f"examples.{name}").__doc__).partition("\n")[0]
    title, _, rest = words.partition(": ")
    address = f"_static/{FOLDER}/{name}.html"
    with _seen(name) as (view, us):
        names = [view.title(each.id, us=us) for each in view.partnerships()]
    links = " · ".join(
        f'<a href="{address}#p{number}">{escape(each)}</a>' for number, each in enumerate(names, 1)
    )
    frame = (
        f'<iframe class="story" src="{address}#p1" title="{escape(title)}" loading="lazy"></iframe>'
    )
    told = f"{rest[:1].upper()}{rest[1:]} ([the script](../examples/{name}.py))"
    return f"## {title}\n\n{told}\n\n<p>{links}</p>\n{frame}"


GALLERY: dict[str, Callable[[], str]] = {"gallery": gallery}
