"""Log whose newest part is on trial, and lies in a scratch until it is stored."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from coopledger._frozen import frozen
from coopledger._log.chain import Head, Row
from coopledger.stores.database import LAST_POSITION
from coopledger.stores.protocol import Listed, Readable

if TYPE_CHECKING:
    from coopledger.stores.sqlite.scratch import Scratch


@frozen
class SpooledLog:
    """Log as far as its index reaches, and after that what lies in a scratch.

    Attributes:
        stored: The log.
        base: The position up to which it is shown.
        scratch: Everything after that.
    """

    stored: Readable
    base: int
    scratch: "Scratch"

    def head(self, ledger: str) -> Head:
        """Return where the stored log ends."""
        return self.stored.head(ledger)

    def position_at(self, ledger: str, recorded_us: int) -> int:
        """Return the position of the last stored row that was recorded by the time."""
        return self.stored.position_at(ledger, recorded_us)

    def read(self, ledger: str, *, after: int = 0, up_to: int | None = None) -> Iterator[Row]:
        """See `Readable.read`."""
        last = LAST_POSITION if up_to is None else up_to
        if after < self.base:
            yield from self.stored.read(ledger, after=after, up_to=min(last, self.base))
        yield from self.scratch.read(after=max(after, self.base), up_to=last)

    def find(self, ledger: str, event_ids: Sequence[str]) -> dict[str, Row]:
        """See `Readable.find`."""
        rows = self.scratch.find(event_ids)
        missing = [each for each in event_ids if each not in rows]
        stored = self.stored.find(ledger, missing) if missing and self.base else {}
        rows.update((name, row) for name, row in stored.items() if row.position <= self.base)
        return rows

    def rows(self, ledger: str, positions: Collection[int]) -> dict[int, Row]:
        """See `Readable.rows`."""
        stored = [position for position in positions if position <= self.base]
        rows = self.stored.rows(ledger, stored) if stored else {}
        return rows | self.scratch.rows(each for each in positions if each > self.base)

    def listed(self, ledger: str) -> Listed:
        """See `Readable.listed`; what lies in the scratch is in the index."""
        listed = self.stored.listed(ledger)
        return (
            listed if listed.position < self.base else attrs.evolve(listed, position=LAST_POSITION)
        )

    def named(self, ledger: str, names: Collection[str]) -> dict[str, tuple[int, ...]]:
        """See `Readable.named`."""
        later, base = self.scratch.named(names), self.base
        if not base:
            return later
        stored = self.stored.named(ledger, names)
        return {
            name: (*(each for each in stored.get(name, ()) if each <= base), *later[name])
            for name in names
        }

    def opened(self, ledger: str, noun: str, *, after: int = 0) -> list[tuple[int, str]]:
        """See `Readable.opened`."""
        stored = self.stored.opened(ledger, noun, after=after) if self.base else []
        in_log = [opening for opening in stored if opening[0] <= self.base]
        return [*in_log, *self.scratch.opened(noun, after=max(after, self.base))]
