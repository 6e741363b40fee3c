"""The whole log surveyed: every concern, the weightiest first."""

from itertools import chain

from coopledger.checking.concerns import Concern
from coopledger.checking.declarations import contradicted
from coopledger.checking.duplicates import duplicates
from coopledger.checking.meetings import skipped, unrecorded
from coopledger.checking.trials import tried_again
from coopledger.facts import Visible
from coopledger.standings import Standings
from coopledger.terms import Weight
from coopledger.validation import OwnChecks

__all__ = ["concerns"]

ORDER = {weight: place for place, weight in enumerate(Weight)}


def concerns(visible: Visible, *, day: int, today: int, own: OwnChecks = ()) -> tuple[Concern, ...]:
    """Every concern, by weight and then by the position of its first event.

    ``day`` is the day on which meetings may be unrecorded and declared states are compared;
    ``today`` is the day of the last recording, after which nothing can have happened;
    ``own`` are checks beyond those of the library.
    """
    standings = Standings(visible, day=day)
    found = chain(
        tried_again(visible, today=today, own=own),
        duplicates(visible),
        skipped(standings),
        unrecorded(standings),
        contradicted(standings),
    )
    return tuple(sorted(found, key=_place))


def _place(concern: Concern) -> tuple[int, tuple[int, ...], str]:
    """Sorts by weight, then by position."""
    return ORDER[concern.weight], concern.positions, concern.code
