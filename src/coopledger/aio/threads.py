"""Calls that wait for a disk or a server, made in threads while the event loop goes on."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

from coopledger.errors import StoreError

__all__ = ["Threads"]

_READERS = 8

Given = TypeVar("Given")


def _nothing() -> None:
    """What hastens a call that cannot be hastened."""


class Threads:
    """The threads of one ledger, which nobody else uses: one that writes, and some that read.

    One writes, as writers take turns anyhow: here in the order in which they came, and without
    a thread for each that waits. None is started before it is needed.
    """

    def __init__(self) -> None:
        """No thread runs yet."""
        self.are_closed: bool = False
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="coopledger-writer")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="coopledger-reader")

    async def write(
        self, call: Callable[[], Given], *, hasten: Callable[[], object] = _nothing
    ) -> Given:
        """What the call gives, made after the writing calls that came before it.

        If it is under way when the task is cancelled, ``hasten`` is called to end it soon.
        """
        return await _finished(_submitted(self._writer, call), hasten)

    async def read(self, call: Callable[[], Given]) -> Given:
        """What the call gives, made beside others."""
        return await _finished(_submitted(self._readers, call), _nothing)

    def close(self) -> None:
        """Lets the threads end when they have done what was asked before."""
        self.are_closed = True
        self._writer.shutdown(wait=False)
        self._readers.shutdown(wait=False)


def _submitted(threads: ThreadPoolExecutor, call: Callable[[], Given]) -> "Future[Given]":
    """The call under way, in the context of the task that makes it."""
    try:
        return threads.submit(copy_context().run, call)
    except RuntimeError:
        raise StoreError("ledger", "it is closed: open it anew") from None


async def _finished(call: "Future[Given]", hasten: Callable[[], object]) -> Given:
    """What the call gives. Never left alone: when this ends, the call is over or never began.

    A task that is cancelled while its call waits for its turn takes it back. One whose call is
    under way is cancelled when the call has ended, so that nothing is done behind its back.
    """
    ending = asyncio.wrap_future(call)
    try:
        return await asyncio.shield(ending)
    except asyncio.CancelledError:
        if not call.cancel():
            hasten()
        while not ending.done():
            await _patiently(ending)
        if not ending.cancelled():
            ending.exception()  # Looked at, or asyncio complains that nobody did.
        raise


async def _patiently(ending: "asyncio.Future[Given]") -> None:
    """Waits for the end, however often the task is cancelled meanwhile."""
    try:
        await asyncio.wait([ending])
    except asyncio.CancelledError:
        return
