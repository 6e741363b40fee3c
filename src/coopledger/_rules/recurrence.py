"""Recurrence of a commitment: its dates, which of them are open, and what moved or closed each.

Dates are counted from the first one by the calendar, and have numbers from 1. The oldest open one
is that which is due first as things are now: a date that was put off may come after the next one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import count, filterfalse, islice
from typing import NamedTuple

import attrs

from coopledger._dates.asked_day import AFTER_ALL_DAYS, Day
from coopledger._dates.lengths import repeated
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger.dates import EdtfDate
from coopledger.events import CommitmentMade, CommitmentRescheduled
from coopledger.values import Amount, Recurrence

_MONTHS = 12
MOST_NUMBERED = 4096  # So many dates that acts name are numbered once.
_UNITS = ("months", "years", "days")


@frozen
class Rhythm:
    """Dates of a commitment that recurs.

    Attributes:
        first: The first date.
        recurs: How often it comes again, and where it ends.
    """

    first: EdtfDate
    recurs: Recurrence

    @property
    def holds(self) -> bool:
        """Return whether the first date is as precise as the length, or more."""
        return self._after(1) is not None

    def date(self, number: int) -> EdtfDate | None:
        """Return the date with the number; None after its end. The first one is always there."""
        if number == 1:
            return self.first
        if self.recurs.times is not None and number > self.recurs.times:
            return None
        date = self._after(number - 1)
        until = self.recurs.until.last if self.recurs.until is not None else None
        if date is None or date.last is None or (until is not None and date.last > until):
            return None
        return date

    def number(self, date: EdtfDate) -> int | None:
        """Return the number of the date, however it is written; None where it is none of them."""
        return _number(self, date)

    def around(self, date: EdtfDate) -> list[EdtfDate]:
        """Return the last date before the given one, and the first that is not, as far as known."""
        number = self.not_before(last_day(date))
        found = [self.date(each) for each in (number - 1, number) if each]
        return [each for each in found if each is not None]

    def not_before(self, day: Day) -> int:
        """Return the number of the first date that ends on the day or later.

        After the end of the dates that is the number after the last one. Few dates are looked at.
        """
        most = 1
        while self._last_day(most) < day:
            most *= 2
        return bisect_left(range(most), day, lo=most // 2 + 1, key=self._last_day)

    def _last_day(self, number: int) -> int:
        """Return the last day of a date; a day after all where there is no such number."""
        date = self.date(number)
        return last_day(date) if date is not None else AFTER_ALL_DAYS

    def _after(self, lengths: int) -> EdtfDate | None:
        """Return the date so many lengths after the first one, regardless of its end."""
        recurs = self.recurs
        months = (recurs.months or 0) + _MONTHS * (recurs.years or 0)
        return repeated(self.first, months=months * lengths, days=(recurs.days or 0) * lengths)

    def __str__(self) -> str:
        """Return the length, such as ``every 6 months``."""
        name = next(unit for unit in _UNITS if getattr(self.recurs, unit) is not None)
        length = getattr(self.recurs, name)
        return f"every {name.removesuffix('s')}" if length == 1 else f"every {length} {name}"


@lru_cache(MOST_NUMBERED)
def _number(rhythm: Rhythm, date: EdtfDate) -> int | None:
    """Return what `Rhythm.number` returns; an act out of order has the later ones folded again."""
    number = rhythm.not_before(last_day(date))
    found = rhythm.date(number)
    same = found is not None and (found.first, found.last) == (date.first, date.last)
    return number if same else None


class Move(NamedTuple):
    """New date of one of the dates, the event that set it, and how often it was rescheduled."""

    due: EdtfDate
    fact: Fact
    times: int


@attrs.define
class Rounds:
    """Dates of a commitment, and what became of each, while its facts are folded and afterwards.

    Attributes:
        rhythm: The dates.
        dues: Every date that was due first among the open ones at some time.
        current: The number of the oldest open date, or of the last that was.
        turned: The event since which the oldest open date is the oldest.
        done: For the number of each date that is done, the event that did it.
        order: These numbers, in the order in which they were done.
        moved: For the number of each date that was moved, where it is now.
        delivered: For the numbers of dates, which debtors did what they had to do, by what.
        payments: For the numbers of dates, the sums that were delivered.
        amounts: For the numbers of dates that are done, the sum that was promised then.
        waiting: The numbers of open dates that were moved, or done by some.
    """

    rhythm: Rhythm
    dues: list[EdtfDate] = attrs.field(factory=list[EdtfDate])
    current: int = 1
    turned: Fact | None = None
    done: dict[int, Fact] = attrs.field(factory=dict[int, Fact])
    order: list[int] = attrs.field(factory=list[int])
    moved: dict[int, Move] = attrs.field(factory=dict[int, Move])
    delivered: dict[int, dict[str, Fact]] = attrs.field(factory=dict[int, dict[str, Fact]])
    payments: dict[int, list[Amount]] = attrs.field(factory=dict[int, list[Amount]])
    amounts: dict[int, Amount] = attrs.field(factory=dict[int, Amount])
    waiting: set[int] = attrs.field(factory=set[int])
    _untouched: int = 1  # No date with a lower number is both open and as it was at first.

    def copied(self) -> "Rounds":
        """Return dates of the same state, which go on by themselves.

        What is said of one date is never changed, but replaced: so it is shared.
        """
        return attrs.evolve(
            self,
            dues=self.dues.copy(),
            done=self.done.copy(),
            order=self.order.copy(),
            moved=self.moved.copy(),
            delivered=self.delivered.copy(),
            payments=self.payments.copy(),
            amounts=self.amounts.copy(),
            waiting=self.waiting.copy(),
        )

    def due(self, number: int) -> EdtfDate | None:
        """Return when the date with the number is due now; None where it has no such number."""
        moved = self.moved.get(number)
        return moved.due if moved is not None else self.rhythm.date(number)

    # Which is meant.

    @property
    def oldest(self) -> int | None:
        """Return the number of the open date that is due first; None where all are done."""
        return self.oldest_for(())

    def oldest_for(self, debtors: Iterable[str]) -> int | None:
        """Return the number of the oldest open date of which one of them has not done its part."""
        while self._is_touched(self._untouched):
            self._untouched += 1
        open_ones = (*self.waiting, self._untouched)
        named = set(debtors)
        waiting = (each for each in open_ones if not named or named - self._done_by(each))
        return self._first_due(waiting)

    def number_of(self, date: EdtfDate | None, debtors: Iterable[str]) -> int | None:
        """Return the number of the date named, else of the oldest open one for the debtors."""
        return self.oldest_for(debtors) if date is None else self.rhythm.number(date)

    @property
    def delivered_now(self) -> Mapping[str, Fact]:
        """Return which debtors have done their part of the oldest open date, and by what."""
        return self.delivered.get(self.current, {})

    def _done_by(self, number: int) -> set[str]:
        """Return the debtors that have done their part of the date."""
        return set(self.delivered.get(number, ()))

    def _is_touched(self, number: int) -> bool:
        """Return whether anything was done about the date."""
        return number in self.done or number in self.moved or number in self.delivered

    def _first_due(self, numbers: Iterable[int]) -> int | None:
        """Return which of the dates with the numbers is due first; None where there is none."""
        dated = [(due, number) for number in numbers if (due := self.due(number)) is not None]
        return min(((last_day(due), number) for due, number in dated), default=(0, None))[1]

    # What becomes of them.

    def deliver(self, number: int, debtors: Iterable[str], fact: Fact) -> Mapping[str, Fact]:
        """Keep by what the debtors did their part of a date; return who has done it by now."""
        before = self.delivered.get(number, {})
        delivered = before | {debtor: fact for debtor in debtors if debtor not in before}
        self.delivered[number] = delivered
        if number not in self.done:
            self.waiting.add(number)
        return delivered

    def close(self, fact: Fact, number: int | None, amount: Amount | None) -> None:
        """Close the date with the number; of several acts the first counts."""
        if number is not None and number not in self.done:
            self.done[number] = fact
            self.order.append(number)
            self.waiting.discard(number)
            self.amounts |= {number: amount} if amount is not None else {}
            self._turn(fact)

    def reopen(self, fact: Fact, *, last: bool) -> None:
        """Forget what some did of open dates; open the one that was done ``last``."""
        self.delivered.clear()
        self._untouched = 1
        if last and self.order:
            number = self.order.pop()
            del self.done[number]
            self.amounts.pop(number, None)
        self.waiting = self.moved.keys() - self.done.keys()
        self._turn(fact)

    def move(self, fact: Fact, due: EdtfDate | None) -> None:
        """Give the oldest open date another day, where there are both."""
        number = self.oldest
        if number is not None and due is not None:
            times = self.moved[number].times if number in self.moved else 0
            is_slip = isinstance(fact.event, CommitmentRescheduled)
            self.moved[number] = Move(due, fact, times + is_slip)
            self.waiting.add(number)
            self._turn(fact)

    def pay(self, amount: Amount, debtors: Iterable[str]) -> None:
        """Keep a sum that was delivered, for the oldest date open for the debtors."""
        number = self.oldest_for(debtors)
        number = self.current if number is None else number
        self.payments[number] = [*self.payments.get(number, ()), amount]

    def _turn(self, fact: Fact) -> None:
        """Keep by what another date became the oldest open one, and each that ever was."""
        number = self.oldest
        due = self.due(number) if number is not None else None
        if number is None or due is None:
            return
        if number != self.current:
            self.turned, self.current = fact, number
        self.dues.append(due)

    # What is told.

    def told(self, day: Day, *, also: int | None) -> list[int]:
        """Return the numbers of the dates that are told, in order.

        These are all that end by the day, those that were done or moved, and one ``also``.
        """
        numbers = {*self.done, *self.moved, *(() if also is None else (also,))}
        numbers.update(range(1, self.rhythm.not_before(day + 1)))
        return sorted(numbers)

    def following(self, day: Day) -> int | None:
        """Return the number of the next open date, of which the day has not passed."""
        ahead = [number for number in self.waiting if self._is_ahead(number, day)]
        begin = max(self._untouched, self.rhythm.not_before(day))
        ahead += islice(filterfalse(self._is_touched, count(begin)), 1)
        return self._first_due(ahead)

    def _is_ahead(self, number: int, day: Day) -> bool:
        """Return whether the last day of a date has not passed."""
        due = self.due(number)
        return due is not None and last_day(due) >= day


def last_day(date: EdtfDate) -> int:
    """Return the last day that a date may mean; a day after all where it has no end."""
    return AFTER_ALL_DAYS if date.last is None else date.last


def rhythm_of(terms: CommitmentMade | None) -> Rhythm | None:
    """Return the dates of a commitment as made; None where it does not recur."""
    if terms is None or terms.recurs is None or terms.due is None:
        return None
    return Rhythm(terms.due, terms.recurs)
