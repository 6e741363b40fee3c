"""Life of a commitment: the changes that each act makes, and the first status rule that matches.

`fold` replays the facts of one commitment by `EFFECTS`; `RULES` say which status follows from the
case, from other nouns and from the day. There is no status for a breach: late things are mostly
kept late, and breach is a judgement. In words: "Commitments" in docs/reference/rules.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import attrs

from coopledger import events
from coopledger._dates.asked_day import Day
from coopledger._facts.index import Fact, by_replay_key
from coopledger._facts.merging import completed
from coopledger._fields.reading import condition_parts
from coopledger._frozen import frozen
from coopledger._rules.recurrence import Rounds, rhythm_of
from coopledger.dates import EdtfDate
from coopledger.events import CommitmentMade, Event
from coopledger.terms import CommitmentStatus, Flag, MeetingStatus
from coopledger.values import Amount

C = CommitmentStatus

OPEN = frozenset({C.CONDITIONAL, C.BLOCKED, C.OVERDUE, C.DUE_SOON, C.STANDING, C.PENDING})
# The due date may have come near, or passed, in these.
BY_DUE = frozenset({C.OVERDUE, C.DUE_SOON, C.STANDING, C.PENDING})
DUE_SOON_DAYS = 30

# How a meeting that did not come about flags the commitments that are bound to it.
FLAGS_OF_MEETING = {
    MeetingStatus.UNRECORDED: Flag.ANCHOR_OVERDUE,
    MeetingStatus.CANCELLED: Flag.ANCHOR_CANCELLED,
}


# Gives for a party itself and the parties above it.
Above = Callable[[str], tuple[str, ...]]


def alone(party: str) -> tuple[str, ...]:
    """Return the party itself, for rules that know nobody above it."""
    return (party,)


@frozen
class Setting:
    """Due date, or the meeting on whose occasion something is due; neither where words say it.

    Attributes:
        fact: The event that set it.
        due: The date.
        meeting: The meeting.
    """

    fact: Fact
    due: EdtfDate | None
    meeting: str | None


@attrs.define
class CommitmentCase:
    """Record of one commitment, while its facts are folded and afterwards.

    Attributes:
        made: The event that made it; None while only later acts are known.
        what: What is owed now.
        debtors: Who owes it now.
        creditors: To whom it is owed now.
        delivered: For each debtor that has done what it had to do, the event.
        above: For each party that delivered, itself and the parties above it.
        settings: What set a due date, a meeting or words, in turn.
        due: The due date now.
        due_by: The event that set the due date now, or took it away.
        due_text: The words that were set last.
        due_meeting: The meeting that was set last.
        times_rescheduled: How often a new due date, meeting or words were set.
        amount: The sum promised now.
        payments: The sums that were delivered.
        reopened: The event that opened it again last.
        missed: What was taken over from its parties while it was closed.
        met: For each condition met, the event.
        failed: The event that failed a condition.
        fulfilled: The event that fulfilled it.
        cancelled: The event by which a debtor cancelled it.
        releases: The creditors that let it go, each time with the event.
        percent: How much is reported done, from 0 to 100.
        rounds: The dates of one that recurs; the due date is that of the oldest open one.
    """

    made: Fact | None = None
    what: str | None = None
    debtors: tuple[str, ...] = ()
    creditors: tuple[str, ...] = ()
    delivered: dict[str, Fact] = attrs.field(factory=dict[str, Fact])
    above: dict[str, tuple[str, ...]] = attrs.field(factory=dict[str, tuple[str, ...]])
    settings: list[Setting] = attrs.field(factory=list[Setting])
    due: EdtfDate | None = None
    due_by: Fact | None = None
    due_text: str | None = None
    due_meeting: str | None = None
    times_rescheduled: int = 0
    amount: Amount | None = None
    payments: list[Amount] = attrs.field(factory=list[Amount])
    reopened: Fact | None = None
    missed: list[tuple[Fact, events.PartySucceeded]] = attrs.field(
        factory=list[tuple[Fact, events.PartySucceeded]]
    )
    met: dict[str, Fact] = attrs.field(factory=dict[str, Fact])
    failed: Fact | None = None
    fulfilled: Fact | None = None
    cancelled: Fact | None = None
    releases: list[tuple[tuple[str, ...], Fact]] = attrs.field(
        factory=list[tuple[tuple[str, ...], Fact]]
    )
    percent: int | None = None
    rounds: Rounds | None = None

    @property
    def terms(self) -> CommitmentMade | None:
        """Return the commitment as made; None while only later acts are known."""
        event = self.made.event if self.made is not None else None
        return event if isinstance(event, CommitmentMade) else None

    @property
    def deliveries(self) -> list[dict[str, Fact]]:
        """Return which debtors have delivered; of one that recurs, for each date by itself."""
        return [self.delivered] if self.rounds is None else list(self.rounds.delivered.values())

    @property
    def opener(self) -> Fact | None:
        """Return the event by which it is open, if it is: its making, or its last reopening."""
        return max(filter(None, (self.made, self.reopened)), key=by_replay_key, default=None)

    @property
    def released_by_all(self) -> Fact | None:
        """Return the event by which the last creditor released the debtors."""
        gone = self.made is not None and not self.creditors and bool(self.releases)
        return self.releases[-1][1] if gone else None

    @property
    def owed_to(self) -> tuple[str, ...]:
        """Return the creditors now; once all have released the debtors, the former ones."""
        released = (party for by, _ in self.releases for party in by)
        return self.creditors or tuple(dict.fromkeys(released))


@frozen(kw_only=True)
class CommitmentContext:
    """Facts about other nouns on which a commitment rests, on the day of the view.

    Attributes:
        day: The day, as an ordinal.
        horizon: Within how many days a due date is soon.
        first_due: The first due date that it had, perhaps that of a meeting.
        meeting: The status of the meeting to which it is bound, and the event that set it.
        held: When that meeting was held.
        dependencies: Open things that it depends on, each with the event that made it so.
        cleared: For each thing that it depended on and that is closed: since when, by what.
        instrument_ended: The day on which its instrument ended, at least for its debtors or its
            creditors, and the event that ended it.
        left: The debtors and creditors that left its instrument, each with the day and the event.
        completed: The act by which the last debtor delivered that had not left its instrument.
    """

    day: Day
    horizon: int = DUE_SOON_DAYS
    first_due: EdtfDate | None = None
    meeting: tuple[MeetingStatus, int | None] | None = None
    held: Fact | None = None
    dependencies: tuple[tuple[str, int], ...] = ()
    cleared: tuple[tuple[int, int], ...] = ()
    instrument_ended: tuple[int, int] | None = None
    left: Mapping[str, tuple[int, int]] = attrs.field(factory=dict[str, tuple[int, int]])
    completed: Fact | None = None


def is_closed(case: CommitmentCase) -> Fact | None:
    """Return the event that closed the commitment for good; its instrument is left aside."""
    return case.fulfilled or case.released_by_all or case.cancelled or case.failed


def fulfilment(case: CommitmentCase, context: CommitmentContext) -> Fact | None:
    """Return the act by which it was fulfilled, by all debtors or by all that have not left."""
    return case.fulfilled or context.completed


def fold(facts: Iterable[Fact], commitment: str, above: Above = alone) -> CommitmentCase:
    """Return the case after the facts; of several closing acts of a kind the first counts.

    The facts are those that name it, and the successions of its parties. The making is
    taken first: acts on it may come before, where its date is fuzzy. A closed commitment passes to
    nobody, and is not put off.
    """
    making_first = sorted(facts, key=lambda fact: not isinstance(fact.event, CommitmentMade))
    return advance(commitment, CommitmentCase(), making_first, above)


def advance(
    commitment: str, case: CommitmentCase, facts: Sequence[Fact], above: Above = alone
) -> CommitmentCase:
    """Return the case, changed by facts that replay after all before, none of them its making."""
    case.above |= {party: above(party) for party in deliverers(facts)}
    for fact in facts:
        event = fact.event
        for name, condition in map(condition_parts, event.meets):
            if name == commitment:
                case.met.setdefault(condition, fact)
        effect = EFFECTS.get(type(event))
        own = getattr(event, "commitment", commitment) == commitment
        if effect is not None and own:
            effect = PASSED_OVER.get(effect, effect) if is_closed(case) else effect
            effect(case, fact, event)
        if commitment in event.fulfils:
            _complete(case, fact)
    return case


def as_made(facts: list[Fact], makings: Sequence[Fact]) -> list[Fact]:
    """Return the facts with the making that stands by now, where a commitment was made twice.

    Of the makings that count the first stands: that of the duplicate does until the other counts.
    """
    if not makings:
        return facts
    positions = {fact.position for fact in makings}
    acts = [fact for fact in facts if fact.position not in positions]
    return sorted([*acts, completed(makings[0], makings[1:])], key=by_replay_key)


def deliverers(facts: Iterable[Fact]) -> set[str]:
    """Return the parties that delivered something, by the facts about a commitment."""
    events_by = (fact.event for fact in facts if isinstance(fact.event, DELIVERIES))
    return {party for event in events_by for party in event.by}


def parties_in(facts: Iterable[Fact]) -> list[str]:
    """Return the debtors and creditors that acts on a commitment bring in."""
    return [party for fact in facts for party in _parties_of(fact.event)]


def _parties_of(event: Event) -> tuple[str, ...]:
    """Return the debtors and creditors that an act on a commitment brings in."""
    if isinstance(event, CommitmentMade):
        return event.debtors + event.creditors
    if isinstance(event, events.CommitmentDelegated | events.CommitmentAssigned):
        return event.to
    return ()


def _make(case: CommitmentCase, fact: Fact, event: CommitmentMade) -> None:
    """Take the parties and the due date from the first record of the commitment."""
    if case.made is not None:
        return
    case.made, case.debtors, case.creditors = fact, event.debtors, event.creditors
    case.what, case.amount = event.what, event.amount
    case.due_text, case.due_meeting = event.due_text, event.due_meeting
    case.settings.append(Setting(fact, event.due, event.due_meeting))
    if event.due is not None:
        case.due, case.due_by = event.due, fact
    rhythm = rhythm_of(event)
    if rhythm is not None:
        case.rounds = Rounds(rhythm, dues=[rhythm.first])


def _meet(case: CommitmentCase, fact: Fact, event: events.ConditionMet) -> None:
    """Keep the first fact that meets the condition."""
    case.met.setdefault(event.condition, fact)


def _fail(case: CommitmentCase, fact: Fact, event: events.ConditionFailed) -> None:
    """Keep the first failure of a condition that was not met before."""
    if event.condition not in case.met:
        case.failed = case.failed or fact


def _progress(case: CommitmentCase, _: Fact, event: events.CommitmentProgressed) -> None:
    """Keep the last percentage of the whole that was given, and every sum."""
    is_of_whole = not event.by or not set(case.debtors).difference(_debtors_for(case, event.by))
    if event.percent is not None and is_of_whole:
        case.percent = event.percent
    if event.amount is not None:
        case.payments.append(event.amount)
        if case.rounds is not None:
            case.rounds.pay(event.amount, _debtors_for(case, event.by))


def _fulfil(case: CommitmentCase, fact: Fact, event: events.CommitmentFulfilled) -> None:
    """Keep who has delivered, and the first act by which all have; of a date, where it recurs."""
    debtors, number = _debtors_for(case, event.by), None
    delivered: Mapping[str, Fact] = case.delivered
    if case.rounds is not None:
        number = case.rounds.number_of(event.occurrence, debtors)
        if number is None:
            return
        delivered = case.rounds.deliver(number, debtors, fact)
    else:
        for debtor in debtors:
            case.delivered.setdefault(debtor, fact)
    if not event.by or delivered.keys() >= set(case.debtors):
        _complete(case, fact, number)


def _complete(case: CommitmentCase, fact: Fact, number: int | None = None) -> None:
    """Fulfil the commitment; of one that recurs a date, by default the oldest open one."""
    rounds = case.rounds
    if rounds is not None:
        before = rounds.oldest
        rounds.close(fact, before if number is None else number, case.amount)
        case.percent = case.percent if rounds.oldest == before else None
        _follow(case, rounds)
        if rounds.oldest is not None:
            return
    case.fulfilled = case.fulfilled or fact


def _follow(case: CommitmentCase, rounds: Rounds) -> None:
    """Take what is told of the oldest open date; once all are done, of the one closed last."""
    moved = rounds.moved.get(rounds.current)
    case.due = rounds.due(rounds.current)
    case.due_by = case.made if moved is None else moved.fact
    case.times_rescheduled = 0 if moved is None else moved.times


def _debtors_for(case: CommitmentCase, parties: Iterable[str]) -> list[str]:
    """Return the debtors for whom the parties deliver: each for itself, else for those above."""
    chains = (case.above.get(party, (party,)) for party in parties)
    found = (next(filter(case.debtors.__contains__, chain), None) for chain in chains)
    return [debtor for debtor in found if debtor is not None]


def _vary(case: CommitmentCase, _: Fact, event: events.CommitmentVaried) -> None:
    """Take what both sides agreed on."""
    case.what, case.amount = event.what or case.what, event.amount or case.amount


def _reopen(case: CommitmentCase, fact: Fact, event: events.CommitmentReopened) -> None:
    """Open it again for all: who has delivered owes it again, and who released is a creditor."""
    if case.rounds is not None:
        was_given_up = case.released_by_all or case.cancelled
        case.rounds.reopen(fact, last=case.fulfilled is not None or not was_given_up)
        _follow(case, case.rounds)
    if case.released_by_all is not None:
        case.creditors = case.owed_to
        case.releases.clear()
    case.fulfilled = case.cancelled = None
    case.delivered.clear()
    case.reopened = fact
    missed, case.missed = case.missed, []
    for succession in missed:
        _succeed(case, *succession)
    if event.due is not None:
        _set_due(case, fact, event.due)


def _release(case: CommitmentCase, fact: Fact, event: events.CommitmentReleased) -> None:
    """Take the creditors who released the debtor out of the case."""
    case.releases.append((event.by, fact))
    _take_over(case, "creditors", event.by, ())


def _cancel(case: CommitmentCase, fact: Fact, _: events.CommitmentCancelled) -> None:
    """Keep the first cancellation."""
    case.cancelled = case.cancelled or fact


def _delegate(case: CommitmentCase, _: Fact, event: events.CommitmentDelegated) -> None:
    """Replace all debtors, or those named, by the new ones, which have still to deliver."""
    if _take_over(case, "debtors", event.by or None, event.to):
        for delivered in case.deliveries:
            for party in event.to:
                delivered.pop(party, None)


def _assign(case: CommitmentCase, _: Fact, event: events.CommitmentAssigned) -> None:
    """Replace all creditors, or those named, by the new ones."""
    _take_over(case, "creditors", event.by or None, event.to)


def _succeed(case: CommitmentCase, _: Fact, event: events.PartySucceeded) -> None:
    """Replace a party by its successors on both sides.

    They have delivered if it had; a debtor that takes over from one that had not owes it again.
    """
    debtors = case.debtors
    if _take_over(case, "debtors", (event.party,), event.by):
        for delivered in case.deliveries:
            _pass_on(delivered, event, debtors)
    _take_over(case, "creditors", (event.party,), event.by)


def _pass_on(
    delivered: dict[str, Fact], event: events.PartySucceeded, debtors: tuple[str, ...]
) -> None:
    """Let the successors of a debtor have delivered what it had, or owe it."""
    done = delivered.pop(event.party, None)
    for heir in event.by:
        if done is None:
            delivered.pop(heir, None)
        elif heir not in debtors:
            delivered[heir] = done


def _miss(case: CommitmentCase, fact: Fact, event: events.PartySucceeded) -> None:
    """Keep a succession for the day on which the commitment is opened again."""
    case.missed.append((fact, event))


def _pass_over(_: CommitmentCase, __: Fact, ___: Event) -> None:
    """Change nothing."""


def _reschedule(case: CommitmentCase, fact: Fact, event: events.CommitmentRescheduled) -> None:
    """Take the new due date, or the meeting or the words in its place."""
    case.times_rescheduled += 1
    _set_due(case, fact, event.due, meeting=event.due_meeting)
    if event.due is None and case.rounds is None:
        case.due_text, case.due_meeting = event.due_text, event.due_meeting


def _set_due(
    case: CommitmentCase, fact: Fact, due: EdtfDate | None, *, meeting: str | None = None
) -> None:
    """Keep what the fact set; a meeting and words that were set before stay beside a date.

    Of one that recurs the oldest open date is moved.
    """
    if case.rounds is not None:
        case.rounds.move(fact, due)
        _follow(case, case.rounds)
        return
    case.settings.append(Setting(fact, due, meeting))
    case.due, case.due_by = due, fact


def _take_over(
    case: CommitmentCase,
    side: Literal["debtors", "creditors"],
    old: tuple[str, ...] | None,
    new: tuple[str, ...],
) -> bool:
    """Put the new parties in the place of the old ones on one side; None means all.

    Return whether any of the old ones was there.
    """
    parties: tuple[str, ...] = getattr(case, side)
    leaving = set(parties if old is None else old)
    if leaving.isdisjoint(parties):
        return False
    others = tuple(party for party in parties if party not in leaving)
    newcomers = tuple(party for party in new if party not in others)
    setattr(case, side, others + newcomers)
    return True


Effect = Callable[[CommitmentCase, Fact, Any], None]  # Any: each takes its own event

# These change only a commitment that is open: what they do to one that is closed.
PASSED_OVER: dict[Effect, Effect] = {
    **dict.fromkeys((_release, _delegate, _assign, _reschedule, _vary), _pass_over),
    _succeed: _miss,
}

EFFECTS: dict[type[Event], Effect] = {
    events.CommitmentMade: _make,
    events.ConditionMet: _meet,
    events.ConditionFailed: _fail,
    events.CommitmentProgressed: _progress,
    events.CommitmentFulfilled: _fulfil,
    events.CommitmentReleased: _release,
    events.CommitmentCancelled: _cancel,
    events.CommitmentDelegated: _delegate,
    events.CommitmentAssigned: _assign,
    events.CommitmentRescheduled: _reschedule,
    events.CommitmentVaried: _vary,
    events.CommitmentReopened: _reopen,
    events.PartySucceeded: _succeed,
}
# What may be done by some of several debtors.
DELIVERIES = (events.CommitmentProgressed, events.CommitmentFulfilled)


def due_now(case: CommitmentCase, context: CommitmentContext) -> EdtfDate | None:
    """Return the due date: as set last, or that of the meeting on whose occasion it is due."""
    if case.due is not None:
        return case.due
    return context.held.event.when if context.held is not None else None


def _expired(case: CommitmentCase, context: CommitmentContext) -> bool:
    """Return whether a condition failed, or the instrument ended that it does not survive."""
    terms = case.terms
    outlived = terms is not None and not terms.survives and context.instrument_ended is not None
    return case.failed is not None or outlived


def _conditional(case: CommitmentCase, _: CommitmentContext) -> bool:
    """Return whether a condition is not met yet."""
    terms = case.terms
    return terms is not None and any(item.id not in case.met for item in terms.conditions)


def _blocked(case: CommitmentCase, context: CommitmentContext) -> bool:
    """Return whether it has no due date, and waits for a meeting or for other things."""
    waits_for_meeting = context.meeting is not None and context.meeting[0] is not MeetingStatus.HELD
    return due_now(case, context) is None and (waits_for_meeting or bool(context.dependencies))


def _overdue(case: CommitmentCase, context: CommitmentContext) -> bool:
    """Return whether the last day of the due date has passed."""
    return _is_over(due_now(case, context), context)


def _due_soon(case: CommitmentCase, context: CommitmentContext) -> bool:
    """Return whether the last day of the due date is within the horizon."""
    return _is_near(due_now(case, context), context)


def _is_over(due: EdtfDate | None, context: CommitmentContext) -> bool:
    """Return whether the last day of a date has passed."""
    return due is not None and due.last is not None and due.last < context.day


def _is_near(due: EdtfDate | None, context: CommitmentContext) -> bool:
    """Return whether the last day of a date is within the horizon."""
    return due is not None and due.last is not None and due.last - context.day <= context.horizon


def status_by_due(
    due: EdtfDate, context: CommitmentContext, whole: CommitmentStatus
) -> CommitmentStatus:
    """Return how an open date stands of a commitment that recurs and as a ``whole`` has a status.

    Where no due date decides that status, all open dates have it too.
    """
    if whole not in BY_DUE:
        return whole
    if _is_over(due, context):
        return C.OVERDUE
    return C.DUE_SOON if _is_near(due, context) else C.PENDING


Rule = Callable[[CommitmentCase, CommitmentContext], bool]

# The first rule that matches gives the status.
RULES: tuple[tuple[CommitmentStatus, Rule], ...] = (
    (C.FULFILLED, lambda case, context: fulfilment(case, context) is not None),
    (C.RELEASED, lambda case, _: case.released_by_all is not None),
    (C.CANCELLED, lambda case, _: case.cancelled is not None),
    (C.EXPIRED, _expired),
    (C.CONDITIONAL, _conditional),
    (C.BLOCKED, _blocked),
    (C.OVERDUE, _overdue),
    (C.DUE_SOON, _due_soon),
    (C.STANDING, lambda case, _: case.terms is not None and case.terms.standing),
    (C.PENDING, lambda _, __: True),
)


def status(case: CommitmentCase, context: CommitmentContext) -> CommitmentStatus:
    """Return the status of the first rule that matches; none before the commitment was made."""
    if case.made is None:
        return C.NONE
    return next(name for name, rule in RULES if rule(case, context))
