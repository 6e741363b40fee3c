"""Columns as they come from a file, taken for what they are.

The tables are STRICT, but that holds back nobody who writes to the file without SQLite.
"""

from collections.abc import Iterable, Iterator
from types import NoneType
from typing import Any

from coopledger.errors import DamagedLogError
from coopledger.stores.chain import beginning
from coopledger.stores.rows import Head, Row

__all__ = ["read_head", "read_row", "read_rows"]

_ROWS = {(int, str, str, int, int, effective, bytes, bytes, bytes) for effective in (str, NoneType)}
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
    if tuple(map(type, columns)) not in _ROWS:
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
