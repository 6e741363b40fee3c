"""Tally of what a reader saw, against what writers were acknowledged."""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import attrs

__all__ = ["Follow", "LoggedEvent", "Tail", "Tally", "batch_of", "compare"]


class LoggedEvent(NamedTuple):
    """Event as it was acknowledged or read.

    Its id says who recorded it, as which of the writer's events, and how many of its batch follow.
    """

    position: int
    event_id: str

    @property
    def writer(self) -> str:
        """Return the writer that recorded the event."""
        return self.event_id.split("/")[0]

    @property
    def number(self) -> int:
        """Return the number of the event among those of its writer, from 1."""
        return int(self.event_id.split("/")[1])

    @property
    def ends_a_batch(self) -> bool:
        """Tell whether the event is the last of its batch."""
        return self.event_id.endswith("/0")


# Events after a position and not beyond another, in the order in which it is read.
Follow = Callable[[int, int | None], Iterable[LoggedEvent]]


def batch_of(writer: int, first: int, size: int) -> list[str]:
    """Return the ids of one batch."""
    return [f"{writer}/{first + place}/{size - 1 - place}" for place in range(size)]


@attrs.define
class Tail:
    """Reader who goes on, each time, after the last position that it saw.

    Attributes:
        seen: Everything that it has read so far.
        torn: How often it came to the end of the log and had read only part of a batch.
    """

    seen: list[LoggedEvent] = attrs.field(factory=list[LoggedEvent])
    torn: int = 0

    def look(self, follow: Follow, most: int | None = None) -> None:
        """Read what is new: all of it, or no more than so many positions."""
        after = self.seen[-1].position if self.seen else 0
        up_to = None if most is None else after + most
        self.seen += follow(after, up_to)
        is_at_the_end = up_to is None or not self.seen or self.seen[-1].position < up_to
        if is_at_the_end and self.seen and not self.seen[-1].ends_a_batch:
            self.torn += 1


@attrs.frozen(kw_only=True)
class Tally:
    """Counts of what the reader of a log missed or saw wrongly.

    Attributes:
        acknowledged: How many events writers were told are stored.
        missed: Of these, how many the reader did not see at their positions.
        duplicated: How many it saw again.
        unknown: How many it saw of which no writer was told.
        out_of_order: How many came at no later position than the one before, or after a later
            one of the same writer.
        gaps: How many times a position was passed over.
        torn: How often the log ended in the middle of a batch.
    """

    acknowledged: int
    missed: int
    duplicated: int
    unknown: int
    out_of_order: int
    gaps: int
    torn: int

    @property
    def faults(self) -> dict[str, int]:
        """Return the counts of what is wrong, each with its words."""
        counts = attrs.asdict(self)
        del counts["acknowledged"]
        return {name.replace("_", " "): count for name, count in counts.items()}

    @property
    def is_sound(self) -> bool:
        """Tell whether every acknowledged event was seen once, in order, at positions 1 to n."""
        return not any(self.faults.values())

    def __str__(self) -> str:
        """Return one line for a report."""
        faults = ", ".join(f"{count} {words}" for words, count in self.faults.items())
        return f"{self.acknowledged} events; {faults}"


def compare(acknowledged: Sequence[LoggedEvent], tail: Tail) -> Tally:
    """Return the tally of a reader who looked once more when all was written."""
    once = set(tail.seen)
    known = set(acknowledged)
    positions = [0, *(each.position for each in tail.seen)]
    return Tally(
        acknowledged=len(known),
        missed=len(known - once),
        duplicated=len(tail.seen) - len(once),
        unknown=len(once - known),
        out_of_order=_out_of_order(tail.seen),
        gaps=sum(after > before + 1 for before, after in pairwise(positions)),
        torn=tail.torn,
    )


def _out_of_order(seen: Iterable[LoggedEvent]) -> int:
    """Return how many events came too late: see `Tally.out_of_order`."""
    last_position, last_numbers, late = 0, dict[str, int](), 0
    for each in seen:
        is_late = each.number <= last_numbers.get(each.writer, 0)
        late += is_late or each.position <= last_position
        last_position = each.position
        last_numbers[each.writer] = max(each.number, last_numbers.get(each.writer, 0))
    return late
