"""The sentence of a reason is made of clauses, in the manner of each page."""

import re

import pytest

from coopledger import View, events
from coopledger._display.day_words import day_words
from coopledger.answers import Explanation
from coopledger.answers._clauses import Clause, Thing, clause, for_people, listing, plain
from coopledger.dates import edtf
from coopledger.terms import Stage
from tests.builders import office

TEXT = events.InstrumentRegistered(
    instrument="mou",
    partnership="vnfr",
    kind="mou",
    renewal={"tacit": True, "years": 3, "notice_months": 3},
)
PROMISE = events.CommitmentMade(
    commitment="c",
    partnership="vnfr",
    debtors="vn",
    creditors="fr",
    what="send the list",
    due="2022-06",
    when="2022-03-01",
)
ISO = re.compile(r"\b\d{4}-\d{2}")


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    return office(
        TEXT,
        PROMISE,
        events.InstrumentSigned(instrument="mou", when="2022-01~", until="2024-12-31"),
        events.ProposalMade(
            proposal="p", partnership="vnfr", by="vn", text="maps", when="2022-03-01"
        ),
        events.MeetingScheduled(
            meeting="m", partnership="vnfr", kind="talks", when="2022-03-01", planned="2023-02"
        ),
    ).view("2022-08-01")


def people(why: Explanation, language: str = "en") -> str:
    return for_people(day_words(language)).sentence(why.clauses, subject=why.title)


def test_plain_text_has_iso_dates_and_pages_have_dates_as_people_read_them(view: View) -> None:
    why = view.explain("mou")

    assert plain().sentence(why.clauses, subject="MoU (mou)") == (
        "MoU (mou) is in force since 2022-01-31~: it took effect and has not ended; its term ends "
        "on 2024-12-31; notice must be given by 2024-09-30."
    )
    assert for_people().sentence(why.clauses, subject="MoU") == (
        "MoU is in force since about 31 Jan 2022: it took effect and has not ended; its term ends "
        "on 31 Dec 2024; notice must be given by 30 Sep 2024."
    )


@pytest.mark.parametrize("name", ["vnfr", "mou", "c", "p", "m"])
def test_the_sentence_is_the_clauses_and_no_page_for_people_shows_an_iso_date(
    view: View, name: str
) -> None:
    why = view.explain(name)
    subject = why.sentence.partition(f" ({name}) ")[0]

    assert plain().sentence(why.clauses, subject=f"{subject} ({name})") == why.sentence
    assert ISO.search(people(why)) is None
    assert [act.event for act in why.acts] == list(why.decided_by)


def test_a_page_learns_which_things_a_sentence_names(view: View) -> None:
    pieces = [*for_people().sentence_pieces(view.explain("vnfr").clauses, subject="X")]

    assert [piece.id for piece in pieces if isinstance(piece, Thing)] == ["mou"]


@pytest.mark.parametrize("empty", [None, "", ()])
def test_a_clause_without_a_value_says_nothing(empty: str | tuple[str, ...] | None) -> None:
    silent = clause("put_by", firmness="offer", names=empty)

    assert not silent


def test_braces_of_a_title_are_no_names_of_values() -> None:
    said = clause("stands", what=Thing("x", "a {date} {"), state=Stage.ACTIVE)

    assert for_people(thing=lambda thing: thing.title).text(said) == "a {date} { is active"


def test_several_values_stand_side_by_side() -> None:
    assert for_people().text(listing("a", edtf("2022-10"), 3)) == "a, Oct 2022, 3"


def test_a_clause_prints_as_plain_text(view: View) -> None:
    verdict, *reasons = view.explain("mou").clauses

    assert str(verdict) == "is in force since 2022-01-31~"
    assert str(reasons[-1]) == "notice must be given by 2024-09-30"
    assert str(Clause("")) == ""


def test_a_sentence_without_a_reason_ends_after_its_verdict() -> None:
    assert plain().sentence([clause("is_state", state=Stage.NONE)], subject="X") == "X is none."
