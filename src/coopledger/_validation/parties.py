"""Checks on parties and partnerships.

Codes: E106, E204, E205, W207.
"""

from collections.abc import Iterator

from coopledger import events
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger._validation.candidate import Candidate
from coopledger.errors import Finding
from coopledger.terms import Noun


def party_succeeded(_: Candidate, event: events.PartySucceeded) -> Iterator[Finding]:
    """Refuse a party that takes over from itself (E204)."""
    if event.party in event.by:
        yield Finding("E204", f"by: {event.party!r} cannot take over from itself", "by")


def partnership_opened(_: Candidate, event: events.PartnershipOpened) -> Iterator[Finding]:
    """Refuse fewer than two parties (E205), and reports after no time at all (E106)."""
    if len(event.parties) < 2:  # noqa: PLR2004 - it takes two
        names = ", ".join(event.parties) or "none"
        yield Finding("E205", f"parties: {names} is fewer than two: name every party", "parties")
    if event.report_every == 0:  # As an older log may hold.
        message = "report_every: 0 is less than 1: leave it out where no report is due"
        yield Finding("E106", message, "report_every")


def partnership_closed(candidate: Candidate, event: events.PartnershipClosed) -> Iterator[Finding]:
    """Warn of a partnership that is closed while texts of it are in effect (W207)."""
    snapshot = candidate.before
    texts = snapshot.contents.members(Noun.INSTRUMENT, event.partnership)
    names = [repr(text) for text in texts if snapshot.instrument(text).state in IN_EFFECT]
    if names:
        are, end = ("is", "it ends") if len(names) == 1 else ("are", "they end")
        yield Finding(
            "W207",
            f"partnership: {event.partnership!r} stays active while {', '.join(names)} {are} in "
            f"effect: record how {end} too",
            "partnership",
        )
