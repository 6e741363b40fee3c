"""Answers that explain a stage, state or status in a sentence that a person understands."""

from collections.abc import Callable, Iterator

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
from coopledger.answers._wording import at_least, comma_list, days, label, phrase, state_since
from coopledger.answers.commitments import Commitment, commitment
from coopledger.answers.instruments import Instrument, instrument
from coopledger.answers.meetings import Meeting, meeting
from coopledger.answers.partnerships import Partnership, partnership
from coopledger.answers.proposals import Proposal, proposal
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
    """Reason of an answer; `str` gives the sentence and the events below it.

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
        """Return the sentence, and below it the events, one line each."""
        return printable("\n".join((self.sentence, *(f"  {event}" for event in self.events))))


@frozen
class _Reason:
    """Parts of the sentence about one thing.

    Attributes:
        answer: The answer about it.
        word: Its stage, state or status.
        rule: The rule that gave it.
        because: The reason in this case.
        details: What else is worth knowing, most telling first.
        flags: Its flags.
        verdict: The words after its id, where they are not the word and its first day.
    """

    answer: Partnership | Instrument | Commitment | Proposal | Meeting
    word: str
    rule: str
    because: str
    details: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    verdict: str = ""


def explain(snapshot: Snapshot, noun: Noun, name: str) -> Explanation:
    """Return the reason for the stage, state or status of the thing on the day."""
    reason = REASONS[noun](snapshot, name)
    answer = reason.answer
    verdict = (
        reason.verdict
        or f"is {state_since(reason.word, answer.since, certain=answer.since_certain)}"
    )
    parts = (reason.because, *reason.details, *(FLAG_WORDS[flag] for flag in reason.flags))
    facts = [fact for event in answer.decided_by if (fact := snapshot.visible.find(event))]
    return Explanation(
        id=name,
        sentence=f"{name} {verdict}: {'; '.join(filter(None, parts))}.",
        rule=reason.rule,
        events=tuple(f"{fact.id}: {fact.event}" for fact in facts),
        certain=answer.certain,
        decided_by=answer.decided_by,
    )


def _partnership(snapshot: Snapshot, name: str) -> _Reason:
    """Return the instruments that give the stage, or else the rule, and then the others."""
    answer = partnership(snapshot, name)
    rule = STAGE_RULES[answer.stage]
    deciding, others = list[str](), list[str]()
    for text in answer.instruments:
        sentence = f"{text.id} is {label(text.state)}"
        if text.state in STATES.get(answer.stage, ()):
            deciding.append(sentence)
        elif text.state is not InstrumentState.NONE:
            others.append(sentence)
    because = comma_list(deciding) or rule
    if answer.stage is Stage.ACTIVE:
        others[:0] = _closed_all_the_same(snapshot, name)
    return _Reason(answer, answer.stage, rule, because, tuple(others), answer.flags)


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
    rule = STATE_RULES[answer.state]
    because = {
        InstrumentState.EXPIRED: phrase("its term ended on ", answer.term_end),
        InstrumentState.SUPERSEDED: phrase("", answer.superseded_by, " took effect in its place"),
        InstrumentState.TERMINATING: phrase(
            "notice was given, and it is out of effect from ", answer.ends
        ),
        InstrumentState.AGREED: phrase("", answer.missing_signers, " still to sign"),
    }.get(answer.state)
    term = answer.term_end if answer.state is not InstrumentState.EXPIRED else None
    details = (
        phrase("its term ends on ", term),
        phrase("notice must be given by ", answer.notice_deadline),
        phrase("not ratified by ", answer.not_ratified),
    )
    return _Reason(answer, answer.state, rule, because or rule, details, answer.flags)


def _commitment(snapshot: Snapshot, name: str) -> _Reason:
    """Return the reason of the status, the due date in words, and who owes it to whom."""
    answer = commitment(snapshot, name)
    rule = STATUS_RULES[answer.status]
    firmness = phrase(", as ", label(answer.firmness) if answer.firmness else None)
    verb = "is" if len(answer.depends_on) == 1 else "are"
    debt = f"{comma_list(answer.debtors)} to {comma_list(answer.creditors)}{firmness}"
    because = {
        CommitmentStatus.FULFILLED: (
            phrase(
                "it was done ",
                at_least(answer.late_by, certain=answer.certain),
                " after its due date",
            )
            or phrase("it was done by its due date ", answer.due if answer.late_by == 0 else None)
        ),
        CommitmentStatus.CONDITIONAL: phrase("still to be met: ", answer.conditions_open),
        CommitmentStatus.BLOCKED: (
            phrase("", answer.due_meeting, " has not been held")
            or phrase("", answer.depends_on, f" {verb} still open")
        ),
        CommitmentStatus.OVERDUE: phrase(
            f"its due date {answer.due} ended ", days(answer.days_overdue), " ago"
        ),
        CommitmentStatus.DUE_SOON: phrase("its due date ", answer.due, " is near"),
        CommitmentStatus.PENDING: phrase("its due date ", answer.due, " is not near yet"),
    }.get(answer.status)
    details = (
        phrase('due in words: "', answer.due_text, '"'),
        phrase("owed by ", debt if answer.what else None),
    )
    return _Reason(answer, answer.status, rule, because or rule, details, answer.flags)


def _proposal(snapshot: Snapshot, name: str) -> _Reason:
    """Return the reason of the status, and who put the proposal."""
    answer = proposal(snapshot, name)
    rule = PROPOSAL_RULES[answer.status]
    silence = days(answer.unanswered_for or None)
    is_open = answer.status is ProposalStatus.OPEN
    because = phrase("it has had no answer for ", silence if is_open else None) or rule
    author = f"a {answer.firmness} of {comma_list(answer.by)}" if answer.firmness else ""
    details = (phrase("nobody has acted on it for ", None if is_open else silence), author)
    return _Reason(answer, answer.status, rule, because, details)


def _meeting(snapshot: Snapshot, name: str) -> _Reason:
    """Return the rule of the status, and the planned date."""
    answer = meeting(snapshot, name)
    rule = MEETING_RULES[answer.status]
    planned = None if answer.held else answer.planned
    if answer.status is MeetingStatus.SCHEDULED:
        because = phrase("it was announced for ", planned) or "it was announced, and no day is set"
        return _Reason(answer, answer.status, rule, because)
    details = (phrase("planned for ", planned),)
    verdict = phrase("was held ", answer.held)
    return _Reason(answer, answer.status, rule, rule, details, verdict=verdict)


# Not in the table of nouns: only this question needs them.
REASONS: dict[Noun, Callable[[Snapshot, str], _Reason]] = {
    Noun.PARTNERSHIP: _partnership,
    Noun.INSTRUMENT: _instrument,
    Noun.COMMITMENT: _commitment,
    Noun.PROPOSAL: _proposal,
    Noun.MEETING: _meeting,
}
