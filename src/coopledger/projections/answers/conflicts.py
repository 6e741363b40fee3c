"""Answers about where sources disagree."""

import attrs

from coopledger.projections.answers.wording import line, said, spoken
from coopledger.terms import ConflictKind
from coopledger.values import Source

__all__ = ["Alternative", "Conflict"]


@attrs.frozen(kw_only=True)
class Alternative:
    """What somebody says instead.

    Attributes:
        says: What is said.
        event: The id of the event that says so.
        sources: Where that comes from.
        adopted: Whether it is what is held now, such as after a correction.
    """

    says: str
    event: str
    sources: tuple[Source, ...]
    adopted: bool

    def __str__(self) -> str:
        """What is said, and by which event."""
        return f"{self.says} ({self.event}{', adopted' if self.adopted else ''})"


@attrs.frozen(kw_only=True)
class Conflict:
    """Where something said does not agree with what is held.

    Attributes:
        kind: Who disagrees.
        event: The id of the event in question: the disputed one, the report of a state or of
            a figure.
        about: The id of what that is about.
        field: The field of the event that is in question.
        holds: What the ledger holds: the field as known then; the state derived for the day
            of the report; the number claimed. None where it holds nothing.
        alternatives: What is said instead, in log order; also what was adopted since.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The event in question, those that say otherwise, and those behind a
            derived state.
    """

    kind: ConflictKind
    event: str
    about: str
    field: str
    holds: str | None
    alternatives: tuple[Alternative, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """What it is about, what is held, and what is said instead, on one line."""
        return line(
            f"{self.about} ({self.event})",
            spoken(self.kind),
            f"{self.field} {self.holds or 'not known'}",
            said("but ", tuple(map(str, self.alternatives))),
        )
