"""Nearest known name to one that is not known, for every "did you mean".

Looking for it costs the same however many names are known: a name that is one slip away is looked
up, and of all others only those are compared that begin or end most alike.
"""

import difflib
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from string import ascii_lowercase, digits

from coopledger._folding import skeleton

LIKENESS = 0.6  # Below it, a hint leads astray more often than it helps.
SHORTEST = 3  # Two letters resemble too much.
LONGEST = 100
COMPARED = 100  # Comparing letter by letter is slow: only so many names are worth it.
LETTERS = frozenset(ascii_lowercase + digits + "-_")  # Those of which most ids are made.


class Names:
    """Names among which the nearest is found; may hold names that are not known any more."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        """Hold the names, of which nothing is made before the nearest is sought."""
        self._added: list[str] = list(names)
        self._spellings: dict[str, list[str]] = {}
        self._forwards: list[str] = []  # The spellings in order, and so those read backwards.
        self._backwards: list[str] = []
        self._letters: list[set[str]] = []  # At each place of a spelling, the letters found there.

    def add(self, name: str) -> None:
        """Hold one more name."""
        self._added.append(name)

    def spelled(self, folded: str) -> list[str]:
        """Return the names that have the spelling as `skeleton` gives it, in their order."""
        self._take_in()
        return self._spellings.get(folded, [])

    def one_slip_from(self, wanted: str) -> Iterator[str]:
        """Yield the spellings that are one slip away; some come twice."""
        self._take_in()
        # Before the slip, and after the two letters that it touches at most, the name is as known.
        first = len(wanted) - 2 - _longest_start(wanted[::-1], self._backwards)
        last = _longest_start(wanted, self._forwards)
        for place in range(max(first, 0), last + 1):
            letters = self._letters[place] if place < len(self._letters) else ()
            yield from filter(self._spellings.__contains__, _slips_at(place, wanted, letters))

    def most_alike(self, wanted: str) -> Iterable[str]:
        """Return spellings that begin or end most like the wanted one: so many at most."""
        self._take_in()
        if len(self._spellings) <= COMPARED:
            return self._spellings
        beginning = _around(wanted, self._forwards)
        ending = (backwards[::-1] for backwards in _around(wanted[::-1], self._backwards))
        return dict.fromkeys((*beginning, *ending))

    def _take_in(self) -> None:
        """Spell the names that were added since the last search."""
        spellings: list[str] = []
        for name in map(str, self._added):
            folded = skeleton(name)
            names = self._spellings.setdefault(folded, [])
            if not names:
                spellings.append(folded)
            if name not in names:
                names.append(name)
        self._added.clear()
        for folded in spellings:
            for place, letter in enumerate(folded[: LONGEST + 1]):
                if place == len(self._letters):
                    self._letters.append(set())
                self._letters[place].add(letter)
        _sort_in(self._forwards, spellings)
        _sort_in(self._backwards, [folded[::-1] for folded in spellings])


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like the name, whatever its case; None if none is near."""
    return nearest_in(name, [Names(known)])


def nearest_in(
    name: str, several: Iterable[Names], *, is_known: Callable[[str], bool] = bool
) -> str | None:
    """Return the known name of several that is most like the name; None if none is near.

    Case, diacritics, signs that nobody sees and letters of other scripts that look alike make no
    difference. Names that are held, but not known any more, are passed over.
    """
    wanted = skeleton(name)[:LONGEST]
    indexes = list(several)
    known = partial(_known, indexes, is_known)
    same = known([wanted])
    if same or len(wanted) < SHORTEST:
        return same[wanted][0] if same else None
    near = known(chain.from_iterable(index.one_slip_from(wanted) for index in indexes))
    found = _most_like(wanted, near)
    if found is None:
        near = known(chain.from_iterable(index.most_alike(wanted) for index in indexes))
        found = _most_like(wanted, near, likeness=LIKENESS)
    return near[found][-1] if found is not None else None


