"""Pages of a yearly report: signatures by partner, and the figures reported of them."""

import pytest

from coopledger import Ledger, View, events
from coopledger.errors import ArgumentError
from coopledger.render import figures, signings
from tests.builders import build_event, office


def signed(name: str, kind: str, partnership: str, when: str) -> list[events.Event]:
    registered = {"instrument": name, "partnership": partnership, "kind": kind}
    return [
        build_event(events.InstrumentRegistered, registered),
        events.InstrumentSigned(instrument=name, when=when),
    ]


@pytest.fixture(name="ledger", scope="module")
def _ledger() -> Ledger:
    """Return a ledger of Viet Nam with France, with Cuba, with both, and with an organisation."""
    return office(
        events.PartnershipOpened(partnership="three", parties=["vn", "fr", "cu"]),
        events.PartnershipOpened(partnership="vnunesco", parties=["vn", "unesco"]),
        events.PartnershipOpened(partnership="home", parties=["vn", "most"]),
        *signed("climate", "treaty", "three", "2019-03-01"),
        *signed("labs", "mou", "vnfr", "2019-05"),
        *signed("sugar", "action_plan", "vncu", "2019-06-01"),
        *signed("science", "mou", "vnunesco", "2019-07-01"),
        *signed("within", "mou", "home", "2019-08-01"),
        *signed("older", "mou", "vnfr", "2018"),
        events.FigureReported(
            figure="documents",
            measure="documents signed",
            value=7,
            period="2019",
            partners=["FR", "SE"],
            when="2020-04-22",
        ),
        events.FigureReported(
            figure="projects", measure="joint projects", value="many", period="2018", when="2019"
        ),
    )


@pytest.fixture(name="view", scope="module")
def _view(ledger: Ledger) -> View:
    return ledger.view("2020-12-31")


def test_the_yearly_report_counts_what_was_signed_by_country_and_kind(view: View) -> None:
    assert signings(view, period="2019", home="VN") == (
        "Signed in 2019, by 2020-12-31\n"
        "\n"
        "WITH    TREATY  MOU  ACTION PLAN  ALL\n"
        "CU           1                 1    2\n"
        "FR           1    1                 2\n"
        "VN                1                 1\n"
        "unesco            1                 1\n"
        "all          1    3            1    5\n"
        "\n"
        "DATE        INSTRUMENT  KIND         WITH\n"
        "2019-03-01  climate     treaty       CU, FR\n"
        "2019-05     labs        mou          FR\n"
        "2019-06-01  sugar       action plan  CU\n"
        "2019-07-01  science     mou          unesco\n"
        "2019-08-01  within      mou          VN"
    )


def test_without_a_home_every_country_has_a_row(view: View) -> None:
    assert "VN           1    3            1    5\n" in signings(view, period="2019")


def test_without_a_period_everything_signed_is_told(view: View) -> None:
    page = signings(view)

    assert page.startswith("Signed, by 2020-12-31\n")
    assert "2018        older       mou          FR, VN\n" in page


def test_a_year_without_a_signature_says_so(view: View) -> None:
    assert signings(view, period="2017") == "Signed in 2017, by 2020-12-31: nothing."


def test_a_home_that_is_no_country_is_refused(view: View) -> None:
    with pytest.raises(ArgumentError, match=r"^home='vn' .*did you mean 'VN'"):
        signings(view, home="vn")


def test_figures_stand_beside_what_is_recorded_and_below_it_whom_they_name(view: View) -> None:
    assert figures(view) == (
        "Figures on 2020-12-31\n"
        "\n"
        "FIGURE     MEASURE           PERIOD  CLAIMED  RECORDED   UNACCOUNTED\n"
        "documents  documents signed  2019    7        5                    2\n"
        "projects   joint projects    2018    many     not known\n"
        "\n"
        "documents names FR, SE; recorded with FR"
    )


def test_figures_are_narrowed_as_in_the_view(view: View) -> None:
    page = figures(view, period="2018", measure="project")

    assert page.splitlines()[0] == "Figures in 2018 on 2020-12-31"
    assert "documents" not in page
    assert figures(view, partnership="vnfr").endswith("none was reported.")


def test_the_notes_below_figures_fit_on_the_page(view: View) -> None:
    assert figures(view, width=30).splitlines()[-2:] == [
        "documents names FR, SE;",
        "recorded with FR",
    ]
