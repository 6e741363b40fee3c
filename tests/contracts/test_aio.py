"""Many tasks, several fronts on the same logs: the receipts say what the log holds."""

import asyncio
from collections.abc import Callable

from coopledger import Ledger, aio, events
from coopledger.events import Event
from coopledger.stores import Store
from tests.builders import WORLD, Clock

WORLD_ENDS = len(WORLD)
TASKS, ROUNDS = 8, 6


def talks(id: str) -> Event:
    return events.MeetingHeld(
        id=id, meeting=id, kind="talks", partnership="vnfr", when="2022", source="minutes"
    )


async def write(ledger: aio.Ledger, task: int) -> dict[str, int]:
    """Record meeting after meeting, and return the positions of the receipts."""
    told: dict[str, int] = {}
    for turn in range(ROUNDS):
        receipt = await ledger.record(talks(f"{task}-{turn}"))
        told[f"{task}-{turn}"] = receipt.events[0].position
        view = await ledger.view(on="2030-01-01")
        assert view.meeting(f"{task}-{turn}").status == "held"
    return told


async def follow(ledger: aio.Ledger, end: int) -> list[str]:
    """Read on after the last event, until all of them are read."""
    seen: list[str] = []
    while len(seen) < end:
        seen += [item.id async for item in ledger.events(after=WORLD_ENDS + len(seen))]
    return seen


def test_what_many_tasks_were_told_is_what_one_reader_sees(
    store: Store, ledger: str, open_again: Callable[[], Store]
) -> None:
    async def work() -> None:
        fronts = [aio.Ledger(Ledger(each, name=ledger, clock=Clock())) for each in stores]
        await fronts[0].record(*WORLD)
        reading = asyncio.create_task(follow(fronts[1], TASKS * ROUNDS))
        told = await asyncio.gather(*(write(fronts[task % 2], task) for task in range(TASKS)))
        seen = await reading

        positions = {name: place for each in told for name, place in each.items()}
        assert seen == sorted(positions, key=positions.__getitem__)
        assert sorted(positions.values()) == [WORLD_ENDS + 1 + n for n in range(TASKS * ROUNDS)]
        assert (await fronts[1].verify()).fault is None

    stores = [store, open_again()]
    asyncio.run(work())


def test_tasks_cancelled_at_any_moment_leave_whole_batches(store: Store, ledger: str) -> None:
    async def work() -> None:
        front = aio.Ledger(Ledger(store, name=ledger, clock=Clock()))
        await front.record(*WORLD)
        told: list[str] = []

        async def batch(number: int) -> None:
            names = [f"{number}-{part}" for part in "ab"]
            await front.record(*map(talks, names))
            told.extend(names)

        tasks = [asyncio.create_task(batch(number)) for number in range(20)]
        for number, task in enumerate(tasks):
            await front.position()
            if number % 2:
                task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

        stored = [item.id async for item in front.events(after=WORLD_ENDS)]
        assert set(told) <= set(stored)
        assert stored[::2] == [f"{name.split('-')[0]}-a" for name in stored[1::2]]
        again = await asyncio.gather(*(front.record(*map(talks, p)) for p in pairs(stored)))
        assert all(receipt.replayed for receipt in again)
        assert (await front.verify()).fault is None

    asyncio.run(work())


def pairs(names: list[str]) -> list[tuple[str, str]]:
    return list(zip(names[::2], names[1::2], strict=True))
