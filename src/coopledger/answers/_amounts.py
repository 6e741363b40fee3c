"""Amounts of a list, added by currency, never across currencies."""

from collections.abc import Iterable
from typing import Any

from coopledger._fields.money import added
from coopledger.values import Amount, computed_amount


def outstanding_of(items: Iterable[Any]) -> tuple[Amount, ...]:
    """Return what is outstanding of the items that carry amounts, by currency."""
    values: dict[str, list[str]] = {}
    for each in items:
        if each.outstanding is not None:
            values.setdefault(each.outstanding.currency, []).append(each.outstanding.value)
    sums = ((currency, added(values[currency])) for currency in sorted(values))
    return tuple(computed_amount(value, currency) for currency, value in sums)
