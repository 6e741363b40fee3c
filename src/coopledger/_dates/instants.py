"""Instants: whole microseconds since 1970-01-01T00:00:00Z, and the local days that they fall on.

A local time without its offset from UTC is never an instant. Time zones are those of IANA.
"""

import datetime
import re
import time
from bisect import bisect_right
from functools import cache, lru_cache
from typing import NamedTuple

from coopledger._dates.days import (
    EPOCH_DAY,
    OUT_OF_RANGE,
    day_text,
    require_type,
    stdlib_date,
    unreadable,
    unusable,
)
from coopledger._dates.edtf import EdtfDate, edtf
from coopledger._dates.grammar import OFFSET, TIME, read
from coopledger._dates.lazy_types import DateTime, Timezone

_SECOND_US = 1_000_000
_MINUTE_S = 60
_HOUR_S = 3600
_DAY_S = 86_400
_DAY_US = _DAY_S * _SECOND_US
_MICROSECOND = datetime.timedelta(microseconds=1)
_EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001  a wall time, given its zone below

_INSTANT = re.compile(
    rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T(?P<time>{TIME})"
    rf"(?:\.(?P<fraction>[0-9]{{1,6}}))?(?P<offset>{OFFSET})?"
)
# As `instant_text` writes it; whether there is such a day is for the reader to say.
_CANONICAL = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"
)
_EXAMPLES = "e.g. 2022-08-16T09:30:00Z or 2022-08-16T09:30:00+07:00"
_DAY_OR_INSTANT = (
    "is neither a day nor an instant: give a day, e.g. 2022-08-16, "
    "or an instant, e.g. 2022-08-16T09:30:00+07:00"
)

_UTC = "UTC"
_LONGEST_COMPARED = 64
_LIKENESS = 0.75  # below it, the hint for a place without a zone of its own is any other's
# Some systems list these too; their meaning depends on the machine.
_AMBIENT = frozenset({"localtime", "Factory"})


def system_clock() -> DateTime:
    """Return the present instant in UTC, by the clock of this machine."""
    import pendulum

    return pendulum.now("UTC")


def system_us() -> int:
    """Return the present instant as the system clock tells it, in microseconds since 1970."""
    return time.time_ns() // 1000


def instant_us(value: datetime.datetime) -> int:
    """Return the microseconds from 1970-01-01T00:00:00Z to the instant; negative before it.

    Computed in integers and from the instant's own offset, hence exact, also where a local
    time occurs twice. (Subtracting two values with the same zone would compare wall times.)

    Raises:
        FieldError: E106, if it is no `datetime.datetime`, or has no offset from UTC.
    """
    require_type(
        value, datetime.datetime, "is not an instant: a datetime with its offset from UTC is needed"
    )
    offset = value.utcoffset()
    if offset is None:
        raise unusable(value, "is a local time, not an instant: give it a time zone, such as UTC")
    seconds = value.hour * _HOUR_S + value.minute * _MINUTE_S + value.second
    whole = (value.toordinal() - EPOCH_DAY - offset.days) * _DAY_S + seconds - offset.seconds
    return whole * _SECOND_US + value.microsecond - offset.microseconds


def instant(us: int) -> DateTime:
    """Return the instant as a pendulum ``DateTime`` in UTC.

    Raises:
        FieldError: E106, if it is outside of the years 0001 to 9999.
    """
    import pendulum

    days, rest = divmod(us, _DAY_US)
    day = stdlib_date(days + EPOCH_DAY)
    hour, minute, second, micro = _clock_face(rest)
    return pendulum.DateTime(
        day.year, day.month, day.day, hour, minute, second, micro, tzinfo=pendulum.UTC
    )


def instant_text(us: int) -> str:
    """Return the instant in its one canonical form, in UTC, always with six decimals.

    Raises:
        FieldError: E106, if it is outside of the years 0001 to 9999.

    >>> instant_text(-1)
    '1969-12-31T23:59:59.999999Z'
    """
    days, rest = divmod(us, _DAY_US)
    hour, minute, second, micro = _clock_face(rest)
    return f"{day_text(days + EPOCH_DAY)}T{hour:02}:{minute:02}:{second:02}.{micro:06}Z"


