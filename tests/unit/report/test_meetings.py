"""Meetings in a report: the numbers of each series, and where what came out of each stands."""

import pytest
from bs4 import BeautifulSoup

from coopledger import Ledger, events
from coopledger._display.catalogue import words
from coopledger.render.html.meetings import MANY_MEETINGS, MOST_NUMBERS
from coopledger.report import report

OFFICE = (
    events.PartyRegistered(party="hc", name="Our Institute", kind="centre"),
    events.PartyRegistered(party="nu", name="Nordhavn", kind="university"),
    events.PartyRegistered(party="ci", name="Čistá", kind="centre"),
    events.PartnershipOpened(partnership="north", parties=["hc", "nu"]),
    events.PartnershipOpened(partnership="clean", parties=["hc", "ci"]),
)


def held(number: int, when: str, **fields: str) -> events.MeetingHeld:
    said = {"kind": "joint committee", "partnership": "north", "series": "jc", **fields}
    return events.MeetingHeld(meeting=f"jc{number}", number=number, when=when, **said)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def promise(name: str, **fields: str) -> events.CommitmentMade:
    said = {"debtors": "hc", "creditors": "nu", "partnership": "north", **fields}
    return events.CommitmentMade(commitment=name, what=f"send {name}", **said)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def page(*acts: events.Event, language: str = "en", on: str = "2026-03-01") -> BeautifulSoup:
    ledger = Ledger.in_memory()
    ledger.record(*OFFICE, *acts)
    text = report(ledger.view(on=on), us="hc", language=language)
    found = BeautifulSoup(text, "html.parser")
    return BeautifulSoup(str(found.select_one("#meetings")), "html.parser")


def texts(page: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in page.select(selector)]


@pytest.fixture(scope="module", name="committee")
def _committee() -> BeautifulSoup:
    return page(
        held(1, "2022-05-04", host="nu"),
        held(3, "2024-05-04", host="hc"),
        promise("maps", when="2024-05-04", at_meeting="jc3", due="2025-01"),
        promise("data", when="2024-05-04", at_meeting="jc3"),
        events.CommitmentFulfilled(commitment="data", when="2024-06-01"),
        events.ProposalMade(
            proposal="p",
            partnership="north",
            by="nu",
            at_meeting="jc3",
            text="lend a buoy",
            when="2024-05-04",
        ),
        events.MeetingScheduled(
            meeting="jc4",
            kind="joint committee",
            partnership="north",
            series="jc",
            when="2026-01-01",
            planned="2026-05",
            number=4,
        ),
        events.MeetingHeld(
            meeting="visit",
            kind="visit",
            partnership="clean",
            when="2025-02",
            fulfils="maps",
            participants={"person": "Ana", "post": "the rector"},
            place="Praha",
        ),
    )


def test_a_series_is_a_row_of_numbers_held_without_record_and_next(
    committee: BeautifulSoup,
) -> None:
    numbers = [(each["class"], each.get_text()) for each in committee.select(".numbers li")]

    assert texts(committee, ".series thead th") == ["Series", "Numbers", "Next"]
    assert [(*kind, text.split()[0]) for kind, text in numbers] == [
        ("held", "1"),
        ("unrecorded", "2"),
        ("held", "3"),
        ("next", "4"),
    ]
    assert texts(committee, ".numbers .unrecorded") == ["2 no record"]
    assert texts(committee, ".series td")[-1] == "4 · May 2026 · hosted by Nordhavn"
    assert texts(committee, ".series td")[0] == "Joint committee Nordhavn · jc"


def test_its_numbers_lead_to_the_meetings(committee: BeautifulSoup) -> None:
    links = [str(each["href"]) for each in committee.select(".numbers a")]

    assert [texts(committee, f"{link} .act") for link in links] == [
        ["Joint committee 1"],
        ["Joint committee 3"],
        ["Joint committee 4"],
    ]


def test_every_partnership_with_meetings_has_them_the_newest_first(
    committee: BeautifulSoup,
) -> None:
    assert texts(committee, "section header h3") == ["Series", "Nordhavn", "Čistá"]
    assert texts(committee, ".met .act") == [
        *("Joint committee 4", "Joint committee 3", "Joint committee 1", "Visit")
    ]
    assert texts(committee, ".met .m") == ["announced", "held", "held", "held"]
    assert "Visit · Praha · the rector" in texts(committee, ".met > li > div")[-1]


