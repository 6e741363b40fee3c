"""Evidence of each fact: its sources, those added later, and what the recorder inferred."""

import pytest

from coopledger import Ledger, View, events
from coopledger.answers import Sourcing
from coopledger.errors import ArgumentError
from coopledger.events import Event
from tests.builders import Clock, office

PRESS = {"publisher": "A paper", "basis": "press"}
ANOTHER = {"publisher": "Another paper", "basis": "press"}
OFFICIAL = {"publisher": "The ministry", "basis": "official"}


def talks(name: str, *sources: object, **fields: object) -> events.MeetingHeld:
    return events.MeetingHeld(
        id=name,
        meeting=f"meeting-{name}",
        partnership="vnfr",
        kind="talks",
        when="2020-01-15",
        source=sources,
        **fields,  # type: ignore[arg-type]
    )


def sourcing_of(view: View, event: str) -> Sourcing:
    return next(sourcing for sourcing in view.sourcing() if sourcing.event == event)


def rest(view: View, **filters: object) -> list[str]:
    """Return the ids of the events that a filter keeps."""
    return [one.event for one in view.sourcing(**filters)]  # type: ignore[arg-type]


FACTS: tuple[Event, ...] = (
    talks("one-paper", PRESS),
    talks("two-papers", PRESS, ANOTHER),
    talks("both", PRESS, OFFICIAL),
    talks("remembered", {"title": "what Lan recalls", "basis": "memory"}),
    talks("guessed", {"title": "the gap", "basis": "inferred"}),
    talks("half-guessed", PRESS, inferred="kind"),
    talks("untold", "minutes of the day"),
    talks("bare"),
)


@pytest.fixture(name="view", scope="module")
def _view() -> View:
    return office(*FACTS).view("2020-06-15")


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({}, [event.id for event in FACTS]),
        ({"basis": "press"}, ["one-paper", "two-papers", "half-guessed"]),
        ({"basis": "press", "sources": 1}, ["one-paper", "half-guessed"]),
        ({"basis": "official"}, []),
        ({"basis": "memory"}, ["remembered"]),
        ({"basis": "inferred"}, ["guessed", "half-guessed"]),
        ({"basis": "unstated"}, ["untold"]),
        ({"basis": "none"}, ["bare"]),
        ({"sources": 2}, ["two-papers", "both"]),
        ({"sources": 0}, ["bare"]),
    ],
)
def test_facts_are_told_by_what_they_rest_on_alone(
    view: View, filters: dict[str, object], kept: list[str]
) -> None:
    assert rest(view, **filters) == kept


def test_a_fact_tells_every_basis_once_in_the_order_of_the_list(view: View) -> None:
    assert sourcing_of(view, "both").bases == ("official", "press")
    assert sourcing_of(view, "two-papers").bases == ("press",)
    assert sourcing_of(view, "untold").bases == ("unstated",)
    assert sourcing_of(view, "bare").bases == ("none",)


def test_sources_added_later_count_and_the_same_one_only_once() -> None:
    sourcing = sourcing_of(
        office(
            talks("fact", PRESS),
            events.SourceAdded(id="again", target="fact", source=PRESS),
            events.SourceAdded(id="added", target="fact", source=[OFFICIAL, ANOTHER]),
        ).view("2020-06-15"),
        "fact",
    )

    assert (sourcing.sources, sourcing.bases) == (3, ("official", "press"))
    assert sourcing.decided_by == ("fact", "again", "added")


def test_another_source_that_says_otherwise_is_no_source_of_the_fact() -> None:
    dispute = events.FactDisputed(target="fact", field="kind", alternative="visit", source=OFFICIAL)
    view = office(talks("fact", PRESS), dispute).view("2020-06-15")

    assert sourcing_of(view, "fact").sources == 1


def test_events_about_events_are_no_facts_of_their_own() -> None:
    ledger = office(
        talks("kept", PRESS),
        talks("gone", PRESS),
        events.SourceAdded(target="kept", source=OFFICIAL),
        events.FactDisputed(target="kept", field="kind", alternative="visit"),
        events.EventCorrected(target="kept", changes={"kind": "visit"}, reason="misread"),
        events.EventRetracted(target="gone", reason="another year"),
    )

    assert rest(ledger.view("2020-06-15")) == ["kept"]


def test_registrations_and_notes_are_told_only_where_they_have_a_source() -> None:
    view = office(
        events.PartyRegistered(id="lab", party="lab", name="Laboratory", kind="unit"),
        events.PartyRegistered(id="club", party="club", name="A club", kind="other", source=PRESS),
        events.NoteAdded(id="note", subject="lab", text="ask them"),
        talks("bare"),
    ).view("2020-06-15")

    assert [one.event for one in view.sourcing()] == ["club", "bare"]
    assert [one.event for one in view.sourcing(basis="none")] == ["bare"]


@pytest.fixture(name="learning", scope="module")
def _learning() -> Ledger:
    """Return a ledger with talks told by a paper in 2020 and by the ministry in 2021."""
    clock = Clock("2020-02-01T12:00:00+00:00")
    ledger = office(talks("fact", PRESS), clock=clock)
    clock.set("2021-02-01")
    ledger.record(events.SourceAdded(target="fact", source=OFFICIAL, when="2021-01-20"))
    return ledger


def test_a_source_counts_from_when_it_was_known(learning: Ledger) -> None:
    then = learning.view("2021-06-15", known_at="2020-12-31")

    assert sourcing_of(then, "fact").sources == 1
    assert sourcing_of(learning.view("2021-06-15"), "fact").sources == 2


def test_a_source_with_a_date_counts_from_that_day(learning: Ledger) -> None:
    assert sourcing_of(learning.view("2020-06-15"), "fact").sources == 1


def test_a_fact_is_told_once_it_counts(learning: Ledger) -> None:
    assert rest(learning.view("2020-01-14")) == []


def test_without_hindsight_what_reaches_back_is_not_told() -> None:
    ledger = office(talks("fact", PRESS, effective="2019-01-01"))

    assert rest(ledger.view("2019-06-15")) == ["fact"]
    assert rest(ledger.view("2019-06-15", hindsight=False)) == []


@pytest.mark.parametrize(
    ("event", "line"),
    [
        ("one-paper", "MeetingHeld meeting-one-paper (one-paper): 1 source, press; talks"),
        ("both", "MeetingHeld meeting-both (both): 2 sources, official, press; talks"),
        (
            "half-guessed",
            (
                "MeetingHeld meeting-half-guessed (half-guessed): 1 source, press; "
                "inferred: kind; talks"
            ),
        ),
        ("bare", "MeetingHeld meeting-bare (bare): no source; talks"),
    ],
)
def test_a_fact_prints_on_one_line(view: View, event: str, line: str) -> None:
    assert str(sourcing_of(view, event)) == line


def test_a_timeline_tells_its_sources() -> None:
    view = office(talks("fact", PRESS), events.SourceAdded(target="fact", source=OFFICIAL)).view(
        "2020-06-15"
    )
    moment = view.timeline("vnfr")[-1]

    assert [source.publisher for source in moment.sources] == ["A paper", "The ministry"]


def test_an_argument_that_cannot_be_used_is_refused(view: View) -> None:
    with pytest.raises(ArgumentError, match=r"^basis='pres' .*did you mean 'press'"):
        view.sourcing(basis="pres")
    with pytest.raises(ArgumentError, match=r"^sources=-1 "):
        view.sourcing(sources=-1)
