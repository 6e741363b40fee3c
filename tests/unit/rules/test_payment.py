"""Sums of a commitment: what was delivered, and what is outstanding."""

import pytest

from coopledger import Ledger, events
from coopledger.events import Event
from coopledger.values import Amount
from tests.builders import office
from tests.unit.rules.commitments import commitment_on

DAY = "2020-12-31"


def grant(amount: str | None = "1000 EUR") -> Event:
    return events.CommitmentMade(
        id="made",
        commitment="c",
        partnership="vnfr",
        debtors=["vn", "cu"],
        creditors="fr",
        what="a grant",
        amount=amount,
        when="2020-01-01",
    )


def payment(when: str, amount: str) -> Event:
    return events.CommitmentProgressed(commitment="c", amount=amount, by="vn", when=when)


def sums(ledger: Ledger, day: str = DAY) -> tuple[str | None, str | None]:
    answer = commitment_on(ledger, day)
    paid, outstanding = answer.paid, answer.outstanding
    return (paid.value if paid else None, outstanding.value if outstanding else None)


def test_what_was_paid_is_added_up_and_the_rest_is_outstanding() -> None:
    ledger = office(grant(), payment("2020-02-01", "250.50 EUR"), payment("2020-03-01", "100 EUR"))

    assert sums(ledger, "2020-01-31") == ("0", "1000")
    assert sums(ledger, "2020-02-29") == ("250.50", "749.50")
    assert sums(ledger) == ("350.50", "649.50")
    assert "649.50 EUR outstanding" in str(commitment_on(ledger, DAY))
    assert "649.50 EUR outstanding" in str(ledger.view(DAY).explain("c"))


def test_more_than_was_promised_leaves_nothing_outstanding() -> None:
    ledger = office(grant(), payment("2020-02-01", "1000.75 EUR"))

    assert sums(ledger) == ("1000.75", "0")


@pytest.mark.parametrize(
    ("closing", "paid"),
    [
        (events.CommitmentFulfilled(commitment="c", when="2020-05-01"), "1000"),
        (events.CommitmentCancelled(commitment="c", by="vn", when="2020-05-01"), "400"),
        (events.CommitmentReleased(commitment="c", by="fr", when="2020-05-01"), "400"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_nothing_of_what_is_closed_is_outstanding_and_what_was_paid_stays(
    closing: Event, paid: str
) -> None:
    ledger = office(grant(), payment("2020-02-01", "400 EUR"), closing)

    assert sums(ledger) == (paid, "0")


def test_what_is_opened_again_keeps_what_was_paid_apart_from_its_fulfilment() -> None:
    ledger = office(
        grant(),
        payment("2020-02-01", "400 EUR"),
        events.CommitmentFulfilled(commitment="c", when="2020-05-01"),
        events.CommitmentReopened(commitment="c", when="2020-06-01"),
    )

    assert sums(ledger) == ("400", "600")


def test_a_promise_that_both_sides_changed() -> None:
    ledger = office(
        grant(),
        payment("2020-02-01", "400 EUR"),
        events.CommitmentVaried(
            commitment="c", what="a loan", amount="1500 EUR", when="2020-03-01"
        ),
    )
    answer = commitment_on(ledger, DAY)

    assert (answer.what, answer.amount) == ("a loan", Amount(value="1500", currency="EUR"))
    assert sums(ledger) == ("400", "1100")
    assert sums(ledger, "2020-02-29") == ("400", "600")


def test_a_promise_without_a_sum_has_none() -> None:
    assert sums(office(grant(None))) == (None, None)


def test_sums_are_exact_however_long() -> None:
    ledger = office(
        grant(f"{10**40} EUR"), payment("2020-02-01", "0.01 EUR"), payment("2020-02-02", "0.01 EUR")
    )

    assert sums(ledger) == ("0.02", f"{10**40 - 1}.98")


def test_a_part_of_some_is_no_part_of_the_whole() -> None:
    ledger = office(
        grant(),
        events.CommitmentProgressed(commitment="c", percent=30, when="2020-02-01"),
        events.CommitmentProgressed(commitment="c", percent=90, by="vn", when="2020-03-01"),
    )
    assert commitment_on(ledger, DAY).percent == 30

    ledger.record(
        events.CommitmentProgressed(
            commitment="c", percent=80, by=["most", "cu"], when="2020-04-01"
        )
    )
    assert commitment_on(ledger, DAY).percent == 80


def test_the_timeline_tells_what_was_delivered() -> None:
    ledger = office(grant(), payment("2020-02-01", "400 EUR"))

    assert "400 EUR delivered" in map(str, ledger.view(DAY).timeline("vnfr")[-1].more)
