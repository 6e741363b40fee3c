"""Pages of a server as a browser shows them: light and dark, wide and narrow, under the policy."""

import socket
import threading
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from coopledger.web import app
from examples.busy_office import US, open_office
from tests.browser.chromium import Shown
from tests.browser.parts import SHORTEN

PAGES = (
    *("/", "/?on=2025-03-01&stage=active", "/partnerships/nordhavn", "/pending?side=we_owe"),
    *("/agenda", "/meetings", "/report", "/search?q=data", "/news?since=2026-11-01"),
    *("/then?on=2026-06-01&known_at=2026-03-01", "/?on=nonsense"),
)
MODES = pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture(scope="module", name="site")
def _site(tmp_path_factory: pytest.TempPathFactory) -> Generator[str, None, None]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(folder / "office.db") as ledger, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app(ledger, us=US), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@MODES
@WIDTHS
def test_no_page_has_findings_or_breaks_the_policy_and_all_fit(
    browser: Browser, site: str, *, width: int, is_dark: bool
) -> None:
    found: dict[str, Any] = {}
    for address in PAGES:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if is_dark else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        told = _told(page, site)
        page.goto(f"{site}{address}")
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        asked = list(told)
        page.evaluate(SHORTEN)
        found[address] = (Shown(page).findings(), overflow, asked)
        context.close()

    assert {name: each for name, each in found.items() if each != ([], 0, [])} == {}


def _told(page: Page, site: str) -> list[str]:
    """Return what the page asks for elsewhere, and each breach of its policy, as they happen."""
    told: list[str] = []
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((site, "data:")) else told.append(asked.url),
    )
    page.on(
        "console",
        lambda said: told.append(said.text) if "Content Security Policy" in said.text else None,
    )
    return told


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_reader_walks_from_the_board_to_a_reason_and_to_a_past_day(
    browser: Browser, site: str, *, has_scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=has_scripts)
    page = context.new_page()
    page.goto(site)
    page.get_by_role("link", name="Nordhavn Universitet").first.click()
    assert page.locator("h1").inner_text() == "Nordhavn Universitet"
    page.get_by_role("link", name="why?").click()
    assert page.url.endswith("#p-why")

    page.get_by_label("On", exact=True).fill("2024-12-01")
    page.get_by_role("button", name="Show").click()
    assert "/partnerships/nordhavn?on=2024-12-01" in page.url
    assert page.locator(".past .end").inner_text().startswith("You look at the past: 1 Dec 2024")
    page.get_by_role("link", name="Back to today").click()
    assert page.locator("form.past").count() == 0
    context.close()


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_handles_of_then_and_now_ask_about_another_day(
    browser: Browser, site: str, *, has_scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=has_scripts)
    page = context.new_page()
    page.goto(f"{site}/then?on=2026-06-01&known_at=2026-03-01")
    handle = page.locator("input[name=known_day]")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    told = page.locator("#known_day-said").inner_text()
    assert told == ("28 Feb 2026" if has_scripts else "1 Mar 2026")

    page.locator("form.scrub button").click()
    assert page.url.endswith("/then?on=2026-06-01&known_at=2026-02-28")
    assert page.locator("h1").inner_text() == "1 Jun 2026, as known 28 Feb 2026"
    context.close()


def test_what_is_pending_is_filtered_by_its_form(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/pending")
    page.get_by_role("link", name="They owe 86").click()
    page.locator("select[name=partner]").select_option("nordhavn")
    page.get_by_role("button", name="Filter").click()

    assert "side=they_owe&partner=nordhavn" in page.url
    assert page.locator("td.a").count() == 6
    context.close()
