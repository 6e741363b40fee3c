"""Days, bounds of dates in EDTF, and lengths: a plain reading of docs/reference/dates.md."""

import calendar
import re
from datetime import date
from functools import cache

__all__ = [
    "BEGINNING",
    "add_months",
    "bounds",
    "day_lent",
    "deadline",
    "end_of",
    "iso",
    "lengthened",
    "mark_of",
    "recurring",
    "repeated",
    "settled",
]

BEGINNING = 0  # before every day: what has no date counts from there
DAY = r"\d{4}-\d{2}-\d{2}"
# How dates without their marks are written, and the months in the unit of each.
UNITS = (
    (r"\d{2}XX(-XX)*", 1200),
    (r"\d{3}X(-XX)*", 120),
    (r"\d{4}(-XX)*", 12),
    (r"\d{4}-2[1-4]", 3),
    (r"\d{4}-[01]\d(-XX)?", 1),
)
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


def mark_of(text: str) -> str:
    """Return ~ for 'any date that is not one day or a closed interval of days'."""
    return "" if re.fullmatch(f"{DAY}(/{DAY})?", text) else "~"


def day_lent(text: str) -> str:
    """Return the latest day of the date, with ~ where the date is fuzzy."""
    return f"{iso(settled(text))}{mark_of(text)}"


def end_of(first: int, months: int) -> int:
    """Return the last day of a length: 'the day before the anniversary' of its first day.

    'Where the month has no such day, the length ends on the last day of that month'.
    """
    anniversary = add_months(first, months)
    clamped = date.fromordinal(anniversary).day < date.fromordinal(first).day
    return anniversary if clamped else anniversary - 1


def deadline(end: int, *, months: int, days: int = 0) -> int:
    """Return the last day for a notice: 'the day after the end, less the period, less one day'."""
    return add_months(end + 1, -months) - days - 1


def lengthened(text: str, months: int) -> str:
    """Return the end so many months after an end: 'lengths keep the precision'.

    'A length that is no whole number of the date's unit is counted from its last day, which then
    carries ~'; an interval of days 'lends its last day as it is'.
    """
    body = text.rstrip("~?%")
    mark = text[len(body) :]
    for form, unit in UNITS:
        if re.fullmatch(form, body) and months % unit == 0:
            return _shifted(body, months) + mark
    if not re.fullmatch(DAY, body):
        mark = mark_of(text)
    return f"{iso(end_of(settled(text) + 1, months))}{mark}"


def repeated(text: str, *, months: int, days: int) -> str | None:
    """Return a date so much later 'by calendar arithmetic', which 'keeps its precision'.

    None for 'a length that the precision does not hold'.
    """
    if text.startswith("["):
        return _joined("[{}..{}]", text[1:-1].split(".."), months=months, days=days)
    if "/" in text:
        return _joined("{}/{}", text.split("/"), months=months, days=days)
    body = text.rstrip("~?%")
    mark = text[len(body) :]
    if body in {"", ".."}:
        return text
    if re.fullmatch(DAY, body):
        return f"{iso(add_months(date.fromisoformat(body).toordinal(), months) + days)}{mark}"
    unit = next(unit for form, unit in UNITS if re.fullmatch(form, body))
    return None if days or months % unit else _shifted(body, months) + mark


def _joined(form: str, sides: list[str], *, months: int, days: int) -> str | None:
    moved = [repeated(each, months=months, days=days) for each in sides]
    return None if None in moved else form.format(*moved)


def recurring(text: str, months: int) -> str:
    """Return the date so many months later, 'by calendar arithmetic', as precise as it is.

    Where the months are no whole number of its unit, they are counted from its last day.
    """
    body = text.rstrip("~?%")
    mark = text[len(body) :]
    for form, unit in UNITS:
        if re.fullmatch(form, body) and months % unit == 0:
            return _shifted(body, months) + mark
    if not re.fullmatch(DAY, body):
        mark = mark_of(text)
    return f"{iso(add_months(settled(text), months))}{mark}"


def _shifted(body: str, months: int) -> str:
    year, _, rest = body.partition("-")
    if re.fullmatch(r"2[1-4]", rest):
        years, season = divmod(int(year) * 4 + int(rest) - 21 + months // 3, 4)
        return f"{years:04}-{season + 21}"
    if re.fullmatch(r"\d{2}(-XX)?", rest):
        years, month = divmod(int(year) * 12 + int(rest[:2]) - 1 + months, 12)
        return f"{years:04}-{month + 1:02}{rest[2:]}"
    unknown = year.count("X")
    kept = f"{int(year.replace('X', '0')) + months // 12:04}"[: 4 - unknown]
    return f"{kept}{'X' * unknown}{body[4:]}"
