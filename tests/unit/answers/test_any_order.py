"""What an answer says does not depend on the order in which the ledger heard of things."""

from collections.abc import Callable

import pytest

from coopledger import View, events
from coopledger.events import Event, InstrumentRegistered
from tests.builders import office

AGREEMENT = InstrumentRegistered(id="i", instrument="i1", partnership="vnfr", kind="agreement")

# Acts of one day, or of one effect, in the order of their replay; what is asked; the answer.
CASES: dict[str, tuple[list[Event], tuple[Event, Event], Callable[[View], object], object]] = {
    "of two contacts on one day the first to count is the first": (
        [AGREEMENT],
        (
            events.NegotiationOpened(
                id="a", instrument="i1", when="2015-03-01", effective="2015-04-01"
            ),
            events.StatementMade(
                id="b", partnership="vnfr", text="a", when="2015-03-01", effective="2016"
            ),
        ),
        lambda view: view.durations("vnfr").decided_by,
        ("a",),
    ),
    "of two conditions that count from one day the one met later frees the commitment": (
        [
            events.CommitmentMade(
                id="made",
                commitment="c1",
                partnership="vnfr",
                debtors="vn",
                creditors="fr",
                what="a",
                conditions=["money", "visa"],
                when="2015-01-01",
            )
        ],
        (
            events.ConditionMet(
                id="a", commitment="c1", condition="money", when="2015-03", effective="2016-01-01"
            ),
            events.ConditionMet(
                id="b", commitment="c1", condition="visa", when="2015-06", effective="2016-01-01"
            ),
        ),
        lambda view: set(view.commitment("c1").decided_by) - {"made"},
        {"b"},
    ),
    "of two texts that replace one from one day the one signed first does": (
        [
            AGREEMENT,
            InstrumentRegistered(instrument="i2", partnership="vnfr", kind="mou", supersedes="i1"),
            InstrumentRegistered(instrument="i3", partnership="vnfr", kind="mou", supersedes="i1"),
        ],
        (
            events.InstrumentSigned(
                id="a", instrument="i3", when="2015-03-01", effective="2016-01-01"
            ),
            events.InstrumentSigned(
                id="b", instrument="i2", when="2015-06-01", effective="2016-01-01"
            ),
        ),
        lambda view: view.instrument("i1").superseded_by,
        "i3",
    ),
}


@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards"])
@pytest.mark.parametrize("name", CASES)
def test_in_either_order_of_recording(name: str, *, backwards: bool) -> None:
    before, acts, ask, expected = CASES[name]
    ledger = office(*before)
    for act in reversed(acts) if backwards else acts:
        ledger.record(act)

    assert ask(ledger.view("2020-01-01")) == expected
