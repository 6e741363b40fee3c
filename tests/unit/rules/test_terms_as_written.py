"""Terms as they are written: lengths, renewals that are counted, no end at all, notice in days."""

import pytest

from coopledger import Ledger, events
from coopledger.errors import RefusedError
from coopledger.values import Renewal
from tests.builders import office
from tests.unit.rules.instruments import instrument_on, registration, signature, states


def end(ledger: Ledger, day: str) -> str:
    return str(instrument_on(ledger, day).term_end)


def test_a_length_at_the_signature_counts_from_it_where_the_text_is_in_force_by_it() -> None:
    signed = events.InstrumentSigned(instrument="x", years=1, when="2020-02-29")
    ledger = office(registration(), signed)

    assert end(ledger, "2020-06-01") == "2021-02-28"
    assert states(ledger, "2021-02-28", "2021-03-01") == ["in_force", "expired"]


def test_a_length_at_the_signature_waits_for_the_entry_into_force() -> None:
    ledger = office(
        registration("agreement"),
        events.InstrumentSigned(id="s", instrument="x", years=2, months=3, when="2020-01-01"),
        events.InstrumentEnteredIntoForce(id="e", instrument="x", when="2021-03"),
    )

    assert end(ledger, "2020-06-01") == "None"
    assert end(ledger, "2021-06-01") == "2023-06-30~"
    answer = instrument_on(ledger, "2021-06-01")
    assert (answer.decided_by, answer.certain) == (("s", "e"), False)


def test_the_last_that_was_said_before_the_entry_counts() -> None:
    ledger = office(
        registration("agreement"),
        events.InstrumentSigned(
            instrument="x",
            signers="vn",
            missing_signers="fr",
            until="2020-06-30",
            when="2020-01-01",
        ),
        events.InstrumentSigned(instrument="x", signers="fr", years=1, when="2020-02-01"),
        events.InstrumentEnteredIntoForce(instrument="x", when="2021-01-01"),
    )

    assert states(ledger, "2020-12-31", "2021-01-01") == ["signed", "in_force"]
    assert end(ledger, "2021-01-01") == "2021-12-31"


def test_a_length_signed_later_counts_from_the_entry_that_is_known() -> None:
    ledger = office(
        registration("agreement"),
        events.InstrumentEnteredIntoForce(instrument="x", when="2020-01-01"),
        events.InstrumentSigned(instrument="x", years=3, when="2021-07-01"),
    )

    assert end(ledger, "2021-07-01") == "2022-12-31"


def test_a_length_at_the_entry_counts_from_its_effect() -> None:
    entry = events.InstrumentEnteredIntoForce(
        instrument="x", months=18, when="2020-01-10", effective="2020-02-01"
    )
    ledger = office(registration("agreement"), signature("2020-01-01"), entry)

    assert end(ledger, "2020-02-01") == "2021-07-31"


@pytest.mark.parametrize(
    "event",
    [
        registration(state="in_force", open_ended=True),
        events.InstrumentSigned(instrument="x", open_ended=True, when="2020-01-01"),
        events.InstrumentEnteredIntoForce(instrument="x", open_ended=True, when="2020-01-01"),
        events.InstrumentExtended(instrument="x", open_ended=True, when="2020-01-01"),
        events.InstrumentRenewed(instrument="x", open_ended=True, when="2020-01-01"),
    ],
    ids=["registered", "signed", "entered", "extended", "renewed"],
)
def test_a_text_without_an_end_is_not_one_of_which_the_end_is_unknown(event: events.Event) -> None:
    known = [] if isinstance(event, events.InstrumentRegistered) else [registration()]
    ledger = office(*known, event)
    answer = instrument_on(ledger, "2029-01-01")

    assert (answer.state, answer.term_end, answer.flags) == ("in_force", None, ())


def test_to_say_that_there_is_no_end_warns_of_none() -> None:
    ledger = office(registration(), signature("2018-01-01", until="2020-12-31"))
    extended = events.InstrumentExtended(
        instrument="x", open_ended=True, when="2020-01-01", source="minutes"
    )

    assert [each.code for each in ledger.record(extended).warnings] == []
    assert states(ledger, "2029-01-01") == ["in_force"]


def test_a_text_renews_itself_so_many_times_and_is_over() -> None:
    clause = Renewal(tacit=True, months=6, times=2)
    ledger = office(registration(renewal=clause), signature("2020-01-01", until="2020-12-31"))

    assert [end(ledger, day) for day in ("2021-01-01", "2021-07-01")] == [
        "2021-06-30",
        "2021-12-31",
    ]
    assert states(ledger, "2021-12-31", "2022-01-01") == ["in_force", "expired"]


@pytest.mark.parametrize(("tacit", "last"), [(True, "2022-12-31"), (False, "2024-12-31")])
def test_only_an_end_that_the_parties_set_has_the_times_counted_again(
    *, tacit: bool, last: str
) -> None:
    clause = Renewal(tacit=True, years=1, times=2)
    ledger = office(
        registration(renewal=clause),
        signature("2020-01-01", until="2020-12-31"),
        events.InstrumentRenewed(instrument="x", years=1, tacit=tacit, when="2021-01-01"),
    )

    assert end(ledger, last) == last
    assert states(ledger, f"{int(last[:4]) + 1}-01-01") == ["expired"]


def test_a_notice_of_the_last_renewal_ends_nothing_before_the_term_does() -> None:
    clause = Renewal(tacit=True, years=1, times=1)
    ledger = office(
        registration(renewal=clause),
        signature("2020-01-01", until="2020-12-31"),
        events.TerminationNotified(instrument="x", by="vn", ends="2025-01-01", when="2021-06-01"),
    )

    assert states(ledger, "2021-12-31", "2022-01-01") == ["terminating", "expired"]


def test_notice_in_days() -> None:
    clause = Renewal(tacit=True, years=1, notice_days=30)
    ledger = office(registration(renewal=clause), signature("2020-01-01", until="2020-12-31"))

    assert str(instrument_on(ledger, "2020-06-01").notice_deadline) == "2020-12-01"


def test_two_lengths_of_notice_are_refused() -> None:
    with pytest.raises(RefusedError, match="give notice_months or notice_days"):
        registration(renewal={"notice_days": 30, "notice_months": 1})  # type: ignore[arg-type]
