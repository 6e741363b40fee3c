"""Signatures that are missing, or taken back, after others took over from a party."""

import pytest

from coopledger import Ledger, events
from coopledger.errors import RefusedError
from coopledger.events import Event
from tests.builders import office
from tests.unit.rules.several import (
    act,
    more_parties,
    participation,
    parties,
    ratification,
    signing,
    state,
    text,
    text_on,
)

OPEN = text(parties=(), open_for_signature=True)
TO_ONE = events.PartySucceeded(party="cu", by="fr", when="2011-01-01")
TO_TWO = events.PartySucceeded(party="cu", by=("fr", "de"), when="2011-01-01")
TAKEN_BACK = act(events.SignatureWithdrawn, "2012-01-01", by="fr")


def heirs(*acts: Event) -> Ledger:
    """Return a ledger with the acts, in which Germany is known."""
    return office(*more_parties("de"), *acts)


@pytest.mark.parametrize("signers", [(), ("vn", "cu")])
def test_who_took_over_from_a_missing_signer_of_an_open_text_has_not_signed(
    signers: tuple[str, ...],
) -> None:
    ledger = heirs(OPEN, TO_TWO, signing("2014-01-01", *signers, missing_signers=["cu", "fr"]))

    assert parties(ledger, "2015-01-01") == ("vn",)


def test_an_open_text_is_not_signed_by_an_act_at_which_all_are_missing() -> None:
    ledger = heirs(OPEN, signing("2014-01-01", missing_signers=["vn", "fr"]))

    assert state(ledger, "2015-01-01") == "none"
    assert parties(ledger, "2015-01-01") == ()


@pytest.mark.parametrize("by", ["fr", "mesr"])
def test_who_shares_another_signature_takes_back_its_own_and_leaves_that_one(by: str) -> None:
    taken_back = act(events.SignatureWithdrawn, "2012-01-01", by=by)
    ledger = heirs(OPEN, signing("2010-01-01", "vn", "fr", "cu"), TO_TWO, taken_back)

    assert parties(ledger, "2011-06-01") == ("vn", "fr", "de")
    assert parties(ledger, "2012-01-01") == ("vn", "de")
    assert str(participation(ledger, "2012-01-01", "de").signed_on) == "2010-01-01"


def test_of_a_text_that_is_not_open_the_signature_is_missing_again() -> None:
    ledger = heirs(text(), signing("2010-01-01"), TO_TWO, TAKEN_BACK)

    assert participation(ledger, "2012-01-01", "fr").signed_on is None
    assert text_on(ledger, "2012-01-01").flags == ("partially_signed",)


@pytest.mark.parametrize("succession", [TO_ONE, TO_TWO])
def test_who_took_over_a_consent_cannot_take_its_signature_back(succession: Event) -> None:
    ledger = heirs(text(), signing("2010-01-01"), ratification("2010-05-01", "cu"), succession)

    with pytest.raises(RefusedError, match=r"E513 .* by: 'fr' has consented on 2010-05-01"):
        ledger.record(TAKEN_BACK)


@pytest.mark.parametrize("succession", [TO_ONE, TO_TWO])
def test_late_news_that_it_took_over_a_consent_keeps_its_signature(succession: Event) -> None:
    ledger = heirs(
        text(), signing("2010-01-01"), ratification("2010-05-01", "cu"), TAKEN_BACK, succession
    )

    assert state(ledger, "2012-01-01") == "signed"
    assert text_on(ledger, "2012-01-01").flags == ()
    assert str(participation(ledger, "2012-01-01", "fr").signed_on) == "2010-01-01"
