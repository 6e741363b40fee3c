"""Batches of events, and the handlers that deal with them, retried and parked."""

import inspect
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Literal

import attrs

from coopledger._fields.reading import argument, invalid, positive, short_repr
from coopledger._frozen import frozen
from coopledger._log.chain import Recorded
from coopledger.errors import ArgumentError, StoreError, SubscriptionTakenError
from coopledger.stores import Store
from coopledger.stores.protocol import Parked
from coopledger.stores.waiting import poll
from coopledger.subscriptions.cursor import CursorLease, advanced_to

Failing = Literal["stop", "park"]

_FAILING = {"stop", "park"}
_LONGEST_ERROR = 1000
_NOT_RUN = "would never run: give a plain function; on asyncio, subscribe by coopledger.aio"
_OPEN = "is still in the transaction of the batch: commit or roll back before the handler returns"


@frozen(kw_only=True, eq=False)
class Batch:
    """Stretch of the log, with the events in it that the subscription is about.

    Attributes:
        events: Those events, in the order of their positions; there may be none.
        after: The position before the stretch.
        up_to: The last position of the stretch, whether that event is among these or not.
        replayed: Whether the subscription had been beyond it before: what was sent out then is
            not to be sent again.
        error: The error of its handler, if it was parked.
    """

    events: tuple[Recorded, ...]
    after: int
    up_to: int
    replayed: bool
    error: str | None = None
    _save: Callable[[object | None], None] = attrs.field(alias="save", repr=False)

    def save(self, *, connection: object | None = None) -> None:
        """Save that all of the batch is dealt with: the subscription goes on after it.

        A batch that was parked is parked no more. Batches are saved once each, in the order in
        which they come; one that is not saved comes again, when batches are next asked for.

        Args:
            connection: Your own connection to the file or database of the ledger, of sqlite3 or
                psycopg: saving becomes part of its transaction, and what you wrote
                there and the place in the log are committed together, or neither. Commit, or
                let an error roll it back, before the next batch is asked for.

        Raises:
            SubscriptionTakenError: Others have subscribed under this name since. Roll back what
                was written on the connection.
            CallOrderError: It is saved already, or a batch before it is not.
            ArgumentError: The connection cannot be used.
            StoreError: The store cannot be written.
                Nothing is saved in any of these cases.
        """
        self._save(connection)


Handle = Callable[[Batch], object]


def handler(value: Handle) -> Handle:
    """Return the plain function; raise E106 for anything else, such as a coroutine function."""
    if not callable(value):
        raise invalid(value, "is nothing that can be called: give a function of a batch")
    if _runs_later(value) or _runs_later(type(value).__call__):
        raise invalid(value, _NOT_RUN)
    return value


def _runs_later(value: object) -> bool:
    """Return whether to call the function only makes something whose body runs later."""
    kinds = inspect.iscoroutinefunction, inspect.isgeneratorfunction, inspect.isasyncgenfunction
    return any(is_kind(value) for is_kind in kinds)


def failing_choice(value: Failing) -> Failing:
    """Return what to do with a batch that fails; raise E106 for no such choice."""
    if value not in _FAILING:
        raise invalid(value, "is neither 'stop' nor 'park'")
    return value


