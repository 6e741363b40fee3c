"""Checks on meetings and their numbers in a series.

Codes: E105, E301-E303, W301.
"""

from collections.abc import Iterable, Iterator

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.meeting import cell
from coopledger._validation.candidate import Candidate
from coopledger._validation.general import other_partnership
from coopledger._validation.ties import Numbered, numbered_in
from coopledger.errors import Finding
from coopledger.terms import Noun


def meeting_act(
    candidate: Candidate, event: events.MeetingPostponed | events.MeetingCancelled
) -> Iterator[Finding]:
    """Refuse to put off or cancel a meeting that was held (E302)."""
    case = candidate.before.meeting(event.meeting)
    entry = cell(case.status, type(event))
    if entry.startswith("E") and case.held is not None:
        held = f"{case.held.event.when} (event {case.held.id})"
        yield Finding(entry, f"meeting: {event.meeting!r} was held on {held}", "meeting")


def meeting_held(candidate: Candidate, event: events.MeetingHeld) -> Iterator[Finding]:
    """Refuse to hold a meeting twice (E303), and a new one without kind or partnership (E105)."""
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
    yield from other_partnership(candidate, Noun.MEETING, event.meeting)
    for field in ("kind", "partnership"):
        if not openings and getattr(event, field) is None:
            yield Finding(
                "E105", f"{field!r} is missing: {event.meeting!r} was not scheduled", field
            )


def meeting_number(candidate: Candidate, event: Numbered) -> Iterator[Finding]:
    """Refuse a number of a series that another meeting has (E301)."""
    for fact, meeting in _of_same_number(candidate, event):
        if meeting.meeting != event.meeting:
            yield Finding(
                "E301",
                f"number: {event.number} of {event.series!r} is {meeting.meeting!r} "
                f"(event {fact.id})",
                "number",
            )
            return


def number_skipped(candidate: Candidate, event: Numbered) -> Iterator[Finding]:
    """Warn of a number beyond the known ones of a series that comes next to none of them (W301).

    Where a whole log is checked, a hole in a series is one finding, and not one of each meeting.
    """
    if candidate.graphs is not None:
        return
    others = (meeting.number for _, meeting in _numbered(candidate, event))
    known = {number for number in others if number is not None}
    if event.number is None or not known or min(known) <= event.number <= max(known):
        return
    skipped = range(max(known) + 1, event.number) or range(event.number + 1, min(known))
    if skipped:
        first, last = skipped[0], skipped[-1]
        yield Finding(
            "W301",
            f"number: {event.number} of {event.series!r} leaves out "
            f"{first if first == last else f'{first} to {last}'}, of which nothing is recorded",
            "number",
        )


def _numbered(candidate: Candidate, meeting: Numbered) -> Iterator[tuple[Fact, Numbered]]:
    """Yield the facts with a number of the meeting's series, and their events."""
    series = meeting.series
    return numbered_in(series, candidate.visible.naming(series)) if series else iter(())


def _of_same_number(candidate: Candidate, meeting: Numbered) -> Iterable[tuple[Fact, Numbered]]:
    """Return the facts with the meeting's number of its series, and their events."""
    series, number = meeting.series, meeting.number
    if series is None or number is None or candidate.graphs is None:
        return [row for row in _numbered(candidate, meeting) if row[1].number == number]
    return candidate.graphs.numbered(series, number)
