"""The connections of one PostgreSQL store: a pool of them, in which readers never starve."""

import os
import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress

import attrs
import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolClosed, PoolTimeout

from coopledger.errors import StoreBusyError, StoreError
from coopledger.stores.forks import close_at_fork
from coopledger.stores.postgres.server import Connection, Server

__all__ = ["Connections"]

_MOST = 8  # of one process; half of them write


@attrs.frozen
class _Lender:
    """The pool of one process, and who may write with it.

    A writer may read, on a second connection, what others stored. As writers never take all
    the connections, and readers wait for nobody, there is always one to come.
    """

    process_id: int
    pool: "ConnectionPool[Connection]"
    writers: threading.BoundedSemaphore


class Connections:
    """Lends connections, each to one thread at a time; after a fork, each process its own."""

    def __init__(self, server: Server) -> None:
        """Makes the server ready; connections are opened when asked for."""
        server.make_ready()
        self._server = server
        self._lender = self._new_lender()
        # What a child inherits is kept and never used: to let go of it would be to end, through
        # the shared sockets, the connections of the parent.
        self._inherited: list[_Lender] = []
        self._closed = False
        close_at_fork(self)

    @contextmanager
    def writing(self) -> Generator[Connection, None, None]:
        """A connection for a transaction, which is rolled back if it is open at the end."""
        writers = self._lender.writers
        if not writers.acquire(timeout=self._server.patience_seconds):
            raise StoreBusyError(str(self._server), "too many threads write at once: try again")
        try:
            with self.reading() as connection:
                try:
                    yield connection
                finally:
                    _roll_back(connection)
        finally:
            writers.release()

    @contextmanager
    def reading(self) -> Generator[Connection, None, None]:
        """A connection that no other thread is using; to be given back soon."""
        with ExitStack() as stack:
            try:
                connection = stack.enter_context(self._lender.pool.connection())
            except PoolClosed:
                raise StoreError(str(self._server), "the store is closed") from None
            except PoolTimeout as error:
                self._server.connect().close()  # says what is wrong, if it is the server
                reason = "all connections of this store were in use for too long: try again"
                raise StoreBusyError(str(self._server), reason) from error
            yield connection

    def renew(self) -> None:
        """Replaces idle connections that the server has ended, as at its restart."""
        self._lender.pool.check()

    def refuse_closed(self) -> None:
        """Raises `StoreError` after `close`."""
        if self._closed:
            raise StoreError(str(self._server), "the store is closed")

    def close(self) -> None:
        """Closes every connection for good; one that is in use, when it is given back."""
        self._closed = True
        self._lender.pool.close()

    def pause(self) -> None:
        """Does nothing: the parent's connections go on through a fork."""

    def resume(self) -> None:
        """In a child, begins with connections of its own."""
        if self._lender.process_id != os.getpid():
            self._inherited.append(self._lender)
            self._lender = self._new_lender()
            if self._closed:
                self._lender.pool.close()

    def _new_lender(self) -> _Lender:
        pool: ConnectionPool[Connection] = ConnectionPool(
            self._server.conninfo,
            kwargs={"autocommit": True},
            configure=self._server.configure,
            min_size=0,
            max_size=_MOST,
            timeout=self._server.patience_seconds,
            num_workers=1,
            open=True,
        )
        return _Lender(os.getpid(), pool, threading.BoundedSemaphore(_MOST // 2))


def _roll_back(connection: Connection) -> None:
    """Ends an open transaction; with a connection that is lost it has ended by itself.

    Silently, so that what went wrong before is told.
    """
    if connection.info.transaction_status is not TransactionStatus.IDLE:
        with suppress(psycopg.Error):
            connection.rollback()
