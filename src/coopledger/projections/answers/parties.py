"""Answers about parties."""

import attrs

from coopledger.dates.lazy_types import Date
from coopledger.projections.answers.wording import line, listed, said, spoken
from coopledger.terms import PartyKind

__all__ = ["Party"]


@attrs.frozen(kw_only=True)
class Party:
    """Who a party is, under the name that it bears on the day.

    Attributes:
        id: Its id.
        name: Its full name on the day; None if not known then.
        since: The first day of that name.
        acronyms: Its short names, as said together with that name.
        other_names: Further names, with which it was registered.
        former_names: The full names that it bore before, oldest first.
        kind: What sort of organisation it is.
        country: Its country, or that of the nearest party above it, ISO 3166-1 alpha-2.
        parent: The party to which it belongs.
        succeeds: The parties from which it has taken over.
        succeeded_by: The parties that have taken over from it.
        partnerships: The partnerships to which it is a party on the day.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided the name, and who took over from whom.
    """

    id: str
    name: str | None
    since: Date | None
    acronyms: tuple[str, ...]
    other_names: tuple[str, ...]
    former_names: tuple[str, ...]
    kind: PartyKind | None
    country: str | None
    parent: str | None
    succeeds: tuple[str, ...]
    succeeded_by: tuple[str, ...]
    partnerships: tuple[str, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Its name, what it is, and where it belongs, on one line."""
        return line(
            self.id,
            self.name or "not known",
            listed(self.acronyms),
            spoken(self.kind) if self.kind else None,
            self.country,
            said("part of ", self.parent),
            said("formerly ", self.former_names),
            said("took over from ", self.succeeds),
            said("succeeded by ", self.succeeded_by),
        )
