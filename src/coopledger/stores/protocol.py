"""Promise that memory, SQLite and PostgreSQL keep alike, and the values that pass through it.

A writer needs a `Log`, a host that brings its own transaction a `Joined`, everybody else the whole
`Store`. Steps that are the same for every store follow: to close, to wait, to refuse a durability.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from operator import attrgetter
from pathlib import Path
from typing import Literal, Protocol, Self

import attrs

from coopledger._frozen import frozen
from coopledger._log.chain import Draft, Head, Listing, Row, genesis
from coopledger.errors import FieldError

# How sure an append is when it returns: a choice that every lasting store offers.
Durability = Literal["durable", "fast"]

# Names on which a trial rested; None for a trial that rested on everything.
Names = Collection[str] | None
# Takes what others stored; gives what to store instead, or None to store the same.
Revise = Callable[[Iterator[Row]], "Offer | None"]
# Returns the rows of the events with some ids, by id; how `Log.find` is asked within a transaction.
Find = Callable[[Sequence[str]], Mapping[str, Row]]
# Returns the names of the next row; what comes before it can be found.
NamesOf = Callable[[Row, Find], Listing]
# Takes what others stored; returns to store after it, or raises to refuse.
Admit = Callable[[Iterator[Row]], object]
Tell = Callable[[int, int], object]  # how many bytes are done, and of how many

_DURABILITIES = {"durable", "fast"}


@frozen(kw_only=True)
class Parked:
    """Stretch of the log that a reader could not deal with and put aside.

    Attributes:
        after: The position before its first event.
        up_to: The position of its last event.
        replayed: Whether the reader had been beyond it before.
        error: What it failed with.
        types: The wire tags of the events that the reader wanted, with spaces between; none for
            all.
    """

    after: int
    up_to: int
    replayed: bool
    error: str
    types: str | None = None

    @property
    def stretch(self) -> tuple[int, int]:
        """Return both positions, which no other stretch that the reader parked has."""
        return self.after, self.up_to


def _in_order(parked: Iterable[Parked]) -> tuple[Parked, ...]:
    return tuple(sorted(parked, key=attrgetter("stretch")))


@frozen(kw_only=True)
class Cursor:
    """How far a reader has come, and the stretches that it put aside.

    Attributes:
        name: The name of the reader, unique within the ledger.
        epoch: How often the cursor was taken; a reader with a lower one has lost it.
        position: Up to where everything is dealt with.
        reached: The greatest position that it ever was at.
        failures: How often in a row dealing with what comes next has failed.
        last_error: What it failed with last; none once it is dealt with.
        parked: What was put aside, by position.
    """

    name: str
    epoch: int
    position: int
    reached: int
    failures: int = 0
    last_error: str | None = None
    parked: tuple[Parked, ...] = attrs.field(default=(), converter=_in_order)


def parked_changes(before: Cursor, after: Cursor) -> tuple[list[Parked], list[Parked]]:
    """Return the stretches parked no more, and those that are new or have another error."""
    kept = {each.stretch for each in after.parked}
    gone = [each for each in before.parked if each.stretch not in kept]
    return gone, [each for each in after.parked if each not in before.parked]


@frozen(kw_only=True)
class Offer:
    """Drafts that a writer wants to have stored, and the names on which their trial rested.

    Attributes:
        drafts: What is to be stored; at least one.
        rests_on: The names; None for a trial that rested on everything.
    """

    drafts: Sequence[Draft]
    rests_on: Names = None


@attrs.frozen(kw_only=True)
class Appended:
    """Rows that an append has stored.

    Attributes:
        rows: The rows, in the order of the drafts.
        others: The rows of others between the last one that the writer knew and these: all of
            them, or none where they are many or the store does not tell. Whoever gets none and
            needs them reads them.
    """

    rows: tuple[Row, ...]
    others: Sequence[Row] = ()


@frozen(kw_only=True)
class Listed:
    """How far the index of names of a ledger is written, and by which rules.

    Attributes:
        position: The position of the last event in the index; 0 for an index without events.
        chain: The chain hash of that event.
        rules: For each wire tag known to a writer of the index, how its events are listed.
    """

    position: int
    chain: bytes
    rules: Mapping[str, str]

    @classmethod
    def nothing(cls, ledger: str) -> Self:
        """Return the state of an index without events."""
        return cls(position=0, chain=genesis(ledger), rules={})


# Head at the last row of a page of the index, and the positions of the page with their names.
IndexPage = tuple[Head, Sequence[tuple[int, Listing]]]


class Stopped(Protocol):
    """Says when to end all waiting, such as a `threading.Event`.

    A waiting thread only looks at it, as a signal handler may set it in that very thread.
    """

    def is_set(self) -> bool:
        """Tell whether to end."""
        ...


class Readable(Protocol):
    """Part of a store that a reader needs."""

    def head(self, ledger: str) -> Head:
        """Return where the ledger ends; position 0 for a ledger that holds nothing.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """Yield the rows with ``after < position <= up_to``, in position order.

        Streams: memory does not grow with the log, and no lock or transaction is
        held between two rows. Without ``up_to``, rows appended while reading may be
        among those given; they continue the others without a gap.

        Raises:
            DamagedLogError: A row cannot be read as what it is; those before it were given.
            StoreError: The store cannot be read.
        """
        ...

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        """Return the stored rows of those ids that the ledger holds, by id.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def rows(self, ledger: str, positions: Collection[int]) -> dict[int, Row]:
        """Return the rows at those positions that the ledger holds, by position.

        Raises:
            DamagedLogError: A row cannot be read as what it is.
            StoreError: The store cannot be read.
        """
        ...

    def position_at(self, ledger: str, recorded_us: int) -> int:
        """Return the position of the last row that was recorded by the time; 0 for none.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def listed(self, ledger: str) -> Listed:
        """Return how far the index of names is written; position 0 where there is none.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        """Return the positions in the index under each of the names, ascending.

        A name without events has none. Rows beyond `listed` are not in the index.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def opened(self, ledger: str, noun: str, *, after: int = 0) -> list[tuple[int, str]]:
        """Return each id of the noun in the index, with the position that may have brought it in.

        In position order, those after the position. An id may come several times.

        Raises:
            StoreError: The store cannot be read.
        """
        ...


