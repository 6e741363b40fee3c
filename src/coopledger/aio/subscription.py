"""A reader of a ledger for programs on asyncio."""

from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import Self, TypeVar

from coopledger.aio.threads import Threads
from coopledger.subscriptions import Batch, SubscriptionStatus
from coopledger.subscriptions import Subscription as PlainSubscription

__all__ = ["Subscription"]

Given = TypeVar("Given")


class Subscription:
    """A subscription whose calls are awaited, for one task at a time.

    It has a thread of its own, as it may wait for long. A task that is cancelled during a call
    stops the subscription: what follows is handed out to whoever subscribes next.

    Attributes:
        name: Its name.
    """

    def __init__(self, subscription: PlainSubscription) -> None:
        """A front to a subscription that is taken already."""
        self.name: str = subscription.name
        self._subscription = subscription
        self._threads = Threads()

    def __repr__(self) -> str:
        """The name."""
        return f"aio.{self._subscription!r}"

    async def __aenter__(self) -> Self:
        """The subscription itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Ends it."""
        await self.close()

    async def status(self) -> SubscriptionStatus:
        """How it is doing, as the store has it now."""
        return await self._call(lambda it: it.status)

    async def batches(
        self, *, wait_seconds: float = 0, until: int | None = None
    ) -> AsyncIterator[Batch]:
        """What is not saved yet, batch by batch, in the order of the log.

        Args:
            wait_seconds: How long to wait for more once all is handed out; ``math.inf`` waits
                until `stop`.
            until: The position at which to end.
        """
        found = await self._call(lambda it: it.batches(wait_seconds=wait_seconds, until=until))
        async for batch in self._each(found):
            yield batch

    async def parked(self) -> AsyncIterator[Batch]:
        """The batches that were put aside, in the order of the log, each with its ``error``."""
        found = await self._call(lambda it: it.parked())
        async for batch in self._each(found):
            yield batch

    async def save(self, batch: Batch) -> None:
        """Say that all of a batch is dealt with, as `Batch.save` does.

        To save it in a transaction of your own, call `Batch.save` with your connection, in a
        thread.
        """
        await self._call(lambda _: batch.save())

    async def replay(self, *, after: int = 0) -> None:
        """Go back, so that the batches after the position come anew, marked as replayed."""
        await self._call(lambda it: it.replay(after=after))

    def stop(self) -> None:
        """End all waiting; no batch is handed out any more."""
        self._subscription.stop()

    async def close(self) -> None:
        """Stop, and let go of the thread, after what is under way."""
        self.stop()
        await self._threads.close()

    async def _each(self, found: Iterator[Batch]) -> AsyncIterator[Batch]:
        """What an iterator gives that may have to wait for it."""
        while (batch := await self._call(lambda _: next(found, None))) is not None:
            yield batch

    async def _call(self, call: Callable[[PlainSubscription], Given]) -> Given:
        """What the call gives; a task that is cancelled meanwhile waits for nothing more."""
        given = partial(call, self._subscription)
        return await self._threads.write(given, hasten=self._subscription.stop)
