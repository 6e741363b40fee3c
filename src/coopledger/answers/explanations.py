"""Answers that explain a stage, state or status in a sentence that a person understands."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import partial

import attrs

from coopledger._dates.lazy_types import Date
from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger._obligations import departures
from coopledger._rules.departures import expiry
from coopledger._rules.party_case import ENOUGH
from coopledger._rules.stage import STATES
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._clauses import (
    Clause,
    FirstDay,
    Rule,
    Thing,
    Value,
    clause,
    how_often,
    listing,
    plain,
    silent,
)
from coopledger.answers._conduct import who_gave_up
from coopledger.answers._evidence import evidence
from coopledger.answers._obstructions import Obstruction, obstruction
from coopledger.answers._shown import Shown
from coopledger.answers._titles import MOST, name_of
from coopledger.answers._wording import money, named
from coopledger.answers.commitments import Commitment, commitment
from coopledger.answers.instruments import Instrument, instrument
from coopledger.answers.meetings import Meeting, meeting
from coopledger.answers.participations import participations
from coopledger.answers.partnerships import Partnership, obstacles_within, partnership
from coopledger.answers.proposals import Proposal, proposal
from coopledger.answers.timelines import TimelineEntry, timeline_entries
from coopledger.answers.titles import title
from coopledger.dates import EdtfDate
from coopledger.events import PartnershipClosed
from coopledger.events.envelope import about
from coopledger.terms import (
    CommitmentStatus,
    Conduct,
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
        sentence: The parts as a person would say them, with ISO dates.
        clauses: The same parts apart from any language: of them a page makes its own sentence.
        events: The events behind it, in log order, one line each.
        certain: Whether no date behind it is fuzzy; ``~`` marks a day that rests on one.
        decided_by: Their ids.
        acts: The same events as entries of a timeline: date, words, sources, recording.
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
    clauses: tuple[Clause, ...]
    events: tuple[str, ...]
    certain: bool
    decided_by: tuple[str, ...]
    acts: Answers[TimelineEntry]

    def __str__(self) -> str:
        """Return the sentence, and below it the events, one line each."""
        return "\n".join(map(printable, (self.sentence, *(f"  {each}" for each in self.events))))


@frozen
class _Reason:
    """Parts of the sentence about one thing.

    Attributes:
        answer: The answer about it.
        because: The reason in this case; the rule where it says nothing.
        because_of: The ids of the things that give the state.
        details: What else is worth knowing, most telling first.
        flags: Its flags.
        verdict: The first clause, where it is not the state and its first day.
        behind_details: The events behind the details, where the answer does not name them.
    """

    answer: Partnership | Instrument | Commitment | Proposal | Meeting
    because: Clause = attrs.field(factory=silent)
    because_of: tuple[str, ...] = ()
    details: tuple[Clause, ...] = ()
    flags: tuple[Flag, ...] = ()
    verdict: Clause = attrs.field(factory=silent)
    behind_details: tuple[str, ...] = ()

    @property
    def state(self) -> StrEnum:
        """Return the stage, state or status."""
        if isinstance(self.answer, Partnership):
            return self.answer.stage
        return self.answer.state if isinstance(self.answer, Instrument) else self.answer.status

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Return the verdict, the reason, the details and the flags, without those of nothing."""
        since, certain = self.answer.since, self.answer.since_certain
        verdict = self.verdict or (
            clause("is_state", state=self.state)
            if since is None
            else clause("is_state_since", state=self.state, date=FirstDay(since, certain))
        )
        because = self.because or listing(Rule(self.state))
        flags = (listing(Rule(flag)) for flag in self.flags)
        return (verdict, because, *filter(None, self.details), *flags)


def explain(snapshot: Snapshot, noun: Noun, name: str) -> Explanation:
    """Return the reason for the stage, state or status of the thing on the day."""
    reason = REASONS[noun](snapshot, name)
    answer, words = reason.answer, title(snapshot, name)
    ids = answer.decided_by
    if reason.behind_details:
        positions = map(snapshot.visible.position_of, {*ids, *reason.behind_details})
        ids = evidence(snapshot, positions).events
    facts = [fact for event in ids if (fact := snapshot.visible.find(event))]
    page, clauses = plain(), reason.clauses
    return Explanation(
        id=name,
        title=words,
        state=reason.state,
        since=answer.since,
        because=page.text(clauses[1]),
        because_of=reason.because_of,
        details=tuple(map(page.text, filter(None, reason.details))),
        flags=reason.flags,
        rule=page.words.rule(reason.state),
        sentence=page.sentence(clauses, subject=named(words, name)),
        clauses=clauses,
        events=tuple(f"{fact.id}: {fact.event}" for fact in facts),
        certain=answer.certain,
        decided_by=ids,
        acts=timeline_entries(snapshot, facts).titled(partial(_title, snapshot)),
    )


