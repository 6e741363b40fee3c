"""Checks on reports."""

from collections.abc import Iterator

from coopledger import events
from coopledger.errors import Finding
from coopledger.validation.candidate import Candidate

__all__ = ["named_subject"]


def named_subject(candidate: Candidate) -> Iterator[Finding]:
    """E105: a report names the instrument or the partnership that it is about."""
    event = candidate.event
    if not isinstance(event, events.ImplementationReported | events.MilestoneReached):
        return
    if event.instrument is None and event.partnership is None:
        kind = type(event).__name__
        yield Finding(
            "E105",
            f"'instrument' or 'partnership' is missing: {kind} needs one of them",
            "partnership",
        )
