"""Answers about what hangs on something else."""

from enum import StrEnum

import attrs

from coopledger.projections.answers.wording import line, listed, spoken
from coopledger.terms import Flag, Noun

__all__ = ["Dependent"]


@attrs.frozen(kw_only=True)
class Dependent:
    """One thing that hangs on another, and what becomes of it if that is cancelled.

    Attributes:
        id: Its id.
        noun: What it is.
        tie: The field that says so: ``due_meeting``, ``depends_on`` or ``under`` of a
            commitment, ``instrument`` of a proposal, ``within`` of a meeting, ``extends`` or
            ``implements`` of an instrument, ``parent`` of a partnership.
        hangs_on: The id that this field names.
        steps: How far it is from what was asked about: 1 where it hangs on that directly.
        status: Its stage, state or status.
        flags: Its flags, sorted.
        status_if_cancelled: The same, had what was asked about been cancelled on the day.
        flags_if_cancelled: The flags that it would then have.
        certain: Whether no date behind the status is fuzzy.
        decided_by: What ties it, and the events that decided the status and the flags.
    """

    id: str
    noun: Noun
    tie: str
    hangs_on: str
    steps: int
    status: StrEnum
    flags: tuple[Flag, ...]
    status_if_cancelled: StrEnum
    flags_if_cancelled: tuple[Flag, ...]
    certain: bool
    decided_by: tuple[str, ...]

    @property
    def is_affected(self) -> bool:
        """Whether its status or a flag would be another."""
        return (self.status, self.flags) != (self.status_if_cancelled, self.flags_if_cancelled)

    def __str__(self) -> str:
        """How it hangs on what, where it stands, and what would change, on one line."""
        then = listed(map(spoken, (self.status_if_cancelled, *self.flags_if_cancelled)))
        return line(
            self.id,
            f"{self.noun} by {spoken(self.tie)} {self.hangs_on}",
            listed(map(spoken, (self.status, *self.flags))),
            f"if cancelled {then}" if self.is_affected else None,
        )
