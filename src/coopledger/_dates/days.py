"""Days as ordinals (0001-01-01 is 1, 1970-01-01 is 719163), and how other values are refused."""

from datetime import date
from functools import lru_cache

from coopledger._dates.lazy_types import Date
from coopledger.errors import FieldError

EPOCH_DAY = 719_163
OUT_OF_RANGE = "is out of range: days run from 0001-01-01 to 9999-12-31"
_LAST_YEAR = 9999
_MONTHS = 12
_SHOWN_LENGTH = 40


def add_years(day: int, years: int) -> int:
    """Return the same day of the year, `years` later or, if negative, earlier.

    29 February becomes 28 February where there is none.

    Raises:
        FieldError: E106, if the result is outside of the years 0001 to 9999.

    >>> day_text(add_years(738_945, 1)), day_text(738_945)
    ('2025-02-28', '2024-02-29')
    """
    return add_months(day, years * _MONTHS)


def add_months(day: int, months: int) -> int:
    """Return the same day of the month, `months` later or, if negative, earlier.

    A day that the month does not have becomes the month's last. Adding twice may
    therefore differ from adding the sum: count from the first day, not from the last result.

    Raises:
        FieldError: E106, if the result is outside of the years 0001 to 9999.

    >>> day_text(add_months(738_186, 1)), day_text(738_186)
    ('2022-02-28', '2022-01-31')
    """
    start = stdlib_date(day)
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    if not 1 <= year <= _LAST_YEAR:
        raise FieldError("E106", f"{start} and {months} months", OUT_OF_RANGE)
    same_day = date(year, month + 1, 1).toordinal() + start.day - 1
    return min(same_day, month_end(year, month + 1))


def day_text(day: int) -> str:
    """Return the day as ``YYYY-MM-DD``.

    Raises:
        FieldError: E106, if there is no such day in the years 0001 to 9999.

    >>> day_text(1)
    '0001-01-01'
    """
    return stdlib_date(day).isoformat()


@lru_cache(32_768)
def to_date(day: int) -> Date:
    """Return the day as a pendulum ``Date``; equal days share one object.

    Raises:
        FieldError: E106, if there is no such day in the years 0001 to 9999.

    >>> to_date(719_163)
    Date(1970, 1, 1)
    """
    import pendulum

    plain = stdlib_date(day)
    return pendulum.Date(plain.year, plain.month, plain.day)


def month_end(year: int, month: int) -> int:
    """Return the ordinal of the month's last day."""
    if month == _MONTHS:
        return date(year, month, 31).toordinal()
    return date(year, month + 1, 1).toordinal() - 1


def stdlib_date(day: int) -> date:
    """Return the day as a `datetime.date`.

    Raises:
        FieldError: E106, if there is no such day in the years 0001 to 9999.
    """
    try:
        return date.fromordinal(day)
    except (ValueError, OverflowError):
        raise unusable(day, OUT_OF_RANGE) from None


def require_type(value: object, kind: type, remedy: str) -> None:
    """Refuse any other type, for callers whom no type checker has warned.

    Raises:
        FieldError: E106, if the value is not of that kind.
    """
    if not isinstance(value, kind):
        raise unusable(value, remedy)


def unreadable(value: object, remedy: str) -> FieldError:
    """Return the refusal E104: text that is no date, or not the kind of date that is needed."""
    return FieldError("E104", shortened(value), remedy)


def unusable(value: object, remedy: str) -> FieldError:
    """Return the refusal E106: a wrong type, or a value outside of the range."""
    return FieldError("E106", shortened(value), remedy)


def shortened(value: object) -> str:
    """Return text in quotes with its signs escaped, and other values, cut after 40 characters."""
    if isinstance(value, str) and len(value) > _SHOWN_LENGTH:
        return f"{value[:_SHOWN_LENGTH]!r}... ({len(value)} characters)"
    try:
        written = repr(value)
    except ValueError:  # Python writes out no number of more than some thousand digits.
        return f"{type(value).__name__} that is too long to be shown"
    if isinstance(value, str) or len(written) <= _SHOWN_LENGTH:
        return written
    return f"{written[:_SHOWN_LENGTH]}..."
