"""Occurrences: the dates of a commitment that recurs, and how each of them stands."""

from collections.abc import Iterable, Iterator
from itertools import count, product, starmap, takewhile

from coopledger._dates.asked_day import Day
from coopledger._dates.marks import days_late
from coopledger._facts.index import Fact, by_position
from coopledger._frozen import frozen
from coopledger._rules.commitment import (
    OPEN,
    CommitmentCase,
    CommitmentContext,
    status_by_due,
)
from coopledger._rules.recurrence import Rhythm, Rounds, last_day
from coopledger.answers._shown import Shown
from coopledger.answers._wording import days, label, phrase
from coopledger.dates import EdtfDate
from coopledger.events import CommitmentMade
from coopledger.terms import CommitmentStatus


@frozen(kw_only=True)
class Occurrence(Shown):
    """Date of a commitment that recurs, and how it stands on the day.

    Attributes:
        date: The date, as it follows from the first one; `CommitmentFulfilled` names it so.
        due: When it is due now; the same unless it was moved.
        status: ``fulfilled``, or how it stands by its own due date; once the commitment is closed,
            or waits for a condition, the status of the commitment.
        late_by: Days between the date and its fulfilment, at least, 0 if in time; None while it
            is open, and where the day of the fulfilment is too fuzzy to tell.
        decided_by: The events that moved it and that fulfilled it.
    """

    date: EdtfDate
    due: EdtfDate
    status: CommitmentStatus
    late_by: int | None
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Return the date, its status, and when it is due now if it was moved, on one line."""
        moved = phrase(", due ", self.due if self.due != self.date else None)
        late = phrase(", ", days(self.late_by or None), " late")
        return f"{self.date} {label(self.status)}{moved}{late}"


def occurrences(
    case: CommitmentCase,
    context: CommitmentContext,
    status: CommitmentStatus,
    *,
    day: Day,
) -> tuple[Occurrence, ...]:
    """Return the dates that are told of a commitment with the status, in their order.

    These are all that were due by the day, or by the day of the closing, all that were moved or
    done, and the next open one.
    """
    rounds = case.rounds
    if rounds is None:
        return ()
    following = rounds.following(context.day) if status in OPEN else None
    numbers = rounds.told(day, also=following)
    return tuple(_occurrences(rounds, numbers, context, status))


def _occurrences(
    rounds: Rounds,
    numbers: list[int],
    context: CommitmentContext,
    status: CommitmentStatus,
) -> Iterator[Occurrence]:
    """Yield the dates with the numbers."""
    dated = ((number, rounds.rhythm.date(number)) for number in numbers)
    # No number without a date is told.
    for number, date in ((number, date) for number, date in dated if date is not None):
        done = rounds.done.get(number)
        moved = rounds.moved.get(number)
        due = moved.due if moved is not None else date
        facts = [fact for fact in (moved.fact if moved else None, done) if fact is not None]
        yield Occurrence(
            date=date,
            due=due,
            status=CommitmentStatus.FULFILLED if done else status_by_due(due, context, status),
            late_by=_days_late(done, date),
            decided_by=tuple(fact.id for fact in sorted(facts, key=by_position)),
        )


def largest_delay(rounds: Rounds, *, first: bool) -> int | None:
    """Return the largest delay of a fulfilled date; None where none can be told.

    It counts from the dates as they follow from the first one, or else as they were set last.
    """
    told = (days for days in delays(rounds, first=first).values() if days is not None)
    return max(told, default=None)


def delays(rounds: Rounds, *, first: bool) -> dict[Fact, int | None]:
    """Return for each fulfilment the least delay, 0 in time; None where it cannot be told."""
    date_of = rounds.rhythm.date if first else rounds.due
    return {fact: _days_late(fact, date_of(number)) for number, fact in rounds.done.items()}


def _days_late(done: Fact | None, due: EdtfDate | None) -> int | None:
    """Return the least days from a due date to the fulfilment; None where they cannot be told."""
    when = (done.event.effective or done.event.when) if done is not None else None
    return days_late(when, due) if when is not None and due is not None else None


def next_due(
    case: CommitmentCase, context: CommitmentContext, status: CommitmentStatus
) -> EdtfDate | None:
    """Return when the next open date is due; None where none is, and of one that never recurs."""
    rounds = case.rounds
    number = rounds.following(context.day) if rounds is not None and status in OPEN else None
    return rounds.due(number) if rounds is not None and number is not None else None


def dates_of_twins(makings: Iterable[Fact], *, day: Day, ahead: int) -> Iterator[EdtfDate]:
    """Yield every date up to so many days ahead of a commitment that was made more than once.

    The date may be said in one record, and the length in the other.
    """
    said = [fact.event for fact in makings if isinstance(fact.event, CommitmentMade)]
    firsts = {each.due for each in said if each.due is not None}
    lengths = {each.recurs for each in said if each.recurs is not None}
    for rhythm in starmap(Rhythm, product(firsts, lengths)):
        yield from takewhile(
            lambda date: last_day(date) - ahead <= day,
            filter(None, map(rhythm.date, takewhile(rhythm.date, count(1)))),
        )
