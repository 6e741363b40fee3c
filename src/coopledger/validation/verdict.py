"""The findings on one event that asks to be recorded."""

from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.facts import Fact, Visible
from coopledger.validation.candidate import Candidate, OwnChecks
from coopledger.validation.checks import findings

__all__ = ["validate"]


def validate(
    event: Event, visible: Visible, *, position: int, today: int, own: OwnChecks = ()
) -> list[Finding]:
    """Return every refusal (E...) and warning (W...) on an event that is to be recorded.

    The event is tried at ``position`` against what is visible; ``today`` is the day of
    recording in the ledger's zone, as an ordinal. A rule that depends on a state looks at the
    state just before the event's own place in the replay. ``own`` are checks beyond those of the
    library.
    """
    return findings(Candidate(fact=Fact.of(position, event), visible=visible, today=today, own=own))