def _known(
    indexes: Iterable[Names], is_known: Callable[[str], bool], spellings: Iterable[str]
) -> dict[str, list[str]]:
    """Return the known names that have the spellings, by the spelling."""
    names = {
        folded: [name for index in indexes for name in index.spelled(folded) if is_known(name)]
        for folded in spellings
    }
    return {folded: known for folded, known in names.items() if known}


def nearest_id(name: str, are_known: Callable[[list[str]], Iterable[str]]) -> str | None:
    """Return the id that is one slip away from the name; None if there is none.

    Ids of events are too many to be kept for this: ``are_known`` gives those of a list that are
    recorded, and what is more than one slip away is not found.
    """
    wanted = name[:LONGEST]
    letters = LETTERS.union(wanted)
    slips = chain(*(_slips_at(place, wanted, letters) for place in range(len(wanted) + 1)))
    near = are_known(list(dict.fromkeys(slips))) if len(wanted) >= SHORTEST else ()
    return _most_like(wanted, near)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the words ``; did you mean 'x'?`` for the nearest known name, or no words."""
    return hint_at(nearest(name, known))


def hint_at(near: str | None) -> str:
    """Return the words ``; did you mean 'x'?`` for a name, or no words for none."""
    return f"; did you mean {near!r}?" if near else ""


def _slips_at(place: int, wanted: str, letters: Iterable[str]) -> Iterator[str]:
    """Yield what one slip at the place makes of the name.

    A letter is missing, another one or one too many, or it is swapped with the next one.
    """
    before, after = wanted[:place], wanted[place + 1 :]
    if place < len(wanted):
        yield before + after
        yield from (before + letter + after for letter in letters)
        yield before + after[:1] + wanted[place] + after[1:]
    yield from (before + letter + wanted[place:] for letter in letters)


def _longest_start(wanted: str, spellings: list[str]) -> int:
    """Return how many letters the name shares with the sorted spelling that begins most like it."""
    place = bisect_left(spellings, wanted)
    neighbours = spellings[max(place - 1, 0) : place + 1]
    return max((_shared_start(wanted, each) for each in neighbours), default=0)


def _around(wanted: str, spellings: list[str]) -> list[str]:
    """Return the sorted spellings that begin most like the name: those next to its own place."""
    place, few = bisect_left(spellings, wanted), COMPARED // 4
    return spellings[max(place - few, 0) : place + few]


def _sort_in(spellings: list[str], added: list[str]) -> None:
    """Add to the sorted spellings: a few each at its place, many all at once."""
    if len(added) * len(added) > len(spellings):
        spellings += added
        spellings.sort()
    else:
        for folded in added:
            insort(spellings, folded)


def _most_like(wanted: str, spellings: Iterable[str], *, likeness: float = 0) -> str | None:
    """Return the spelling that shares most letters in order, then the longest beginning.

    None if none is as like as asked.
    """
    matcher = difflib.SequenceMatcher(b=wanted)
    best: tuple[float, int, str] = likeness, -1, ""
    for folded in spellings:
        if not _may_be_near(wanted, folded):
            continue
        matcher.set_seq1(folded)
        # The first two are bounds of the third, and much faster.
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= best[0]:
            best = max(best, (matcher.ratio(), _shared_start(wanted, folded), folded))
    return best[-1] or None


def _may_be_near(wanted: str, folded: str) -> bool:
    """Return whether the names may be near: by their lengths, and where they begin or end."""
    short, long = sorted((len(wanted), len(folded)))
    return 2 * short >= LIKENESS * (short + long) and (
        wanted[0] == folded[0] or wanted[-1] == folded[-1] or wanted[1] == folded[1]
    )


def _shared_start(one: str, other: str) -> int:
    """Return how many letters the names share before the first that differs."""
    for index, (letter, its) in enumerate(zip(one, other, strict=False)):
        if letter != its:
            return index
    return min(len(one), len(other))
