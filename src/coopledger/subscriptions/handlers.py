"""What a caller gives to deal with batches: read strictly, and watched for what it leaves."""

import inspect
from collections.abc import Callable, Coroutine, Generator
from functools import partial

import attrs

from coopledger.errors import ArgumentError
from coopledger.fields import shown, wrong
from coopledger.stores import Store
from coopledger.subscriptions.batches import Batch

__all__ = ["Handle", "Handover", "handler"]

Handle = Callable[[Batch], object]

_NOT_RUN = "would never run: give a plain function; on asyncio, subscribe by coopledger.aio"
_OPEN = "is still in the transaction of the batch: commit or roll back before the handler returns"


def handler(value: Handle) -> Handle:
    """A plain function; E106 for anything else, such as one whose body runs only later."""
    if not callable(value):
        raise wrong(value, "is nothing that can be called: give a function of a batch")
    if _is_later(value) or _is_later(type(value).__call__):
        raise wrong(value, _NOT_RUN)
    return value


def _is_later(value: object) -> bool:
    kinds = inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction
    return any(is_kind(value) for is_kind in kinds)


@attrs.frozen(kw_only=True)
class Handover:
    """One batch in the hands of a handler.

    Attributes:
        store: Where the batch is saved.
        used: The connections on which the handler saved it.
    """

    store: Store
    used: list[object] = attrs.field(factory=list[object])

    def make(self, handle: Handle, batch: Batch) -> None:
        """Have the batch dealt with.

        Raises:
            ArgumentError: The handler leaves a transaction open, or has not run.
            Exception: Whatever the handler raises.
        """
        given = attrs.evolve(batch, save=partial(self._save, batch))
        _refuse_later(handle, handle(given))
        for connection in filter(self.store.is_in_transaction, self.used):
            raise ArgumentError("connection", shown(connection), _OPEN)

    def is_open(self) -> bool:
        """Whether the handler left open the transaction in which it saved the batch."""
        return any(map(self.store.is_in_transaction, self.used))

    def _save(self, batch: Batch, connection: object | None) -> None:
        self.used.append(connection)
        batch.save(connection=connection)


def _refuse_later(handle: Handle, outcome: object) -> None:
    """Refuse what a handler gave back if its work is still to be done."""
    if not (inspect.isawaitable(outcome) or inspect.isgenerator(outcome)):
        return
    if isinstance(outcome, (Coroutine, Generator)):
        outcome.close()  # or Python warns that nobody awaited it
    raise ArgumentError("handle", shown(handle), _NOT_RUN)
