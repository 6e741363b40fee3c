"""Answers about what hangs on something else."""

from collections.abc import Callable, Iterator
from enum import StrEnum

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.instrument import cell
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence
from coopledger.answers._nouns import NOUNS, Answer, word
from coopledger.answers._wording import comma_list, label, one_line
from coopledger.answers.meetings import Meeting
from coopledger.answers.proposals import Proposal
from coopledger.dates import to_date
from coopledger.events import Event
from coopledger.events._references import OPENED_AGAIN, opened_by
from coopledger.terms import Flag, Noun


@attrs.frozen(kw_only=True)
class Dependent:
    """One thing that hangs on another, and what becomes of it if that is cancelled.

    Attributes:
        id: Its id.
        noun: What it is.
        tie: The field that says so: ``due_meeting``, ``depends_on`` or ``under`` of a
            commitment, ``instrument`` of a proposal, ``within`` of a meeting, ``extends`` or
            ``implements`` of an instrument, ``parent`` of a partnership.
        hangs_on: The id that this field names.
        steps: How far it is from what was asked about: 1 where it hangs on that directly.
        status: Its stage, state or status.
        flags: Its flags, sorted.
        status_if_cancelled: The same, had what was asked about been cancelled on the day.
        flags_if_cancelled: The flags that it would then have.
        certain: Whether no date behind the status is fuzzy.
        decided_by: What ties it, and the events that decided the status and the flags.
    """

    id: str
    noun: Noun
    tie: str
    hangs_on: str
    steps: int
    status: StrEnum
    flags: tuple[Flag, ...]
    status_if_cancelled: StrEnum
    flags_if_cancelled: tuple[Flag, ...]
    certain: bool
    decided_by: tuple[str, ...]

    @property
    def is_affected(self) -> bool:
        """Whether its status or a flag would be another."""
        return (self.status, self.flags) != (self.status_if_cancelled, self.flags_if_cancelled)

    def __str__(self) -> str:
        """How it hangs on what, where it stands, and what would change, on one line."""
        then = comma_list(map(label, (self.status_if_cancelled, *self.flags_if_cancelled)))
        return one_line(
            self.id,
            f"{self.noun} by {label(self.tie)} {self.hangs_on}",
            comma_list(map(label, (self.status, *self.flags))),
            f"if cancelled {then}" if self.is_affected else None,
        )


# What hangs on a thing, directly or through others, and what if that thing is cancelled.


@attrs.frozen
class _Tie:
    """One thing hangs on another, by a field of a fact."""

    noun: Noun
    id: str
    field: str
    hangs_on: str
    fact: Fact
    steps: int


def dependents(snapshot: Snapshot, noun: Noun, name: str) -> tuple[Dependent, ...]:
    """Return what depends on the thing, nearest first, and then in the order of replay."""
    cancelled = snapshot.supposing(ENDINGS[noun](snapshot, name))
    return tuple(_dependent(snapshot, cancelled, tie) for tie in _ties(snapshot, name))


def _ties(snapshot: Snapshot, name: str) -> list[_Tie]:
    """What hangs on the thing, each once, by its shortest way."""
    found: dict[str, _Tie] = {}
    waiting = [(name, 1)]
    for outer, steps in waiting:  # It grows on the way: nearer ones come before further ones.
        for tie in _direct(snapshot, outer, steps):
            if tie.id != name and tie.id not in found:
                found[tie.id] = tie
                waiting.append((tie.id, steps + 1))
    return list(found.values())


def _direct(snapshot: Snapshot, name: str, steps: int) -> Iterator[_Tie]:
    """What hangs on the thing itself."""
    for fact in snapshot.visible.naming(name):
        yield from (tie for tie in _said(fact, name, steps) if _holds(snapshot, tie))


def _said(fact: Fact, name: str, steps: int) -> Iterator[_Tie]:
    """How that which the fact brings in hangs on the thing."""
    opened = opened_by(type(fact.event))
    if opened is None:
        return
    key, noun = opened
    for field in NOUNS[noun].ties if noun in NOUNS else ():
        said = getattr(fact.event, field, None)
        if said == name or (isinstance(said, tuple) and name in said):
            yield _Tie(noun, getattr(fact.event, key), field, name, fact, steps)


def _holds(snapshot: Snapshot, tie: _Tie) -> bool:
    """Whether it counts by the day, and no later word has changed it."""
    if not NOUNS[tie.noun].on_every_day and not snapshot.counts(tie.fact):
        return False
    answer = NOUNS[tie.noun].answer(snapshot, tie.id)
    return tie.noun not in OPENED_AGAIN or getattr(answer, tie.field) == tie.hangs_on


def _dependent(snapshot: Snapshot, cancelled: Snapshot, tie: _Tie) -> Dependent:
    """Where the thing stands, and where it would stand."""
    ask = NOUNS[tie.noun].answer
    now, then = ask(snapshot, tie.id), ask(cancelled, tie.id)
    behind = map(snapshot.visible.position_of, now.decided_by)
    return Dependent(
        id=tie.id,
        noun=tie.noun,
        tie=tie.field,
        hangs_on=tie.hangs_on,
        steps=tie.steps,
        status=word(now),
        flags=_flags(now),
        status_if_cancelled=word(then),
        flags_if_cancelled=_flags(then),
        certain=now.certain,
        decided_by=evidence(snapshot, [tie.fact.position, *behind]).events,
    )


def _flags(answer: Answer) -> tuple[Flag, ...]:
    """The flags of the answer; proposals and meetings have none."""
    return () if isinstance(answer, Proposal | Meeting) else answer.flags


def _meeting_off(snapshot: Snapshot, name: str) -> Event:
    return events.MeetingCancelled(meeting=name, when=to_date(snapshot.day))


def _promise_off(snapshot: Snapshot, name: str) -> Event:
    debtors = snapshot.commitment(name).debtors
    return events.CommitmentCancelled(commitment=name, by=debtors, when=to_date(snapshot.day))


def _proposal_off(snapshot: Snapshot, name: str) -> Event:
    by = snapshot.proposal(name).by
    return events.ProposalWithdrawn(proposal=name, by=by, when=to_date(snapshot.day))


def _text_off(snapshot: Snapshot, name: str) -> Event:
    """A text that was never in effect is given up, any other is terminated."""
    given_up = cell(snapshot.instrument(name).state, events.InstrumentTerminated).startswith("E")
    end = events.NegotiationBrokenOff if given_up else events.InstrumentTerminated
    return end(instrument=name, when=to_date(snapshot.day))


def _partnership_off(snapshot: Snapshot, name: str) -> Event:
    return events.PartnershipClosed(partnership=name, when=to_date(snapshot.day))


# The act by which each noun is cancelled; the rules decide what it does, as if it were recorded.
ENDINGS: dict[Noun, Callable[[Snapshot, str], Event]] = {
    Noun.MEETING: _meeting_off,
    Noun.COMMITMENT: _promise_off,
    Noun.PROPOSAL: _proposal_off,
    Noun.INSTRUMENT: _text_off,
    Noun.PARTNERSHIP: _partnership_off,
}
