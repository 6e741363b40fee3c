"""Ids for events that have none: ordered by time, for any record time, and hard to guess."""

import os
from collections.abc import Callable

NewId = Callable[[], str]

# The letters of Crockford's base 32: no i, l, o or u, which are misread.
LETTERS = b"0123456789abcdefghjkmnpqrstvwxyz"
LETTER_OF_BYTE = LETTERS * (256 // len(LETTERS))  # By the last five bits of the byte.
YEAR_ONE_US = 62_135_596_800_000_000  # From 0001-01-01 to 1970-01-01, in microseconds.
TIME_SHIFTS = range(55, -1, -5)  # Of 12 letters, enough for every microsecond up to the year 9999.
RANDOM_LETTERS = 14  # 70 bits.


def time_ordered(us: int) -> str:
    """Return an id of 26 letters: the time in microseconds since 1970, then chance.

    Ids of different times sort as the times do, before 1970 too.
    """
    time = us + YEAR_ONE_US
    digits = bytes([time >> shift & 31 for shift in TIME_SHIFTS])
    return (digits + os.urandom(RANDOM_LETTERS)).translate(LETTER_OF_BYTE).decode()
