"""Accepted spellings of a date, and the days that each one spans.

EDTF (ISO 8601-2) levels 0 and 1 in the years 0001 to 9999, and the range ``[a..b]``
of level 2. The patterns hold no unbounded repetition, and a text longer than the
longest spelling is not looked at, so that reading takes a bounded time.
"""

import re
from datetime import date

from coopledger._dates.days import day_text, month_end
from coopledger._frozen import frozen

LONGEST = len("0001-01-01T00:00:00+00:00")
TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
OFFSET = (
    r"(?:Z|(?!-00(?::00|(?!:)))"  # ISO 8601 has no offset of minus zero
    r"[+-](?:(?:0[0-9]|1[0-3])(?::[0-5][0-9])?|14(?::00)?))"
)

_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_QUALIFIED = re.compile(rf"{_PLAIN.pattern}[?~%]?")
_DATE_TIME = re.compile(rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T{TIME}{OFFSET}?")
_UNSPECIFIED = re.compile(
    r"(?:([0-9]{3}X|[0-9]{2}XX)|([0-9]{4})-XX(?:-XX)?|([0-9]{4}-[0-9]{2})-XX)[?~%]?"
)
_QUALIFIERS = frozenset("?~%")
_SEASONS = {"21": 3, "22": 6, "23": 9, "24": 12}
_DECEMBER = 12
_LAST_YEAR = 9999
_YEARS = "years run from 0001 to 9999"
_MONTHS = "months run from 01 to 12 and seasons from 21 to 24"

_Days = tuple[int, int]


@frozen(kw_only=True)
class Span:
    """Days that a date may mean, as ordinals.

    Attributes:
        first: The earliest day, or None where that side is open or unknown.
        last: The latest day, inclusive, or None where that side is open or unknown.
        settled: The latest day, or the latest day of the start where the end is open.
        exact: Whether it is one day without a qualifier.
    """

    first: int | None
    last: int | None
    settled: int
    exact: bool


def read(text: str) -> Span | str:
    """Return the span of a date in an accepted spelling, or why there is none.

    The reason is empty where the text does not even have the shape of a date.
    """
    if len(text) > LONGEST:
        return ""
    day = _plain_day(text)
    if day is not None:
        return Span(first=day, last=day, settled=day, exact=True)
    if "/" in text:
        return _read_interval(text)
    if text.startswith("["):
        return _read_range(text)
    days = _read_days(text)
    if isinstance(days, str):
        return days
    first, last = days
    return Span(first=first, last=last, settled=last, exact=_is_exact(text, first, last))


def _plain_day(text: str) -> int | None:
    """Return the one day of a date such as ``2022-08-16``, as most are; None for any other text."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None  # Python would read other forms of ISO 8601, too.
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None  # The patterns find out why.


def _is_exact(text: str, first: int, last: int) -> bool:
    """Return whether the text means one single day, without a mark of doubt."""
    return first == last and _QUALIFIERS.isdisjoint(text)


def _read_days(text: str) -> _Days | str:
    """Return the days of a date that is no interval, or the fault; empty for no date."""
    plain = _QUALIFIED.fullmatch(text)
    if plain:
        return _plain_days(plain)
    date_time = _DATE_TIME.fullmatch(text)
    if date_time:
        return _read_days(date_time[1])
    unspecified = _UNSPECIFIED.fullmatch(text)
    if unspecified:
        return _unspecified_days(unspecified)
    return ""


def _plain_days(match: re.Match[str]) -> _Days | str:
    """Return the days of a year, month, season or day, or the fault."""
    year, month, day = match.groups()
    if year == "0000":
        return _YEARS
    if day is None:
        return _month_days(int(year), month)
    if not "01" <= month <= "12":
        return f"there is no month {month}, {_MONTHS}"
    end = month_end(int(year), int(month))
    only = date(int(year), int(month), 1).toordinal() + int(day) - 1
    if day == "00" or only > end:
        return f"there is no day {day}, {year}-{month} ends on {day_text(end)}"
    return only, only


def _month_days(year: int, month: str | None) -> _Days | str:
    """Return the days of a year, a month or a season, or the fault."""
    if month is None:
        return _whole(year, 1, 12)
    if "01" <= month <= "12":
        return _whole(year, int(month), int(month))
    if month not in _SEASONS:
        return f"there is no month {month}, {_MONTHS}"
    start = _SEASONS[month]
    if start < _DECEMBER:
        return _whole(year, start, start + 2)
    if year == _LAST_YEAR:
        return f"this winter ends in the year 10000, {_YEARS}"
    return date(year, _DECEMBER, 1).toordinal(), month_end(year + 1, 2)


def _whole(year: int, month: int, last_month: int) -> _Days:
    """Return the days from the first of one month to the end of another in the year."""
    return date(year, month, 1).toordinal(), month_end(year, last_month)


def _unspecified_days(match: re.Match[str]) -> _Days | str:
    """Return the days of a date whose last digits are X, or the fault."""
    decade, year, month = match.groups()
    if decade is None:
        return _read_days(year or month)
    if decade in ("000X", "00XX"):
        return f"{decade} begins with the year 0, {_YEARS}"
    first, last = decade.replace("X", "0"), decade.replace("X", "9")
    return date(int(first), 1, 1).toordinal(), month_end(int(last), _DECEMBER)


def _read_interval(text: str) -> Span | str:
    """Return the span of two dates with a slash between; a side may be open."""
    start, _, end = text.partition("/")
    return _join(
        text,
        start=None if start in ("", "..") else _read_side(start, _QUALIFIED),
        end=None if end in ("", "..") else _read_side(end, _QUALIFIED),
    )


def _read_range(text: str) -> Span | str:
    """Return the span of one of several days in brackets; a side may be open."""
    start, dots, end = text[1:-1].partition("..")
    if not dots or not text.endswith("]"):
        return ""
    return _join(
        text,
        start=_read_side(start, _PLAIN) if start else None,
        end=_read_side(end, _PLAIN) if end else None,
    )


def _read_side(text: str, pattern: re.Pattern[str]) -> _Days | str:
    """Return the days of one side if it has the form, or the fault."""
    match = pattern.fullmatch(text)
    return _plain_days(match) if match else ""


def _join(text: str, *, start: _Days | str | None, end: _Days | str | None) -> Span | str:
    """Return the span from the first day of the start to the last of the end, or the fault."""
    if isinstance(start, str):
        return start
    if isinstance(end, str):
        return end
    if start and end:
        return _between(text, first=start[0], last=end[1])
    if end:
        return Span(first=None, last=end[1], settled=end[1], exact=False)
    if start:
        return Span(first=start[0], last=None, settled=start[1], exact=False)
    return "one side at least must be a date"


def _between(text: str, *, first: int, last: int) -> Span | str:
    """Return the span between two days, or the fault that it ends before it starts."""
    if first > last:
        return f"it starts on {day_text(first)}, after its end on {day_text(last)}"
    return Span(first=first, last=last, settled=last, exact=_is_exact(text, first, last))
