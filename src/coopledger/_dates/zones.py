"""Time zones: on which local day an instant falls, and when a local day ends."""

import datetime
from bisect import bisect_right
from functools import cache

from coopledger._dates.days import (
    EPOCH_DAY,
    OUT_OF_RANGE,
    require,
    stdlib_date,
    unreadable,
    unusable,
)
from coopledger._dates.edtf import EdtfDate, edtf
from coopledger._dates.instants import DAY_US, instant_us, read_instant
from coopledger._dates.lazy_types import Timezone

_UTC = "UTC"
_DAY_OR_INSTANT = (
    "is neither a day nor an instant: give a day, e.g. 2022-08-16, "
    "or an instant, e.g. 2022-08-16T09:30:00+07:00"
)
_LONGEST_COMPARED = 64
_LIKENESS = 0.75  # below it, a place without a zone of its own is told any other's
# Some systems list these too; what they mean depends on the machine.
_AMBIENT = frozenset({"localtime", "Factory"})
_EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001  a wall time, given its zone below
_MICROSECOND = datetime.timedelta(microseconds=1)


def zone_name(text: str) -> str:
    """The name, if it is one of the IANA time zones that pendulum knows.

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
    require(text, str, "is not the name of a time zone, e.g. Asia/Ho_Chi_Minh")
    if text in _zone_names():
        return text
    near = _nearest_zone(text)
    hint = f"did you mean {near}?" if near else "give one such as Asia/Ho_Chi_Minh or UTC"
    raise unusable(text, f"is not a known time zone: {hint}")


def day_of(us: int, zone: str) -> int:
    """The ordinal of the local day on which the instant falls in the zone.

    Raises:
        FieldError: E106, for an unknown zone, or outside of the years 0001 to 9999.
    """
    if zone == _UTC:
        return stdlib_date(us // DAY_US + EPOCH_DAY).toordinal()
    timezone = _timezone(zone)
    try:
        utc = _EPOCH.replace(tzinfo=timezone) + us * _MICROSECOND
        return timezone.fromutc(utc).toordinal()
    except OverflowError:
        raise unusable(us, OUT_OF_RANGE) from None


def end_of_day_us(day: int, zone: str) -> int:
    """The last microsecond at which the local day in the zone is not yet past.

    A day of 23 or 25 hours ends when its clocks say so. A day whose last minutes occur
    twice ends with the second; a day that the zone skipped ends with the day before it.

    Raises:
        FieldError: E106, for an unknown zone, or a day outside of the years 0001 to 9999.
    """
    wall_end = datetime.datetime.combine(stdlib_date(day), datetime.time.max)
    end_us = (day + 1 - EPOCH_DAY) * DAY_US - 1
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
    """The instant up to which something was known: an instant, or a day to its end.

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


def _offset_us(local: datetime.datetime) -> int:
    offset = local.utcoffset()
    return 0 if offset is None else offset // _MICROSECOND


@cache
def _zone_names() -> frozenset[str]:
    import pendulum

    return frozenset(pendulum.timezones()) - _AMBIENT


@cache
def _timezone(zone: str) -> Timezone:
    import pendulum

    return pendulum.timezone(zone_name(zone))


def _nearest_zone(text: str) -> str | None:
    from difflib import get_close_matches

    # Those of GMT are left out: Etc/GMT+7 is seven hours behind UTC, not ahead.
    names = {name.casefold(): name for name in sorted(_zone_names()) if "GMT" not in name}
    # People write the place alone, with a blank and in small letters.
    known = {folded.rpartition("/")[2]: name for folded, name in names.items()} | names
    wanted = text[:_LONGEST_COMPARED].strip().replace(" ", "_").casefold()
    near = get_close_matches(wanted, known, n=1, cutoff=_LIKENESS)
    return known[near[0]] if near else None
