"""What is folded again after one more record does not depend on how much is recorded."""

from collections.abc import Callable

import pytest

from coopledger import View, events
from coopledger._kept import board
from coopledger.events import Event
from coopledger.terms import Stage
from tests.builders import Clock, office
from tests.unit.kept.growing import TODAY, grown, lists, partnership

ONE_MORE: dict[str, Event] = {
    "a fulfilment": events.CommitmentFulfilled(commitment="c1", when="2020-06-01"),
    "a renewal": events.InstrumentRenewed(instrument="i1", until="2025", when="2020-06-01"),
    "a meeting": events.MeetingHeld(meeting="m1", partnership="ps1", kind="a", when="2020-06-01"),
    "a new partnership": events.PartnershipOpened(partnership="new", parties=["vn", "cu"]),
    "a new promise": events.CommitmentMade(
        commitment="new", partnership="ps1", debtors="vn", creditors="fr", what="a", when="2020"
    ),
}


@pytest.mark.parametrize("what", ONE_MORE)
def test_one_more_record_folds_as_much_in_a_long_ledger_as_in_a_short_one(
    what: str, folds: list[str]
) -> None:
    counts: list[int] = []
    for partnerships in (3, 60):
        ledger, _ = grown(partnerships)
        folds.clear()
        ledger.record(ONE_MORE[what])
        lists(ledger.view())
        counts.append(len(folds))

    assert counts[0] == counts[1]
    assert counts[0] <= 5


QUESTIONS: dict[str, tuple[Callable[[View], object], list[str]]] = {
    "one partnership": (lambda view: view.partnership("ps1"), ["ps1"]),
    "its promises": (lambda view: view.commitments(partnership="ps1"), ["ps1"]),
    "one promise": (lambda view: view.commitment("c1"), []),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_about_one_thing_folds_nothing_else(question: str, folds: list[str]) -> None:
    ledger = office(*(event for number in range(30) for event in partnership(number)))
    ask, homes = QUESTIONS[question]

    for _ in range(3):
        ask(ledger.view(TODAY))

    assert folds == homes


def test_where_no_more_are_kept_the_oldest_is_dropped(
    monkeypatch: pytest.MonkeyPatch, folds: list[str]
) -> None:
    monkeypatch.setattr(board, "_MOST_BUNDLES", 5)
    ledger = office(*(event for number in range(8) for event in partnership(number)))
    view = ledger.view(TODAY)
    cold = view.without()

    for number in range(8):
        assert view.partnership(f"ps{number}") == cold.partnership(f"ps{number}")
    folds.clear()
    for number in range(8)[::-1]:
        assert view.partnership(f"ps{number}").stage is Stage.ACTIVE
    assert folds == ["ps2", "ps1", "ps0"]


def test_a_day_on_which_nothing_turns_folds_nothing(folds: list[str]) -> None:
    ledger, clock = grown(10)
    folds.clear()
    first = ledger.view().proposals()

    clock.set("2020-06-25")
    view = ledger.view()

    assert lists(view) == [12, 10, 10, 10, 10, 0, 0]
    assert folds == []
    assert [each.unanswered_for for each in first] == [135] * 10
    assert [each.unanswered_for for each in view.proposals()] == [145] * 10


@pytest.mark.parametrize("day", [TODAY, "2021-06-15"])
def test_a_partnership_is_folded_once_for_the_board_and_its_promises(
    day: str, folds: list[str]
) -> None:
    acts = [event for number in range(30) for event in partnership(number)]
    ledger = office(*acts, clock=Clock(TODAY))

    board = ledger.view(day).partnerships()
    pending = ledger.view(day).commitments()

    assert len(pending) == 30
    assert len(board) == len(folds) == len(set(folds)) == 32


def test_the_past_is_folded_once_for_each_of_its_spells(folds: list[str]) -> None:
    ledger, _ = grown(10)
    folds.clear()
    days = [f"{year}-{month:02}-28" for year in range(2019, 2024) for month in range(1, 13)]

    for day in days:
        ledger.view(day).partnerships()

    # Before everything, after each of its dates, and once for each end that comes near or is over.
    assert folds.count("ps1") < 12
