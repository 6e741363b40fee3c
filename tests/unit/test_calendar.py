"""Calendar as a file, read back by the package that calendars of Python use."""

import sys
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, cast

import icalendar
import pytest

from coopledger import Ledger, View, events
from coopledger.answers import CalendarEntry
from coopledger.calendar import calendar
from coopledger.errors import ArgumentError, MissingExtraError, UnknownIdError
from coopledger.testing import Clock
from tests.builders import office, older_office

NOON = datetime(2022, 6, 15, 12, tzinfo=UTC)


def _promise(*, what: str = "send the draft", due: str = "2022-07") -> events.CommitmentMade:
    return events.CommitmentMade(
        commitment="draft",
        partnership="vnfr",
        debtors="fr",
        creditors="vn",
        what=what,
        when="2022-01-10",
        due=due,
        responsible="Lan",
    )


def _ledger(*more: events.Event, due: str = "2022-07") -> Ledger:
    return office(_promise(due=due), *more, clock=Clock("2022-06-15"))


def _read(
    view: View,
    *,
    us: str | None = None,
    language: str = "en",
    entries: Iterable[CalendarEntry] | None = None,
) -> dict[str, list[dict[str, Any]]]:
    """Return the events and the tasks of the file as they are read back."""
    written = calendar(view, us=us, language=language, entries=entries)
    file = icalendar.Calendar.from_ical(written)
    return {
        name: [
            {key.lower(): getattr(value, "dt", value) for key, value in part.items()}
            for part in cast(Any, file).walk(name)
        ]
        for name in ("VEVENT", "VTODO")
    }


def test_a_promise_is_an_event_of_one_day_and_a_task() -> None:
    parts = _read(_ledger().view("2022-06-15"))
    (event,), (task,) = parts["VEVENT"], parts["VTODO"]

    assert (event["dtstart"], event["dtend"]) == (date(2022, 7, 31), date(2022, 8, 1))
    assert task["due"] == date(2022, 7, 31)
    assert (event["status"], task["status"]) == ("CONFIRMED", "NEEDS-ACTION")
    assert event["summary"] == task["summary"] == "France owes: send the draft · Jul 2022"
    assert task["uid"] == f"task.{event['uid']}"
    assert event["description"].split("\n") == [
        *("Viet Nam – France", "Jul 2022", "pending", "responsible: Lan", "draft")
    ]


def test_what_is_put_off_updates_its_entry() -> None:
    ledger = _ledger()
    before = _read(ledger.view("2022-06-15"))
    ledger.record(
        events.CommitmentRescheduled(commitment="draft", due="2022-10-05", when="2022-06-15")
    )
    after = _read(ledger.view("2022-06-15"))

    for name, day in (("VEVENT", "dtstart"), ("VTODO", "due")):
        (old,), (new,) = before[name], after[name]
        assert old["uid"] == new["uid"]
        assert int(old["sequence"]) < int(new["sequence"]) == ledger.position
        assert old["last-modified"] <= new["last-modified"]
        assert new[day] == date(2022, 10, 5)


@pytest.mark.parametrize(
    ("act", "event_status", "task_status", "sign"),
    [
        (
            events.CommitmentFulfilled(commitment="draft", when="2022-06-10"),
            *("CONFIRMED", "COMPLETED", "✓ "),
        ),
        (
            events.CommitmentCancelled(commitment="draft", when="2022-06-10", by="fr"),
            *("CANCELLED", "CANCELLED", ""),
        ),
    ],
)
def test_what_is_over_says_how(
    act: events.Event, event_status: str, task_status: str, sign: str
) -> None:
    parts = _read(_ledger(act).view("2022-06-15"))
    (event,), (task,) = parts["VEVENT"], parts["VTODO"]

    assert (event["status"], task["status"]) == (event_status, task_status)
    assert event["summary"] == f"{sign}France owes: send the draft · Jul 2022"
    done = task_status == "COMPLETED"
    assert task.get("completed") == (task["last-modified"] if done else None)
    assert task.get("percent-complete") == (100 if done else None)


def test_the_file_is_the_same_for_the_same_view_and_stamped_by_the_log() -> None:
    ledger = _ledger()
    parts = _read(ledger.view("2022-06-15"))
    later = _read(ledger.view("2022-06-20"))

    assert calendar(ledger.view("2022-06-15")) == calendar(ledger.view("2022-06-15"))
    assert parts["VEVENT"][0]["last-modified"] == later["VEVENT"][0]["last-modified"] == NOON
    assert parts["VEVENT"][0]["dtstamp"] == NOON
    assert later["VEVENT"][0]["dtstamp"] == datetime(2022, 6, 20, tzinfo=UTC)


