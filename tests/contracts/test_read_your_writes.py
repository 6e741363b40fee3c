"""A view is at least as new as every receipt that the program holds, in any of its threads."""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import cast

import pytest

from coopledger import Ledger, Ledgers, events
from coopledger._recording import knowledge
from coopledger.errors import ArgumentError, StoreBusyError
from coopledger.events import Event
from coopledger.stores import Store
from tests.builders import WORLD, Clock
from tests.contracts.store.logs import Opener

DAY, WORLD_ENDS = "2030-01-01", len(WORLD)


class Gate(Clock):
    """Clock of a thread that has begun to record, and waits until the gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun, self.is_open = threading.Event(), threading.Event()
        self.is_open.set()

    def __call__(self) -> datetime:
        self.has_begun.set()
        assert self.is_open.wait(60)
        return super().__call__()

    @contextmanager
    def shut_for(self, ledger: Ledger) -> Generator[None, None, None]:
        """Let another thread record in the block, and end after it."""
        self.is_open.clear()
        self.has_begun.clear()
        with ThreadPoolExecutor(1) as threads:
            recording = threads.submit(ledger.record, note("slow"))
            assert self.has_begun.wait(60)
            try:
                yield
            finally:
                self.is_open.set()
            recording.result()


def note(id: str) -> Event:
    return events.NoteAdded(id=id, subject="vn", text="a")


def gated(store: Store, name: str) -> tuple[Ledger, Gate]:
    """Return a ledger that holds the world, and the clock that it asks."""
    clock = Gate()
    ledger = Ledger(store, name=name, clock=clock)
    ledger.record(*WORLD)
    ledger.view(DAY)
    return ledger, clock


def test_a_view_holds_what_was_recorded_while_another_thread_records(
    open_again: Opener, ledger: str
) -> None:
    slow, clock = gated(open_again(), ledger)
    quick = Ledger(open_again(), name=ledger, clock=Clock())

    with clock.shut_for(slow):
        for number in range(3):
            receipt = quick.record(note(f"n{number}"))
            assert slow.view(DAY).position == receipt.events[-1].position
            assert [each.id for each in slow.events()][-1] == f"n{number}"
            assert [each.id for each in slow.view(DAY).events(events.NoteAdded)] == [
                f"n{earlier}" for earlier in range(number + 1)
            ]

    assert [each.id for each in slow.events()][WORLD_ENDS:] == ["n0", "n1", "n2", "slow"]
    assert slow.view(DAY).position == WORLD_ENDS + 4


def test_views_before_and_after_are_of_one_log(open_again: Opener, ledger: str) -> None:
    slow, clock = gated(open_again(), ledger)
    quick = Ledger(open_again(), name=ledger, clock=Clock())
    before = slow.view(DAY)

    with clock.shut_for(slow):
        quick.record(note("n"))
        meanwhile = slow.view(DAY)
    after = slow.view(DAY)

    assert before.compare(meanwhile) == meanwhile.compare(after) == ()
    assert [each.position for each in (before, meanwhile, after)] == [
        WORLD_ENDS,
        WORLD_ENDS + 1,
        WORLD_ENDS + 2,
    ]


def test_many_threads_see_their_own_receipts(open_again: Opener, ledger: str) -> None:
    shared = Ledger(open_again(), name=ledger, clock=Clock())
    other = Ledger(open_again(), name=ledger, clock=Clock())
    shared.record(*WORLD)

    def record(number: int) -> None:
        for turn in range(10):
            writer = (shared, other)[(number + turn) % 2]
            receipt = writer.record(note(f"{number}-{turn}"))
            view = shared.view(DAY)
            assert view.position >= receipt.events[-1].position
            assert f"{number}-{turn}" in {each.id for each in view.events(events.NoteAdded)}

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(record, number) for number in range(4)]:
            done.result()


def test_ledgers_of_one_store_are_as_new(open_again: Opener, ledger: str) -> None:
    clock = Gate()
    slow = Ledgers(open_again(), clock=clock).named(ledger)
    slow.record(*WORLD)
    quick = Ledgers(open_again(), clock=Clock())[ledger]

    with clock.shut_for(slow):
        quick.record(note("n"))
        assert slow.view(DAY).position == WORLD_ENDS + 1


def test_a_file_on_its_way_in_hides_nothing_that_others_recorded(
    open_again: Opener, ledger: str
) -> None:
    ours = Ledger(open_again(), name=ledger, clock=Clock())
    ours.record(*WORLD)
    quick = Ledger(open_again(), name=ledger, clock=Clock())
    positions: list[int] = []

    def progress(*_: object) -> None:
        quick.record(note(f"n{len(positions)}"))
        positions.append(ours.view(DAY).position)

    ours.import_jsonl(
        BytesIO(b'{"type":"note-added","subject":"vn","text":"a"}'), progress=progress
    )

    assert positions == [WORLD_ENDS + number for number in range(1, len(positions) + 1)]


def test_a_position_that_another_program_tells_of_is_waited_for(
    open_again: Opener, ledger: str
) -> None:
    ours = Ledger(open_again(), name=ledger, clock=Clock())
    ours.record(*WORLD)
    other = Ledger(open_again(), name=ledger, clock=Clock())

    with ThreadPoolExecutor(1) as threads:
        view = threads.submit(ours.view, DAY, at_least=WORLD_ENDS + 2)
        other.record(note("n0"))
        assert other.view(DAY, at_least=WORLD_ENDS + 1).position == WORLD_ENDS + 1
        other.record(note("n1"))
        assert view.result().position == WORLD_ENDS + 2


def test_a_position_that_does_not_come_is_told(
    store: Store, ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hurried(_: Store) -> float:
        return 0.01

    monkeypatch.setattr(knowledge, "patience_seconds", hurried)
    ours = Ledger(store, name=ledger, clock=Clock())
    ours.record(*WORLD)

    with pytest.raises(StoreBusyError) as caught:
        ours.view(DAY, at_least=WORLD_ENDS + 1)

    assert str(caught.value) == (
        f"ledger '{ledger}': position {WORLD_ENDS + 1} did not come within 0.01 seconds: "
        "ask again later"
    )


@pytest.mark.parametrize("position", [-1, True, "4", None])
def test_what_is_no_position_is_refused(store: Store, ledger: str, position: object) -> None:
    call = cast(Callable[..., object], Ledger(store, name=ledger).view)

    with pytest.raises(ArgumentError, match="at_least="):
        call(at_least=position)
