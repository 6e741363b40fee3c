"""Stretches of a log, with the events that a subscription is about."""

from collections.abc import Iterable, Iterator
from math import inf

import attrs

from coopledger.errors import DamagedLogError
from coopledger.record import Recorded
from coopledger.recording import Recorder
from coopledger.stores import Parked, Row, Store
from coopledger.transcript import read_row, recorded

__all__ = ["Reader"]

# A stretch without a wanted event ends here, so that a long way is saved on the way.
_LONGEST = 10_000


@attrs.frozen(kw_only=True)
class Reader:
    """Reads a ledger stretch by stretch.

    Attributes:
        store: Where the log lies.
        ledger: The name of the ledger.
        recorder: Knows how events are read, and those that this program has read already.
        tags: The wire tags of the wanted events; none for all.
        most: How many wanted events there may be in a stretch.
    """

    store: Store
    ledger: str
    recorder: Recorder
    tags: frozenset[str] | None
    most: int

    def stretches(self, after: int, end: float) -> Iterator[tuple[tuple[Recorded, ...], int]]:
        """Stretch by stretch, the wanted events in it and its last position.

        Ends at the position given, or with what is recorded by then.

        Raises:
            DamagedLogError: An event is missing or cannot be read.
            NewerLogError: A newer version of coopledger recorded a wanted event.
            MissingPackError: A wanted event is of a pack that the ledger was not given.
        """
        events, position = list[Recorded](), after
        for row in self._rows(after, None if end == inf else int(end)):
            position = row.position
            if self._is_wanted(row):
                events.append(self._recorded(row))
            if len(events) == self.most or position - after == _LONGEST:
                yield tuple(events), position
                events, after = [], position
        if position > after:
            yield tuple(events), position

    def around(
        self, parked: Iterable[Parked], after: int, end: float
    ) -> Iterator[tuple[tuple[Recorded, ...], int]]:
        """The same, with a stretch without events in place of each that is parked, in order."""
        for aside in parked:
            if after < aside.up_to and aside.after < end:
                yield from self.stretches(after, max(after, aside.after))
                after = int(min(aside.up_to, end))
                yield (), after
        yield from self.stretches(after, end)

    def between(self, after: int, up_to: int) -> tuple[Recorded, ...]:
        """The wanted events after a position and up to another, however many there are."""
        return tuple(
            self._recorded(row) for row in self._rows(after, up_to) if self._is_wanted(row)
        )

    def put_aside(self, parked: Parked) -> tuple[Recorded, ...]:
        """The events of what is parked: those that were wanted then, whatever is wanted now."""
        tags = None if parked.types is None else frozenset(parked.types.split())
        return attrs.evolve(self, tags=tags).between(parked.after, parked.up_to)

    @property
    def types(self) -> str | None:
        """The tags of the wanted events as one text; none for all."""
        return None if self.tags is None else " ".join(sorted(self.tags))

    def _rows(self, after: int, up_to: int | None) -> Iterator[Row]:
        """The rows, once it is sure that none is missing between them."""
        rows = self.store.read(self.ledger, after=after, up_to=up_to)
        for position, row in enumerate(rows, after + 1):
            if row.position != position:
                reason = f"missing: position {row.position} comes next"
                raise DamagedLogError(self.ledger, position, reason)
            yield row

    def _is_wanted(self, row: Row) -> bool:
        return self.tags is None or row.type in self.tags

    def _recorded(self, row: Row) -> Recorded:
        """The event of the row: the one that the ledger has read already, if it has."""
        known = self.recorder.facts.recorded[row.position - 1 : row.position]
        if known and known[0].chain == row.chain:
            return known[0]
        vocabulary = self.recorder.settings.vocabulary
        return recorded(row, read_row(self.ledger, row, vocabulary=vocabulary))
