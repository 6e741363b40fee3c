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


@pytest.mark.parametrize("in_file", [False, True])
def test_what_is_two_again_is_listed_where_nothing_was_kept_of_it(
    tmp_path: Path, *, in_file: bool
) -> None:
    ledger = office(
        events.PartnershipOpened(partnership="again", parties=("vn", "fr")),
        events.InstrumentRegistered(instrument="t", partnership="vnfr", kind="mou"),
        events.InstrumentRegistered(instrument="twice", partnership="vncu", kind="mou"),
        events.SameAs(id="same", duplicate="again", same_as="vnfr"),
        events.SameAs(id="text", duplicate="twice", same_as="t"),
        clock=Clock(TODAY),
        store=SqliteStore(tmp_path / "office.db") if in_file else None,
    )
    with ledger:
        assert (len(ledger.view().partnerships()), len(ledger.view().instruments())) == (2, 1)
        ledger.record(
            events.EventRetracted(target="same", reason="they are two"),
            events.EventRetracted(target="text", reason="they are two"),
        )
        view = ledger.view()

        assert [each.id for each in view.partnerships()] == ["vnfr", "vncu", "again"]
        assert [each.id for each in view.instruments()] == ["t", "twice"]
        assert view.partnerships() == view.without().partnerships()
