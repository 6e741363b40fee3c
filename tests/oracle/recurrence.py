"""Promises that recur, of docs/reference/rules.md: 'the k-th date is the first plus k lengths'."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from tests.oracle.days import bounds, repeated
from tests.oracle.facts import Fact

__all__ = ["Rounds", "dates"]

# Nobody asks about so late a day, and nobody fulfils a promise so often.
LATEST, MOST = date(2030, 1, 1).toordinal(), 40
NEVER = date.max.toordinal()


def dates(first: str, recurs: Fact) -> list[str]:
    """Return the dates: 'the first date is occurrence 1', and '`until` is inclusive'."""
    return list(_dates(first, *sorted(recurs.items())))


@cache
def _dates(first: str, *said: tuple[str, Any]) -> tuple[str, ...]:
    recurs = dict(said)
    until = bounds(recurs["until"])[1] if recurs.get("until") else None
    months = recurs.get("months", 0) + 12 * recurs.get("years", 0)
    found = [first]
    while len(found) < recurs.get("times", NEVER):
        lengths = len(found)
        text = repeated(first, months=months * lengths, days=recurs.get("days", 0) * lengths)
        if text is None or _last(text) > (until or NEVER):
            break
        if lengths >= MOST and _last(text) > LATEST:
            break
        found.append(text)
    return tuple(found)


def _last(text: str) -> int:
    last = bounds(text)[1]
    return NEVER if last is None else last


class Rounds:
    """Dates of one promise, numbered from 0, and what became of each so far."""

    def __init__(self, making: Fact) -> None:
        self.dates = dates(making["due"], making["recurs"])
        self.dues = dict(enumerate(self.dates))
        self.movers: dict[int, Fact] = {}
        self.slips: dict[int, int] = {}
        self.closed: dict[int, Fact] = {}
        self.order: list[int] = []  # in which they were closed
        self.deliveries: dict[int, dict[str, str]] = {}  # for each, who has delivered by what
        self.payments: dict[int, list[str]] = {}
        self.amounts: dict[int, str] = {}  # what was promised of each when it was closed
        self.turned: Fact | None = None  # the act since which the oldest open one is the oldest

    def oldest(self, among: list[int] | None = None) -> int | None:
        """Return which of the open ones is due first, as they are due now."""
        numbers = [each for each in self.dues if each not in self.closed]
        chosen = numbers if among is None else among
        return min(chosen, key=lambda each: (_last(self.dues[each]), each), default=None)

    def oldest_for(self, names: list[str]) -> int | None:
        """Return the oldest open one that some of those named have still to deliver."""
        waits = [
            each
            for each in self.dues
            if each not in self.closed
            and (not names or set(names) - set(self.deliveries.get(each, {})))
        ]
        return self.oldest(waits)

    @property
    def delivered(self) -> dict[str, str]:
        """Return who has delivered of the oldest open one."""
        oldest = self.oldest()
        return {} if oldest is None else self.deliveries.get(oldest, {})

    def named(self, fact: Fact) -> int | None:
        """Return the number of the date that the act names."""
        asked = bounds(fact["occurrence"])
        return next((each for each, text in enumerate(self.dates) if bounds(text) == asked), None)

    def close(self, number: int | None, fact: Fact, amount: str | None) -> None:
        """Close a date; of several acts the first counts."""
        if number is not None and number not in self.closed:
            self.order.append(number)
            self.amounts |= {number: amount} if amount else {}
            self._turn(fact, lambda: self.closed.update({number: fact}))

    def reopen(self, fact: Fact, *, is_done: bool) -> None:
        """Open the date that was closed last, if it is not the whole that was given up."""
        self.deliveries.clear()
        if is_done and self.order:
            number = self.order.pop()
            self.amounts.pop(number, None)
            self._turn(fact, lambda: self.closed.pop(number))

    def move(self, fact: Fact) -> None:
        """'CommitmentRescheduled moves the oldest open one.'"""
        number = self.oldest()
        if number is not None and fact.get("due"):
            self.movers[number] = fact
            if fact["type"] == "CommitmentRescheduled":
                self.slips[number] = self.slips.get(number, 0) + 1
            self._turn(fact, lambda: self.dues.update({number: fact["due"]}))

    def _turn(self, fact: Fact, change: Callable[[], object]) -> None:
        before = self.oldest()
        change()
        if self.oldest() != before:
            self.turned = fact

    @property
    def is_done(self) -> bool:
        return len(self.closed) == len(self.dates)

    def told(self, day: int, *, ended: int | None) -> list[int]:
        """Return the dates that are told on a day, if they end with that of the closing.

        'The next open one is always told', beside those that are due by the day, moved or done.
        """
        upto = day if ended is None else ended
        numbers = {each for each, text in enumerate(self.dates) if _last(text) <= upto}
        numbers |= set(self.closed) | set(self.movers)
        following = self.next(day)
        if ended is None and following is not None:
            numbers.add(following)
        return sorted(numbers)

    def next(self, day: int) -> int | None:
        """Return the first open one of which the day has not passed."""
        ahead = [
            each for each, due in self.dues.items() if each not in self.closed and _last(due) >= day
        ]
        return self.oldest(ahead)
