"""Sums of money: what was promised and delivered, and what is outstanding, by currency.

Sums of two currencies are never added. What several debtors or creditors owe or are owed together
is told under all of them, and never divided.
"""

from collections.abc import Callable, Iterable

from coopledger._fields.money import added
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._filters import passing
from coopledger.answers._scope import EVERYWHERE, Scope
from coopledger.answers._shown import Shown
from coopledger.answers._wording import comma_list, money, one_line
from coopledger.answers.commitments import Commitment, commitments
from coopledger.terms import SumsBy
from coopledger.values import Amount, computed_amount


@frozen(kw_only=True)
class Sum(Shown):
    """Sum of what was promised in one currency, by or to the same parties.

    Attributes:
        by: The debtors or the creditors together, or the partnership; empty for all.
        currency: ISO 4217, such as ``EUR``.
        promised: What was promised by the day; what was let go since is in it. Of what recurs it
            is that of the dates due by the day.
        paid: What of it was delivered by the day.
        outstanding: What is still to come; nothing of what is closed.
        commitments: The ids of the commitments, in the order in which they were made.
        certain: Whether no date behind the answers about them is fuzzy.
    """

    by: tuple[str, ...]
    currency: str
    promised: Amount
    paid: Amount
    outstanding: Amount
    commitments: tuple[str, ...]
    certain: bool

    def __str__(self) -> str:
        """Return for whom it is, and the three sums, on one line."""
        return one_line(
            comma_list(self.by) or self.currency,
            f"promised {money(self.promised)}",
            f"paid {money(self.paid)}",
            f"outstanding {money(self.outstanding)}",
        )


# The parties, or the partnership, under which a commitment is told.
GROUPS: dict[SumsBy | None, Callable[[Commitment], tuple[str, ...]]] = {
    None: lambda _: (),
    SumsBy.CREDITOR: lambda each: each.creditors,
    SumsBy.DEBTOR: lambda each: each.debtors,
    SumsBy.PARTNERSHIP: lambda each: tuple(filter(None, [each.partnership])),
}


def sums(
    snapshot: Snapshot,
    *,
    by: SumsBy | None = None,
    scope: Scope = EVERYWHERE,
    debtor: str | None = None,
    creditor: str | None = None,
) -> Answers[Sum]:
    """Return the sums of the commitments of the scope that were made by the day."""
    # Also of those who have done their part: it was promised all the same.
    made = passing(
        commitments(snapshot, scope=scope, creditor=creditor),
        (debtor, lambda each: debtor in each.debtors),
    )
    return sums_of(made, by=by)


def sums_of(made: Iterable[Commitment], *, by: SumsBy | None = None) -> Answers[Sum]:
    """Return the sums of the commitments, by currency, the largest that is outstanding first."""
    from decimal import Decimal  # noqa: PLC0415 - loaded where sums are asked for

    groups: dict[tuple[str, frozenset[str]], list[Commitment]] = {}
    for each in made:
        if each.amount is not None:
            key = each.amount.currency, frozenset(GROUPS[by](each))
            groups.setdefault(key, []).append(each)
    rows = [_sum(group, GROUPS[by](group[0])) for group in groups.values()]
    rows.sort(key=lambda row: (row.currency, Decimal(row.outstanding.value).copy_negate()))
    return Answers(rows, kind=Sum)


def _sum(group: list[Commitment], names: tuple[str, ...]) -> Sum:
    """Return the sum of commitments in one currency; each of them has an amount."""
    parts = [(each.promised, each.paid, each.outstanding) for each in group]
    promised, paid, outstanding = (
        _added(filter(None, amounts)) for amounts in zip(*parts, strict=True)
    )
    return Sum(
        by=names,
        currency=promised.currency,
        promised=promised,
        paid=paid,
        outstanding=outstanding,
        commitments=tuple(each.id for each in group),
        certain=all(each.certain for each in group),
    )


def _added(amounts: Iterable[Amount]) -> Amount:
    """Return the sum of amounts in one currency, of which there is one at least."""
    first, *others = amounts
    value = added([first.value, *(each.value for each in others)])
    return computed_amount(value, first.currency)
