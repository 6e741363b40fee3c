"""Given, when, then: what holds passes, and what does not is told with all that was found."""

from collections.abc import Callable

import pytest

from coopledger import events
from coopledger.errors import ArgumentError
from coopledger.testing import WORLD, Scenario, given
from tests.unit.packs.lab import LAB, START, device_lent

TALKS = events.MeetingHeld(meeting="m1", partnership="vnfr", kind="talks", when="2022-08-16")
NOTE = events.NoteAdded(subject="vnrf", text="a")


def stage(scenario: Scenario) -> Scenario:
    return scenario.then(lambda view: view.partnership("vnfr").stage, "contact", on="2022-12-31")


def test_what_holds_passes_step_by_step() -> None:
    told = given(*WORLD, now="2022-01-01").at("2022-09-01").when(TALKS, by="Lan")

    assert stage(told.then_recorded().then_warned("W105").then_not_warned("W102")) is told
    assert told.receipt.events[0].event.recorded_by == "Lan"
    assert str(told.receipt.events[0].recorded_at) == "2022-09-01 12:00:00+00:00"


def test_a_refusal_is_told_by_its_code_and_words_and_stores_nothing() -> None:
    told = given(*WORLD).when(NOTE).then_refused("E102", saying="did you mean 'vnfr'")

    assert told.ledger.position == len(WORLD)
    assert told.refusal.findings[0].field == "subject"


def test_more_may_be_given_and_happen_later() -> None:
    told = given(*WORLD).when(NOTE).then_refused().given(TALKS).when(TALKS)

    assert stage(told.then_refused("E303")).ledger.position == len(WORLD) + 1


def test_views_may_be_asked_as_they_knew_it() -> None:
    told = given(*WORLD, now="2022-01-01").at("2022-09-01").given(TALKS)

    told.then(lambda view: view.meetings(), (), on="2022-12-31", known_at="2022-08-31")


def test_a_pack_is_tested_so() -> None:
    told = given(*START, packs=[LAB]).when(device_lent("old sonar"))

    told.then_warned("W-LAB-1", saying="scrapped").then(
        lambda view: view.query("devices"), ("old sonar",), on="2024-12-31"
    )
    told.when(device_lent("nothing")).then_refused("E-LAB-1")


def test_a_strict_ledger_refuses_what_it_would_warn_of() -> None:
    given(*WORLD, strict={"W105"}).when(TALKS).then_refused("W105")


FAILING: list[tuple[Callable[[], object], str]] = [
    (lambda: given(*WORLD).when(NOTE).then_recorded(), "expected it to be recorded"),
    (lambda: given(*WORLD).when(NOTE).receipt, "expected a receipt"),
    (lambda: given(*WORLD).when(TALKS).refusal, "expected a refusal"),
    (lambda: given(*WORLD).when(TALKS).then_refused(), "expected a refusal"),
    (lambda: given(*WORLD).when(TALKS).then_refused("E101"), "expected a refusal E101"),
    (lambda: given(*WORLD).when(NOTE).then_refused("E101", "E102"), "expected a refusal E101"),
    (
        lambda: given(*WORLD).when(NOTE).then_refused("E102", saying="moon"),
        "expected a refusal E102 saying 'moon'",
    ),
    (lambda: given(*WORLD).when(TALKS).then_warned("W102"), "expected a warning W102"),
    (lambda: given(*WORLD).when(TALKS).then_not_warned("W105"), "expected no warning W105"),
    (lambda: given(*WORLD).when(TALKS).then_not_warned(), "expected no warning"),
    (lambda: stage(given(*WORLD)), "expected 'contact'\n   found <Stage.NONE: 'none'>"),
    (lambda: given(NOTE), "cannot be given: undated NoteAdded vnrf, a\n   E102"),
]


@pytest.mark.parametrize(("tell", "message"), FAILING, ids=range(len(FAILING)))
def test_what_does_not_hold_is_told(tell: Callable[[], object], message: str) -> None:
    with pytest.raises(AssertionError) as failure:
        tell()

    assert str(failure.value).startswith(message)
    assert "\ntold\n" in str(failure.value)


@pytest.mark.parametrize("then", [Scenario.then_recorded, Scenario.then_refused])
def test_before_anything_happens_a_failure_says_so(then: Callable[[Scenario], Scenario]) -> None:
    with pytest.raises(AssertionError, match=r"nothing has happened: call when\(...\)"):
        then(given(*WORLD))


def test_a_failure_shows_what_was_found_and_all_that_was_told() -> None:
    told = given(*WORLD[:2]).at("2031-09-01").when(WORLD[2])

    with pytest.raises(AssertionError) as failure:
        told.then_refused("E201")
    assert str(failure.value).split("\n") == [
        "expected a refusal E201",
        "recorded, with warnings",
        "   none",
        "told",
        "   given w1: undated PartyRegistered vn, Viet Nam",
        "   given w2: undated PartyRegistered fr, France",
        "   at 2031-09-01 12:00:00+00:00",
        "   when w3: undated PartyRegistered cu, Cuba",
    ]


def test_a_failure_shows_why_it_was_refused() -> None:
    with pytest.raises(AssertionError) as failure:
        given(*WORLD[:1]).when(NOTE).then_recorded()

    assert str(failure.value).split("\n") == [
        "expected it to be recorded",
        "refusals",
        "   E102 NoteAdded: subject: unknown id 'vnrf'; did you mean 'vn'?",
        "told",
        "   given w1: undated PartyRegistered vn, Viet Nam",
        "   when refused (no id): undated NoteAdded vnrf, a",
    ]


def test_nothing_happening_is_no_scenario() -> None:
    with pytest.raises(ArgumentError, match="is nothing that happens"):
        given(*WORLD).when()
