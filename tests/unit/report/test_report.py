"""The report is one file that holds the answers, asks for nothing, and is written whole."""

import re
import sys
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from coopledger import Ledger, events
from coopledger._display.signs import CHECK, SIGNS
from coopledger.errors import ArgumentError, MissingExtraError, UnknownIdError
from coopledger.render.html.board import MANY_PARTNERSHIPS
from coopledger.render.html.pages import environment
from coopledger.report import report
from coopledger.terms import MeetingStatus
from coopledger.view import View
from examples.busy_office import open_office
from tests.builders import restore_unchecked
from tests.unit.packs.lab import LAB, START, device_lent

BUDGET = 30_000
MOCK_COLUMNS = ["Partner", "Since", "Texts", "We owe", "They owe", "Next", "Silence"]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    with open_office(tmp_path_factory.mktemp("office") / "ledger.db") as ledger:
        yield ledger.view()


@pytest.fixture(scope="module")
def page(busy: View) -> BeautifulSoup:
    return BeautifulSoup(report(busy, us="HC", period="2025"), "html.parser")


def texts(page: Tag, selector: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in page.select(selector)]


def test_it_carries_its_style_with_a_hash_and_asks_for_nothing(page: BeautifulSoup) -> None:
    style = page.select_one("style")
    policy = page.select_one("meta[http-equiv]")

    assert style is not None
    assert policy is not None
    content = style.get_text()
    digest = b64encode(sha256(content.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in str(policy["content"])
    assert len(content.encode()) < BUDGET
    assert page.select("script, link, img, [style], [src]") == []


def test_a_list_that_is_cut_says_how_many_more_there_are(page: BeautifulSoup) -> None:
    (late,) = [
        each for each in page.select("section") if texts(each, ".h2")[:1] == ["Kept late in 2025"]
    ]

    assert "13 of 32" in texts(late, ".q")[0]
    assert len(late.select("tbody tr")) == 12
    assert texts(late, "table + p") == ["1 more"]


def test_its_links_lead_to_places_in_the_file(page: BeautifulSoup) -> None:
    ids = [str(each["id"]) for each in page.select("[id]")]
    links = {str(each["href"]).removeprefix("#") for each in page.select("a[href]")}

    assert len(ids) == len(set(ids))
    assert links <= set(ids)


def test_the_board_has_the_columns_the_groups_and_a_row_for_each_partnership(
    page: BeautifulSoup, busy: View
) -> None:
    columns = texts(page, "#board thead th")
    rows = texts(page, "#board a.row")
    strip = texts(page, "#board .strip li")

    assert [name for name in columns if name in MOCK_COLUMNS] == MOCK_COLUMNS
    assert min(rows) == "Atelier Lévesque SAS"
    assert len(rows) == len(busy.partnerships())
    assert strip[0] == "23Active"
    assert len(strip) == 9
    assert texts(page, "#board .facts dt") == [
        "Open promises",
        "We are late with",
        "They are late with",
        "Due within 30 days",
        "Terms ending in 180 days",
    ]


def test_the_longest_overdue_comes_first_on_the_board_and_pending(page: BeautifulSoup) -> None:
    assert texts(page, "#board a.row")[0] == "Lao Water Institute"
    assert texts(page, "#pending td.late")[0] == "696 days overdue"
    assert "silent for long" in texts(page, "#board .flag.late")


def test_pending_has_its_groups_and_every_open_promise(page: BeautifulSoup, busy: View) -> None:
    groups = texts(page, "#pending tr.grp th")

    assert groups[0].startswith("Overdue")
    assert groups[1].startswith("Due within 30 days")
    assert len(page.select("#pending tbody tr:not(.grp)")) == len(busy.commitments())


def test_the_page_of_a_partnership_has_its_parts(page: BeautifulSoup) -> None:
    headings = [
        each for each in page.select("article h2") if each.get_text() == "Nordhavn Universitet"
    ]
    article = headings[0].find_parent("article")

    assert article is not None
    parts = BeautifulSoup(str(article), "html.parser")
    assert texts(parts, "h3.h2") == [
        "Texts",
        "Promises",
        "Wishes and proposals",
        "Timeline",
        "Sources",
        "Why active?",
        "At a glance",
        "When it was, when we knew",
    ]
    glance = texts(parts, "dl dt")
    assert {"Done under its texts", "Last activity", "Last heard"} <= {*map(str.capitalize, glance)}
    assert len(parts.select(".ribbon > span")) == 4
    assert len(parts.select("li.ev.key")) >= 2
    assert any("known 632 days later" in text for text in texts(parts, "li.ev .m"))


def test_what_is_only_planned_has_no_check(page: BeautifulSoup) -> None:
    acts = {each.get_text(): each for each in page.select("li.ev .act")}
    lines = [acts[name].find_parent("li") for name in ("Workshop announced", "Workshop held")]
    planned, held = (line.select_one(".gx path") if line else None for line in lines)

    assert planned is not None
    assert held is not None
    assert f'"{planned["d"]}"' in SIGNS[MeetingStatus][MeetingStatus.SCHEDULED].drawing
    assert f'"{held["d"]}"' in CHECK.drawing


def test_the_report_has_its_charts(page: BeautifulSoup) -> None:
    assert len(page.select("#report .life li")) == 41
    assert texts(page, "#report .facts dt")[0] == "Texts signed"
    assert len(page.select("#report .pairs tbody tr")) == 3
    assert any("disputed" in text for text in texts(page, "#report li"))


def test_hostile_texts_do_no_harm() -> None:
    ledger = Ledger.in_memory()
    evil = "<script>alert(1)</script>\u202e \x1b[31m" + "x" * 4000
    restore_unchecked(
        ledger,
        events.PartyRegistered(party="A", name=evil, kind="state"),
        events.PartyRegistered(party="B", name="B", kind="state"),
        events.PartnershipOpened(partnership="a b/<i>", parties=["A", "B"], scope=evil),
        events.CommitmentMade(
            commitment="c",
            partnership="a b/<i>",
            when="2020-01-02",
            debtors="A",
            creditors="B",
            what=evil,
        ),
    )
    text = report(ledger.view(on="2021-01-01"), us="A")

    assert "<script" not in text
    assert "\u202e" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("us", ["HC", None])
def test_it_is_made_with_and_without_a_reader(busy: View, us: str | None) -> None:
    assert "Cooperation in 2025" in report(busy, us=us)


def test_an_empty_ledger_has_a_report() -> None:
    assert "Nothing is pending." in report(Ledger.in_memory().view(on="2021-01-01"))


def test_what_cannot_be_read_is_refused(busy: View) -> None:
    with pytest.raises(ArgumentError):
        report(busy, period="next year")
    with pytest.raises(UnknownIdError):
        report(busy, us="nobody")


def test_a_file_is_written_whole_or_stays_as_it_was(busy: View, tmp_path: Path) -> None:
    path = tmp_path / "report.html"

    assert report(busy, us="HC", path=path) == path
    before = path.read_bytes()
    with pytest.raises(ArgumentError):
        report(busy, period="never", path=path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


def test_a_report_takes_the_place_of_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "office.db"
    with Ledger.open(path) as ledger:
        ledger.record(events.PartyRegistered(party="vn", name="Viet Nam", kind="state"))
        view = ledger.view()
        with pytest.raises(ArgumentError, match="holds a ledger or another database: name"):
            report(view, path=path)
        ledger.record(events.PartyRegistered(party="fr", name="France", kind="state"))
    with pytest.raises(ArgumentError, match="holds a ledger"):
        report(view, path=path)
    with Ledger.open(path, readonly=True) as ledger:
        assert (ledger.position, ledger.verify().fault) == (2, None)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "as known 15 Jan 2100"),
        ("fr", "tel que connu le 15 janv. 2100"),
        ("vi", "theo những gì biết đến 15 thg 1, 2100"),
    ],
)
def test_a_report_says_up_to_when_what_counts_was_known(language: str, told: str) -> None:
    ledger = Ledger.in_memory()

    known = BeautifulSoup(
        report(ledger.view(known_at="2100-01-15"), language=language), "html.parser"
    )
    assert known.select_one(".moment").text.endswith(told)  # type: ignore[union-attr]
    every = BeautifulSoup(report(ledger.view(), language=language), "html.parser")
    assert told not in every.text


