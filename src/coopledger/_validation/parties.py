"""Checks on parties and partnerships.

Codes: E202, E204-E206.
"""

from collections.abc import Iterator

from coopledger import events
from coopledger._validation.candidate import Candidate
from coopledger.errors import Finding
from coopledger.terms import Noun


def party_registered(_: Candidate, event: events.PartyRegistered) -> Iterator[Finding]:
    """Refuse a party that is its own parent (E202)."""
    if event.parent == event.party:
        yield Finding("E202", f"parent: {event.party!r} cannot be its own parent", "parent")


def party_succeeded(_: Candidate, event: events.PartySucceeded) -> Iterator[Finding]:
    """Refuse a party that takes over from itself (E204)."""
    if event.party in event.by:
        yield Finding("E204", f"by: {event.party!r} cannot take over from itself", "by")


def partnership_opened(candidate: Candidate, event: events.PartnershipOpened) -> Iterator[Finding]:
    """Refuse fewer than two parties (E205), and a partnership above itself (E206)."""
    if len(event.parties) < 2:  # noqa: PLR2004 - it takes two
        names = ", ".join(event.parties) or "none"
        yield Finding("E205", f"parties: {names} is fewer than two: name every party", "parties")
    above, seen = event.parent, {event.partnership}
    while above is not None and above not in seen:
        seen.add(above)
        parent = candidate.ever.registration(Noun.PARTNERSHIP, above)
        above = parent.parent if isinstance(parent, events.PartnershipOpened) else None
    if above is not None:
        yield Finding(
            "E206", f"parent: {event.parent!r} lies below {event.partnership!r}", "parent"
        )