def _clock_face(us: int) -> tuple[int, int, int, int]:
    """Return the hour, minute, second and microsecond of the microseconds since midnight."""
    seconds, micro = divmod(us, _SECOND_US)
    minutes, second = divmod(seconds, _MINUTE_S)
    return *divmod(minutes, _MINUTE_S), second, micro


def read_instant(text: str) -> int:
    """Return the microseconds from 1970-01-01T00:00:00Z to an instant written with its offset.

    Up to six decimals of a second; the offset is ``Z``, ``+07:00`` or ``+07``.

    Raises:
        FieldError: E104, if the text is no instant, or has no offset; E106, if it is no text.

    >>> read_instant("1970-01-01T07:00:00.000001+07:00")
    1
    """
    require_type(text, str, f"is not the text of an instant, {_EXAMPLES}")
    if _CANONICAL.fullmatch(text):
        midnight = _midnight_us(text[:10])
        if midnight is not None:  # Else the words for it are found below.
            hour, minute, second = int(text[11:13]), int(text[14:16]), int(text[17:19])
            seconds = hour * _HOUR_S + minute * _MINUTE_S + second
            return midnight + seconds * _SECOND_US + int(text[20:26])
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise unreadable(text, f"is not an instant: write it {_EXAMPLES}")
    span = read(match["day"])
    if isinstance(span, str):
        raise unreadable(text, f"is not an instant: {span}")
    if match["offset"] is None:
        raise unreadable(text, f"is a local time: add its offset from UTC, {_EXAMPLES}")
    hour, minute, second = map(int, match["time"].split(":"))
    seconds = (span.settled - EPOCH_DAY) * _DAY_S + hour * _HOUR_S + minute * _MINUTE_S + second
    fraction = (match["fraction"] or "").ljust(6, "0")
    return (seconds - _offset_s(match["offset"])) * _SECOND_US + int(fraction)


@lru_cache(1024)
def _midnight_us(day: str) -> int | None:
    """Return the microseconds from 1970 to the beginning of a day; None if there is no such day.

    In a log many instants of one day follow each other.
    """
    try:
        return (datetime.date.fromisoformat(day).toordinal() - EPOCH_DAY) * _DAY_US
    except ValueError:
        return None


def _offset_s(offset: str) -> int:
    """Return the seconds of an offset from UTC, such as ``+07:00``."""
    if offset == "Z":
        return 0
    seconds = int(offset[1:3]) * _HOUR_S + int(offset[4:6] or 0) * _MINUTE_S
    return -seconds if offset.startswith("-") else seconds


def zone_name(text: str) -> str:
    """Return the name, if it is one of the IANA time zones that pendulum knows.

    Raises:
        FieldError: E106, if there is no such zone, with the nearest name.

    >>> zone_name("Asia/Tokyo")
    'Asia/Tokyo'
    >>> zone_name("Tokyo")
    Traceback (most recent call last):
    coopledger.errors.FieldError: E106 'Tokyo' is not a known time zone: did you mean Asia/Tokyo?
    """
    if text == _UTC:
        return text
    require_type(text, str, "is not the name of a time zone, e.g. Asia/Ho_Chi_Minh")
    if text in _zone_names():
        return text
    near = _nearest_zone(text)
    hint = f"did you mean {near}?" if near else "give one such as Asia/Ho_Chi_Minh or UTC"
    raise unusable(text, f"is not a known time zone: {hint}")


