"""Ledgers for asyncio: calls that are awaited or cancelled, and tasks that go on meanwhile."""

import asyncio
import gc
import threading
from collections.abc import Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest

from coopledger import Ledger, aio, events
from coopledger.errors import (
    ArgumentError,
    CallOrderError,
    RefusedError,
    StoreConflictError,
    StoreError,
)
from coopledger.events import Event
from coopledger.packs import Pack
from coopledger.stores import Draft, MemoryStore
from coopledger.stores.protocol import Appended, Names, Revise
from tests.builders import NAME, WORLD, Clock, numbered
from tests.fronts import AwaitedLedger

WORLD_ENDS = len(WORLD)


class Gated(MemoryStore):
    """Store in which appending waits until the gate is open."""

    def __init__(self) -> None:
        super().__init__()
        self.has_begun, self.is_open = threading.Event(), threading.Event()
        self.is_open.set()

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        self.has_begun.set()
        self.is_open.wait()
        return super().append(
            ledger, drafts, seen=seen, clock_us=clock_us, revise=revise, rests_on=rests_on
        )

    def shut(self) -> None:
        self.is_open.clear()
        self.has_begun.clear()

    async def begun(self) -> None:
        await asyncio.to_thread(self.has_begun.wait)


def front(store: MemoryStore | None = None, **more: Any) -> aio.Ledger:  # noqa: ANN401
    """Return a ledger that holds the world."""
    ledger = Ledger(store or MemoryStore(), name=NAME, clock=Clock(), **more)
    ledger.record(*WORLD)
    return aio.Ledger(ledger)


def note(id: str) -> Event:
    return events.NoteAdded(id=id, subject="vnfr", text="a")


async def names(ledger: aio.Ledger) -> list[str]:
    return [item.id async for item in ledger.events(after=WORLD_ENDS)]


# --- the same calls


def test_every_call_gives_what_the_ledger_gives() -> None:
    async def calls() -> None:
        ledger = front(ids=numbered())
        receipt = await ledger.record(note("a"), by="hop")
        assert receipt.events[0].position == await ledger.position() == WORLD_ENDS + 1
        view = await ledger.view(on="2030-01-01")
        assert view.partnership("vnfr").id == "vnfr"
        assert await ledger.check() == ()
        assert (await ledger.verify()).fault is None
        assert (await ledger.checkpoint()).position == WORLD_ENDS + 1
        assert [item.event.recorded_by async for item in ledger.events(after=WORLD_ENDS)] == ["hop"]
        assert (ledger.name, ledger.timezone) == (NAME, "UTC")
        assert repr(ledger) == "aio.Ledger(name='office', timezone='UTC')"

    asyncio.run(calls())


def test_every_call_raises_what_the_ledger_raises() -> None:
    async def calls() -> None:
        ledger = front()
        with pytest.raises(RefusedError, match="E102"):
            await ledger.record(events.NoteAdded(subject="vnfrr", text="a"))
        with pytest.raises(ArgumentError, match="on="):
            await ledger.view(on="31/12/2022")
        with pytest.raises(ArgumentError, match="after="):
            async for _ in ledger.events(after=-1):
                pass

    asyncio.run(calls())


def test_a_ledger_is_moved_through_files(tmp_path: Path) -> None:
    async def calls() -> None:
        ledger, file = front(), tmp_path / "events.jsonl"
        assert await ledger.export_jsonl(file) == WORLD_ENDS
        async with aio.Ledger.in_memory(name=NAME) as other:
            assert await other.restore_jsonl(file) == WORLD_ENDS
        await ledger.export_jsonl(file, plain=True)
        async with aio.Ledger.in_memory() as third:
            assert len((await third.import_jsonl(file)).events) == WORLD_ENDS

    asyncio.run(calls())


def test_a_ledger_is_copied_into_another() -> None:
    async def calls() -> None:
        ledger, counted = front(), list[tuple[int, int | None]]()
        async with aio.Ledger.in_memory(name=NAME) as other:

            def progress(copied: int, total: int | None) -> None:
                counted.append((copied, total))

            copied = await ledger.copy_to(other, progress=progress)
            assert copied == await other.checkpoint() == await ledger.checkpoint()
            assert counted[-1] == (WORLD_ENDS, WORLD_ENDS)
            with pytest.raises(StoreConflictError):
                await ledger.copy_to(other)

    asyncio.run(calls())


def test_other_calls_are_made_with_the_ledger_itself() -> None:
    async def calls() -> None:
        ledger = front()
        assert await ledger.write(lambda ledger: ledger.record(note("a")).replayed) is False
        assert len(await ledger.read(lambda ledger: ledger.view().parties())) == 6

    asyncio.run(calls())


