"""Answers about proposals."""

import attrs

from coopledger.dates import EdtfDate
from coopledger.dates.lazy_types import Date
from coopledger.projections.answers.wording import days, line, said, standing
from coopledger.terms import ProposalFirmness, ProposalStatus

__all__ = ["Proposal"]


@attrs.frozen(kw_only=True)
class Proposal:
    """Where a proposal stands.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        instrument: The text that it is about.
        by: Who put it.
        to: To whom; the other parties of the partnership unless said.
        text: What it says.
        firmness: How firmly it is put; None while only answers to it are known.
        status: Its status; ``none`` before it was put.
        since: The first day of the status.
        due: By when an answer or a result is asked for.
        unanswered_for: Days since it was put without any answer; None once answered.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    id: str
    partnership: str | None
    instrument: str | None
    by: tuple[str, ...]
    to: tuple[str, ...]
    text: str | None
    firmness: ProposalFirmness | None
    status: ProposalStatus
    since: Date | None
    due: EdtfDate | None
    unanswered_for: int | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Its status, who put it to whom, what it says and how long it waits, on one line."""
        put = said(f"{self.firmness} of ", self.by, said(" to ", self.to))
        return line(
            self.id,
            standing(self.status, self.since, certain=self.certain),
            ": ".join(part for part in (put, self.text) if part),
            said("about ", self.instrument),
            said("due ", self.due),
            said("unanswered for ", days(self.unanswered_for or None)),
        )
