import copy
import datetime
import pickle
from zoneinfo import ZoneInfo

import pendulum
import pytest

from coopledger.dates import (
    day_of,
    day_text,
    end_of_day_us,
    instant,
    instant_text,
    instant_us,
    known_us,
    read_instant,
    system_clock,
    system_us,
    to_day,
    zone_name,
)
from coopledger.errors import FieldError
from coopledger.packs.readers import edtf

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
    now = system_clock()
    after = datetime.datetime.now(datetime.UTC)

    assert before <= now <= after
    assert (type(now), now.timezone_name) == (pendulum.DateTime, "UTC")


def test_the_system_clock_tells_the_same_in_microseconds() -> None:
    times = instant_us(system_clock()), system_us(), instant_us(system_clock())

    assert list(times) == sorted(times)


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("UTC", "2022-08-16", "2022-08-16T23:59:59.999999Z"),
        ("UTC", "1969-12-31", "1969-12-31T23:59:59.999999Z"),
        ("Asia/Ho_Chi_Minh", "2022-08-16", "2022-08-16T16:59:59.999999Z"),
        ("Asia/Ho_Chi_Minh", "0001-01-01", "0001-01-01T16:53:29.999999Z"),
        ("Asia/Kathmandu", "2022-08-16", "2022-08-16T18:14:59.999999Z"),
        ("Pacific/Chatham", "2022-08-16", "2022-08-16T11:14:59.999999Z"),
        ("Pacific/Marquesas", "2022-08-16", "2022-08-17T09:29:59.999999Z"),
        # the clocks go forward and back within the day
        ("Europe/Madrid", "2026-03-29", "2026-03-29T21:59:59.999999Z"),
        ("Europe/Madrid", "2026-10-25", "2026-10-25T22:59:59.999999Z"),
        ("Australia/Lord_Howe", "2022-04-03", "2022-04-03T13:29:59.999999Z"),
        # the next day begins at 01:00
        ("America/Sao_Paulo", "2018-11-03", "2018-11-04T02:59:59.999999Z"),
        # at midnight it becomes 23:00 again
        ("America/Sao_Paulo", "2018-02-17", "2018-02-18T02:59:59.999999Z"),
        # at 00:01 it became 23:01 of the day before, again
        ("America/St_Johns", "2010-11-06", "2010-11-07T03:29:59.999999Z"),
        # at 23:30 it became 00:30
        ("America/Toronto", "1919-03-30", "1919-03-31T04:29:59.999999Z"),
        # 30 December was left out
        ("Pacific/Apia", "2011-12-29", "2011-12-30T09:59:59.999999Z"),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T09:59:59.999999Z"),
        ("Pacific/Apia", "2011-12-31", "2011-12-31T09:59:59.999999Z"),
        # offsets of odd seconds
        ("Africa/Monrovia", "1970-06-01", "1970-06-02T00:44:29.999999Z"),
    ],
)
def test_a_day_ends_when_the_clocks_of_its_zone_say_so(zone: str, day: str, end: str) -> None:
    last_us = end_of_day_us(to_day(day), zone)

    assert instant_text(last_us) == end
    assert day_of(last_us, zone) <= to_day(day) < day_of(last_us + 1, zone)


def test_an_instant_falls_on_the_local_day() -> None:
    us = read_instant("2022-08-16T17:00:00Z")

    assert day_text(day_of(us, "UTC")) == "2022-08-16"
    assert day_text(day_of(us, "Asia/Ho_Chi_Minh")) == "2022-08-17"
    assert day_text(day_of(us - 1, "Asia/Ho_Chi_Minh")) == "2022-08-16"
    assert day_text(day_of(-1, "America/New_York")) == "1969-12-31"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh"])
@pytest.mark.parametrize("us", [10**18, -(10**18), 10**30])
def test_an_instant_outside_of_the_calendar_has_no_day(us: int, zone: str) -> None:
    with pytest.raises(FieldError, match=r"E106 .* is out of range"):
        day_of(us, zone)


