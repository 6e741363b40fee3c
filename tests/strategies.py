"""Hypothesis strategies for every event type, and for histories that a ledger may hold.

They are those that users have; see `coopledger.testing.strategies`.
"""

from hypothesis import strategies as st

from coopledger._log.vocabulary import TAGS
from coopledger.events import Event
from coopledger.testing import strategies
from coopledger.testing.strategies.histories import ACTS, DAYS, GIVEN, OPENINGS

__all__ = [
    "ACTS",
    "CLASSES",
    "EVENTS",
    "GIVEN",
    "OPENINGS",
    "any_event",
    "days",
    "ids",
    "json_values",
    "texts",
]

CLASSES: tuple[type[Event], ...] = tuple(cls for _, cls in TAGS.values())
EVENTS: dict[type[Event], st.SearchStrategy[Event]] = {
    cls: strategies.event_of(cls) for cls in CLASSES
}
any_event = strategies.any_event()
days = DAYS
ids = strategies.ids()
texts = strategies.texts()
json_values = strategies.json_values()
