"""Take the pictures of pages and of the documentation: `python -m tests.browser.pictures [FOLDER]`.

They show the invented office of `examples/busy_office.py`, in light and dark. Those that the
documentation shows (`docs.generate.PICTURES`) are their upper parts.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import FloatRect, Page

from coopledger import View
from coopledger.report import report
from docs.generate import IMAGES, PICTURES
from examples.busy_office import open_office
from tests.browser.chromium import chromium, shown
from tests.browser.notebooks import notebook
from tests.browser.parts import LEAVE, PARTNERSHIP, PARTS

FOLDER = Path(__file__).parents[2] / "build" / "pictures"
REPORT_WIDTHS = (1280, 390)
NOTEBOOK_WIDTH = 1200
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


def take_one(page: Page, path: Path) -> None:
    """Write a picture of a page, and its upper part where the documentation shows that."""
    page.screenshot(path=path, full_page=True)
    if path.stem in PICTURES:
        width = page.evaluate("innerWidth")
        upper = FloatRect(x=0, y=0, width=width, height=SHOWN_HEIGHT)
        page.screenshot(path=IMAGES / path.name, clip=upper)


def take(folder: Path) -> Iterator[Path]:
    """Write each picture in light and dark and in each of its widths, and yield its path."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as data, open_office(Path(data, "office.db")) as ledger:
        view = ledger.view()
        whole = report(view, us="HC", period="2025", timezone=ledger.timezone)
        with chromium() as browser:
            for mode in ("light", "dark"):
                is_dark = mode == "dark"
                path = folder / f"notebook-{mode}-{NOTEBOOK_WIDTH}.png"
                cells = notebook_page(view, is_dark)
                with shown(browser, cells, dark=is_dark, width=NOTEBOOK_WIDTH) as result:
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