def seconds(value: float) -> float:
    """Return the number of seconds, from 0, which may be infinite.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) not in {int, float}:
        raise invalid(value, "is no number of seconds")
    if not value >= 0:
        raise invalid(value, "is no length: give 0 or more seconds")
    return value


@frozen(kw_only=True)
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
        """Refuse a number of attempts or a pause that cannot be.

        Raises:
            ArgumentError: Names the argument.
        """
        argument("attempts", positive, self.attempts)
        argument("first_pause_seconds", seconds, self.first_pause_seconds)
        argument("longest_pause_seconds", seconds, self.longest_pause_seconds)

    def pauses(self) -> Iterator[float]:
        """Yield the seconds between the attempts, one fewer than there are attempts."""
        pause = self.first_pause_seconds
        for _ in range(self.attempts - 1):
            yield min(pause, self.longest_pause_seconds)
            pause *= 2


ONCE_AND_AGAIN = Retry()


class Stop:
    """Flag that ends all waiting of a subscription, set once and for good.

    No `threading.Event`: to set one takes a lock, which the very thread that a signal handler
    interrupts may hold.
    """

    def __init__(self) -> None:
        """Begin without the flag."""
        self._is_set = False

    def is_set(self) -> bool:
        """Return whether the flag was set."""
        return self._is_set

    def set(self) -> None:
        """Set the flag, from any thread or signal handler."""
        self._is_set = True


@frozen(kw_only=True)
class BatchRunner:
    """Gives batches to a handler: once, again after a failure, and at last aside if asked for.

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

    def run(self, batch: Batch) -> None:
        """Give the batch to the handler and save it, or park it; end early if stopped in between.

        Raises:
            Exception: What the handler raised last.
        """
        error = self._attempt(batch)
        for pause_seconds in self.retry.pauses():
            if error is None:
                return
            if poll(self.stopped.is_set, seconds=pause_seconds, stopped=self.stopped):
                return
            error = self._attempt(batch)
        if error is not None and self.failing == "stop":
            raise error
        if error is not None:
            with _preferring(error):
                self._park(batch, error)

    def _attempt(self, batch: Batch) -> Exception | None:
        """Return the error of the handler, once the store holds it too; None if there was none."""
        delivery = Delivery(store=self.lease.store)
        try:
            if batch.events:
                delivery.make(self.handle, batch)
            if self.lease.current().position == batch.after:
                batch.save()
        except SubscriptionTakenError:
            raise
        # With any error the batch is not dealt with, and the caller learns of it in the end.
        except Exception as error:
            if delivery.is_open():
                raise  # To note it in the store would be to wait for the handler's own lock.
            with _preferring(error):
                position = self._note(error)
            if position != batch.after:
                raise  # After the batch was saved: to try it again would be to do it twice.
            return error
        return None

    def _note(self, error: Exception) -> int:
        """Keep the error of the handler in the store; return the position of the subscription."""
        now = self.lease.current()
        failures = now.failures + 1
        self.lease.put(now, attrs.evolve(now, failures=failures, last_error=_error_text(error)))
        return now.position

    def _park(self, batch: Batch, error: Exception) -> None:
        """Put a batch aside and go on after it, in one step."""
        now = self.lease.current()
        parked = Parked(
            after=batch.after,
            up_to=batch.up_to,
            replayed=batch.replayed,
            error=_error_text(error),
            types=self.types,
        )
        self.lease.put(now, attrs.evolve(advanced_to(now, batch.up_to), parked=[parked]))


@frozen(kw_only=True)
class Delivery:
    """One batch in the hands of a handler.

    Attributes:
        store: Where the batch is saved.
        connections: The connections on which the handler saved it.
    """

    store: Store
    connections: list[object] = attrs.field(factory=list[object])

    def make(self, handle: Handle, batch: Batch) -> None:
        """Call the handler with the batch.

        Raises:
            ArgumentError: The handler leaves a transaction open, or has not run.
            Exception: Any error that the handler raises.
        """
        outcome = handle(attrs.evolve(batch, save=partial(self._save, batch)))
        _refuse_later(handle, outcome)
        still_open = list(filter(self.store.is_in_transaction, self.connections))
        if still_open:
            raise ArgumentError("connection", short_repr(still_open[0]), _OPEN)

    def is_open(self) -> bool:
        """Return whether the handler left open the transaction in which it saved the batch."""
        return any(map(self.store.is_in_transaction, self.connections))

    def _save(self, batch: Batch, connection: object | None) -> None:
        self.connections.append(connection)
        batch.save(connection=connection)


def _refuse_later(handle: Handle, outcome: object) -> None:
    """Refuse the outcome of a handler if its work is still to be done."""
    if not (inspect.isawaitable(outcome) or inspect.isgenerator(outcome)):
        return
    if isinstance(outcome, (Coroutine, Generator)):
        outcome.close()  # or Python warns that nobody awaited it
    raise ArgumentError("handle", short_repr(handle), _NOT_RUN)


@contextmanager
def _preferring(error: Exception) -> Generator[None, None, None]:
    """Raise the error of the handler, rather than the one of saving that it failed."""
    try:
        yield
    except StoreError as failure:
        error.add_note(f"The store could not be told of it: {failure}")
        raise error from failure


def _error_text(error: Exception) -> str:
    """Return the error as one text that every store can keep."""
    text = f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
    return text.replace("\x00", " ").encode(errors="replace").decode()
