"""Hints to readers on other machines that something was recorded: NOTIFY, and LISTEN.

NOTIFY is sent after the commit, in a transaction of its own that does not wait
for the disk: inside the append's it would take a lock on which all of the server's commits with
a NOTIFY queue. A hint may get lost, as behind a pooler of transactions: readers look now and then.
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

from coopledger._forks import close_at_fork
from coopledger.errors import StoreError
from coopledger.stores.postgres.pool import Connection
from coopledger.stores.postgres.server import Connections, Server
from coopledger.stores.protocol import Stopped
from coopledger.stores.waiting import poll

_LONGEST_PAUSE_SECONDS = 1.0  # then one looks, hint or no hint
_SLICE_SECONDS = 0.1  # how long it may take until a reader who is stopped notices

_NOTIFY = "SELECT set_config('synchronous_commit', 'off', true), pg_notify(%s, '')"


@attrs.define
class Listener:
    """Listener for hints about one ledger, on a connection of its own."""

    server: Server
    channel: str
    connection: "Connection | None" = None

    def hear(self, seconds: float, *, stopped: Stopped) -> None:
        """Return with the next hint, after a pause, or when it is stopped."""
        seconds = min(seconds, _LONGEST_PAUSE_SECONDS)
        try:
            if self.connection is None:
                self._connect()  # Earlier hints were not heard: the reader has to look again.
            else:
                self._hear(self.connection, seconds, stopped)
        except (StoreError, psycopg.Error):
            self.close()
            poll(stopped.is_set, seconds=seconds, stopped=stopped)

    def close(self) -> None:
        """Let go of the connection."""
        if self.connection is not None:
            self.connection.close()
            self.connection = None

    def _connect(self) -> None:
        self.connection = self.server.connect()
        self.connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self.channel)))

    @staticmethod
    def _hear(connection: Connection, seconds: float, stopped: Stopped) -> None:
        end = time.monotonic() + seconds
        while not stopped.is_set() and (left := end - time.monotonic()) > 0:
            if list(connection.notifies(timeout=min(left, _SLICE_SECONDS), stop_after=1)):
                return


class Listeners:
    """Listeners lent to one thread at a time; after a fork, each process has its own."""

    def __init__(self, server: Server, connections: Connections) -> None:
        """Begin without listeners."""
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
        """Lend a listener that no other thread is using."""
        channel = channel_of(self._server.schema, ledger)
        with self._lending:
            idle = next((each for each in self._idle if each.channel == channel), None)
            listener = idle or Listener(self._server, channel)
            if idle:
                self._idle.remove(idle)
        try:
            yield listener
        finally:
            with self._lending:
                self._idle.append(listener)
                self._tidy_up()

    def tell(self, ledger: str) -> None:
        """Send a hint; if that fails, readers find out later."""
        with suppress(StoreError, psycopg.Error), self._connections.reading() as connection:
            connection.execute(_NOTIFY, (channel_of(self._server.schema, ledger),))

    def close(self) -> None:
        """Let go of the connections; of one that is in use, when it is given back."""
        with self._lending:
            self._closed = True
            self._tidy_up()

    def pause(self) -> None:
        """Wait until nobody is being lent a listener."""
        self._lending.acquire()

    def resume(self) -> None:
        """In a child, begin with connections of its own."""
        if self._process_id != os.getpid():
            self._process_id = os.getpid()
            self._inherited += self._idle
            self._idle = []
        self._lending.release()

    def _tidy_up(self) -> None:
        """Close the idle listeners but the one last used, and that too once the store is closed."""
        while len(self._idle) > (0 if self._closed else 1):
            self._idle.pop(0).close()


def channel_of(schema: str, ledger: str) -> str:
    """Return the name of the channel of a ledger, which is short whatever the names are."""
    names = f"{schema}\n{ledger}".encode()
    return f"coopledger_{hashlib.sha256(names).hexdigest()[:32]}"
