"""The front door for programs on asyncio."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from functools import partial, wraps
from typing import Any, Concatenate, Final, ParamSpec, Self, TypeVar

from coopledger import ledger as plain
from coopledger.aio.opening import Opening, opening_of
from coopledger.aio.subscription import Subscription
from coopledger.aio.threads import ledger_threads
from coopledger.interchange.progress import Progress
from coopledger.proof import Checkpoint
from coopledger.record import Recorded
from coopledger.subscriptions import Subscription as PlainSubscription

__all__ = ["Ledger"]

Given = TypeVar("Given")
Arguments = ParamSpec("Arguments")
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
