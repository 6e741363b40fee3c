"""One event at its place in the replay."""

import attrs

from coopledger.events import Event

__all__ = ["BEGINNING", "Fact", "by_place", "by_position"]

BEGINNING = 0  # The day before every day: what has no date counts from here.


@attrs.frozen
class Fact:
    """One visible event at its place in the replay.

    Attributes:
        position: Its position in the log.
        event: The event, as corrected.
        effect: The day from which it counts, as an ordinal; 0 is the beginning.
        act: The latest day of the act, as an ordinal; 0 if undated.
        place: Its place in the replay: effect, act, position in the log.
    """

    position: int
    event: Event
    effect: int
    act: int
    place: tuple[int, int, int]

    @classmethod
    def of(cls, position: int, event: Event) -> "Fact":
        """The fact that the event at the position states."""
        act = event.when.settled if event.when is not None else BEGINNING
        effect = event.effective.settled if event.effective is not None else act
        return cls(position, event, effect, act, (effect, act, position))

    @property
    def id(self) -> str:
        """The id of the event."""
        return self.event.id or ""

    @property
    def certain(self) -> bool:
        """Whether the day from which it counts is one single certain day, or needs none."""
        counted = self.event.effective or self.event.when
        return counted is None or counted.exact


def by_place(fact: Fact) -> tuple[int, int, int]:
    """Sorts facts as they replay."""
    return fact.place


def by_position(fact: Fact) -> int:
    """Sorts facts as they lie in the log."""
    return fact.position
