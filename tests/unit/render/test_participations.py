"""The parties of a text with more than two of them, on every page that shows the text."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from rich.console import Console

from coopledger import Ledger, View, events, render
from coopledger.render.terminal import Screen
from coopledger.report import report
from coopledger.stores.sqlite import SqliteStore
from tests.builders import Clock, office
from tests.unit.cli.programs import run
from tests.unit.rules.several import (
    act,
    entry,
    more_parties,
    notice,
    ratification,
    signing,
    text,
)

HISTORY = (
    text(title="Convention on Rivers"),
    signing("2010-01-01"),
    act(
        events.ReservationMade,
        "2010-01-01",
        party="cu",
        kind="reservation",
        article="12",
        text="no court",
    ),
    ratification("2010-02-01", "vn"),
    ratification("2010-03-01", "fr", how="approval"),
    entry("2010-06-01"),
    act(events.InstrumentAcceded, "2011-01-01", party="unesco"),
    notice("2012-01-01", "fr", "2013-01-01"),
    text("vn", "fr", name="pair", title="Talks"),
)
PAGE = """\
Parties of Convention on Rivers on 2012-06-01

PARTY     SIGNED      CONSENTED   HOW           IN FORCE    NOTICE      LEAVING     RESERVATIONS
Viet Nam  2010-01-01  2010-02-01  ratification  2010-06-01
France    2010-01-01  2010-03-01  approval      2010-06-01  2012-01-01  2013-01-01
Cuba      2010-01-01                                                                reservation on
                                                                                    12: no court
UNESCO                2011-01-01  accession     2011-01-01
"""


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    return office(*HISTORY, clock=Clock("2020-01-01")).view("2012-06-01")


def rows(view: View, language: str = "en") -> list[list[str]]:
    page = BeautifulSoup(report(view, us="vn", period="2012", language=language), "html.parser")
    (table,) = page.select("table.each")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")]
        for row in table.select("tbody tr")
    ]


def test_the_plain_page_has_a_row_for_each_party(view: View) -> None:
    assert [line.rstrip() for line in render.participations(view, "t").splitlines()] == (
        PAGE.splitlines()
    )


def test_the_report_shows_those_of_texts_with_more_than_two(view: View) -> None:
    assert rows(view) == [
        ["Viet Nam", "1 Jan 2010", "1 Feb 2010 ratification", "1 Jun 2010", ""],
        [
            "France",
            "1 Jan 2010",
            "1 Mar 2010 approval",
            "1 Jun 2010",
            "notice of 1 Jan 2012 leaves on 1 Jan 2013",
        ],
        ["Cuba reservation on 12: no court", "1 Jan 2010", "", "", ""],
        ["UNESCO", "", "1 Jan 2011 accession", "1 Jan 2011", ""],
    ]


@pytest.mark.parametrize(
    ("language", "reservation"), [("fr", "réserve sur 12"), ("vi", "bảo lưu về 12")]
)
def test_the_report_tells_them_in_other_languages(
    view: View, language: str, reservation: str
) -> None:
    assert reservation in rows(view, language)[2][0]


def test_a_board_shows_that_a_party_leaves(view: View) -> None:
    page = BeautifulSoup(report(view, us="vn", period="2012"), "html.parser")
    screen = Console(width=150)
    with screen.capture() as shown:
        screen.print(Screen(view).board())

    assert "party leaving" in render.board(view)
    assert "a party leaves" in page.select("#board")[0].get_text()
    assert "a party leaves" in shown.get()


def test_who_left_and_who_is_bound_instead_is_told() -> None:
    ledger = office(
        *HISTORY,
        text("vn", "unesco", name="new", title="New Convention", supersedes="t"),
        signing("2013-01-01", name="new"),
        entry("2014-01-01", name="new"),
    )
    told = [row[-1] for row in rows(ledger.view("2014-01-01"))]

    assert told == [
        "bound instead by New Convention",
        "notice of 1 Jan 2012 left on 1 Jan 2013",
        "",
        "bound instead by New Convention",
    ]


def test_very_many_parties_are_folded_away_until_asked_for() -> None:
    names = [f"p{number}" for number in range(13)]
    ledger = office(*more_parties(*names), text(*names), signing("2010-01-01"), entry("2010-06-01"))
    page = report(ledger.view("2011-01-01"), us="vn", period="2010", language="en")

    assert BeautifulSoup(page, "html.parser").select("details table.each")


@pytest.mark.parametrize("ask", ["explanation", "history"])
def test_a_terminal_shows_them_below(view: View, ask: str) -> None:
    console = Console(width=120, record=True, color_system=None)
    console.print(getattr(Screen(view), ask)("t" if ask == "explanation" else "vnfr"))
    page = console.export_text()

    assert "Parties of Convention on Rivers" in page
    assert "Parties of Talks" not in page
    assert "leaves on 1 Jan 2013" in page
    assert "Ratified: Convention on Rivers; by France; approval" in page or ask == "explanation"


def test_the_command_line_shows_the_parties_of_a_text(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "office.db") as store:
        office(*HISTORY, clock=Clock("2020-01-01"), store=store)
    asked = ("show", tmp_path / "office.db", "t", "--on", "2012-06-01")
    plain, told = run(*asked).stdout, json.loads(run(*asked, "--json").stdout)

    assert "in force for Viet Nam, France, UNESCO" in plain
    assert "2012-01-01  2013-01-01" in plain
    assert [each["party"] for each in told["participations"]] == ["vn", "fr", "cu", "unesco"]
    assert told["in_force_for"] == ["vn", "fr", "unesco"]


# --- why, and the chain of texts


def test_an_explanation_tells_for_whom_a_text_is_in_force(view: View) -> None:
    assert "in force for Viet Nam, France, UNESCO" in view.explain("t").details
    assert view.explain("t").sentence.endswith("one of more than two parties has given notice.")


def test_of_very_many_parties_it_tells_how_many() -> None:
    names = [f"p{number}" for number in range(13)]
    ledger = office(
        *more_parties(*names),
        text(*names),
        signing("2010-01-01"),
        entry("2010-06-01", *names[:9]),
    )

    assert "in force for 9 of 13 parties" in ledger.view("2011-01-01").explain("t").details


def chained() -> Ledger:
    return office(
        text("vn", "fr", title="Treaty"),
        signing("2010-01-01"),
        text("vn", "fr", name="p", title="Protocol", kind="protocol", extends="t", implements="t"),
        act(events.InstrumentAmended, "2012-01-01", by_instrument="p", summary="new limits"),
        act(events.InstrumentAmended, "2013-01-01", summary="a slip mended"),
    )


def test_a_text_tells_what_it_extends_and_carries_out_and_what_changed_it() -> None:
    ledger = chained()
    before, after = (ledger.view(day).instrument("t") for day in ("2011-12-31", "2012-01-01"))
    protocol = ledger.view("2012-01-01").instrument("p")

    assert (before.amended_by, after.amended_by) == ((), ("p",))
    assert "amended by p" in str(after)
    assert (protocol.extends, protocol.implements) == (("t",), ("t",))
    assert "extends t; implements t" in str(protocol)


def test_pages_tell_the_chain_too() -> None:
    view = chained().view("2012-01-01")
    page = report(view, us="vn", period="2012", language="en")

    assert "extends Treaty · implements Treaty" in page
    assert "amended by Protocol" in page
    assert "amended by Protocol (p)" in view.explain("t").details
