"""Subscriptions for asyncio: readers that wait, calls that are cancelled, handlers."""

import asyncio
import math
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from coopledger import Ledger, aio, events
from coopledger.errors import ArgumentError, StoreError, SubscriptionTakenError
from coopledger.events import Event
from coopledger.stores import MemoryStore
from coopledger.stores.sqlite import SqliteStore
from coopledger.subscriptions import Batch, Retry
from tests.builders import NAME, WORLD, Clock

WORLD_ENDS = len(WORLD)
AT_ONCE = Retry(attempts=2, first_pause_seconds=0)


def note(id: str) -> Event:
    return events.NoteAdded(id=id, subject="vnfr", text="a")


class Observed(MemoryStore):
    """Store that tells when a reader has begun to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.is_waited_for = threading.Event()

    def wait(self, *args: Any, **options: Any) -> bool:  # noqa: ANN401 - given on as they are
        self.is_waited_for.set()
        return super().wait(*args, **options)


def front(store: MemoryStore | None = None) -> aio.Ledger:
    """Return a ledger that holds the world."""
    ledger = Ledger(store or MemoryStore(), name=NAME, clock=Clock())
    ledger.record(*WORLD)
    return aio.Ledger(ledger)


def ids(batch: Batch) -> list[str]:
    return [item.id for item in batch.events]


def test_batches_come_and_are_saved() -> None:
    async def calls() -> None:
        ledger = front()
        async with ledger.subscribe("table", batch_size=5) as subscription:
            read_ids: list[str] = []
            async for batch in subscription.batches():
                read_ids += ids(batch)
                await subscription.save(batch)
            assert read_ids == [event.id for event in WORLD]
            assert (await subscription.status()).lag == 0
            assert [each.name for each in await ledger.subscriptions()] == ["table"]
            assert repr(subscription) == "aio.Subscription('table')"

    asyncio.run(calls())


def test_what_is_not_saved_comes_again_and_what_is_saved_on_request() -> None:
    async def calls() -> None:
        subscription = await front().subscribe("table", after=WORLD_ENDS - 1)
        first = [ids(batch) async for batch in subscription.batches()]
        assert [ids(batch) async for batch in subscription.batches()] == first == [["w8"]]
        async for batch in subscription.batches():
            await subscription.save(batch)
        await subscription.replay(after=WORLD_ENDS - 2)
        again = [(ids(batch), batch.replayed) async for batch in subscription.batches()]
        assert again == [(["w7", "w8"], True)]
        assert [batch async for batch in subscription.parked()] == []
        await subscription.close()
        await subscription.close()

    asyncio.run(calls())


def test_a_reader_that_waits_is_given_what_is_recorded_meanwhile() -> None:
    async def calls() -> None:
        ledger = front()

        async def read_all() -> list[str]:
            read_ids: list[str] = []
            async with ledger.subscribe("table", after=WORLD_ENDS) as subscription:
                async for batch in subscription.batches(
                    wait_seconds=math.inf, until=WORLD_ENDS + 9
                ):
                    read_ids += ids(batch)
                    await subscription.save(batch)
            return read_ids

        reading = asyncio.create_task(read_all())
        await asyncio.gather(*(ledger.record(note(f"n{number}")) for number in range(9)))
        assert await reading == [f"n{number}" for number in range(9)]

    asyncio.run(calls())


def test_a_reader_that_is_cancelled_while_it_waits_ends_at_once() -> None:
    async def calls() -> None:
        ledger = front()
        subscription = await ledger.subscribe("table", after=WORLD_ENDS)
        waits = asyncio.Event()

        async def read_all() -> None:
            waits.set()
            async for _ in subscription.batches(wait_seconds=math.inf):
                pytest.fail("nothing is recorded")

        reading = asyncio.create_task(read_all())
        await waits.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await subscription.close()
        again = await ledger.subscribe("table")
        await ledger.record(note("a"))
        assert [ids(batch) async for batch in again.batches()] == [["a"]]

    asyncio.run(calls())


def test_a_reader_is_stopped_from_another_task() -> None:
    async def calls() -> None:
        async with front().subscribe("table", after=WORLD_ENDS) as subscription:
            batches = subscription.batches(wait_seconds=math.inf)
            reading = asyncio.create_task(_count(batches))
            await asyncio.sleep(0)
            subscription.stop()
            assert await reading == 0

    asyncio.run(calls())


async def _count(batches: AsyncIterator[Batch]) -> int:
    return len([batch async for batch in batches])


def test_closing_is_never_taken_back() -> None:
    async def calls() -> None:
        subscription = await front().subscribe("table", after=WORLD_ENDS)

        async def read_all() -> None:
            async with subscription:
                started.set()
                await asyncio.Event().wait()

        started = asyncio.Event()
        reading = asyncio.create_task(read_all())
        await started.wait()
        reading.cancel()
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        with pytest.raises(
            StoreError, match=r"Subscription\('table'\): it is closed: subscribe anew"
        ):
            await subscription.status()

    asyncio.run(calls())


def test_who_was_overtaken_is_told() -> None:
    async def calls() -> None:
        ledger = front()
        first = await ledger.subscribe("table")
        second = await ledger.subscribe("table")
        with pytest.raises(SubscriptionTakenError):
            await _count(first.batches())
        assert await _count(second.batches()) == 1

    asyncio.run(calls())


def test_waiting_readers_take_no_thread_from_others(tmp_path: Path) -> None:
    async def calls(ledger: aio.Ledger) -> None:
        await ledger.record(*WORLD)
        waiting = [await ledger.subscribe(f"r{n}", after=WORLD_ENDS) for n in range(12)]
        tasks = [
            asyncio.create_task(_count(each.batches(wait_seconds=math.inf))) for each in waiting
        ]
        assert (await ledger.view(on="2030-01-01")).partnership("vnfr").id == "vnfr"
        for each in waiting:
            await each.close()
        assert await asyncio.gather(*tasks) == [0] * 12

    with closing(SqliteStore(tmp_path / "office.db", durability="fast")) as store:
        asyncio.run(calls(aio.Ledger(Ledger(store, name=NAME, clock=Clock()))))
    assert threading.active_count() < 100


# --- what runs


def test_a_handler_is_awaited_and_what_it_dealt_with_is_saved() -> None:
    async def calls() -> None:
        read_ids: list[str] = []

        async def handle(batch: Batch) -> None:
            await asyncio.sleep(0)
            read_ids.extend(ids(batch))

        async with front().subscribe("table", batch_size=3) as subscription:
            await subscription.run(handle)
            assert read_ids == [event.id for event in WORLD]
            assert (await subscription.status()).lag == 0

    asyncio.run(calls())


def test_what_cannot_be_called_is_no_handler() -> None:
    async def calls() -> None:
        async with front().subscribe("table") as subscription:
            with pytest.raises(ArgumentError, match="handle=7 is nothing that can be called"):
                await subscription.run(7)  # type: ignore[arg-type]
            assert (await subscription.status()).failures == 0

    asyncio.run(calls())


def test_a_handler_that_would_run_later_is_refused() -> None:
    async def handle(batch: Batch) -> AsyncIterator[Batch]:
        yield batch

    def one_by_one(batch: Batch) -> Iterator[Batch]:
        yield batch

    async def calls() -> None:
        async with front().subscribe("table") as subscription:
            for late in (handle, one_by_one):
                with pytest.raises(ArgumentError, match="would never run"):
                    await subscription.run(late)
            assert (await subscription.status()).failures == 0

    asyncio.run(calls())


def test_a_plain_handler_is_called_in_a_thread() -> None:
    async def calls() -> None:
        threads: list[str] = []
        async with front().subscribe("table") as subscription:
            await subscription.run(lambda _: threads.append(threading.current_thread().name))
        assert [name.startswith("coopledger-") for name in threads] == [True]

    asyncio.run(calls())


def test_a_handler_may_save_its_batch_and_ask_how_it_stands() -> None:
    async def calls() -> None:
        async with front().subscribe("table", batch_size=5) as subscription:
            lags: list[int] = []

            async def handle(batch: Batch) -> None:
                await subscription.save(batch)
                lags.append((await subscription.status()).lag)

            await subscription.run(handle)
            assert lags == [WORLD_ENDS - 5, 0]

    asyncio.run(calls())


def test_a_handler_that_fails_is_tried_again_and_its_batch_parked() -> None:
    async def calls() -> None:
        attempts: list[int] = []

        async def handle(batch: Batch) -> None:
            attempts.append(batch.up_to)
            await asyncio.sleep(0)
            raise OSError(batch.up_to)

        async with front().subscribe("table", batch_size=5) as subscription:
            with pytest.raises(OSError, match="5"):
                await subscription.run(handle, retry=AT_ONCE)
            await subscription.run(handle, retry=AT_ONCE, failing="park")
            assert attempts == [5, 5, 5, 5, WORLD_ENDS, WORLD_ENDS]
            assert [each.error async for each in subscription.parked()] == [
                "OSError: 5",
                f"OSError: {WORLD_ENDS}",
            ]

    asyncio.run(calls())


def test_a_run_that_is_cancelled_cancels_its_handler_and_counts_no_failure() -> None:
    async def calls() -> None:
        ledger, steps = front(), list[str]()
        is_handling = asyncio.Event()

        async def handle(_: Batch) -> None:
            is_handling.set()
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0)
                steps.append("cleared away")

        subscription = await ledger.subscribe("table")
        running = asyncio.create_task(subscription.run(handle, wait_seconds=math.inf))
        await is_handling.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert steps == ["cleared away"]
        status = await subscription.status()
        assert (status.position, status.failures) == (0, 0)
        with pytest.raises(StoreError, match="was cancelled that waited: subscribe anew"):
            await subscription.run(handle)

    asyncio.run(calls())


def test_a_run_that_waits_ends_when_it_is_cancelled() -> None:
    async def calls() -> None:
        store = Observed()
        subscription = await front(store).subscribe("table", after=WORLD_ENDS)
        running = asyncio.create_task(subscription.run(ids, wait_seconds=math.inf))
        await asyncio.to_thread(store.is_waited_for.wait)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running

    asyncio.run(calls())


# --- what is cut short


def test_a_reader_whose_waiting_was_cut_short_says_so_and_keeps_its_other_calls() -> None:
    async def calls() -> None:
        store = Observed()
        ledger = front(store)
        subscription = await ledger.subscribe("table", after=WORLD_ENDS)
        waiting = asyncio.create_task(_count(subscription.batches(wait_seconds=math.inf)))
        await asyncio.to_thread(store.is_waited_for.wait)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await ledger.record(note("a"))
        with pytest.raises(StoreError, match="was cancelled that waited: subscribe anew"):
            await _count(subscription.batches())
        assert (await subscription.status()).lag == 1

    asyncio.run(calls())


def test_a_cancelled_save_stops_nothing() -> None:
    async def calls() -> None:
        subscription = await front().subscribe("table", batch_size=5)
        batches = subscription.batches()
        first = await anext(batches)
        saving = asyncio.create_task(subscription.save(first))
        await asyncio.sleep(0)
        saving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await saving
        assert (await anext(batches)).up_to == WORLD_ENDS

    asyncio.run(calls())