def _title(snapshot: Snapshot, name: str) -> str:
    """Return the title of a thing; of an event, that of the thing that it is about."""
    is_event = snapshot.visible.noun_of(name) is None
    fact = snapshot.visible.find(name) if is_event else None
    return title(snapshot, about(fact.event) if fact else name)


def _partnership(snapshot: Snapshot, name: str) -> _Reason:
    """Return the instruments that give the stage, or else the rule, and then the others."""
    answer = partnership(snapshot, name)
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
        listing(*map(_stands, deciding)),
        because_of=tuple(text.id for text in deciding),
        details=(*others, *_cooperation(snapshot, answer)),
        flags=answer.flags,
        behind_details=answer.conduct_by if answer.conduct is not Conduct.NOT_BEGUN else (),
    )


def _cooperation(snapshot: Snapshot, answer: Partnership) -> Iterator[Clause]:
    """Yield what is done under the texts of a partnership, what is in its way, who is silent."""
    if answer.conduct is not Conduct.NOT_BEGUN:  # Else there is nothing to tell.
        since = answer.conduct_since
        first = FirstDay(since, answer.conduct_certain) if since is not None else None
        always = clause("conduct_is", conduct=answer.conduct) if first is None else silent()
        yield always or clause("conduct_is_since", conduct=answer.conduct, date=first)
    for text in answer.instruments:
        names = _names(snapshot, sorted(who_gave_up(snapshot, text.id)))
        yield clause("gave_up", what=Thing(text.id, text.short_title), names=names)
    yield _in_the_way(snapshot, obstacles_within(snapshot, answer.id))
    if Flag.DORMANT in answer.flags:
        yield clause("last_activity_on", date=answer.last_activity)
    if Flag.UNHEARD in answer.flags:
        yield clause("last_heard_on", date=answer.last_heard)


def _stands(text: Instrument) -> Clause:
    """Return where a text stands."""
    return clause("stands", what=Thing(text.id, text.short_title), state=text.state)


def _closed_all_the_same(snapshot: Snapshot, name: str) -> Iterator[Clause]:
    """Yield the clause for the last time that the parties closed what is active all the same."""
    closings = [
        fact
        for fact in snapshot.facts(name)
        if isinstance(fact.event, PartnershipClosed) and fact.event.partnership == name
    ]
    for fact in closings[-1:]:
        date = fact.event.effective or fact.event.when
        yield clause("closed_all_the_same", date=date, event=fact.id)


def _instrument(snapshot: Snapshot, name: str) -> _Reason:
    """Return the reason of the state, and the dates that go with it."""
    answer = instrument(snapshot, name)
    other = answer.superseded_by
    because = {
        InstrumentState.EXPIRED: clause("term_ended", date=answer.term_end),
        InstrumentState.SUPERSEDED: clause("took_its_place", what=_thing(snapshot, other)),
        InstrumentState.TERMINATING: clause("notice_runs", date=answer.ends),
        InstrumentState.AGREED: clause(
            "still_to_sign", names=_names(snapshot, answer.missing_signers)
        ),
    }.get(answer.state, silent())
    term = answer.term_end if answer.state is not InstrumentState.EXPIRED else None
    details = (
        clause("term_ends_on", date=term),
        clause("notice_must_be", date=answer.notice_deadline),
        clause("is_decided", decision=answer.decision),
        clause("not_ratified_by", names=_names(snapshot, answer.not_ratified)),
        clause("has_given_up", names=_names(snapshot, sorted(who_gave_up(snapshot, name)))),
        _in_the_way(snapshot, obstruction(snapshot, name)),
        _for_whom(snapshot, answer),
        *_who_leaves(snapshot, answer),
        *_chained(snapshot, answer),
        clause(
            "depositary_is",
            names=_names(snapshot, [answer.depositary] if answer.depositary else []),
        ),
        listing(*answer.identifiers),
        *_followed(answer),
    )
    return _Reason(
        answer,
        because,
        because_of=(other,) if other else (),
        details=details,
        flags=answer.flags,
        behind_details=answer.conduct_by if answer.conduct is Conduct.GIVEN_UP else (),
    )


