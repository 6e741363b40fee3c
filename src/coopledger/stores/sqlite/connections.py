"""The connections of one SQLite store: one that writes, and as many readers as are needed."""

import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager

from coopledger.errors import StoreError
from coopledger.stores.forks import close_at_fork
from coopledger.stores.sqlite.failures import plain_errors
from coopledger.stores.sqlite.file import LogFile, SealedConnection

__all__ = ["Connections"]


class Connections:
    """Lends connections, each to one thread at a time, and closes them all."""

    def __init__(self, file: LogFile) -> None:
        """Opens the file with the connection that will write."""
        self._file = file
        self._writer: sqlite3.Connection | None = file.open()
        self._writing = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._lent = 0
        self._reading = threading.Condition()
        self._closed = False
        close_at_fork(self)

    @contextmanager
    def writing(self) -> Generator[sqlite3.Connection, None, None]:
        """The one connection that writes; other threads of this process wait their turn.

        A transaction that is still open at the end is rolled back.
        """
        with self._writing:
            self.refuse_closed()
            writer = self._writer = _lasting(self._writer) or self._file.connect()
            try:
                yield writer
            finally:
                self._roll_back(writer)

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection, None, None]:
        """A connection that no other thread is using; to be given back soon."""
        with self._reading:
            self.refuse_closed()
            reader = self._idle.pop() if self._idle else self._file.connect()
            self._lent += 1
        try:
            yield reader
        finally:
            with self._reading:
                self._idle.extend(filter(None, [_lasting(reader)]))
                self._lent -= 1
                self._reading.notify_all()

    def refuse_closed(self) -> None:
        """Raises `StoreError` after `close`."""
        if self._closed:
            raise StoreError(str(self._file), "the store is closed")

    def close(self) -> None:
        """Closes every connection for good, waiting for those in use."""
        self.pause()
        self._closed = True
        self.resume()

    def pause(self) -> None:
        """Closes every connection, waiting for those in use, and lends no more."""
        self._writing.acquire()
        self._reading.acquire()
        self._reading.wait_for(lambda: not self._lent)
        for reader in self._idle:
            reader.close()
        self._idle.clear()
        # The writer last: whoever closes last also tidies up the WAL.
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def resume(self) -> None:
        """Lends connections again; they are opened when asked for."""
        self._reading.release()
        self._writing.release()

    def _roll_back(self, writer: sqlite3.Connection) -> None:
        with plain_errors(str(self._file)):
            if writer.in_transaction:
                writer.execute("ROLLBACK")


def _lasting(connection: sqlite3.Connection | None) -> sqlite3.Connection | None:
    """The connection, if it may be used for more than one question; else it is closed."""
    if isinstance(connection, SealedConnection):
        connection.close()
        return None
    return connection
