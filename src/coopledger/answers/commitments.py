"""Commitments: the status of each, and how late it is."""

from collections.abc import Iterator
from typing import Any

from coopledger._dates.asked_day import Day, days_since
from coopledger._dates.lazy_types import Date
from coopledger._dates.marks import days_late
from coopledger._facts.index import by_replay_key
from coopledger._fields.money import is_nothing
from coopledger._frozen import frozen
from coopledger._obligations import context_of
from coopledger._rules import commitment as rules
from coopledger._rules import payment
from coopledger._rules.commitment import (
    DUE_SOON_DAYS,
    FLAGS_OF_MEETING,
    OPEN,
    CommitmentCase,
    CommitmentContext,
    due_now,
    fulfilment,
)
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._conduct import given_up_flags
from coopledger.answers._evidence import evidence, first_day, is_certain_since
from coopledger.answers._filters import Order, Things, passing
from coopledger.answers._first_days import since, turned_by_due
from coopledger.answers._following import (
    followed_up,
    following,
)
from coopledger.answers._fuzzy_ends import names_fuzzy_end, rests_on_fuzzy_end
from coopledger.answers._obstructions import obstruction
from coopledger.answers._scope import EVERYWHERE, Scope, listed_in
from coopledger.answers._shown import Shown
from coopledger.answers._wording import (
    at_least,
    comma_list,
    days,
    every,
    label,
    money,
    named,
    one_line,
    phrase,
    state_since,
    times,
)
from coopledger.answers.occurrences import (
    Occurrence,
    delays,
    largest_delay,
    next_due,
    occurrences,
)
from coopledger.dates import EdtfDate
from coopledger.terms import CommitmentFirmness, CommitmentStatus, Flag, Noun
from coopledger.values import Amount, Condition, Recurrence

C = CommitmentStatus


