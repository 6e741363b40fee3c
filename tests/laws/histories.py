"""Random histories on a real ledger: what is refused on the way is left out."""

import attrs
from hypothesis import strategies as st

from coopledger import Ledger
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.stores import Store
from tests.builders import Clock, office
from tests.strategies import ACTS, GIVEN, OPENINGS

__all__ = ["histories", "instant_of", "new_office", "record_valid"]


def _named(openings: tuple[Event, ...], acts: list[Event]) -> list[Event]:
    return [attrs.evolve(act, id=f"a{number}") for number, act in enumerate((*openings, *acts), 1)]


# Acts with ids of their own, in the order in which they are offered to a ledger: first those
# that open something, then any.
histories = st.builds(_named, st.tuples(*OPENINGS), st.lists(ACTS, min_size=5, max_size=20))


def new_office(clock: Clock | None = None, store: Store | None = None) -> Ledger:
    """Return a ledger with the things on which the histories act."""
    return office(*GIVEN, clock=clock, store=store)


def record_valid(ledger: Ledger, *acts: Event) -> list[Event]:
    """Offer the acts one by one; return those that were recorded."""
    recorded: list[Event] = []
    for act in acts:
        try:
            ledger.record(act)
        except RefusedError:
            continue
        recorded.append(act)
    return recorded


def instant_of(number: int) -> str:
    """Return an instant for the number of an act, a minute after the one before, on one day."""
    return f"2030-01-01T12:{number:02}:00+00:00"
