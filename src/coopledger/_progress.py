"""Progress of long work, reported now and then to a function of the caller."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

import attrs

from coopledger._fields.reading import short_repr
from coopledger.errors import ArgumentError

# How much is done, and of how much; None where a stream has no known length.
Progress = Callable[[int, int | None], object]
EVERY = 1000

Item = TypeVar("Item")


def progress_call(value: Progress | None) -> Progress | None:
    """Return the function to call with the progress, if there is one.

    Raises:
        ArgumentError: It cannot be called.
    """
    if value is not None and not callable(value):
        raise ArgumentError(
            "progress", short_repr(value), "cannot be called: give a function of two"
        )
    return value


class Counted(Protocol):
    """Call that gives the items on, and counts them on the way."""

    def __call__(self, items: Iterable[Item], total: int, /) -> Iterable[Item]:
        """Return the items, of which there are so many."""
        ...


def uncounted(items: Iterable[Item], _: int) -> Iterable[Item]:
    """Return the items, which nobody counts."""
    return items


def counted(tell: Progress | None) -> Counted:
    """Return what counts items for a function that is told of the progress, if there is one.

    Raises:
        ArgumentError: It cannot be called.
    """
    told = progress_call(tell)
    if told is None:
        return uncounted

    def count(items: Iterable[Item], total: int) -> Iterable[Item]:
        return Meter(told, total).count(items)

    return count


@attrs.define
class Meter:
    """Counter of the work that is done.

    Attributes:
        tell: The function that is called now and then and at the end.
        total: Of how much.
        every: After how many steps it is called.
        done: How much so far.
        steps: In how many steps.
    """

    tell: Progress | None
    total: int | None
    every: int = attrs.field(default=EVERY, kw_only=True)
    done: int = 0
    steps: int = 0

    def step(self, amount: int = 1) -> None:
        """Add an amount of work that is done."""
        self.done += amount
        self.steps += 1
        if self.steps % self.every == 0:
            self.end()

    def count(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items, and count each once its reader asks for the next."""
        for item in items:
            yield item
            self.step()
        self.end()

    def end(self) -> None:
        """Report how much is done."""
        if self.tell is not None:
            self.tell(self.done, self.total)
