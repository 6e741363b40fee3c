"""Names that may mean one partner, and what they have in common."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Generic, TypeVar

import attrs

from coopledger._fields.words import CODES
from coopledger._folding import pieces
from coopledger.sheets._known_names import known_as

_ALIKE = 0.88  # Below it, most pairs of names are two organisations.
_LONGEST_ACRONYM = 12
_FEWEST = 2  # letters of an acronym
_IN_BRACKETS = re.compile(r"(.+?)\s*\(([^()]+)\)")
# They count for no initial.
_SMALL = frozenset(
    "of the and for in on a an de des du la le les et d l pour en von und va cua ve".split()
)
_INITIALS = "its initials"
_SPELLED_ALIKE = "spelled almost alike"
_COUNTED = 8  # times that one letter is counted in a name

P = TypeVar("P")
Mark = tuple[str, str]  # what two names have in common, and the text that both have


@attrs.frozen
class _Form:
    """Name in the forms in which it is compared letter by letter.

    Attributes:
        plain: Its words.
        ordered: Its words by the alphabet.
        numbers: Those of them that are numbers.
        letters: A bit for each letter, and another for each time that it comes again.
    """

    plain: str
    ordered: str
    numbers: list[str]
    letters: int


class Likenesses(Generic[P]):
    """Names of partners, among which one is looked for that may mean the same."""

    def __init__(self) -> None:
        """Begin without names."""
        self._by_mark: dict[Mark, P] = {}
        self._forms: list[tuple[_Form, P]] = []
        self._places: dict[str, int] = {}

    def add(self, name: str, partner: P) -> None:
        """Add a name of a partner."""
        for mark in (*_shared(name), *_offered(name)):
            self._by_mark.setdefault(mark, partner)
        self._forms.append((self._form(name), partner))

    def near(self, name: str) -> tuple[P, str] | None:
        """Return the partner that a name may mean, and what the names have in common."""
        for mark in (*_shared(name), *_sought(name)):
            if (partner := self._by_mark.get(mark)) is not None:
                return partner, mark[0]
        form = self._form(name)
        letters, most = form.letters, _most_odd(len(form.plain))
        # Of each pair of names this alone is looked at: a sheet may have thousands.
        near = [pair for pair in self._forms if (letters ^ pair[0].letters).bit_count() <= most]
        partner = next((partner for other, partner in near if _is_alike(form, other)), None)
        return None if partner is None else (partner, _SPELLED_ALIKE)

    def _form(self, name: str) -> _Form:
        words = pieces(parts_of(name)[0])
        letters = 0
        for letter, times in Counter("".join(words)).items():
            place = self._places.setdefault(letter, len(self._places) * _COUNTED)
            letters |= ((1 << min(times, _COUNTED)) - 1) << place
        numbers = sorted(word for word in words if word.isdigit())
        return _Form(" ".join(words), " ".join(sorted(words)), numbers, letters)


def _shared(name: str) -> Iterator[Mark]:
    """Yield what two names have alike that may mean one partner, the surest first."""
    main, acronym = parts_of(name)
    if letters := "".join(pieces(main)):
        yield "the same letters, spelled otherwise", letters
    for short in (acronym, main if is_acronym(main) else None):
        if short:
            yield "the acronym that stands in brackets", short
    for each in (main, acronym):
        if each and (known := known_as(each)):
            yield f"both are names of {known}", known


def _offered(name: str) -> Iterator[Mark]:
    """Yield the acronyms that a name may have, each with a full stop, and the one that it is."""
    for initials in _initials_of(name):
        yield _INITIALS, f"{initials}."
    for acronym in _acronym_of(name):
        yield _INITIALS, acronym


def _sought(name: str) -> Iterator[Mark]:
    """Yield the marks of names of which a name may be the acronym, or the other way round."""
    for acronym in _acronym_of(name):
        yield _INITIALS, f"{acronym}."
    for initials in _initials_of(name):
        yield _INITIALS, initials


def _acronym_of(name: str) -> Iterator[str]:
    """Yield the letters of a name that is an acronym."""
    main = parts_of(name)[0]
    if is_acronym(main):
        yield "".join(pieces(main))


def _initials_of(name: str) -> set[str]:
    """Return the initials of a name, with those of its small words and without."""
    words = pieces(parts_of(name)[0])
    if len(words) < _FEWEST:
        return set()
    large = [word for word in words if word not in _SMALL]
    return {"".join(word[0] for word in each) for each in (words, large)}


def _most_odd(length: int) -> float:
    """Return how many letters at most only one of two names has, if they are almost alike."""
    longest = length * (2 - _ALIKE) / _ALIKE
    return (1 - _ALIKE) * (length + longest)


def _is_alike(one: _Form, other: _Form) -> bool:
    """Return whether two names are spelled almost alike; names with other numbers are not."""
    if one.numbers != other.numbers:
        return False
    return bool(one.plain) and any(
        difflib.SequenceMatcher(None, *pair, autojunk=False).ratio() >= _ALIKE
        for pair in ((one.plain, other.plain), (one.ordered, other.ordered))
    )


def is_acronym(name: str) -> bool:
    """Return whether a name is of capital letters, and short."""
    letters = [sign for sign in name if sign.isalpha()]
    is_short = _FEWEST <= len(name) <= _LONGEST_ACRONYM and " " not in name
    return is_short and len(letters) >= _FEWEST and name.upper() == name


def parts_of(spelling: str) -> tuple[str, str | None]:
    """Return the name, and the acronym that stands in brackets after it, if any does.

    The code of a country in brackets is none.
    """
    match = _IN_BRACKETS.fullmatch(spelling)
    if match and is_acronym(match[2]) and match[2] not in CODES:
        return match[1], match[2]
    return spelling, None
