"""History of a status: each change, and the day from which it counts.

Of several changes on one day the last one counts: the status of a day is that of its evening.
Instruments, proposals and meetings keep one. A commitment keeps none, since its status follows
from other nouns, from the day and from the days within which a view calls it due soon.
"""

from enum import StrEnum
from typing import Generic, TypeVar

import attrs

Status = TypeVar("Status", bound=StrEnum)


@attrs.frozen
class StatusChange(Generic[Status]):
    """Status that something has from a day on.

    Attributes:
        day: The first day, as an ordinal; 0 is the beginning.
        status: The status.
        position: The position of the event that set it.
    """

    day: int
    status: Status
    position: int


@attrs.define
class StatusHistory(Generic[Status]):
    """Changes of a status in the order of their days, never two on one day.

    Attributes:
        start: The status before the first change.
        changes: The changes; two in a row differ.
        status: The status after all changes, which rules ask for again and again.
    """

    start: Status
    changes: list[StatusChange[Status]] = attrs.field(factory=list[StatusChange[Status]])
    status: Status = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Begin with the status after all changes."""
        self.status = self.changes[-1].status if self.changes else self.start

    @property
    def since(self) -> int:
        """Return the first day of that status, as an ordinal; 0 where it never changed."""
        return self.changes[-1].day if self.changes else 0

    @property
    def set_by(self) -> int | None:
        """Return the position of the event that set that status."""
        return self.changes[-1].position if self.changes else None

    def on(self, day: int) -> StatusChange[Status] | None:
        """Return the last change up to the day; None where there was none yet."""
        for change in reversed(self.changes):
            if change.day <= day:
                return change
        return None

    def copied(self) -> "StatusHistory[Status]":
        """Return a history of the same changes, to which others may be added."""
        return StatusHistory(self.start, self.changes.copy())

    def change_to(self, status: Status, day: int, position: int) -> None:
        """Set the status from the day on, unless the evening before had it already.

        Later changes are forgotten.
        """
        while self.changes and self.changes[-1].day >= day:
            self.changes.pop()
        before = self.changes[-1].status if self.changes else self.start
        if status is not before:
            self.changes.append(StatusChange(day, status, position))
        self.status = status
