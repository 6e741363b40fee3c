"""Answers that explain a stage, state or status in a sentence that a person understands."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial

from coopledger._dates.lazy_types import Date
from coopledger._display.escape import printable
from coopledger._frozen import frozen
from coopledger._rules.stage import STATES
from coopledger._snapshot import Snapshot
from coopledger.answers._rule_texts import (
    FLAG_WORDS,
    MEETING_RULES,
    PROPOSAL_RULES,
    STAGE_RULES,
    STATE_RULES,
    STATUS_RULES,
)
from coopledger.answers._shown import Shown
from coopledger.answers._titles import name_of
from coopledger.answers._wording import (
    at_least,
    comma_list,
    days,
    label,
    named,
    phrase,
    state_since,
)
from coopledger.answers.commitments import Commitment, commitment
from coopledger.answers.instruments import Instrument, instrument
from coopledger.answers.meetings import Meeting, meeting
from coopledger.answers.partnerships import Partnership, partnership
from coopledger.answers.proposals import Proposal, proposal
from coopledger.answers.titles import title
from coopledger.events import PartnershipClosed
from coopledger.terms import (
    CommitmentStatus,
    Flag,
    InstrumentState,
    MeetingStatus,
    Noun,
    ProposalStatus,
    Stage,
)


@frozen(kw_only=True)
class Explanation(Shown):
    """Reason of an answer, in parts; `str` gives the sentence and the events below it.

    Attributes:
        id: What was asked about.
        title: The words by which people know it.
        state: Its stage, state or status.
        since: The first day of that; None where it is unknown or the beginning.
        because: The reason in this case.
        because_of: The ids of the things that give the state: the texts that give a stage, a text
            in place of another, or what is waited for; none where its own acts do.
        details: What else is worth knowing, most telling first.
        flags: Its flags.
        rule: The rule that matched, in the words of the reference.
        sentence: The parts as a person would say them.
        events: The events behind it, in log order, one line each.
        certain: Whether no date behind it is fuzzy; ``~`` marks a day that rests on one.
        decided_by: Their ids.
    """

    id: str
    title: str
    state: StrEnum
    since: Date | None
    because: str
    because_of: tuple[str, ...]
    details: tuple[str, ...]
    flags: tuple[Flag, ...]
    rule: str
    sentence: str
    events: tuple[str, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return the sentence, and below it the events, one line each."""
        return "\n".join(map(printable, (self.sentence, *(f"  {each}" for each in self.events))))


@frozen
class _Reason:
    """Parts of the sentence about one thing.

    Attributes:
        answer: The answer about it.
        rule: The rule that gave its state.
        because: The reason in this case.
        because_of: The ids of the things that give the state.
        details: What else is worth knowing, most telling first.
        flags: Its flags.
        verdict: The words after its title, where they are not the state and its first day.
    """

    answer: Partnership | Instrument | Commitment | Proposal | Meeting
    rule: str
    because: str
    because_of: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    verdict: str = ""

    @property
    def state(self) -> StrEnum:
        """Return the stage, state or status."""
        if isinstance(self.answer, Partnership):
            return self.answer.stage
        return self.answer.state if isinstance(self.answer, Instrument) else self.answer.status


def explain(snapshot: Snapshot, noun: Noun, name: str) -> Explanation:
    """Return the reason for the stage, state or status of the thing on the day."""
    reason = REASONS[noun](snapshot, name)
    answer, words = reason.answer, title(snapshot, name)
    facts = [fact for event in answer.decided_by if (fact := snapshot.visible.find(event))]
    return Explanation(
        id=name,
        title=words,
        state=reason.state,
        since=answer.since,
        because=reason.because,
        because_of=reason.because_of,
        details=tuple(filter(None, reason.details)),
        flags=reason.flags,
        rule=reason.rule,
        sentence=_sentence(reason, named(words, name)),
        events=tuple(f"{fact.id}: {fact.event}" for fact in facts),
        certain=answer.certain,
        decided_by=answer.decided_by,
    )


def _sentence(reason: _Reason, subject: str) -> str:
    """Return the parts as a sentence about the subject."""
    since, certain = reason.answer.since, reason.answer.since_certain
    verdict = reason.verdict or f"is {state_since(reason.state, since, certain=certain)}"
    parts = (reason.because, *reason.details, *(FLAG_WORDS[flag] for flag in reason.flags))
    return f"{subject} {verdict}: {'; '.join(filter(None, parts))}."


def _partnership(snapshot: Snapshot, name: str) -> _Reason:
    """Return the instruments that give the stage, or else the rule, and then the others."""
    answer = partnership(snapshot, name)
    rule = STAGE_RULES[answer.stage]
    deciding = [text for text in answer.instruments if text.state in STATES.get(answer.stage, ())]
    others = [
        _stands(text)
        for text in answer.instruments
        if text not in deciding and text.state is not InstrumentState.NONE
    ]
    if answer.stage is Stage.ACTIVE:
        others[:0] = _closed_all_the_same(snapshot, name)
    return _Reason(
        answer,
        rule,
        comma_list(map(_stands, deciding)) or rule,
        because_of=tuple(text.id for text in deciding),
        details=tuple(others),
        flags=answer.flags,
    )


def _stands(text: Instrument) -> str:
    """Return where a text stands, in words."""
    return f"{named(text.short_title, text.id)} is {label(text.state)}"


