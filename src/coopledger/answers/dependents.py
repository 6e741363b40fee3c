"""Answers about what hangs on something else, and what if that were cancelled."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._rules.instrument_table import cell
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._evidence import evidence
from coopledger.answers._nouns import NOUNS, Answer, state_of
from coopledger.answers._shown import Shown
from coopledger.answers._wording import comma_list, label, one_line
from coopledger.answers.meetings import Meeting
from coopledger.dates import to_date
from coopledger.events import Event
from coopledger.events._references import OPENED_AGAIN
from coopledger.terms import Flag, Noun

# The fields by which one thing hangs on another, as they are said before its id.
TIES = {
    "due_meeting": "due at",
    "depends_on": "waiting for",
    "under": "under",
    "instrument": "about",
    "within": "within",
    "extends": "that extends",
    "implements": "that implements",
    "ends_with": "that ends with",
    "parent": "below",
}


@frozen(kw_only=True)
class Dependent(Shown):
    """One thing that hangs on another, and what becomes of it if that is cancelled.

    Attributes:
        id: Its id.
        noun: What it is.
        tie: The field that says so: ``due_meeting``, ``depends_on`` or ``under`` of a
            commitment, ``instrument`` of a proposal, ``within`` of a meeting, ``extends``,
            ``implements`` or ``ends_with`` of an instrument, ``parent`` of a partnership.
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
        """Return whether the status or a flag would be another."""
        return (self.status, self.flags) != (self.status_if_cancelled, self.flags_if_cancelled)

    def __str__(self) -> str:
        """Return the tie, the status with the flags, and what would change, on one line."""
        then = comma_list(map(label, (self.status_if_cancelled, *self.flags_if_cancelled)))
        return one_line(
            self.id,
            f"{self.noun} {TIES[self.tie]} {self.hangs_on}",
            comma_list(map(label, (self.status, *self.flags))),
            f"if that is cancelled: {then}" if self.is_affected else None,
        )


def dependents(snapshot: Snapshot, noun: Noun, name: str) -> Answers[Dependent]:
    """Return what depends on the thing, nearest first, and then in the order of replay.

    Each is listed once, by its shortest way.
    """
    cancelled = snapshot.supposing(CANCELLATIONS[noun](snapshot, name))
    ties: dict[str, _Tie] = {}
    waiting = [(name, 1)]
    for outer, steps in waiting:  # It grows on the way: nearer ones come before further ones.
        for tie in _direct_ties(snapshot, outer, steps):
            if tie.id != name and tie.id not in ties:
                ties[tie.id] = tie
                waiting.append((tie.id, steps + 1))
    found = (_dependent(snapshot, cancelled, tie) for tie in ties.values())
    return Answers(found, kind=Dependent)


@frozen
class _Tie:
    """One thing hangs on another, by a field of the fact that brought it in or put it off.

    Attributes:
        noun: The noun of the thing.
        id: Its id.
        field: The field that names the other.
        hangs_on: The id of the other.
        fact: The fact.
        steps: How far the thing is from what was asked about.
    """

    noun: Noun
    id: str
    field: str
    hangs_on: str
    fact: Fact
    steps: int


def _direct_ties(snapshot: Snapshot, name: str, steps: int) -> Iterator[_Tie]:
    """Yield the ties of what hangs on the thing itself on the day."""
    for fact in snapshot.visible.naming(name):
        yield from (tie for tie in _ties(fact, name, steps) if _applies(snapshot, tie))


def _ties(fact: Fact, name: str, steps: int) -> Iterator[_Tie]:
    """Yield the ties to the thing of what the fact brings in, or puts off to a meeting."""
    is_put_off = isinstance(fact.event, events.CommitmentRescheduled)
    noun = Noun.COMMITMENT if is_put_off else fact.event.__opens__
    if noun is None:
        return
    for field in NOUNS[noun].ties if noun in NOUNS else ():
        value = getattr(fact.event, field, None)
        if value == name or (isinstance(value, tuple) and name in value):
            yield _Tie(noun, getattr(fact.event, noun), field, name, fact, steps)


def _applies(snapshot: Snapshot, tie: _Tie) -> bool:
    """Return whether the tie counts by the day, and no later event has changed the field."""
    row = NOUNS[tie.noun]
    if not row.on_every_day and not snapshot.counts(tie.fact):
        return False
    is_changeable = tie.noun in OPENED_AGAIN or tie.field == "due_meeting"
    return not is_changeable or (getattr(row.answer(snapshot, tie.id), tie.field) == tie.hangs_on)


def _dependent(snapshot: Snapshot, cancelled: Snapshot, tie: _Tie) -> Dependent:
    """Return the thing as it is, and as it would be after the cancellation."""
    answer = NOUNS[tie.noun].answer
    now, then = answer(snapshot, tie.id), answer(cancelled, tie.id)
    behind = map(snapshot.visible.position_of, now.decided_by)
    return Dependent(
        id=tie.id,
        noun=tie.noun,
        tie=tie.field,
        hangs_on=tie.hangs_on,
        steps=tie.steps,
        status=state_of(now),
        flags=_flags(now),
        status_if_cancelled=state_of(then),
        flags_if_cancelled=_flags(then),
        certain=now.certain,
        decided_by=evidence(snapshot, [tie.fact.position, *behind]).events,
    )


def _flags(answer: Answer) -> tuple[Flag, ...]:
    """Return the flags of the answer; meetings have none."""
    return () if isinstance(answer, Meeting) else answer.flags


def _cancel_meeting(snapshot: Snapshot, name: str) -> Event:
    """Return the cancellation of a meeting on the day."""
    return events.MeetingCancelled(meeting=name, when=to_date(snapshot.ordinal))


def _cancel_commitment(snapshot: Snapshot, name: str) -> Event:
    """Return the cancellation of a commitment by all its debtors on the day."""
    debtors = snapshot.commitment(name).debtors
    return events.CommitmentCancelled(commitment=name, by=debtors, when=to_date(snapshot.ordinal))


def _withdraw_proposal(snapshot: Snapshot, name: str) -> Event:
    """Return the withdrawal of a proposal by all its proposers on the day."""
    by = snapshot.proposal(name).by
    return events.ProposalWithdrawn(proposal=name, by=by, when=to_date(snapshot.ordinal))


def _end_instrument(snapshot: Snapshot, name: str) -> Event:
    """Return the termination of a text, or the end of its talks where it never had effect."""
    refused = cell(snapshot.instrument(name).state, events.InstrumentTerminated).startswith("E")
    end = events.NegotiationBrokenOff if refused else events.InstrumentTerminated
    return end(instrument=name, when=to_date(snapshot.ordinal))


def _close_partnership(snapshot: Snapshot, name: str) -> Event:
    """Return the closing of a partnership on the day."""
    return events.PartnershipClosed(partnership=name, when=to_date(snapshot.ordinal))


# The act by which each noun is cancelled; the rules decide what it does, as if it were recorded.
# Not in the table of nouns: only this question needs them.
CANCELLATIONS: dict[Noun, Callable[[Snapshot, str], Event]] = {
    Noun.MEETING: _cancel_meeting,
    Noun.COMMITMENT: _cancel_commitment,
    Noun.PROPOSAL: _withdraw_proposal,
    Noun.INSTRUMENT: _end_instrument,
    Noun.PARTNERSHIP: _close_partnership,
}
