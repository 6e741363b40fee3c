"""What recurs is one promise on every page, with how often it comes and its next date."""

import re
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from rich.console import Console

from coopledger import View, events, render
from coopledger.render.terminal import Screen
from coopledger.report import report
from tests.builders import office


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    talks = events.meeting(
        meeting="m",
        kind="talks",
        partnership="vnfr",
        when="2024-01-10",
        commitments=[
            {
                "commitment": "c",
                "debtors": "vn",
                "creditors": "fr",
                "what": "a report",
                "due": "2024-06-30",
                "recurs": {"months": 6},
            }
        ],
    )
    done = events.CommitmentFulfilled(commitment="c", when="2024-06-30")
    return office(*talks, done).view("2025-01-10")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "every 6 months · next on 30 Jun 2025"),
        ("fr", "tous les 6 mois · prochaine échéance 30 juin 2025"),
        ("vi", "mỗi 6 tháng · kỳ tới 30 thg 6, 2025"),
    ],
)
def test_the_report_tells_it_once(view: View, language: str, words: str) -> None:
    page = BeautifulSoup(report(view, us="vn", language=language), "html.parser")
    (cell,) = page.select("#pending td.a")

    assert words in re.sub(r"\s+", " ", cell.get_text())


def test_plain_pages_tell_it(view: View) -> None:
    screen = StringIO()
    Console(file=screen, width=200).print(Screen(view).pending())

    assert "  30 Dec 2024  " in screen.getvalue()
    assert "  every 6 months · next on 30 Jun 2025\n" in screen.getvalue()
    for page in (render.pending(view), render.dossier(view, party="fr")):
        assert "every 6 months, next 2025-06-30" in " ".join(page.split())


def test_the_reason_tells_how_often_and_what_is_next(view: View) -> None:
    assert str(view.explain("c")).splitlines()[0] == (
        "a report (c) is overdue since 2024-12-31: its due date 2024-12-30 ended 11 days ago; "
        "due every 6 months; the next date is 2025-06-30; owed by Viet Nam to France, "
        "as commitment."
    )


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("2024-06-30", "all its dates were kept"),
        ("2024-07-02", "the latest of its dates was kept 2 days late"),
    ],
)
def test_the_reason_of_a_whole_that_is_done_speaks_of_its_dates(when: str, reason: str) -> None:
    made = events.CommitmentMade(
        commitment="c",
        partnership="vnfr",
        debtors="vn",
        creditors="fr",
        what="a report",
        due="2024-06-30",
        recurs={"days": 30, "times": 2},
        when="2024-01-10",
    )
    first = events.CommitmentFulfilled(id="k1", commitment="c", when=when)
    last = events.CommitmentFulfilled(id="k2", commitment="c", when="2024-07-02")
    view = office(made, first, last).view("2025-01-10")

    assert reason in str(view.explain("c"))
