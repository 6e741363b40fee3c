"""Ledgers and subscriptions to be opened: awaited, or used in an ``async with`` block."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from functools import partial, wraps
from typing import Any, Concatenate, Final, Generic, ParamSpec, Protocol, Self, TypeVar

from coopledger import ledger as plain
from coopledger._interchange.progress import Progress
from coopledger._log.chain import Recorded
from coopledger._log.checkpoints import Checkpoint
from coopledger.aio._threads import ledger_threads
from coopledger.aio.subscription import Subscription
from coopledger.errors import CallOrderError
from coopledger.subscriptions import Subscription as PlainSubscription


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


# The front door for programs on asyncio.

Given = TypeVar("Given")
_Method = Callable[Concatenate[plain.Ledger, Arguments], Given]
_Coroutine = Callable[Concatenate["Ledger", Arguments], Coroutine[Any, Any, Given]]

_EVENTS_AT_ONCE = 1000


def _writing(method: _Method[Arguments, Given]) -> _Coroutine[Arguments, Given]:
    """Return the method as a coroutine, in turn with the others that write."""

    @wraps(method)
    async def call(self: "Ledger", /, *args: Arguments.args, **named: Arguments.kwargs) -> Given:
        return await self.write(lambda ledger: method(ledger, *args, **named))

    return call


def _reading(method: _Method[Arguments, Given]) -> _Coroutine[Arguments, Given]:
    """Return the method as a coroutine, at the same time as others."""

    @wraps(method)
    async def call(self: "Ledger", /, *args: Arguments.args, **named: Arguments.kwargs) -> Given:
        return await self.read(lambda ledger: method(ledger, *args, **named))

    return call


def _front(ledger: plain.Ledger) -> "Ledger":
    """Return the front to a ledger, once it is open."""
    return Ledger(ledger)


def _subscribing(
    subscribed: _Method[Arguments, PlainSubscription],
) -> Callable[Concatenate["Ledger", Arguments], Opening[Subscription]]:
    """Return the way to subscribe, to be awaited or used in a block."""

    @wraps(subscribed)
    def call(
        self: "Ledger", /, *args: Arguments.args, **named: Arguments.kwargs
    ) -> Opening[Subscription]:
        async def taken() -> Subscription:
            return Subscription(await self.write(lambda it: subscribed(it, *args, **named)))

        return Opening(taken)

    return call


class Ledger:
    """Ledger whose calls are awaited: each runs in a thread, and the event loop goes on.

    Many tasks may use it, of one event loop or several. What they record is recorded in the
    order in which they ask. A task that is cancelled while its call waits for its turn has
    recorded nothing; once the call is under way, it ends first.

    Attributes:
        name: The name of the ledger.
        timezone: The zone that says which day an instant belongs to.
    """

    def __init__(self, ledger: plain.Ledger) -> None:
        """Wrap a ledger that is open; closing this closes it."""
        self._ledger = ledger
        self.name: str = ledger.name
        self.timezone: str = ledger.timezone
        self._threads = ledger_threads()

    open: Final = staticmethod(opening_of(plain.Ledger.open, _front))
    in_memory: Final = staticmethod(opening_of(plain.Ledger.in_memory, _front))

    record: Final = _writing(plain.Ledger.record)
    import_jsonl: Final = _writing(plain.Ledger.import_jsonl)
    restore_jsonl: Final = _writing(plain.Ledger.restore_jsonl)

    subscribe: Final = _subscribing(plain.Ledger.subscribe)
    subscriptions: Final = _reading(plain.Ledger.subscriptions)

    view: Final = _reading(plain.Ledger.view)
    check: Final = _reading(plain.Ledger.check)
    verify: Final = _reading(plain.Ledger.verify)
    checkpoint: Final = _reading(plain.Ledger.checkpoint)
    export_jsonl: Final = _reading(plain.Ledger.export_jsonl)
    backup: Final = _reading(plain.Ledger.backup)
    _events: Final = _reading(plain.Ledger.events)

    def __repr__(self) -> str:
        """Return the name and the zone."""
        return f"aio.{self._ledger!r}"

    async def __aenter__(self) -> Self:
        """Return the ledger itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the ledger."""
        await self.close()

    async def position(self) -> int:
        """Return the position of the last event; 0 for an empty ledger."""
        return await self.read(lambda ledger: ledger.position)

    async def events(self, *, after: int = 0) -> AsyncIterator[Recorded]:
        """Yield the events as recorded, in the order of their positions, after the given one.

        Those that there are when the first is asked for. Other tasks run in between.

        Raises:
            ArgumentError: The position is no whole number from 0.
        """
        found = await self._events(after=after)
        for number, recorded in enumerate(found, 1):
            yield recorded
            if number % _EVENTS_AT_ONCE == 0:
                await asyncio.sleep(0)

    async def write(self, call: Callable[[plain.Ledger], Given]) -> Given:
        """Return what the call gives, made in a thread with the ledger, in turn with writers.

        For what has no coroutine here, such as `transaction`, and for several calls as one.
        """
        return await self._threads.write(partial(call, self._ledger))

    async def read(self, call: Callable[[plain.Ledger], Given]) -> Given:
        """Return what the call gives, made in a thread with the ledger, at the same time as others.

        For answers that take their time: the first that needs the whole board folds all of it.
        """
        return await self._threads.read(partial(call, self._ledger))

    async def copy_to(self, other: "Ledger", *, progress: Progress | None = None) -> Checkpoint:
        """Copy every event into an empty ledger of that name; return how far the copy reaches."""
        return await other.write(lambda it: self._ledger.copy_to(it, progress=progress))

    async def close(self) -> None:
        """Let go of the store, after what is under way; views made before go on answering.

        Also when the task is cancelled meanwhile.
        """
        await self._threads.close(self._ledger.close)
