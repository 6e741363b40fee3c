"""How a log is read, on whichever connection."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from coopledger.errors import DamagedLogError, StoreError
from coopledger.stores.rows import Head, Row
from coopledger.stores.sqlite import statements
from coopledger.stores.sqlite.columns import read_head, read_row, read_rows
from coopledger.stores.sqlite.failures import is_undecodable

__all__ = ["Reading"]

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
        return read_head(ledger, self._ask(statements.HEAD, (ledger,)))

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`; page by page, so that no reader holds back a checkpoint."""
        last, size = _LAST if up_to is None else up_to, _PAGE_ROWS
        sql = statements.read(self._COLUMNS)
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
            rows = self._rows(statements.find(self._COLUMNS, len(some)), (ledger, *some))
            found.update((row[1], read_row(ledger, row, position=row[0])) for row in rows)
        return found

    def _rows(self, sql: str, values: tuple[str | int, ...]) -> list[Any]:
        """The columns of rows, as they are asked for."""
        return self._ask(sql, values)

    @abstractmethod
    def _ask(self, sql: str, values: tuple[str | int, ...]) -> list[Any]:
        """All rows of a query, whose types the STRICT tables promise; nothing stays open."""
