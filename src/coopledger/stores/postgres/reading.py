"""How a log is read, on whichever connection."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import Any

from coopledger.stores.chain import beginning
from coopledger.stores.postgres.statements import Statements
from coopledger.stores.rows import Head, Row

__all__ = ["Reading"]

_PAGE_ROWS = 500
_PAGE_IDS = 500
_LAST = 2**63 - 1


class Reading(ABC):
    """The reading half of a store."""

    _statements: Statements

    def head(self, ledger: str) -> Head:
        """See `Store.head`."""
        found = self._ask(self._statements.head, (ledger,))
        if not found:
            return beginning(ledger)
        position, chain, recorded_us = found[0]
        return Head(position=position, chain=chain, recorded_us=recorded_us)

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Store.read`; page by page, so that no reader holds back the server's cleaning."""
        last = _LAST if up_to is None else up_to
        while True:
            page = list(
                starmap(Row, self._ask(self._statements.read, (ledger, after, last, _PAGE_ROWS)))
            )
            yield from page
            if len(page) < _PAGE_ROWS:
                return
            after = page[-1].position

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        """See `Store.find`; in pages of ids, each of one moment."""
        found: dict[str, Row] = {}
        for start in range(0, len(event_ids), _PAGE_IDS):
            some = list(event_ids[start : start + _PAGE_IDS])
            rows = starmap(Row, self._ask(self._statements.find, (ledger, some)))
            found.update((row.event_id, row) for row in rows)
        return found

    @abstractmethod
    def _ask(self, statement: bytes, values: tuple[object, ...]) -> list[Any]:
        """All rows of a query, whose types the tables promise; nothing stays open."""