@frozen(kw_only=True)
class Commitment(Shown):
    """Status of a commitment on the day, with its debtors, creditors and due date.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        what: What is owed.
        firmness: How firmly.
        debtors: Who owes it.
        debtors_open: Who of them has still to do it: neither who has done its part, nor who has
            left its text.
        creditors: To whom.
        status: Its status; ``none`` before it was made.
        since: The first day of the status.
        since_certain: Whether the first day comes from no fuzzy date; it prints with ``~`` if not.
        flags: Its flags, sorted.
        made_on: The date on which it was made.
        due: The due date now; of one that recurs, that of its oldest open date.
        due_text: The due date in words that give none.
        due_meeting: The meeting on whose occasion it is due.
        days_overdue: Days past the last day of the due date, while overdue.
        late_by: Days between the first due date and its fulfilment, at least, 0 if in time; None
            where the day of the fulfilment is too fuzzy to tell. Of one that recurs it is the
            largest of all its dates, once all are done.
        late_by_rescheduled: The same for the due date as set last.
        conditions_open: The ids of conditions not met yet.
        conditions_met: The ids of conditions met by the day.
        depends_on: What it waits for that is still open.
        percent: How much is reported done, from 0 to 100.
        amount: The sum promised.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
        first_due: The first due date that it had; of what was due at a meeting, the first date of
            that, from when it was so.
        times_rescheduled: How often it was put off, or its due date was set anew.
        paid: How much of the sum was delivered; of what was fulfilled all of it at least. None
            without a sum.
        outstanding: How much of the sum is still to come; nothing once it is closed.
        obstructed_since: The first day of the oldest obstacle in its way.
        promised: The sum that was promised for the time up to the day: of one that recurs, that of
            all dates due by then, or by its end; else the sum itself.
        recurs: How often it is due again; None if only once.
        next_due: When it is due next, of one that recurs: the day has not passed.
        occurrences: The dates of one that recurs: all that were due by the day, that were moved
            or are done, and the next open one.
        last_asked: The date of the last reminder.
        times_asked: How many reminders there were.
        ask_again: The day from which to ask again, while it is open.
        responsible: Who of us sees to it; where nobody was named, who sees to its partnership.
    """

    id: str
    partnership: str | None
    what: str | None
    firmness: CommitmentFirmness | None
    debtors: tuple[str, ...]
    debtors_open: tuple[str, ...]
    creditors: tuple[str, ...]
    status: CommitmentStatus
    since: Date | None
    since_certain: bool
    flags: tuple[Flag, ...]
    made_on: EdtfDate | None
    due: EdtfDate | None
    due_text: str | None
    due_meeting: str | None
    days_overdue: int | None
    late_by: int | None
    late_by_rescheduled: int | None
    conditions_open: tuple[str, ...]
    conditions_met: tuple[str, ...]
    depends_on: tuple[str, ...]
    percent: int | None
    amount: Amount | None
    certain: bool
    decided_by: tuple[str, ...]
    first_due: EdtfDate | None
    times_rescheduled: int
    paid: Amount | None
    outstanding: Amount | None
    obstructed_since: Date | None
    promised: Amount | None
    recurs: Recurrence | None
    next_due: EdtfDate | None
    occurrences: tuple[Occurrence, ...]
    last_asked: EdtfDate | None
    times_asked: int
    ask_again: EdtfDate | None
    responsible: str | None

    @property
    def is_paid_in_part(self) -> bool:
        """Return whether it is open, and some of the sum was delivered.

        Of one that recurs: whether anything is still to come of what was due.
        """
        asked = self.paid if self.recurs is None else self.outstanding
        return asked is not None and not is_nothing(asked.value) and self.status in OPEN

    @property
    def is_paid_in_full(self) -> bool:
        """Return whether it is open, and all of the sum was delivered."""
        left = self.outstanding
        return self.is_paid_in_part and left is not None and is_nothing(left.value)

    @property
    def owed_by(self) -> tuple[str, ...]:
        """Return who owes it: of what is open, those who have still to do it."""
        return self.debtors_open if self.status in OPEN else self.debtors

    @property
    def is_done_in_part(self) -> bool:
        """Return whether it is open, and not for all of its debtors."""
        return self.status in OPEN and self.debtors_open != self.debtors

    @property
    def late_dates(self) -> tuple[Occurrence, ...]:
        """Return the dates that were kept late, of one that recurs."""
        return tuple([each for each in self.occurrences if each.late_by])

    @property
    def rhythm(self) -> str:
        """Return how often it comes round, and the next date where another one is due now."""
        following = self.next_due if self.next_due != self.due else None
        return f"{every(self.recurs)}{phrase(', next ', following)}"

    def __str__(self) -> str:
        """Return its status, its debtors, creditors, subject, dates and flags, on one line."""
        return one_line(
            named(self.what, self.id),
            state_since(self.status, self.since, certain=self.since_certain),
            phrase("", label(self.firmness or ""), f" of {comma_list(self.debtors)}")
            + phrase(" to ", self.creditors),
            phrase("worth ", money(self.amount)),
            phrase("", money(self.outstanding if self.is_paid_in_part else None), " outstanding"),
            phrase("still owed by ", self.debtors_open if self.is_done_in_part else ()),
            phrase("", self.percent and f"{self.percent} % done"),
            phrase("due ", self.due or self.due_meeting) or phrase('due "', self.due_text, '"'),
            self.rhythm,
            self._slips(),
            phrase("", days(self.days_overdue or None), " overdue"),
            phrase("", at_least(self.late_by, certain=self.certain), " late"),
            _delays(self.late_dates) if self.late_by is None else None,
            phrase("if ", self.conditions_open),
            phrase("met: ", self.conditions_met),
            phrase("waits for ", self.depends_on),
            *followed_up(self),
            *map(label, self.flags),
        )

    def _slips(self) -> str:
        """Return how often it was put off, and since which due date."""
        if not self.times_rescheduled:
            return ""
        first = phrase(", first due ", self.first_due if self.first_due != self.due else None)
        return f"put off {times(self.times_rescheduled)}{first}"


