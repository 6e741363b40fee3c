"""Columns, groups and signs of every page of a report, as the reader's browser has them."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from coopledger._display.catalogue import words
from coopledger._display.signs import sign_of
from coopledger.report import report
from coopledger.terms import (
    CommitmentFirmness,
    CommitmentStatus,
    InstrumentState,
    MeetingStatus,
    ProposalFirmness,
    ProposalStatus,
    Stage,
)
from examples.busy_office import open_office
from tests.browser.chromium import Shown, shown

NORDHAVN = "article:has(code:text-is('nordhavn'))"
FIGURES = [
    *("Open promises", "We are late with", "They are late with"),
    *("Due within 30 days", "Terms ending in 180 days"),
]


@pytest.fixture(scope="module", name="page")
def _page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    folder: Path = tmp_path_factory.mktemp("office")
    with open_office(folder / "office.db") as ledger:
        html = report(ledger.view(), us="HC", period="2025", timezone=ledger.timezone)
    with shown(browser, html) as result:
        yield result


def drawn(*signs: StrEnum) -> list[str]:
    """Return the insides of the signs of words, as a browser writes them."""
    drawings = (sign.drawing for word in signs if (sign := sign_of(word)) is not None)
    return [re.sub(r"<(\w+)([^>]*)/>", r"<\1\2></\1>", drawing) for drawing in drawings]


def seen(page: Shown, selector: str) -> list[str]:
    """Return the insides of the signs that the page shows."""
    found: list[str] = page.page.locator(selector).evaluate_all("all => all.map(x => x.innerHTML)")
    return found


def lines(page: Shown, selector: str) -> list[str]:
    """Return the texts of elements, each on one line."""
    return [" ".join(text.split()) for text in page.texts(selector)]


def test_the_frame_links_every_page(page: Shown) -> None:
    assert lines(page, ".top nav a") == [
        *("Report", "Board", "Pending 185", "Agenda", "Meetings", "Partnerships"),
    ]
    for link in page.page.locator(".top nav a").all():
        assert page.page.locator(link.get_attribute("href") or "").count() == 1


def test_the_board_has_its_figures_strip_columns_and_groups(page: Shown) -> None:
    assert page.texts("#board .facts dt") == FIGURES
    assert page.page.locator("#board .facts dd.late").count() == 1
    assert seen(page, "#board .strip svg") == drawn(*Stage)
    assert [name for name in lines(page, "#board thead th") if name] == [
        *("Partner", "Since", "Texts", "Terms 23 24 25 26 27 28 29", "We owe", "They owe"),
        *("Next", "Silence"),
    ]
    groups = [stage for stage in Stage if stage is not Stage.NONE]
    assert seen(page, "#board tr.grp svg") == drawn(*groups)
    assert [text.split()[0] for text in lines(page, "#board tr.grp")] == [
        words().heading(words().term(stage)) for stage in groups
    ]


def test_a_row_of_the_board_has_every_sign_with_its_word(page: Shown) -> None:
    row = "#board tr:has(a:text-is('Nordhavn Universitet'))"
    states = (InstrumentState.IN_FORCE, InstrumentState.IN_FORCE, InstrumentState.NEGOTIATING)
    late, pending = CommitmentStatus.OVERDUE, CommitmentStatus.PENDING

    assert seen(page, f"{row} .line.s > svg") == drawn(*states)
    assert lines(page, f"{row} .line.s") == [
        *("MoU in force", "Programme in force", "Agreement negotiating"),
    ]
    assert page.page.locator(f"{row} svg.axis rect.now").count() == 3
    assert seen(page, f"{row} .ours .unit svg") == drawn(late, CommitmentStatus.CONDITIONAL)
    assert seen(page, f"{row} .they .unit svg") == drawn(
        *(late, late, pending, pending, pending), CommitmentStatus.STANDING
    )
    assert page.texts(f"{row} .count") == ["2", "6"]
    assert page.texts(f"{row} .flag") == ["sources disagree"]
    assert lines(page, f"{row} .next") == ["6 Feb 2027 steering committee"]
    assert lines(page, f"{row} .sil") == ["40 d"]


def test_pending_has_its_columns_groups_and_sides(page: Shown) -> None:
    groups = {
        CommitmentStatus.OVERDUE: "Overdue",
        CommitmentStatus.DUE_SOON: "Due within 30 days",
        CommitmentStatus.PENDING: "Later",
        CommitmentStatus.BLOCKED: "Waiting for something else",
        CommitmentStatus.CONDITIONAL: "On a condition",
        CommitmentStatus.STANDING: "For good",
    }

    assert page.texts("#pending thead th") == [
        *("When", "What", "Who", "With", "Due, as said", "Firmness", "Responsible", "Rests on"),
    ]
    assert seen(page, "#pending tr.grp svg") == drawn(*groups)
    assert page.texts("#pending tr.grp .line > span:nth-of-type(1)") == [*groups.values()]
    assert {line.split(" · ")[0] for line in lines(page, "#pending td.wi")} == {
        *("→ we owe", "← they owe", "⇄ both owe each other"),
    }
    assert page.texts("#pending td.late")[0] == "696 days overdue"
    assert page.page.locator("#pending td.wh a").count() == page.page.locator("td.wh").count()


def test_the_agenda_has_weeks_signs_and_calendars(page: Shown) -> None:
    things = "#agenda .tl li"
    notice = f"{things}:has-text('Last day for notice')"

    assert lines(page, "#agenda h3.yr")[0] == "Week 48 23 Nov 2026 – 29 Nov 2026"
    assert page.texts(f"{things} .d")[0] == "Sa 28 Nov 2026"
    assert lines(page, f"{notice} > span:nth-child(3)") == [
        (
            "Last day for notice: Memorandum of understanding on coral fragments to be decided "
            "Okitsu Marine Station · else it renews itself beyond 28 Feb 2027"
        ),
    ]
    assert page.texts(f"{notice} span.late") == ["Last day for notice"]
    assert page.page.locator(f"{notice} svg.late").count() == 1
    assert set(seen(page, f"{things}:has-text('meeting, announced') svg")) == set(
        drawn(MeetingStatus.SCHEDULED)
    )
    assert set(page.texts(f"{things} .m")) == {
        *("to do", "to receive", "meeting, announced", "notice deadline", "end of term"),
    }
    assert page.texts("#agenda .cal caption") == ["Nov 2026", "Dec 2026", "Jan 2027"]
    panels = page.texts("#agenda .panel:not(.cal) h3")
    assert [title.rpartition(" ")[0] for title in panels] == ["Ends to decide on", "Without a date"]


def test_the_page_of_a_partnership_has_its_parts_and_signs(page: Shown) -> None:
    assert page.texts(f"{NORDHAVN} .h2") == [
        *("Texts", "Promises", "Wishes and proposals", "Timeline", "Sources", "Why active?"),
        *("At a glance", "When it was, when we knew"),
    ]
    assert seen(page, f"{NORDHAVN} .ribbon svg") == drawn(
        Stage.CONTACT, Stage.EXPLORING, Stage.NEGOTIATING, Stage.ACTIVE
    )
    assert seen(page, f"{NORDHAVN} .d0 td > .line > svg") == drawn(
        InstrumentState.IN_FORCE, InstrumentState.IN_FORCE, InstrumentState.NEGOTIATING
    )
    assert lines(page, f"{NORDHAVN} .half h4") == ["We owe 2", "They owe 6"]
    assert page.page.locator(f"{NORDHAVN} .half li.debt > svg").count() == 8
    assert seen(page, f"{NORDHAVN} section > ul > li.debt > svg") == drawn(
        ProposalFirmness.WISH, ProposalFirmness.OFFER
    )
    assert page.texts(f"{NORDHAVN} .pill") == ["decides the stage"] * 2
    assert page.page.locator(f"{NORDHAVN} .why ol li").count() == 3
    assert page.page.locator(f"{NORDHAVN} svg.knew circle.on").count() == 3


@pytest.mark.parametrize(
    ("act", "sign"),
    [
        ("Visit held", CommitmentStatus.FULFILLED),
        ("Steering committee announced", MeetingStatus.SCHEDULED),
        ("We promised", CommitmentFirmness.COMMITMENT),
        ("Nordhavn Universitet, offer", ProposalFirmness.OFFER),
        ("Talks opened", ProposalStatus.AGREED_IN_PRINCIPLE),
        ("We, wish", ProposalFirmness.WISH),
        ("Kept", CommitmentStatus.FULFILLED),
        ("Text registered", MeetingStatus.NONE),
    ],
)
def test_a_line_of_the_timeline_shows_how_far_the_act_goes(
    page: Shown, act: str, sign: StrEnum
) -> None:
    line = f"{NORDHAVN} .tl li:has(.act:text-is('{act}')) .gx svg"
    link = f"{NORDHAVN} .tl li:has(.act a:text-is('{act}')) .gx svg"

    assert set(seen(page, f"{line}, {link}")) == set(drawn(sign))


def test_meetings_have_series_and_outcomes_with_where_they_stand(page: Shown) -> None:
    statuses = {MeetingStatus.HELD, MeetingStatus.SCHEDULED}

    assert page.texts("#meetings .series thead th") == ["Series", "Numbers", "Next"]
    assert lines(page, "#meetings .numbers li") == ["3 20 May 2025", "4 Next"] * 2
    assert set(seen(page, "#meetings .met .gx svg")) == set(drawn(*statuses)) | set(
        drawn(MeetingStatus.UNRECORDED)
    )
    assert page.page.locator("#meetings section").count() == 41
    outcome = page.page.locator("#meetings li.debt").first
    assert outcome.locator("> svg").count() == 1
    assert outcome.locator(".line svg").count() == 1


def test_the_report_has_its_figures_charts_and_tables(page: Shown) -> None:
    assert page.texts("#report .facts dt") == [
        *("Texts signed", "Meetings held", "Promises kept", "Active at the end"),
    ]
    assert page.texts("#report .h2, #report h2.h3") == [
        *("Partnerships by stage", "Texts signed", "Reported and recorded"),
        *("Every partnership, 2019 to today", "Done under the texts in effect"),
        *("Kept late in 2025", "Where sources disagree", "What the facts rest on"),
    ]
    assert page.page.locator("#report svg.columns text.asked").all_text_contents() == ["2025"]
    assert page.texts("#report .squares thead th")[-1] == "All"
    assert page.texts("#report .pairs thead th") == [
        *("Figure", "Reported", "Recorded", "Outline reported, filled recorded", "Difference"),
    ]
    assert page.page.locator("#report .life svg[role=img]").count() == 40
    assert lines(page, "#report p.legend")[0].startswith("thickness is the stage: Active Signed")


def test_on_a_phone_no_text_of_a_chart_is_smaller_than_a_caption(
    page: Shown, browser: Browser
) -> None:
    with shown(browser, page.page.content(), width=390) as phone:
        heights: list[float] = phone.page.locator("#report svg.columns text").evaluate_all(
            "all => all.filter(x => x.getClientRects().length)"
            ".map(x => parseFloat(getComputedStyle(x).fontSize) * x.getScreenCTM().a)"
        )

        assert heights
        assert min(heights) >= 12
