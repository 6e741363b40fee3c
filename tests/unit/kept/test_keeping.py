"""Tests that drop kept answers after each call do so, and those that keep them keep them."""

from pathlib import Path

import pytest

from coopledger import Ledger, events
from coopledger.stores.sqlite import SqliteStore
from tests.builders import NAME, Clock, office
from tests.keeping import AskedToday, Kept, keeping
from tests.unit.kept.growing import TODAY, partnership

FOLDED: dict[Kept, int] = {"always": 3, "never": 6}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a log with one partnership, beside those of the world."""
    path = tmp_path / "office.db"
    office(*partnership(1), clock=Clock(TODAY), store=SqliteStore(path)).close()
    return path


@pytest.mark.parametrize("kept", FOLDED)
@pytest.mark.parametrize("opened", [Ledger, AskedToday])
def test_answers_are_folded_once_or_for_each_call(
    path: Path, kept: Kept, opened: type[Ledger], folds: list[str]
) -> None:
    with keeping(kept), opened.open(path, name=NAME, clock=AskedToday.today) as ledger:
        boards = [ledger.view("2020-06-20").partnerships() for _ in range(2)]
        assert len(folds) == FOLDED[kept]
        assert boards == [ledger.view("2020-06-20").without().partnerships()] * 2


def test_an_old_view_lists_what_was_registered_twice_once() -> None:
    """What changed since is folded for the old view; a duplicate is no row of its own there."""
    ledger = office(events.PartnershipOpened(partnership="again", parties=("vn", "fr")))
    assert len(ledger.view().partnerships()) == 3
    ledger.record(events.SameAs(duplicate="again", same_as="vnfr"))
    old = ledger.view()
    ledger.record(events.StatementMade(partnership="again", text="a", when="2018-01-01"))

    assert len(ledger.view().partnerships()) == 2
    assert old.partnerships() == old.without().partnerships()