def _in_the_way(snapshot: Snapshot, obstacles: Obstruction) -> Clause:
    """Return what stands in the way of the thing, the oldest first."""
    names = dict.fromkeys(getattr(fact.event, Noun.OBSTACLE) for fact in obstacles.reports)
    return clause("in_the_way", what=tuple(Thing(each, title(snapshot, each)) for each in names))


def _followed(answer: Instrument | Commitment | Proposal | Meeting) -> Iterator[Clause]:
    """Yield who sees to a thing, when it was asked about last, and when to ask again."""
    yield clause("asked_last", date=answer.last_asked, n=answer.times_asked or None)
    yield clause("ask_again_on", date=answer.ask_again)
    yield clause("is_responsible", who=answer.responsible)


def _for_whom(snapshot: Snapshot, answer: Instrument) -> Clause:
    """Return for whom of more than two parties a text is in force."""
    names = tuple(map(partial(name_of, snapshot), answer.in_force_for))
    if not names or len(answer.parties) <= ENOUGH:
        return silent()
    if len(names) > MOST:
        return clause("in_force_for_some", n=len(names), number=len(answer.parties))
    return clause("in_force_for", names=names)


def _who_leaves(snapshot: Snapshot, answer: Instrument) -> Iterator[Clause]:
    """Yield which of more than two parties leave a text, for each day on which some do."""
    if Flag.PARTY_LEAVING not in answer.flags:
        return
    leaving: dict[EdtfDate, list[str]] = {}
    for each in participations(snapshot, answer.id):
        if each.ends is not None and each.left_on is None:
            leaving.setdefault(each.ends, []).append(each.party)
    for date, parties in leaving.items():
        yield clause("they_leave", names=_names(snapshot, parties), date=date, n=len(parties))


def _names(snapshot: Snapshot, parties: Sequence[str]) -> tuple[Value, ...]:
    """Return the names of parties; of many the first ones, and how many others there are."""
    shown = parties if len(parties) <= MOST else parties[: MOST - 1]
    more = (clause("others", n=len(parties) - len(shown)),) if len(shown) < len(parties) else ()
    return (*map(partial(name_of, snapshot), shown), *more)


def _chained(snapshot: Snapshot, answer: Instrument) -> Iterator[Clause]:
    """Yield the texts that it prolongs or carries out, and those that changed it."""
    chain = (
        ("extends", answer.extends),
        ("implements", answer.implements),
        ("is_amended_by", answer.amended_by),
        ("is_extended_by", answer.extended_by),
        ("is_implemented_by", answer.implemented_by),
        ("amends", answer.amends),
        ("ends_with", (answer.ends_with,) if answer.ends_with else ()),
    )
    for text, names in chain:
        yield clause(text, what=tuple(Thing(each, title(snapshot, each)) for each in names))


def _thing(snapshot: Snapshot, name: str | None) -> Thing | None:
    """Return a thing with its title; None for none."""
    return None if name is None else Thing(name, title(snapshot, name))


def _commitment(snapshot: Snapshot, name: str) -> _Reason:
    """Return the reason of the status, the due date in words, and who owes it to whom."""
    answer = commitment(snapshot, name)
    debtors, creditors = (
        tuple(map(partial(name_of, snapshot), parties))
        for parties in (answer.debtors, answer.creditors)
    )
    owed = clause("owed_by_as", debtors=debtors, creditors=creditors, firmness=answer.firmness)
    owed = owed or clause("owed_by", debtors=debtors, creditors=creditors)
    open_ones = answer.debtors_open if answer.is_done_in_part else ()
    times, left = answer.times_rescheduled, answer.outstanding if answer.is_paid_in_part else None
    following = answer.next_due if answer.next_due != answer.due else None
    details = (
        clause("due_in_words", said=answer.due_text),
        clause("put_off", n=times or None, date=answer.first_due),
        clause("comes_round", how=how_often(answer.recurs) or None),
        clause("next_date_is", date=following),
        owed if answer.what else silent(),
        clause("still_owed_by", names=_names(snapshot, open_ones)),
        clause("outstanding", amount=money(left)),
        _in_the_way(snapshot, obstruction(snapshot, name)),
        *_followed(answer),
    )
    return _Reason(
        answer,
        _why_commitment(snapshot, answer),
        because_of=_awaited(answer),
        details=details,
        flags=answer.flags,
    )


