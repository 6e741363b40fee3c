"""How answers are worded: the phrases that their one line is made of."""

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from coopledger.dates import EdtfDate
from coopledger.values import Participant

# Beside a day: it rests on a date that is not one single certain day.
ABOUT = "~"

Named: TypeAlias = tuple[str, ...] | str | int | EdtfDate | date | None


def label(word: str) -> str:
    """A word of a list as people say it, without underscores."""
    return word.replace("_", " ")


def comma_list(names: Iterable[str]) -> str:
    """The names with commas between them."""
    return ", ".join(names)


def standing(word: str, since: date | None, *, certain: bool) -> str:
    """A state and its first day; ``~`` marks one that rests on a date that is not exact."""
    return f"{label(word)}{phrase(' since ', since, approx(certain=certain))}"


def days(number: int | None) -> str | None:
    """So many days in words; None where there is no number."""
    return None if number is None else f"{number} {'day' if number == 1 else 'days'}"


def approx(*, certain: bool) -> str:
    """What stands after a day that may rest on a date that is not exact."""
    return "" if certain else ABOUT


def someone(who: Participant) -> str:
    """Somebody by name, office or party."""
    return who.person or who.post or who.party or ""


def phrase(before: str, value: Named, after: str = "") -> str:
    """The value, or the names, between its words; nothing at all where there is no value."""
    if not value:
        return ""
    return f"{before}{comma_list(value) if isinstance(value, tuple) else value}{after}"


def one_line(subject: str, *parts: str | None) -> str:
    """What is said of the subject, on one line; parts that are empty or None are left out."""
    told = "; ".join(part for part in parts if part)
    return f"{subject}: {' '.join(told.split())}"
