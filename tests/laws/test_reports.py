"""Laws of reports, whatever was recorded: figures, sources, dossiers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from coopledger import events
from coopledger.events import Event
from tests.laws.answers import answers
from tests.laws.histories import histories, new_office, record_valid

asked = st.dates(date(2014, 12, 31), date(2024, 1, 1))
years = st.integers(2013, 2024).map(str)

# Only these may tell of a figure that is about no partnership.
TELL_OF_FIGURES = {"figures", "conflicts", "sourcing", "France"}


def claim(period: str) -> events.FigureReported:
    """Return a claim of seven documents, reported before anything happened."""
    return events.FigureReported(
        id="claim",
        figure="claim",
        measure="documents signed",
        value=7,
        period=period,
        partners=["FR", "SE"],
        when="2010",
    )


@given(histories, asked, years)
def test_a_figure_is_never_counted_as_facts(acts: list[Event], day: date, period: str) -> None:
    """'Figure: an assertion against the ledger, never counted as facts.'"""
    without, reported = new_office(), new_office()
    record_valid(without, *acts)
    record_valid(reported, *acts)
    reported.record(claim(period))

    before, after = answers(without.view(day)), answers(reported.view(day))
    told = {name for name in before if before[name] != after[name]}
    assert told <= TELL_OF_FIGURES


@given(histories, asked, years)
def test_a_figure_is_held_against_what_is_signed(acts: list[Event], day: date, period: str) -> None:
    """'Reconciled against what is recorded.'"""
    ledger = new_office()
    record_valid(ledger, *acts)
    ledger.record(claim(period))
    view = ledger.view(day)
    (found,) = (one for one in view.figures() if one.id == "claim")
    signed = view.signatures(period=period)

    assert found.recorded == len(signed)
    assert found.unaccounted == 7 - len(signed)
    assert set(found.decided_by) == {"claim", *(one.event for one in signed)}
    assert ("FR" in found.partners_recorded) == any("FR" in one.countries for one in signed)


@given(histories, asked)
def test_every_fact_in_a_dossier_is_told_with_what_it_rests_on(
    acts: list[Event], day: date
) -> None:
    """'Everything about Cuba on one page, with sources.'"""
    ledger = new_office()
    record_valid(ledger, *acts)
    view = ledger.view(day)
    dossier = view.dossier(country="FR")
    rests = {one.event: one for one in view.sourcing()}

    for moment in dossier.timeline:
        if moment.event in rests:
            assert len(moment.sources) == rests[moment.event].sources
            assert set(moment.sources) <= set(dossier.sources)
    partnerships = {one.id for one in view.partnerships(country="FR")}
    assert partnerships <= {one.id for one in dossier.partnerships}
