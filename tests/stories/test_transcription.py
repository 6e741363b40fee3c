"""Stories are in their ledgers completely, on their days, and with their sources."""

import pytest

from coopledger import Ledger
from coopledger.events import Act, Event
from tests.stories.catalogue import STORIES

NUMBERS = {
    "A": range(1, 9),
    "B": range(24),
    "C": range(1, 14),
    "D": range(1, 10),
    "E": range(1, 13),
    "F": range(1, 13),
    "G": range(1, 10),
    "H": range(1, 16),
    "I": range(1, 25),
}


def _acts(letter: str) -> list[Event]:
    """Return the events of the story: those that are numbered with its letter."""
    told = [event for page in STORIES[letter].DIARY.values() for event in page]
    return [event for event in told if (event.id or "").startswith(letter.lower())]


@pytest.mark.parametrize("letter", STORIES)
def test_every_event_of_a_story_is_told(letter: str) -> None:
    told = {event.id for event in _acts(letter)}

    assert told == {f"{letter.lower()}{number}" for number in NUMBERS[letter]}


@pytest.mark.parametrize("letter", STORIES)
def test_every_event_of_a_story_says_where_it_comes_from(letter: str) -> None:
    assert [event.id for event in _acts(letter) if not event.source] == []


@pytest.mark.parametrize("letter", STORIES)
def test_nothing_but_names_is_told_without_a_date(letter: str) -> None:
    assert [event.id for event in _acts(letter) if event.when is None] == []


@pytest.mark.parametrize("letter", STORIES)
def test_what_happened_is_written_down_once_it_has_happened(letter: str) -> None:
    early = [
        event.id
        for day, page in STORIES[letter].DIARY.items()
        for event in page
        if isinstance(event, Act) and str(event.when.latest) > day
    ]

    assert early == []


@pytest.mark.parametrize("letter", STORIES)
def test_the_log_of_a_story_holds_its_diary_day_by_day(
    ledgers: dict[str, Ledger], letter: str
) -> None:
    recorded = [
        (item.recorded_at.date().isoformat(), item.event) for item in ledgers[letter].events()
    ]
    told = [(day, event) for day, page in STORIES[letter].DIARY.items() for event in page]

    assert recorded == told


@pytest.mark.parametrize("letter", STORIES)
def test_the_log_of_a_story_verifies(ledgers: dict[str, Ledger], letter: str) -> None:
    assert ledgers[letter].verify().fault is None
