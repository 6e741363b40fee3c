"""Readings of a text that is no date yet: every date that it may mean, by one table of forms."""

import re
import unicodedata
from functools import lru_cache

from coopledger._dates.forms import Hand, day_fault, fitting, one_date
from coopledger._dates.spans import SPANS
from coopledger._dates.words import DAY_FIRST, FILLERS

LONGEST = 64
_LONGEST_PLAIN = 2 * LONGEST  # a sign may stand for several

_REMEMBERED = 256  # a file may have the same text in many lines

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2019": "'",
        "\u0111": "d",
    }
)
_ORDINAL = re.compile(r"\b([0-9]{1,2}|i{1,3}|iv)(?:st|nd|rd|th|er|e|eme|ieme|nde)\b")
_ELISION = re.compile(r"\b(?:[dl]'(?!ici\b)|au mois )")


@lru_cache(_REMEMBERED)
def readings(text: str, *, day_first: bool | None = None, mends: bool = False) -> tuple[str, ...]:
    """Return the dates that the text may mean, each accepted; those with an open start come last.

    Empty if the text is longer than 64 characters, or has none of the known forms, or if a
    word in it puts the day first, the caller the month, and the two orders differ.

    Args:
        text: The text as given.
        day_first: Whether the day comes before the month where both are numbers; None for
            either, unless a French or Vietnamese word in the text settles it.
        mends: Whether faults are mended.
    """
    kept = _kept(text)
    if day_first is False and puts_day_first(text):
        dates = _dates(kept, Hand(day_first=True, mends=mends))
        if dates != _dates(kept, Hand(day_first=False, mends=mends)):
            return ()
    elif day_first is None and not puts_day_first(text):
        day_last = Hand(day_first=False, mends=mends)
        dates = _dates(kept, Hand(day_first=True, mends=mends)) | _dates(kept, day_last)
    else:
        dates = _dates(kept, Hand(day_first is not False, mends))
    return tuple(sorted(dates, key=lambda date: (date.startswith(".."), date)))


def suggestions(text: str) -> tuple[str, ...]:
    """Return the readings of the text, or else those of it with its faults mended."""
    return readings(text) or readings(text, mends=True)


def puts_day_first(text: str) -> bool:
    """Return whether a French or Vietnamese word in the text says that the day is first."""
    return not DAY_FIRST.isdisjoint(_words(text))


def no_such_day(text: str) -> str:
    """Return why the day of a text with the month in words does not exist; empty for others."""
    return day_fault(_kept(text), Hand(day_first=True))


def _dates(kept: str, hand: Hand) -> frozenset[str]:
    return one_date(kept, hand) or frozenset(fitting(kept, SPANS, hand))


def _kept(text: str) -> str:
    """Return the words that say something of the date."""
    return " ".join(word for word in _words(text) if word not in FILLERS)


def _words(text: str) -> list[str]:
    """Return the words of the text in plain letters; none of a text that is too long."""
    if len(text) > LONGEST:
        return []
    plain = _plain(text)
    return plain.split(" ") if len(plain) <= _LONGEST_PLAIN else []


def _plain(text: str) -> str:
    """Return the text in small letters without diacritics, with one kind of digit and dash."""
    compatible = unicodedata.normalize("NFKC", text.translate(_SIGNS)).casefold()
    letters = unicodedata.normalize("NFD", compatible).translate(_SIGNS)
    digits = "".join(
        str(unicodedata.decimal(letter, letter))
        for letter in letters
        if unicodedata.category(letter) != "Mn"
    )
    bare = " ".join(digits.split()).strip("'\"`()<>,; ")
    return _ELISION.sub("", _ORDINAL.sub(r"\1", bare))
