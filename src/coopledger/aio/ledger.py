"""Ledger and ledgers of a store whose calls are awaited, each made in a thread.

`Opening` is what opening one gives: to be awaited, or used in an ``async with`` block.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Generator
from functools import partial, wraps
from typing import Any, Concatenate, Final, Generic, ParamSpec, Protocol, Self, TypeVar

from coopledger import ledger as plain
from coopledger import ledgers as plain_ledgers
from coopledger._log.chain import Recorded
from coopledger._log.checkpoints import Checkpoint
from coopledger._progress import Progress
from coopledger.aio._threads import Threads, ledger_threads
from coopledger.aio.subscription import Subscription
from coopledger.errors import CallOrderError
from coopledger.subscriptions import Subscription as PlainSubscription


class Closable(Protocol):
    """Front that is closed by a coroutine."""

    async def close(self) -> None:
        """Let go of all that is held."""
        ...


class ClosableAtOnce(Protocol):
    """Ledger, or ledgers, closed by a plain call."""

    def close(self) -> None:
        """Let go of all that is held."""
        ...


Result = TypeVar("Result")
Opened = TypeVar("Opened", bound=Closable)
Wrapped = TypeVar("Wrapped", bound=ClosableAtOnce)
Arguments = ParamSpec("Arguments")
Method = Callable[Concatenate[plain.Ledger, Arguments], Result]
AwaitedMethod = Callable[Concatenate["Ledger", Arguments], Coroutine[Any, Any, Result]]

_EVENTS_AT_ONCE = 1000


class Opening(Generic[Opened]):
    """Ledger or subscription to be opened: by ``await``, or for an ``async with`` block."""

    def __init__(self, open_it: Callable[[], Coroutine[Any, Any, Opened]]) -> None:
        """Keep the function that opens; nothing is opened yet."""
        self._open = open_it
        self._opened: Opened | None = None

    def __await__(self) -> Generator[Any, None, Opened]:
        """Open the ledger or subscription, which the caller is to close."""
        return self._open().__await__()

    async def __aenter__(self) -> Opened:
        """Open the ledger or subscription, and return it for the block.

        Raises:
            CallOrderError: It was in a block before.
        """
        if self._opened is not None:
            state = "the block was entered before"
            raise CallOrderError(state, "make another one")
        self._opened = await self._open()
        return self._opened

    async def __aexit__(self, *_: object) -> None:
        """Close what was opened, also after an exception in the block."""
        if self._opened is not None:
            await self._opened.close()


def _opening_of(
    open_plain: Callable[Arguments, Wrapped], front: Callable[[Wrapped], Opened]
) -> Callable[Arguments, Opening[Opened]]:
    """Return a function that gives the opening of a front to what the plain one opens."""

    @wraps(open_plain)
    def call(*args: Arguments.args, **options: Arguments.kwargs) -> Opening[Opened]:
        async def open_front() -> Opened:
            return front(await _open_plain(partial(open_plain, *args, **options)))

        return Opening(open_front)

    return call


async def _open_plain(open_plain: Callable[[], Wrapped]) -> Wrapped:
    """Open a plain ledger in a thread; close it again if nobody waits for it any more."""
    threads, ledgers = ledger_threads(), list[Wrapped]()
    try:
        await threads.write(lambda: ledgers.append(open_plain()))
    except BaseException:
        for each in ledgers:
            each.close()
        raise
    finally:
        await threads.close()
    return ledgers[0]


def _writing(method: Method[Arguments, Result]) -> AwaitedMethod[Arguments, Result]:
    """Return the method as a coroutine, in turn with the others that write."""

    @wraps(method)
    async def call(self: "Ledger", /, *args: Arguments.args, **options: Arguments.kwargs) -> Result:
        return await self.write(lambda ledger: method(ledger, *args, **options))

    return call


def _reading(method: Method[Arguments, Result]) -> AwaitedMethod[Arguments, Result]:
    """Return the method as a coroutine, at the same time as others."""

    @wraps(method)
    async def call(self: "Ledger", /, *args: Arguments.args, **options: Arguments.kwargs) -> Result:
        return await self.read(lambda ledger: method(ledger, *args, **options))

    return call


def _front(ledger: plain.Ledger) -> "Ledger":
    """Return the front to a ledger, once it is open."""
    return Ledger(ledger)


def _subscribing(
    subscribe: Method[Arguments, PlainSubscription],
) -> Callable[Concatenate["Ledger", Arguments], Opening[Subscription]]:
    """Return the method as one that gives the opening of a subscription."""

    @wraps(subscribe)
    def call(
        self: "Ledger", /, *args: Arguments.args, **options: Arguments.kwargs
    ) -> Opening[Subscription]:
        async def take() -> Subscription:
            return Subscription(
                await self.write(lambda ledger: subscribe(ledger, *args, **options))
            )

        return Opening(take)

    return call


class Ledger:
    """Ledger whose calls are awaited: each runs in a thread, and the event loop goes on.

    Many tasks may use it, of one event loop or several. What they record is recorded in the
    order in which they ask. A task that is cancelled while its call waits for its turn has
    recorded nothing; once the call is under way, it ends first.

    Attributes:
        name: The name of the ledger.
    """

    def __init__(self, ledger: plain.Ledger) -> None:
        """Wrap a ledger that is open; closing this closes it."""
        self._ledger = ledger
        self.name: str = ledger.name
        self._threads = ledger_threads()

    open: Final = staticmethod(_opening_of(plain.Ledger.open, _front))
    in_memory: Final = staticmethod(_opening_of(plain.Ledger.in_memory, _front))

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

    @property
    def timezone(self) -> str:
        """Return the zone that says which day an instant belongs to; that of the log."""
        return self._ledger.timezone

    async def position(self) -> int:
        """Return the position of the last event; 0 for an empty ledger."""
        return await self.read(lambda ledger: ledger.position)

    async def events(self, *, after: int = 0) -> AsyncIterator[Recorded]:
        """Yield the events as recorded, in the order of their positions, after the given one.

        Only events that are recorded when the first is asked for. Other tasks run in between.

        Raises:
            ArgumentError: The position is no whole number from 0.
        """
        events = await self._events(after=after)
        for number, recorded in enumerate(events, 1):
            yield recorded
            if number % _EVENTS_AT_ONCE == 0:
                await asyncio.sleep(0)

    async def write(self, call: Callable[[plain.Ledger], Result]) -> Result:
        """Return the result of the call, made in a thread in turn with writers.

        For calls that have no coroutine here, such as `transaction`, and for several calls as one.
        """
        return await self._threads.write(partial(call, self._ledger))

    async def read(self, call: Callable[[plain.Ledger], Result]) -> Result:
        """Return the result of the call, made in a thread at the same time as others.

        For answers that take their time: the first that needs the whole board folds all of it.
        """
        return await self._threads.read(partial(call, self._ledger))

    async def copy_to(self, other: "Ledger", *, progress: Progress | None = None) -> Checkpoint:
        """Copy every event into an empty ledger of the same name; return its checkpoint.

        Args:
            other: The other ledger, which is empty.
            progress: Called now and then, in a thread, with the number of events copied, and of
                how many.

        Raises:
            StoreConflictError: The other ledger holds events.
            DamagedLogError: The log is not what was recorded.
            StoreError: The one store cannot be read, or the other not be written.
            ArgumentError: An argument cannot be used.
        """
        return await other.write(partial(self._ledger.copy_to, progress=progress))

    async def close(self) -> None:
        """Let go of the store, after what is under way; views then answer only what they have read.

        Also when the task is cancelled meanwhile.
        """
        await self._threads.close(self._ledger.close)


def _front_of_all(ledgers: plain_ledgers.Ledgers) -> "Ledgers":
    """Return the front to the ledgers, once they are open."""
    return Ledgers(ledgers)


class Ledgers:
    """Ledgers of one file or database, whose calls are awaited.

    All of them share the threads: what is recorded in any of them is recorded in the order in
    which it is asked for.
    """

    def __init__(self, ledgers: plain_ledgers.Ledgers) -> None:
        """Wrap ledgers that are open; closing this closes them."""
        self._ledgers = ledgers
        self._threads = ledger_threads()
        self._fronts: dict[str, Ledger] = {}

    open: Final = staticmethod(_opening_of(plain_ledgers.Ledgers.open, _front_of_all))

    def __repr__(self) -> str:
        """Return the number of ledgers that are opened."""
        return f"<aio.{repr(self._ledgers)[1:]}"

    async def __aenter__(self) -> Self:
        """Return the ledgers themselves."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the store."""
        await self.close()

    async def names(self) -> tuple[str, ...]:
        """Return the names of the ledgers that hold events, in code point order."""
        return await self.read(tuple[str, ...])

    async def get(self, name: str) -> Ledger | None:
        """Return the ledger of that name, or None if it holds no events."""
        ledger = await self.read(lambda ledgers: ledgers.get(name))
        return None if ledger is None else self._front(ledger)

    async def named(self, name: str) -> Ledger:
        """Return the ledger of that name, always the same object, even if it holds no events yet.

        To close it does nothing: it is closed with the others.

        Raises:
            ArgumentError: It cannot be the name of a ledger.
        """
        return self._front(await self.read(lambda ledgers: ledgers.named(name)))

    async def backup(
        self, path: str | os.PathLike[str], *, progress: Progress | None = None
    ) -> tuple[Checkpoint, ...]:
        """Copy the file of all the ledgers, while others record; return checkpoints of the copy.

        Args:
            path: Where to; ``~`` is the home folder.
            progress: Called now and then, in a thread, with the number of bytes copied, and of
                how many.

        Raises:
            DamagedLogError: A log in the file is not what was recorded.
            StoreError: The ledgers have no file of their own, or the copy cannot be written, or
                the file at the path is no coopledger log, or some program has it open.
            NewerLogError: A newer version of coopledger made the file at the path.
            ArgumentError: An argument cannot be used.
        """
        return await self.read(lambda ledgers: ledgers.backup(path, progress=progress))

    async def write(self, call: Callable[[plain_ledgers.Ledgers], Result]) -> Result:
        """Return the result of the call, made in a thread in turn with writers."""
        return await self._threads.write(partial(call, self._ledgers))

    async def read(self, call: Callable[[plain_ledgers.Ledgers], Result]) -> Result:
        """Return the result of the call, made in a thread at the same time as others."""
        return await self._threads.read(partial(call, self._ledgers))

    async def close(self) -> None:
        """Let go of the store, after what is under way; views then answer only what they have read.

        Also when the task is cancelled meanwhile.
        """
        await self._threads.close(self._ledgers.close)

    def _front(self, ledger: plain.Ledger) -> Ledger:
        """Return the one front to a ledger, which uses the threads of all."""
        return self._fronts.setdefault(ledger.name, _OneOfMany(ledger, self._threads))


class _OneOfMany(Ledger):
    """Ledger whose store and threads are those of others too."""

    def __init__(self, ledger: plain.Ledger, threads: Threads) -> None:
        """Use the threads of all the ledgers."""
        super().__init__(ledger)
        self._threads = threads

    async def close(self) -> None:
        """Do nothing: the ledgers are closed together."""