def test_a_report_tells_how_many_pages_are_made(busy: View) -> None:
    told: list[tuple[int, int | None]] = []

    report(busy, progress=lambda done, total: told.append((done, total)))

    number = len(busy.partnerships())
    assert told == [*((each, number) for each in range(1, number + 1)), (number, number)]


def test_a_reason_names_the_texts_and_each_name_is_a_link(page: BeautifulSoup) -> None:
    code = next(each for each in page.select(".title code") if each.get_text() == "nordhavn")
    article = code.find_parent("article")

    assert article is not None
    parts = BeautifulSoup(str(article), "html.parser")
    assert texts(parts, ".why .sent")[0] == (
        "Nordhavn Universitet is active since 12 Oct 2024: Memorandum of understanding on ocean"
        " data is in force, Work programme on ocean data is in force; Agreement on the exchange of"
        " data is negotiating; sources disagree."
    )
    assert len(parts.select(".why .sent a")) == 3


def test_a_dispute_that_decided_is_told_with_what_it_is_about(page: BeautifulSoup) -> None:
    code = next(each for each in page.select(".title code") if each.get_text() == "nordhavn")
    article = BeautifulSoup(str(code.find_parent("article")), "html.parser")
    reasons = texts(article, ".why ol li")

    assert len(reasons) == 3
    assert reasons[0].startswith("12 Oct 2024Signed Memorandum of understanding on ocean data")
    assert reasons[2].startswith("undatedFact disputed Memorandum of understanding on ocean data")
    assert len(article.select(".why ol a")) == 2


