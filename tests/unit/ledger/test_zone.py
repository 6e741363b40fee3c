"""The zone of a ledger belongs to its log, and opening it with another one is told."""

from collections.abc import Callable
from datetime import datetime

import pytest

from coopledger import Ledger, Ledgers, Receipt, events
from coopledger.errors import ArgumentError, RefusedError, StoreError
from coopledger.stores import MemoryStore
from tests.builders import NAME, WORLD, Clock

HANOI, TOKYO = "Asia/Ho_Chi_Minh", "Asia/Tokyo"
EARLY = "2030-01-01T20:00:00+00:00"  # In Ha Noi it is the next day.
OTHER = (
    "timezone='Asia/Tokyo' is not the zone of the log, which is 'Asia/Ho_Chi_Minh': leave timezone "
    "out, or restore an export into a new log with the other zone"
)


def opened(store: MemoryStore, zone: str | None = None) -> Ledger:
    return Ledger(store, name=NAME, timezone=zone, clock=Clock(EARLY))


def record_note(ledger: Ledger) -> Receipt:
    return ledger.record(events.NoteAdded(subject="vn", text="a"))


def try_note(ledger: Ledger) -> Receipt:
    return ledger.record(events.NoteAdded(subject="vn", text="a"), dry_run=True)


def copy(ledger: Ledger) -> object:
    return ledger.copy_to(opened(MemoryStore()))


def log_of_hanoi() -> MemoryStore:
    store = MemoryStore()
    opened(store, HANOI).record(*WORLD)
    return store


def test_a_new_log_has_the_zone_that_is_asked_for_or_else_utc() -> None:
    assert opened(MemoryStore(), HANOI).timezone == HANOI
    assert opened(MemoryStore()).timezone == "UTC"


@pytest.mark.parametrize("zone", [None, HANOI])
def test_a_log_keeps_its_zone_and_its_answers(zone: str | None) -> None:
    ledger = opened(log_of_hanoi(), zone)

    assert ledger.timezone == HANOI
    assert str(ledger.view().on) == "2030-01-02"
    ledger.record(events.NoteAdded(subject="vn", text="a", when="2030-01-02"))


def test_a_log_without_a_zone_of_its_own_is_given_utc_with_its_first_events() -> None:
    store = MemoryStore()
    opened(store).record(*WORLD)

    with pytest.raises(ArgumentError, match=r"'Asia/Tokyo' is not the zone of the log, .* 'UTC'"):
        opened(store, TOKYO)


def test_another_zone_than_that_of_the_log_is_told() -> None:
    with pytest.raises(ArgumentError) as caught:
        opened(log_of_hanoi(), TOKYO)

    assert str(caught.value) == OTHER


def test_a_ledger_that_recorded_nothing_leaves_no_zone() -> None:
    store = MemoryStore()
    first = opened(store)
    first.view()
    first.record(*WORLD, dry_run=True)
    with pytest.raises(RefusedError):
        first.record(events.NoteAdded(subject="nobody", text="a"))

    assert store.zone(NAME) is None
    assert opened(store, HANOI).timezone == HANOI


def test_what_another_program_settled_meanwhile_is_told_before_anything_is_recorded() -> None:
    store = MemoryStore()
    late, unasked = opened(store, TOKYO), opened(store)
    opened(store, HANOI).record(*WORLD)

    with pytest.raises(ArgumentError, match="'Asia/Tokyo' is not the zone of the log"):
        late.record(events.NoteAdded(subject="vn", text="a"))
    with pytest.raises(ArgumentError, match=r"'UTC' is not .* another program has just begun"):
        unasked.record(events.NoteAdded(subject="vn", text="a"))
    assert store.head(NAME).position == len(WORLD)


@pytest.mark.parametrize("zone", [None, HANOI])
def test_a_copy_has_the_zone_of_the_log(zone: str | None) -> None:
    copy = MemoryStore()
    target = opened(copy, zone)

    opened(log_of_hanoi()).copy_to(target)

    assert (target.timezone, copy.zone(NAME)) == (HANOI, HANOI)
    target.record(events.NoteAdded(subject="vn", text="a", when="2030-01-02"))


def test_a_log_is_not_copied_into_one_of_another_zone() -> None:
    copy = MemoryStore()

    with pytest.raises(ArgumentError, match="'Asia/Tokyo' is not the zone of the log"):
        opened(log_of_hanoi()).copy_to(opened(copy, TOKYO))

    assert copy.head(NAME).position == 0


def test_an_export_takes_the_zone_of_the_ledger_into_which_it_is_restored(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("zone") / "log.jsonl"
    opened(log_of_hanoi()).export_jsonl(path)
    store = MemoryStore()

    opened(store, TOKYO).restore_jsonl(path)

    assert store.zone(NAME) == TOKYO


def test_each_ledger_of_a_store_has_its_own_zone() -> None:
    store = MemoryStore()
    Ledger(store, name="a", timezone=HANOI).record(*WORLD)
    Ledger(store, name="b", timezone=TOKYO).record(*WORLD)

    ledgers = Ledgers(store)

    assert [ledger.timezone for ledger in ledgers.values()] == [HANOI, TOKYO]
    with pytest.raises(ArgumentError, match="'Asia/Tokyo' is not the zone of the log"):
        Ledgers(store, timezone=TOKYO)["a"]


class Failing(MemoryStore):
    """Store that cannot be given a zone for a while."""

    fails = True

    def settle_zone(self, ledger: str, zone: str) -> str:
        if self.fails:
            message = "the disk is full"
            raise StoreError("memory", message)
        return super().settle_zone(ledger, zone)


def test_a_receipt_is_given_though_the_zone_cannot_be_stored() -> None:
    store = Failing()
    ledger = opened(store, HANOI)

    assert len(ledger.record(*WORLD).events) == len(WORLD)

    store.fails = False
    ledger.record(events.NoteAdded(subject="vn", text="a"))
    assert store.zone(NAME) == HANOI


class Overtaken(Clock):
    """Clock during whose first reading another program begins the log."""

    def __init__(self, other: Ledger) -> None:
        super().__init__(EARLY)
        self.other = other

    def __call__(self) -> datetime:
        if not self.other.position:
            self.other.record(*WORLD)
        return super().__call__()


@pytest.mark.parametrize("ask", [Ledger.view, Ledger.check, record_note, try_note, copy])
def test_a_zone_that_was_settled_while_recording_is_told_by_the_next_call(
    ask: Callable[[Ledger], object],
) -> None:
    store = MemoryStore()
    clock = Overtaken(opened(store, HANOI))
    late = Ledger(store, name=NAME, timezone=TOKYO, clock=clock)
    receipt = record_note(late)

    assert receipt.events[0].position == len(WORLD) + 1
    for _ in range(2):
        with pytest.raises(ArgumentError) as caught:
            ask(late)
        assert str(caught.value) == OTHER
    assert store.zone(NAME) == HANOI


def test_a_reader_is_told_of_the_zone_that_the_log_was_given_meanwhile() -> None:
    store = MemoryStore()
    reader, same = opened(store), opened(store, HANOI)
    assert not reader.view().parties()
    opened(store, HANOI).record(*WORLD)

    with pytest.raises(ArgumentError, match=r"'UTC' is not .* another program has just begun"):
        reader.view()
    assert same.view().parties()
