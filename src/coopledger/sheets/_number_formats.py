"""Number formats of a spreadsheet: whether a day, a month or a year is shown."""

import re
from datetime import date, datetime
from functools import lru_cache

# Texts, conditions and languages, signs that only take room.
_WORDS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.|AM/PM|A/P', re.IGNORECASE)
# Minutes are written as months are, beside hours or seconds.
_MINUTES = re.compile(r"h+[^a-z]*m+|m+[^a-z]*s+")
_PLAIN_YEARS = (1000, 9999)
# Beyond four digits a number is no year; the last day of year 9999.
_SERIALS = (10_000, 2_958_465)


@lru_cache
def units_of(number_format: str) -> int:
    """Return how many units of a date the format shows: 1 the year, 2 the month too, 3 the day.

    0 for a format that shows none, such as a time.

    >>> [units_of(text) for text in ("mmm-yy", "yyyy", "dd/mm/yyyy hh:mm", "h:mm", "0.00")]
    [2, 1, 3, 0, 0]
    """
    section = _WORDS.sub("", number_format).split(";", 1)[0].lower()
    letters = _MINUTES.sub("", section)
    if "d" in letters:
        return 3
    if "m" in letters:
        return 2
    return 1 if "y" in letters else 0


def shown_date(value: date | datetime, number_format: str) -> str | None:
    """Return the date as precisely as its format shows it, in EDTF; None for a time."""
    units = units_of(number_format)
    day = f"{value.year:04}-{value.month:02}-{value.day:02}"
    return {0: None, 1: day[:4], 2: day[:7], 3: day}[units]


def is_year(number: float) -> bool:
    """Return whether a plain number in a column of dates is a year."""
    return _within(number, _PLAIN_YEARS)


def is_serial(number: float) -> bool:
    """Return whether a plain number in a column of dates counts days, its format being lost."""
    return _within(number, _SERIALS)


def _within(number: float, bounds: tuple[int, int]) -> bool:
    return float(number).is_integer() and bounds[0] <= number <= bounds[1]


def serial_day(number: float, *, starts_1904: bool) -> date:
    """Return the day with the number."""
    first = date(1904, 1, 1) if starts_1904 else date(1899, 12, 30)
    return date.fromordinal(first.toordinal() + int(number))
