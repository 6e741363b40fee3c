"""Door to Babel, the extra ``languages``: dates and countries in other languages than English."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import cast

from coopledger.errors import MissingExtraError

SKELETONS = ("y", "yMMM", "yMMMd")  # by how many units a date has
Units = tuple[int, ...]


@lru_cache
def babel_days(language: str) -> tuple[Callable[[Units], str], Callable[[Units, Units], str]]:
    """Return what writes one date in a language, and what writes a range.

    Raises:
        MissingExtraError: Babel is not installed.
    """
    with _extra():
        from babel.dates import format_interval, format_skeleton

    def write(units: Units) -> str:
        return format_skeleton(SKELETONS[len(units) - 1], _day(units), locale=language)

    def write_range(first: Units, last: Units) -> str:
        skeleton = SKELETONS[len(first) - 1]
        return format_interval(_day(first), _day(last), skeleton, locale=language)

    return write, write_range


def country_name(code: str, language: str) -> str:
    """Return the name of a country, or its code where Babel knows none.

    Raises:
        MissingExtraError: Babel is not installed.
    """
    with _extra():
        from babel import Locale

    names = cast("Mapping[str, str]", Locale(language).territories)
    return names.get(code, code)


def _day(units: Units) -> date:
    """Return the first day of a date."""
    year, month, day = (*units, 1, 1)[:3]
    return date(year, month, day)


@contextmanager
def _extra() -> Generator[None, None, None]:
    """Raise the error that says what to install where Babel is missing."""
    try:
        yield
    except ImportError:
        raise MissingExtraError("languages", "Babel") from None
