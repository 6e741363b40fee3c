"""What an act says beside its words is shown: notes, tags, amounts, percent, ties between texts."""

import re

import pytest
from bs4 import BeautifulSoup

from coopledger import View, events, render
from coopledger.report import report
from tests.builders import office

SHOWN = [
    "supersede, or not",
    "ocean, data",
    "the annex is new",
    "250000 EUR",
    "40 %",
    "two of five are paid",
    "they prefer letters",
    "extends Framework",
    "implements Framework",
    "replaces Letter",
]


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    text = events.InstrumentRegistered
    return office(
        text(instrument="old", partnership="vnfr", kind="loi", title="Letter"),
        text(
            instrument="frame",
            partnership="vnfr",
            kind="agreement",
            title="Framework",
            supersedes="old",
            note="supersede, or not",
        ),
        text(
            instrument="prog",
            partnership="vnfr",
            kind="programme",
            title="Programme",
            extends="frame",
            implements="frame",
            tags=["ocean", "data"],
        ),
        events.InstrumentAmended(
            instrument="frame", when="2021-05-01", by_instrument="prog", summary="the annex is new"
        ),
        events.CommitmentMade(
            commitment="c",
            partnership="vnfr",
            when="2022-01-01",
            debtors="vn",
            creditors="fr",
            what="pay for the buoys",
            amount="250000 EUR",
        ),
        events.CommitmentProgressed(
            commitment="c", when="2023-01-01", percent=40, text="two of five are paid"
        ),
        events.NoteAdded(subject=["vnfr", "fr"], text="they prefer letters"),
    ).view("2024-06-01")


def test_the_entries_of_a_timeline_hold_it_as_clauses(view: View) -> None:
    entries = {entry.about: entry for entry in view.timeline("vnfr")}

    assert [each.text for each in entries["prog"].more] == ["extends", "implements", "tagged"]
    assert entries["frame"].said == "the annex is new"
    assert entries["c"].said == "two of five are paid"


@pytest.mark.parametrize("words", SHOWN)
def test_the_dossier_and_the_page_of_a_partnership_show_it(view: View, words: str) -> None:
    page = BeautifulSoup(report(view, us="vn"), "html.parser").select_one("article")
    assert page is not None

    plain = " ".join(render.dossier(view, party="fr").split())
    assert words in plain
    assert words in re.sub(r"\s+", " ", page.get_text())


def test_a_promise_shows_what_it_is_worth_and_how_much_is_done(view: View) -> None:
    page = BeautifulSoup(report(view, us="vn"), "html.parser")

    assert "worth 250000 EUR · 40 % done" in page.select("#pending td.a")[0].get_text()


def test_a_note_about_several_things_is_shown_by_their_ids(view: View) -> None:
    (note,) = [line for line in str(view.timeline("vnfr")).splitlines() if "letters" in line]

    assert "vnfr, fr" in note