def _delays(late: tuple[Occurrence, ...]) -> str | None:
    """Return how many dates were kept late, and by how many days at most."""
    if not late:
        return None
    most = days(max(each.late_by or 0 for each in late))
    return f"{len(late)} dates late, by {most} at most" if late[1:] else f"one date late, by {most}"


def commitment(snapshot: Snapshot, name: str, *, horizon: int = DUE_SOON_DAYS) -> Commitment:
    """Return the answer about the commitment; due dates within ``horizon`` days are soon."""
    case = snapshot.commitment(name)
    context = context_of(snapshot, name, horizon=horizon)
    status = rules.status(case, context)
    is_open = status in OPEN
    obstacles = obstruction(snapshot, name)
    flags = [*_flags(case, context, status), *_given_up(snapshot, case, status), *obstacles.flags]
    deciding = _deciding(snapshot, case, context, status)
    set_by = [_due_set_by(case, context), *(position for _, position in flags)]
    basis = evidence(snapshot, [*deciding, *set_by])
    conditions = [item.id for item in _conditions(case)]
    due, begun = due_now(case, context), since(snapshot, name, context, status)
    closed = None if is_open else begun
    has_fuzzy_end = _expired_on_fuzzy_end(snapshot, case, context, status)
    return Commitment(
        id=name,
        partnership=snapshot.contents.partnership_of(Noun.COMMITMENT, name),
        debtors_open=_still_to_deliver(case, context) if is_open else (),
        creditors=_staying(case.owed_to, context) or case.owed_to,
        status=status,
        since=first_day(begun),
        since_certain=is_certain_since(snapshot, begun, deciding) and not has_fuzzy_end,
        flags=tuple(sorted({flag for flag, _ in flags})),
        due=due,
        days_overdue=_days_overdue(context, status, due),
        late_by=_late(case, context, first=True),
        late_by_rescheduled=_late(case, context, first=False),
        conditions_open=tuple(item for item in conditions if is_open and item not in case.met),
        conditions_met=tuple(item for item in conditions if item in case.met),
        depends_on=tuple(item for item, _ in context.dependencies) if is_open else (),
        certain=basis.certain and not has_fuzzy_end,
        first_due=context.first_due,
        obstructed_since=obstacles.since,
        **_as_said(case),
        **_sums(case, context, status),
        recurs=case.terms.recurs if case.terms and case.rounds else None,
        next_due=next_due(case, context, status),
        occurrences=occurrences(case, context, status, day=_last_told(case, context, status)),
        **following(snapshot, Noun.COMMITMENT, name, basis=basis, closed=closed),
    )


def _as_said(case: CommitmentCase) -> dict[str, Any]:
    """Return the fields of the answer that are told as they were said."""
    terms = case.terms
    return {
        "what": case.what,
        "firmness": terms.firmness if terms else None,
        "debtors": case.debtors,
        "made_on": terms.when if terms else None,
        "due_text": case.due_text,
        "due_meeting": case.due_meeting,
        "times_rescheduled": case.times_rescheduled,
        "percent": case.percent,
        "amount": case.amount,
    }


def _sums(
    case: CommitmentCase, context: CommitmentContext, status: CommitmentStatus
) -> dict[str, Any]:
    """Return the fields of the answer that are sums of money."""
    last = _last_told(case, context, status)
    promised, paid, outstanding = payment.sums(case, status, day=last)
    return {"promised": promised, "paid": paid, "outstanding": outstanding}


def _last_told(case: CommitmentCase, context: CommitmentContext, status: CommitmentStatus) -> Day:
    """Return the last day of which a date of one that recurs is told: that of its closing."""
    closing = _closings(case, context).get(status)
    return context.day if closing is None else closing[0]


def _staying(parties: tuple[str, ...], context: CommitmentContext) -> tuple[str, ...]:
    """Return those of the debtors or creditors that have not left the text."""
    return tuple([party for party in parties if party not in context.left])


def _still_to_deliver(case: CommitmentCase, context: CommitmentContext) -> tuple[str, ...]:
    """Return the debtors that have not delivered, nor left the text."""
    staying = _staying(case.debtors, context)
    delivered = case.delivered if case.rounds is None else case.rounds.delivered_now
    return tuple([party for party in staying if party not in delivered])


