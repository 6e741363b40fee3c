"""Day that settles whose text it is, where its registration names nobody."""

from collections.abc import Callable, Iterable

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.instrument_table import cell
from coopledger.events import Event
from coopledger.terms import InstrumentState

# These are kept on a text in whatever state, also on one that has ended for good.
ALWAYS = (events.InstrumentSigned, events.InstrumentRatified)
SETTLING = (
    *ALWAYS,
    events.InstrumentAdopted,
    events.InstrumentAcceded,
    events.InstrumentEnteredIntoForce,
    events.InstrumentProlonged,
)
# After these an act may settle nothing: the text has ended, or is in effect already.
MOVING = (
    events.InstrumentProvisionallyApplied,
    events.TerminationNotified,
    events.InstrumentTerminated,
    events.InstrumentCompleted,
)


def settling_day(
    registered: events.InstrumentRegistered,
    facts: Iterable[Fact],
    *,
    replaced_on: int | None,
    state_before: Callable[[Fact], InstrumentState],
) -> int | None:
    """Return the day of the first of the facts that settles it; None if none does.

    The state of the text is asked only where an act or another text may have changed it.
    """
    is_moved = False
    for fact in facts:
        event = fact.event
        is_moved = is_moved or isinstance(event, MOVING)
        if isinstance(event, events.InstrumentRegistered):
            settles = event.state is not None and event.instrument == registered.instrument
        elif not isinstance(event, SETTLING):
            continue
        else:
            is_replaced = replaced_on is not None and replaced_on <= fact.effect
            settles = not (is_moved or is_replaced) or _settles(state_before(fact), event)
        if settles:
            return fact.effect
    return None


def _settles(state: InstrumentState, event: Event) -> bool:
    """Return whether the act settles whose text it is that stands so."""
    if isinstance(event, ALWAYS):
        return True
    column = events.InstrumentSigned if isinstance(event, events.InstrumentAcceded) else type(event)
    word = cell(state, column).rstrip("!")
    if isinstance(event, events.InstrumentProlonged):
        return word == InstrumentState.IN_FORCE
    return not word.startswith("E")
