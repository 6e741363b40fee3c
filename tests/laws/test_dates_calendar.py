"""Laws of the calendar, of instants and of time zones."""

import datetime
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coopledger.dates import (
    add_months,
    add_years,
    day_of,
    day_text,
    end_of_day_us,
    instant,
    instant_text,
    instant_us,
    known_us,
    read_instant,
    to_date,
    to_day,
    zone_name,
)
from coopledger.errors import FieldError
from coopledger.packs.readers import edtf

MICROSECOND = datetime.timedelta(microseconds=1)
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
FIRST_US = (datetime.datetime.min.replace(tzinfo=datetime.UTC) - EPOCH) // MICROSECOND
LAST_US = (datetime.datetime.max.replace(tzinfo=datetime.UTC) - EPOCH) // MICROSECOND
HOUR_US = 3600 * 10**6

ordinals = st.integers(1, datetime.date.max.toordinal())
instants = st.integers(FIRST_US, LAST_US)
zones = st.sampled_from(sorted(pendulum.timezones() - {"localtime", "Factory"}))
# Not the local times that a clock put forward leaves out: pendulum moves those.
aware = st.datetimes(timezones=zones.map(ZoneInfo), allow_imaginary=False)
# Far enough from both ends of the calendar for any offset.
middle_days = st.dates(datetime.date(1800, 1, 1), datetime.date(2200, 1, 1)).map(
    datetime.date.toordinal
)


@given(ordinals, st.integers(-20_000, 20_000))
def test_months_are_added_as_pendulum_adds_them(day: int, months: int) -> None:
    """Dependencies: "Month and year arithmetic ... are its job", pendulum's."""
    start = to_date(day)
    assume(datetime.date.min.year * 12 <= start.year * 12 + start.month - 1 + months)
    assume(start.year * 12 + start.month - 1 + months < (datetime.date.max.year + 1) * 12)

    assert to_date(add_months(day, months)) == start.add(months=months)


@given(ordinals, st.integers(-9999, 9999))
def test_a_year_is_twelve_months(day: int, years: int) -> None:
    """Calendar: "add_years(day, years)" and "add_months(day, months) (negative allowed)"."""
    year = to_date(day).year + years
    if 1 <= year <= 9999:
        assert add_years(day, years) == add_months(day, 12 * years)
        assert to_date(add_years(day, years)).year == year
        return
    with pytest.raises(FieldError, match="is out of range"):
        add_years(day, years)


@given(ordinals)
def test_a_day_is_its_text_and_its_date(day: int) -> None:
    """Style: "Every outside thing has one door": days go out and come back unchanged."""
    assert to_day(day_text(day)) == to_day(to_date(day)) == edtf(day_text(day)).settled == day
    assert type(to_date(day)) is pendulum.Date
    assert day_text(day) == to_date(day).isoformat()


@given(instants)
def test_an_instant_survives_each_of_its_forms(us: int) -> None:
    """Log: "Times are integer microseconds UTC"; "Record times before 1970 are legal"."""
    assert instant_us(instant(us)) == us
    assert read_instant(instant_text(us)) == us
    assert instant(us) == EPOCH + datetime.timedelta(microseconds=us)


@given(instants, instants)
def test_the_texts_of_instants_sort_as_the_instants(one: int, other: int) -> None:
    """Style: "One canonical text form"."""
    assert (instant_text(one) < instant_text(other)) == (one < other)


@given(aware)
def test_an_instant_is_exact_whatever_its_zone(value: datetime.datetime) -> None:
    """Dependencies: "two instants an hour apart in the DST overlap compare equal"; not here."""
    offset = value.utcoffset()
    assert offset is not None
    wall = value.replace(tzinfo=datetime.UTC)
    expected = (wall - EPOCH - offset) // MICROSECOND

    assert instant_us(value) == expected
    if FIRST_US + 24 * HOUR_US < expected < LAST_US - 24 * HOUR_US:
        assert instant_us(pendulum.instance(value)) == expected


@given(st.datetimes(), st.integers(-839, 840))
def test_an_instant_is_read_with_its_offset(local: datetime.datetime, minutes: int) -> None:
    """Hazards: "One `parse_instant` (offset mandatory)"."""
    offset = datetime.timezone(datetime.timedelta(minutes=minutes))
    value = local.replace(tzinfo=offset)
    assume(value.isoformat()[-6:] != "-00:00")

    assert read_instant(value.isoformat()) == instant_us(value)


@given(st.datetimes())
def test_a_local_time_is_never_an_instant(local: datetime.datetime) -> None:
    """Hazards: "Do not accept local wall times at the boundary"."""
    with pytest.raises(FieldError, match="is a local time"):
        instant_us(local)
    with pytest.raises(FieldError, match="is a local time"):
        read_instant(local.isoformat())
    with pytest.raises(FieldError, match="is a local time"):
        known_us(local.isoformat(), "UTC")


@given(middle_days, zones)
def test_a_day_ends_at_its_last_microsecond(day: int, zone: str) -> None:
    """Zones: `end_of_day_us` is the "last microsecond of that local day"."""
    end = end_of_day_us(day, zone)

    assert day_of(end, zone) <= day < day_of(end + 1, zone)
    assert all(day_of(end + hours * HOUR_US, zone) > day for hours in range(1, 49))


@given(middle_days, zones)
def test_an_instant_lies_on_one_day_of_each_zone(day: int, zone: str) -> None:
    """Zones: `day_of` is the "ordinal of the local day"."""
    us = end_of_day_us(day, "UTC")

    assert day_of(us, "UTC") == day
    assert day_of(us, zone) == instant(us).in_timezone(zone).date().toordinal()


@given(middle_days, zones)
def test_a_day_is_known_to_its_end(day: int, zone: str) -> None:
    """Domain, 3: "a day meaning to its end in the ledger's zone"."""
    end = end_of_day_us(day, zone)

    assert known_us(day_text(day), zone) == known_us(to_date(day), zone) == end
    assert known_us(instant(end), zone) == known_us(instant_text(end), zone) == end


@given(zones)
def test_every_zone_of_pendulum_is_known(zone: str) -> None:
    """Zones: `zone_name` is validated by pendulum's list."""
    assert zone_name(zone) == zone


@given(st.text())
def test_any_other_name_of_a_zone_is_refused(name: str) -> None:
    """Zones: `zone_name` raises "FieldError with the nearest known zone name"."""
    assume(name not in pendulum.timezones())
    with pytest.raises(FieldError, match="is not a known time zone"):
        zone_name(name)