def test_the_adapter_of_the_tests_takes_the_way_through_threads() -> None:
    threads: list[str] = []

    def new_id() -> str:
        threads.append(threading.current_thread().name)
        return f"e{len(threads)}"

    ledger = AwaitedLedger(MemoryStore(), clock=Clock(), ids=new_id)
    ledger.record(events.PartyRegistered(party="a", name="A", kind="other"))

    assert threads[0].startswith("coopledger-writer")


# --- opening and closing


def test_a_ledger_is_opened_by_awaiting_or_in_a_block(tmp_path: Path) -> None:
    async def calls() -> None:
        ledger = await aio.Ledger.open(tmp_path / "office.db", clock=Clock())
        await ledger.record(*WORLD)
        await ledger.close()
        await ledger.close()
        async with aio.Ledger.open(tmp_path / "office.db") as again:
            assert await again.position() == WORLD_ENDS
        async with again:
            with pytest.raises(StoreError, match="it is closed: open it anew"):
                await again.position()

    asyncio.run(calls())


def test_an_opening_is_for_one_block() -> None:
    async def calls() -> None:
        opening = aio.Ledger.in_memory()
        async with opening:
            with pytest.raises(CallOrderError, match="the block was entered before: make another"):
                await opening.__aenter__()
        with pytest.raises(CallOrderError, match="was entered before"):
            async with opening:
                pytest.fail("not reached")

    asyncio.run(calls())


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    async def calls() -> None:
        with pytest.raises(StoreError, match="there is no folder"):
            await aio.Ledger.open(tmp_path / "no" / "office.db")
        with pytest.raises(ArgumentError, match="timezone"):
            async with aio.Ledger.open(tmp_path / "office.db", timezone="Hanoi"):
                pytest.fail("not reached")

    asyncio.run(calls())


def test_closing_waits_for_what_is_under_way() -> None:
    async def calls() -> None:
        store = Gated()
        ledger = front(store)
        store.shut()
        recording = asyncio.create_task(ledger.record(note("a")))
        await store.begun()
        closing = asyncio.create_task(ledger.close())
        store.is_open.set()
        await closing
        assert (await recording).events[0].position == WORLD_ENDS + 1

    asyncio.run(calls())


def test_a_cancelled_opening_leaves_nothing_open(tmp_path: Path) -> None:
    started, goes_on = threading.Event(), threading.Event()

    def packs() -> Iterator[Pack]:
        started.set()
        goes_on.wait()
        yield from ()

    async def calls() -> None:
        opening = aio.Ledger.open(tmp_path / "office.db", packs=packs())
        task = asyncio.ensure_future(_awaited(opening))
        await asyncio.to_thread(started.wait)
        task.cancel()
        goes_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(calls())

    # The last that closes a log removes its WAL.
    assert [file.name for file in tmp_path.iterdir()] == ["office.db"]


async def _awaited(opening: "aio.Opening[aio.Ledger]") -> aio.Ledger:
    return await opening


# --- cancelled


def test_a_call_under_way_ends_before_its_task_is_cancelled() -> None:
    async def calls() -> None:
        store = Gated()
        ledger = front(store)
        store.shut()
        task = asyncio.create_task(ledger.record(note("a")))
        await store.begun()
        for _ in range(3):
            task.cancel()
            await asyncio.sleep(0)
        assert not task.done()
        store.is_open.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await names(ledger) == ["a"]
        assert (await ledger.record(note("a"))).replayed

    asyncio.run(calls())


def test_a_call_that_waits_for_its_turn_is_taken_back() -> None:
    async def calls() -> None:
        store = Gated()
        ledger = front(store)
        store.shut()
        first = asyncio.create_task(ledger.record(note("a")))
        await store.begun()
        second = asyncio.create_task(ledger.record(note("b")))
        third = asyncio.create_task(ledger.record(note("c")))
        await asyncio.sleep(0)
        second.cancel()
        with pytest.raises(asyncio.CancelledError):
            await second
        assert not first.done()
        store.is_open.set()
        await asyncio.gather(first, third)
        assert await names(ledger) == ["a", "c"]

    asyncio.run(calls())


def test_a_timeout_waits_for_what_is_under_way() -> None:
    async def calls() -> None:
        store = Gated()
        ledger = front(store)
        store.shut()
        limits: list[asyncio.Timeout] = []

        async def impatient() -> None:
            async with asyncio.timeout(None) as limit:
                limits.append(limit)
                await ledger.record(note("a"))

        task = asyncio.create_task(impatient())
        await store.begun()
        limits[0].reschedule(asyncio.get_running_loop().time())
        for _ in range(3):
            await asyncio.sleep(0)
        assert not task.done()
        store.is_open.set()
        with pytest.raises(TimeoutError):
            await task
        assert await names(ledger) == ["a"]

    asyncio.run(calls())


