"""Why an answer is what it is, in a sentence that a person understands."""

from collections.abc import Callable

import attrs

from coopledger.projections.answers import (
    Commitment,
    Explanation,
    Instrument,
    Meeting,
    Partnership,
    Proposal,
)
from coopledger.projections.answers.wording import days, listed, said, spoken, standing
from coopledger.projections.commitments import commitment
from coopledger.projections.instruments import instrument
from coopledger.projections.meetings import meeting
from coopledger.projections.partnerships import partnership
from coopledger.projections.proposals import proposal
from coopledger.projections.reasons import (
    FLAG_WORDS,
    MEETING_RULES,
    PROPOSAL_RULES,
    STAGE_RULES,
    STATE_RULES,
    STATUS_RULES,
)
from coopledger.projections.timelines import line
from coopledger.rules.stage import STATES
from coopledger.standings import Standings
from coopledger.terms import (
    CommitmentStatus,
    Flag,
    InstrumentState,
    MeetingStatus,
    Noun,
    ProposalStatus,
)

__all__ = ["explain"]

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


def explain(standings: Standings, noun: Noun, name: str) -> Explanation:
    """Why the thing stands where it does on the day."""
    told = EXPLANATIONS[noun](standings, name)
    answer = told.answer
    stands = told.stands or f"is {standing(told.word, answer.since, certain=answer.certain)}"
    parts = (told.because, *told.details, *(FLAG_WORDS[flag] for flag in told.flags))
    facts = [fact for event in answer.decided_by if (fact := standings.visible.find(event))]
    return Explanation(
        id=name,
        sentence=f"{name} {stands}: {'; '.join(filter(None, parts))}.",
        rule=told.rule,
        events=tuple(line(fact) for fact in facts),
        certain=answer.certain,
        decided_by=answer.decided_by,
    )


def _partnership(standings: Standings, name: str) -> Told:
    """The stage, and the instruments that give it, or else the rule; then the others."""
    answer = partnership(standings, name)
    rule = STAGE_RULES[answer.stage]
    deciding = [text for text in answer.instruments if text.state in STATES.get(answer.stage, ())]
    others = [
        text for text in answer.instruments if text not in deciding and text.state is not S.NONE
    ]
    return Told(
        answer,
        answer.stage,
        rule,
        listed(map(_stands, deciding)) or rule,
        tuple(map(_stands, others)),
        answer.flags,
    )


def _stands(text: Instrument) -> str:
    """One instrument and its state."""
    return f"{text.id} is {spoken(text.state)}"


def _instrument(standings: Standings, name: str) -> Told:
    """The state and its reason, and the dates that go with it."""
    answer = instrument(standings, name)
    rule = STATE_RULES[answer.state]
    because = {
        S.EXPIRED: said("its term ended on ", answer.term_end),
        S.SUPERSEDED: said("", answer.superseded_by, " took effect in its place"),
        S.TERMINATING: said("notice was given, and it is out of effect from ", answer.ends),
        S.AGREED: said("", answer.missing_signers, " still to sign"),
    }.get(answer.state)
    term = answer.term_end if answer.state is not S.EXPIRED else None
    details = (
        said("its term ends on ", term),
        said("notice must be given by ", answer.notice_deadline),
        said("not ratified by ", answer.not_ratified),
    )
    return Told(answer, answer.state, rule, because or rule, details, answer.flags)


def _commitment(standings: Standings, name: str) -> Told:
    """The status and its reason, and who owes it to whom."""
    answer = commitment(standings, name)
    rule = STATUS_RULES[answer.status]
    firmness = said(", as ", spoken(answer.firmness) if answer.firmness else None)
    owed = f"{listed(answer.debtors)} to {listed(answer.creditors)}{firmness}"
    because = {
        C.FULFILLED: said("it was done ", days(answer.late_by or None), " after its due date")
        or said("it was done by its due date ", answer.due if answer.late_by == 0 else None),
        C.CONDITIONAL: said("still to be met: ", answer.conditions_open),
        C.BLOCKED: said("", answer.due_meeting, " has not been held")
        or said("", answer.depends_on, " is still open"),
        C.OVERDUE: said(f"its due date {answer.due} ended ", days(answer.days_overdue), " ago"),
        C.DUE_SOON: said("its due date ", answer.due, " is near"),
        C.PENDING: said("its due date ", answer.due, " is not near yet"),
    }.get(answer.status)
    details = (
        said('due in words: "', answer.due_text, '"'),
        said("owed by ", owed if answer.what else None),
    )
    return Told(answer, answer.status, rule, because or rule, details, answer.flags)


def _proposal(standings: Standings, name: str) -> Told:
    """The status and its reason, and who put it."""
    answer = proposal(standings, name)
    rule = PROPOSAL_RULES[answer.status]
    waiting = answer.unanswered_for if answer.status is ProposalStatus.OPEN else None
    because = said("it has had no answer for ", days(waiting or None)) or rule
    put = f"a {answer.firmness} of {listed(answer.by)}" if answer.firmness else ""
    return Told(answer, answer.status, rule, because, (put,))


def _meeting(standings: Standings, name: str) -> Told:
    """The status and its rule, and the planned date."""
    answer = meeting(standings, name)
    rule = MEETING_RULES[answer.status]
    day = None if answer.held else answer.planned
    if answer.status is MeetingStatus.SCHEDULED:
        because = said("it was announced for ", day) or "it was announced, and no day is set"
        return Told(answer, answer.status, rule, because)
    stands = said("was held ", answer.held)
    return Told(answer, answer.status, rule, rule, (said("planned for ", day),), stands=stands)


EXPLANATIONS: dict[Noun, Callable[[Standings, str], Told]] = {
    Noun.PARTNERSHIP: _partnership,
    Noun.INSTRUMENT: _instrument,
    Noun.COMMITMENT: _commitment,
    Noun.PROPOSAL: _proposal,
    Noun.MEETING: _meeting,
}
