"""Hypothesis strategies for dates, events and whole histories; needs hypothesis.

Importing `coopledger.testing` registers them with Hypothesis, so that ``st.from_type(EdtfDate)``
and ``st.from_type(events.MeetingHeld)`` work.
"""

from coopledger.testing.strategies.dated import Dated
from coopledger.testing.strategies.fields import any_event, bare_event, event_of
from coopledger.testing.strategies.histories import histories
from coopledger.testing.strategies.values import (
    date_texts,
    dated_texts,
    dates,
    ids,
    json_values,
    near_dates,
    texts,
)

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
