"""Answers about commitments."""

import attrs

from coopledger.dates import EdtfDate
from coopledger.dates.lazy_types import Date
from coopledger.projections.answers.wording import days, line, listed, said, spoken, standing
from coopledger.terms import CommitmentFirmness, CommitmentStatus, Flag
from coopledger.values import Amount

__all__ = ["Commitment"]


@attrs.frozen(kw_only=True)
class Commitment:
    """Where a commitment stands.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        what: What is owed.
        firmness: How firmly.
        debtors: Who owes it.
        creditors: To whom.
        status: Its status; ``none`` before it was made.
        since: The first day of the status.
        flags: Its flags, sorted.
        due: The due date now.
        due_text: The due date in words that give none.
        due_meeting: The meeting on whose occasion it is due.
        days_overdue: Days past the last day of the due date, while overdue.
        late_by: Days between the first due date and its fulfilment, 0 if in time.
        late_by_rescheduled: The same for the due date as set last.
        conditions_open: The ids of conditions not met yet.
        conditions_met: The ids of conditions met by the day.
        depends_on: What it waits for that is still open.
        percent: How much is reported done, from 0 to 100.
        amount: The sum promised.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    id: str
    partnership: str | None
    what: str | None
    firmness: CommitmentFirmness | None
    debtors: tuple[str, ...]
    creditors: tuple[str, ...]
    status: CommitmentStatus
    since: Date | None
    flags: tuple[Flag, ...]
    due: EdtfDate | None
    due_text: str | None
    due_meeting: str | None
    days_overdue: int | None
    late_by: int | None
    late_by_rescheduled: int | None
    conditions_open: tuple[str, ...]
    conditions_met: tuple[str, ...]
    depends_on: tuple[str, ...]
    percent: int | None
    amount: Amount | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Its status, who owes what to whom by when, and its flags, on one line."""
        return line(
            self.id,
            standing(self.status, self.since, certain=self.certain),
            said(f"{listed(self.debtors)} to {listed(self.creditors)}: ", self.what),
            said("due ", self.due or self.due_meeting) or said('due "', self.due_text, '"'),
            said("", days(self.days_overdue or None), " overdue"),
            said("", days(self.late_by or None), " late"),
            said("if ", self.conditions_open),
            said("met: ", self.conditions_met),
            said("waits for ", self.depends_on),
            *map(spoken, self.flags),
        )
