import datetime

import pendulum
import pytest

from coopledger.dates import (
    day_of,
    day_text,
    end_of_day_us,
    instant_text,
    known_us,
    read_instant,
    to_day,
    zone_name,
)
from coopledger.errors import FieldError
from coopledger.packs.readers import edtf

HOUR_US = 3600 * 10**6


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
    found = end_of_day_us(to_day(day), zone)

    assert instant_text(found) == end
    assert day_of(found, zone) <= to_day(day) < day_of(found + 1, zone)


def test_an_instant_lies_on_the_local_day() -> None:
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


def test_no_day_is_told_for_a_zone_that_is_not_known() -> None:
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