def test_an_act_of_another_vocabulary_is_told_by_its_name() -> None:
    ledger = Ledger.in_memory(packs=[LAB])
    ledger.record(*START, device_lent())
    lent = BeautifulSoup(report(ledger.view(on="2024-06-01"), us="lab"), "html.parser")

    assert "Device lent" in texts(lent, "li.ev .act")


def test_an_open_end_and_an_overrun_have_marks(page: BeautifulSoup) -> None:
    assert set(texts(page, "#board svg.axis text.open")) == {
        "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
    }
    assert len(page.select("#board svg.axis line.over")) == 1


def test_groups_of_many_partnerships_are_closed() -> None:
    ledger = Ledger.in_memory()
    numbers = range(MANY_PARTNERSHIPS + 1)
    parties = [
        events.PartyRegistered(party=f"p{each}", name=f"P {each}", kind="company")
        for each in (*numbers, "us")
    ]
    opened = [
        events.PartnershipOpened(partnership=f"s{each}", parties=["pus", f"p{each}"])
        for each in numbers
    ]
    ledger.record(*parties, *opened)
    many = BeautifulSoup(report(ledger.view(on="2021-01-01"), us="pus"), "html.parser")

    assert len(many.select("#board details")) == 1
    assert many.select("#board details[open]") == []
    assert len(many.select("#board a.row")) == len(numbers)


def test_without_jinja2_the_extra_is_named(busy: View, monkeypatch: pytest.MonkeyPatch) -> None:
    environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)

    with pytest.raises(MissingExtraError, match=r"coopledger\[report\]"):
        report(busy)


