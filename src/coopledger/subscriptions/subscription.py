"""Subscription: one named reader of a ledger, which hands out the log batch by batch."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from math import inf

import attrs

from coopledger._fields.reading import (
    argument,
    invalid,
    non_negative,
    optional_argument,
    require,
    tuple_of,
)
from coopledger._frozen import frozen
from coopledger._log.chain import Head, Recorded, Row, unbroken
from coopledger._log.codec import from_row, recorded
from coopledger._log.vocabulary import Vocabulary
from coopledger._recording.recorder import Recorder
from coopledger.errors import ArgumentError, CallOrderError, DamagedLogError
from coopledger.events import Event
from coopledger.stores import Store
from coopledger.stores.protocol import Cursor, Parked
from coopledger.subscriptions.cursor import CursorLease, advanced_to
from coopledger.subscriptions.handler import (
    ONCE_AND_AGAIN,
    Batch,
    BatchRunner,
    Failing,
    Handle,
    Retry,
    Stop,
    failing_choice,
    handler,
    seconds,
)

# A stretch without a wanted event ends here, so that a long way is saved on the way.
_LONGEST = 10_000


@frozen(kw_only=True)
class SubscriptionStatus:
    """State of a subscription.

    Attributes:
        name: Its name.
        position: Up to where everything is dealt with, or parked.
        lag: How many events have been recorded after that.
        reached: The greatest position that it ever was at; more than the position during a replay.
        parked: The batches that were put aside after their handler failed, by position.
        failures: How often in a row its handler has failed.
        last_error: Its last error; none once a batch is dealt with.
    """

    name: str
    position: int
    lag: int
    reached: int
    parked: tuple[Parked, ...]
    failures: int
    last_error: str | None

    def __str__(self) -> str:
        """Return the state on one line."""
        parked = f", {len(self.parked)} parked" if self.parked else ""
        failures = f"; failed {self.failures} times: {self.last_error}" if self.failures else ""
        return f"{self.name}: at position {self.position}, {self.lag} behind{parked}{failures}"


def status_of(cursor: Cursor, head: Head) -> SubscriptionStatus:
    """Return the status of the reader that has the cursor."""
    return SubscriptionStatus(
        name=cursor.name,
        position=cursor.position,
        lag=max(head.position - cursor.position, 0),
        reached=cursor.reached,
        parked=cursor.parked,
        failures=cursor.failures,
        last_error=cursor.last_error,
    )


@frozen(kw_only=True)
class LogReader:
    """Reader of the log of one ledger, which reads the wanted events stretch by stretch.

    Attributes:
        store: Where the log is kept.
        ledger: The name of the ledger.
        recorder: Knows how events are read, and those that this program has read already.
        tags: The wire tags of the wanted events; none for all.
        most: How many wanted events there may be in a stretch.
    """

    store: Store
    ledger: str
    recorder: Recorder
    tags: frozenset[str] | None
    most: int

    @property
    def types(self) -> str | None:
        """Return the tags of the wanted events as one text; none for all."""
        return None if self.tags is None else " ".join(sorted(self.tags))

    def stretches(self, after: int, end: float) -> Iterator[tuple[tuple[Recorded, ...], int]]:
        """Yield the wanted events of each stretch, and the last position of the stretch.

        Ends at the position given, or with what is recorded by then.

        Raises:
            DamagedLogError: An event is missing or cannot be read.
            NewerLogError: A newer version of coopledger recorded a wanted event.
            MissingPackError: A wanted event is of a pack that the ledger was not given.
        """
        events, position = list[Recorded](), after
        rows = self.store.read(self.ledger, after=after, up_to=None if end == inf else int(end))
        for row in unbroken(self.ledger, rows, after=after):
            position = row.position
            if self.tags is None or row.type in self.tags:
                events.append(self._recorded(row))
            if len(events) == self.most or position - after == _LONGEST:
                yield tuple(events), position
                events, after = [], position
        if position > after:
            yield tuple(events), position

    def stretches_around(
        self, parked: Iterable[Parked], after: int, end: float
    ) -> Iterator[tuple[tuple[Recorded, ...], int]]:
        """Yield stretches as `stretches` does, with an empty one in place of each parked batch."""
        for aside in parked:
            if after < aside.up_to and aside.after < end:
                yield from self.stretches(after, max(after, aside.after))
                after = int(min(aside.up_to, end))
                yield (), after
        yield from self.stretches(after, end)

    def events_of(self, parked: Parked) -> tuple[Recorded, ...]:
        """Return the events of a parked batch: those of the types that were wanted then."""
        tags = None if parked.types is None else frozenset(parked.types.split())
        stretches = attrs.evolve(self, tags=tags).stretches(parked.after, parked.up_to)
        return tuple(chain.from_iterable(events for events, _ in stretches))

    def _recorded(self, row: Row) -> Recorded:
        """Return the event of the row."""
        vocabulary = self.recorder.settings.vocabulary
        return recorded(row, from_row(self.ledger, row, vocabulary=vocabulary))


class Subscription:
    """One reader of a ledger, for one thread at a time; `Ledger.subscribe` gives it.

    Every event is handed out at least once, in order; a saved batch comes no more, unless it is
    asked for by `replay`.

    Attributes:
        name: Its name.
    """

    def __init__(self, log: LogReader, cursor: Cursor) -> None:
        """Go on from a cursor that was just taken."""
        self.name: str = cursor.name
        self._log = log
        self._store, self._ledger = log.store, log.ledger
        self._lease = CursorLease(
            store=log.store, ledger=log.ledger, name=cursor.name, epoch=cursor.epoch
        )
        self._stopped = Stop()

    def __repr__(self) -> str:
        """Return the name."""
        return f"Subscription({self.name!r})"

    @property
    def status(self) -> SubscriptionStatus:
        """Return the status of the subscription, as the store has it now."""
        return status_of(self._lease.latest(), self._store.head(self._ledger))

    def batches(self, *, wait_seconds: float = 0, until: int | None = None) -> Iterator[Batch]:
        """Yield the batches that are not saved yet, in the order of the log.

        The next batch comes whether the last one was saved or not; a batch that is never saved
        comes again the next time that batches are asked for.

        Args:
            wait_seconds: How long to wait for more once all is handed out; ``math.inf`` waits
                until `stop`.
            until: The position at which to end.

        Raises:
            SubscriptionTakenError: Others have subscribed under this name since.
            DamagedLogError: The log is not what was recorded, or shorter than it was.
            NewerLogError: A newer version of coopledger recorded an event.
            MissingPackError: An event is of a pack that the ledger was not given.
            StoreError: The store cannot be read.
            ArgumentError: An argument cannot be used.
        """
        wait_seconds = argument("wait_seconds", seconds, wait_seconds)
        until = optional_argument("until", non_negative, until)
        return self._batches(wait_seconds, inf if until is None else until)

    def run(
        self,
        handle: Handle,
        *,
        failing: Failing = "stop",
        retry: Retry = ONCE_AND_AGAIN,
        wait_seconds: float = 0,
        until: int | None = None,
    ) -> None:
        """Give each batch that holds events to a handler, and save it when that returns.

        A handler may save the batch itself, on a connection of its own, and then commits or rolls
        back before it returns or raises. A batch on which it fails is tried again, and never
        passed over in silence. An error after the batch is saved and committed is noted in the
        status and raised at once: to try the batch again, or park it, would be to do it twice.

        Args:
            handle: Deals with a batch; any exception that it raises is a failure. A plain
                function: one with ``async`` or ``yield`` would not run.
            failing: After the last attempt, ``stop`` raises what the handler raised; ``park``
                puts the batch aside, to be found under `parked`, and goes on.
            retry: How often, and with which pauses, a batch is tried.
            wait_seconds: As for `batches`.
            until: As for `batches`.

        Raises:
            SubscriptionTakenError: Others have subscribed under this name since.
            ArgumentError: An argument cannot be used, or the handler returned in the midst of the
                transaction in which it saved the batch.
            Exception: What the handler raised: after the last attempt; at once after it saved the
                batch, and if its transaction is still open or the store cannot save that it failed.
        """
        runner = BatchRunner(
            lease=self._lease,
            types=self._log.types,
            handle=argument("handle", handler, handle),
            failing=argument("failing", failing_choice, failing),
            retry=argument("retry", _retry, retry),
            stopped=self._stopped,
        )
        for batch in self.batches(wait_seconds=wait_seconds, until=until):
            runner.run(batch)

    def stop(self) -> None:
        """End all waiting; no batch is handed out any more.

        May be called from another thread and from a signal handler.
        """
        self._stopped.set()

    def parked(self) -> Iterator[Batch]:
        """Yield the batches that were put aside, in the order of the log, each with its ``error``.

        Each holds the events that it held then, though the subscription may be about other types
        now. A batch that is saved is parked no more.

        Raises:
            SubscriptionTakenError: Others have subscribed under this name since.
            StoreError: The store cannot be read.
        """
        for parked in self._lease.parked():
            yield Batch(
                events=self._log.events_of(parked),
                after=parked.after,
                up_to=parked.up_to,
                replayed=parked.replayed,
                error=parked.error,
                save=partial(self._save_parked, parked),
            )

    def replay(self, *, after: int = 0) -> None:
        """Go back, so that the batches after the position come again.

        Batches up to where the subscription was before are marked as replayed. Parked batches
        stay parked, and are passed over: they come in `parked` alone, so that nothing is dealt
        with twice.

        Args:
            after: The position.

        Raises:
            SubscriptionTakenError: Others have subscribed under this name since.
            ArgumentError: The subscription has not yet been at that position.
            StoreError: The store cannot be written.
        """
        after = argument("after", non_negative, after)
        now = self._lease.current()
        if after > now.reached:
            remedy = f"is further than it has been, which is position {now.reached}"
            raise ArgumentError("after", str(after), remedy)
        self._lease.put(now, attrs.evolve(now, position=after, failures=0, last_error=None))

    def _batches(self, wait_seconds: float, until: float) -> Iterator[Batch]:
        """Yield the batches up to a position, as long as the subscription is not stopped."""
        cursor, has_more = self._lease.current(), False
        self._refuse_shorter(cursor)
        while not self._stopped.is_set() and cursor.position < until:
            start = cursor.position
            for batch, next_cursor in self._batches_after(cursor, until):
                yield batch
                cursor = next_cursor
                self._lease.current()  # A reader whose name was taken hands out nothing more.
                if self._stopped.is_set():
                    return
            if cursor.position > start:
                has_more = False
                continue
            if has_more:
                raise DamagedLogError(self._ledger, start + 1, "missing: the head is beyond it")
            has_more = self._store.wait(
                self._ledger, after=start, seconds=wait_seconds, stopped=self._stopped
            )
            if not has_more:
                return
            self._lease.current()

    def _batches_after(self, cursor: Cursor, until: float) -> Iterator[tuple[Batch, Cursor]]:
        """Yield the batches after a cursor, replayed or new, each with the cursor after it."""
        replayed = cursor.position < cursor.reached
        end = min(until, cursor.reached) if replayed else until
        parked = self._lease.parked() if replayed else ()
        for events, up_to in self._log.stretches_around(parked, cursor.position, end):
            next_cursor = advanced_to(cursor, up_to)
            batch = Batch(
                events=events,
                after=cursor.position,
                up_to=up_to,
                replayed=replayed,
                save=partial(self._lease.put, cursor, next_cursor),
            )
            yield batch, next_cursor
            cursor = next_cursor

    def _save_parked(self, parked: Parked, connection: object | None) -> None:
        """Save a parked batch as done, which takes it out of the parked ones."""
        if parked not in self._lease.parked():
            state = f"batch {parked.after + 1} to {parked.up_to} is parked no more"
            raise CallOrderError(state, "save each batch once")
        now = self._lease.current()
        self._lease.put(attrs.evolve(now, parked=[parked]), now, connection)

    def _refuse_shorter(self, cursor: Cursor) -> None:
        """Refuse a log that ends before a position where the subscription has been."""
        head = self._store.head(self._ledger).position
        if head < cursor.reached:
            reason = f"missing: subscription {self.name!r} was at position {cursor.reached} before"
            remedy = f"if an old copy was put back, subscribe under another name with after={head}"
            raise DamagedLogError(self._ledger, head + 1, f"{reason}; {remedy}")


def _retry(value: Retry) -> Retry:
    """Return the value, if it is a `Retry`; raise E106 for anything else."""
    require(value, Retry, "is no Retry: give one of coopledger.subscriptions")
    return value


def take_subscription(log: LogReader, name: str, *, after: int) -> Subscription:
    """Take the cursor of that name in the store; a new one begins after the position.

    Raises:
        ArgumentError: The position is beyond the last event.
        StoreError: The store cannot be written.
    """
    head = log.store.head(log.ledger)
    if after > head.position:
        remedy = f"is beyond the last event, which is at position {head.position}"
        raise ArgumentError("after", str(after), remedy)
    return Subscription(log, log.store.take_cursor(log.ledger, name, after=after))


def subscribed_types(vocabulary: Vocabulary, types: object) -> frozenset[str]:
    """Return the wire tags of one event type or several; raise E106 for anything else."""
    unknown = "is no event type of this ledger"

    def tag(cls: type[Event]) -> str:
        require(cls, type, unknown)
        if cls not in vocabulary:
            raise invalid(cls, unknown)
        return vocabulary.tag_of(cls)[0]

    tags = frozenset(tuple_of(types, tag))
    if not tags:
        raise invalid(types, "names no event type: leave it out for all of them")
    return tags
