"""Date as people write it down: a text that knows its earliest and its latest day."""

import datetime
from functools import lru_cache
from typing import final

import attrs

from coopledger._dates.days import day_text, require_type, to_date, unreadable, unusable
from coopledger._dates.grammar import read
from coopledger._dates.lazy_types import Date

_REMEMBERED = 32_768
_BEFORE_ALL = 0
_AFTER_ALL = datetime.date.max.toordinal() + 1


def _exact_text(value: str) -> str:
    """Return the value as a `str`, since a subclass might print or compare in another way."""
    if type(value) is str:
        return value
    require_type(value, str, "is not the text of a date, e.g. '2022-08-16'")
    return str.__str__(value)


@final
@attrs.frozen(repr=False)
class EdtfDate:
    """Date in EDTF: a day, a month, a season, a year, an interval, more or less certain.

    Two dates are equal if their texts are equal. They sort by earliest day (an open or
    unknown start comes first), then latest day (an open or unknown end comes last), then text.

    Attributes:
        text: The date as written, in an accepted spelling.
        first: The ordinal of the earliest day; None where the start is open or unknown.
        last: The ordinal of the latest day, inclusive; None where the end is open or unknown.
        settled: The ordinal of the day at which an act so dated counts: the latest day, or
            the latest day of the start where the end is open or unknown.
        exact: Whether it is one single day without a ``~``, ``?`` or ``%``.

    Raises:
        FieldError: E104, if the text is not in an accepted spelling, with what would do;
            E106, if it is no text.

    >>> visit = EdtfDate("2018-03-25/2018-03-27")
    >>> str(visit.earliest), str(visit.latest), visit.exact
    ('2018-03-25', '2018-03-27', False)
    """

    text: str = attrs.field(converter=_exact_text)
    first: int | None = attrs.field(init=False, eq=False)
    last: int | None = attrs.field(init=False, eq=False)
    settled: int = attrs.field(init=False, eq=False)
    exact: bool = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        """Read the text, so that no object holds an unreadable one."""
        span = read(self.text)
        if isinstance(span, str):
            # Most programs never need advice, and its patterns take longer to load than reading.
            from coopledger._dates.hints import remedy

            raise unreadable(self.text, remedy(self.text, span))
        keep = object.__setattr__
        keep(self, "first", span.first)
        keep(self, "last", span.last)
        keep(self, "settled", span.settled)
        keep(self, "exact", span.exact)

    def surely_before(self, other: "EdtfDate") -> bool:
        """Return whether every day of this date comes before every day of the other."""
        return self.last is not None and other.first is not None and self.last < other.first

    @property
    def earliest(self) -> Date | None:
        """Return the earliest day; None where the start is open or unknown."""
        return None if self.first is None else to_date(self.first)

    @property
    def latest(self) -> Date | None:
        """Return the latest day, inclusive; None where the end is open or unknown."""
        return None if self.last is None else to_date(self.last)

    def __str__(self) -> str:
        """Return the text as written."""
        return self.text

    def __repr__(self) -> str:
        """Return the call that makes an equal date."""
        return f"EdtfDate({self.text!r})"

    def __reduce__(self) -> "tuple[type[EdtfDate], tuple[str]]":
        """Pickle the text alone, so that unpickling reads it again."""
        return EdtfDate, (self.text,)

    def __lt__(self, other: object) -> bool:
        """Return whether this date sorts before the other."""
        return _key(self) < _key(other) if isinstance(other, EdtfDate) else NotImplemented

    def __le__(self, other: object) -> bool:
        """Return whether this date sorts before the other or is equal to it."""
        return _key(self) <= _key(other) if isinstance(other, EdtfDate) else NotImplemented

    def __gt__(self, other: object) -> bool:
        """Return whether this date sorts after the other."""
        return _key(self) > _key(other) if isinstance(other, EdtfDate) else NotImplemented

    def __ge__(self, other: object) -> bool:
        """Return whether this date sorts after the other or is equal to it."""
        return _key(self) >= _key(other) if isinstance(other, EdtfDate) else NotImplemented


def _key(value: EdtfDate) -> tuple[int, int, str]:
    """Return the key of the order: by first day, by last day, and by text."""
    first = _BEFORE_ALL if value.first is None else value.first
    last = _AFTER_ALL if value.last is None else value.last
    return first, last, value.text


@lru_cache(_REMEMBERED)
def known_date(text: str) -> EdtfDate:
    """Return the date of a text in an accepted spelling, the same object for the same text."""
    return EdtfDate(text)


def edtf(value: str | datetime.date | EdtfDate) -> EdtfDate:
    """Return the date that a text or a calendar day means; equal texts share one object.

    Raises:
        FieldError: E104, if the text is not in an accepted spelling, with what would do;
            E106, for any other type, also for a `datetime.datetime`: which day an instant
            falls on depends on a zone.

    >>> edtf("31/12/2022")
    Traceback (most recent call last):
    coopledger.errors.FieldError: E104 '31/12/2022' is not a date: did you mean 2022-12-31?
    """
    if type(value) is str:
        return known_date(value)
    if isinstance(value, EdtfDate):
        return value
    return known_date(_text_of(value))


def _text_of(value: object) -> str:
    """Return the text of a date given as a text or as a calendar day; refuse the rest."""
    if isinstance(value, str):
        return _exact_text(value)
    if isinstance(value, datetime.datetime):
        raise unusable(value, "is an instant, not a date: give its day, e.g. 2022-08-16")
    if isinstance(value, datetime.date):
        return day_text(value.toordinal())
    raise unusable(value, "is not a date: give text such as '2022-08-16', or a calendar day")


def to_day(value: str | datetime.date | EdtfDate) -> int:
    """Return the ordinal of the one day that the value means.

    Raises:
        FieldError: E104, if the text is no date, or a date that is not one certain day;
            E106, if it is neither text nor a calendar day.

    >>> to_day("1970-01-01")
    719163
    """
    date = edtf(value)
    if not date.exact:
        raise unreadable(date.text, "is not one certain day: a day is needed, e.g. 2022-08-16")
    return date.settled
