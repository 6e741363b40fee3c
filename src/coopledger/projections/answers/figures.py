"""Answers about reported figures."""

import attrs

from coopledger.dates import EdtfDate
from coopledger.projections.answers.wording import line, said, spoken
from coopledger.terms import Inconsistency, InstrumentKind

__all__ = ["Figure"]


@attrs.frozen(kw_only=True)
class Figure:
    """What somebody reported, beside what is recorded of it; never counted itself.

    Attributes:
        id: Its id.
        measure: What was counted, in the words of the report.
        period: The time that it covers.
        partnership: The partnership that it is about; None if it is about no single one.
        kinds: The kinds of instrument counted; none means all.
        claimed: The number reported, or the words used instead.
        recorded: How many are recorded whose whole date lies within the period; None where
            nothing is known to count the measure.
        unaccounted: How many of those claimed are not recorded, below zero where more are;
            None where one of the two is no number.
        partners: The partners named, as told.
        recorded_with_partners: How many of those recorded are with a partner named; None where
            no partner is named, or nothing is known to count the measure.
        partners_recorded: Those of them with whom some of what counts is recorded.
        inconsistencies: Where the claim does not agree with itself.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The event that reported it, and those that were counted.
    """

    id: str
    measure: str
    period: EdtfDate
    partnership: str | None
    kinds: tuple[InstrumentKind, ...]
    claimed: int | str
    recorded: int | None
    unaccounted: int | None
    partners: tuple[str, ...]
    recorded_with_partners: int | None
    partners_recorded: tuple[str, ...]
    inconsistencies: tuple[Inconsistency, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The claim, what is recorded of it, the partners named, on one line."""
        recorded = "nothing known to count" if self.recorded is None else self.recorded
        return line(
            self.id,
            f"{self.measure} in {self.period}",
            f"claimed {self.claimed}",
            f"recorded {recorded}",
            None if self.unaccounted is None else f"unaccounted {self.unaccounted}",
            said("with ", self.partners),
            said("recorded with ", self.partners_recorded, self._share()),
            *map(spoken, self.inconsistencies),
        )

    def _share(self) -> str:
        """How many of those recorded are with partners named, where they are not all."""
        share = self.recorded_with_partners
        return "" if share == self.recorded else f" ({share} of {self.recorded})"
