"""Days as ordinals, and bounds of dates in EDTF: a plain reading of docs/reference/dates.md."""

import calendar
import re
from datetime import date
from functools import cache

__all__ = ["BEGINNING", "add_months", "bounds", "iso", "settled"]

BEGINNING = 0  # before every day: what has no date counts from there
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


def iso(day: int | None) -> str | None:
    """Return the day as text."""
    return None if day is None else date.fromordinal(day).isoformat()


def add_months(day: int, months: int) -> int:
    """Return the same day of the month, or the last day of a shorter one."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()


def _months(year: int, first: int, last: int) -> tuple[int, int]:
    end = year + 1 if last < first else year
    return (
        date(year, first, 1).toordinal(),
        date(end, last, calendar.monthrange(end, last)[1]).toordinal(),
    )


def _simple(text: str) -> tuple[int, int]:
    text = re.sub("-XX", "", text.rstrip("~?%"))
    if text.endswith("X"):
        return _months(int(text.replace("X", "0")), 1, 12)[0], _months(
            int(text.replace("X", "9")), 1, 12
        )[1]
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 1:
        return _months(numbers[0], 1, 12)
    if len(numbers) == 2:
        first, last = SEASONS.get(numbers[1], (numbers[1], numbers[1]))
        return _months(numbers[0], first, last)
    day = date(*numbers).toordinal()
    return day, day


@cache
def bounds(text: str) -> tuple[int | None, int | None]:
    """Return the first and the last day that the date may mean; None where a side is open."""
    if text.startswith("["):
        first, last = text[1:-1].split("..")
    elif "/" in text:
        first, last = text.split("/")
    else:
        first = last = text
    return (
        None if first in {"", ".."} else _simple(first)[0],
        None if last in {"", ".."} else _simple(last)[1],
    )


@cache
def settled(text: str) -> int:
    """Return the day at which an act counts: the latest, or the latest of the known side."""
    last = bounds(text)[1]
    if last is not None:
        return last
    return _simple(text[1:].partition("..")[0] if text[0] == "[" else text.partition("/")[0])[1]
