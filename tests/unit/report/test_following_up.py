"""What an office follows up, on every page of a report: each column, flag and word."""

import pytest
from bs4 import BeautifulSoup, Tag

from coopledger.report import report
from tests.followed_up import US, followed_up

OBSTACLE = "obstacle in the way since 10 Jan 2026"


@pytest.fixture(scope="module", name="page")
def _page() -> BeautifulSoup:
    return BeautifulSoup(report(followed_up(), us=US, period="2025"), "html.parser")


@pytest.fixture(scope="module", name="north")
def _north(page: BeautifulSoup) -> Tag:
    return next(each for each in page.select("article") if lines(each, ".title code") == ["north"])


def lines(page: Tag, selector: str) -> list[str]:
    """Return the texts of elements, each on one line."""
    return [" ".join(each.get_text(" ").split()) for each in page.select(selector)]


def row_of(page: Tag, selector: str, words: str) -> Tag:
    """Return the row in which the words stand."""
    return next(each for each in page.select(selector) if words in each.get_text())


def test_the_conduct_is_a_word_in_each_row_of_the_board_and_counted_by_group(
    page: BeautifulSoup,
) -> None:
    names = {each.get_text() for each in page.select("#board .conduct")}

    assert names == {"under way", "not begun", "given up", "at rest", "done"}
    assert lines(page, "#board tr.grp .q") == [
        "5 · 7 open · 1 overdue · 1 under way · 1 at rest · 1 not begun · 1 given up · 1 done",
        "1 · 0 open",
    ]


def test_obstacles_and_silence_are_flags_with_their_first_day(page: BeautifulSoup) -> None:
    north = row_of(page, "#board tbody tr", "Nordhavn")
    lao = row_of(page, "#board tbody tr", "Lao Water")

    assert lines(north, ".flag") == [
        *("term ends soon", OBSTACLE, "session overdue", "to be decided"),
    ]
    assert lines(lao, ".flag") == ["silent for long", "nothing heard since 12 Jun 2023"]
    assert lines(lao, ".flag.late") == ["silent for long"]


def test_pending_tells_how_a_promise_is_followed_up(page: BeautifulSoup) -> None:
    cores, report_row = (
        row_of(page, "#pending tbody tr", words) for words in ("forty cores", "quarterly")
    )

    assert lines(cores, ".flag") == [OBSTACLE]
    assert lines(cores, "td.a div") == [
        "set anew 2 times, first due 30 Jun 2025",
        "asked 2 times, last on 1 Oct 2026 · ask again on 10 Dec 2026",
    ]
    assert lines(report_row, "td.a div") == ["every 3 months · next on 31 Dec 2026"]
    assert lines(report_row, "td.rs") == ["Minh"]
    assert lines(report_row, ".only-s") == ["· Nordhavn Universitet · Minh"]
    assert lines(cores, "td.rs") == ["Lan"]
    assert lines(row_of(page, "#pending tbody tr", "gauge"), "td.rs") == [""]


def test_pending_ends_with_sums_by_side_and_currency(page: BeautifulSoup) -> None:
    rows = [lines(row, "td") for row in page.select("table.sums tbody tr")]

    assert lines(page, "table.sums thead th") == [
        *("Who", "Promised", "Delivered", "Outstanding", "Promises"),
    ]
    assert rows == [
        ["We owe", "12000 EUR", "4000 EUR", "8000 EUR", "1"],
        ["They owe", "500 EUR", "0 EUR", "500 EUR", "1"],
        ["They owe", "90000000 VND", "0 VND", "90000000 VND", "1"],
    ]


def test_a_partnership_tells_its_conduct_beside_the_stage(north: Tag) -> None:
    assert lines(north, ".sub .conduct") == ["under way"]
    assert lines(north, ".sub .flag") == ["term ends soon", OBSTACLE, "session overdue"]
    assert lines(north, "td.st") == ["In force since 12 Oct 2024 under way since 4 May 2026"]
    assert "under way since 4 May 2026" in lines(north, ".kv dd")


