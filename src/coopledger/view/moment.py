"""What every question of a view rests on: the day, what was known, and which ids there are."""

from functools import cached_property

from coopledger.dates import to_date
from coopledger.dates.lazy_types import Date
from coopledger.facts import Facts, Visible
from coopledger.projections.ids import Ids
from coopledger.standings import Standings

__all__ = ["AtMoment"]


class AtMoment:
    """The day asked about, as known at one time; see `View` for its attributes."""

    def __init__(
        self, facts: Facts, *, day: int, position: int, hindsight: bool, head: int
    ) -> None:
        """Use `Ledger.view` instead."""
        self._day = day
        self.hindsight = hindsight
        self.position = position
        self._standings = Standings(Visible(facts, position), day=day, hindsight=hindsight)
        self._ids = Ids(then=self._standings.visible, made=Visible(facts, head))

    def __repr__(self) -> str:
        """The day, the position and the hindsight."""
        return f"View(on={self.on}, position={self.position}, hindsight={self.hindsight})"

    @cached_property
    def on(self) -> Date:
        """The day asked about."""
        return to_date(self._day)
