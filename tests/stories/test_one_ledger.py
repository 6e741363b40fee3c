"""All stories and histories fit into one ledger, which answers each as if it were alone."""

from collections.abc import Iterator

import pytest

from coopledger import Ledger
from coopledger.events import Event
from examples import history_paris_agreement, one_office
from tests.stories.test_expected_answers import EXPECTED
from tests.stories.test_histories import LADDER, PROVISIONAL, REPLACED, TACIT

DIARIES = (*one_office.DIARIES, history_paris_agreement.DIARY)
# Story D does not know of the agreement of 2007, of which story B tells.
KNOWS_MORE = {("D", "stage of VNFR", "2018-04-30"): "active"}


@pytest.fixture(scope="module", name="ledger")
def _ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Return the one ledger."""
    path = tmp_path_factory.mktemp("one") / "ledger.db"
    one_office.record(path, DIARIES)
    with Ledger.open(path) as opened:
        yield opened


def test_what_several_diaries_register_is_the_same_in_all() -> None:
    told: dict[str, Event] = {}
    other = [
        event.id
        for diary in DIARIES
        for page in diary.values()
        for event in page
        if event.id is None or told.setdefault(event.id, event) != event
    ]

    assert other == []


def test_every_event_of_every_diary_is_in_the_ledger(ledger: Ledger) -> None:
    told = {event.id for diary in DIARIES for page in diary.values() for event in page}

    assert {item.event.id for item in ledger.events()} == told
    assert ledger.verify().fault is None


def test_a_story_is_answered_as_when_it_is_alone(ledger: Ledger) -> None:
    differences = {
        (each.story, each.question.words, each.on): answer
        for each in EXPECTED
        if not each.question.of_all
        and (answer := each.question.ask(ledger.view(each.on, known_at=each.known_at)))
        != each.answer
    }

    assert differences == KNOWS_MORE


def test_a_history_is_answered_as_when_it_is_alone(ledger: Ledger) -> None:
    differences = [
        each
        for each in (*PROVISIONAL, *TACIT, *LADDER, *REPLACED)
        if not each.question.of_all
        and each.question.ask(
            ledger.view(each.on, known_at=each.known_at, hindsight=each.hindsight)
        )
        != each.answer
    ]

    assert differences == []


def test_signatures_of_all_are_counted_together(ledger: Ledger) -> None:
    found = {
        year: [each.instrument for each in ledger.view("2025-12-31").signatures(period=year)]
        for year in ("2018", "2019", "2022")
    }

    assert found == {"2018": ["CPTPP", "DEAL", "PLAN"], "2019": [], "2022": ["MOU22"]}


def test_a_text_of_198_is_in_force_for_as_many_as_when_it_is_alone(ledger: Ledger) -> None:
    bound = ledger.view("2026-01-26").instrument("PARIS").in_force_for

    assert (len(bound), "US" in bound, "VN" in bound) == (195, True, True)


def test_the_likely_doubles_of_one_ledger_are_none(ledger: Ledger) -> None:
    codes = {finding.code for finding in ledger.check(on="2026-02-01")}

    assert not codes & {"C101", "C201"}