class Log(Readable, Protocol):
    """Half of a store that a writer needs: the logs are read, and added to."""

    def append(  # noqa: PLR0913 - what is to be stored, and against what it was tried
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
        rests_on: Names = None,
    ) -> Appended:
        """Store all the drafts, or none, and return their rows in the order given.

        If a row after ``seen`` is in the index under a name in ``rests_on``, or the index does
        not tell, ``revise`` is called with the rows after ``seen``: it returns to go on, with
        other drafts or the same, or raises to refuse, and what it raises goes through unchanged.
        It may read the store but not append to it, and may be called several times. Otherwise
        the drafts are stored after what others stored meanwhile, which comes with the answer
        where it is little. Each record time is
        ``max(previous + 1, clock_us)``. The names of the drafts are written with them, where the
        index is written up to the head. Without drafts nothing happens at all.

        Raises:
            StoreConflictError: An event id is given twice or stored already.
            StoreBusyError: Others held the lock for too long.
            DamagedLogError: The log ends before ``seen``, or its head is not at its end.
            StoreError: The store cannot be written.
            FieldError: A record time does not fit in 64 bits (E106).
                Nothing is written in any of these cases.
        """
        ...


class Joined(Log, Protocol):
    """Logs of a store within the transaction of a host, who commits it or rolls it back.

    What the host has not committed is read too, and what is appended is not committed here.
    Used by one thread, as the connection is.
    """

    def writing(self, ledger: str) -> AbstractContextManager[None]:
        """Lock the head of the ledger for a block in which `append` may be called.

        Appends are undone if the block ends with an exception, and the host's own work is left.

        Raises:
            ArgumentError: No transaction is open on the connection.
            StoreBusyError: Others were in the way: the host has to do its transaction again.
            StoreError: The store cannot be written.
        """
        ...

    def settle_zone(self, ledger: str, zone: str) -> str:
        """Do as `Store.settle_zone`, inside `writing` and committed by the host.

        Raises:
            StoreError: The store cannot be written.
        """
        ...


