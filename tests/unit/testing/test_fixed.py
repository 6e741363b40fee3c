"""A clock and ids that a test sets."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from coopledger import Ledger, events
from coopledger.errors import ArgumentError
from coopledger.testing import NOON, Clock, numbered

PARTY = events.PartyRegistered(party="vn", name="Viet Nam", kind="state")


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2022-08-16", "2022-08-16 12:00:00+00:00"),
        (date(2022, 8, 16), "2022-08-16 12:00:00+00:00"),
        ("2022-08-16T09:30:00.000001+07:00", "2022-08-16 02:30:00.000001+00:00"),
        ("1969-12-31T23:59:59Z", "1969-12-31 23:59:59+00:00"),
        (
            datetime(2022, 8, 16, 9, 30, tzinfo=timezone(timedelta(hours=7))),
            "2022-08-16 02:30:00+00:00",
        ),
    ],
    ids=repr,
)
def test_a_clock_stands_where_it_was_set(now: str | date, text: str) -> None:
    clock = Clock()
    clock.set(now)

    assert (str(Clock(now)()), str(clock()), str(clock())) == (text, text, text)


def test_a_clock_that_nobody_set_stands_at_noon() -> None:
    assert Clock()() == Clock(NOON).now == datetime(2030, 1, 1, 12, tzinfo=UTC)


def test_a_clock_may_tick() -> None:
    clock = Clock("2022-08-16", tick=timedelta(minutes=1))

    assert [f"{clock():%H:%M}" for _ in range(3)] == ["12:00", "12:01", "12:02"]
    assert f"{clock.now:%H:%M}" == "12:03"


def test_time_passes_when_it_is_let() -> None:
    clock = Clock("2022-08-16")
    clock.wait(timedelta(days=30, microseconds=1))
    clock.wait(-timedelta(microseconds=1))

    assert f"{clock.now:%Y-%m-%d}" == "2022-09-15"


@pytest.mark.parametrize(
    ("now", "message"),
    [
        ("2022-08-16T09:30:00", "now='2022-08-16T09:30:00' is a local time"),
        ("31/12/2022", "did you mean 2022-12-31"),
        ("2022", "a day is needed"),
        (datetime(2022, 8, 16), "is a local time"),  # noqa: DTZ001 - that is refused
    ],
    ids=str,
)
def test_what_is_no_instant_is_refused(now: str | date, message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        Clock(now)


def test_a_tick_is_a_length_of_time() -> None:
    with pytest.raises(ArgumentError, match="tick=5 is no length of time"):
        Clock(tick=5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_both_are_what_a_ledger_takes() -> None:
    ledger = Ledger.in_memory(clock=Clock("2022-08-16"), ids=numbered("x"))
    (item,) = ledger.record(PARTY).events

    assert (item.id, str(item.recorded_at)) == ("x1", "2022-08-16 12:00:00+00:00")
