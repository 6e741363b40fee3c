"""Browser and pages that all tests here share."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from typing import Protocol

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import CHROMIUM, Shown, chromium, shown
from tests.needs import skip_without


class Show(Protocol):
    """Opener of pages, which are closed when the test is over."""

    def __call__(self, html: str, *, dark: bool = False, width: int = 1280) -> Shown:
        """Show a page."""
        ...


# As long as it runs, its loop forbids `asyncio.run` in this process: so it ends with the module.
@pytest.fixture(scope="module")
def browser() -> Generator[Browser, None, None]:
    if CHROMIUM is None:
        skip_without("browser")
    with chromium() as running:
        yield running


@pytest.fixture
def show(browser: Browser) -> Iterator[Show]:
    with ExitStack() as pages:

        def open_page(html: str, *, dark: bool = False, width: int = 1280) -> Shown:
            return pages.enter_context(shown(browser, html, dark=dark, width=width))

        yield open_page
