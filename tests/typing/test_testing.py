"""Tools for the tests of users are typed as far as users see them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import assert_type

from hypothesis.strategies import SearchStrategy

from coopledger import EdtfDate, Ledger, Receipt, events, testing
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.testing import strategies


def test_a_clock_and_ids_are_what_a_ledger_takes() -> None:
    clock = testing.Clock("2022-08-16", tick=timedelta(seconds=1))
    assert_type(clock(), datetime)
    assert_type(clock.now, datetime)
    assert_type(testing.numbered(), Callable[[], str])
    assert_type(Ledger.in_memory(clock=clock, ids=testing.numbered("x")), Ledger)


def test_a_scenario_is_told_in_one_breath() -> None:
    scenario = testing.given(*testing.WORLD, packs=[], now=date(2022, 8, 16)).at("2023-01-01")
    assert_type(scenario, testing.Scenario)
    note = events.NoteAdded(subject="vn", text="a")
    assert_type(scenario.when(note).then_recorded().then_not_warned(), testing.Scenario)
    assert_type(scenario.receipt, Receipt)
    scenario.then(lambda view: view.partnership("vnfr").stage, "none", on="2022-12-31")
    scenario.when(events.NoteAdded(subject="vnn", text="a")).then_refused("E102", saying="vnn")
    assert_type(scenario.refusal, RefusedError)


def test_a_strategy_gives_events_of_its_class() -> None:
    assert_type(strategies.dates(), SearchStrategy[EdtfDate])
    assert_type(strategies.date_texts(), SearchStrategy[str])
    assert_type(strategies.any_event(), SearchStrategy[Event])
    assert_type(strategies.histories(most=3), SearchStrategy[list[Event]])
    assert_type(strategies.event_of(events.NoteAdded), SearchStrategy[events.NoteAdded])
    assert_type(strategies.bare_event(events.NoteAdded), SearchStrategy[events.NoteAdded])
