"""The part of a ledger that records within the transaction of a host."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cached_property
from threading import RLock

from coopledger.fields import asked_if_given, whole
from coopledger.recording import Guest, Recorder
from coopledger.stores import Log, Store
from coopledger.transactions.memory import Memory
from coopledger.transactions.transaction import Desk, Transaction

__all__ = ["Transactional"]


class Transactional:
    """A ledger that can join a transaction.

    Attributes:
        name: The name of the ledger.
    """

    name: str
    _store: Store
    _recorder: Recorder
    _lock: RLock
    _now: Callable[[], int]

    def transaction(self, *, connection: object, expect: int | None = None) -> Transaction:
        """Record in a transaction of the application's own, on its connection: both or neither.

        To be used in a ``with`` block. At its end the head is locked, last and once; what was
        recorded is tried again on what others recorded meanwhile, and stored. It is not
        committed: the host does that, soon, as nobody else can record before; or it rolls back,
        and nothing ever happened. An exception in the block, or a refusal at its end, stores
        nothing of ours, and leaves what the host wrote.

        Args:
            connection: A `sqlite3.Connection` to the file of this ledger, or a
                `psycopg.Connection` to its database, with a transaction that is open, or that
                its next statement begins.
            expect: Refuse if the ledger is not at this position before the first new event.

        Raises:
            ArgumentError: It is no such connection, has no transaction, or leads elsewhere; or
                the ledger is in memory.
            RefusedError: At the end: an event breaks a rule after what others recorded.
            PositionMovedError: At the end: others have recorded since the position expected.
            StoreBusyError: At the end: others were in the way. Roll back and do the whole
                transaction again.
            StoreError: The store cannot be read, or at the end not be written.
        """
        expect = asked_if_given("expect", whole, expect)
        joined = self._store.joined(connection)
        self._catch_up()
        return Transaction(
            Desk(
                settings=self._recorder.settings,
                now=self._now,
                guest=lambda: self._guest(joined),
                writing=lambda: joined.writing(self.name),
                expect=expect,
            )
        )

    @contextmanager
    def _guest(self, log: Log) -> Generator[Guest, None, None]:
        """Who records in the log for a while."""
        with self._host_memory.lent(self._recorder) as facts:
            settings = self._recorder.settings
            yield Guest(log, ledger=self.name, settings=settings, facts=facts)

    @cached_property
    def _host_memory(self) -> Memory:
        """What guests know."""
        return Memory(self._recorder.settings.nothing_known)

    def _catch_up(self) -> None:
        """Take in what is committed, unless another thread is recording: a guest reads it then."""
        if self._lock.acquire(blocking=False):
            try:
                self._recorder.catch_up()
            finally:
                self._lock.release()
