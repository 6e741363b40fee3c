import copy
import datetime
import pickle
from zoneinfo import ZoneInfo

import pendulum
import pytest

from coopledger.dates import (
    instant,
    instant_text,
    instant_us,
    read_instant,
    system_clock,
)
from coopledger.errors import FieldError

HOUR_US = 3600 * 10**6
DAY_US = 24 * HOUR_US


@pytest.mark.parametrize(
    ("us", "text"),
    [
        (0, "1970-01-01T00:00:00.000000Z"),
        (1, "1970-01-01T00:00:00.000001Z"),
        (-1, "1969-12-31T23:59:59.999999Z"),
        (DAY_US - 1, "1970-01-01T23:59:59.999999Z"),
        (1_660_642_200_000_001, "2022-08-16T09:30:00.000001Z"),
        (-719_162 * DAY_US, "0001-01-01T00:00:00.000000Z"),
        (2_932_897 * DAY_US - 1, "9999-12-31T23:59:59.999999Z"),
    ],
)
def test_an_instant_has_one_text(us: int, text: str) -> None:
    assert instant_text(us) == text
    assert read_instant(text) == us
    assert instant(us).isoformat() == pendulum.parse(text).isoformat()  # type: ignore[union-attr]


@pytest.mark.parametrize("us", [-719_162 * DAY_US - 1, 2_932_897 * DAY_US, 10**30])
def test_an_instant_outside_of_the_calendar_is_refused(us: int) -> None:
    for use in (instant, instant_text):
        with pytest.raises(FieldError, match=r"E106 .* is out of range"):
            use(us)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-08-16T09:30:00Z", "2022-08-16T09:30:00.000000Z"),
        ("2022-08-16T09:30:00.5Z", "2022-08-16T09:30:00.500000Z"),
        ("2022-08-16T09:30:00+07:00", "2022-08-16T02:30:00.000000Z"),
        ("2022-08-16T09:30:00.000001+07", "2022-08-16T02:30:00.000001Z"),
        ("2022-08-16T23:30:00-03:30", "2022-08-17T03:00:00.000000Z"),
        ("2022-08-16T09:30:00+00:00", "2022-08-16T09:30:00.000000Z"),
    ],
)
def test_an_instant_is_read_with_its_offset(text: str, expected: str) -> None:
    assert instant_text(read_instant(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2022-08-16",
        "2022-08-16T09:30Z",
        "2022-08-16 09:30:00Z",
        "2022-08-16t09:30:00z",
        "2022-08-16T09:30:00.0000001Z",
        "2022-08-16T09:30:00.Z",
        "2022-08-16T24:00:00Z",
        "2022-08-16T09:30:60Z",
        "2022-08-16T09:30:00-00:00",
        "2022-08-16T09:30:00+15:00",
        "2022-08-16T09:30:00+07:00\n",
        "20220816T093000Z",
        "\u0662022-08-16T09:30:00Z",
    ],
)
def test_another_text_is_not_an_instant(text: str) -> None:
    with pytest.raises(FieldError) as caught:
        read_instant(text)

    assert caught.value == FieldError(
        "E104",
        repr(text),
        "is not an instant: write it e.g. 2022-08-16T09:30:00Z or 2022-08-16T09:30:00+07:00",
    )


def test_an_instant_on_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(FieldError, match="is not an instant: there is no day 30, 2022-02 ends on"):
        read_instant("2022-02-30T09:30:00Z")


def test_a_local_time_is_refused_with_what_is_missing() -> None:
    with pytest.raises(FieldError, match="is a local time: add its offset from UTC"):
        read_instant("2022-08-16T09:30:00")
    with pytest.raises(FieldError, match="is a local time, not an instant: give it a time zone"):
        instant_us(datetime.datetime(2022, 8, 16))  # noqa: DTZ001
    with pytest.raises(FieldError, match="is a local time, not an instant: give it a time zone"):
        instant_us(pendulum.naive(2022, 8, 16))


@pytest.mark.parametrize("value", [None, 0, "2022-08-16T09:30:00Z", datetime.date(2022, 8, 16)])
def test_another_type_is_not_an_instant(value: object) -> None:
    with pytest.raises(FieldError, match=r"E106 .* is not an instant: a datetime with its offset"):
        instant_us(value)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_another_type_is_not_the_text_of_an_instant() -> None:
    with pytest.raises(FieldError, match="E106 5 is not the text of an instant"):
        read_instant(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_two_instants_an_hour_apart_stay_apart_where_the_clocks_go_back() -> None:
    madrid = ZoneInfo("Europe/Madrid")
    first = datetime.datetime(2026, 10, 25, 2, 30, fold=0, tzinfo=madrid)
    second = datetime.datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=madrid)

    assert instant_us(second) - instant_us(first) == HOUR_US
    assert instant_us(pendulum.instance(second)) - instant_us(pendulum.instance(first)) == HOUR_US


def test_an_offset_of_seconds_and_parts_of_them_is_exact() -> None:
    offset = datetime.timedelta(hours=-4, seconds=-10, microseconds=-7)
    value = datetime.datetime(1969, 12, 31, tzinfo=datetime.timezone(offset))

    assert instant_us(value) == -20 * HOUR_US + 10_000_007


def test_an_instant_stays_in_utc_whatever_is_done_with_it() -> None:
    made = instant(1_660_642_200_000_001)
    done = [
        made,
        made.add(days=1),
        made.start_of("day"),
        made.set(hour=1),
        copy.deepcopy(made),
        pickle.loads(pickle.dumps(made)),  # noqa: S301
    ]

    assert [type(each) for each in done] == [pendulum.DateTime] * 6
    assert [each.timezone_name for each in done] == ["UTC"] * 6


def test_the_system_clock_tells_the_present_in_utc() -> None:
    before = datetime.datetime.now(datetime.UTC)
    told = system_clock()
    after = datetime.datetime.now(datetime.UTC)

    assert before <= told <= after
    assert (type(told), told.timezone_name) == (pendulum.DateTime, "UTC")
