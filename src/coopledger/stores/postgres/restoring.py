"""A ledger is put back into a PostgreSQL log, page by page, in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import attrs
import psycopg

from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.appending import followed, refuse_filled
from coopledger.stores.chain import beginning, head_at
from coopledger.stores.postgres.appends import Log, begin
from coopledger.stores.postgres.connections import Connections
from coopledger.stores.postgres.failures import LostConnectionError, plain_errors
from coopledger.stores.postgres.server import Connection
from coopledger.stores.postgres.statements import Statements
from coopledger.stores.rows import Head, Row

__all__ = ["Restoration"]

_PAGE_ROWS = 500


@attrs.frozen(kw_only=True)
class Restoration:
    """One restoration. Rows can be drawn only once, so that it is not attempted again.

    Attributes:
        log: Where to look for what was stored.
        address: How the store is named in errors.
        connections: Where to borrow a connection.
        statements: What to say on it.
        ledger: The ledger, which is empty.
    """

    log: Log
    address: str
    connections: Connections
    statements: Statements
    ledger: str

    def store(self, rows: Iterable[Row]) -> Head:
        """The head after the rows, all of them or none."""
        last: Row | None = None
        try:
            with self.connections.writing() as connection:
                with plain_errors(self.address):
                    head = begin(connection, self.statements, self.ledger)
                refuse_filled(self.address, self.ledger, head)
                for page in _pages(followed(self.address, self.ledger, rows)):
                    self._insert(connection, page)
                    last = page[-1]
                if last is None:
                    return beginning(self.ledger)  # the head that was begun is rolled back
                self._commit(connection, head_at(last))
        except LostConnectionError as error:
            raise StoreError(self.address, f"nothing is restored: {error.reason}") from error
        return head_at(last)

    def _insert(self, connection: Connection, page: Sequence[Row]) -> None:
        columns = [list(column) for column in zip(*map(attrs.astuple, page), strict=True)]
        try:
            with plain_errors(self.address):
                connection.execute(self.statements.insert, (self.ledger, *columns))
        except psycopg.IntegrityError as error:
            told = str(error).partition("\n")[0]
            raise DamagedLogError(self.ledger, page[0].position, told) from error

    def _commit(self, connection: Connection, head: Head) -> None:
        """Moves the head and commits; if that was cut off, looks whether it was done."""
        values = (head.position, head.chain, head.recorded_us, self.ledger)
        try:
            with plain_errors(self.address):
                connection.execute(self.statements.move_head, values)
                connection.execute("COMMIT")
        except LostConnectionError:
            if self.log.head(self.ledger) != head:
                raise


def _pages(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while page := list(islice(rows, _PAGE_ROWS)):
        yield page
