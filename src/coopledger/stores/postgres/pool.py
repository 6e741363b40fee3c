"""Connections of one process to a database, lent to one thread at a time."""

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from itertools import takewhile
from typing import Any, TypeAlias
from weakref import WeakSet, ref

import attrs
import psycopg
from psycopg.pq import TransactionStatus

from coopledger.errors import StoreBusyError, StoreError

Connection: TypeAlias = "psycopg.Connection[tuple[Any, ...]]"

_LONGEST_IDLE_SECONDS = 60.0  # then it is let go of, for others that want one
_LONGEST_PAUSE_SECONDS = 0.1  # then one looks, woken or not
_LONGEST_ABSENCE_SECONDS = 1.0  # who has not looked for so long has lost the turn
_LONG_AGO = float("-inf")


@attrs.define(eq=False)
class _Kept:
    """Connection that is closed when nobody has it any more.

    Attributes:
        connection: The connection.
        since: Since when it has been idle, in seconds of the monotonic clock.
        process_id: The process that opened it; a child must not end it for its parent.
    """

    connection: Connection
    since: float = 0.0
    process_id: int = attrs.field(factory=os.getpid)

    def __del__(self) -> None:
        """Close it, wherever it got lost on the way from one owner to the next."""
        if self.process_id == os.getpid():
            self.connection.close()


@attrs.define(eq=False, weakref_slot=True)
class _Loan:
    """Right to one connection, which ends when the borrower has it no more.

    An interrupt may come between any two steps of the borrower. So nothing counts the loans up
    and down: those that are alive are there.

    Attributes:
        is_to_write: Whether the borrower writes.
        kept: The connection, once there is one.
    """

    is_to_write: bool
    kept: _Kept | None = None


@attrs.define(eq=False, weakref_slot=True)
class _Waiter:
    """Thread that wants a connection, and has its turn after those who came before.

    Attributes:
        is_to_write: Whether the thread is going to write.
        looked: When the thread last looked for a connection, in seconds of the monotonic clock.
        is_asleep: Whether the thread is to be woken, by releasing the lock, which is held then.
        lock: What the thread waits for.
    """

    is_to_write: bool
    looked: float = 0.0
    is_asleep: bool = False
    lock: threading.Lock = attrs.field(factory=threading.Lock)


