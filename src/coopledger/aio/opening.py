"""Ledgers and subscriptions to be opened: awaited, or used in an ``async with`` block."""

from collections.abc import Callable, Coroutine, Generator
from functools import partial, wraps
from typing import Any, Generic, ParamSpec, Protocol, TypeVar

from coopledger.aio.threads import ledger_threads
from coopledger.errors import CallOrderError

__all__ = ["Opening", "opening_of"]


class Closable(Protocol):
    """Front that is closed by a coroutine."""

    async def close(self) -> None:
        """Let go of what is held."""
        ...


class ClosableAtOnce(Protocol):
    """Ledger, or ledgers, closed by a plain call."""

    def close(self) -> None:
        """Let go of what is held."""
        ...


Opened = TypeVar("Opened", bound=Closable)
Plain = TypeVar("Plain", bound=ClosableAtOnce)
Arguments = ParamSpec("Arguments")


class Opening(Generic[Opened]):
    """``await`` it to have what is opened, or let an ``async with`` block open and close it."""

    def __init__(self, open_it: Callable[[], Coroutine[Any, Any, Opened]]) -> None:
        """Keep the way to open; nothing is opened yet."""
        self._open = open_it
        self._opened: Opened | None = None

    def __await__(self) -> Generator[Any, None, Opened]:
        """Open it; closing it is for the caller."""
        return self._open().__await__()

    async def __aenter__(self) -> Opened:
        """Open it for a block.

        Raises:
            CallOrderError: It was in a block before.
        """
        if self._opened is not None:
            state = "the block was entered before"
            raise CallOrderError(state, "make another one")
        self._opened = await self._open()
        return self._opened

    async def __aexit__(self, *_: object) -> None:
        """Close it, whatever happened."""
        if self._opened is not None:
            await self._opened.close()


def opening_of(
    open_plain: Callable[Arguments, Plain], front: Callable[[Plain], Opened]
) -> Callable[Arguments, Opening[Opened]]:
    """Return the way to open a front, to be awaited or used in a block."""

    @wraps(open_plain)
    def call(*args: Arguments.args, **named: Arguments.kwargs) -> Opening[Opened]:
        async def opened() -> Opened:
            return front(await _opened(partial(open_plain, *args, **named)))

        return Opening(opened)

    return call


async def _opened(open_plain: Callable[[], Plain]) -> Plain:
    """Open a plain ledger in a thread; close it again if nobody waits for it any more."""
    threads, opened = ledger_threads(), list[Plain]()
    try:
        await threads.write(lambda: opened.append(open_plain()))
    except BaseException:
        for each in opened:
            each.close()
        raise
    finally:
        await threads.close()
    return opened[0]
