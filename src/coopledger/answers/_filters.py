"""Filters of lists, and the answers from which the lists choose."""

from collections.abc import Callable, Collection
from typing import TypeVar

from coopledger._gc import collector_paused
from coopledger._snapshot import Snapshot
from coopledger.terms import Noun

Item = TypeVar("Item")


def is_(value: object, wanted: object) -> bool:
    """Return whether the value is the one wanted; a filter of None keeps everything."""
    return wanted is None or value == wanted


def holds(values: Collection[object], wanted: object) -> bool:
    """Return whether the one wanted is among the values; a filter of None keeps everything."""
    return wanted is None or wanted in values


def names(snapshot: Snapshot, noun: Noun, partnership: str | None) -> list[str]:
    """Return the ids of the noun known then, of one partnership if one is given."""
    if partnership is not None:
        return snapshot.contents.members(noun, partnership)
    return snapshot.visible.names(noun)


def answers(
    snapshot: Snapshot,
    noun: Noun,
    answer: Callable[[Snapshot, str], Item],
    *,
    within: str | None = None,
) -> list[Item]:
    """Return the answer about each thing of the noun, in the order of first recording."""
    with collector_paused():
        return [answer(snapshot, name) for name in names(snapshot, noun, within)]
