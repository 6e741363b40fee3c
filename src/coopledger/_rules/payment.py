"""Sums of a commitment: what was delivered of what is promised, and what is outstanding.

In words: "Commitments" in docs/reference/rules.md.
"""

from coopledger._fields.money import added, is_nothing, left_of
from coopledger._rules.commitment import OPEN, CommitmentCase
from coopledger.terms import CommitmentStatus
from coopledger.values import Amount, computed_amount


def paid(case: CommitmentCase, status: CommitmentStatus) -> Amount | None:
    """Return what was delivered, of a whole fulfilment at least all; None without a promised sum.

    Sums in another currency, which older acts of late news may leave, are passed over.
    """
    promised = case.amount
    if promised is None:
        return None
    parts = [part.value for part in case.payments if part.currency == promised.currency]
    value = added(parts)
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
