"""How a reader on another machine hears that something was recorded: NOTIFY, and LISTEN.

Both are hints. NOTIFY is sent after the commit, in a transaction of its own that does not wait
for the disk: inside the append's it would take a lock on which all of the server's commits with
a NOTIFY queue. Whatever gets lost, as behind a pooler of transactions, is made up for by looking.
"""

import hashlib
import os
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress

import attrs
import psycopg
from psycopg import sql

from coopledger.errors import StoreError
from coopledger.stores.forks import close_at_fork
from coopledger.stores.postgres.server import Connection, Connections, Server
from coopledger.stores.protocol import Stopped, poll

_LONGEST_PAUSE_SECONDS = 1.0  # then one looks, hint or no hint
_SLICE_SECONDS = 0.1  # how long it may take until a reader who is stopped notices

_TELL = "SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, '')"


@attrs.define
class Listener:
    """Waits for hints about one ledger, on a connection of its own."""

    server: Server
    channel: str
    connection: "Connection | None" = None

    def hear(self, seconds: float, *, stopped: Stopped) -> None:
        """Returns with the next hint, after a pause, or when it is stopped."""
        seconds = min(seconds, _LONGEST_PAUSE_SECONDS)
        try:
            if self.connection is None:
                self._connect()  # What came before was not heard: one has to look again.
            else:
                _hear(self.connection, seconds, stopped)
        except (StoreError, psycopg.Error):
            self.close()
            poll(stopped.is_set, seconds=seconds, stopped=stopped)

    def close(self) -> None:
        """Lets go of the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _connect(self) -> None:
        self.connection = self.server.connect()
        self.connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self.channel)))


class Listeners:
    """Lends listeners, each to one thread at a time; after a fork, each process its own."""

    def __init__(self, server: Server, connections: Connections) -> None:
        """Nobody listens yet."""
        self._server = server
        self._connections = connections
        self._lending = threading.Lock()
        self._idle: list[Listener] = []
        self._closed = False
        self._process_id = os.getpid()
        # As with the other connections, what a child inherits is kept and never used.
        self._inherited: list[Listener] = []
        close_at_fork(self)

    @contextmanager
    def lent(self, ledger: str) -> Generator[Listener, None, None]:
        """A listener that no other thread is using."""
        channel = channel_of(self._server.schema, ledger)
        with self._lending:
            found = next((each for each in self._idle if each.channel == channel), None)
            listener = found or Listener(self._server, channel)
            if found:
                self._idle.remove(found)
        try:
            yield listener
        finally:
            with self._lending:
                self._idle.append(listener)
                self._tidy_up()

    def tell(self, ledger: str) -> None:
        """Sends a hint; if that fails, readers find out later."""
        with suppress(StoreError, psycopg.Error), self._connections.reading() as connection:
            connection.execute(_TELL, (channel_of(self._server.schema, ledger),))

    def close(self) -> None:
        """Lets go of the connections; of one that is in use, when it is given back."""
        with self._lending:
            self._closed = True
            self._tidy_up()

    def pause(self) -> None:
        """Waits until nobody is being lent a listener."""
        self._lending.acquire()

    def resume(self) -> None:
        """In a child, begins with connections of its own."""
        if self._process_id != os.getpid():
            self._process_id = os.getpid()
            self._inherited += self._idle
            self._idle = []
        self._lending.release()

    def _tidy_up(self) -> None:
        """Closes what is idle but the one last used; once the store is closed, that one too."""
        while len(self._idle) > (0 if self._closed else 1):
            self._idle.pop(0).close()


def channel_of(schema: str, ledger: str) -> str:
    """The name of the channel of a ledger, which is short whatever the names are."""
    names = f"{schema}\n{ledger}".encode()
    return f"coopledger_{hashlib.sha256(names).hexdigest()[:32]}"


def _hear(connection: Connection, seconds: float, stopped: Stopped) -> None:
    end = time.monotonic() + seconds
    while not stopped.is_set() and (left := end - time.monotonic()) > 0:
        if list(connection.notifies(timeout=min(left, _SLICE_SECONDS), stop_after=1)):
            return
