"""Letter as a program for mail shows it."""

from pathlib import Path

import pytest

from coopledger.letter import letter
from examples.busy_office import open_office
from tests.browser.conftest import Show
from tests.browser.pictures import html_of


@pytest.mark.parametrize("width", [700, 390])
def test_it_is_600_wide_at_most_asks_for_nothing_and_has_no_findings(
    show: Show, tmp_path: Path, width: int
) -> None:
    with open_office(tmp_path / "office.db") as ledger:
        message = letter(ledger.view(), since="2026-10-30", us="HC", link="https://example.org/")
    assert message is not None
    page = show(html_of(message), width=width)

    assert page.overflow() == 0
    assert page.elsewhere == []
    assert page.findings() == []
    (letter_width,) = {
        int(each["width"])
        for each in [page.page.locator("table[width='600']").bounding_box()]
        if each is not None
    }
    assert letter_width == min(600, width - 32)
    assert page.texts("h1") == [str(message["Subject"])]