def test_a_failure_that_nobody_waits_for_is_not_complained_of() -> None:
    complaints: list[object] = []
    started, goes_on = threading.Event(), threading.Event()

    def fail(_: Ledger) -> None:
        started.set()
        goes_on.wait()
        raise StoreError("memory", "what a call may fail with")

    async def calls() -> None:
        asyncio.get_running_loop().set_exception_handler(
            lambda _, complaint: complaints.append(complaint)
        )
        task = asyncio.create_task(front().write(fail))
        await asyncio.to_thread(started.wait)
        task.cancel()
        goes_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(calls())
    gc.collect()

    assert complaints == []


def test_closing_is_never_taken_back() -> None:
    async def calls() -> None:
        store = Gated()
        ledger = front(store)
        store.shut()
        recording = asyncio.create_task(ledger.record(note("a")))
        await store.begun()

        async def visit() -> None:
            async with ledger:
                pass

        visiting = asyncio.create_task(visit())
        await asyncio.sleep(0)
        for _ in range(3):
            visiting.cancel()
            await asyncio.sleep(0)
        assert not visiting.done()
        store.is_open.set()
        with pytest.raises(asyncio.CancelledError):
            await visiting
        assert (await recording).events[0].position == WORLD_ENDS + 1
        with pytest.raises(StoreError, match="it is closed"):
            await ledger.position()
        await ledger.close()

    asyncio.run(calls())


def test_a_call_that_ends_with_stop_iteration_fails() -> None:
    async def calls() -> None:
        ledger = front()
        for call in (ledger.read, ledger.write):
            async with asyncio.timeout(60):
                with pytest.raises(RuntimeError, match="the call raised StopIteration"):
                    await call(lambda it: next(it.events(after=WORLD_ENDS)))

    asyncio.run(calls())


# --- at the same time


def test_the_event_loop_goes_on_while_a_call_waits() -> None:
    async def calls() -> None:
        store = Gated()
        ledger = front(store)
        store.shut()
        recording = asyncio.create_task(ledger.record(note("a")))
        await store.begun()
        assert (await ledger.view(on="2030-01-01")).partnership("vnfr").id == "vnfr"
        assert await names(ledger) == []
        store.is_open.set()
        await recording
        assert await names(ledger) == ["a"]

    asyncio.run(calls())


def test_tasks_record_in_the_order_in_which_they_ask() -> None:
    async def calls() -> None:
        ledger, ids = front(), [f"n{number}" for number in range(50)]
        await asyncio.gather(*(ledger.record(note(name)) for name in ids))
        assert await names(ledger) == ids

    asyncio.run(calls())


def test_a_long_way_through_the_events_lets_others_run() -> None:
    async def calls() -> None:
        ledger, turns = front(), 0
        await ledger.record(*(note(f"n{number}") for number in range(2500)))

        async def other() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(other())
        await asyncio.sleep(0)
        before = turns
        position = 0
        async for item in ledger.events():
            position = item.position
        assert position == WORLD_ENDS + 2500
        assert turns - before >= 2
        task.cancel()

    asyncio.run(calls())


def test_a_ledger_serves_one_event_loop_after_another() -> None:
    ledger = front()
    for number in range(3):
        asyncio.run(_record(ledger, f"n{number}"))

    assert asyncio.run(names(ledger)) == ["n0", "n1", "n2"]


async def _record(ledger: aio.Ledger, name: str) -> None:
    await ledger.record(note(name))


def test_what_the_task_has_in_its_context_is_seen_by_the_call() -> None:
    user: ContextVar[str] = ContextVar("user")
    numbers = numbered()

    def new_id() -> str:
        return f"{user.get('nobody')}-{numbers()}"

    async def record(ledger: aio.Ledger, name: str) -> None:
        user.set(name)
        await ledger.record(events.NoteAdded(subject="vnfr", text="a"))

    async def calls() -> None:
        ledger = front(ids=new_id)
        await asyncio.gather(record(ledger, "lan"), record(ledger, "hop"))
        assert await names(ledger) == ["lan-e1", "hop-e2"]

    asyncio.run(calls())


def test_no_thread_outlives_a_closed_ledger() -> None:
    def ours() -> list[threading.Thread]:
        return [each for each in threading.enumerate() if each.name.startswith("coopledger-")]

    async def calls() -> None:
        earlier = set(ours())
        async with front() as ledger:
            await ledger.position()
            await ledger.record(note("a"))
            mine = set(ours()) - earlier
            assert len(mine) == 2
        for thread in mine:
            await asyncio.to_thread(thread.join)

    asyncio.run(calls())
