"""Columns as they come from a file, taken for what they are.

The tables are STRICT, but that holds back nobody who writes to the file without SQLite.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from types import NoneType
from typing import Any, ClassVar

from coopledger._log.chain import Head, Row, beginning
from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.sqlite.failures import is_undecodable

_COLUMN_TYPES = {
    (int, str, str, int, int, effective, bytes, bytes, bytes) for effective in (str, NoneType)
}
_HEADS = {(int, bytes, recorded_us) for recorded_us in (int, NoneType)}
_OTHER = "a value is of another kind than its column"


def read_rows(ledger: str, found: Iterable[tuple[Any, ...]], *, after: int) -> Iterator[Row]:
    """The rows that follow a position, one after the other.

    Raises:
        DamagedLogError: Those columns are no row; the rows before it were given.
    """
    for position, columns in enumerate(found, after + 1):
        yield read_row(ledger, columns, position=position)


def read_row(ledger: str, columns: tuple[Any, ...], *, position: int) -> Row:
    """One row.

    Raises:
        DamagedLogError: The columns are no row; it is said to be at the position.
    """
    if tuple(map(type, columns)) not in _COLUMN_TYPES:
        raise DamagedLogError(ledger, position, _OTHER)
    return Row(*columns)


def read_head(ledger: str, found: list[tuple[Any, ...]]) -> Head:
    """The head in the one row that may be found, or that of a ledger without events.

    Raises:
        DamagedLogError: The columns are no head.
    """
    if not found:
        return beginning(ledger)
    if tuple(map(type, found[0])) not in _HEADS:
        raise DamagedLogError(ledger, 1, f"in the head {_OTHER}")
    position, chain, recorded_us = found[0]
    return Head(position=position, chain=chain, recorded_us=recorded_us)


# What is said to an SQLite log.
#
# Every table is named with its database, `main`: on a connection of a host there may be tables of
# the same names that are temporary, or in an attached file.

HEAD = "SELECT +position, +chain, +recorded_us FROM main.head WHERE ledger = ?"
BEGIN_LEDGER = (
    "INSERT INTO main.head (ledger, position, chain) "
    "SELECT ?, 0, ? WHERE NOT EXISTS (SELECT 1 FROM main.head WHERE ledger = ?)"
)
INSERT = (
    "INSERT INTO main.event (ledger, position, event_id, type, v, recorded_us, effective, payload, "
    "digest, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
LEDGERS = "SELECT ledger FROM main.head WHERE position > 0 ORDER BY ledger"
MAIN_FILE = "SELECT file FROM pragma_database_list WHERE name = 'main'"

_ROWS = "SELECT {columns} FROM main.event WHERE ledger = ? AND "


def read(columns: str) -> str:
    """A page of rows, in the order of their positions."""
    where = "position > ? AND position <= ? ORDER BY position LIMIT ?"
    return _ROWS.format(columns=columns) + where


def find(columns: str, number: int) -> str:
    """The rows of so many ids."""
    return f"{_ROWS.format(columns=columns)}event_id IN ({', '.join('?' * number)})"


def columns(ledger: str, row: Row) -> tuple[str | int | bytes | None, ...]:
    """The values of a row that is inserted."""
    return (
        ledger,
        row.position,
        row.event_id,
        row.type,
        row.v,
        row.recorded_us,
        row.effective,
        row.payload,
        row.digest,
        row.chain,
    )


# How a log is read, on whichever connection.

_PAGE_ROWS = 500
_PAGE_IDS = 500
_LAST = 2**63 - 1


class Reading(ABC):
    """The reading half of a store."""

    _COLUMNS: ClassVar[str] = (
        "position, event_id, type, v, recorded_us, effective, payload, digest, chain"
    )

    def head(self, ledger: str) -> Head:
        """See `Store.head`."""
        return read_head(ledger, self._ask(HEAD, (ledger,)))

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`; page by page, so that no reader holds back a checkpoint."""
        last, size = _LAST if up_to is None else up_to, _PAGE_ROWS
        sql = read(self._COLUMNS)
        while True:
            try:
                page = self._rows(sql, (ledger, after, last, size))
            except (StoreError, UnicodeDecodeError) as error:
                if isinstance(error, StoreError) and not is_undecodable(error):
                    raise
                if size == 1:
                    raise DamagedLogError(ledger, after + 1, "a text is no UTF-8") from error
                size = 1  # The rows before the bad one are given, and its position is named.
                continue
            yield from read_rows(ledger, page, after=after)
            if len(page) < size:
                return
            after = page[-1][0]

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        """See `Store.find`; in pages of ids, each of one moment."""
        found: dict[str, Row] = {}
        for start in range(0, len(event_ids), _PAGE_IDS):
            some = event_ids[start : start + _PAGE_IDS]
            rows = self._rows(find(self._COLUMNS, len(some)), (ledger, *some))
            found.update((row[1], read_row(ledger, row, position=row[0])) for row in rows)
        return found

    def _rows(self, sql: str, values: tuple[str | int, ...]) -> list[Any]:
        """The columns of rows, as they are asked for."""
        return self._ask(sql, values)

    @abstractmethod
    def _ask(self, sql: str, values: tuple[str | int, ...]) -> list[Any]:
        """All rows of a query, whose types the STRICT tables promise; nothing stays open."""
