"""The questions that set one view beside another."""

from functools import partial
from typing import Self

from coopledger.errors import ArgumentError
from coopledger.fields import asked, require, shown
from coopledger.projections import Difference
from coopledger.projections import differences as _differences
from coopledger.view.moment import AtMoment

__all__ = ["Comparisons"]

NO_VIEW = "is no view: ask Ledger.view for one"


class Comparisons(AtMoment):
    """The questions that need a second view."""

    def compare(self, other: "Comparisons") -> tuple[Difference, ...]:
        """What changed from this view to the other, and because of which events.

        The views may differ in the day, in what was known, in hindsight and in events left out.
        Partnerships come first, then instruments, commitments, proposals, meetings and parties:
        of each, in the order of the lists, what this view tells of, and then what appeared. A
        thing that only one of the views tells of is one difference; otherwise each field that
        differs is one. Days that merely went by, such as ``days_overdue``, are passed over.

        Raises:
            ArgumentError: The other is no view, or one of another ledger.
        """
        asked("other", partial(require, kind=Comparisons, remedy=NO_VIEW), other)
        standings = other._standings  # noqa: SLF001 - of a view like this one
        if not self._standings.visible.is_of_same_log(standings.visible):
            raise ArgumentError("other", shown(other), "is a view of another ledger")
        return _differences.compare(self._standings, standings)

    def without(self, *event_ids: str) -> Self:
        """The same view, had those events not been recorded.

        What was recorded about them goes with them: corrections, retractions, sources and
        disputes. Leaving out a retraction or a correction brings back what it took away. What
        only a left-out event brought into the ledger has the status ``none``.

        Raises:
            UnknownIdError: The ledger holds no such event.
        """
        positions = [self._ids.event(name, argument="event_ids") for name in event_ids]
        known = self._standings.visible.without_trace(*positions)
        return type(self)(
            known, made=self._ids.made, day=self._day, hindsight=self.hindsight, own=self._own
        )
