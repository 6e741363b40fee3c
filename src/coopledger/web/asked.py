"""Moment that a request asks about, as its address tells it."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlencode

import attrs

from coopledger._frozen import frozen

TODAY: Final = "today"
NO: Final = "no"
# The handles of "then and now", and what each of them tells.
HANDLES: Final = {"day": "on", "known_day": "known_at"}


@frozen(kw_only=True)
class Asked:
    """Moment, reader and language of a request, as they were typed; empty where none is given.

    Nothing is refused here: what cannot be read is refused by whoever reads it, and the page then
    keeps what was typed.

    Attributes:
        on: The day asked about; today if empty.
        known_at: The day or instant up to which that is known; all counts if empty.
        hindsight: ``no``, where later acts do not count that reach back to the day.
        us: The id of the reader's own party.
        lang: The language of the page.
    """

    on: str = ""
    known_at: str = ""
    hindsight: str = ""
    us: str = ""
    lang: str = ""

    @property
    def has_hindsight(self) -> bool:
        """Return whether later acts count that reach back to the day."""
        return self.hindsight != NO

    def named(self) -> list[tuple[str, str]]:
        """Return the values that are not empty, by name, as a form keeps them."""
        return [(name, value) for name, value in attrs.asdict(self).items() if value]

    def query(self, **others: str) -> str:
        """Return the query of an address that asks about the same, with other values.

        What is empty is left out; so an address is as short as it can be.
        """
        values = {**dict(self.named()), **others}
        filled = {name: value for name, value in values.items() if value}
        return f"?{urlencode(filled)}" if filled else ""


NAMES: Final = tuple(each.name for each in attrs.fields(Asked))


def asked_by_handles(query: Mapping[str, str]) -> dict[str, str]:
    """Return the query with days in the place of the numbers that the handles of a range give.

    A handle sends the number of its day, whether there are scripts or not. What is no number of
    a day is left out, as if it had not been moved.
    """
    days = {HANDLES[name]: _day(query[name]) for name in HANDLES if name in query}
    others = {name: value for name, value in query.items() if name not in HANDLES}
    return others | {name: day for name, day in days.items() if day}


def _day(number: str) -> str:
    """Return the day of a number; empty where it is none of a day."""
    try:
        return date.fromordinal(int(number)).isoformat()
    except (ValueError, OverflowError):
        return ""


def asked(query: Mapping[str, str]) -> Asked:
    """Return the moment that the query of an address asks about."""
    values = {name: query.get(name, "").strip() for name in NAMES}
    for name in ("on", "known_at"):
        if values[name] == TODAY:
            values[name] = ""
    return Asked(**values)
