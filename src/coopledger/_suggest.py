"""The nearest known name to one that is not known, for every "did you mean"."""

import difflib
import heapq
from collections.abc import Iterable
from functools import partial

LIKENESS = 0.6  # Below it, a hint leads astray more often than it helps.
SHORTEST = 3  # Two letters resemble too much.
LONGEST = 100
COMPARED = 200  # Comparing letter by letter is slow: only so many names are worth it.


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like the given one, whatever its case; None if none is near."""
    wanted = name.casefold()[:LONGEST]
    likely: dict[str, str] = {}
    for candidate in known:
        folded = candidate.casefold()
        if folded == wanted:
            return str(candidate)
        if _may_be_near(wanted, folded):
            likely[folded] = str(candidate)
    if len(likely) > COMPARED:
        kept = heapq.nlargest(COMPARED, likely, key=partial(_shared, wanted))
        likely = {folded: likely[folded] for folded in kept}
    matches = difflib.get_close_matches(wanted, likely, n=1, cutoff=LIKENESS)
    return likely[matches[0]] if matches else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The words ``; did you mean 'x'?`` for the nearest known name, or nothing."""
    near = nearest(name, known)
    return f"; did you mean {near!r}?" if near else ""


def _may_be_near(wanted: str, folded: str) -> bool:
    """Whether comparing them is worth while: their lengths, and where they begin or end."""
    short, long = sorted((len(wanted), len(folded)))
    return (
        len(wanted) >= SHORTEST
        and 2 * short >= LIKENESS * (short + long)
        and (wanted[0] == folded[0] or wanted[-1] == folded[-1] or wanted[1] == folded[1])
    )


def _shared(wanted: str, folded: str) -> int:
    """How many letters they share from their beginnings and from their ends."""
    return _alike(wanted, folded) + _alike(wanted[::-1], folded[::-1])


def _alike(one: str, other: str) -> int:
    """How many letters they share before the first that differs."""
    for index, (letter, its) in enumerate(zip(one, other, strict=False)):
        if letter != its:
            return index
    return min(len(one), len(other))
