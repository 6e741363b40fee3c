"""Reports in the stories, apart from their acts: figures reconciled, and never counted."""

from typing import NamedTuple

import pytest

from coopledger import Ledger
from tests.stories.catalogue import STORIES


class Reported(NamedTuple):
    """Figure of a story, worked out by hand."""

    story: str
    figure: str
    claimed: int | str
    recorded: int | None
    unaccounted: int | None
    partners: tuple[str, ...] = ()
    inconsistencies: tuple[str, ...] = ()


REPORTED = [
    Reported("B", "deals-and-measures", "a number of", None, None),
    Reported("C", "documents-2019", 7, 0, 7, ("KR", "SE", "CH", "CU")),
    Reported(
        *("C", "joint-committees-2019", 9, 0, 9),
        ("RU", "DE", "BY"),
        ("fewer_partners_than_claimed",),
    ),
    Reported(
        *("C", "inter-governmental-sessions-2019", 5, 0, 5),
        ("LA", "KR", "MN", "CU", "RO", "BE"),
        ("more_partners_than_claimed",),
    ),
    Reported("D", "agreements-signed", 12, 0, 12),
]


@pytest.mark.parametrize("expected", REPORTED, ids=lambda expected: expected.figure)
def test_a_figure_of_a_story_is_claimed_recorded_and_unaccounted(
    ledgers: dict[str, Ledger], expected: Reported
) -> None:
    found = {one.id: one for one in ledgers[expected.story].view("2022-12-31").figures()}
    figure = found[expected.figure]

    assert (
        expected.story,
        figure.id,
        figure.claimed,
        figure.recorded,
        figure.unaccounted,
        figure.partners,
        figure.inconsistencies,
    ) == expected


def test_every_figure_of_the_stories_is_among_these(ledgers: dict[str, Ledger]) -> None:
    told = {
        (story, figure.id)
        for story, ledger in ledgers.items()
        for figure in ledger.view("2022-12-31").figures()
    }

    assert told == {(expected.story, expected.figure) for expected in REPORTED}


def test_the_figures_of_2019_were_not_known_before_the_newspaper_told_them(
    ledgers: dict[str, Ledger],
) -> None:
    ledger = ledgers["C"]

    assert ledger.view("2020-12-31", known_at="2020-04-21").figures() == ()
    assert len(ledger.view("2020-12-31", known_at="2020-04-22").figures(period="2019")) == 3


def test_the_facts_with_an_inferred_field_are_told(ledgers: dict[str, Ledger]) -> None:
    found = ledgers["B"].view("2022-12-31").sourcing(basis="inferred")

    assert [(one.event, one.inferred) for one in found] == [
        ("b0", ("in_force",)),
        ("b8", ("to",)),
        ("b14", ("responsible",)),
    ]


@pytest.mark.parametrize("letter", STORIES)
def test_what_a_story_tells_rests_on_one_source_each(
    ledgers: dict[str, Ledger], letter: str
) -> None:
    found = ledgers[letter].view("2023-12-31").sourcing(sources=1)

    assert {one.event[0] for one in found} == {letter.lower()}


def test_the_story_of_2019_contradicts_itself_twice(ledgers: dict[str, Ledger]) -> None:
    found = ledgers["C"].view("2020-05-01").conflicts()

    assert [(one.about, one.holds, one.alternatives[0].says) for one in found] == [
        ("joint-committees-2019", "9", "3 named: RU, DE, BY"),
        ("inter-governmental-sessions-2019", "5", "6 named: LA, KR, MN, CU, RO, BE"),
    ]


def test_everything_about_cuba_in_the_story_of_2018(ledgers: dict[str, Ledger]) -> None:
    cuba = ledgers["D"].view("2018-12-31").dossier(country="CU")

    assert [(one.id, one.stage) for one in cuba.partnerships] == [("VNCU", "active")]
    assert [(one.id, one.state) for one in cuba.instruments] == [
        ("DEAL", "in_force"),
        ("PLAN", "in_force"),
    ]
    assert [one.id for one in cuba.meetings] == ["visit-2018-cu"]
    assert [moment.event for moment in cuba.timeline if moment.sources] == ["d6", "d7", "d8"]
    assert [source.publisher for source in cuba.sources] == ["VNA"]


def test_what_a_newspaper_says_of_korea_stands_in_its_dossier(ledgers: dict[str, Ledger]) -> None:
    korea = ledgers["C"].view("2020-12-31").dossier(country="KR")

    assert korea.name == "Republic of Korea"
    assert [one.id for one in korea.partnerships] == ["VNKR"]
    assert [one.id for one in korea.figures] == [
        "documents-2019",
        "inter-governmental-sessions-2019",
    ]
    assert [moment.event for moment in korea.timeline if moment.when] == [
        "c1",
        "c3",
        "c4",
        "c7",
        "c10",
    ]


def test_the_year_2018_was_signed_with_one_country_in_two_kinds(ledgers: dict[str, Ledger]) -> None:
    found = ledgers["D"].view("2018-12-31").signatures(period="2018")

    assert [(one.kind, one.countries, one.without_country) for one in found] == [
        ("mou", ("CU", "VN"), ()),
        ("action_plan", ("CU", "VN"), ()),
    ]


def test_a_body_that_was_visited_has_its_call_with_what_came_of_the_journey(
    ledgers: dict[str, Ledger],
) -> None:
    view = ledgers["B"].view("2022-12-31")
    kept = [one.about for one in view.outcomes("journey-2022") if one.type == "ProposalMade"]

    assert [one.id for one in view.meetings(party="CNES")] == ["call-2022-CNES"]
    assert kept == ["journey-2022/p2", *(f"journey-2022/p{number}" for number in (3, 5, 6, 7, 4))]


def test_a_text_with_an_organisation_is_told_with_the_party_that_has_no_country(
    ledgers: dict[str, Ledger],
) -> None:
    (found,) = ledgers["B"].view("2022-12-31").signatures(period="2022")

    assert (found.kind, found.parties) == ("mou", ("NOIP", "WIPO"))
    assert (found.countries, found.without_country) == (("VN",), ("WIPO",))
