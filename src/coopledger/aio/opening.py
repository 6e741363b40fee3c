"""Something that is being opened: to be awaited, or used in an ``async with`` block."""

from collections.abc import Callable, Coroutine, Generator
from typing import Any, Generic, Protocol, TypeVar

from coopledger.errors import CallOrderError

__all__ = ["Opening"]


class Closable(Protocol):
    """Something that is closed."""

    async def close(self) -> None:
        """Let go of what is held."""
        ...


Opened = TypeVar("Opened", bound=Closable)


class Opening(Generic[Opened]):
    """``await`` it to have what is opened, or let an ``async with`` block open and close it."""

    def __init__(self, open_it: Callable[[], Coroutine[Any, Any, Opened]]) -> None:
        """Nothing is opened yet."""
        self._open = open_it
        self._opened: Opened | None = None

    def __await__(self) -> Generator[Any, None, Opened]:
        """What is opened; closing it is the caller's."""
        return self._open().__await__()

    async def __aenter__(self) -> Opened:
        """What is opened.

        Raises:
            CallOrderError: It was in a block before.
        """
        if self._opened is not None:
            state = "the block was entered before"
            raise CallOrderError(state, "make another one")
        self._opened = await self._open()
        return self._opened

    async def __aexit__(self, *_: object) -> None:
        """Closes it, whatever happened."""
        if self._opened is not None:
            await self._opened.close()
