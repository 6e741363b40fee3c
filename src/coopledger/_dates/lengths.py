"""Lengths: the last day of so many months, ends and dates made later by them, days for notice."""

import re
from datetime import date
from functools import lru_cache, partial

from coopledger._dates.days import add_months, day_text, month_end, stdlib_date, unusable
from coopledger._dates.edtf import EdtfDate, edtf
from coopledger._dates.marks import marked
from coopledger.errors import FieldError

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ONE_DATE = re.compile(r"[0-9][-0-9XTZ:+~?%]*")
_SEASON = re.compile(r"([0-9]{4})-2([1-4])")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})((?:-XX)?)")
_YEARS = re.compile(r"([0-9]+)(X*)((?:-XX){0,2})")
_LAST_DAY = date.max.toordinal()
_MARKS = "~?%"


def last_day(first: int, months: int) -> int:
    """Return the last day of so many months from the first day: the day before the anniversary.

    Where the month has no such day, the length ends on the last day of that month.

    Raises:
        FieldError: E106, if it ends outside of the years 0001 to 9999.

    >>> day_text(last_day(737_484, 12)), day_text(737_484)
    ('2021-02-28', '2020-02-29')
    """
    start = stdlib_date(first)
    if start.day == 1:  # Reckoned by months: the year 10000 need not exist.
        last_month = stdlib_date(add_months(first, months - 1))
        return month_end(last_month.year, last_month.month)
    anniversary = add_months(first, months)
    return anniversary if stdlib_date(anniversary).day < start.day else anniversary - 1


def last_day_for_notice(end: int, months: int, *, days: int = 0) -> int | None:
    """Return the last day for a notice of so many months, or days, before the end of a term.

    That is the day after the end, less the length, less one day; None before the year 0001.

    >>> day_text(last_day_for_notice(738_336, 3)), day_text(738_336)
    ('2022-03-31', '2022-06-30')
    """
    try:
        if end == _LAST_DAY:  # The day after would be in the year 10000.
            return add_months(end, -months) - days
        return max(add_months(end + 1, -months) - days - 1, 0) or None
    except FieldError:
        return None


@lru_cache(4096)
def later(end: EdtfDate, months: int) -> EdtfDate | None:
    """Return the end so many months after an end, as precise as that; None after the year 9999.

    A length that is no whole number of the date's unit counts from its last day, and the end is
    then about a day, with ``~``. A closed interval of days counts from its last day as well.

    >>> later(EdtfDate("2022~"), 36), later(EdtfDate("2022"), 6)
    (EdtfDate('2025~'), EdtfDate('2023-06-30~'))
    """
    body = end.text.rstrip(_MARKS)
    mark = end.text[len(body) :]
    try:
        shifted = _in_its_unit(body, months)
        if shifted is None:
            last = last_day(end.settled + 1, months)
            return edtf(day_text(last) + mark) if _DAY.fullmatch(body) else marked(last, by=end)
        return edtf(shifted + mark)
    except FieldError:
        return None


@lru_cache(4096)
def repeated(first: EdtfDate, *, months: int = 0, days: int = 0) -> EdtfDate | None:
    """Return the date so many months, or days, after the first one, and as precise as that.

    A day that the month does not have becomes its last day. Of an interval both sides move. None
    where the length is no whole number of the date's unit, and after the year 9999.

    >>> repeated(EdtfDate("2024-01-31"), months=1), repeated(EdtfDate("2024-06~"), months=6)
    (EdtfDate('2024-02-29'), EdtfDate('2024-12~'))
    >>> repeated(EdtfDate("2024"), months=6) is None
    True
    """
    move = partial(_moved, months=months, days=days)
    try:
        return edtf(_ONE_DATE.sub(move, first.text))
    except FieldError:
        return None


def recurring(when: EdtfDate, months: int) -> EdtfDate | None:
    """Return the date so many months after a date, as precise as that; None after the year 9999.

    Unlike a length, what comes round again does so on the same day of the month. Where the months
    are no whole number of the date's unit, they count from its last day.

    >>> recurring(EdtfDate("2022-06-10"), 24), recurring(EdtfDate("2022"), 6)
    (EdtfDate('2024-06-10'), EdtfDate('2023-06-30~'))
    """
    body = when.text.rstrip("~?%")
    mark = when.text[len(body) :]
    try:
        shifted = _in_its_unit(body, months)
        if shifted is not None:
            return edtf(shifted + mark)
        day = add_months(when.settled, months)
        return edtf(day_text(day) + mark) if _DAY.fullmatch(body) else marked(day, by=when)
    except FieldError:
        return None


def _moved(side: re.Match[str], *, months: int, days: int) -> str:
    """Return one side of a date so much later.

    Raises:
        FieldError: It is less precise than the length, or the year 9999 is over.
    """
    body = side[0].rstrip(_MARKS)
    day = _DAY.match(body)
    if day is not None:
        later_day = add_months(date.fromisoformat(day[0]).toordinal(), months) + days
        return day_text(later_day) + side[0][len(body) :]
    moved = None if days else _in_its_unit(body, months)
    if moved is None:
        raise unusable(body, "is less precise than the length")
    return moved + side[0][len(body) :]


def _in_its_unit(body: str, months: int) -> str | None:
    """Return the date so many months later; None if that is no whole number of its unit."""
    season, month = _SEASON.fullmatch(body), _MONTH.fullmatch(body)
    if season:
        year, number = divmod(int(season[1]) * 4 + int(season[2]) - 1 + months // 3, 4)
        return f"{year:04}-2{number + 1}" if months % 3 == 0 else None
    if month:
        year, number = divmod(int(month[1]) * 12 + int(month[2]) - 1 + months, 12)
        return f"{year:04}-{number + 1:02}{month[3]}"
    return _in_years(body, months)


def _in_years(body: str, months: int) -> str | None:
    """Return the year, decade or century so many months later; None if it is none of them."""
    match = _YEARS.fullmatch(body)
    if match is None:
        return None
    digits, unknown, rest = match.groups()
    number, remainder = divmod(months, 12 * 10 ** len(unknown))
    width = len(digits)
    return None if remainder else f"{int(digits) + number:0{width}}{unknown}{rest}"
