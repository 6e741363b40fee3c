"""What every store does: the one promise that memory, SQLite and others keep."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from coopledger.stores.bookmarks import Bookmark
from coopledger.stores.rows import Draft, Head, Row
from coopledger.stores.waiting import Stopped

__all__ = ["Joined", "Log", "Revise", "Store", "Tell"]

Revise = Callable[[Iterator[Row]], None]
Tell = Callable[[int, int], object]  # how many bytes are done, and of how many


class Log(Protocol):
    """The half of a store that a writer needs: the logs are read, and added to."""

    def head(self, ledger: str) -> Head:
        """Where the ledger ends; position 0 for a ledger that holds nothing.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """The rows with ``after < position <= up_to``, in position order.

        Streams: memory does not grow with the log, and no lock or transaction is
        held between two rows. Without ``up_to``, rows appended while reading may be
        among those given; they continue the others without a gap.

        Raises:
            DamagedLogError: A row cannot be read as what it is; those before it were given.
            StoreError: The store cannot be read.
        """
        ...

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        """The stored rows of those ids that the ledger holds, by id.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def append(
        self,
        ledger: str,
        drafts: Sequence[Draft],
        *,
        seen: int,
        clock_us: int,
        revise: Revise,
    ) -> tuple[Row, ...]:
        """Stores all the drafts, or none, and returns their rows in the order given.

        The head is locked first. If it is no longer at ``seen``, ``revise`` is called
        under the lock with the rows after ``seen``: it returns to go on, or raises to
        refuse, and what it raises goes through unchanged. It may read the store but
        not append to it. Each record time is ``max(previous + 1, clock_us)``.
        Without drafts nothing happens at all.

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
    """The logs of a store within the transaction of a host, who commits it or rolls it back.

    What the host has not committed is read too, and what is appended is not committed here.
    Used by one thread, as the connection is.
    """

    def writing(self, ledger: str) -> AbstractContextManager[None]:
        """Where `append` may be called: nobody else can move the head from here on.

        Appends are undone if the block ends with an exception, and the host's own work is left.

        Raises:
            ArgumentError: No transaction is open on the connection.
            StoreBusyError: Others were in the way: the host has to do its transaction again.
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
        """The logs as a host's own connection to the place where they lie reads and writes them.

        Raises:
            ArgumentError: It is no such connection, or leads elsewhere.
            StoreError: The store cannot be read.
        """
        ...

    def restore(self, ledger: str, rows: Iterable[Row]) -> Head:
        """Stores rows as they once lay in a log, in a ledger that is empty, all or none.

        Positions, record times, digests and links are kept as they are. The head is locked
        first; then the rows are drawn one by one, and of those drawn only the ids are held in
        memory. What drawing them raises goes through unchanged; it may not write to the store.
        Returns the head; without rows nothing happens at all.

        Raises:
            StoreConflictError: The ledger holds events, or an event id is given twice.
            DamagedLogError: A row does not follow the one before, or is not the first.
            StoreBusyError: Others held the lock for too long.
            StoreError: The store cannot be written.
                Nothing is written in any of these cases.
        """
        ...

    def bookmarks(self, ledger: str) -> tuple[Bookmark, ...]:
        """Where the readers of the ledger are, by name, as of one moment.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def bookmark(self, ledger: str, name: str) -> Bookmark | None:
        """The bookmark of that name without what is parked, which costs the same however much is.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def take_bookmark(self, ledger: str, name: str, *, after: int = 0) -> Bookmark:
        """The bookmark of that name with a new epoch, so that whoever had it has lost it.

        Without what is parked, as `bookmark` gives it.

        A new one is put in after that position; one that is there stays where it is.

        Raises:
            StoreBusyError: Others held the lock for too long.
            StoreError: The store cannot be written.
                Nothing is written in any of these cases.
        """
        ...

    def move_bookmark(
        self, ledger: str, before: Bookmark, after: Bookmark, *, connection: object | None = None
    ) -> bool:
        """Puts a bookmark elsewhere, if epoch and position are still as before; says whether.

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
        """Whether a transaction is open on somebody's own connection.

        After a bookmark was moved there: whether that is still to be committed. What is closed,
        or no connection of the kind of this store, is in none.
        """
        ...

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        """Waits until the ledger holds an event after the position, and says whether it does.

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
        """The names of all ledgers that hold events, in code point order.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def files(self) -> tuple[str, ...]:
        """The paths of the files in which it keeps its logs, which nobody else may replace.

        Empty for a store that keeps none of its own.

        Raises:
            StoreError: The store cannot be read.
        """
        ...

    def back_up(self, place: Path, *, tell: Tell) -> dict[str, Head]:
        """Writes all its logs, as of one moment, into a file that is there and empty.

        Others go on reading and writing. What was written is a store of the same kind; it is
        opened and checked. Returns where each ledger that holds events ended at that moment.

        Raises:
            DamagedLogError: A log is not what was recorded.
            StoreError: It keeps no file of its own, or cannot be read, or the file not be written.
                What is in the file then is of no use.
        """
        ...

    def close(self) -> None:
        """Lets go of files and connections; a second call does nothing."""
        ...
