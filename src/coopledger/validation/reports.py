"""Checks on reports."""

from collections.abc import Iterator

from coopledger import events
from coopledger.validation.trial import Problem, Trial

__all__ = ["named_subject"]


def named_subject(trial: Trial) -> Iterator[Problem]:
    """E105: a report names the instrument or the partnership that it is about."""
    event = trial.event
    if not isinstance(event, events.ImplementationReported | events.MilestoneReached):
        return
    if event.instrument is None and event.partnership is None:
        kind = type(event).__name__
        yield Problem(
            "E105",
            "partnership",
            f"'instrument' or 'partnership' is missing: {kind} needs one of them",
        )