def _days_overdue(
    context: CommitmentContext, status: CommitmentStatus, due: EdtfDate | None
) -> int | None:
    """Return the days past the last day of the due date, while overdue."""
    last = due.last if status is C.OVERDUE and due is not None else None
    return days_since(context.day, last) if last else None


def _is_open(answer: Commitment) -> bool:
    """Return whether the commitment is open."""
    return answer.status in OPEN


def _made_at(snapshot: Snapshot, answer: Commitment) -> Order | None:
    """Return the place in the order of replay at which the commitment was made; none before."""
    made = snapshot.commitment(answer.id).made
    return made.replay_key if made is not None else None


def _parties(_: Snapshot, answer: Commitment) -> tuple[str, ...]:
    """Return its debtors and creditors."""
    return (*answer.debtors, *answer.creditors)


COMMITMENTS = Things(
    noun=Noun.COMMITMENT,
    kind=Commitment,
    answer=commitment,
    order=_made_at,
    is_open=_is_open,
    parties=_parties,
)


def commitments(  # noqa: PLR0913 - every filter is optional and named
    snapshot: Snapshot,
    *,
    scope: Scope = EVERYWHERE,
    debtor: str | None = None,
    creditor: str | None = None,
    status: CommitmentStatus | None = None,
    flag: Flag | None = None,
    firmness: CommitmentFirmness | None = None,
    late: bool = False,
    conditions_met: bool = False,
    is_open: bool | None = None,
) -> Answers[Commitment]:
    """Return the commitments of the scope that were made by the day, oldest first.

    ``is_open`` is not looked at where a status is given or ``late`` is true.
    """
    wanted_open = None if status is not None or late else is_open
    return passing(
        listed_in(snapshot, COMMITMENTS, scope, only_open=bool(wanted_open)),
        (wanted_open is False, lambda each: not _is_open(each)),
        (status, lambda each: each.status is status),
        (firmness, lambda each: each.firmness is firmness),
        (debtor, lambda each: debtor in each.owed_by),
        (creditor, lambda each: creditor in each.creditors),
        (flag, lambda each: flag in each.flags),
        (late, _was_late),
        (conditions_met, _is_freed),
    )


def _was_late(answer: Commitment) -> bool:
    """Return whether it was kept late, or any date of one that recurs."""
    return bool(answer.late_by or answer.late_dates)


def _is_freed(answer: Commitment) -> bool:
    """Return whether it is open, and was made on conditions all of which are met."""
    return _is_open(answer) and bool(answer.conditions_met) and not answer.conditions_open


def _conditions(case: CommitmentCase) -> tuple[Condition, ...]:
    """Return the conditions on which it was made."""
    return case.terms.conditions if case.terms else ()


def _flags(
    case: CommitmentCase, context: CommitmentContext, status: CommitmentStatus
) -> Iterator[tuple[Flag, int | None]]:
    """Yield the flags, each with the position of the event that sets it."""
    done = fulfilment(case, context)
    if status is C.FULFILLED and case.rounds is not None:
        unclear = (fact for fact, days in delays(case.rounds, first=True).items() if days is None)
        yield from ((Flag.PERHAPS_LATE, fact.position) for fact in unclear)
    elif status is C.FULFILLED and done and _is_perhaps_late(case, context):
        yield Flag.PERHAPS_LATE, done.position
    if status not in OPEN or case.made is None:
        return
    if context.meeting is not None and due_now(case, context) is None:
        meeting, set_by = context.meeting
        if meeting in FLAGS_OF_MEETING:
            yield FLAGS_OF_MEETING[meeting], set_by
    for _, set_by in context.dependencies:
        yield Flag.DEPENDENCY_OPEN, set_by
    if status is C.PENDING and due_now(case, context) is None:
        yield Flag.UNDATED, (case.due_by or case.made).position


