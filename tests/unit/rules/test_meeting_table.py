"""Every act on a meeting in every status: the rules, written down once more."""

from collections.abc import Callable

import pytest

from coopledger import events
from coopledger.errors import RefusedError
from coopledger.events import Event
from tests.builders import office

DAY_BEFORE, DAY = "2020-05-31", "2020-06-01"

# A cancelled meeting may be announced again, or may have been held; a held one stays held.
TABLE = """
| from \\ act | schedule  | postpone  | cancel    | hold |
| none       | scheduled | E102      | E102      | held |
| scheduled  | scheduled | postponed | cancelled | held |
| postponed  | scheduled | postponed | cancelled | held |
| cancelled  | scheduled | postponed | cancelled | held |
| unrecorded | scheduled | postponed | cancelled | held |
| held       | =         | E302      | E302      | E303 |
"""
_head, *_rows = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.strip().splitlines()
]
CELLS = {
    (state, act): cell
    for state, *cells in _rows
    for act, cell in zip(_head[1:], cells, strict=True)
}


def schedule(when: str, *, planned: str | None = "2021") -> Event:
    return events.MeetingScheduled(
        meeting="m", kind="talks", partnership="vnfr", planned=planned, when=when
    )


def postpone(when: str, *, planned: str | None = "2022") -> Event:
    return events.MeetingPostponed(meeting="m", planned=planned, when=when)


def cancel(when: str) -> Event:
    return events.MeetingCancelled(meeting="m", when=when)


def hold(when: str) -> Event:
    return events.MeetingHeld(meeting="m", kind="talks", partnership="vnfr", when=when)


ACTS = {"schedule": schedule, "postpone": postpone, "cancel": cancel, "hold": hold}
ROADS: dict[str, list[Event]] = {
    "none": [],
    "scheduled": [schedule("2020-01-01")],
    "postponed": [schedule("2020-01-01"), postpone("2020-02-01")],
    "cancelled": [schedule("2020-01-01"), cancel("2020-02-01")],
    "unrecorded": [schedule("2020-01-01", planned="2020-03")],
    "held": [schedule("2020-01-01"), hold("2020-02-01")],
}


@pytest.mark.parametrize(("state", "name"), CELLS)
def test_an_act_leads_a_meeting_where_the_table_says(state: str, name: str) -> None:
    ledger = office(*ROADS[state])
    cell = CELLS[state, name]

    if cell.startswith("E"):
        with pytest.raises(RefusedError) as refused:
            ledger.record(ACTS[name](DAY))
        assert [finding.code for finding in refused.value.findings] == [cell]
        return
    ledger.record(ACTS[name](DAY))

    assert ledger.view(DAY_BEFORE).meeting("m").status == state
    assert ledger.view(DAY).meeting("m").status == (state if cell == "=" else cell)


@pytest.mark.parametrize("first", [schedule, postpone])
def test_a_planned_period_that_is_over_leaves_a_meeting_unrecorded_from_the_day_after(
    first: object,
) -> None:
    planned = (
        [schedule("2019-09-16", planned="2020")]
        if first is schedule
        else [schedule("2019-01-01", planned="2019"), postpone("2019-09-16", planned="2020")]
    )
    ledger = office(*planned)

    assert ledger.view("2020-12-31").meeting("m").status in {"scheduled", "postponed"}
    assert ledger.view("2021-01-01").meeting("m").status == "unrecorded"
    assert str(ledger.view("2025-01-01").meeting("m").since) == "2021-01-01"
    assert [item.id for item in ledger.view("2021-01-01").meetings(status="unrecorded")] == ["m"]
    assert "unrecorded_meetings" in ledger.view("2021-01-01").partnership("vnfr").flags


@pytest.mark.parametrize("planned", [None, "2020/.."])
def test_a_meeting_without_a_planned_end_is_never_unrecorded(planned: str | None) -> None:
    ledger = office(schedule("2019-09-16", planned=planned))

    assert ledger.view("2029-01-01").meeting("m").status == "scheduled"


def test_a_meeting_put_off_without_a_date_has_none() -> None:
    ledger = office(schedule("2019-09-16", planned="2020"), postpone("2019-12-01", planned=None))

    assert ledger.view("2029-01-01").meeting("m").status == "postponed"
    assert ledger.view("2029-01-01").meeting("m").planned is None


@pytest.mark.parametrize(("act", "status"), [(postpone, "postponed"), (cancel, "cancelled")])
def test_what_was_done_before_the_announcement_counts_until_then(
    act: Callable[[str], Event], status: str
) -> None:
    ledger = office(schedule("2020-03-01"))

    ledger.record(act("2020-01-01"))

    assert ledger.view("2020-02-01").meeting("m").status == status
    assert ledger.view("2020-03-01").meeting("m").status == "scheduled"


def test_a_meeting_put_off_twice_has_the_last_date() -> None:
    ledger = office(
        schedule("2019-01-01", planned="2020"),
        postpone("2019-02-01", planned="2021"),
        postpone("2019-03-01", planned="2023"),
    )

    assert str(ledger.view("2022-01-01").meeting("m").planned) == "2023"
    assert ledger.view("2022-01-01").meeting("m").status == "postponed"


def test_a_postponement_recorded_late_looks_at_its_own_place() -> None:
    ledger = office(schedule("2019-01-01"), hold("2020-06-01"))

    ledger.record(postpone("2019-06-01"))

    assert ledger.view("2019-07-01").meeting("m").status == "postponed"
    assert ledger.view("2020-06-01").meeting("m").status == "held"


