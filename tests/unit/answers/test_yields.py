"""Yields: what reports say was done, counted as said, with what says otherwise."""

from typing import Any

import pytest

from coopledger import View, events
from coopledger.errors import ArgumentError, UnknownIdError
from coopledger.events import Event
from tests.builders import build_event, office


def report(name: str, when: str = "2020-12-31", **fields: object) -> Event:
    """Return a report of what was done under the memorandum."""
    usual = {"id": name, "instrument": "mou", "when": when}
    return build_event(events.ImplementationReported, usual | fields)


TEXTS = (
    events.InstrumentRegistered(instrument="mou", partnership="vnfr", kind="mou"),
    events.InstrumentRegistered(instrument="idle", partnership="vnfr", kind="mou"),
    events.InstrumentRegistered(instrument="cuba", partnership="vncu", kind="mou"),
)


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    return office(
        *TEXTS,
        report("a", kind="training", counts={"students": 12, "months": 1.1}, period="2019"),
        report("b", kind="training", counts={"months": 2.2}, direction="out", period="2020-03"),
        report("c", kind="visit", text="a delegation", direction="in", when="2020-06-01"),
        report("d", instrument=None, partnership="vnfr", counts={"papers": 3}, period="2020"),
        report("e", instrument="cuba", kind="trade", counts={"million USD": 12.5}, period="2020"),
    ).view("2021-01-01")


def told(view: View, **asked: Any) -> list[tuple[str | None, str | None, object, int]]:  # noqa: ANN401 - of a filter
    return [(each.group, each.name, each.number, each.reports) for each in view.yields(**asked)]


def test_reports_are_summed_up_by_kind_and_by_what_they_count(view: View) -> None:
    assert told(view, partnership="vnfr") == [
        ("visit", None, None, 1),
        ("training", "students", 12, 1),
        ("training", "months", 3.3, 2),
        (None, "papers", 3, 1),
    ]
    assert told(view, instrument="mou")[:-1] == told(view, partnership="vnfr")[:-2]
    assert len(told(view)) == 5


def test_yields_are_told_apart_by_another_field(view: View) -> None:
    assert [each.group for each in view.yields(by="direction")] == [
        "in",
        "out",
        None,
        None,
        None,
        None,
    ]
    assert [each.group for each in view.yields(by="partnership")] == [*["vnfr"] * 4, "vncu"]
    assert [each.group for each in view.yields(by="instrument")] == [*["mou"] * 3, "cuba", None]


def test_a_report_counts_where_its_whole_period_is_within_the_one_asked_for(view: View) -> None:
    """Without a period, the date of the act says when it was."""
    assert told(view, partnership="vnfr", period="2020") == [
        ("visit", None, None, 1),
        ("training", "months", 2.2, 1),
        (None, "papers", 3, 1),
    ]
    assert told(view, partnership="vnfr", period="2020-01/2020-06") == [
        ("visit", None, None, 1),
        ("training", "months", 2.2, 1),
    ]


def test_a_yield_prints_on_one_line_and_a_list_as_a_table(view: View) -> None:
    found = view.yields(partnership="vnfr")

    assert [str(each) for each in found] == [
        "visit: 1 report",
        "training: 12 students; 1 report",
        "training: 3.3 months; 2 reports",
        "not said: 3 papers; 1 report",
    ]
    assert str(found).startswith("4 yields\n\nGROUP     NAME      NUMBER  REPORTS")


def test_what_says_otherwise_stands_beside_the_sum() -> None:
    view = office(
        *TEXTS,
        report("a", kind="training", counts={"students": 12}, period="2020"),
        report("b", kind="training", counts={"students": 15}, period="2020"),
        report("c", kind="training", counts={"students": 1}, period="2019"),
        events.FactDisputed(
            id="x", target="c", field="counts", alternative="two", source="news", when="2020-12-31"
        ),
        events.FactDisputed(
            id="y", target="c", field="note", alternative="two", source="news", when="2020-12-31"
        ),
        events.FigureReported(
            id="f",
            figure="f",
            measure="student",
            value=28.5,
            unit="thousand",
            period="2019/2020",
            partnership="vnfr",
            when="2020-12-31",
        ),
        events.FigureReported(
            figure="same",
            measure="students",
            value=27,
            period="2020",
            partnership="vnfr",
            when="2020-12-31",
        ),
    ).view("2021-01-01")

    (found,) = view.yields(partnership="vnfr")
    assert (found.number, found.reports, found.decided_by) == (28, 3, ("a", "b", "c"))
    assert found.conflicts == (
        "counts two (x)",
        "15 for 2020 too (b)",
        "28.5 thousand claimed for 2019/2020 (f)",
    )
    assert view.figures()[0].unit == "thousand"
    assert "claimed 28.5 thousand" in str(view.figures()[0])
    assert "28.5 thousand" in str(view.figures())


def test_a_report_that_says_nothing_counts_for_nothing_any_more() -> None:
    ledger = office(*TEXTS, report("a", counts={"students": 12}))
    ledger.record(events.EventCorrected(target="a", changes={"counts": {"s": 1.5}}, reason="b"))
    view = ledger.view("2021-01-01")
    assert told(view, instrument="mou") == [(None, "s", 1.5, 1)]

    ledger.record(events.EventRetracted(target="a", reason="a rumour"))
    assert ledger.view("2021-01-01").yields() == ()


def test_texts_under_which_nobody_reported_anything(view: View) -> None:
    def idle(on: View, partnership: str | None = None) -> list[str]:
        return [each.id for each in on.instruments(without_yield=True, partnership=partnership)]

    assert idle(view) == ["idle"]
    assert idle(view, partnership="vncu") == []
    assert idle(office(*TEXTS, report("a")).view("2020-12-30")) == ["mou", "idle", "cuba"]


def test_arguments_that_cannot_be_used_are_refused(view: View) -> None:
    with pytest.raises(ArgumentError, match="by='kinds' is not one of"):
        view.yields(by="kinds")
    with pytest.raises(UnknownIdError, match="did you mean 'idle'"):
        view.yields(instrument="idl")


def test_a_report_tells_what_it_counts_on_the_timeline(view: View) -> None:
    (entry,) = (each for each in view.timeline("vnfr") if each.event == "a")

    assert [str(each) for each in entry.more] == ["counted: students 12, months 1.1"]


def test_a_decimal_figure_is_held_against_nothing() -> None:
    figure = events.FigureReported(
        figure="f", measure="documents signed", value=1.5, period="2020", when="2020-12-31"
    )
    (found,) = office(figure).view("2021-01-01").figures()

    assert (found.claimed, found.recorded, found.unaccounted) == (1.5, 0, None)
