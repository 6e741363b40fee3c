"""Series of meetings that come round, each with the partnership to which it belongs."""

from collections.abc import Iterable
from typing import Protocol

from coopledger._frozen import frozen
from coopledger.answers import Meeting, Series


@frozen
class SeriesOf:
    """Series with its meetings.

    Attributes:
        series: What is known of it.
        meetings: Its meetings, by date; there is one at least.
    """

    series: Series
    meetings: tuple[Meeting, ...]

    @property
    def title(self) -> str:
        """Return what its meetings are called, or else its id."""
        return self.meetings[-1].kind or self.series.id

    @property
    def partnership(self) -> str | None:
        """Return the id of the partnership of its last meeting."""
        return self.meetings[-1].partnership

    @property
    def is_due(self) -> bool:
        """Return whether the next meeting has a day by the interval alone: nobody announced it."""
        return self.series.next_due is not None and self.series.next_meeting is None


class Asking(Protocol):
    """View that answers what is asked about series."""

    def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings announced or held by then, by date."""
        ...

    def series(self, id: str) -> Series:
        """Return the numbers held in a series of meetings, those missing, and the next one."""
        ...


def all_series(view: Asking, meetings: Iterable[Meeting] | None = None) -> dict[str, SeriesOf]:
    """Return the series of the meetings by id, each in the order of its first one."""
    members: dict[str, list[Meeting]] = {}
    for each in view.meetings() if meetings is None else meetings:
        if each.series is not None:
            members.setdefault(each.series, []).append(each)
    return {name: SeriesOf(view.series(name), tuple(found)) for name, found in members.items()}


def series_of(view: Asking, partnership: str) -> list[SeriesOf]:
    """Return the series of meetings of a partnership."""
    meetings = (each for each in view.meetings() if each.partnership == partnership)
    return [*all_series(view, meetings).values()]


def by_partnership(view: Asking) -> dict[str | None, list[Series]]:
    """Return the series of meetings by the partnership of the last one of each."""
    found: dict[str | None, list[Series]] = {}
    for each in all_series(view).values():
        found.setdefault(each.partnership, []).append(each.series)
    return found
