"""What the filters of lists mean: a filter of None keeps everything."""

from collections.abc import Collection
from enum import StrEnum
from functools import partial
from typing import TypeVar

from coopledger._fields.reading import argument as asked
from coopledger._fields.words import country, one_of
from coopledger._snapshot import Snapshot
from coopledger.terms import Noun

Word = TypeVar("Word", bound=StrEnum)


def word(words: type[Word], argument: str, value: Word | str | None) -> Word | None:
    """The word of the list that the filter names.

    Raises:
        ArgumentError: The text is not in the list.
    """
    return None if value is None else asked(argument, partial(one_of, words), value)


def is_(found: object, wanted: object) -> bool:
    """Whether the value is the one wanted."""
    return wanted is None or found == wanted


def holds(found: Collection[object], wanted: object) -> bool:
    """Whether the one wanted is among the values."""
    return wanted is None or wanted in found


def code(value: str | None) -> str | None:
    """The country code that the filter names.

    Raises:
        ArgumentError: It is no code of ISO 3166-1 alpha-2.
    """
    return None if value is None else asked("country", country, value)


def names(snapshot: Snapshot, noun: Noun, partnership: str | None) -> list[str]:
    """The ids of the noun known then, those of one partnership if one is given."""
    if partnership is not None:
        return snapshot.contents.members(noun, partnership)
    return snapshot.visible.names(noun)