def test_a_partnership_tells_obstacles_sums_and_who_sees_to_what(north: Tag) -> None:
    assert lines(north, "li.way") == [
        (
            "The visas are not granted send forty cores · lies with Nordhavn Universitet, "
            "the consulate · through the embassy · last asked the embassy, 1 Oct 2026 "
            "since 10 Jan 2026"
        )
    ]
    (done,) = [each for each in north.select("section") if "Done, as reported" in each.get_text()]
    assert lines(done, "li") == ["Training: 12 people 1 report"]
    assert lines(north, "p.sums") == [
        "8000 EUR outstanding of 12000 EUR",
        "500 EUR outstanding of 500 EUR · 90000000 VND outstanding of 90000000 VND",
    ]
    assert "responsible: Minh" in row_of(north, "li.debt", "quarterly").get_text()
    assert "responsible" not in row_of(north, "li.debt", "mooring").get_text()
    assert lines(row_of(north, "li.ask", "summer"), ".block") == [
        "proposal of Our Institute · responsible: Hoa · ask again on 1 Nov 2026"
    ]


def test_the_agenda_holds_sessions_reminders_and_ends_to_decide_on(page: BeautifulSoup) -> None:
    session = row_of(page, "#agenda li.ev", "Joint committee")
    notice = row_of(page, "#agenda li.ev", "Last day for notice")
    again = [row for row in page.select("#agenda li.ev") if lines(row, ".m") == ["ask again"]]

    assert lines(session, ".m, .flag") == ["session overdue", "session due"]
    assert lines(notice, ".flag") == ["to be decided"]
    assert [lines(row, ".block") for row in again] == [
        ["Hoa · Nordhavn Universitet"],
        ["Lan · Nordhavn Universitet"],
    ]
    assert lines(page, ".decide li") == [
        "Memorandum on ocean data · Nordhavn Universitet · Lan by 11 Dec 2026",
        "MoU · Centro del Coral by 30 Apr 2027",
    ]


def test_series_come_round_and_slips_are_told(page: BeautifulSoup) -> None:
    committee = row_of(page, "#meetings .series tbody tr", "Joint committee")
    workshop = row_of(page, "#meetings .met li", "Workshop 2")

    assert lines(committee, ".block") == ["Nordhavn Universitet · jc · every 12 months"]
    assert lines(committee, "td")[-1] == "2 · not announced yet · due 6 May 2026 session overdue"
    assert "postponed 2 times · first planned for 1 Sep 2026" in lines(workshop, "div")[0]


def test_the_report_tells_what_is_done_under_texts_and_what_is_in_the_way(
    page: BeautifulSoup,
) -> None:
    assert lines(page, "#report .conducts td")[:3] == ["Under way", "1", "Nordhavn Universitet"]
    assert lines(page, "#report .way li") == [
        (
            "The visas are not granted · Nordhavn Universitet · send forty cores · "
            "lies with Nordhavn Universitet, the consulate · last asked the embassy, 1 Oct 2026 · "
            "since 10 Jan 2026"
        )
    ]


def test_without_us_sums_are_of_all_promises() -> None:
    nobody = BeautifulSoup(report(followed_up()), "html.parser")

    assert [lines(row, "td")[0] for row in nobody.select("table.sums tbody tr")] == ["All", "All"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ("Sommes", "obstacle depuis 10 janv. 2026", "non commencé")),
        ("vi", ("Tổng cộng", "có trở ngại từ 10 thg 1, 2026", "chưa triển khai")),
    ],
)
def test_other_languages_have_words_for_it(language: str, words: tuple[str, ...]) -> None:
    text = " ".join(
        BeautifulSoup(report(followed_up(), us=US, language=language), "html.parser")
        .get_text(" ")
        .split()
    )

    assert [each for each in words if each not in text] == []
