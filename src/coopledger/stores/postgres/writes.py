"""Writes to a PostgreSQL log: appends, from the first attempt to the last, and restorations."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import starmap
from typing import ClassVar

import attrs
import psycopg

from coopledger._log.chain import Draft, Head, Listing, Row, genesis, head_at
from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.database import PAGE_ROWS, head_in
from coopledger.stores.postgres.appending import Outcome, call_of
from coopledger.stores.postgres.failures import LostConnectionError, first_line, plain_errors
from coopledger.stores.postgres.index import add_page
from coopledger.stores.postgres.pool import Connection
from coopledger.stores.postgres.server import Connections, Server
from coopledger.stores.postgres.statements import PostgresStatements, columns_of
from coopledger.stores.protocol import Admit, Appended, Log, NamesOf
from coopledger.stores.write_steps import (
    Wish,
    admit_others,
    pages_after,
    pages_of,
    refuse_filled,
    refuse_repeated,
    refuse_shorter,
    refuse_twice,
)

_REVISIONS_WITHOUT_LOCK = 3


@attrs.define(kw_only=True)
class _Write:
    """Write to one ledger.

    Attributes:
        log: Where to read what others stored.
        server: The server, and how it is used.
        connections: Where to borrow a connection.
        statements: What to say on it.
        ledger: The ledger.
    """

    log: Log
    server: Server
    connections: Connections
    statements: PostgresStatements
    ledger: str

    @property
    def address(self) -> str:
        """Return how the store is named in errors."""
        return str(self.server)

    def begin(self, connection: Connection) -> Head:
        """Begin a transaction; return the head, which nobody else can move from here on.

        A ledger without a head gets one, so that there is something to lock.
        """
        self.server.begin(connection)
        with plain_errors(self.address):
            connection.execute(self.statements.begin_ledger, (self.ledger, genesis(self.ledger)))
            lock = connection.execute(self.statements.lock_head, (self.ledger,), binary=True)
            return head_in(self.ledger, lock.fetchall())


@attrs.define(kw_only=True)
class Append(_Write):
    """Append of some drafts.

    One call of a function of the server, and with it one round trip, stores them in a
    transaction of its own: everything is compared on the server before the commit.

    A writer whose trial rested on what others have touched since reads that, revises and calls
    again. No lock is held meanwhile, three times; then the head is locked first, so that nobody
    starves, and all is read on the connection that holds the lock: whoever holds it waits for
    nothing.

    A lost connection leaves it open whether an append was committed. The next attempt therefore
    looks, under the lock, whether these very drafts are stored after what this writer has seen:
    then they are, and their rows are the answer. Under the lock nothing is open any more: what the
    server still has in hand of the earlier attempt either holds the lock, and is waited for, or
    finds the ids taken, and stores nothing.

    Attributes:
        wish: What is to be stored; each revision makes another one of it.
        revisions: How often others were in the way.
        is_in_doubt: Whether an attempt was cut off that may have been committed.
        is_followed: Whether somebody subscribed to the ledger, as the last attempt found it.
    """

    wish: Wish
    revisions: int = 0
    is_in_doubt: bool = False
    is_followed: bool = False

    def attempt(self) -> Appended:
        """Store the drafts and return their rows.

        Raises:
            LostConnectionError: It may be stored or not: attempt it again.
            CollisionError: Nothing is stored: attempt it again.
            StoreError: Nothing is stored, nor is it by another attempt.
        """
        try:
            return self._attempt()
        except LostConnectionError:
            self.is_in_doubt = True
            raise
        except psycopg.IntegrityError as error:
            refuse_repeated(self.address, self.wish.drafts, stored=self._found())
            raise DamagedLogError(self.ledger, self.wish.seen + 1, first_line(error)) from error
        except psycopg.errors.NumericValueOutOfRange as error:
            # Where the record time is too large, making the rows here is refused and says so.
            self.wish.rows_after(self.log.head(self.ledger))
            reason = f"a number is too large ({first_line(error)})"
            raise StoreError(self.address, reason) from error

    def _attempt(self) -> Appended:
        while not self.is_in_doubt and self.revisions < _REVISIONS_WITHOUT_LOCK:
            appended = self._at_once()
            if appended is not None:
                return appended
        return self._under_lock()

    def _at_once(self) -> Appended | None:
        """Return the rows, stored in one round trip; None after others were in the way."""
        with self.connections.writing() as connection:
            outcome = self._call(connection, patience=self.server.patience)
        if outcome.after is not None:
            return outcome.appended(self.wish)
        refuse_shorter(self.ledger, outcome.before, seen=self.wish.seen)
        self._revise(outcome.before, self._others(outcome))
        return None

    def _others(self, outcome: Outcome) -> Iterator[Row]:
        """Return the rows that others stored up to the head, which came with it or are read."""
        if outcome.others:
            return iter(outcome.others)
        return self.log.read(self.ledger, after=self.wish.seen, up_to=outcome.before.position)

    def _under_lock(self) -> Appended:
        """Return the rows, stored after the last revision under the lock."""
        with (
            self.connections.writing() as connection,
            self.connections.holding(connection),
        ):
            head = self.begin(connection)
            refuse_shorter(self.ledger, head, seen=self.wish.seen)
            if self.is_in_doubt and (stored := self._stored()):
                return Appended(rows=stored)
            outcome = self._call(connection)
            if outcome.after is None:
                # Read to the end first: if the connection is lost, nothing is revised twice.
                self._revise(head, iter(list(self._others(outcome))))
                outcome = self._call(connection)
            appended = outcome.appended(self.wish)
            with plain_errors(self.address):
                connection.execute("COMMIT")
            return appended

    def _revise(self, head: Head, rows: Iterator[Row]) -> None:
        """Take the rows that others stored up to the head into account."""
        self.wish = self.wish.revised(rows, head=head)
        self.revisions += 1

    def _found(self) -> dict[str, Row]:
        """Return the rows that are stored under the ids of the drafts."""
        return self.log.find(self.ledger, [draft.event_id for draft in self.wish.drafts])

    def _stored(self) -> tuple[Row, ...]:
        """Return the rows that an earlier attempt stored, if it did."""
        stored, drafts = self._found(), self.wish.drafts
        rows = [stored.get(draft.event_id) for draft in drafts]
        found = tuple(row for row in rows if row is not None and row.position > self.wish.seen)
        contents = [(row.event_id, row.digest) for row in found]
        return found if contents == [(each.event_id, each.digest) for each in drafts] else ()

    def _call(self, connection: Connection, *, patience: str | None = None) -> Outcome:
        """Return the outcome of the call; it is committed where no transaction is open."""
        is_fast = self.server.is_fast
        call = call_of(self.wish, self.statements, patience=patience, is_fast=is_fast)
        with plain_errors(self.address):
            rows = connection.execute(*call, binary=True).fetchall()
        outcome = Outcome.of(self.ledger, rows)
        self.is_followed = outcome.is_followed
        return outcome


@attrs.define(kw_only=True)
class _PagedWrite(_Write):
    """Write of more rows than fit into memory, page by page, in one transaction.

    Pages can be drawn only once, so that it is not attempted again.
    """

    NOTHING: ClassVar[str]  # Said where the whole is refused or lost.

    _entries: int = attrs.field(default=0, init=False)

    @contextmanager
    def whole_or_nothing(self) -> Generator[Connection, None, None]:
        """Lend a connection for a block in which all is written, and committed at its end."""
        try:
            with self.connections.writing() as connection, self.connections.holding(connection):
                yield connection
        except LostConnectionError as error:
            raise StoreError(self.address, f"{self.NOTHING}: {error.reason}") from error

    def insert(self, connection: Connection, rows: Sequence[Row], names: Iterable[Listing]) -> None:
        """Add the rows, and then their names, of which there may be none."""
        try:
            with plain_errors(self.address):
                values = (self.ledger, *columns_of(rows))
                stored = connection.execute(self.statements.insert, values).rowcount
                page = [(row.position, listing) for row, listing in zip(rows, names, strict=False)]
                add_page(connection, self.statements, self.ledger, page)
                self._entries += sum(listing.entries for _, listing in page)
        except psycopg.IntegrityError as error:
            detail = error.diag.message_detail or ""
            earlier = {row.event_id for row in rows if f"({self.ledger}, {row.event_id})" in detail}
            refuse_twice(self.address, rows, stored=earlier)
            raise DamagedLogError(self.ledger, rows[0].position, first_line(error)) from error
        if stored != len(rows):
            self._refuse_other(rows[0].position)

    def is_listed_at(self, connection: Connection, head: Head) -> bool:
        """Return whether the index is written up to the head; nobody else can move it then."""
        here = (head.position, head.chain)
        with plain_errors(self.address):
            if not head.position:
                connection.execute(self.statements.begin_listed, (self.ledger, head.chain))
            moved = (*here, 0, self.ledger, *here)
            return connection.execute(self.statements.move_listed, moved).rowcount == 1

    def commit(self, connection: Connection, head: Head, *, since: Head, is_listed: bool) -> None:
        """Move the head and commit; if that was cut off, look whether it was done."""
        end = (head.position, head.chain)
        try:
            with plain_errors(self.address):
                if is_listed:
                    moved = (*end, self._entries, self.ledger, since.position, since.chain)
                    connection.execute(self.statements.move_listed, moved)
                values = (*end, head.recorded_us, self.ledger)
                answer = connection.execute(self.statements.move_head, values, binary=True)
                if head_in(self.ledger, answer.fetchall()) != head:
                    self._refuse_other(head.position)
                connection.execute("COMMIT")
        except LostConnectionError:
            last = self.log.rows(self.ledger, [head.position]).get(head.position)
            if last is None or last.chain != head.chain:
                raise

    def _refuse_other(self, position: int) -> None:
        """Refuse to commit what is not what was given.

        Raises:
            DamagedLogError: Always.
        """
        reason = f"the server stores something else than was given: {self.NOTHING}"
        raise DamagedLogError(self.ledger, position, reason)


@attrs.define(kw_only=True)
class Restoration(_PagedWrite):
    """Restoration of an empty ledger.

    Attributes:
        listing: Gives the names of a row; without it the index is not written.
    """

    NOTHING: ClassVar[str] = "nothing is restored"

    listing: NamesOf | None

    def store(self, rows: Iterable[Row]) -> Head:
        """Store the rows, all of them or none, and return the head after them."""
        with self.whole_or_nothing() as connection:
            head = start = self.begin(connection)
            refuse_filled(self.address, self.ledger, start)
            is_listed = self.listing is not None and self.is_listed_at(connection, start)
            for _, page in pages_of(self.ledger, rows, size=PAGE_ROWS):
                self.insert(connection, page, self._names(connection, page if is_listed else ()))
                head = head_at(page[-1])
            if head is not start:  # Else the head that was begun is rolled back.
                self.commit(connection, head, since=start, is_listed=is_listed)
        return head

    def _names(self, connection: Connection, rows: Iterable[Row]) -> Iterator[Listing]:
        """Yield the names of rows that are inserted by now."""
        if self.listing is not None:
            find = partial(self._find, connection)
            for row in rows:
                yield self.listing(row, find)

    def _find(self, connection: Connection, event_ids: Sequence[str]) -> dict[str, Row]:
        """Return the rows with some ids, as far as they are inserted."""
        values = (self.ledger, list(event_ids))
        answer = connection.execute(self.statements.find, values, binary=True)
        return {row.event_id: row for row in starmap(Row, answer.fetchall())}


@attrs.define(kw_only=True)
class PagedAppend(_PagedWrite):
    """Append of more drafts than fit into memory.

    Attributes:
        clock_us: The earliest record time.
        admit: Asked about what others stored.
        seen: The position up to which the writer knows the ledger.
    """

    NOTHING: ClassVar[str] = "nothing is stored"

    clock_us: int
    admit: Admit
    seen: int

    def store(self, pages: Iterable[Sequence[Draft]]) -> Head:
        """Store the drafts, all of them or none, and return the head after them."""
        with self.whole_or_nothing() as connection:
            head = start = self.begin(connection)
            admit_others(self.admit, log=self.log, ledger=self.ledger, head=start, seen=self.seen)
            is_listed = self.is_listed_at(connection, start)
            for _, rows, page in pages_after(start, pages, clock_us=self.clock_us):
                self.insert(connection, rows, (each.listing for each in page if is_listed))
                head = head_at(rows[-1])
            if head is not start:
                self.commit(connection, head, since=start, is_listed=is_listed)
        return head