def _closed_all_the_same(snapshot: Snapshot, name: str) -> Iterator[str]:
    """Yield the words for the last time that the parties closed what is active all the same."""
    closings = [
        fact
        for fact in snapshot.facts(name)
        if isinstance(fact.event, PartnershipClosed) and fact.event.partnership == name
    ]
    for fact in closings[-1:]:
        date = fact.event.effective or fact.event.when
        yield f"the parties closed it on {date} (event {fact.id}), which ends no text"


def _instrument(snapshot: Snapshot, name: str) -> _Reason:
    """Return the reason of the state, and the dates that go with it."""
    answer = instrument(snapshot, name)
    rule, name_then = STATE_RULES[answer.state], partial(name_of, snapshot)
    other = title(snapshot, answer.superseded_by) if answer.superseded_by else None
    because = {
        InstrumentState.EXPIRED: phrase("its term ended on ", answer.term_end),
        InstrumentState.SUPERSEDED: phrase("", other, " took effect in its place"),
        InstrumentState.TERMINATING: phrase(
            "notice was given, and it is out of effect from ", answer.ends
        ),
        InstrumentState.AGREED: phrase(
            "", comma_list(map(name_then, answer.missing_signers)), " still to sign"
        ),
    }.get(answer.state)
    term = answer.term_end if answer.state is not InstrumentState.EXPIRED else None
    details = (
        phrase("its term ends on ", term),
        phrase("notice must be given by ", answer.notice_deadline),
        phrase("not ratified by ", comma_list(map(name_then, answer.not_ratified))),
    )
    return _Reason(
        answer,
        rule,
        because or rule,
        because_of=(answer.superseded_by,) if answer.superseded_by else (),
        details=details,
        flags=answer.flags,
    )


def _commitment(snapshot: Snapshot, name: str) -> _Reason:
    """Return the reason of the status, the due date in words, and who owes it to whom."""
    answer = commitment(snapshot, name)
    rule = STATUS_RULES[answer.status]
    debtors, creditors = (
        comma_list(map(partial(name_of, snapshot), parties))
        for parties in (answer.debtors, answer.creditors)
    )
    firmness = phrase(", as ", label(answer.firmness) if answer.firmness else None)
    details = (
        phrase('due in words: "', answer.due_text, '"'),
        f"owed by {debtors} to {creditors}{firmness}" if answer.what else "",
    )
    return _Reason(
        answer,
        rule,
        _why_commitment(snapshot, answer) or rule,
        because_of=_awaited(answer),
        details=details,
        flags=answer.flags,
    )


def _why_commitment(snapshot: Snapshot, answer: Commitment) -> str:
    """Return the reason of the status in this case; nothing where the rule says it all."""
    awaited = comma_list(named(title(snapshot, each), each) for each in _awaited(answer))
    are_open = f" {'is' if len(answer.depends_on) == 1 else 'are'} still open"
    late = at_least(answer.late_by, certain=answer.certain)
    in_time = phrase("it was done by its due date ", answer.due if answer.late_by == 0 else None)
    overdue = days(answer.days_overdue)
    return {
        CommitmentStatus.FULFILLED: phrase("it was done ", late, " after its due date") or in_time,
        CommitmentStatus.CONDITIONAL: phrase("still to be met: ", answer.conditions_open),
        CommitmentStatus.BLOCKED: phrase(
            "", awaited, " has not been held" if answer.due_meeting else are_open
        ),
        CommitmentStatus.OVERDUE: phrase(f"its due date {answer.due} ended ", overdue, " ago"),
        CommitmentStatus.DUE_SOON: phrase("its due date ", answer.due, " is near"),
        CommitmentStatus.PENDING: phrase("its due date ", answer.due, " is not near yet"),
    }.get(answer.status, "")


def _awaited(answer: Commitment) -> tuple[str, ...]:
    """Return the ids of the meeting and of the other things for which a promise is blocked."""
    if answer.status is not CommitmentStatus.BLOCKED:
        return ()
    return (answer.due_meeting,) if answer.due_meeting else answer.depends_on


def _proposal(snapshot: Snapshot, name: str) -> _Reason:
    """Return the reason of the status, and who put the proposal."""
    answer = proposal(snapshot, name)
    rule = PROPOSAL_RULES[answer.status]
    silence = days(answer.unanswered_for or None)
    is_open = answer.status is ProposalStatus.OPEN
    because = phrase("it has had no answer for ", silence if is_open else None) or rule
    names = comma_list(map(partial(name_of, snapshot), answer.by))
    author = f"a {answer.firmness} of {names}" if answer.firmness else ""
    details = (phrase("nobody has acted on it for ", None if is_open else silence), author)
    return _Reason(answer, rule, because, details=details)


def _meeting(snapshot: Snapshot, name: str) -> _Reason:
    """Return the rule of the status, and the planned date."""
    answer = meeting(snapshot, name)
    rule = MEETING_RULES[answer.status]
    planned = None if answer.held else answer.planned
    if answer.status is MeetingStatus.SCHEDULED:
        because = phrase("it was announced for ", planned) or "it was announced, and no day is set"
        return _Reason(answer, rule, because)
    details = (phrase("planned for ", planned),)
    verdict = phrase("was held ", answer.held)
    return _Reason(answer, rule, rule, details=details, verdict=verdict)


# Not in the table of nouns: only this question needs them.
REASONS: dict[Noun, Callable[[Snapshot, str], _Reason]] = {
    Noun.PARTNERSHIP: _partnership,
    Noun.INSTRUMENT: _instrument,
    Noun.COMMITMENT: _commitment,
    Noun.PROPOSAL: _proposal,
    Noun.MEETING: _meeting,
}
