"""Questions about an id that was retracted, or that a correction changed."""

from collections.abc import Callable

import pytest

from coopledger import View, events
from coopledger.errors import UnknownIdError
from coopledger.testing import Clock
from tests.builders import office

MOU = events.InstrumentRegistered(id="g", instrument="mou", partnership="vnfr", kind="mou")
RETRACTED = events.EventRetracted(id="r", target="g", reason="a slip")
RENAMED = events.EventCorrected(
    id="r", target="g", changes={"instrument": "mou-2020"}, reason="a slip"
)
QUESTIONS: list[Callable[[View], object]] = [
    lambda view: view.instrument("mou"),
    lambda view: view.partnership("mou"),
    lambda view: view.explain("mou"),
    lambda view: view.timeline("mou"),
    lambda view: view.dependents("mou"),
]


@pytest.mark.parametrize(
    ("loss", "message"),
    [
        (RETRACTED, "E102 instrument 'mou' was retracted by event 'r'"),
        (RENAMED, "E102 instrument 'mou' is called 'mou-2020' since event 'r'"),
    ],
)
@pytest.mark.parametrize("ask", QUESTIONS, ids=["own", "other", "why", "when", "what"])
def test_an_id_that_was_lost_is_told_as_lost_and_not_as_unknown(
    loss: events.Event, message: str, ask: Callable[[View], object]
) -> None:
    ledger = office(
        MOU, events.InstrumentRegistered(instrument="mou-2", partnership="vnfr", kind="mou"), loss
    )

    with pytest.raises(UnknownIdError) as refused:
        ask(ledger.view())

    assert str(refused.value) == message


def test_an_id_that_was_lost_is_known_at_a_time_before() -> None:
    clock = Clock("2022-01-01")
    ledger = office(MOU, clock=clock)
    clock.set("2022-02-01")
    ledger.record(RETRACTED)

    assert ledger.view(known_at="2022-01-31").instrument("mou").id == "mou"


def test_an_id_that_is_registered_again_is_known() -> None:
    ledger = office(MOU, RETRACTED)
    ledger.record(events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="loi"))

    assert ledger.view().instrument("mou").kind == "loi"


def test_a_series_whose_sessions_were_all_retracted_is_told_as_lost() -> None:
    held = events.MeetingHeld(
        id="g", meeting="m", kind="session", partnership="vnfr", series="jc", when="2020-01-01"
    )

    with pytest.raises(UnknownIdError, match="E102 series 'jc' was retracted by event 'r'"):
        office(held, RETRACTED).view().series("jc")
    with pytest.raises(UnknownIdError, match="E102 unknown series 'jk'"):
        office(held).view().series("jk")