def _why_commitment(snapshot: Snapshot, answer: Commitment) -> Clause:
    """Return the reason of the status in this case; nothing where the rule says it all."""
    awaited = tuple(Thing(each, title(snapshot, each)) for each in _awaited(answer))
    late = clause("done_late" if answer.certain else "done_late_at_least", n=answer.late_by or None)
    in_time = clause("done_in_time", date=answer.due if answer.late_by == 0 else None)
    if answer.recurs is not None:
        late = clause("dates_done_late", n=answer.late_by or None)
        in_time = Clause("dates_done_in_time") if answer.late_by == 0 else silent()
    is_open = clause("still_open", what=awaited, n=len(awaited))
    return {
        CommitmentStatus.FULFILLED: late or in_time,
        CommitmentStatus.CONDITIONAL: clause("still_to_meet", conditions=answer.conditions_open),
        CommitmentStatus.BLOCKED: clause("not_held", what=awaited)
        if answer.due_meeting
        else is_open,
        CommitmentStatus.EXPIRED: _why_expired(snapshot, answer),
        CommitmentStatus.OVERDUE: clause("due_ended", date=answer.due, n=answer.days_overdue),
        CommitmentStatus.DUE_SOON: clause("due_is_near", date=answer.due),
        CommitmentStatus.PENDING: clause("due_not_near", date=answer.due),
    }.get(answer.status, silent())


def _why_expired(snapshot: Snapshot, answer: Commitment) -> Clause:
    """Return who left the text of a promise, or that it ended; nothing of a failed condition."""
    case = snapshot.commitment(answer.id)
    under = case.terms.under if case.terms is not None else None
    if answer.status is not CommitmentStatus.EXPIRED or case.failed is not None or under is None:
        return silent()
    text, left = Thing(under, title(snapshot, under)), departures(snapshot, answer.id)
    departure = expiry(case, left)
    if departure is None:
        return clause("stands", what=text, state=snapshot.instrument(under).state)
    gone = [party for party, when in left.items() if when <= departure]
    return clause("they_left", names=_names(snapshot, gone), what=text, n=len(gone))


def _awaited(answer: Commitment) -> tuple[str, ...]:
    """Return the ids of the meeting and of the other things for which a promise is blocked."""
    if answer.status is not CommitmentStatus.BLOCKED:
        return ()
    return (answer.due_meeting,) if answer.due_meeting else answer.depends_on


def _proposal(snapshot: Snapshot, name: str) -> _Reason:
    """Return the reason of the status, and who put the proposal."""
    answer = proposal(snapshot, name)
    silence, is_open = answer.unanswered_for or None, answer.status is ProposalStatus.OPEN
    names = tuple(map(partial(name_of, snapshot), answer.by))
    return _Reason(
        answer,
        clause("no_answer_for", n=silence if is_open else None),
        details=(
            clause("nobody_acted_for", n=None if is_open else silence),
            clause("put_by", firmness=answer.firmness, names=names),
            _in_the_way(snapshot, obstruction(snapshot, name)),
            *_followed(answer),
        ),
        flags=answer.flags,
    )


def _meeting(snapshot: Snapshot, name: str) -> _Reason:
    """Return the rule of the status, and the planned date."""
    answer = meeting(snapshot, name)
    planned = None if answer.held else answer.planned
    slips = _slips(answer)
    if answer.status is MeetingStatus.SCHEDULED:
        planned_for = clause("announced_for", date=planned)
        followed = (slips, *_followed(answer))
        return _Reason(answer, planned_for or Clause("announced_no_day"), details=followed)
    details = (clause("planned_for", date=planned), slips, *_followed(answer))
    return _Reason(answer, details=details, verdict=clause("was_held", date=answer.held))


def _slips(answer: Meeting) -> Clause:
    """Return how often a meeting was put off, and for when it was planned at first."""
    times = clause("postponed_times", n=answer.times_postponed or None)
    first = clause("first_planned_for", date=answer.first_planned)
    return listing(times, first) if times and first else times


# Not in the table of nouns: only this question needs them.
REASONS: dict[Noun, Callable[[Snapshot, str], _Reason]] = {
    Noun.PARTNERSHIP: _partnership,
    Noun.INSTRUMENT: _instrument,
    Noun.COMMITMENT: _commitment,
    Noun.PROPOSAL: _proposal,
    Noun.MEETING: _meeting,
}