def _given_up(
    snapshot: Snapshot, case: CommitmentCase, status: CommitmentStatus
) -> list[tuple[Flag, int]]:
    """Return the flag that parties gave up the text under which it was made, while it is open."""
    under = case.terms.under if case.terms is not None else None
    return given_up_flags(snapshot, under) if under is not None and status in OPEN else []


def _late(case: CommitmentCase, context: CommitmentContext, *, first: bool) -> int | None:
    """Return the least days from a due date to the fulfilment; None if they cannot be told."""
    done = fulfilment(case, context)
    if done is None:
        return None
    if case.rounds is not None:
        return largest_delay(case.rounds, first=first)
    due, when = _due(case, context, first=first), done.event.effective or done.event.when
    return days_late(when, due) if when is not None and due is not None else None


def _due(case: CommitmentCase, context: CommitmentContext, *, first: bool) -> EdtfDate | None:
    """Return the first due date; or the one set last, else the day of the meeting."""
    return context.first_due if first else due_now(case, context)


def _is_perhaps_late(case: CommitmentCase, context: CommitmentContext) -> bool:
    """Return whether a fuzzy fulfilment straddles the last day of the first due date."""
    due = _due(case, context, first=True)
    return due is not None and due.last is not None and _late(case, context, first=True) is None


def _due_set_by(case: CommitmentCase, context: CommitmentContext) -> int | None:
    """Return the position of the event that set the due date shown."""
    setter = case.due_by if case.due is not None else context.held
    return setter.position if setter is not None else None


def _expired_on_fuzzy_end(
    snapshot: Snapshot, case: CommitmentCase, context: CommitmentContext, status: CommitmentStatus
) -> bool:
    """Return whether it has expired by a leaving, or with a text, of which the end is fuzzy."""
    under = case.terms.under if case.terms is not None else None
    if under is None or status is not C.EXPIRED or case.failed is not None:
        return False
    ended = context.instrument_ended
    if ended is not None and ended in context.left.values():
        return names_fuzzy_end(snapshot, ended[1])
    return rests_on_fuzzy_end(snapshot, under)


# The events behind the status.


def _deciding(
    snapshot: Snapshot, case: CommitmentCase, context: CommitmentContext, status: CommitmentStatus
) -> list[int | None]:
    """Return the positions of the events behind the status."""
    opener, closings = case.opener, _closings(case, context)
    if case.made is None or opener is None:
        return []
    if status in closings:
        day, position = closings[status]
        return [position, opener.position if opener.effect > day else None]
    if status is C.CONDITIONAL:
        return [opener.position]
    if status is C.BLOCKED:
        return [max(filter(None, (opener, case.due_by)), key=by_replay_key).position]
    day, start = _start(snapshot, case, context)
    turned = turned_by_due(case, context, status)
    return [start] if turned is None or day >= turned else []


def _closings(
    case: CommitmentCase, context: CommitmentContext
) -> dict[CommitmentStatus, tuple[int, int]]:
    """Return for each status that closes it the day from which it counts, and the event."""
    facts = {
        C.FULFILLED: fulfilment(case, context),
        C.RELEASED: case.released_by_all,
        C.CANCELLED: case.cancelled,
        C.EXPIRED: case.failed,
    }
    closings = {status: (fact.effect, fact.position) for status, fact in facts.items() if fact}
    if context.instrument_ended is not None:
        closings.setdefault(C.EXPIRED, context.instrument_ended)
    return closings


def _start(
    snapshot: Snapshot, case: CommitmentCase, context: CommitmentContext
) -> tuple[int, int | None]:
    """Return the last day on which an event freed it or set its date, and the event.

    With a date of its own it waits for no meeting, and for nothing that it depends on.
    """
    turned = case.rounds.turned if case.rounds is not None else None
    facts = [case.made, case.reopened, case.due_by, turned]
    facts += [case.met.get(item.id) for item in _conditions(case)]
    facts += [context.held] if case.due is None else []
    starts = [(fact.effect, fact.position) for fact in facts if fact is not None]
    starts += context.cleared if case.due is None else ()
    return max(starts, key=lambda start: snapshot.replay_key_on(*start), default=(0, None))
