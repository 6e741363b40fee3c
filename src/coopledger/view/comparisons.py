"""The questions that set one view beside another."""

from typing import Self

from coopledger.view.moment import AtMoment

__all__ = ["Comparisons"]


class Comparisons(AtMoment):
    """The questions that need a second view."""

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
