"""What came out of a meeting: the acts that took place at it, and where their objects stand."""

from collections.abc import Iterator

from coopledger.events import Act, MeetingHeld
from coopledger.events.wording import about, told
from coopledger.facts import Fact
from coopledger.projections.answers import Outcome, Partnership
from coopledger.projections.evidence import evidence
from coopledger.projections.meetings import with_parts
from coopledger.projections.nouns import answer, word
from coopledger.standings import Standings

__all__ = ["outcomes"]


def outcomes(standings: Standings, name: str) -> tuple[Outcome, ...]:
    """What came out of the meeting and all that lies within it, in the order of replay."""
    found = [
        (fact, meeting)
        for meeting in with_parts(standings, name)
        for fact in standings.facts(meeting)
        if _at(fact) == meeting
    ]
    found.sort(key=lambda pair: pair[0].place)
    return tuple(
        _outcome(standings, fact, meeting, subject)
        for fact, meeting in found
        for subject in dict.fromkeys(_subjects(fact))
    )


def _at(fact: Fact) -> str | None:
    """The meeting at which an act took place; a meeting held took place at itself."""
    event = fact.event
    if isinstance(event, MeetingHeld):
        return event.at_meeting or event.meeting
    return event.at_meeting if isinstance(event, Act) else None


def _subjects(fact: Fact) -> Iterator[str]:
    """What the act is about, and what it also fulfils, realises or meets."""
    event = fact.event
    if not isinstance(event, MeetingHeld):
        yield about(event)
    yield from event.fulfils
    yield from event.realises
    for condition in event.meets:
        yield condition.rpartition("/")[0]


def _outcome(standings: Standings, fact: Fact, meeting: str, subject: str) -> Outcome:
    """The act, and where the one thing stands."""
    found = answer(standings, subject)
    # A partnership stands somewhere too, but a statement about it does not bring it there.
    stands = None if isinstance(found, Partnership) else found
    behind = map(standings.visible.position_of, stands.decided_by if stands else ())
    basis = evidence(standings, [fact.position, *behind])
    return Outcome(
        meeting=meeting,
        when=fact.event.when,
        event=fact.id,
        type=type(fact.event).__name__,
        about=subject,
        text=told(fact.event),
        status=word(stands) if stands else None,
        certain=basis.certain,
        decided_by=basis.events,
    )
