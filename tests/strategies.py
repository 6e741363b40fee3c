"""Hypothesis strategies for every event type, and for histories that a ledger may hold.

They are those that users have; see `coopledger.testing.strategies`.
"""

from hypothesis import strategies as st

from coopledger._log.vocabulary import TAGS
from coopledger.events import Event
from coopledger.testing.strategies import any_event as _any_event
from coopledger.testing.strategies import event_of
from coopledger.testing.strategies.acts import ACTS, GIVEN, OPENINGS, days
from coopledger.testing.strategies.plain import ids, json_values, texts

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
EVENTS: dict[type[Event], st.SearchStrategy[Event]] = {cls: event_of(cls) for cls in CLASSES}
any_event = _any_event()
