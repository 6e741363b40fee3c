"""What is folded again after one more record does not depend on how much is recorded."""

from collections.abc import Callable
from typing import Any

import pytest

from coopledger import Ledger, View, events
from coopledger._facts.visible import Visible
from coopledger._kept import board, bundle, folding
from coopledger._kept.bundle import Bundle
from coopledger.answers._filters import Things
from coopledger.events import Event
from tests.builders import Clock, office

TODAY = "2020-06-15"


def partnership(number: int) -> list[Event]:
    """Return the events of one partnership: a text, a promise, a proposal and a meeting."""
    at = f"ps{number}"
    return [
        events.PartnershipOpened(partnership=at, parties=["vn", "fr"]),
        events.InstrumentRegistered(instrument=f"i{number}", partnership=at, kind="mou"),
        events.InstrumentSigned(instrument=f"i{number}", when="2020-01-01", until="2022-12-31"),
        events.CommitmentMade(
            commitment=f"c{number}",
            partnership=at,
            debtors="vn",
            creditors="fr",
            what="a",
            due="2021-03-01",
            when="2020-01-01",
        ),
        events.ProposalMade(
            proposal=f"p{number}", partnership=at, by="vn", text="a", when="2020-02-01"
        ),
        events.MeetingScheduled(
            meeting=f"m{number}", partnership=at, kind="a", planned="2020-09-01", when="2020-02-01"
        ),
    ]


@pytest.fixture
def folds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the homes of the bundles that are folded in the test."""
    homes: list[str] = []
    fold = bundle.fold

    def counted(visible: Visible, things: Things[Any], home: str, *, day: int) -> Bundle:
        homes.append(home)
        return fold(visible, things, home, day=day)

    monkeypatch.setattr(board, "fold", counted)
    monkeypatch.setattr(folding, "fold", counted)
    return homes


def grown(partnerships: int) -> tuple[Ledger, Clock]:
    """Return a ledger with so many partnerships, of which every list was asked for."""
    clock = Clock(TODAY)
    acts = [event for number in range(partnerships) for event in partnership(number)]
    ledger = office(*acts, clock=clock)
    lists(ledger.view())
    return ledger, clock


def lists(view: View) -> list[int]:
    """Return how long each list is."""
    every = (
        view.partnerships(),
        view.instruments(),
        view.commitments(),
        view.proposals(),
        view.meetings(),
        view.expiring(),
        view.agenda(),
    )
    return list(map(len, every))


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


def test_the_past_is_folded_once_for_each_of_its_spells(folds: list[str]) -> None:
    ledger, _ = grown(10)
    folds.clear()
    days = [f"{year}-{month:02}-28" for year in range(2019, 2024) for month in range(1, 13)]

    for day in days:
        ledger.view(day).partnerships()

    # Before everything, after each of its dates, and once for each end that comes near or is over.
    assert folds.count("ps1") < 12
