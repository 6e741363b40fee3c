"""Checks on a cooperation that is given up.

Codes: W509.
"""

from collections.abc import Iterator

from coopledger import events
from coopledger._rules.instrument_table import HELD
from coopledger._validation.candidate import Candidate
from coopledger.errors import Finding
from coopledger.terms import Noun


def cooperation_given_up(
    candidate: Candidate, event: events.CooperationGivenUp
) -> Iterator[Finding]:
    """Warn of a cooperation that is given up under no text in effect (W509)."""
    snapshot = candidate.before
    if event.instrument is not None:
        state = snapshot.instrument(event.instrument).state
        if state not in HELD:
            message = (
                f"instrument: {event.instrument!r} is {state}, and not in effect: there is nothing "
                "to give up"
            )
            yield Finding("W509", message, "instrument")
    elif event.partnership is not None:
        texts = snapshot.contents.members(Noun.INSTRUMENT, event.partnership)
        if not any(snapshot.instrument(text).state in HELD for text in texts):
            message = (
                f"partnership: no text of {event.partnership!r} is in effect: there is nothing to "
                "give up"
            )
            yield Finding("W509", message, "partnership")
