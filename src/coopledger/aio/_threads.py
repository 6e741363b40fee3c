"""Threads in which calls wait for a disk or a server, while the event loop goes on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from coopledger._forks import begin_in_child
from coopledger.errors import StoreError

_READERS = 8

Result = TypeVar("Result")


def _do_nothing() -> None:
    """Do nothing, for a call that cannot be ended early."""


class Threads:
    """Threads that nobody else uses: one that writes, and some that read.

    One writes, as writers take turns anyhow: here in the order in which they came, and without
    a thread for each that waits. None is started before it is needed.
    """

    def __init__(self, name: str, is_closed: str) -> None:
        """Begin without a running thread.

        Args:
            name: What the threads serve, named in errors.
            is_closed: What an error says once they are closed.
        """
        self._name, self._is_closed = name, is_closed
        self._begin()
        begin_in_child(self)

    def _begin(self) -> None:
        """Begin without a running thread and without calls."""
        self._last: Future[object] | None = None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="coopledger-writer")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="coopledger-reader")

    def begin_in_child(self) -> None:
        """Begin with other threads, as none survives a fork; not once they are closed."""
        if self._last is None or not self._last.done():
            self._begin()

    async def write(
        self, call: Callable[[], Result], *, hasten: Callable[[], object] = _do_nothing
    ) -> Result:
        """Return the result of the call, made after the writing calls that came before it.

        If it is under way when the task is cancelled, ``hasten`` is called to end it soon.
        """
        future = self._submit(self._writer, call)
        return await _result_of(future, lambda: future.cancel() or hasten())

    async def read(self, call: Callable[[], Result]) -> Result:
        """Return the result of the call, made at the same time as others."""
        future = self._submit(self._readers, call)
        return await _result_of(future, future.cancel)

    async def close(self, last: Callable[[], object] = _do_nothing) -> None:
        """Make a last writing call, and have the threads end once all is done.

        It is never taken back: a task that is cancelled meanwhile waits for it all the same.
        """
        if self._last is None:
            self._last = self._submit(self._writer, last)
        try:
            await _result_of(self._last, _do_nothing)
        finally:
            self._writer.shutdown(wait=False)
            self._readers.shutdown(wait=False)

    def _submit(self, threads: ThreadPoolExecutor, call: Callable[[], Result]) -> "Future[Result]":
        """Start the call in the context of the task that makes it."""
        try:
            return threads.submit(copy_context().run, _called, call)
        except RuntimeError:
            raise StoreError(self._name, self._is_closed) from None


def ledger_threads() -> Threads:
    """Return the threads of a ledger, or of all ledgers of a store."""
    return Threads("ledger", "it is closed: open it anew")


def _called(call: Callable[[], Result]) -> Result:
    """Return the result of the call; as with coroutines, refuse that it raises StopIteration."""
    try:
        return call()
    except StopIteration as error:
        message = "the call raised StopIteration"
        raise RuntimeError(message) from error


async def _result_of(call: "Future[Result]", cancelled: Callable[[], object]) -> Result:
    """Return the result of the call; when this ends, the call is over or never began.

    When the task is cancelled meanwhile, ``cancelled`` is called, which may take the call back
    or hasten it. The task ends when the call has ended, so that nothing is done behind its back.
    """
    ending = asyncio.wrap_future(call)
    try:
        return await asyncio.shield(ending)
    except asyncio.CancelledError:
        cancelled()
        while not ending.done():
            await _wait_though_cancelled(ending)
        if not ending.cancelled():
            ending.exception()  # Looked at, or asyncio complains that nobody did.
        raise


async def _wait_though_cancelled(ending: "asyncio.Future[Result]") -> None:
    """Wait for the end, or until the task is cancelled once more."""
    try:
        await asyncio.wait([ending])
    except asyncio.CancelledError:
        return
