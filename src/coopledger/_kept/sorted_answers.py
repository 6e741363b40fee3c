"""Answers in the order of their list, of which a few change without the others being touched."""

from bisect import bisect_left
from collections.abc import Collection, Container, Iterable, Iterator
from typing import Any

from coopledger._kept.bundle import KeptAnswer
from coopledger.answers._filters import Order

_MANY = 8  # Where more than this part of a list changes, it is sorted once more.


class SortedAnswers:
    """Answers in order; a tuple that was given out never changes."""

    def __init__(self) -> None:
        """Begin without answers."""
        self._keys: list[tuple[Order, int]] = []
        self._rows: list[KeptAnswer] = []
        self._answers: list[Any] = []  # Those of the rows: a list of many is copied faster.
        self._given: tuple[Any, ...] | None = None

    def replace(self, old: Collection[KeptAnswer], new: Collection[KeptAnswer]) -> None:
        """Take the old rows out, which are in the list, and the new ones in."""
        if not old and not new:
            return
        self._given = None
        if (len(old) + len(new)) * _MANY > len(self._rows):
            gone = {id(row) for row in old}
            every = [
                (key, row)
                for key, row in zip(self._keys, self._rows, strict=True)
                if id(row) not in gone
            ]
            every += [(row.key, row) for row in new]
            every.sort(key=_first)
            self._keys = [key for key, _ in every]
            self._rows = [row for _, row in every]
            self._answers = [row.answer for row in self._rows]
            return
        for row in old:
            index = bisect_left(self._keys, row.key)
            del self._keys[index], self._rows[index], self._answers[index]
        for row in new:
            index = bisect_left(self._keys, row.key)
            self._keys.insert(index, row.key)
            self._rows.insert(index, row)
            self._answers.insert(index, row.answer)

    def renew(self) -> None:
        """Give out answers that have changed in their rows, the order being the same."""
        self._given = None
        self._answers = [row.answer for row in self._rows]

    def __iter__(self) -> Iterator[KeptAnswer]:
        """Yield the rows in order."""
        return iter(self._rows)

    def answers(self) -> tuple[Any, ...]:
        """Return the answers in order."""
        if self._given is None:
            self._given = tuple(self._answers)
        return self._given

    def answers_then(self, changed: Container[str], then: Iterable[KeptAnswer]) -> tuple[Any, ...]:
        """Return the answers in order, in which those that have changed are as they were then."""
        rows = [row for row in self._rows if row.name not in changed]
        return tuple(row.answer for row in sorted([*rows, *then], key=_key))


def _key(row: KeptAnswer) -> tuple[Order, int]:
    """Return by what all rows are sorted."""
    return row.key


def _first(pair: tuple[tuple[Order, int], KeptAnswer]) -> tuple[Order, int]:
    """Return the key of the pair of key and row."""
    return pair[0]


def answers_within(rows: Iterable[KeptAnswer], *, only_open: bool) -> tuple[Any, ...]:
    """Return the listed answers of a partnership, whose rows are in order otherwise."""
    listed = sorted((row for row in rows if row.order is not None), key=_order)
    return tuple(row.answer for row in listed if row.is_open or not only_open)


def _order(row: KeptAnswer) -> Order:
    """Return by what the rows of a partnership are sorted."""
    return row.order or ()
