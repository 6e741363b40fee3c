"""How often something is tried, and how long one waits in between."""

import inspect
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Literal

import attrs

from coopledger._fields.reading import argument, invalid, positive, short_repr
from coopledger.errors import ArgumentError, StoreError, SubscriptionTakenError
from coopledger.stores import Store
from coopledger.stores.protocol import Parked, poll
from coopledger.subscriptions.batch import Batch, Stop
from coopledger.subscriptions.cursor import CursorLease, advanced_to


def seconds(value: float) -> float:
    """A length in seconds, from 0, which may be infinite.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) not in {int, float}:
        raise invalid(value, "is no number of seconds")
    if not value >= 0:
        raise invalid(value, "is no length: give 0 or more seconds")
    return value


@attrs.frozen(kw_only=True)
class Retry:
    """How often a batch is tried, and how long to wait in between: twice as long each time.

    Attributes:
        attempts: How often in all, 1 or more.
        first_pause_seconds: How long to wait after the first.
        longest_pause_seconds: The longest that is waited.
    """

    attempts: int = 5
    first_pause_seconds: float = 0.5
    longest_pause_seconds: float = 60.0

    def __attrs_post_init__(self) -> None:
        """Refuse what is no number.

        Raises:
            ArgumentError: Names the argument.
        """
        argument("attempts", positive, self.attempts)
        argument("first_pause_seconds", seconds, self.first_pause_seconds)
        argument("longest_pause_seconds", seconds, self.longest_pause_seconds)

    def pauses(self) -> Iterator[float]:
        """The seconds between the attempts, one fewer than there are attempts."""
        pause = self.first_pause_seconds
        for _ in range(self.attempts - 1):
            yield min(pause, self.longest_pause_seconds)
            pause *= 2


ONCE_AND_AGAIN = Retry()


# What a caller gives to deal with batches: read strictly, and watched for what it leaves.

Handle = Callable[[Batch], object]

_NOT_RUN = "would never run: give a plain function; on asyncio, subscribe by coopledger.aio"
_OPEN = "is still in the transaction of the batch: commit or roll back before the handler returns"


def handler(value: Handle) -> Handle:
    """A plain function; E106 for anything else, such as one whose body runs only later."""
    if not callable(value):
        raise invalid(value, "is nothing that can be called: give a function of a batch")
    if _is_later(value) or _is_later(type(value).__call__):
        raise invalid(value, _NOT_RUN)
    return value


def _is_later(value: object) -> bool:
    kinds = inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction
    return any(is_kind(value) for is_kind in kinds)


@attrs.frozen(kw_only=True)
class Delivery:
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
            raise ArgumentError("connection", short_repr(connection), _OPEN)

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
    raise ArgumentError("handle", short_repr(handle), _NOT_RUN)


# Batches are given to a handler: tried, tried again, and put aside if asked for.

Failing = Literal["stop", "park"]

_FAILING = {"stop", "park"}
_LONGEST_ERROR = 1000


def how_failing(value: Failing) -> Failing:
    """What to do with a batch that fails; E106 for anything else."""
    if value not in _FAILING:
        raise invalid(value, "is neither 'stop' nor 'park'")
    return value


@attrs.frozen(kw_only=True)
class BatchRunner:
    """How batches are dealt with.

    Attributes:
        lease: The right to move the cursor.
        types: The tags of the wanted events as one text; none for all.
        handle: Deals with a batch.
        failing: What is done after the last attempt.
        retry: How often a batch is tried.
        stopped: Ends the pauses between attempts.
    """

    lease: CursorLease
    types: str | None
    handle: Handle
    failing: Failing
    retry: Retry
    stopped: Stop

    def deal_with(self, batch: Batch) -> None:
        """Have a batch dealt with and saved, or put aside; not if it is stopped in between.

        Raises:
            Exception: What the handler raised last.
        """
        error = self._attempt(batch)
        for pause_seconds in self.retry.pauses():
            if error is None or self._is_stopped_within(pause_seconds):
                return
            error = self._attempt(batch)
        if error is not None and self.failing == "stop":
            raise error
        if error is not None:
            with _rather(error):
                self._park(batch, error)

    def _is_stopped_within(self, seconds: float) -> bool:
        return poll(self.stopped.is_set, seconds=seconds, stopped=self.stopped)

    def _attempt(self, batch: Batch) -> Exception | None:
        """What the handler failed with, which the store then knows too; none if it did not."""
        handover = Delivery(store=self.lease.store)
        try:
            if batch.events:
                handover.make(self.handle, batch)
            if self.lease.current().position == batch.after:
                batch.save()
        except SubscriptionTakenError:
            raise
        # Whatever it is, the batch is not dealt with, and that is told in the end.
        except Exception as error:
            if handover.is_open():
                raise  # To note it in the store would be to wait for the handler's own lock.
            with _rather(error):
                position = self._note(error)
            if position != batch.after:
                raise  # After the batch was saved: to try it again would be to do it twice.
            return error
        return None

    def _note(self, error: Exception) -> int:
        """Keep in the store what the handler failed with; where the subscription is then."""
        now = self.lease.current()
        noted = attrs.evolve(now, failures=now.failures + 1, last_error=_told(error))
        self.lease.put(now, noted)
        return now.position

    def _park(self, batch: Batch, error: Exception) -> None:
        """Put a batch aside and go on after it, in one step."""
        now = self.lease.current()
        parked = Parked(
            after=batch.after,
            up_to=batch.up_to,
            replayed=batch.replayed,
            error=_told(error),
            types=self.types,
        )
        self.lease.put(now, attrs.evolve(advanced_to(now, batch.up_to), parked=[parked]))


@contextmanager
def _rather(error: Exception) -> Generator[None, None, None]:
    """Raises what a handler failed with, rather than that the store could not be told of it."""
    try:
        yield
    except StoreError as failure:
        error.add_note(f"The store could not be told of it: {failure}")
        raise error from failure


def _told(error: Exception) -> str:
    """An error as one text that every store can keep."""
    told = f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
    return told.replace("\x00", " ").encode(errors="replace").decode()
