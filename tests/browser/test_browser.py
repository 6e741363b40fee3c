"""The browser of the tests sees what it has to see."""

from tests.browser.conftest import Show

PAGE = '<!doctype html><html lang="en"><title>A</title><main><h1>One</h1>{}</main></html>'
GOOD = PAGE.format("<p>two</p>")
BAD = PAGE.format('<img src="/x.png">')


def test_a_good_page_has_no_findings_and_asks_for_nothing(show: Show) -> None:
    page = show(GOOD)

    assert page.findings() == []
    assert page.elsewhere == []
    assert page.texts("p") == ["two"]
    assert page.overflow() == 0


def test_a_picture_without_words_from_elsewhere_is_found(show: Show) -> None:
    page = show(BAD)

    assert [finding.partition(":")[0] for finding in page.findings()] == ["image-alt"]
    assert page.elsewhere == ["http://page.test/x.png"]


def test_a_page_that_is_too_wide_is_measured(show: Show) -> None:
    wide = GOOD.replace("<p>", '<p style="width:500px">')

    assert show(wide, width=390).overflow() > 0


def test_the_reader_chooses_dark_or_light(show: Show) -> None:
    style = "<style>@media (prefers-color-scheme:dark){p{display:none}}</style>"

    assert show(style + GOOD).page.locator("p").is_visible()
    assert not show(style + GOOD, dark=True).page.locator("p").is_visible()


def test_the_fonts_of_a_text_are_known(show: Show) -> None:
    assert len(show(GOOD).fonts("p")) == 1