def test_the_last_day_may_end_beyond_the_calendar_of_utc() -> None:
    last = to_day("9999-12-31")

    assert instant_text(end_of_day_us(last, "UTC")) == "9999-12-31T23:59:59.999999Z"
    assert end_of_day_us(last, "America/New_York") - end_of_day_us(last, "UTC") == 5 * HOUR_US
    with pytest.raises(FieldError, match="is out of range"):
        end_of_day_us(last + 1, "UTC")


@pytest.mark.parametrize(
    "value",
    [
        "2022-08-16",
        edtf("2022-08-16"),
        datetime.date(2022, 8, 16),
        pendulum.date(2022, 8, 16),
        "2022-08-16T23:59:59.999999+07:00",
        "2022-08-16T16:59:59.999999Z",
        pendulum.datetime(2022, 8, 16, 16, 59, 59, 999_999),
        datetime.datetime(2022, 8, 16, 16, 59, 59, 999_999, tzinfo=datetime.UTC),
    ],
)
def test_known_at_a_day_means_to_its_end_and_at_an_instant_that_instant(
    value: str | datetime.date,
) -> None:
    known = known_us(value, "Asia/Ho_Chi_Minh")

    assert instant_text(known) == "2022-08-16T16:59:59.999999Z"


@pytest.mark.parametrize(
    ("value", "code", "remedy"),
    [
        ("2022-08", "E104", "is neither a day nor an instant"),
        ("2022-08-16T09:30:00", "E104", "is a local time: add its offset"),
        (edtf("2022-08-16T09:30:00"), "E104", "is a local time: add its offset"),
        ("2022-08-16 09:30", "E104", "is not an instant: write it e.g. 2022-08-16T09:30:00Z"),
        ("31/12/2022", "E104", "did you mean 2022-12-31?"),
        ("16 AUGUST 2022", "E104", "did you mean 2022-08-16?"),
        (datetime.datetime(2022, 8, 16), "E106", "is a local time, not an instant"),  # noqa: DTZ001
        (5, "E106", "is not a date"),
    ],
)
def test_known_at_is_a_day_or_an_instant(
    value: str | datetime.date, code: str, remedy: str
) -> None:
    with pytest.raises(FieldError) as caught:
        known_us(value, "UTC")

    assert caught.value.code == code
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("name", ["UTC", "Asia/Ho_Chi_Minh", "Asia/Saigon", "Europe/Paris"])
def test_a_zone_of_the_list_is_known(name: str) -> None:
    assert zone_name(name) == name


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Asia/Ho_Chi_Min", "did you mean Asia/Ho_Chi_Minh?"),
        ("ho chi minh", "did you mean Asia/Ho_Chi_Minh?"),
        ("europe/paris", "did you mean Europe/Paris?"),
        ("Saigon", "did you mean Asia/Saigon?"),
        ("", "give one such as Asia/Ho_Chi_Minh or UTC"),
        ("+07:00", "give one such as Asia/Ho_Chi_Minh or UTC"),
        ("localtime", "give one such as Asia/Ho_Chi_Minh or UTC"),
        ("../../etc/passwd", "give one such as Asia/Ho_Chi_Minh or UTC"),
        ("x" * 1_000_000, "give one such as Asia/Ho_Chi_Minh or UTC"),
    ],
)
def test_any_other_zone_is_refused_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(FieldError) as caught:
        zone_name(name)

    assert caught.value.code == "E106"
    assert caught.value.remedy == f"is not a known time zone: {hint}"


def test_a_zone_that_is_not_known_has_no_days() -> None:
    with pytest.raises(FieldError, match="is not a known time zone"):
        day_of(0, "Asia/Ho_Chi_Min")
    with pytest.raises(FieldError, match="is not a known time zone"):
        end_of_day_us(1, "Asia/Ho_Chi_Min")


def test_the_opposite_sign_of_the_gmt_zones_is_never_suggested() -> None:
    with pytest.raises(FieldError) as caught:
        zone_name("GMT+7")

    assert "did you mean" not in caught.value.remedy


def test_another_type_is_not_a_zone() -> None:
    with pytest.raises(FieldError, match="E106 7 is not the name of a time zone"):
        zone_name(7)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