def test_a_meeting_takes_up_its_days_and_is_no_task() -> None:
    planned = events.MeetingScheduled(
        when="2022-01-05",
        meeting="m1",
        partnership="vnfr",
        kind="visit",
        planned="2022-07-07/2022-07-14",
    )
    month = events.MeetingScheduled(
        when="2022-01-05", meeting="m2", partnership="vnfr", planned="2022-09", kind="visit"
    )
    parts = _read(_ledger(planned, month).view("2022-06-15"), us="vn")
    visit, _, other = parts["VEVENT"]

    assert len(parts["VTODO"]) == 1
    assert (visit["dtstart"], visit["dtend"]) == (date(2022, 7, 7), date(2022, 7, 15))
    assert visit["summary"] == "Visit · France · 7–14 Jul 2022"
    assert (other["dtstart"], other["dtend"]) == (date(2022, 9, 30), date(2022, 10, 1))
    assert other["summary"] == "Visit · France · Sep 2022"


@pytest.mark.parametrize(
    ("us", "language", "summary"),
    [
        ("fr", "en", "We owe: send the draft · Viet Nam · Jul 2022"),
        ("vn", "en", "They owe: send the draft · France · Jul 2022"),
        (None, "fr", "France doit : send the draft · juil. 2022"),
        ("fr", "vi", "Ta làm: send the draft · Viet Nam · thg 7 2022"),
    ],
)
def test_who_owes_is_told_as_the_reader_tells_it(
    us: str | None, language: str, summary: str
) -> None:
    parts = _read(_ledger().view("2022-06-15"), us=us, language=language)

    assert parts["VEVENT"][0]["summary"].replace("\xa0", " ").replace("\u202f", " ") == summary


def test_other_kinds_begin_with_what_there_is() -> None:
    put = events.ProposalMade(
        proposal="lab", partnership="vnfr", by="vn", text="a lab", when="2022-05", due="2022-08-01"
    )
    held = events.MeetingHeld(
        kind="session",
        meeting="s1",
        partnership="vnfr",
        series="board",
        number=1,
        when="2020-10",
        every_months=24,
    )
    lines = [each["summary"] for each in _read(_ledger(put, held).view())["VEVENT"]]

    assert "Answer awaited: a lab" in lines
    assert "Session due: board · Oct 2022" in lines


HOSTILE = "a, b; c\\n\r\nEND:VEVENT\r\nATTACH:http://example.org\x1b[31m \u2028\u202e" + "đ😀" * 80


def test_no_text_breaks_out_of_its_line() -> None:
    view = older_office(_promise(what=HOSTILE), clock=Clock("2022-06-15")).view("2022-06-15")
    file = calendar(view)
    (event,) = _read(view)["VEVENT"]

    lines = file.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert lines.count(b"END:VEVENT") == 1
    assert not any(line.startswith(b"ATTACH") for line in lines)
    assert not any(sign in file.decode() for sign in "\x1b\u2028\u202e")
    assert "a, b; c\\n\\x0d\nEND:VEVENT" in event["summary"]
    assert event["summary"].count("đ😀") == 80


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_first_and_the_last_of_all_days_can_be_asked_about(day: str) -> None:
    events_of_file = _read(_ledger(due="9999-12-31").view(day))["VEVENT"]

    assert [each.get("dtend") for each in events_of_file] == ([None] if day[0] == "9" else [])


def test_only_the_entries_given_are_in_the_file() -> None:
    view = _ledger().view("2022-06-15")

    assert _read(view, entries=view.calendar(responsible="nobody"))["VEVENT"] == []
    assert len(_read(view, entries=view.calendar(responsible="Lan"))["VEVENT"]) == 1


def test_the_calendar_has_the_name_of_the_office() -> None:
    view = _ledger().view("2022-06-15")

    assert b"X-WR-CALNAME:Cooperation\r\n" in calendar(view)
    assert b"X-WR-CALNAME:Cooperation: France\r\n" in calendar(view, us="fr")


def test_wrong_calls_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    view = _ledger().view("2022-06-15")

    with pytest.raises(UnknownIdError, match="nobody"):
        calendar(view, us="nobody")
    with pytest.raises(ArgumentError, match="language"):
        calendar(view, language="de")
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtraError, match=r"coopledger\[calendar\]"):
        calendar(view)