def test_an_outcome_tells_where_its_object_stands_now(committee: BeautifulSoup) -> None:
    outcomes = texts(committee, ".met li.debt")

    assert outcomes == [
        "We promised · send maps fulfilled",
        "We promised · send data fulfilled",
        "Nordhavn, proposal · lend a buoy open",
        "Visit held · send maps fulfilled",
    ]
    assert len(committee.select(".met li.debt > svg")) == len(outcomes)


def test_what_is_late_since_the_meeting_has_the_alarm() -> None:
    late = page(
        held(1, "2024-05-04"), promise("maps", when="2024-05-04", at_meeting="jc1", due="2025-01")
    )

    assert texts(late, ".met span.late") == ["overdue"]


def test_a_next_meeting_that_nobody_announced_says_so_and_a_long_series_shows_its_end() -> None:
    long = page(held(1, "2001-05-04"), held(900, "2024-05-04"))

    assert texts(long, ".series td")[-1] == "901 · not announced yet"
    assert len(long.select(".numbers li")) == MOST_NUMBERS + 1


def test_a_series_of_which_none_was_held_shows_the_next_alone() -> None:
    announced = events.MeetingScheduled(
        meeting="jc1",
        kind="talks",
        partnership="north",
        series="jc",
        when="2026-01-01",
        number=1,
    )
    unnumbered = events.MeetingHeld(
        meeting="s", kind="seminar", partnership="north", series="seminars", when="2026-01-02"
    )

    assert texts(page(announced, unnumbered), ".numbers li") == ["1 Next"]
    assert texts(page(announced), ".series td")[-1] == "1 · announced"


def test_parts_are_told_with_the_meeting_that_they_belong_to() -> None:
    parts = page(
        held(1, "2024-05-04"),
        events.MeetingHeld(
            meeting="part", kind="talks", partnership="north", within="jc1", when="2024-05"
        ),
    )

    assert "Talks · part of joint committee 1" in texts(parts, ".met > li > div")


def test_without_meetings_the_page_says_so() -> None:
    assert "No meeting is known." in page().get_text()


def test_other_languages_have_words_for_meetings() -> None:
    french, vietnamese = (
        page(held(1, "2024-05-04"), language=language).get_text(" ") for language in ("fr", "vi")
    )

    assert words("fr").text("count_meetings", n=1, held=1) in french
    assert words("vi").text("not_announced") in vietnamese


def test_groups_of_very_many_meetings_are_closed() -> None:
    many = page(*(held(number, "2024-05-04") for number in range(1, MANY_MEETINGS + 2)))
    few = page(held(1, "2024-05-04"))

    assert len(many.select("details .met > li")) == MANY_MEETINGS + 1
    assert few.select("details") == []


def test_acts_of_a_timeline_lead_to_their_meeting(committee: BeautifulSoup) -> None:
    ledger = Ledger.in_memory()
    ledger.record(*OFFICE, held(1, "2024-05-04"))
    whole = BeautifulSoup(report(ledger.view(on="2026-03-01"), us="hc"), "html.parser")
    link = next(iter(whole.select("li.ev .act a")))

    assert link.get_text() == "Joint committee held"
    assert whole.select(str(link["href"]))
    assert committee.select("#m1")


def test_a_timeline_tells_what_a_meeting_was_about_and_who_hosted_it() -> None:
    ledger = Ledger.in_memory()
    call = events.MeetingHeld(
        meeting="call",
        kind="visit",
        partnership="clean",
        when="2025-02",
        host="ci",
        topics=["glass", "water"],
        participants={"person": "Ana", "post": "the rector"},
    )
    ledger.record(*OFFICE, call)
    page = BeautifulSoup(report(ledger.view("2025-03-01"), us="hc"), "html.parser")

    assert "Visit held · glass; water · hosted by Čistá · the rector" in " ".join(
        page.get_text(" ").split()
    )


def test_an_agreement_on_what_nobody_is_known_to_have_proposed_names_no_proposer() -> None:
    ledger = Ledger.in_memory()
    agreed = events.ProposalAgreedInPrinciple(
        proposal="idea", partnership="clean", by=["hc", "ci"], when="2025-02"
    )
    ledger.record(*OFFICE, agreed)
    page = BeautifulSoup(report(ledger.view("2025-03-01"), us="hc"), "html.parser")
    words_of_page = " ".join(page.get_text(" ").split())

    assert "Idea proposal" in words_of_page
    assert "proposal of" not in words_of_page
