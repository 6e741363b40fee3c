"""Hypothesis strategies for dates, events and whole histories; needs Hypothesis.

Importing `coopledger.testing` registers them, so that ``st.from_type(EdtfDate)`` and
``st.from_type(events.MeetingHeld)`` work.
"""

from coopledger.testing.strategies.dated import (
    Dated,
    date_texts,
    dated_texts,
    dates,
    near_dates,
)
from coopledger.testing.strategies.fields import any_event, bare_event, event_of
from coopledger.testing.strategies.histories import histories
from coopledger.testing.strategies.values import ids, json_values, texts

__all__ = [
    "Dated",
    "any_event",
    "bare_event",
    "date_texts",
    "dated_texts",
    "dates",
    "event_of",
    "histories",
    "ids",
    "json_values",
    "near_dates",
    "texts",
]
