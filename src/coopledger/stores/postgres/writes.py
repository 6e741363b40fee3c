"""Writes to a PostgreSQL log: appends, from the first attempt to the last, and restorations."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import attrs
import psycopg

from coopledger._log.chain import Draft, Head, Row, beginning, genesis, head_at
from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.database import PAGE_ROWS, head_in
from coopledger.stores.postgres.failures import LostConnectionError, first_line, plain_errors
from coopledger.stores.postgres.server import Connection, Connections
from coopledger.stores.postgres.statements import PostgresStatements, columns_of
from coopledger.stores.protocol import Log, Revise
from coopledger.stores.write_steps import (
    extend,
    followed,
    refuse_filled,
    refuse_repeated,
    refuse_shorter,
)


@attrs.define(kw_only=True)
class _Write:
    """Write to one ledger.

    Attributes:
        log: Where to read what others stored.
        address: How the store is named in errors.
        connections: Where to borrow a connection.
        statements: What to say on it.
        ledger: The ledger.
    """

    log: Log
    address: str
    connections: Connections
    statements: PostgresStatements
    ledger: str

    def begin(self, connection: Connection) -> Head:
        """Begin a transaction; return the head, which nobody else can move from here on.

        A ledger without a head gets one, so that there is something to lock.
        """
        with plain_errors(self.address):
            connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
            connection.execute(self.statements.begin_ledger, (self.ledger, genesis(self.ledger)))
            lock = connection.execute(self.statements.lock_head, (self.ledger,), binary=True)
            return head_in(self.ledger, lock.fetchall())


@attrs.define(kw_only=True)
class Append(_Write):
    """Append of some drafts.

    A writer who has seen everything needs one round trip: the function ``append`` of the
    database locks the head, compares it, numbers, chains and adds the events and moves the
    head, in a transaction of its own. Measured on PostgreSQL 18 over a socket, without
    waiting for the disk: the function 0.51 ms, one statement that adds where it could move the
    head (chained by the client, who then must know the head) 0.43 to 0.58 ms, a pipeline of four
    statements 0.58 to 0.63 ms; with the disk all three take the 3.9 ms of the disk.

    A writer who is behind locks the head first and revises under the lock.

    A lost connection leaves it open whether an append was committed. The next attempt therefore
    looks, under the lock, whether these very drafts are where this append would have put them:
    then it was, and their rows are the answer. Under the lock nothing is open any more: what the
    server still has in hand of the earlier attempt either holds the lock, and is waited for, or
    finds later that the head has moved, and stores nothing.

    Attributes:
        drafts: What is to be stored; at least one.
        clock_us: The earliest record time.
        revise: Asked about what others stored.
        seen: The position up to which the writer knows the ledger; each revision moves it on.
        is_in_doubt: Whether an attempt was cut off that may have been committed.
        is_followed: Whether somebody subscribed to the ledger, as the last attempt found it.
    """

    drafts: Sequence[Draft]
    clock_us: int
    revise: Revise
    seen: int
    is_in_doubt: bool = False
    is_followed: bool = False

    def attempt(self) -> tuple[Row, ...]:
        """Store the drafts and return their rows.

        Raises:
            LostConnectionError: It may be stored or not: attempt it again.
            CollisionError: Nothing is stored: attempt it again.
            StoreError: Nothing is stored, nor is it by another attempt.
        """
        try:
            if self.is_in_doubt:
                return self._under_lock()
            return self._at_once() or self._under_lock()
        except LostConnectionError:
            self.is_in_doubt = True
            raise

    def _at_once(self) -> tuple[Row, ...]:
        """Store the drafts and return their rows; none if the head is not where it was seen."""
        with self.connections.writing() as connection:
            head = self._call(connection)
        return self._rows_after(head) if head.position == self.seen else ()

    def _under_lock(self) -> tuple[Row, ...]:
        """Store the drafts and return their rows, after revising what others stored."""
        with self.connections.writing() as connection:
            head = self.begin(connection)
            refuse_shorter(self.ledger, head, seen=self.seen)
            if self.is_in_doubt and (stored := self._stored()):
                return stored
            if head.position != self.seen:
                offer = self.revise(self.log.read(self.ledger, after=self.seen))
                self.drafts = offer.drafts if offer is not None else self.drafts
                self.seen = head.position
            self._call(connection)
            with plain_errors(self.address):
                connection.execute("COMMIT")
        return self._rows_after(head)

    def _stored(self) -> tuple[Row, ...]:
        """Return the rows that an earlier attempt stored, if it did."""
        end = self.seen + len(self.drafts)
        rows = tuple(self.log.read(self.ledger, after=self.seen, up_to=end))
        contents = [(row.event_id, row.digest) for row in rows]
        return rows if contents == [(each.event_id, each.digest) for each in self.drafts] else ()

    def _rows_after(self, head: Head) -> tuple[Row, ...]:
        """Return the rows as the server made them: the same steps from the same head."""
        return extend(head, self.drafts, clock_us=self.clock_us)

    def _call(self, connection: Connection) -> Head:
        """Return the head before the append; the drafts are stored if that is where it was seen."""
        values = (
            *(self.ledger, self.ledger, self.seen, self.clock_us, genesis(self.ledger)),
            [draft.event_id for draft in self.drafts],
            [draft.type for draft in self.drafts],
            [draft.v for draft in self.drafts],
            [draft.effective for draft in self.drafts],
            [draft.payload for draft in self.drafts],
            [draft.digest for draft in self.drafts],
        )
        try:
            with plain_errors(self.address):
                [row] = connection.execute(self.statements.append, values, binary=True).fetchall()
        except psycopg.IntegrityError as error:
            stored = self.log.find(self.ledger, [draft.event_id for draft in self.drafts])
            refuse_repeated(self.address, self.drafts, stored=stored)
            raise DamagedLogError(self.ledger, self.seen + 1, first_line(error)) from error
        except psycopg.errors.NumericValueOutOfRange as error:
            # Where the record time is too large, making the rows here is refused and says so.
            extend(self.log.head(self.ledger), self.drafts, clock_us=self.clock_us)
            reason = f"a number is too large ({first_line(error)})"
            raise StoreError(self.address, reason) from error
        *head, is_followed = row
        self.is_followed = is_followed
        return head_in(self.ledger, [] if head[0] is None else [head])


@attrs.define(kw_only=True)
class Restoration(_Write):
    """Restoration of an empty ledger, page by page, in one transaction.

    Rows can be drawn only once, so that it is not attempted again.
    """

    def store(self, rows: Iterable[Row]) -> Head:
        """Store the rows, all of them or none, and return the head after them."""
        last: Row | None = None
        try:
            with self.connections.writing() as connection:
                refuse_filled(self.address, self.ledger, self.begin(connection))
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
        try:
            with plain_errors(self.address):
                connection.execute(self.statements.insert, (self.ledger, *columns_of(page)))
        except psycopg.IntegrityError as error:
            raise DamagedLogError(self.ledger, page[0].position, first_line(error)) from error

    def _commit(self, connection: Connection, head: Head) -> None:
        """Move the head and commit; if that was cut off, look whether it was done."""
        values = (head.position, head.chain, head.recorded_us, self.ledger)
        try:
            with plain_errors(self.address):
                connection.execute(self.statements.move_head, values)
                connection.execute("COMMIT")
        except LostConnectionError:
            if self.log.head(self.ledger) != head:
                raise


def _pages(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Yield the rows in lists of at most `PAGE_ROWS`."""
    while page := list(islice(rows, PAGE_ROWS)):
        yield page
