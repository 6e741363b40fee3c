"""Outcomes of a meeting: the acts that took place there, and the state of their objects."""

from collections.abc import Iterator
from enum import StrEnum

from coopledger._facts.index import Fact, by_day
from coopledger._fields.reading import condition_parts
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence
from coopledger.answers._nouns import answer, state_of
from coopledger.answers._shown import Shown
from coopledger.answers._wording import act, label, one_line, phrase
from coopledger.answers.meetings import with_parts
from coopledger.answers.partnerships import Partnership
from coopledger.dates import EdtfDate
from coopledger.events import Act, MeetingHeld
from coopledger.events.envelope import about, wording


@frozen(kw_only=True)
class Outcome(Shown):
    """One act at a meeting, and the present status of its object.

    An act that also fulfils, realises or meets something is one outcome for each of these.

    Attributes:
        meeting: The meeting asked about, or the one within it at which this came about.
        when: The date of the act, as recorded.
        event: The id of the event.
        type: The type of the event.
        about: The id of what it is about.
        text: What happened, in words.
        status: The state or status of that on the day; None where the act is about a party, a
            figure or a partnership as a whole.
        certain: Whether no date behind the act and the status is fuzzy.
        decided_by: The act, and the events that decided the status.
    """

    meeting: str
    when: EdtfDate | None
    event: str
    type: str
    about: str
    text: str
    status: StrEnum | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return the act, its object, the status of the object now, and its words, on one line."""
        return one_line(
            str(self.when),
            act(self),
            phrase("now ", label(self.status) if self.status else None),
            self.text,
        )


def outcomes(snapshot: Snapshot, name: str) -> Answers[Outcome]:
    """Return the outcomes of the meeting and of all meetings within it, in order of days."""
    acts = [
        (fact, meeting)
        for meeting in with_parts(snapshot, name)
        for fact in snapshot.facts(meeting)
        if _place(fact) == meeting
    ]
    acts.sort(key=lambda pair: by_day(pair[0]))
    found = (
        _outcome(snapshot, fact, meeting, subject)
        for fact, meeting in acts
        for subject in dict.fromkeys(_subjects(fact))
    )
    return Answers(found, kind=Outcome)


def _place(fact: Fact) -> str | None:
    """Return the meeting at which an act took place; a meeting held took place at itself."""
    event = fact.event
    if isinstance(event, MeetingHeld):
        return event.at_meeting or event.meeting
    return event.at_meeting if isinstance(event, Act) else None


def _subjects(fact: Fact) -> Iterator[str]:
    """Yield the id that the act is about, and those that it fulfils, realises or meets."""
    event = fact.event
    if not isinstance(event, MeetingHeld):
        yield about(event)
    yield from event.fulfils
    yield from event.realises
    for commitment, _ in map(condition_parts, event.meets):
        yield commitment


def _outcome(snapshot: Snapshot, fact: Fact, meeting: str, subject: str) -> Outcome:
    """Return the act, with the present status of one of its subjects."""
    present = answer(snapshot, subject)
    # A partnership has a stage too, but a statement about the partnership did not bring it about.
    if isinstance(present, Partnership):
        present = None
    deciding = map(snapshot.visible.position_of, present.decided_by if present else ())
    basis = evidence(snapshot, [fact.position, *deciding])
    return Outcome(
        meeting=meeting,
        when=fact.event.when,
        event=fact.id,
        type=type(fact.event).__name__,
        about=subject,
        text=wording(fact.event),
        status=state_of(present) if present else None,
        certain=basis.certain,
        decided_by=basis.events,
    )
