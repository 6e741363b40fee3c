"""Answers about duties."""

import attrs

from coopledger.dates import EdtfDate
from coopledger.projections.answers.wording import days, listed, said, spoken
from coopledger.terms import DutyStatus

__all__ = ["Duty"]


@attrs.frozen(kw_only=True)
class Duty:
    """What somebody must do because of what happened: derived by a rule, never stored.

    Attributes:
        rule: Where it is written.
        what: What is to be done.
        about: The id of what it is about.
        owed_by: The parties that must do it.
        due: By when; overdue after its latest day.
        status: Where it stands on the day.
        days_overdue: Days past the due date, while overdue.
        done: When it was done.
        late_by: Days between the due date and the act that did it, 0 if in time.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events from which it follows, and the one that did it, in log order.
    """

    rule: str
    what: str
    about: str
    owed_by: tuple[str, ...]
    due: EdtfDate
    status: DutyStatus
    days_overdue: int | None
    done: EdtfDate | None
    late_by: int | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """What, by whom, by when, and where it stands, on one line."""
        where = (
            spoken(self.status),
            said(" by ", days(self.days_overdue or None)),
            said(" on ", self.done),
            said(", ", days(self.late_by or None), " late"),
        )
        task = f"{listed(self.owed_by)} to {self.what}"
        return f"{self.due} {self.about}: {task}, {''.join(where)} ({self.rule})"