def day_of(us: int, zone: str) -> int:
    """Return the ordinal of the local day on which the instant falls in the zone.

    Raises:
        FieldError: E106, for an unknown zone, or outside of the years 0001 to 9999.
    """
    if zone == _UTC:
        return stdlib_date(us // _DAY_US + EPOCH_DAY).toordinal()
    timezone = _timezone(zone)
    try:
        utc = _EPOCH.replace(tzinfo=timezone) + us * _MICROSECOND
        return timezone.fromutc(utc).toordinal()
    except OverflowError:
        raise unusable(us, OUT_OF_RANGE) from None


def end_of_day_us(day: int, zone: str) -> int:
    """Return the last microsecond at which the local day in the zone is not yet past.

    A day of 23 or 25 hours ends when its clocks say so. A day whose last minutes occur
    twice ends with the second; a day that the zone skipped ends with the day before it.

    Raises:
        FieldError: E106, for an unknown zone, or a day outside of the years 0001 to 9999.
    """
    wall_end = datetime.datetime.combine(stdlib_date(day), datetime.time.max)
    end_us = (day + 1 - EPOCH_DAY) * _DAY_US - 1
    if zone == _UTC:
        return end_us
    local = wall_end.replace(tzinfo=_timezone(zone))
    before_change_us = end_us - _offset_us(local)
    after_change_us = end_us - _offset_us(local.replace(fold=1))
    if after_change_us >= before_change_us:
        return after_change_us
    # The clocks were put forward over the day's last microsecond: look for that instant.
    around = range(after_change_us, before_change_us)
    return around[bisect_right(around, day, key=lambda us: day_of(us, zone)) - 1]


def known_us(value: str | datetime.date | EdtfDate, zone: str) -> int:
    """Return the instant up to which something was known: an instant, or a day to its end.

    A text with a time of day is an instant and needs its offset from UTC; any other text
    is a day, and ends in the zone.

    Raises:
        FieldError: E104, if the text is neither; E106, for another type or an unknown zone.
    """
    if isinstance(value, datetime.datetime):
        return instant_us(value)
    text = value.text if isinstance(value, EdtfDate) else value
    if isinstance(text, str) and ":" in text:
        return read_instant(text)
    date = edtf(text)
    if not date.exact:
        raise unreadable(date.text, _DAY_OR_INSTANT)
    return end_of_day_us(date.settled, zone)


class Known(NamedTuple):
    """Time up to which something had to be known.

    Attributes:
        us: The instant, in microseconds from 1970.
        text: The day or instant, as people write it.
    """

    us: int
    text: str


def known_by(value: str | datetime.date | EdtfDate, zone: str) -> Known:
    """Return the time that `known_us` reads, with its text.

    Raises:
        FieldError: Those of `known_us`.
    """
    us = known_us(value, zone)
    if isinstance(value, datetime.datetime):
        return Known(us, instant_text(us))
    return Known(us, value.text if isinstance(value, EdtfDate) else str(value))


def _offset_us(local: datetime.datetime) -> int:
    """Return the microseconds by which a local time is ahead of UTC."""
    return (local.utcoffset() or datetime.timedelta()) // _MICROSECOND


@cache
def _zone_names() -> frozenset[str]:
    """Return the names of all zones, but not those that depend on the machine."""
    import pendulum

    return frozenset(pendulum.timezones()) - _AMBIENT


@cache
def _timezone(zone: str) -> Timezone:
    """Return the zone of that name, read once."""
    import pendulum

    return pendulum.timezone(zone_name(zone))


def _nearest_zone(text: str) -> str | None:
    """Return the name of the zone that was probably meant; None if none is near."""
    from difflib import get_close_matches

    # The zones of GMT are left out: Etc/GMT+7 is seven hours behind UTC, not ahead.
    names = {name.casefold(): name for name in sorted(_zone_names()) if "GMT" not in name}
    # People write the place alone, with a blank and in small letters.
    zones = {folded.rpartition("/")[2]: name for folded, name in names.items()} | names
    place = text[:_LONGEST_COMPARED].strip().replace(" ", "_").casefold()
    near = get_close_matches(place, zones, n=1, cutoff=_LIKENESS)
    return zones[near[0]] if near else None
