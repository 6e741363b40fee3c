"""Real browser for pages: it shows HTML, measures it, and asks for nothing elsewhere.

The browser is the one of the system, or the one that playwright brought; `CHROMIUM` is None
where there is neither.
"""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

import attrs
from playwright.sync_api import Browser, Page, Route, sync_playwright

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
ADDRESS = "http://page.test/"
HEIGHT = 900
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def _found() -> str | None:
    """Return the path of a browser, if there is one."""
    for name in NAMES:
        path = shutil.which(name)
        if path is not None:
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


CHROMIUM = _found()


@contextmanager
def chromium() -> Generator[Browser, None, None]:
    """Run a browser; close it at the end."""
    # Its sandbox does not work for the user root.
    arguments = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        try:
            yield browser
        finally:
            browser.close()


@attrs.frozen
class Shown:
    """Page that a browser shows.

    Attributes:
        page: The page.
        elsewhere: The addresses that it asked for beside its own.
    """

    page: Page
    elsewhere: list[str] = attrs.field(factory=list[str])

    def texts(self, selector: str) -> list[str]:
        """Return what a reader sees of each element."""
        return self.page.locator(selector).all_inner_texts()

    def findings(self) -> list[str]:
        """Return what axe finds by WCAG 2.2 A and AA, with the elements."""
        self.page.evaluate(AXE)
        found: dict[str, Any] = self.page.evaluate(
            "tags => axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            list(STANDARDS),
        )
        return [
            f"{violation['id']}: {node['html']}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))

    def fonts(self, selector: str) -> set[str]:
        """Return the names of the fonts in which the texts below the elements are drawn."""
        session = cast("Any", self.page.context.new_cdp_session(self.page))
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})
        return {
            font["familyName"]
            for node in found["nodeIds"]
            for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        }


@contextmanager
def shown(
    browser: Browser, html: str, *, dark: bool = False, width: int = 1280
) -> Generator[Shown, None, None]:
    """Show a page in a window of that width, for a reader who wants it dark or light."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    result = Shown(context.new_page())

    def answer(route: Route) -> None:
        if route.request.url == ADDRESS:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            result.elsewhere.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    try:
        result.page.goto(ADDRESS)
        yield result
    finally:
        context.close()
