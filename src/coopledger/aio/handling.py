"""Handlers that are awaited, for a subscription that runs in a thread."""

import asyncio
import inspect
from collections.abc import Awaitable
from concurrent.futures import CancelledError

from coopledger.fields import asked, wrong
from coopledger.subscriptions import Batch, Handle

__all__ = ["Handler"]


class Handler:
    """Deals with batches in the thread where it is called; what is to be awaited, in the loop."""

    def __init__(self, handle: Handle, loop: asyncio.AbstractEventLoop) -> None:
        """A handler for one run, in the event loop of the task that runs it.

        Raises:
            QuestionError: It cannot be called.
        """
        self._handle, self._loop = asked("handle", _callable, handle), loop
        self._task: asyncio.Task[object] | None = None
        self._is_cancelled = False

    def __call__(self, batch: Batch) -> object:
        """Deals with a batch; what a plain handler gives, for whoever knows it from a late one.

        Raises:
            asyncio.CancelledError: Awaiting was cancelled, which is no failure of the handler.
        """
        given = self._handle(batch)
        if not inspect.isawaitable(given):
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


def _callable(value: Handle) -> Handle:
    """What can be called; E106 for anything else, before a batch fails on it."""
    if not callable(value):
        raise wrong(value, "is nothing that can be called: give a function of a batch")
    return value
