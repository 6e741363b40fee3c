"""Answers about what two views tell differently."""

from enum import StrEnum
from typing import cast

import attrs

from coopledger.projections.answers.wording import line, listed, said, spoken
from coopledger.terms import Noun

__all__ = ["Difference"]


@attrs.frozen(kw_only=True)
class Difference:
    """One thing that two views tell differently.

    Attributes:
        id: The id of the thing.
        noun: What it is.
        field: The field of the answer about it; None where only one of the views tells of it.
        old: The value in the view that was asked; None where the thing appeared.
        new: The value in the other view; None where the thing vanished. The whole answer where
            ``field`` is None.
        because_of: The events that only one of the views knows and without which the value would
            be another, in log order; where no single one decides, all that bear on it; none
            where it came with the other day alone.
        decided_by: The events behind the new value, or behind the old one of what vanished.
    """

    id: str
    noun: Noun
    field: str | None
    old: object
    new: object
    because_of: tuple[str, ...]
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The field with both values, and what brought the change about, on one line."""
        return line(self.id, self._change(), said("because of ", self.because_of))

    def _change(self) -> str:
        """What changed."""
        if self.field is not None:
            return f"{spoken(self.field)} {_shown(self.old)}, then {_shown(self.new)}"
        verb, answer = ("appeared", self.new) if self.old is None else ("vanished", self.old)
        return f"{verb}: {str(answer).removeprefix(f'{self.id}: ')}"


def _shown(value: object) -> str:
    """A value as a reader expects it."""
    if isinstance(value, tuple):
        return listed(map(_shown, cast(tuple[object, ...], value))) or "none"
    if value is None:
        return "none"
    return spoken(value) if isinstance(value, StrEnum) else str(value)
