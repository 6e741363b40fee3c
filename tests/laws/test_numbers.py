"""Law of numbers: no event and no value in one holds a number below its lowest.

"Figures are numbers from 0; a length, a number of times and a sum that is promised or paid are
more than nothing."
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import attrs
import pytest

from coopledger import events
from coopledger._validation.checks import WITH_AMOUNT
from coopledger.errors import FieldError, RefusedError
from coopledger.values import SMALL_VALUES, Amount, Recurrence
from tests.builders import WORLD, office, older_office
from tests.strategies import CLASSES

# Nothing is a value of these: how much is done or was counted, after how long, and which round of
# talks. A length of nothing is refused of the whole recurrence, a report due each 0 months when it
# is recorded.
FROM_ZERO = {
    *("percent", "value", "dormant_after", "report_every", "round", "notice_days", "notice_months"),
    *("EntryCondition.days", "EntryCondition.months", "Recurrence.days", "Recurrence.months"),
}


def numbers(*words: str) -> Iterator[tuple[type[attrs.AttrsInstance], str]]:
    """Yield each class and field of an event or a small value whose type names one of the words.

    The alternative of a disputed field may be anything.
    """
    for cls in chain(CLASSES, SMALL_VALUES):
        for field in attrs.fields(cls):
            if field.name != "alternative" and re.search(
                rf"\b({'|'.join(words)})\b", str(field.type)
            ):
                yield cls, field.name


WHOLE = sorted(numbers("int", "float"), key=lambda pair: (pair[0].__name__, pair[1]))


@pytest.mark.parametrize(("cls", "name"), WHOLE)
def test_a_number_below_the_lowest_is_refused(cls: type[attrs.AttrsInstance], name: str) -> None:
    field: Any = attrs.fields_dict(cls)[name]
    read: Callable[[int], object] = field.converter
    is_from_zero = not FROM_ZERO.isdisjoint({name, f"{cls.__name__}.{name}"})

    with pytest.raises(FieldError, match="less than"):
        read(-1)
    if is_from_zero:
        assert read(0) == 0
    else:
        with pytest.raises(FieldError, match="less than 1"):
            read(0)


def test_every_event_with_a_sum_is_one_whose_sum_is_looked_at() -> None:
    assert {cls for cls, _ in numbers("Amount")} == set(WITH_AMOUNT)
    assert {name for _, name in numbers("Amount")} == {"amount"}


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        ("-5 EUR", "amount: '-5 EUR' is less than 0: a sum that was recorded wrongly is corrected"),
        ("0 EUR", "amount: '0 EUR' is a sum of nothing: leave it out"),
        ("-0.00 EUR", "amount: '-0.00 EUR' is less than 0"),
        ("0.00 EUR", "amount: '0.00 EUR' is a sum of nothing"),
    ],
)
def test_a_sum_is_more_than_nothing(amount: str, message: str) -> None:
    promise = events.CommitmentMade(
        id="c",
        commitment="c",
        partnership="vnfr",
        debtors="vn",
        creditors="fr",
        what="pay",
        when="2020-01-01",
        amount=amount,
    )
    ledger = office()

    with pytest.raises(RefusedError, match=re.escape(message)):
        ledger.record(promise)

    assert ledger.position == len(WORLD)
    assert older_office(promise).record(promise).replayed


def test_reports_are_due_after_some_time() -> None:
    opened = events.PartnershipOpened(
        id="o", partnership="cufr", parties=["cu", "fr"], report_every=0
    )

    with pytest.raises(RefusedError, match="report_every: 0 is less than 1: leave it out"):
        office().record(opened)

    assert older_office(opened).record(opened).replayed


def test_a_recurrence_has_a_length() -> None:
    for unit in ("days", "months"):
        with pytest.raises(FieldError, match="has a length of nothing"):
            Recurrence(**{unit: 0})  # type: ignore[arg-type]


def test_a_sum_of_nothing_can_be_told() -> None:
    """An answer tells what was paid so far."""
    assert Amount(value="0", currency="EUR").value == "0"
