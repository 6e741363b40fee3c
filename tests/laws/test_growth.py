"""What grows with what: work is counted, since a clock would only tell of the machine."""

from collections.abc import Callable
from functools import partial

import pytest

from coopledger import Ledger, events
from coopledger._rules import instrument
from coopledger._rules.parties import Parties
from tests.counting import Calls

COUNT = 20


def _ledger(parties: int = 2) -> Ledger:
    """Return a ledger with so many parties in one partnership."""
    names = [f"p{number}" for number in range(parties)]
    ledger = Ledger.in_memory()
    ledger.record(
        *(events.PartyRegistered(party=name, name=name, kind="centre") for name in names),
        events.PartnershipOpened(partnership="all", parties=names),
    )
    return ledger


def signed_one_by_one(count: int) -> Ledger:
    """Record a text that each of its parties signs by itself."""
    ledger = _ledger(count)
    ledger.record(events.InstrumentRegistered(instrument="text", partnership="all", kind="mou"))
    for number in range(count):
        ledger.record(
            events.InstrumentSigned(instrument="text", when="2020-01-01", signers=f"p{number}")
        )
    return ledger


def is_linear(work: Callable[[int], object], calls: Calls) -> bool:
    """Return whether twice as much of the work makes about twice as many calls, and so on."""
    small, twice, more = (calls.during(partial(work, COUNT * size)) for size in (1, 2, 4))
    return 0 < twice <= 2.2 * small and more <= 2.2 * twice


def test_signatures_of_one_text_are_folded_once_each(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Calls(monkeypatch, instrument, "_apply", "_signed_by")
    calls.of(Parties, "represented_by", "successors", "act_for_themselves", "_taken_over")

    assert is_linear(signed_one_by_one, calls)
