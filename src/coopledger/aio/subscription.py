"""Subscription whose calls are awaited, and whose handlers may be coroutine functions."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import CancelledError
from functools import partial
from inspect import isawaitable, iscoroutinefunction
from typing import Self, TypeVar

from coopledger._fields.reading import argument
from coopledger.aio._threads import Threads
from coopledger.errors import StoreError
from coopledger.subscriptions import Batch, Failing, Handle, Retry, SubscriptionStatus
from coopledger.subscriptions import Subscription as PlainSubscription
from coopledger.subscriptions.handler import ONCE_AND_AGAIN, handler

Result = TypeVar("Result")


class Subscription:
    """Subscription whose calls are awaited, for one task at a time.

    It has threads of its own, as it may wait for long. A task that is cancelled while it waits
    for a batch, or runs, stops the subscription: the events that follow are handed out to the
    next subscriber of its name.

    Attributes:
        name: Its name.
    """

    def __init__(self, subscription: PlainSubscription) -> None:
        """Wrap a subscription that is taken already."""
        self.name: str = subscription.name
        self._subscription = subscription
        self._was_cut_short = False
        self._threads = Threads(repr(subscription), "it is closed: subscribe anew")

    def __repr__(self) -> str:
        """Return the name."""
        return f"aio.{self._subscription!r}"

    async def __aenter__(self) -> Self:
        """Return the subscription itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the subscription."""
        await self.close()

    async def status(self) -> SubscriptionStatus:
        """Return the status of the subscription, as the store has it now."""
        return await self._ask(lambda subscription: subscription.status)

    async def batches(
        self, *, wait_seconds: float = 0, until: int | None = None
    ) -> AsyncIterator[Batch]:
        """Yield the batches that are not saved yet, in the order of the log.

        Args:
            wait_seconds: How long to wait for more once all is handed out; ``math.inf`` waits
                until `stop`.
            until: The position at which to end.

        Raises:
            StoreError: A task was cancelled while it waited for a batch.
        """
        self._refuse_cut_short()
        batches = self._subscription.batches(wait_seconds=wait_seconds, until=until)
        while (batch := await self._wait(partial(next, batches, None))) is not None:
            yield batch

    async def run(
        self,
        handle: Handle,
        *,
        failing: Failing = "stop",
        retry: Retry = ONCE_AND_AGAIN,
        wait_seconds: float = 0,
        until: int | None = None,
    ) -> None:
        """Give each batch that holds events to a handler, and save it when that is done.

        A handler may save the batch itself. A batch on which it fails is tried again, and never
        passed over in silence.

        Args:
            handle: Deals with a batch: a coroutine function, awaited in the event loop, or a
                plain one, called in a thread.
            failing: After the last attempt, ``stop`` raises what the handler raised; ``park``
                puts the batch aside, to be found under `parked`, and goes on.
            retry: How often, and with which pauses, a batch is tried.
            wait_seconds: As for `batches`.
            until: As for `batches`.

        Raises:
            StoreError: A task was cancelled while it waited for a batch.
        """
        self._refuse_cut_short()
        awaited = _AwaitedHandler(handle, asyncio.get_running_loop())
        run = partial(
            self._subscription.run,
            awaited,
            failing=failing,
            retry=retry,
            wait_seconds=wait_seconds,
            until=until,
        )
        await self._wait(run, awaited)

    async def parked(self) -> AsyncIterator[Batch]:
        """Yield the parked batches in the order of the log, each with its ``error``."""
        batches = self._subscription.parked()
        while (batch := await self._ask(lambda _: next(batches, None))) is not None:
            yield batch

    async def save(self, batch: Batch) -> None:
        """Save that all of a batch is dealt with, as `Batch.save` does.

        To save it in a transaction of your own, call `Batch.save` with your connection, in a
        thread.
        """
        await self._ask(lambda _: batch.save())

    async def replay(self, *, after: int = 0) -> None:
        """Go back, so that the batches after the position come again, marked as replayed."""
        await self._ask(lambda subscription: subscription.replay(after=after))

    def stop(self) -> None:
        """End all waiting; no batch is handed out any more."""
        self._subscription.stop()

    async def close(self) -> None:
        """Stop, and let go of the threads, after what is under way."""
        self.stop()
        await self._threads.close()

    def _refuse_cut_short(self) -> None:
        """Refuse to end at once, as a stopped subscription does, as if nothing were left."""
        if self._was_cut_short:
            remedy = "it was stopped when a task was cancelled that waited: subscribe anew"
            raise StoreError(repr(self._subscription), remedy)

    async def _ask(self, call: Callable[[PlainSubscription], Result]) -> Result:
        """Return the result of a call that does not wait for events, even while another waits."""
        return await self._threads.read(partial(call, self._subscription))

    async def _wait(
        self, call: Callable[[], Result], handler: "_AwaitedHandler | None" = None
    ) -> Result:
        """Return the result of a call that may wait for events; end it if the task is cancelled."""

        def cut_short() -> None:
            self._was_cut_short = True
            self.stop()
            if handler is not None:
                handler.cancel()

        return await self._threads.write(call, hasten=cut_short)


class _AwaitedHandler:
    """Handler called in a thread, whose awaitable results are awaited in the event loop."""

    def __init__(self, handle: Handle, loop: asyncio.AbstractEventLoop) -> None:
        """Begin one run, in the event loop of the task that runs it.

        Raises:
            ArgumentError: It cannot be called, or would never run.
        """
        self._handle, self._loop = argument("handle", _any_handler, handle), loop
        self._task: asyncio.Task[object] | None = None
        self._is_cancelled = False

    def __call__(self, batch: Batch) -> object:
        """Deal with a batch; return the result of a plain handler, to be checked by the caller.

        Raises:
            asyncio.CancelledError: Awaiting was cancelled, which is no failure of the handler.
        """
        result = self._handle(batch)
        if not isawaitable(result):
            return result
        try:
            return asyncio.run_coroutine_threadsafe(self._finish(result), self._loop).result()
        except CancelledError:
            raise asyncio.CancelledError from None

    def cancel(self) -> None:
        """Cancel the handler that is awaited, or is about to be; called in the event loop."""
        self._is_cancelled = True
        if self._task is not None:
            self._task.cancel()

    async def _finish(self, result: Awaitable[object]) -> None:
        self._task = asyncio.current_task()
        if self._is_cancelled:
            self.cancel()
        try:
            await result
        finally:
            self._task = None


def _any_handler(value: Handle) -> Handle:
    """Return the coroutine function or plain function; raise E106 for anything else."""
    is_awaited = iscoroutinefunction(value) or iscoroutinefunction(type(value).__call__)
    return value if is_awaited else handler(value)
