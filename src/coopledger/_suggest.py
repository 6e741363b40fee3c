"""Nearest known name to one that is not known, for every "did you mean"."""

import difflib
import heapq
from collections.abc import Iterable
from functools import partial

LIKENESS = 0.6  # Below it, a hint leads astray more often than it helps.
SHORTEST = 3  # Two letters resemble too much.
LONGEST = 100
COMPARED = 200  # Comparing letter by letter is slow: only so many names are worth it.


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like the name, whatever its case; None if none is near."""
    wanted = name.casefold()[:LONGEST]
    likely: dict[str, str] = {}
    for candidate in known:
        folded = candidate.casefold()
        if folded == wanted:
            return str(candidate)
        if _may_be_near(wanted, folded):
            likely[folded] = str(candidate)
    if len(likely) > COMPARED:
        likeliest = heapq.nlargest(COMPARED, likely, key=partial(_shared_letters, wanted))
        likely = {folded: likely[folded] for folded in likeliest}
    matches = difflib.get_close_matches(wanted, likely, n=len(likely) or 1, cutoff=LIKENESS)
    return likely[max(matches, key=partial(_closeness, wanted))] if matches else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the words ``; did you mean 'x'?`` for the nearest known name, or no words."""
    near = nearest(name, known)
    return f"; did you mean {near!r}?" if near else ""


def _may_be_near(wanted: str, folded: str) -> bool:
    """Return whether the names may be near: by their lengths, and where they begin or end."""
    short, long = sorted((len(wanted), len(folded)))
    return (
        len(wanted) >= SHORTEST
        and 2 * short >= LIKENESS * (short + long)
        and (wanted[0] == folded[0] or wanted[-1] == folded[-1] or wanted[1] == folded[1])
    )


def _closeness(wanted: str, folded: str) -> tuple[bool, float, int, str]:
    """Return the key of a near name: one slip away, then by its letters, then by its beginning.

    Likeness alone does not tell ``a008`` from ``a060`` as near to ``a009``.
    """
    ratio = difflib.SequenceMatcher(None, folded, wanted).ratio()
    return _is_one_slip(wanted, folded), ratio, _shared_start(wanted, folded), folded


def _is_one_slip(one: str, other: str) -> bool:
    """Return whether one letter is missing, added or another, or two letters are swapped."""
    start = _shared_start(one, other)
    end = _shared_start(one[start:][::-1], other[start:][::-1])
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    is_swap = len(left) == 2 and left == right[::-1]  # noqa: PLR2004 - two letters
    return is_swap or max(len(left), len(right)) <= 1


def _shared_letters(one: str, other: str) -> int:
    """Return how many letters the names share from their beginnings and from their ends."""
    return _shared_start(one, other) + _shared_start(one[::-1], other[::-1])


def _shared_start(one: str, other: str) -> int:
    """Return how many letters the names share before the first that differs."""
    for index, (letter, its) in enumerate(zip(one, other, strict=False)):
        if letter != its:
            return index
    return min(len(one), len(other))
