"""What every question of a view rests on: the day, what was known, and which ids there are."""

from functools import cached_property

from coopledger.dates import to_date
from coopledger.dates.lazy_types import Date
from coopledger.facts import Visible
from coopledger.projections.ids import Ids
from coopledger.rules.duty import Own
from coopledger.standings import Standings

__all__ = ["AtMoment"]


class AtMoment:
    """The day asked about, as known at one time; see `View` for its attributes."""

    def __init__(
        self, known: Visible, *, made: Visible, day: int, hindsight: bool, own: Own
    ) -> None:
        """Use `Ledger.view` instead."""
        self._day = day
        self._own = own
        self.hindsight: bool = hindsight
        self.position: int = known.up_to
        self._standings = Standings(known, day=day, hindsight=hindsight)
        self._ids = Ids(then=known, made=made)

    def __repr__(self) -> str:
        """The day, the position and the hindsight, and the events left out, if any."""
        left_out = ", ".join(map(repr, self._standings.visible.left_out))
        without = f".without({left_out})" if left_out else ""
        return f"View(on={self.on}, position={self.position}, hindsight={self.hindsight}){without}"

    @cached_property
    def _families(self) -> Standings:
        """The standings where what belongs to a child belongs to its parent too."""
        return self._standings.with_children()

    @cached_property
    def on(self) -> Date:
        """The day asked about."""
        return to_date(self._day)
