"""Ids for events that have none: ordered by time, for any record time, and hard to guess."""

import os
from collections.abc import Callable

NewId = Callable[[], str]

# The letters of Crockford's base 32: no i, l, o or u, which are misread.
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
PAIRS = tuple(first + second for first in LETTERS for second in LETTERS)
YEAR_ONE_US = 62_135_596_800_000_000  # From 0001-01-01 to 1970-01-01, in microseconds.
TIME_LETTERS = 12  # 60 bits, enough for every microsecond up to the year 9999.
RANDOM_LETTERS = 14  # 70 bits.


def time_ordered(us: int) -> str:
    """Return an id of 26 letters: the time in microseconds since 1970, then chance.

    Ids of different times sort as the times do, before 1970 too.
    """
    return _letters(us + YEAR_ONE_US, TIME_LETTERS) + _letters(
        int.from_bytes(os.urandom(9)) >> 2, RANDOM_LETTERS
    )


def _letters(number: int, length: int) -> str:
    """Return the number in base 32, of an even length: two letters are looked up at a time."""
    return "".join([PAIRS[number >> shift & 1023] for shift in range(5 * length - 10, -1, -10)])
