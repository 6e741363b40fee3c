"""What a store does that keeps logs and nothing beyond: the beginning of one of your own."""

from abc import abstractmethod
from pathlib import Path
from typing import Never

from coopledger._fields.reading import short_repr
from coopledger._log.chain import Head
from coopledger.errors import ArgumentError, StoreError
from coopledger.stores.protocol import Closing, Cursor, Stopped, Tell, poll


class LogStore(Closing):
    """A `Store` without files, cursors and hosts: a subclass writes the rest of it.

    The rest is ``head``, ``read``, ``find``, ``append``, ``restore``, ``ledgers`` and ``close``.
    What such a store cannot do it refuses, and says so; a subclass that can overrides it.
    """

    @property
    def address(self) -> str:
        """How the store is named in errors."""
        return type(self).__name__

    @abstractmethod
    def head(self, ledger: str) -> Head:
        """See `Store.head`."""

    @abstractmethod
    def ledgers(self) -> tuple[str, ...]:
        """See `Store.ledgers`; it is asked too whether the store is closed."""

    def wait(self, ledger: str, *, after: int, seconds: float, stopped: Stopped) -> bool:
        """See `Store.wait`; looks again and again."""
        return poll(lambda: self.head(ledger).position > after, seconds=seconds, stopped=stopped)

    def cursors(self, ledger: str) -> tuple[Cursor, ...]:
        """See `Store.cursors`; there are none."""
        self.head(ledger)  # refuses, once it is closed
        return ()

    def cursor(self, ledger: str, name: str) -> Cursor | None:
        """See `Store.cursor`; there is none."""
        del name
        self.head(ledger)
        return None

    def take_cursor(self, ledger: str, name: str, *, after: int = 0) -> Cursor:
        """See `Store.take_cursor`; refuses."""
        del name, after
        self.head(ledger)
        reason = "keeps no place for a reader: read events(after=) and keep your own"
        raise StoreError(self.address, reason)

    def move_cursor(
        self, ledger: str, before: Cursor, after: Cursor, *, connection: object | None = None
    ) -> bool:
        """See `Store.move_cursor`; there is none that could be moved."""
        del before, after, connection
        self.head(ledger)
        return False

    def is_in_transaction(self, connection: object) -> bool:
        """See `Store.is_in_transaction`; there is none that could be."""
        del connection
        return False

    def joined(self, connection: object) -> Never:
        """See `Store.joined`; refuses every connection."""
        self.ledgers()
        remedy = "cannot be joined: this ledger lies in no database; open one with Ledger.open(...)"
        raise ArgumentError("connection", short_repr(connection), remedy)

    def files(self) -> tuple[str, ...]:
        """See `Store.files`; there are none."""
        self.ledgers()
        return ()

    def back_up(self, place: Path, *, tell: Tell) -> dict[str, Head]:
        """See `Store.back_up`; refuses."""
        del place, tell
        self.ledgers()
        reason = "has no file to back up: use export_jsonl, or copy_to a ledger in a file"
        raise StoreError(self.address, reason)
