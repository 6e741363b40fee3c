"""Events of a receipt that are read from the log when they are looked at."""

from array import array
from collections.abc import Iterator, Sequence
from operator import eq
from typing import cast, overload

import attrs

from coopledger._facts.source import Source
from coopledger._log.chain import Recorded

_PAGE = 500


class RecordedEvents(Sequence[Recorded]):
    """Events of a receipt, of which only the positions are held.

    So that a receipt of many of them takes little memory. After the ledger is closed they cannot be
    read any more.

    Attributes:
        positions: The position of each.
        expected_after: In a dry run, the position after which nothing is stored.
    """

    def __init__(
        self, positions: "array[int]", source: Source, *, expected_after: int | None
    ) -> None:
        """Refer to the events at the positions."""
        self.positions: Sequence[int] = positions
        self.expected_after: int | None = expected_after
        self._source = source

    @property
    def is_expected(self) -> bool:
        """Return whether one of them is not stored."""
        return self.expected_after is not None and any(
            position > self.expected_after for position in self.positions
        )

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.positions)

    @overload
    def __getitem__(self, index: int) -> Recorded: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Recorded]: ...

    def __getitem__(self, index: int | slice) -> Recorded | Sequence[Recorded]:
        """Return one of the events, or some of them."""
        if isinstance(index, slice):
            return tuple(self._read(self.positions[index]))
        return next(self._read([self.positions[index]]))

    def __iter__(self) -> Iterator[Recorded]:
        """Yield the events, which are read page by page."""
        return self._read(self.positions)

    def __eq__(self, other: object) -> bool:
        """Return whether the other is a sequence of the same events."""
        if not isinstance(other, RecordedEvents | tuple):
            return NotImplemented
        others = cast(Sequence[object], other)
        return len(self) == len(others) and all(map(eq, self, others))

    def __hash__(self) -> int:
        """Return the hash of a tuple of the events."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Return how many events there are."""
        return f"<{len(self)} recorded events>"

    def _read(self, positions: Sequence[int]) -> Iterator[Recorded]:
        for start in range(0, len(positions), _PAGE):
            page = positions[start : start + _PAGE]
            rows = self._source.rows(page)
            yield from (self._as_told(self._source.recorded(rows[each])) for each in page)

    def _as_told(self, item: Recorded) -> Recorded:
        """Return the event, in a dry run without a digest unless it is stored."""
        limit = self.expected_after
        is_expected = limit is not None and item.position > limit
        return attrs.evolve(item, digest=b"") if is_expected else item
