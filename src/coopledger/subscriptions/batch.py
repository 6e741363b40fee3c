"""What a subscription hands out: a stretch of the log, to be dealt with as one."""

from collections.abc import Callable, Iterable, Iterator
from math import inf

import attrs

from coopledger._log.chain import Recorded, Row, unbroken
from coopledger._log.codec import from_row, recorded
from coopledger._recording.recorder import Recorder
from coopledger.stores import Store
from coopledger.stores.protocol import Parked


@attrs.frozen(kw_only=True, eq=False)
class Batch:
    """A stretch of the log, with the events in it that the subscription is about.

    Attributes:
        events: Those events, in the order of their positions; there may be none.
        after: The position before the stretch.
        up_to: The last position of the stretch, whether that event is among these or not.
        replayed: Whether the subscription had been beyond it before: what was sent out then is
            not to be sent again.
        error: What dealing with it failed with, if it was parked.
    """

    events: tuple[Recorded, ...]
    after: int
    up_to: int
    replayed: bool
    error: str | None = None
    _save: Callable[[object | None], None] = attrs.field(alias="save", repr=False)

    def save(self, *, connection: object | None = None) -> None:
        """Say that all of it is dealt with: the subscription goes on after it.

        A batch that was parked is parked no more. Batches are saved once each, in the order in
        which they come; one that is not saved comes again, when batches are next asked for.

        Args:
            connection: Your own connection to the file or database in which the ledger lies, of
                sqlite3 or psycopg: saving becomes part of its transaction, and what you wrote
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


# The flag that ends all waiting of a subscription.


class Stop:
    """Set once, and for good.

    No `threading.Event`: to set one takes a lock, which the very thread that a signal handler
    interrupts may hold.
    """

    def __init__(self) -> None:
        """Not set."""
        self._is_set = False

    def is_set(self) -> bool:
        """Whether it was set."""
        return self._is_set

    def set(self) -> None:
        """Set it, from wherever."""
        self._is_set = True


# Stretches of a log, with the events that a subscription is about.

# A stretch without a wanted event ends here, so that a long way is saved on the way.
_LONGEST = 10_000


@attrs.frozen(kw_only=True)
class Reader:
    """Reads a ledger stretch by stretch.

    Attributes:
        store: Where the log lies.
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

    def stretches(self, after: int, end: float) -> Iterator[tuple[tuple[Recorded, ...], int]]:
        """Stretch by stretch, the wanted events in it and its last position.

        Ends at the position given, or with what is recorded by then.

        Raises:
            DamagedLogError: An event is missing or cannot be read.
            NewerLogError: A newer version of coopledger recorded a wanted event.
            MissingPackError: A wanted event is of a pack that the ledger was not given.
        """
        events, position = list[Recorded](), after
        for row in self._rows(after, None if end == inf else int(end)):
            position = row.position
            if self._is_wanted(row):
                events.append(self._recorded(row))
            if len(events) == self.most or position - after == _LONGEST:
                yield tuple(events), position
                events, after = [], position
        if position > after:
            yield tuple(events), position

    def around(
        self, parked: Iterable[Parked], after: int, end: float
    ) -> Iterator[tuple[tuple[Recorded, ...], int]]:
        """The same, with a stretch without events in place of each that is parked, in order."""
        for aside in parked:
            if after < aside.up_to and aside.after < end:
                yield from self.stretches(after, max(after, aside.after))
                after = int(min(aside.up_to, end))
                yield (), after
        yield from self.stretches(after, end)

    def between(self, after: int, up_to: int) -> tuple[Recorded, ...]:
        """The wanted events after a position and up to another, however many there are."""
        return tuple(
            self._recorded(row) for row in self._rows(after, up_to) if self._is_wanted(row)
        )

    def put_aside(self, parked: Parked) -> tuple[Recorded, ...]:
        """The events of what is parked: those that were wanted then, whatever is wanted now."""
        tags = None if parked.types is None else frozenset(parked.types.split())
        return attrs.evolve(self, tags=tags).between(parked.after, parked.up_to)

    @property
    def types(self) -> str | None:
        """The tags of the wanted events as one text; none for all."""
        return None if self.tags is None else " ".join(sorted(self.tags))

    def _rows(self, after: int, up_to: int | None) -> Iterator[Row]:
        """Yield the rows, each once no position before it is missing."""
        rows = self.store.read(self.ledger, after=after, up_to=up_to)
        return unbroken(self.ledger, rows, after=after)

    def _is_wanted(self, row: Row) -> bool:
        return self.tags is None or row.type in self.tags

    def _recorded(self, row: Row) -> Recorded:
        """The event of the row: the one that the ledger has read already, if it has."""
        known = self.recorder.facts.recorded[row.position - 1 : row.position]
        if known and known[0].chain == row.chain:
            return known[0]
        vocabulary = self.recorder.settings.vocabulary
        return recorded(row, from_row(self.ledger, row, vocabulary=vocabulary))
