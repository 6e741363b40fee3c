"""Take the pictures of the documentation: `python -m tests.browser.pictures [FOLDER]`.

They show the invented office of `examples/busy_office.py`. What a page of them is made of stands in
`PAGES`, by the name of the picture.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from coopledger import View
from examples.busy_office import open_office
from tests.browser.chromium import chromium, shown
from tests.browser.notebooks import notebook

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PARTNERSHIP = "nordhavn"

# Each page is made of a view, and of whether it is for a dark notebook or screen.
Page = Callable[[View, bool], str]


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


PAGES: dict[str, Page] = {"notebook": notebook_page}
WIDTHS = {"notebook": (1100,)}


def take(folder: Path) -> Iterator[Path]:
    """Write each picture in light and dark and in each of its widths, and yield its path."""
    with TemporaryDirectory() as data, open_office(Path(data, "office.db")) as ledger:
        view = ledger.view()
        with chromium() as browser:
            for name, page in PAGES.items():
                for mode in ("light", "dark"):
                    html = page(view, mode == "dark")
                    for width in WIDTHS[name]:
                        path = folder / f"{name}-{mode}-{width}.png"
                        with shown(browser, html, dark=mode == "dark", width=width) as result:
                            result.page.screenshot(path=path, full_page=True)
                        yield path


if __name__ == "__main__":
    for picture in take(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES):
        print(picture)
