"""Outputs of a notebook, as its reader sees them in light and dark."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coopledger import View
from examples.busy_office import open_office
from tests.browser.conftest import Show
from tests.browser.pictures import notebook_page

BOARD = ["Partner", "Stage", "Since", "Texts", "Open", "Overdue", "Last activity", "Look at", "Id"]
WHY = ["When", "What", "Source", "Recorded", "Id"]
PENDING = ["When", "What", "Who", "Due, as said", "Firmness", "Look at", "Responsible", "Id"]
ACCENT = {False: "rgb(11, 95, 110)", True: "rgb(116, 197, 210)"}
ALARM = {False: "rgb(161, 38, 13)", True: "rgb(255, 158, 134)"}


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(folder / "office.db") as ledger:
        yield ledger.view()


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_the_outputs_have_no_findings_and_ask_for_nothing(
    view: View, show: Show, *, is_dark: bool
) -> None:
    page = show(notebook_page(view, is_dark), dark=is_dark)

    assert page.findings() == []
    assert page.elsewhere == []
    assert page.overflow() == 0
    assert show(notebook_page(view, is_dark), dark=is_dark, width=390).overflow() == 0


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_the_notebook_chooses_the_colours_whatever_the_system_likes(
    view: View, show: Show, *, is_dark: bool
) -> None:
    page = show(notebook_page(view, is_dark), dark=not is_dark).page

    def colour(selector: str) -> str:
        found = page.locator(selector).first
        return str(found.evaluate("element => getComputedStyle(element).color"))

    body = colour("body")
    assert colour(".cl-nb svg.on") == ACCENT[is_dark]
    assert colour(".cl-nb .late") == ALARM[is_dark]
    assert colour(".cl-nb td") == body


def test_the_board_has_the_columns_and_signs_of_the_mock_up(view: View, show: Show) -> None:
    page = show(notebook_page(view, False))  # noqa: FBT003 - a light one
    board = "[aria-label='Output 1'] table"

    assert page.texts(f"{board} >> nth=0 >> thead th") == BOARD
    assert page.page.locator(f"{board} >> nth=0 >> tbody tr").count() == 20
    assert page.texts("[aria-label='Output 1'] summary") == ["20 more"]
    assert set(page.texts(f"{board} >> nth=0 >> tbody td:nth-child(2)")) >= {
        *("Active · not begun", "Lapsed"),
    }
    assert (
        page.page.locator(f"{board} >> nth=0 >> tbody tr")
        .filter(has=page.page.locator("td:nth-child(2) svg"))
        .count()
        == 20
    )
    assert "3 overdue" in page.texts(f"{board} >> nth=0 >> .late")


def test_the_promises_have_the_columns_and_signs_of_the_mock_up(view: View, show: Show) -> None:
    page = show(notebook_page(view, False))  # noqa: FBT003 - a light one
    table = "[aria-label='Output 5'] table"

    assert page.texts(f"{table} thead th") == PENDING
    assert page.page.locator(f"{table} tbody td:first-child svg").count() == 8
    assert sorted(set(page.texts(f"{table} tbody td:first-child"))) == [
        *("27 days overdue", "331 days overdue", "8 days overdue"),
        *("conditional", "pending", "standing"),
    ]
    assert {"Oct 2026", "2025", "no date"} <= set(page.texts(f"{table} tbody td:nth-child(4)"))


def test_a_partnership_is_told_by_its_stage_its_reasons_and_its_life(
    view: View, show: Show
) -> None:
    page = show(notebook_page(view, False)).page  # noqa: FBT003 - a light one

    assert "active since 12 Oct 2024" in page.locator("[aria-label='Output 2']").inner_text()
    why = "[aria-label='Output 3']"
    assert "active since 12 Oct 2024" in page.locator(f"{why} p").first.inner_text()
    assert "sources disagree" in page.locator(f"{why} p").first.inner_text()
    assert page.locator(f"{why} thead th").all_inner_texts() == WHY
    assert page.locator(f"{why} tbody td:first-child").all_inner_texts() == [
        *("12 Oct 2024", "23 Sep 2025", "undated"),
    ]
    line = page.locator("[aria-label='Output 4'] svg[role=img]")
    assert line.get_attribute("aria-label") == "Stages since 5 Sep 2019"
    assert line.locator("rect").count() == 4


def test_vietnamese_and_french_are_drawn_in_one_font(view: View, show: Show) -> None:
    page = show(notebook_page(view, False))  # noqa: FBT003 - a light one

    assert len(page.fonts(".cl-nb td.w, .cl-nb q")) == 1
