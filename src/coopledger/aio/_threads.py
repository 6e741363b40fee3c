"""Calls that wait for a disk or a server, made in threads while the event loop goes on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from coopledger.errors import StoreError

_READERS = 8

Given = TypeVar("Given")


def _nothing() -> None:
    """What hastens a call that cannot be hastened."""


class Threads:
    """Threads that nobody else uses: one that writes, and some that read.

    One writes, as writers take turns anyhow: here in the order in which they came, and without
    a thread for each that waits. None is started before it is needed.
    """

    def __init__(self, name: str, is_closed: str) -> None:
        """No thread runs yet; the name of what they serve, and what it says once it is closed."""
        self._name, self._is_closed = name, is_closed
        self._last: Future[object] | None = None
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="coopledger-writer")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="coopledger-reader")

    async def write(
        self, call: Callable[[], Given], *, hasten: Callable[[], object] = _nothing
    ) -> Given:
        """What the call gives, made after the writing calls that came before it.

        If it is under way when the task is cancelled, ``hasten`` is called to end it soon.
        """
        under_way = self._submitted(self._writer, call)
        return await _finished(under_way, lambda: under_way.cancel() or hasten())

    async def read(self, call: Callable[[], Given]) -> Given:
        """What the call gives, made beside others."""
        under_way = self._submitted(self._readers, call)
        return await _finished(under_way, under_way.cancel)

    async def close(self, last: Callable[[], object] = _nothing) -> None:
        """Makes a last writing call, and has the threads end once all is done.

        It is never taken back: a task that is cancelled meanwhile waits for it all the same.
        """
        if self._last is None:
            self._last = self._submitted(self._writer, last)
        try:
            await _finished(self._last, _nothing)
        finally:
            self._writer.shutdown(wait=False)
            self._readers.shutdown(wait=False)

    def _submitted(self, threads: ThreadPoolExecutor, call: Callable[[], Given]) -> "Future[Given]":
        """The call under way, in the context of the task that makes it."""
        try:
            return threads.submit(copy_context().run, _made, call)
        except RuntimeError:
            raise StoreError(self._name, self._is_closed) from None


def ledger_threads() -> Threads:
    """Return the threads of a ledger, or of all ledgers of a store."""
    return Threads("ledger", "it is closed: open it anew")


def _made(call: Callable[[], Given]) -> Given:
    """What the call gives; as with coroutines, a StopIteration is no way to end."""
    try:
        return call()
    except StopIteration as error:
        message = "the call raised StopIteration"
        raise RuntimeError(message) from error


async def _finished(call: "Future[Given]", cancelled: Callable[[], object]) -> Given:
    """What the call gives. Never left alone: when this ends, the call is over or never began.

    A task that is cancelled meanwhile says so to ``cancelled``, which may take the call back or
    hasten it. It ends when the call has ended, so that nothing is done behind its back.
    """
    ending = asyncio.wrap_future(call)
    try:
        return await asyncio.shield(ending)
    except asyncio.CancelledError:
        cancelled()
        while not ending.done():
            await _retry_while_busy(ending)
        if not ending.cancelled():
            ending.exception()  # Looked at, or asyncio complains that nobody did.
        raise


async def _retry_while_busy(ending: "asyncio.Future[Given]") -> None:
    """Waits for the end, however often the task is cancelled meanwhile."""
    try:
        await asyncio.wait([ending])
    except asyncio.CancelledError:
        return
