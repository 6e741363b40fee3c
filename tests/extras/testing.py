"""Make examples of an event."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import coopledger.testing.strategies  # tells Hypothesis of the types
from coopledger import events

assert coopledger.testing.strategies.__doc__


@settings(
    max_examples=3, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.from_type(events.MeetingHeld))
def look_at(event: events.MeetingHeld) -> None:
    """Look at an event."""
    assert event.meeting


look_at()