class Pool:
    """Connections that are opened when they are asked for, and kept for a while.

    At most half of them are lent to writers, who wait for each other's locks: so readers, who
    wait for nobody, always find one soon. Threads have them in turn: one that asks again and again
    keeps nobody waiting.
    """

    def __init__(
        self, connect: Callable[[], Connection], *, size: int, seconds: float, store: str
    ) -> None:
        """Begin without connections.

        Args:
            connect: Opens one.
            size: How many there are at most.
            seconds: How long to wait for one.
            store: How the store is named in errors.
        """
        self._connect = connect
        self._size = size
        self._most_writers = max(1, size // 2)
        self._seconds = seconds
        self._store = store
        # A plain lock: unlike a condition, an interrupt cannot come between taking and having it.
        self._lock = threading.Lock()
        self._loans = WeakSet[_Loan]()
        self._idle = deque[_Kept]()
        self._queue: list[ref[_Waiter]] = []
        self._closed = False

    @contextmanager
    def lent(self, *, to_write: bool) -> Generator[Connection, None, None]:
        """Lend a connection for a block.

        Raises:
            StoreBusyError: All were lent for too long.
            StoreError: The pool is closed, or the server cannot be reached.
        """
        loan = self._loan(to_write=to_write)
        try:
            yield (loan.kept or self._opened(loan)).connection
        finally:
            self._take_back(loan)

    def let_go(self) -> None:
        """Close the connections that nobody uses now."""
        self._idle.clear()

    def close(self) -> None:
        """Close every connection for good; one that is lent, when it is given back."""
        with self._lock:
            self._closed = True
        self.let_go()

    def _loan(self, *, to_write: bool) -> _Loan:
        """Return a new loan, as soon as there may be one; with a connection, if one is idle."""
        end = time.monotonic() + self._seconds
        waiter = _Waiter(to_write)
        while (loan := self._loan_now(waiter)) is None:
            rest = end - time.monotonic()
            if rest <= 0:
                waiter.looked = _LONG_AGO
                reason = "all connections of this store were in use for too long: try again"
                raise StoreBusyError(self._store, reason)
            waiter.lock.acquire(timeout=min(rest, _LONGEST_PAUSE_SECONDS))
        return loan

    def _loan_now(self, waiter: _Waiter) -> _Loan | None:
        """Return a new loan, if there may be one now; else put the waiter into the queue."""
        with self._lock:
            if self._closed:
                raise StoreError(self._store, "the store is closed")
            waiter.looked = time.monotonic()
            waiting = self._waiting()
            if not self._is_next(waiter, waiting):
                if waiter not in waiting:
                    self._queue.append(ref(waiter))
                waiter.lock.acquire(blocking=False)
                waiter.is_asleep = True
                return None
            loan = _Loan(waiter.is_to_write)
            self._loans.add(loan)
            self._queue = [ref(each) for each in waiting if each is not waiter]
        self._take_idle(loan)
        return loan

    def _waiting(self) -> list[_Waiter]:
        """Return those who wait, in the order in which they came; who was interrupted does not."""
        earliest = time.monotonic() - _LONGEST_ABSENCE_SECONDS
        alive = (each for each in (waiter() for waiter in self._queue) if each is not None)
        return [each for each in alive if each.looked >= earliest]

    def _is_next(self, waiter: _Waiter, waiting: Iterable[_Waiter]) -> bool:
        """Return whether there are connections for the waiter and for all who came before."""
        earlier = list(takewhile(lambda each: each is not waiter, waiting))
        loans = list(self._loans)
        to_write = sum(each.is_to_write for each in earlier)
        room_to_write = self._most_writers - sum(loan.is_to_write for loan in loans)
        if waiter.is_to_write and to_write >= room_to_write:
            return False
        earlier_to_read = len(earlier) - to_write
        taken = len(loans) + earlier_to_read + min(to_write, room_to_write)
        return taken < self._size

    def _opened(self, loan: _Loan) -> _Kept:
        """Open a connection for the loan; while the server has none to spare, try for a while."""
        end = time.monotonic() + self._seconds
        while loan.kept is None:
            try:
                loan.kept = _Kept(self._connect())
            except StoreError:
                if time.monotonic() + _LONGEST_PAUSE_SECONDS >= end:
                    raise
                time.sleep(_LONGEST_PAUSE_SECONDS)
                self._take_idle(loan)
        return loan.kept

    def _take_idle(self, loan: _Loan) -> None:
        """Give the loan a connection, if one is idle now."""
        with suppress(IndexError):
            loan.kept = self._idle.pop()

    def _take_back(self, loan: _Loan) -> None:
        """End a loan, and keep its connection for the next, if it is as it was."""
        kept, now = loan.kept, time.monotonic()
        loan.kept = None
        with self._lock:
            self._loans.discard(loan)
            if kept is not None and not self._closed and _is_idle(kept.connection):
                kept.since = now
                self._idle.append(kept)
            while self._idle and self._idle[0].since < now - _LONGEST_IDLE_SECONDS:
                self._idle.popleft()
            self._wake()

    def _wake(self) -> None:
        """Wake the thread whose turn it is."""
        waiting = self._waiting()
        for waiter in waiting:
            if waiter.is_asleep and self._is_next(waiter, waiting):
                waiter.is_asleep = False
                waiter.lock.release()
                return


def _is_idle(connection: Connection) -> bool:
    """Return whether the connection is open, and in no transaction."""
    return connection.info.transaction_status is TransactionStatus.IDLE
