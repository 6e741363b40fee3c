"""Report as its reader sees it: light and dark, on a screen and on a phone."""

from pathlib import Path

import pytest

from coopledger.report import report
from examples.busy_office import open_office
from tests.browser.conftest import Show
from tests.browser.parts import LEAVE, PARTS, SHORTEN
from tests.followed_up import US, followed_up

MODES = pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
PHONE = 390


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(folder / "office.db") as ledger:
        return report(ledger.view(), us="HC", period="2025", timezone=ledger.timezone)


@pytest.fixture(scope="module", name="translated")
def _translated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("languages")
    with open_office(folder / "office.db") as ledger:
        return {each: report(ledger.view(), us="HC", language=each) for each in ("fr", "vi")}


@MODES
@WIDTHS
def test_every_page_has_no_findings(html: str, show: Show, *, width: int, is_dark: bool) -> None:
    found: dict[str, list[str]] = {}
    for name, part in PARTS.items():
        page = show(html, dark=is_dark, width=width)
        page.page.evaluate(LEAVE, part)
        page.page.evaluate(SHORTEN)
        found[name] = page.findings()

    assert {name: each for name, each in found.items() if each} == {}


@MODES
@WIDTHS
def test_what_is_followed_up_has_no_findings_asks_for_nothing_and_fits(
    show: Show, *, width: int, is_dark: bool
) -> None:
    page = show(report(followed_up(), us=US), dark=is_dark, width=width)

    assert page.findings() == []
    assert page.elsewhere == []
    assert page.page.evaluate("document.documentElement.scrollWidth") == width


@MODES
@WIDTHS
def test_it_asks_for_nothing_and_fits(html: str, show: Show, *, width: int, is_dark: bool) -> None:
    page = show(html, dark=is_dark, width=width)

    assert page.elsewhere == []
    assert page.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("language", ["fr", "vi"])
def test_every_page_in_another_language_has_no_findings_and_fits_a_phone(
    translated: dict[str, str], show: Show, language: str
) -> None:
    page = show(translated[language], width=PHONE)
    assert page.page.evaluate("document.documentElement.scrollWidth") == PHONE

    others = "document.querySelectorAll('article ~ article')"
    page.page.evaluate(f"() => {others}.forEach(each => each.remove())")
    page.page.evaluate(SHORTEN)
    assert page.findings() == []


@pytest.mark.parametrize("language", ["fr", "vi"])
def test_all_texts_in_another_language_are_drawn_in_one_font(
    translated: dict[str, str], show: Show, language: str
) -> None:
    page = show(translated[language])
    page.page.evaluate(SHORTEN)
    titles, cells = "h1, h2, h3, th, dt, .flag", "td.a, td.b1, td.wh, td.du, td.fm, a.row"

    assert len(page.fonts(f"{titles}, {cells}, .act, .sent, .debt > span, .m, .d")) == 1


@pytest.mark.parametrize("language", ["fr", "vi"])
def test_the_names_of_stages_stand_side_by_side(
    translated: dict[str, str], show: Show, language: str
) -> None:
    page = show(translated[language]).page
    beyond: list[float] = page.locator("#board .strip li").evaluate_all(
        "items => items.map(each => each.scrollWidth - each.clientWidth)"
    )

    assert len(beyond) == 9
    assert max(beyond) <= 0


def test_its_policy_lets_its_style_through(html: str, show: Show) -> None:
    page = show(html).page

    size = page.locator("h1").evaluate("element => getComputedStyle(element).fontSize")
    assert size == "24px"


def test_vietnamese_and_french_are_drawn_in_one_font(html: str, show: Show) -> None:
    page = show(html)
    names = page.texts("#board a.row")

    assert {"Trường Đại học Sông Hàn", "Université de Port-Lévêque"} <= set(names)
    assert len(page.fonts("#board a.row, #pending td.a")) == 1


def test_a_phone_shows_a_row_folded_and_no_axis(html: str, show: Show) -> None:
    page = show(html, width=PHONE).page
    row = page.locator("#board tbody tr:not(.grp)").first

    assert row.locator("td.name").is_visible()
    assert row.locator("td.sil").is_visible()
    assert row.locator("td.next").is_visible()
    assert not row.locator("svg.axis").first.is_visible()
    assert not page.locator("#pending td.wh").first.is_visible()


def test_the_name_of_a_country_stands_beside_the_name_of_the_partner(html: str, show: Show) -> None:
    page = show(html).page
    heights: list[float] = page.locator("#board td.name a.row").evaluate_all(
        "links => links.map(each => each.nextElementSibling.getBoundingClientRect().bottom"
        " - each.getClientRects()[each.getClientRects().length - 1].bottom)"
    )

    assert max(map(abs, heights)) < 8


def test_a_reason_leads_to_the_row_of_the_text(html: str, show: Show) -> None:
    page = show(html).page
    link = page.locator("article:has(code:text-is('nordhavn')) .why .sent a").first
    link.click()

    assert "Memorandum of understanding on ocean data" in page.locator(":target").inner_text()
