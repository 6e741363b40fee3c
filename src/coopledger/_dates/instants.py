"""Instants: whole microseconds since 1970-01-01T00:00:00Z, and their other two forms.

A local time without its offset from UTC is never an instant.
"""

import re
from datetime import datetime

from coopledger._dates.days import EPOCH_DAY, day_text, require, stdlib_date, unreadable, unusable
from coopledger._dates.grammar import OFFSET, TIME, read
from coopledger._dates.lazy_types import DateTime

_SECOND_US = 1_000_000
_MINUTE_S = 60
_HOUR_S = 3600
_DAY_S = 86_400
DAY_US = _DAY_S * _SECOND_US

_INSTANT = re.compile(
    rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T(?P<time>{TIME})"
    rf"(?:\.(?P<fraction>[0-9]{{1,6}}))?(?P<offset>{OFFSET})?"
)
_EXAMPLES = "e.g. 2022-08-16T09:30:00Z or 2022-08-16T09:30:00+07:00"


def instant_us(value: datetime) -> int:
    """The microseconds from 1970-01-01T00:00:00Z to the instant; negative before it.

    Computed in integers and from the instant's own offset, hence exact, also where a local
    time occurs twice. (Subtracting two values with the same zone would compare wall times.)

    Raises:
        FieldError: E106, if it is no `datetime.datetime`, or has no offset from UTC.
    """
    require(value, datetime, "is not an instant: a datetime with its offset from UTC is needed")
    offset = value.utcoffset()
    if offset is None:
        raise unusable(value, "is a local time, not an instant: give it a time zone, such as UTC")
    seconds = value.hour * _HOUR_S + value.minute * _MINUTE_S + value.second
    whole = (value.toordinal() - EPOCH_DAY - offset.days) * _DAY_S + seconds - offset.seconds
    return whole * _SECOND_US + value.microsecond - offset.microseconds


def instant(us: int) -> DateTime:
    """The instant as a pendulum ``DateTime`` in UTC.

    Raises:
        FieldError: E106, if it lies outside of the years 0001 to 9999.
    """
    import pendulum

    days, rest = divmod(us, DAY_US)
    day = stdlib_date(days + EPOCH_DAY)
    hour, minute, second, micro = _clock_face(rest)
    return pendulum.DateTime(
        day.year, day.month, day.day, hour, minute, second, micro, tzinfo=pendulum.UTC
    )


def instant_text(us: int) -> str:
    """The instant in its one canonical form, in UTC, always with six decimals.

    Raises:
        FieldError: E106, if it lies outside of the years 0001 to 9999.

    >>> instant_text(-1)
    '1969-12-31T23:59:59.999999Z'
    """
    days, rest = divmod(us, DAY_US)
    hour, minute, second, micro = _clock_face(rest)
    return f"{day_text(days + EPOCH_DAY)}T{hour:02}:{minute:02}:{second:02}.{micro:06}Z"


def _clock_face(us: int) -> tuple[int, int, int, int]:
    seconds, micro = divmod(us, _SECOND_US)
    minutes, second = divmod(seconds, _MINUTE_S)
    return *divmod(minutes, _MINUTE_S), second, micro


def read_instant(text: str) -> int:
    """The microseconds from 1970-01-01T00:00:00Z to an instant written with its offset.

    Up to six decimals of a second; the offset is ``Z``, ``+07:00`` or ``+07``.

    Raises:
        FieldError: E104, if the text is no instant, or has no offset; E106, if it is no text.

    >>> read_instant("1970-01-01T07:00:00.000001+07:00")
    1
    """
    require(text, str, f"is not the text of an instant, {_EXAMPLES}")
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


def _offset_s(offset: str) -> int:
    if offset == "Z":
        return 0
    seconds = int(offset[1:3]) * _HOUR_S + int(offset[4:6] or 0) * _MINUTE_S
    return -seconds if offset.startswith("-") else seconds


def system_clock() -> DateTime:
    """The present instant in UTC, by the clock of this machine."""
    import pendulum

    return pendulum.now("UTC")
