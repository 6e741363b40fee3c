"""Make examples of an event."""

from hypothesis import given, settings
from hypothesis import strategies as st

import coopledger.testing.strategies  # tells Hypothesis of the types
from coopledger import events

assert coopledger.testing.strategies.__doc__


@settings(max_examples=3, database=None)
@given(st.from_type(events.MeetingHeld))
def look_at(event: events.MeetingHeld) -> None:
    """Look at an event."""
    assert event.meeting


look_at()
