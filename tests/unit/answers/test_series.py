"""Meetings that are put off, and series of them that come round."""

import pytest

from coopledger import EdtfDate, Ledger, events
from coopledger.errors import RefusedError
from coopledger.events import Event
from coopledger.values import Place
from tests.builders import build_event, office


def announced(name: str, when: str, **fields: object) -> Event:
    """Return the announcement of a session of the committee."""
    usual = {"id": f"{name}-{when}", "meeting": name, "kind": "session", "partnership": "vnfr"}
    return build_event(events.MeetingScheduled, usual | {"series": "jc", "when": when} | fields)


def held(name: str, when: str, **fields: object) -> Event:
    """Return the record of a session of the committee."""
    usual = {"id": f"held-{name}", "meeting": name, "kind": "session", "partnership": "vnfr"}
    return build_event(events.MeetingHeld, usual | {"series": "jc", "when": when} | fields)


@pytest.fixture(name="slipped", scope="module")
def _slipped() -> Ledger:
    """Return a session that was put off twice, then announced again."""
    return office(
        announced("m", "2020-01-01", planned="2020-06", host="vn", place="Hanoi"),
        events.MeetingPostponed(
            id="p1", meeting="m", planned="2020-10", host="fr", place="Paris", when="2020-05-01"
        ),
        events.MeetingPostponed(id="p2", meeting="m", when="2020-09-01"),
        announced("m", "2021-01-01", planned="2021-04", place="Lyon"),
    )


def test_a_meeting_tells_its_first_plan_and_how_often_it_was_put_off(slipped: Ledger) -> None:
    found = [slipped.view(day).meeting("m") for day in ("2020-02-01", "2020-06-01", "2022-01-01")]

    assert [each.first_planned for each in found] == [EdtfDate("2020-06")] * 3
    assert [each.times_postponed for each in found] == [0, 1, 2]
    assert slipped.view("2019-01-01").meeting("m").first_planned is None


def test_a_postponement_may_name_another_host_and_place(slipped: Ledger) -> None:
    first, moved, undated, again = (
        slipped.view(day).meeting("m")
        for day in ("2020-02-01", "2020-06-01", "2020-12-01", "2021-02-01")
    )

    assert (first.host, first.place) == ("vn", Place(name="Hanoi"))
    assert (moved.host, moved.place, moved.planned) == (
        "fr",
        Place(name="Paris"),
        EdtfDate("2020-10"),
    )
    assert (undated.host, undated.place, undated.planned) == ("fr", Place(name="Paris"), None)
    assert (again.host, again.place, again.planned) == (
        "fr",
        Place(name="Lyon"),
        EdtfDate("2021-04"),
    )


def test_slips_are_told_in_words(slipped: Ledger) -> None:
    view = slipped.view("2021-02-01")

    assert "postponed 2 times, first planned for 2020-06" in str(view.meeting("m"))
    assert "postponed 2 times, first planned for 2020-06" in view.explain("m").sentence
    assert "postponed once" in str(slipped.view("2020-06-01").meeting("m"))


def test_a_session_is_due_so_many_months_after_the_last_that_was_held() -> None:
    ledger = office(
        held("one", "2020-06-09/2020-06-10", number=1, every_months=24),
        held("two", "2022-03", number=2),
    )

    before, after = ledger.view("2021-01-01").series("jc"), ledger.view("2024-03-31").series("jc")
    assert (before.every_months, before.next_due, before.flags) == (24, EdtfDate("2022-06-10"), ())
    assert (after.next_due, after.flags) == (EdtfDate("2024-03"), ())
    assert ledger.view("2022-02-28").series("jc").next_due == EdtfDate("2022-06-10")

    late = ledger.view("2024-04-01").series("jc")
    assert late.flags == ("session_overdue",)
    assert str(late) == "jc: last held 2; next 3; due 2024-03, every 24 months; session overdue"


@pytest.mark.parametrize(
    ("when", "months", "due"),
    [
        ("2020-08-31", 6, "2021-02-28"),
        ("2020", 24, "2022"),
        ("2020", 6, "2021-06-30~"),
        ("2020-22", 12, "2021-22"),
        ("2020-05-01~", 12, "2021-05-01~"),
        ("../2020-05-01", 12, "2021-05-01~"),
    ],
)
def test_what_comes_round_keeps_the_precision_of_the_date(when: str, months: int, due: str) -> None:
    ledger = office(held("one", when, every_months=months))

    assert ledger.view("2020-12-31").series("jc").next_due == EdtfDate(due)


def test_the_interval_that_was_said_last_counts() -> None:
    ledger = office(
        held("one", "2020-06-10", number=1, every_months=24),
        announced("two", "2021-01-01", number=2, every_months=12),
        announced("three", "2021-02-01", number=3),
    )
    found = ledger.view("2021-03-01").series("jc")

    assert (found.every_months, found.next_due) == (12, EdtfDate("2021-06-10"))
    assert "two-2021-01-01" in found.decided_by
    assert ledger.view("2020-12-31").series("jc").every_months == 24


def test_nothing_is_due_before_a_session_was_held_or_without_an_interval() -> None:
    ledger = office(
        announced("one", "2020-01-01", planned="2020-06", every_months=12),
        held("other", "2020-02-01", series="talks"),
    )

    for name in ("jc", "talks"):
        found = ledger.view("2030-01-01").series(name)
        assert (found.next_due, found.flags) == (None, ())


def test_a_session_on_an_unknown_day_is_never_the_last_while_another_has_a_known_one() -> None:
    ledger = office(held("one", "2018-05-01", every_months=12), held("old", "../2019-12-31"))

    assert ledger.view("2019-12-31").series("jc").next_due == EdtfDate("2019-05-01")


def test_a_number_that_one_of_two_has_held_is_held() -> None:
    """Two ids may have one number where a correction gave it to the second."""
    ledger = office(
        held("one", "2020-06-10", number=1),
        announced("twin", "2020-07-01", number=2),
    )
    ledger.record(events.SameAs(duplicate="twin", same_as="one"))

    assert ledger.view("2021-01-01").series("jc").last == 1


@pytest.mark.parametrize("months", [0, 1201, True])
def test_an_interval_is_one_of_whole_months(months: object) -> None:
    with pytest.raises(RefusedError, match="E106 MeetingHeld 'held-one': every_months"):
        held("one", "2020-06-10", every_months=months)