class Store(Log, Protocol):
    """Keeps the logs of many ledgers; safe to use from many threads at once.

    Positions of a ledger are 1..n in commit order, without gaps. A reader never
    waits for a writer and never sees part of a batch. After `close` every call
    but `close` raises `StoreError`.
    """

    def joined(self, connection: object) -> Joined:
        """Return the logs as a host reads and writes them on its own connection to the store.

        Raises:
            ArgumentError: It is no such connection, or leads elsewhere.
            StoreError: The store cannot be read.
        """
        ...

    def restore(self, ledger: str, rows: Iterable[Row], *, listing: NamesOf | None = None) -> Head:
        """Store rows as they once lay in a log, in a ledger that is empty, all or none.

        Positions, record times, digests and links are kept as they are. The head is locked
        first; then the rows are drawn one by one, and no more than a page of them is held in
        memory. What drawing them raises goes through unchanged; it may not write to the store.
        With ``listing``, which is called in the order of the rows, the names of each are written
        to the index. Returns the head; without rows nothing happens at all.

        Raises:
            StoreConflictError: The ledger holds events, or an event id is given twice.
            DamagedLogError: A row does not follow the one before, or is not the first.
            StoreBusyError: Others held the lock for too long.
            StoreError: The store cannot be written.
                Nothing is written in any of these cases.
        """
        ...

    def append_pages(
        self,
        ledger: str,
        pages: Iterable[Sequence[Draft]],
        *,
        seen: int,
        clock_us: int,
        admit: Admit,
    ) -> Head:
        """Store the drafts of all the pages, all or none, with their names; return the head then.

        For more drafts than fit into memory: the head is locked first, then the pages are drawn
        one by one, and no more than one is held. What drawing them raises goes through
        unchanged. If others stored something after ``seen``, ``admit`` is called with their rows
        under the lock: it returns to go on after these, or raises to refuse. Neither may write
        to the store. Record times are those of `append`.

        Raises:
            StoreConflictError: An event id is given twice or stored already.
            StoreBusyError: Others held the lock for too long.
            DamagedLogError: The log ends before ``seen``, or its head is not at its end.
            StoreError: The store cannot be written.
            FieldError: A record time does not fit in 64 bits (E106).
                Nothing is written in any of these cases.
        """
        ...

    def list_rows(
        self,
        ledger: str,
        pages: Iterable[IndexPage],
        *,
        rules: Mapping[str, str],
        since: Listed,
    ) -> bool:
        """Write pages of the index after a position; return whether all could be written.

        Each page is written in a short transaction of its own, which moves `listed` to the head
        of the page. With ``since`` at position 0 an older index is removed first. Gives up where
        `listed` is not as expected, because somebody was faster, and where the log cannot be
        written.

        Args:
            ledger: The ledger.
            pages: The pages, each after the one before, the first after ``since``.
            rules: How events are listed by whoever wrote the pages, by wire tag; those of other
                tags stay.
            since: Where the index was written up to; each page moves it on.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def is_counted(self, ledger: str) -> bool:
        """Return whether the index holds as many entries as were written to it.

        The entries are counted at one moment, and none of them is read.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def entries(self, ledger: str) -> Iterator[tuple[str, str, int]]:
        """Yield all that is in the index: a noun, or none for a name; the id or name; a position.

        Streams, in any order. What is added meanwhile may be among it.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def zone(self, ledger: str) -> str | None:
        """Return the time zone of the ledger; None as long as it has none.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def settle_zone(self, ledger: str, zone: str) -> str:
        """Give the ledger its zone, unless it has one; return the one that it has.

        Raises:
            StoreBusyError: Others held the lock for too long.
            StoreError: The store cannot be written.
        """
        ...

    def cursors(self, ledger: str) -> tuple[Cursor, ...]:
        """Return where the readers of the ledger are, by name, as of one moment.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def cursor(self, ledger: str, name: str) -> Cursor | None:
        """Return the cursor of one reader, without the stretches that it parked.

        So it costs the same however much is parked.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def take_cursor(self, ledger: str, name: str, *, after: int = 0) -> Cursor:
        """Return the cursor of that name with a new epoch: the reader that had it has lost it.

        Without the stretches that are parked, as `cursor` gives it. A new cursor begins after
        the position; one that is there stays where it is.

        Raises:
            StoreBusyError: Others held the lock for too long.
            StoreError: The store cannot be written.
                Nothing is written in any of these cases.
        """
        ...

    def move_cursor(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None = None
    ) -> bool:
        """Move a cursor if epoch and position are still as before; return whether they were.

        What is parked in one of the two and not in the other is parked, or parked no more; what
        is in neither stays. What is to be parked no more must be parked. All of it, or nothing,
        is written.

        Args:
            ledger: The ledger.
            before: As it was read.
            after: As it is to be; of the same name and epoch.
            connection: Somebody's own connection to the very database of this store: the move
                becomes part of the transaction there, and is committed or rolled back with it.

        Raises:
            ArgumentError: The connection leads elsewhere, or is in no transaction.
            StoreBusyError: Others held the lock for too long.
            StoreError: The store cannot be written.
                Nothing is written in any of these cases.
        """
        ...

    def is_in_transaction(self, connection: object) -> bool:
        """Tell whether a transaction is open on somebody's own connection.

        After a cursor was moved there: whether that is still to be committed. False for a
        connection that is closed, and for one of another kind than this store's.
        """
        ...

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        """Wait until the ledger holds an event after the position, and return whether it does.

        Args:
            ledger: The ledger.
            after: The position.
            seconds: How long to wait at most; may be infinite.
            stopped: Ends the waiting when another thread, or a signal handler, sets it.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def ledgers(self) -> tuple[str, ...]:
        """Return the names of all ledgers that hold events, in code point order.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def files(self) -> tuple[str, ...]:
        """Return the paths of the files that hold the logs, which nobody else may replace.

        Empty for a store that keeps none of its own.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def back_up(self, path: Path, *, tell: Tell) -> dict[str, Head]:
        """Write all its logs, as of one moment, into a file that is there and empty.

        Others go on reading and writing. What was written is a store of the same kind; it is
        opened and checked. Returns where each ledger that holds events ended at that moment.

        Raises:
            DamagedLogError: A log is not what was recorded.
            StoreError: It keeps no file of its own, or cannot be read, or the file not be written.
                What is in the file then is of no use.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections; a second call does nothing."""
        ...


class Closing(ABC):
    """Something that is closed when its ``with`` block ends."""

    def __enter__(self) -> Self:
        """Return the object itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it, whatever happened."""
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of what is held."""


def refuse_unknown(_: object, __: object, durability: str) -> None:
    """Validate a durability, as a validator of attrs.

    Raises:
        FieldError: The durability is neither of the two (E106).
    """
    if durability not in _DURABILITIES:
        raise FieldError("E106", repr(durability), "is neither 'durable' nor 'fast'", "durability")
