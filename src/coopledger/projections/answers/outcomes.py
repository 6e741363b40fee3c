"""Answers about what came out of a meeting."""

from enum import StrEnum

import attrs

from coopledger.dates import EdtfDate
from coopledger.projections.answers.wording import line, said, spoken

__all__ = ["Outcome"]


@attrs.frozen(kw_only=True)
class Outcome:
    """One act at a meeting, and where what it is about stands now.

    An act that also fulfils, realises or meets something is one outcome for each of these.

    Attributes:
        meeting: The meeting asked about, or the one within it at which this came about.
        when: The date of the act, as recorded.
        event: The id of the event.
        type: The type of the event.
        about: The id of what it is about.
        text: What happened, in words.
        status: The state or status of that on the day; None where the act is about a party, a
            figure or a partnership as a whole.
        certain: Whether no date behind the act and the status is fuzzy.
        decided_by: The act, and the events that decided the status.
    """

    meeting: str
    when: EdtfDate | None
    event: str
    type: str
    about: str
    text: str
    status: StrEnum | None
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The act, what it is about, where that stands now, in which words, on one line."""
        return line(
            str(self.when),
            f"{self.type} {self.about} ({self.event})",
            said("now ", spoken(self.status) if self.status else None),
            self.text,
        )
