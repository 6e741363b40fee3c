"""Handlers that are awaited, for a subscription that runs in a thread."""

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


class Handler:
    """Deals with batches in the thread where it is called; what is to be awaited, in the loop."""

    def __init__(self, handle: Handle, loop: asyncio.AbstractEventLoop) -> None:
        """A handler for one run, in the event loop of the task that runs it.

        Raises:
            ArgumentError: It cannot be called, or would never run.
        """
        self._handle, self._loop = argument("handle", _handler, handle), loop
        self._task: asyncio.Task[object] | None = None
        self._is_cancelled = False

    def __call__(self, batch: Batch) -> object:
        """Deals with a batch; what a plain handler gives, for whoever knows it from a late one.

        Raises:
            asyncio.CancelledError: Awaiting was cancelled, which is no failure of the handler.
        """
        given = self._handle(batch)
        if not isawaitable(given):
            return given
        try:
            return asyncio.run_coroutine_threadsafe(self._awaited(given), self._loop).result()
        except CancelledError:
            raise asyncio.CancelledError from None

    def cancel(self) -> None:
        """Cancels what is awaited, or is about to be; called in the event loop."""
        self._is_cancelled = True
        if self._task is not None:
            self._task.cancel()

    async def _awaited(self, given: Awaitable[object]) -> None:
        self._task = asyncio.current_task()
        if self._is_cancelled:
            self.cancel()
        try:
            await given
        finally:
            self._task = None


def _handler(value: Handle) -> Handle:
    """A coroutine function, or what deals with batches without asyncio; E106 for anything else."""
    is_awaited = iscoroutinefunction(value) or iscoroutinefunction(type(value).__call__)
    return value if is_awaited else handler(value)


# A reader of a ledger for programs on asyncio.

Given = TypeVar("Given")


class Subscription:
    """A subscription whose calls are awaited, for one task at a time.

    It has threads of its own, as it may wait for long. A task that is cancelled while it waits
    for a batch, or runs, stops the subscription: what follows is handed out to whoever
    subscribes next.

    Attributes:
        name: Its name.
    """

    def __init__(self, subscription: PlainSubscription) -> None:
        """A front to a subscription that is taken already."""
        self.name: str = subscription.name
        self._subscription = subscription
        self._was_cut_short = False
        self._threads = Threads(repr(subscription), "it is closed: subscribe anew")

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
        return await self._ask(lambda it: it.status)

    async def batches(
        self, *, wait_seconds: float = 0, until: int | None = None
    ) -> AsyncIterator[Batch]:
        """What is not saved yet, batch by batch, in the order of the log.

        Args:
            wait_seconds: How long to wait for more once all is handed out; ``math.inf`` waits
                until `stop`.
            until: The position at which to end.

        Raises:
            StoreError: A task was cancelled while it waited for a batch.
        """
        self._refuse_cut_short()
        found = self._subscription.batches(wait_seconds=wait_seconds, until=until)
        while (batch := await self._wait(partial(next, found, None))) is not None:
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
        handler = Handler(handle, asyncio.get_running_loop())
        run = partial(
            self._subscription.run,
            handler,
            failing=failing,
            retry=retry,
            wait_seconds=wait_seconds,
            until=until,
        )
        await self._wait(run, handler)

    async def parked(self) -> AsyncIterator[Batch]:
        """The batches that were put aside, in the order of the log, each with its ``error``."""
        found = self._subscription.parked()
        while (batch := await self._ask(lambda _: next(found, None))) is not None:
            yield batch

    async def save(self, batch: Batch) -> None:
        """Say that all of a batch is dealt with, as `Batch.save` does.

        To save it in a transaction of your own, call `Batch.save` with your connection, in a
        thread.
        """
        await self._ask(lambda _: batch.save())

    async def replay(self, *, after: int = 0) -> None:
        """Go back, so that the batches after the position come anew, marked as replayed."""
        await self._ask(lambda it: it.replay(after=after))

    def stop(self) -> None:
        """End all waiting; no batch is handed out any more."""
        self._subscription.stop()

    async def close(self) -> None:
        """Stop, and let go of the threads, after what is under way."""
        self.stop()
        await self._threads.close()

    def _refuse_cut_short(self) -> None:
        """Refuse to end at once as if nothing were left."""
        if self._was_cut_short:
            remedy = "it was stopped when a task was cancelled that waited: subscribe anew"
            raise StoreError(repr(self._subscription), remedy)

    async def _ask(self, call: Callable[[PlainSubscription], Given]) -> Given:
        """What the call gives, which does not wait for events; also while another one does."""
        return await self._threads.read(partial(call, self._subscription))

    async def _wait(self, call: Callable[[], Given], handler: Handler | None = None) -> Given:
        """What the call gives, which may wait for events; ended if the task is cancelled."""

        def cut_short() -> None:
            self._was_cut_short = True
            self.stop()
            if handler is not None:
                handler.cancel()

        return await self._threads.write(call, hasten=cut_short)
