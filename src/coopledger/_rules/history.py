"""The turns that a status takes: of several on one day the last one counts, that of the evening."""

from enum import StrEnum
from typing import Generic, TypeVar

import attrs

Status = TypeVar("Status", bound=StrEnum)


@attrs.frozen
class StatusChange(Generic[Status]):
    """From a day on, something has a status.

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
    """The turns of a status, in order of days; never two on one day, nor twice the same in a row.

    Attributes:
        start: The status before the first turn.
        taken: The turns.
    """

    start: Status
    taken: list[StatusChange[Status]] = attrs.field(factory=list[StatusChange[Status]])

    @property
    def status(self) -> Status:
        """The status now."""
        return self.taken[-1].status if self.taken else self.start

    @property
    def since(self) -> int:
        """The first day of the status, as an ordinal."""
        return self.taken[-1].day if self.taken else 0

    @property
    def set_by(self) -> int | None:
        """The position of the event that set the status."""
        return self.taken[-1].position if self.taken else None

    def take(self, status: Status, day: int, position: int) -> None:
        """Turn to the status, unless it was so the evening before."""
        while self.taken and self.taken[-1].day >= day:
            self.taken.pop()
        if status is not self.status:
            self.taken.append(StatusChange(day, status, position))
