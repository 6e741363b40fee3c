"""Handlers that are awaited, for a subscription that runs in a thread."""

import asyncio
from collections.abc import Awaitable
from concurrent.futures import CancelledError
from inspect import isawaitable, iscoroutinefunction

from coopledger.fields import asked
from coopledger.subscriptions import Batch, Handle
from coopledger.subscriptions.handlers import handler

__all__ = ["Handler"]


class Handler:
    """Deals with batches in the thread where it is called; what is to be awaited, in the loop."""

    def __init__(self, handle: Handle, loop: asyncio.AbstractEventLoop) -> None:
        """A handler for one run, in the event loop of the task that runs it.

        Raises:
            ArgumentError: It cannot be called, or would never run.
        """
        self._handle, self._loop = asked("handle", _handler, handle), loop
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
