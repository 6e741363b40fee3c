"""Checks on parties, partnerships and meetings."""

from collections.abc import Iterator

from coopledger import events
from coopledger.facts import Fact
from coopledger.rules import meeting as meetings
from coopledger.terms import Noun
from coopledger.validation.trial import Problem, Trial

__all__ = [
    "elsewhere",
    "meeting_act",
    "meeting_held",
    "meeting_number",
    "number_skipped",
    "partnership_opened",
    "party_registered",
    "party_succeeded",
]

Told = events.MeetingScheduled | events.MeetingHeld


def party_registered(trial: Trial) -> Iterator[Problem]:
    """E202: the parent must be known, and not the party itself."""
    event = trial.event
    if isinstance(event, events.PartyRegistered) and event.parent == event.party:
        yield Problem("E202", "parent", f"parent: {event.party!r} cannot be its own parent")


def party_succeeded(trial: Trial) -> Iterator[Problem]:
    """E204: nobody takes over from itself."""
    event = trial.event
    if isinstance(event, events.PartySucceeded) and event.party in event.by:
        yield Problem("E204", "by", f"by: {event.party!r} cannot take over from itself")


def partnership_opened(trial: Trial) -> Iterator[Problem]:
    """E205: two or more parties; E206: no partnership above itself."""
    event = trial.event
    if not isinstance(event, events.PartnershipOpened):
        return
    if len(event.parties) < 2:  # noqa: PLR2004 - it takes two
        found = ", ".join(event.parties) or "none"
        yield Problem("E205", "parties", f"parties: {found} is fewer than two: name every party")
    above, seen = event.parent, {event.partnership}
    while above is not None and above not in seen:
        seen.add(above)
        parent = trial.ever.registration(Noun.PARTNERSHIP, above)
        above = parent.parent if isinstance(parent, events.PartnershipOpened) else None
    if above is not None:
        yield Problem(
            "E206", "parent", f"parent: {event.parent!r} lies below {event.partnership!r}"
        )


def meeting_act(trial: Trial) -> Iterator[Problem]:
    """E302: a meeting that was held can neither be put off nor cancelled."""
    event = trial.event
    if not isinstance(event, events.MeetingPostponed | events.MeetingCancelled):
        return
    standing = trial.before.meeting(event.meeting)
    said = meetings.cell(standing.status, type(event))
    if said.startswith("E") and standing.held is not None and standing.held.event.when is not None:
        held = f"{standing.held.event.when.text} (event {standing.held.id})"
        yield Problem(said, "meeting", f"meeting: {event.meeting!r} was held on {held}")


def meeting_held(trial: Trial) -> Iterator[Problem]:
    """E303: a meeting is held once; E105: a new one needs its kind and partnership."""
    event = trial.event
    if not isinstance(event, events.MeetingHeld):
        return
    openings = trial.visible.openings(Noun.MEETING, event.meeting)
    for fact in openings:
        if isinstance(fact.event, events.MeetingHeld):
            yield Problem(
                "E303",
                "meeting",
                f"meeting: {event.meeting!r} was held on {fact.event.when.text} (event {fact.id}): "
                "give another meeting another id",
            )
            return
    yield from elsewhere(trial, Noun.MEETING, event.meeting)
    for field in ("kind", "partnership"):
        if not openings and getattr(event, field) is None:
            yield Problem(
                "E105", field, f"{field!r} is missing: {event.meeting!r} was not scheduled"
            )


def elsewhere(trial: Trial, noun: Noun, name: str) -> Iterator[Problem]:
    """E106: what belongs to one partnership is not recorded in another."""
    home, named = (
        trial.before.membership.home(noun, name),
        getattr(trial.event, "partnership", None),
    )
    if home is not None and named is not None and home != named:
        yield Problem(
            "E106", "partnership", f"partnership: {name!r} belongs to {home!r}, not to {named!r}"
        )


def meeting_number(trial: Trial) -> Iterator[Problem]:
    """E301: a number of a series belongs to one meeting."""
    event = trial.event
    if not isinstance(event, Told):
        return
    for fact, told in _numbered(trial):
        if told.number == event.number and told.meeting != event.meeting:
            yield Problem(
                "E301",
                "number",
                f"number: {event.number} of {event.series!r} is {told.meeting!r} (event {fact.id})",
            )
            return


def number_skipped(trial: Trial) -> Iterator[Problem]:
    """W301: a number beyond all that are known of a series comes next to one of them."""
    event = trial.event
    if not isinstance(event, Told) or event.number is None:
        return
    known = {told.number for _, told in _numbered(trial) if told.number is not None}
    if not known or min(known) <= event.number <= max(known):
        return
    below, above = max(known), min(known)
    skipped = range(below + 1, event.number) or range(event.number + 1, above)
    if skipped:
        first, last = skipped[0], skipped[-1]
        yield Problem(
            "W301",
            "number",
            f"number: {event.number} of {event.series!r} leaves out "
            f"{first if first == last else f'{first} to {last}'}, of which nothing is recorded",
        )


def _numbered(trial: Trial) -> Iterator[tuple[Fact, Told]]:
    """What was recorded under a number of the series to which the meeting belongs."""
    series: str | None = getattr(trial.event, "series", None)
    for fact in trial.visible.naming(series) if series is not None else ():
        told = fact.event
        if isinstance(told, Told) and told.series == series and told.number is not None:
            yield fact, told