def session(number: int, when: str, *, host: str | None = None) -> Event:
    return events.MeetingHeld(
        meeting=f"s{number}",
        kind="joint committee",
        partnership="vnfr",
        series="jcm",
        number=number,
        host=host,
        when=when,
    )


def test_a_meeting_announced_again_takes_what_is_said_and_keeps_the_rest() -> None:
    def announced(when: str, **said: str | int) -> Event:
        fields = {"meeting": "m", "kind": "talks", "partnership": "vnfr", "when": when}
        return events.MeetingScheduled(**fields, **said)  # type: ignore[arg-type]

    ledger = office(
        announced("2020-01-01", planned="2020-05-01", place="Huế", host="vn", series="jcm"),
        announced("2020-02-01", place="Paris", host="fr", number=4),
        announced("2020-03-01", planned="2020-06-01"),
    )

    def found(day: str) -> tuple[str, str | None, str, str | None, int | None]:
        answer = ledger.view(day).meeting("m")
        place = answer.place.name if answer.place else ""
        return place, answer.host, str(answer.planned), answer.series, answer.number

    assert found("2020-01-31") == ("Huế", "vn", "2020-05-01", "jcm", None)
    assert found("2020-02-29") == ("Paris", "fr", "2020-05-01", "jcm", 4)
    assert found("2020-03-01") == ("Paris", "fr", "2020-06-01", "jcm", 4)


def test_a_postponement_names_another_place_and_leaves_no_plan_unless_it_says_one() -> None:
    moved = events.MeetingPostponed(meeting="m", place="Lyon", when="2020-02-01")
    answer = office(schedule("2020-01-01"), moved).view(DAY).meeting("m")

    assert answer.place is not None
    assert (answer.place.name, answer.planned) == ("Lyon", None)


def test_an_announcement_without_a_plan_does_not_bring_back_what_is_over() -> None:
    ledger = office(schedule("2020-01-01", planned="2020-03"), schedule("2020-05-01", planned=None))
    answer = ledger.view("2020-05-01").meeting("m")

    assert (answer.status, str(answer.since)) == ("unrecorded", "2020-04-01")


def test_a_meeting_moved_to_another_series_is_in_that_one() -> None:
    again = events.MeetingScheduled(
        meeting="s3", kind="talks", partnership="vnfr", series="other", when="2020-01-01"
    )
    first = events.MeetingScheduled(
        meeting="s3", kind="talks", partnership="vnfr", series="jcm", number=3, when="2019-01-01"
    )
    view = office(first, again).view(DAY)

    assert (view.series("jcm").next, view.series("other").next_meeting) == (None, "s3")


def test_a_series_knows_its_last_number_the_missing_ones_and_the_next() -> None:
    ledger = office(
        session(3, "2015"),
        session(7, "2019", host="fr"),
        session(5, "2017"),
        events.MeetingScheduled(
            meeting="s9",
            kind="joint committee",
            partnership="vnfr",
            series="jcm",
            number=9,
            when="2019",
        ),
    )
    series = ledger.view(DAY).series("jcm")

    assert (series.last, series.missing, series.next) == (7, (4, 6), 8)
    assert (series.next_meeting, series.next_host) == (None, "vn")


def test_the_host_announced_goes_before_the_turn() -> None:
    ledger = office(
        session(1, "2019", host="fr"),
        events.MeetingScheduled(
            meeting="s2",
            kind="joint committee",
            partnership="vnfr",
            series="jcm",
            number=2,
            host="fr",
            when="2019",
        ),
    )
    series = ledger.view(DAY).series("jcm")

    assert (series.next, series.next_meeting, series.next_host) == (2, "s2", "fr")


def test_a_meeting_announced_again_after_its_day_is_unrecorded_because_of_that() -> None:
    ledger = office(
        announced("a1", "2016-07-02", planned="2016-06-30"),
        announced("a2", "2015-01-01", planned="2016-06-30"),
    )
    deciding = [
        set(ledger.view(day).partnership("vnfr").decided_by) & {"a1", "a2"}
        for day in ("2016-07-01", "2016-07-02", "2017-01-01")
    ]

    assert deciding == [{"a2"}, {"a1", "a2"}, {"a1", "a2"}]


def announced(id: str, when: str, *, planned: str) -> Event:
    """Return the announcement of one meeting."""
    return events.MeetingScheduled(
        id=id, meeting="again", kind="talks", partnership="vnfr", when=when, planned=planned
    )


def test_of_two_meetings_that_are_one_the_first_record_stands() -> None:
    ledger = office(
        hold("2020-01-01"),
        events.MeetingHeld(meeting="again", kind="talks", partnership="vnfr", when="2020-03-01"),
        events.SameAs(duplicate="again", same_as="m"),
    )

    assert ledger.view(DAY).meeting("m").status == "held"
    assert str(ledger.view(DAY).meeting("m").since) == "2020-01-01"
    assert str(ledger.view(DAY).meeting("m").held) == "2020-01-01"


def test_what_is_announced_after_a_meeting_was_held_plans_nothing() -> None:
    ledger = office(hold("2020-01-01"))

    ledger.record(schedule("2020-02-01"))

    assert ledger.view(DAY).meeting("m").planned is None
