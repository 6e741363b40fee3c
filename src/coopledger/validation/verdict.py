"""The findings on one event that asks to be recorded."""

from coopledger.events import Event
from coopledger.facts import Fact, Visible
from coopledger.findings import Finding
from coopledger.validation.checks import problems
from coopledger.validation.trial import OwnChecks, Trial

__all__ = ["validate"]


def validate(
    event: Event, visible: Visible, *, position: int, today: int, own: OwnChecks = ()
) -> list[Finding]:
    """Every refusal (E...) and warning (W...) of an event that is to be recorded.

    The event is tried at ``position`` against what is visible; ``today`` is the day of
    recording in the ledger's zone, as an ordinal. A rule that depends on a state looks at the
    state just before the event's own place in the replay. ``own`` are checks beyond those of the
    library.
    """
    trial = Trial(fact=Fact.of(position, event), visible=visible, today=today, own=own)
    kind = type(event).__name__
    return [
        Finding(found.code, kind, event.id, found.message, found.field, unknown=found.unknown)
        for found in problems(trial)
    ]
