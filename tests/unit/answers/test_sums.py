"""Sums of money by currency, and by debtor, creditor or partnership."""

import pytest

from coopledger import Ledger, events
from coopledger.answers import Sum
from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.render import pending
from tests.builders import office

DAY = "2020-12-31"


def grant(name: str, amount: str | None, *, to: str | list[str] = "fr", by: str = "vn") -> Event:
    return events.CommitmentMade(
        commitment=name,
        partnership="vncu" if "cu" in to else "vnfr",
        debtors=by,
        creditors=to,
        what="a grant",
        amount=amount,
        when="2020-01-01",
    )


def payment(name: str, amount: str, when: str = "2020-02-01") -> Event:
    return events.CommitmentProgressed(commitment=name, amount=amount, when=when)


@pytest.fixture(name="ledger")
def _ledger() -> Ledger:
    return office(
        grant("a", "1000 EUR"),
        grant("b", "250.50 EUR", to=["fr", "cu"]),
        grant("c", "300000 VND", by="most"),
        grant("d", "500 EUR"),
        grant("e", None),
        payment("a", "400 EUR"),
        events.CommitmentCancelled(commitment="d", by="vn", when="2020-03-01"),
    )


def rows(sums: tuple[Sum, ...]) -> list[tuple[str, str, str, str]]:
    return [
        (
            ", ".join(row.by),
            f"{row.promised.value} {row.promised.currency}",
            row.paid.value,
            row.outstanding.value,
        )
        for row in sums
    ]


def test_all_sums_are_told_by_currency(ledger: Ledger) -> None:
    """What was cancelled is still promised, and nothing of it is outstanding."""
    assert rows(ledger.view(DAY).sums()) == [
        ("", "1750.50 EUR", "400", "850.50"),
        ("", "300000 VND", "0", "300000"),
    ]


def test_what_several_are_owed_together_is_one_row_under_all_of_them(ledger: Ledger) -> None:
    assert rows(ledger.view(DAY).sums(by="creditor")) == [
        ("fr", "1500 EUR", "400", "600"),
        ("fr, cu", "250.50 EUR", "0", "250.50"),
        ("fr", "300000 VND", "0", "300000"),
    ]


@pytest.mark.parametrize(
    ("by", "names"),
    [("debtor", ["vn", "most"]), ("partnership", ["vnfr", "vncu", "vnfr"])],
)
def test_the_rows_are_by_debtor_or_by_partnership(
    ledger: Ledger, by: str, names: list[str]
) -> None:
    assert [", ".join(row.by) for row in ledger.view(DAY).sums(by=by)] == names


def test_a_sum_may_be_of_some_commitments_only(ledger: Ledger) -> None:
    view = ledger.view(DAY)

    assert [row.commitments for row in view.sums(creditor="cu")] == [("b",)]
    assert [row.commitments for row in view.sums(debtor="most")] == [("c",)]
    assert [row.commitments for row in view.sums(partnership="vncu")] == [("b",)]
    assert view.sums(partnership="vncu", debtor="most") == ()


def test_nothing_was_promised_before_the_day(ledger: Ledger) -> None:
    assert ledger.view("2019-12-31").sums() == ()


def test_another_word_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ArgumentError, match="by"):
        ledger.view(DAY).sums(by="country")


def test_a_sum_prints_with_names(ledger: Ledger) -> None:
    sums = ledger.view(DAY).sums(by="creditor")

    assert str(sums[0]) == "fr: promised 1500 EUR; paid 400 EUR; outstanding 600 EUR"
    assert "France" in str(sums)


def test_what_is_outstanding_stands_below_what_is_pending(ledger: Ledger) -> None:
    page = pending(ledger.view(DAY), width=120)

    assert page.endswith("\n\nOutstanding: 850.50 EUR, 300000 VND")
