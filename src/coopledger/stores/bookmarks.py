"""Where the readers of a ledger are: one bookmark for each name, and what they put aside."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

import attrs

__all__ = ["Bookmark", "Parked", "found", "parting", "placed"]


@attrs.frozen(kw_only=True)
class Parked:
    """A stretch of the log that a reader could not deal with and put aside.

    Attributes:
        after: The position before its first event.
        up_to: The position of its last event.
        replayed: Whether the reader had been beyond it before.
        error: What it failed with.
        types: The wire tags of the events that the reader wanted, with spaces between; none for
            all.
    """

    after: int
    up_to: int
    replayed: bool
    error: str
    types: str | None = None

    @property
    def stretch(self) -> tuple[int, int]:
        """Both positions, by which what a reader parked is told apart."""
        return self.after, self.up_to


def _in_order(parked: Iterable[Parked]) -> tuple[Parked, ...]:
    return tuple(sorted(parked, key=attrgetter("stretch")))


@attrs.frozen(kw_only=True)
class Bookmark:
    """How far a reader has come.

    Attributes:
        name: The name of the reader, unique within the ledger.
        epoch: How often the bookmark was taken; who holds a lower one has lost it.
        position: Up to where everything is dealt with.
        reached: The greatest position that it ever was at.
        failures: How often in a row dealing with what comes next has failed.
        last_error: What it failed with last; none once it is dealt with.
        parked: What was put aside, by position.
    """

    name: str
    epoch: int
    position: int
    reached: int
    failures: int = 0
    last_error: str | None = None
    parked: tuple[Parked, ...] = attrs.field(default=(), converter=_in_order)


def found(rows: Iterable[tuple[Any, ...]]) -> Iterator[Bookmark]:
    """The bookmarks in the rows of a query that joins them to what they parked.

    A row holds the fields of a bookmark, then those of one that it parked, or nulls.
    """
    for columns, group in groupby(rows, key=itemgetter(slice(6))):
        parked = tuple(
            Parked(after=after, up_to=up_to, replayed=bool(replayed), error=error, types=types)
            for *_, after, up_to, replayed, error, types in group
            if after is not None
        )
        yield attrs.evolve(placed(*columns), parked=parked)


def placed(*columns: Any) -> Bookmark:  # noqa: ANN401 - as the tables promise
    """The bookmark in one row of a query, without what it parked."""
    names = "name", "epoch", "position", "reached", "failures", "last_error"
    return Bookmark(**dict(zip(names, columns, strict=True)))


def parting(before: Bookmark, after: Bookmark) -> tuple[list[Parked], list[Parked]]:
    """What is parked no more, and what is parked anew or with another error."""
    kept = {each.stretch for each in after.parked}
    gone = [each for each in before.parked if each.stretch not in kept]
    return gone, [each for each in after.parked if each not in before.parked]
