"""View as if some events had not been recorded."""

import pytest

from coopledger import Ledger, events
from coopledger.errors import ArgumentError, UnknownIdError
from tests.builders import Clock, office

CLOCK = Clock()


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Return a text with a corrected signature and a retracted termination."""
    ledger = office(
        events.InstrumentRegistered(id="r", instrument="mou", partnership="vnfr", kind="mou"),
        events.InstrumentSigned(id="s", instrument="mou", when="2020-01-01"),
        events.InstrumentTerminated(id="t", instrument="mou", when="2020-06-01"),
        clock=CLOCK,
    )
    CLOCK.set("2030-02-01")
    ledger.record(
        events.EventCorrected(id="k", target="s", changes={"when": "2020-03-01"}, reason="misread"),
        events.FactDisputed(id="d", target="s", field="when", alternative="2020-02-01"),
        events.EventRetracted(id="x", target="t", reason="a rumour"),
        events.InstrumentExtended(
            id="e", instrument="mou", until="2025", when="2022-01-01", effective="2020-04-01"
        ),
    )
    return ledger


def test_without_an_event_it_might_as_well_not_have_been_recorded(ledger: Ledger) -> None:
    view = ledger.view("2021-01-01")

    assert view.instrument("mou").state == "in_force"
    assert str(view.instrument("mou").term_end) == "2025"
    assert view.without("e").instrument("mou").term_end is None
    assert view.without("e", "s").instrument("mou").state == "none"
    assert view.instrument("mou").state == "in_force"


def test_without_a_correction_or_a_retraction_what_it_mended_counts_again(ledger: Ledger) -> None:
    view = ledger.view("2021-01-01")

    assert str(view.instrument("mou").since) == "2020-03-01"
    assert str(view.without("k").instrument("mou").since) == "2020-01-01"
    assert view.without("x").instrument("mou").state == "terminated"


def test_what_was_recorded_about_an_event_goes_with_it(ledger: Ledger) -> None:
    view = ledger.view("2021-01-01").without("s")

    assert repr(view) == "View(on=2021-01-01, position=15, hindsight=True).without('s', 'k', 'd')"
    assert "conflicts" not in view.partnership("vnfr").flags


def test_it_asks_on_the_same_day_with_the_same_knowledge_and_hindsight(ledger: Ledger) -> None:
    known = ledger.view("2020-07-01", known_at="2030-01-15")
    ahead = ledger.view("2021-01-01", hindsight=False)

    assert known.instrument("mou").state == "terminated"
    assert known.without("t").instrument("mou").state == "in_force"
    assert known.without("x").instrument("mou") == known.instrument("mou")
    assert known.without("x").known_at == "2030-01-15"
    assert ahead.without("x").hindsight is False
    assert ahead.without("x").instrument("mou").term_end is None


def test_what_only_a_left_out_event_brought_in_is_none(ledger: Ledger) -> None:
    view = ledger.view("2021-01-01").without("r", "s", "e")

    assert view.instrument("mou").state == "none"
    assert view.instruments() == ()


def test_events_may_be_left_out_one_after_the_other(ledger: Ledger) -> None:
    view = ledger.view("2021-01-01")

    assert repr(view.without("e").without("x")) == repr(view.without("x", "e"))
    assert view.without().instruments() == view.instruments()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("w77", "E102 unknown event 'w77'; did you mean 'w7'?"),
        ("mou", "E102 'mou' is an instrument, and no event"),
    ],
)
def test_an_event_that_the_ledger_does_not_hold_is_refused(
    ledger: Ledger, name: str, message: str
) -> None:
    with pytest.raises(UnknownIdError) as refused:
        ledger.view().without("s", name)

    assert str(refused.value) == message


def test_events_are_named_one_by_one(ledger: Ledger) -> None:
    with pytest.raises(ArgumentError, match=r"event_ids=\['s'\] is no id: give it as text"):
        ledger.view().without(["s"])  # type: ignore[arg-type]


def test_a_view_of_the_past_tells_nothing_of_what_came_later(ledger: Ledger) -> None:
    then = ledger.view("2021-01-01", known_at="2030-01-15").without("s")

    assert repr(then).endswith(".without('s')")
