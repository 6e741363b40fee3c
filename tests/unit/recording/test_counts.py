"""Recorder: how often it asks the store for something, whatever the log holds."""

import pytest

from coopledger import Ledger, events
from coopledger._facts.visible import Visible
from coopledger.stores import MemoryStore
from tests.builders import NAME, office
from tests.counting import Calls

# The store in memory asks itself for the head when it appends.
QUESTIONS = ("find", "list_rows", "listed", "named", "opened", "read", "rows", "zone")


def acts(number: int) -> list[events.Event]:
    """Return an event of each of a few types."""
    return [
        events.MeetingScheduled(
            meeting=f"m{number}", partnership="vnfr", kind="talks", when="2022", planned="2023"
        ),
        events.NoteAdded(subject="vnfr", text="prepared"),
        events.MeetingHeld(meeting=f"m{number}", when="2023"),
    ]


def test_what_is_recorded_of_a_known_partnership_asks_the_store_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = MemoryStore()
    ledger = office(store=store)
    for event in acts(1):
        ledger.record(event)
    asked = Calls(monkeypatch, store, *QUESTIONS)

    def record() -> None:
        for event in acts(2):
            ledger.record(event)

    assert asked.during(record) == 0


def test_the_rules_of_all_types_in_a_log_are_looked_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = MemoryStore()
    office(*acts(1), store=store)
    ledger = Ledger(store, name=NAME)
    ledger.record(acts(2)[0])
    asked = Calls(monkeypatch, store, "listed")

    def record() -> None:
        for event in acts(2)[1:]:
            ledger.record(event)

    assert asked.during(record) == 0


def test_what_was_looked_up_is_carried_on_past_what_others_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = MemoryStore()
    ledger, other = office(store=store), Ledger(store, name=NAME)
    other.record(events.PartyRegistered(party="jp", name="Japan", kind="state", country="JP"))
    ledger.record(acts(1)[0])
    looked_up = Calls(monkeypatch, Visible, "find_naming", "find_openings")

    def record() -> None:
        ledger.record(events.MeetingPostponed(meeting="m1", when="2022", planned="2024"))

    def record_elsewhere() -> None:
        for number in range(7):
            other.record(events.NoteAdded(subject="jp", text=f"number {number}"))

    record()
    alone = looked_up.during(record)
    record_elsewhere()
    record()  # Now it knows of those.

    assert looked_up.during(record) == alone


def test_what_a_ledger_recorded_is_not_read_again_when_it_goes_on_by_the_index(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("coopledger._recording.recorder._LONGEST_TAIL", 4)
    store = MemoryStore()
    ledger = office(store=store)
    for event in acts(1):
        ledger.record(event)
    rows_read = Calls(monkeypatch, store, "read", "rows")

    def record() -> None:
        for number in range(2, 12):
            for event in acts(number):
                ledger.record(event)

    assert rows_read.during(record) == 0
