"""Checks on parties, partnerships and meetings."""

from collections.abc import Iterator

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules import meeting as meetings
from coopledger._validation.candidate import Candidate
from coopledger.errors import Finding
from coopledger.terms import Noun

Told = events.MeetingScheduled | events.MeetingHeld


def party_registered(candidate: Candidate) -> Iterator[Finding]:
    """E202: the parent must be known, and not the party itself."""
    event = candidate.event
    if isinstance(event, events.PartyRegistered) and event.parent == event.party:
        yield Finding("E202", f"parent: {event.party!r} cannot be its own parent", "parent")


def party_succeeded(candidate: Candidate) -> Iterator[Finding]:
    """E204: nobody takes over from itself."""
    event = candidate.event
    if isinstance(event, events.PartySucceeded) and event.party in event.by:
        yield Finding("E204", f"by: {event.party!r} cannot take over from itself", "by")


def partnership_opened(candidate: Candidate) -> Iterator[Finding]:
    """E205: two or more parties; E206: no partnership above itself."""
    event = candidate.event
    if not isinstance(event, events.PartnershipOpened):
        return
    if len(event.parties) < 2:  # noqa: PLR2004 - it takes two
        found = ", ".join(event.parties) or "none"
        yield Finding("E205", f"parties: {found} is fewer than two: name every party", "parties")
    above, seen = event.parent, {event.partnership}
    while above is not None and above not in seen:
        seen.add(above)
        parent = candidate.ever.registration(Noun.PARTNERSHIP, above)
        above = parent.parent if isinstance(parent, events.PartnershipOpened) else None
    if above is not None:
        yield Finding(
            "E206", f"parent: {event.parent!r} lies below {event.partnership!r}", "parent"
        )


def meeting_act(candidate: Candidate) -> Iterator[Finding]:
    """E302: a meeting that was held can neither be put off nor cancelled."""
    event = candidate.event
    if not isinstance(event, events.MeetingPostponed | events.MeetingCancelled):
        return
    standing = candidate.before.meeting(event.meeting)
    said = meetings.cell(standing.status, type(event))
    if said.startswith("E") and standing.held is not None and standing.held.event.when is not None:
        held = f"{standing.held.event.when.text} (event {standing.held.id})"
        yield Finding(said, f"meeting: {event.meeting!r} was held on {held}", "meeting")


def meeting_held(candidate: Candidate) -> Iterator[Finding]:
    """E303: a meeting is held once; E105: a new one needs its kind and partnership."""
    event = candidate.event
    if not isinstance(event, events.MeetingHeld):
        return
    openings = candidate.visible.openings(Noun.MEETING, event.meeting)
    for fact in openings:
        if isinstance(fact.event, events.MeetingHeld):
            yield Finding(
                "E303",
                f"meeting: {event.meeting!r} was held on {fact.event.when.text} (event {fact.id}): "
                "give another meeting another id",
                "meeting",
            )
            return
    yield from elsewhere(candidate, Noun.MEETING, event.meeting)
    for field in ("kind", "partnership"):
        if not openings and getattr(event, field) is None:
            yield Finding(
                "E105", f"{field!r} is missing: {event.meeting!r} was not scheduled", field
            )


def elsewhere(candidate: Candidate, noun: Noun, name: str) -> Iterator[Finding]:
    """E106: what belongs to one partnership is not recorded in another."""
    home, named = (
        candidate.before.contents.partnership_of(noun, name),
        getattr(candidate.event, "partnership", None),
    )
    if home is not None and named is not None and home != named:
        yield Finding(
            "E106", f"partnership: {name!r} belongs to {home!r}, not to {named!r}", "partnership"
        )


def meeting_number(candidate: Candidate) -> Iterator[Finding]:
    """E301: a number of a series belongs to one meeting."""
    event = candidate.event
    if not isinstance(event, Told):
        return
    for fact, told in _numbered(candidate):
        if told.number == event.number and told.meeting != event.meeting:
            yield Finding(
                "E301",
                f"number: {event.number} of {event.series!r} is {told.meeting!r} (event {fact.id})",
                "number",
            )
            return


def number_skipped(candidate: Candidate) -> Iterator[Finding]:
    """W301: a number beyond all that are known of a series comes next to one of them."""
    event = candidate.event
    if not isinstance(event, Told) or event.number is None:
        return
    known = {told.number for _, told in _numbered(candidate) if told.number is not None}
    if not known or min(known) <= event.number <= max(known):
        return
    below, above = max(known), min(known)
    skipped = range(below + 1, event.number) or range(event.number + 1, above)
    if skipped:
        first, last = skipped[0], skipped[-1]
        yield Finding(
            "W301",
            f"number: {event.number} of {event.series!r} leaves out "
            f"{first if first == last else f'{first} to {last}'}, of which nothing is recorded",
            "number",
        )


def _numbered(candidate: Candidate) -> Iterator[tuple[Fact, Told]]:
    """What was recorded under a number of the series to which the meeting belongs."""
    series: str | None = getattr(candidate.event, "series", None)
    for fact in candidate.visible.naming(series) if series is not None else ():
        told = fact.event
        if isinstance(told, Told) and told.series == series and told.number is not None:
            yield fact, told
