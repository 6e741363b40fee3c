"""Why an answer is what it is."""

from collections.abc import Callable

import attrs

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
from coopledger.answers._wording import comma_list, days, label, phrase, standing
from coopledger.answers.commitments import Commitment, commitment
from coopledger.answers.instruments import Instrument, instrument
from coopledger.answers.meetings import Meeting, meeting
from coopledger.answers.partnerships import Partnership, partnership
from coopledger.answers.proposals import Proposal, proposal
from coopledger.answers.timelines import timeline_line
from coopledger.terms import (
    CommitmentStatus,
    Flag,
    InstrumentState,
    MeetingStatus,
    Noun,
    ProposalStatus,
)


@attrs.frozen(kw_only=True)
class Explanation:
    """Why an answer is what it is; `str` gives the sentence and the events below it.

    Attributes:
        id: What was asked about.
        sentence: The reason, as a person would say it.
        rule: The rule that matched, in the words of the reference.
        events: The events behind it, in log order, one line each.
        certain: Whether no date behind it is fuzzy; ``~`` marks a day that rests on one.
        decided_by: Their ids.
    """

    id: str
    sentence: str
    rule: str
    events: tuple[str, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The sentence, and the events behind it, one line each."""
        return "\n".join((self.sentence, *(f"  {event}" for event in self.events)))


# Why an answer is what it is, in a sentence that a person understands.

C, S = CommitmentStatus, InstrumentState


@attrs.frozen
class Told:
    """What is said of one thing.

    Attributes:
        answer: The answer about it.
        word: Its stage, state or status.
        rule: The rule that gave it.
        because: The reason in this case.
        details: What else is worth knowing, most telling first.
        flags: Its flags.
        stands: How it stands, where that is not said by the word and its first day.
    """

    answer: Partnership | Instrument | Commitment | Proposal | Meeting
    word: str
    rule: str
    because: str
    details: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    stands: str = ""


def explain(snapshot: Snapshot, noun: Noun, name: str) -> Explanation:
    """Why the thing stands where it does on the day."""
    told = EXPLANATIONS[noun](snapshot, name)
    answer = told.answer
    stands = told.stands or f"is {standing(told.word, answer.since, certain=answer.certain)}"
    parts = (told.because, *told.details, *(FLAG_WORDS[flag] for flag in told.flags))
    facts = [fact for event in answer.decided_by if (fact := snapshot.visible.find(event))]
    return Explanation(
        id=name,
        sentence=f"{name} {stands}: {'; '.join(filter(None, parts))}.",
        rule=told.rule,
        events=tuple(timeline_line(fact) for fact in facts),
        certain=answer.certain,
        decided_by=answer.decided_by,
    )


def _partnership(snapshot: Snapshot, name: str) -> Told:
    """The stage, and the instruments that give it, or else the rule; then the others."""
    answer = partnership(snapshot, name)
    rule = STAGE_RULES[answer.stage]
    deciding = [text for text in answer.instruments if text.state in STATES.get(answer.stage, ())]
    others = [
        text for text in answer.instruments if text not in deciding and text.state is not S.NONE
    ]
    return Told(
        answer,
        answer.stage,
        rule,
        comma_list(map(_stands, deciding)) or rule,
        tuple(map(_stands, others)),
        answer.flags,
    )


def _stands(text: Instrument) -> str:
    """One instrument and its state."""
    return f"{text.id} is {label(text.state)}"


def _instrument(snapshot: Snapshot, name: str) -> Told:
    """The state and its reason, and the dates that go with it."""
    answer = instrument(snapshot, name)
    rule = STATE_RULES[answer.state]
    because = {
        S.EXPIRED: phrase("its term ended on ", answer.term_end),
        S.SUPERSEDED: phrase("", answer.superseded_by, " took effect in its place"),
        S.TERMINATING: phrase("notice was given, and it is out of effect from ", answer.ends),
        S.AGREED: phrase("", answer.missing_signers, " still to sign"),
    }.get(answer.state)
    term = answer.term_end if answer.state is not S.EXPIRED else None
    details = (
        phrase("its term ends on ", term),
        phrase("notice must be given by ", answer.notice_deadline),
        phrase("not ratified by ", answer.not_ratified),
    )
    return Told(answer, answer.state, rule, because or rule, details, answer.flags)


def _commitment(snapshot: Snapshot, name: str) -> Told:
    """The status and its reason, and who owes it to whom."""
    answer = commitment(snapshot, name)
    rule = STATUS_RULES[answer.status]
    firmness = phrase(", as ", label(answer.firmness) if answer.firmness else None)
    owed = f"{comma_list(answer.debtors)} to {comma_list(answer.creditors)}{firmness}"
    because = {
        C.FULFILLED: phrase("it was done ", days(answer.late_by or None), " after its due date")
        or phrase("it was done by its due date ", answer.due if answer.late_by == 0 else None),
        C.CONDITIONAL: phrase("still to be met: ", answer.conditions_open),
        C.BLOCKED: phrase("", answer.due_meeting, " has not been held")
        or phrase("", answer.depends_on, " is still open"),
        C.OVERDUE: phrase(f"its due date {answer.due} ended ", days(answer.days_overdue), " ago"),
        C.DUE_SOON: phrase("its due date ", answer.due, " is near"),
        C.PENDING: phrase("its due date ", answer.due, " is not near yet"),
    }.get(answer.status)
    details = (
        phrase('due in words: "', answer.due_text, '"'),
        phrase("owed by ", owed if answer.what else None),
    )
    return Told(answer, answer.status, rule, because or rule, details, answer.flags)


def _proposal(snapshot: Snapshot, name: str) -> Told:
    """The status and its reason, and who put it."""
    answer = proposal(snapshot, name)
    rule = PROPOSAL_RULES[answer.status]
    waiting = answer.unanswered_for if answer.status is ProposalStatus.OPEN else None
    because = phrase("it has had no answer for ", days(waiting or None)) or rule
    put = f"a {answer.firmness} of {comma_list(answer.by)}" if answer.firmness else ""
    return Told(answer, answer.status, rule, because, (put,))


def _meeting(snapshot: Snapshot, name: str) -> Told:
    """The status and its rule, and the planned date."""
    answer = meeting(snapshot, name)
    rule = MEETING_RULES[answer.status]
    day = None if answer.held else answer.planned
    if answer.status is MeetingStatus.SCHEDULED:
        because = phrase("it was announced for ", day) or "it was announced, and no day is set"
        return Told(answer, answer.status, rule, because)
    stands = phrase("was held ", answer.held)
    return Told(answer, answer.status, rule, rule, (phrase("planned for ", day),), stands=stands)


EXPLANATIONS: dict[Noun, Callable[[Snapshot, str], Told]] = {
    Noun.PARTNERSHIP: _partnership,
    Noun.INSTRUMENT: _instrument,
    Noun.COMMITMENT: _commitment,
    Noun.PROPOSAL: _proposal,
    Noun.MEETING: _meeting,
}
