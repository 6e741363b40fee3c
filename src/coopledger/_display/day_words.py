"""Dates as people read them: `27 Nov 2026`, `Oct 2026`, `7–14 Jul 2022`, `about 2007`.

A date is never shown nicer than its record: what is fuzzy stays fuzzy, an open end stays open.
English is our own; other languages come from Babel, which is loaded when one is asked for.
"""

import re
from collections.abc import Callable
from datetime import date

from coopledger._display.catalogue import ENGLISH, Words, words
from coopledger._display.languages import babel_days
from coopledger._frozen import frozen

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
QUALIFIERS = {"~": "about", "?": "perhaps", "%": "perhaps_about"}
DASH = "–"

# Writes the units of a date that are given: the year, or the year and month, or the day as well.
Units = tuple[int, ...]
Write = Callable[[Units], str]
WriteRange = Callable[[Units, Units], str]

_UNITS = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?")
_SEASON = re.compile("([0-9]{4})-(2[1-4])")
_DECADE = re.compile("([0-9]{2,3})X{1,2}")
_TIME_OR_UNSPECIFIED = re.compile("T.*|(?:-XX)+")


@frozen
class DayWords:
    """Manner in which a language writes dates.

    Attributes:
        words: The words around them.
        write: Writes one date.
        write_range: Writes a first and a last date with the same units.
    """

    words: Words
    write: Write
    write_range: WriteRange

    def day(self, day: date) -> str:
        """Return a calendar day in words."""
        return self.write((day.year, day.month, day.day))

    def date(self, text: str) -> str:
        """Return a date in words: the text of one in EDTF, as an answer holds it."""
        if text.startswith("["):
            first, last = text[1:-1].split("..")
            return self._range_of_one(first, last)
        start, slash, end = text.partition("/")
        return self._interval(start, end) if slash else self._one(text)

    def said(self, text: str) -> str:
        """Return the words of somebody about a date, in quotation marks."""
        return self.words.text("quoted", text=text)

    def _interval(self, start: str, end: str) -> str:
        """Return an interval: its sides together where both are plain, open sides in words."""
        if end in {"", ".."}:
            name = "from_open" if end else "from_unknown"
            return self.words.text(name, date=self._one(start))
        if start in {"", ".."}:
            return self.words.text("until" if start else "until_unknown", date=self._one(end))
        return self._from_to(start, end)

    def _from_to(self, start: str, end: str) -> str:
        """Return two sides, written together where both have the same units."""
        first, last = _units(start), _units(end)
        if first is not None and last is not None and len(first) == len(last):
            return self.write_range(first, last)
        return f"{self._one(start)} {DASH} {self._one(end)}"

    def _range_of_one(self, first: str, last: str) -> str:
        """Return a date that is one of a range of days; a side may be open."""
        if not first or not last:
            name, side = ("until", last) if last else ("from_open", first)
            return self.words.text(name, date=self._one(side))
        return self.words.text("between", first=self._one(first), last=self._one(last))

    def _one(self, text: str) -> str:
        """Return one date, which may be qualified, unspecified, or a season."""
        if text[-1] in QUALIFIERS:
            return self.words.text(QUALIFIERS[text[-1]], date=self._one(text[:-1]))
        plain = _TIME_OR_UNSPECIFIED.sub("", text)
        units = _units(plain)
        if units is not None:
            return self.write(units)
        season = _SEASON.fullmatch(plain)
        if season is not None:
            return self.words.text(SEASONS[season[2]], year=int(season[1]))
        return self._decade(plain)

    def _decade(self, text: str) -> str:
        """Return the years of a decade or a century in which a date is."""
        return self._range_of_one(text.replace("X", "0"), text.replace("X", "9"))


def day_words(language: str = ENGLISH) -> DayWords:
    """Return the manner in which a language writes dates.

    Raises:
        ArgumentError: There are no words of this language.
        MissingExtraError: It is not English, and Babel is not installed.
    """
    if language == ENGLISH:
        return DayWords(words(), _english, _english_range)
    return DayWords(words(language), *babel_days(language))


def _units(text: str) -> Units | None:
    """Return the year, month and day of a plain date, as far as given; None for any other."""
    match = _UNITS.fullmatch(text)
    return None if match is None else tuple(int(unit) for unit in match.groups() if unit)


def _english(units: Units) -> str:
    """Return a date in English: the day, the month in three letters, the year."""
    return " ".join(_english_parts(units))


def _english_range(first: Units, last: Units) -> str:
    """Return a range in English; what both sides have in common is written once, at the end."""
    if first == last:
        return _english(first)
    start, end = _english_parts(first), _english_parts(last)
    own = next(count for count in range(1, len(start) + 1) if start[count:] == end[count:])
    dash = DASH if own == 1 else f" {DASH} "
    return f"{' '.join(start[:own])}{dash}{' '.join(end)}"


def _english_parts(units: Units) -> list[str]:
    """Return the day, the month and the year, as far as given."""
    year, *smaller = units
    return [*map(str, smaller[1:]), *(MONTHS[month - 1] for month in smaller[:1]), str(year)]
