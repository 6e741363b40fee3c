"""Readings of a text that is no date yet: every date that it may mean, by one table of forms."""

import re
import unicodedata
from functools import lru_cache

from coopledger._dates.forms import Hand, fitting, one_date
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

    Empty if the text is longer than 64 characters, or has none of the known forms.

    Args:
        text: The text as given.
        day_first: Whether the day comes before the month where both are numbers; None for
            either. A French or Vietnamese word in the text settles it.
        mends: Whether faults are mended.
    """
    if len(text) > LONGEST:
        return ()
    words = _plain(text).split(" ")
    if len(" ".join(words)) > _LONGEST_PLAIN:
        return ()
    orders = (True, False) if day_first is None else (day_first,)
    if not DAY_FIRST.isdisjoint(words):
        orders = (True,)
    kept = " ".join(word for word in words if word not in FILLERS)
    dates: set[str] = set()
    for order in orders:
        hand = Hand(order, mends)
        dates |= one_date(kept, hand) or fitting(kept, SPANS, hand)
    return tuple(sorted(dates, key=lambda date: (date.startswith(".."), date)))


def suggestions(text: str) -> tuple[str, ...]:
    """Return the readings of the text, or else those of it with its faults mended."""
    return readings(text) or readings(text, mends=True)


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
