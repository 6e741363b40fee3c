"""Terms: the last day of a text, as it was said, lengthened and rolled on."""

from dataclasses import dataclass

from tests.oracle.days import bounds, iso, lengthened, mark_of
from tests.oracle.facts import Fact, date_of, effect_of

__all__ = ["NO_END", "Term", "from_first_day", "is_doubtful", "length_of"]

NO_END = "../.."  # it was said that there is none


@dataclass
class Term:
    """Term: the last end that was said, and the lengths that are counted from it at once.

    Attributes:
        said: The end that was said; of a length from a first day, the day before.
        setter: The event that set the term.
        months: The lengths in a row, added.
        period: The months by which it rolls on.
        rolls: How often it has rolled on.
        renewals: How often it was renewed tacitly before that, since an end was said.
    """

    said: str
    setter: str
    months: int = 0
    period: int = 0
    rolls: int = 0
    renewals: int = 0

    @property
    def text(self) -> str:
        months = self.months + self.period * self.rolls
        return lengthened(self.said, months) if months else self.said

    @property
    def last(self) -> int | None:
        return bounds(self.text)[1]

    @property
    def display(self) -> str | None:
        return None if self.said == NO_END else self.text


def from_first_day(fact: Fact, months: int, setter: str, first: int | None = None) -> Term:
    """Return the term whose first day is the effect day of the act, which may be fuzzy."""
    day = effect_of(fact) if first is None else first
    mark = mark_of(date_of(fact)) if first is None else ""
    return Term(f"{iso(day - 1)}{mark}", setter, months)


def length_of(fact: Fact) -> int:
    """Return the months of a length: 'years and months add up'."""
    return 12 * int(fact.get("years") or 0) + int(fact.get("months") or 0)


def is_doubtful(end: str, day: int) -> bool:
    first, last = bounds(end)
    begun = first is None or first <= day
    if not mark_of(end) or last is None or not begun:
        return False
    return day <= last or end[-1] in "~?%"
