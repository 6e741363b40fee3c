"""Titles of partnerships and texts, and the dates that stand beside them."""

from datetime import UTC, datetime

import pytest

from coopledger import Ledger, events
from tests.builders import office


@pytest.fixture(name="ledger")
def _ledger() -> Ledger:
    ledger = Ledger.in_memory(clock=lambda: datetime(2025, 1, 1, tzinfo=UTC))
    ledger.record(
        events.PartyRegistered(party="VN", name="Viet Nam", kind="state"),
        events.PartyRegistered(party="FR", name="France", kind="state"),
        events.PartnershipOpened(partnership="VNFR", parties=["VN", "FR"]),
        events.InstrumentRegistered(
            instrument="mou", partnership="VNFR", kind="mou", title="On the sea"
        ),
        events.InstrumentRegistered(instrument="plan", partnership="VNFR", kind="action_plan"),
    )
    return ledger


def test_a_partnership_is_called_by_the_names_of_its_parties(ledger: Ledger) -> None:
    assert ledger.view().partnership("VNFR").title == "Viet Nam – France"


def test_a_kept_title_follows_a_new_name(ledger: Ledger) -> None:
    assert ledger.view().partnerships()[0].title == "Viet Nam – France"
    assert ledger.view().instruments()[1].title == "action plan, Viet Nam – France"

    ledger.record(events.PartyRenamed(party="FR", name="French Republic", when="2024-06-01"))

    assert ledger.view().partnerships()[0].title == "Viet Nam – French Republic"
    assert ledger.view().instruments()[1].title == "action plan, Viet Nam – French Republic"
    assert ledger.view(on="2024-05-31").partnerships()[0].title == "Viet Nam – France"


def test_a_name_that_is_not_known_then_is_an_id() -> None:
    ledger = office()

    assert ledger.view(known_at="2000-01-01").partnership("vncu").title == "vncu"


def test_a_text_is_called_by_its_title_or_by_its_kind_and_parties(ledger: Ledger) -> None:
    view = ledger.view()

    assert view.instrument("mou").title == "On the sea"
    assert view.instrument("plan").title == "action plan, Viet Nam – France"
    assert [text.short_title for text in view.instruments()] == ["On the sea", "action plan"]


def test_of_many_parties_the_first_are_named() -> None:
    ledger = Ledger.in_memory()
    parties = [f"p{number}" for number in range(9)]
    ledger.record(
        *(events.PartyRegistered(party=each, name=each.upper(), kind="state") for each in parties),
        events.PartnershipOpened(partnership="all", parties=parties),
    )

    assert ledger.view().partnership("all").title == "P0 – P1 – P2 – P3 – P4 – 4 others"


def test_a_text_tells_when_it_was_signed_and_when_its_term_began(ledger: Ledger) -> None:
    ledger.record(
        events.InstrumentSigned(instrument="mou", when="2020-05", until="2022-12-31"),
        events.InstrumentSigned(instrument="plan", when="2021-01-05", effective="2021-02-01"),
        events.InstrumentSuspended(instrument="plan", when="2022-01-01"),
    )
    view = ledger.view(on="2024-01-01")

    def dates(name: str) -> tuple[str, str]:
        text = view.instrument(name)
        return str(text.signed_on), str(text.term_start)

    assert dates("mou") == ("2020-05", "2020-05-31~")
    assert dates("plan") == ("2021-01-05", "2021-02-01")


def test_a_term_that_begins_again_begins_then(ledger: Ledger) -> None:
    ledger.record(
        events.InstrumentSigned(instrument="mou", when="2010-01-01", until="2012-12-31"),
        events.InstrumentSigned(instrument="mou", when="2020-01-01", until="2022-12-31"),
    )

    assert str(ledger.view(on="2021-01-01").instrument("mou").term_start) == "2020-01-01"
    assert str(ledger.view(on="2015-01-01").instrument("mou").term_start) == "2010-01-01"


def test_a_text_that_was_never_in_effect_has_no_term(ledger: Ledger) -> None:
    text = ledger.view().instrument("mou")

    assert (text.signed_on, text.term_start) == (None, None)


def test_promises_and_proposals_tell_when_they_were_made(ledger: Ledger) -> None:
    ledger.record(
        events.CommitmentMade(
            commitment="c", partnership="VNFR", when="2021~", debtors="FR", creditors="VN", what="a"
        ),
        events.ProposalMade(
            proposal="p", partnership="VNFR", when="2021-03", by="FR", text="a laboratory"
        ),
        events.ProposalAccepted(proposal="p", when="2022-01-01", by="VN"),
    )
    view = ledger.view()

    assert str(view.commitment("c").made_on) == "2021~"
    assert str(view.proposal("p").made_on) == "2021-03"
    assert ledger.view(on="2020-01-01").proposal("p").made_on is None
