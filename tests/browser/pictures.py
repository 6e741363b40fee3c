"""Take the pictures of pages and of the documentation: `python -m tests.browser.pictures [FOLDER]`.

They show the invented office of `examples/busy_office.py`, in light and dark. Those that the
documentation shows (`docs.generate.PICTURES`) are their upper parts.
"""

import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import attrs
from playwright.sync_api import FloatRect, Page

from coopledger import View
from coopledger.cli.scope import within
from coopledger.letter import letter
from coopledger.render.terminal import Screen
from coopledger.report import report
from docs.generate import IMAGES, PICTURES
from examples.busy_office import open_office
from tests.browser.chromium import chromium, shown
from tests.browser.notebooks import notebook
from tests.browser.parts import LEAVE, PARTNERSHIP, PARTS
from tests.browser.shrinking import shrunk
from tests.browser.terminals import terminal

FOLDER = Path(__file__).parents[2] / "build" / "pictures"
REPORT_WIDTHS = (1280, 390)
SHOWN_HEIGHT = 820


def notebook_page(view: View, is_dark: bool) -> str:  # noqa: FBT001 - as every page
    """Return a notebook that asks for the board, a partnership, its reasons and its promises."""
    cells = (
        ("view", view),
        (f'view.partnership("{PARTNERSHIP}")', view.partnership(PARTNERSHIP)),
        (f'view.explain("{PARTNERSHIP}")', view.explain(PARTNERSHIP)),
        (f'view.durations("{PARTNERSHIP}")', view.durations(PARTNERSHIP)),
        (
            f'view.commitments(partnership="{PARTNERSHIP}")',
            view.commitments(partnership=PARTNERSHIP),
        ),
    )
    return notebook(cells, dark=is_dark)


def terminal_page(view: View, is_dark: bool) -> str:  # noqa: FBT001 - as every page
    """Return a terminal on which the board, a reason, a history and what comes are asked for."""
    ours = Screen(view, us="HC")
    partner = attrs.evolve(ours, view=within(view, PARTNERSHIP), partner=PARTNERSHIP)
    pages = (
        ("coopledger board", ours.board()),
        (f"coopledger why {PARTNERSHIP}", ours.explanation(PARTNERSHIP)),
        (f"coopledger pending --with {PARTNERSHIP}", partner.pending()),
        ("coopledger agenda --within 14", ours.agenda(within_days=14)),
        (f"coopledger show {PARTNERSHIP}", ours.history(PARTNERSHIP)),
    )
    return terminal(pages, is_dark=is_dark)


def letter_page(view: View, is_dark: bool) -> str:  # noqa: ARG001, FBT001 - as every page
    """Return the letter to the office, which is light for every reader."""
    return html_of(letter(view, since="2026-10-30", us="HC", link="https://office.example/pending"))


def html_of(message: EmailMessage | None) -> str:
    """Return the part of a letter that programs for mail show."""
    part = cast(EmailMessage | None, message and message.get_body(("html",)))
    return "" if part is None else str(part.get_content())


ALONE = (
    ("letter", 700, letter_page),
    ("notebook", 1200, notebook_page),
    ("terminal", 1100, terminal_page),
)


def take_one(page: Page, path: Path) -> None:
    """Write a picture of a page, and its upper part where the documentation shows that."""
    page.screenshot(path=path, full_page=True)
    if path.stem in PICTURES:
        width = page.evaluate("innerWidth")
        upper = FloatRect(x=0, y=0, width=width, height=SHOWN_HEIGHT)
        (IMAGES / path.name).write_bytes(shrunk(page.screenshot(clip=upper)))


def take(folder: Path) -> Iterator[Path]:
    """Write each picture in light and dark and in each of its widths, and yield its path."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as data, open_office(Path(data, "office.db")) as ledger:
        view = ledger.view()
        whole = report(view, us="HC", period="2025", timezone=ledger.timezone)
        with chromium() as browser:
            for mode in ("light", "dark"):
                is_dark = mode == "dark"
                for name, width, make in ALONE:
                    path = folder / f"{name}-{mode}-{width}.png"
                    with shown(browser, make(view, is_dark), dark=is_dark, width=width) as result:
                        take_one(result.page, path)
                    yield path
                for name, part in PARTS.items():
                    for width in REPORT_WIDTHS:
                        path = folder / f"{name}-{mode}-{width}.png"
                        with shown(browser, whole, dark=is_dark, width=width) as result:
                            result.page.evaluate(LEAVE, part)
                            take_one(result.page, path)
                        yield path


if __name__ == "__main__":
    for picture in take(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER):
        print(picture)
