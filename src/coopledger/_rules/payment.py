"""Sums of a commitment: what was delivered of what is promised, and what is outstanding.

In words: "Commitments" in docs/reference/rules.md.
"""

from collections.abc import Iterable
from typing import NamedTuple

from coopledger._dates.asked_day import Day
from coopledger._fields.money import added, is_nothing, left_of
from coopledger._rules.commitment import OPEN, CommitmentCase
from coopledger._rules.recurrence import Rounds, last_day
from coopledger.dates import EdtfDate
from coopledger.terms import CommitmentStatus
from coopledger.values import Amount, computed_amount


class Sums(NamedTuple):
    """Sums of a commitment by a day; None without a promised sum."""

    promised: Amount | None
    paid: Amount | None
    outstanding: Amount | None


def sums(case: CommitmentCase, status: CommitmentStatus, *, day: Day) -> Sums:
    """Return what is promised, delivered and outstanding.

    Of one that recurs the sum is that of each date, and promised are those due by the day.
    """
    if case.rounds is None or case.amount is None:
        return Sums(case.amount, paid(case, status), outstanding(case, status))
    return _of_dates(case.rounds, case.amount, is_open=status in OPEN, day=day)


def _of_dates(rounds: Rounds, amount: Amount, *, is_open: bool, day: Day) -> Sums:
    """Return the sums of a commitment that recurs; those in another currency are passed over."""
    promised, paid_so_far, left = ["0"], ["0"], ["0"]
    for number in sorted({*rounds.told(day, also=None), *rounds.payments}):
        due, whole = rounds.due(number), rounds.amounts.get(number, amount)
        value = whole.value if whole.currency == amount.currency else "0"
        parts = rounds.payments.get(number, ())
        part = _within(amount, parts)
        is_done = number in rounds.done
        is_all_paid = not is_done or is_nothing(left_of(value, part))
        paid_so_far.append(part if is_all_paid else value)
        if due is not None and last_day(due) <= day:
            promised.append(value)
            left += [left_of(value, part)] if is_open and not is_done else []
    told = [computed_amount(added(each), amount.currency) for each in (promised, paid_so_far, left)]
    return Sums(*told)


def dates_paid(case: CommitmentCase) -> list[EdtfDate]:
    """Return the dates of what recurs that are paid in full, and still open."""
    rounds, amount = case.rounds, case.amount
    if rounds is None or amount is None or is_nothing(amount.value):
        return []
    paid_in_full = (
        rounds.rhythm.date(number)
        for number, parts in sorted(rounds.payments.items())
        if number not in rounds.done and is_nothing(left_of(amount.value, _within(amount, parts)))
    )
    return [date for date in paid_in_full if date is not None]


def _within(amount: Amount, parts: Iterable[Amount]) -> str:
    """Return the sum of the parts in the currency of the amount."""
    return added([each.value for each in parts if each.currency == amount.currency])


def paid(case: CommitmentCase, status: CommitmentStatus) -> Amount | None:
    """Return what was delivered, of a whole fulfilment at least all; None without a promised sum.

    Sums in another currency, which older acts of late news may leave, are passed over.
    """
    promised = case.amount
    if promised is None:
        return None
    value = _within(promised, case.payments)
    if status is CommitmentStatus.FULFILLED and not is_nothing(left_of(promised.value, value)):
        value = promised.value
    return computed_amount(value, promised.currency)


def outstanding(case: CommitmentCase, status: CommitmentStatus) -> Amount | None:
    """Return what is still to be delivered; nothing of what is closed."""
    promised, delivered = case.amount, paid(case, status)
    if promised is None or delivered is None:
        return None
    done = delivered.value if status in OPEN else promised.value
    return computed_amount(left_of(promised.value, done), promised.currency)
