"""Facts about an instrument: acts on it, and registrations of what takes its place."""

from coopledger import events
from coopledger._facts.index import Fact

ACTS = (events.InstrumentRegistered, events.InstrumentAct)


def acts_on(instrument: str, fact: Fact) -> bool:
    """Return whether the fact is an act on the instrument, or its registration."""
    event = fact.event
    return isinstance(event, ACTS) and event.instrument == instrument


def replaces(instrument: str, fact: Fact) -> bool:
    """Return whether the fact registers another text that takes the place of the instrument."""
    event = fact.event
    return isinstance(event, events.InstrumentRegistered) and instrument in event.supersedes