def test_the_agenda_has_three_calendars_with_a_dot_for_each_thing(page: BeautifulSoup) -> None:
    calendars = page.select("#agenda .cal table")
    december = BeautifulSoup(str(calendars[1]), "html.parser")
    ends = [each for each in texts(page, "#agenda li .d") if each.endswith("Dec 2026")]

    assert texts(page, "#agenda .cal caption") == ["Nov 2026", "Dec 2026", "Jan 2027"]
    assert texts(december, "th") == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert texts(page, "#agenda .cal .today") == ["27"]
    assert len(december.select("rect")) == len(ends)


def test_the_calendars_go_on_to_the_next_year_and_end_with_the_last() -> None:
    ledger = Ledger.in_memory()
    last = BeautifulSoup(report(ledger.view(on="9999-12-30")), "html.parser")

    assert texts(last, ".cal caption") == ["Dec 9999"]


def test_no_date_is_shown_as_programs_write_it(page: BeautifulSoup) -> None:
    shown = BeautifulSoup(str(page.select_one("main")), "html.parser")
    for code in shown.select("code"):
        code.decompose()

    assert re.findall(r".{0,30}\b\d{4}-\d{2}\b.{0,30}", shown.get_text(" ")) == []


def test_dates_on_which_sources_disagree_are_in_words(page: BeautifulSoup) -> None:
    assert any("when 12 Oct 2024, but 2 Mar 2024" in text for text in texts(page, "#report li"))


def test_a_text_in_force_of_which_no_signature_is_recorded_is_not_called_unsigned() -> None:
    known, draft = (
        events.InstrumentRegistered(instrument=name, partnership="p", kind="mou", state=state)
        for name, state in (("known", "in_force"), ("draft", "negotiating"))
    )
    ledger = Ledger.in_memory()
    ledger.record(
        *(events.PartyRegistered(party=name, name=name.upper(), kind="state") for name in "ab"),
        events.PartnershipOpened(partnership="p", parties=["a", "b"]),
        known,
        draft,
    )
    page = BeautifulSoup(report(ledger.view("2020-01-01")), "html.parser")
    terms = {row.select("code")[0].get_text(): row.select(".term") for row in page.select("tr[id]")}

    assert {name: cell[0].get_text() for name, cell in terms.items()} == {
        "known": "",
        "draft": "not signed",
    }


def test_an_empty_board_says_what_would_fill_it() -> None:
    html = report(Ledger.in_memory().view(on="2024-01-01"), period="2023")
    page = BeautifulSoup(html, "html.parser")

    (told,) = texts(page, "#board p.q")
    assert told.startswith("No partnership is known on 1 Jan 2024. Ask about a later day")
    assert page.select("#board table") == []


def test_a_text_and_its_term_stand_on_one_line_that_may_go_on_below(page: BeautifulSoup) -> None:
    (row,) = (
        each for each in page.select("#board tbody tr") if each.find("a", string="Tide Council")
    )
    (cell,) = row.select("td[colspan='2']")

    lines = [" ".join(each.get_text().split()) for each in row.select(".line.s")]
    assert lines == ["Membership superseded", "Membership in force"]
    assert len(cell.select(".bar")) == len(cell.select(".line")) == 2
    assert page.select("#board .cut") == []


def test_two_texts_of_one_kind_and_state_are_told_apart() -> None:
    ledger = Ledger.in_memory()
    ledger.record(
        events.PartyRegistered(party="VN", name="Viet Nam", kind="state"),
        events.PartyRegistered(party="FR", name="France", kind="state"),
        events.PartnershipOpened(partnership="VNFR", parties=["VN", "FR"]),
        events.InstrumentRegistered(instrument="a", partnership="VNFR", kind="mou", title="Rice"),
        events.InstrumentRegistered(instrument="b", partnership="VNFR", kind="mou"),
        events.InstrumentSigned(instrument="a", when="2018-01-02"),
        events.InstrumentSigned(instrument="b", when="2018-01-03"),
    )
    html = report(ledger.view("2019-01-01"), us="VN", period="2018")
    page = BeautifulSoup(html, "html.parser")

    assert texts(page, "#board .line.s") == ["Rice in force", "MoU b in force"]
