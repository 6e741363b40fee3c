"""Steps that are the same in every store whose logs are tables of a database.

A database brings its own SQL (`Statements`), and the way to ask on one of its connections. What
the answers mean is here, once.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from types import NoneType
from typing import Any, Generic, TypeVar

import attrs

from coopledger._frozen import frozen
from coopledger._log.chain import Head, Row, beginning
from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.protocol import (
    Closing,
    Cursor,
    Parked,
    parked_changes,
)

# As a driver wants it: SQLite a text, psycopg bytes.
Sql = TypeVar("Sql", bound=str | bytes)

# Remedy for a host, after others were in the way of its transaction.
AGAIN = "roll back and do the whole transaction again"

# Said of a lock, which a connection of the program itself may hold.
BUSY = (
    "another transaction held the lock for too long: try again; if it is of this program, record "
    "within it, with Ledger.transaction, or end it first"
)

PAGE_ROWS = 500
LAST_POSITION = 2**63 - 1
_PAGE_IDS = 500

# Older tables, where nobody may lift them, know no readers.
_FIRST_WITH_CURSORS = 2

# A table may promise these types, but a file can be written without the database.
_HEAD_TYPES = {(int, bytes, recorded_us) for recorded_us in (int, NoneType)}
_CURSOR_TYPES = {(str, int, int, int, int, last_error) for last_error in (str, NoneType)}
_PARKED_TYPES = {
    (int, int, replayed, str, types) for replayed in (bool, int) for types in (str, NoneType)
}
OTHER_KIND = "a value is of another kind than its column"


@frozen(kw_only=True)
class Statements(Generic[Sql]):
    """Statements that every database has, in its own SQL.

    Attributes:
        format: Asks for the version of the tables.
        head: Asks for position, chain and record time of a head.
        ledgers: Asks for the names of the ledgers that hold events.
        cursors: Asks for all cursors of a ledger, each with what it parked, by name and position.
        cursor: Asks for one cursor.
        take_cursor: Makes a cursor, or raises its epoch, and returns it.
        move_cursor: Changes one cursor, if epoch and position are as before.
        park: Adds one parked stretch, or changes its error.
        unpark: Removes one parked stretch.
    """

    format: Sql
    head: Sql
    ledgers: Sql
    cursors: Sql
    cursor: Sql
    take_cursor: Sql
    move_cursor: Sql
    park: Sql
    unpark: Sql


class Reading(ABC, Generic[Sql]):
    """Reading half of a store, on whichever connection."""

    @property
    @abstractmethod
    def _common(self) -> Statements[Sql]:
        """Return the statements that every database has."""

    def head(self, ledger: str) -> Head:
        """See `Store.head`."""
        return head_in(ledger, self._ask(self._common.head, (ledger,)))

    @abstractmethod
    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`."""

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        """See `Store.find`; in pages of ids, each of one moment."""
        rows: dict[str, Row] = {}
        for start in range(0, len(event_ids), _PAGE_IDS):
            page = self._rows_with(ledger, event_ids[start : start + _PAGE_IDS])
            rows.update((row.event_id, row) for row in page)
        return rows

    @abstractmethod
    def _rows_with(self, ledger: str, event_ids: Sequence[str]) -> Iterable[Row]:
        """Return the rows that have one of the ids, of which there are not too many."""

    @abstractmethod
    def _ask(self, statement: Sql, values: tuple[Any, ...]) -> list[Any]:
        """Return all rows of a query, whose types the tables promise; nothing stays open."""


class DatabaseStore(Reading[Sql], Closing):
    """Store with connections of its own."""

    def cursors(self, ledger: str) -> tuple[Cursor, ...]:
        """See `Store.cursors`; none in an older log that could not be lifted."""
        try:
            rows = self._ask(self._common.cursors, (ledger,))
        except StoreError:
            if self._ask(self._common.format, ())[0][0] >= _FIRST_WITH_CURSORS:
                raise
            return ()
        return tuple(_cursors_in(ledger, rows))

    def cursor(self, ledger: str, name: str) -> Cursor | None:
        """See `Store.cursor`."""
        rows = self._ask(self._common.cursor, (ledger, name))
        return cursor_of(ledger, rows[0]) if rows else None

    def ledgers(self) -> tuple[str, ...]:
        """See `Store.ledgers`."""
        return tuple(name_of(name) for (name,) in self._ask(self._common.ledgers, ()))


def head_in(ledger: str, rows: Sequence[Sequence[Any]]) -> Head:
    """Return the head in the only row; without a row, that of a ledger without events.

    Raises:
        DamagedLogError: The columns are no head.
    """
    if not rows:
        return beginning(ledger)
    if tuple(map(type, rows[0])) not in _HEAD_TYPES:
        raise DamagedLogError(ledger, 1, f"in the head {OTHER_KIND}")
    position, chain, recorded_us = rows[0]
    if not 0 <= position < LAST_POSITION:
        raise DamagedLogError(ledger, 1, f"in the head the position is {position}")
    return Head(position=position, chain=chain, recorded_us=recorded_us)


def name_of(name: object) -> str:
    """Return the name of a ledger.

    Raises:
        DamagedLogError: It is no text.
    """
    if not isinstance(name, str):
        raise DamagedLogError(repr(name), 1, "the name of the ledger is no text")
    return name


def cursor_of(ledger: str, columns: Sequence[Any]) -> Cursor:
    """Return the cursor in its six columns, without what it parked.

    Raises:
        DamagedLogError: The columns are no cursor.
    """
    _refuse_other_kind(ledger, columns, _CURSOR_TYPES)
    names = "name", "epoch", "position", "reached", "failures", "last_error"
    return Cursor(**dict(zip(names, columns, strict=True)))


def _cursors_in(ledger: str, rows: Iterable[tuple[Any, ...]]) -> Iterator[Cursor]:
    """Yield the cursors in rows that join each to the stretches that it parked.

    A row holds the columns of a cursor, then those of one stretch, or nulls.
    """
    for columns, group in groupby(rows, key=itemgetter(slice(6))):
        parked = (_parked_of(ledger, row[6:]) for row in group if any(row[6:]))
        yield attrs.evolve(cursor_of(ledger, columns), parked=tuple(parked))


def _parked_of(ledger: str, columns: Sequence[Any]) -> Parked:
    """Return the parked stretch in its five columns.

    Raises:
        DamagedLogError: The columns are no stretch.
    """
    _refuse_other_kind(ledger, columns, _PARKED_TYPES)
    after, up_to, replayed, error, types = columns
    return Parked(after=after, up_to=up_to, replayed=bool(replayed), error=error, types=types)


def _refuse_other_kind(
    ledger: str, columns: Sequence[Any], kinds: Collection[tuple[type, ...]]
) -> None:
    """Refuse the columns of a subscription that are of other kinds.

    Raises:
        DamagedLogError: They are.
    """
    if tuple(map(type, columns)) not in kinds:
        raise DamagedLogError(ledger, 1, f"in a subscription {OTHER_KIND}")


def steps_of_move(
    statements: Statements[Sql], ledger: str, before: Cursor, after: Cursor
) -> Iterator[tuple[Sql, tuple[Any, ...]]]:
    """Yield the statements that move a cursor; unless each changes one row, it had moved."""
    gone, new = parked_changes(before, after)
    key = (ledger, before.name)
    state = (after.position, after.reached, after.failures, after.last_error)
    yield statements.move_cursor, (*state, *key, before.epoch, before.position)
    for parked in gone:
        yield statements.unpark, (*key, *parked.stretch)
    for parked in new:
        yield statements.park, (*key, *attrs.astuple(parked))
