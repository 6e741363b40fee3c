"""What is wrong, or odd, with an event: the value that refusals and warnings share."""

import attrs

__all__ = ["WARNINGS", "Finding", "is_refusal"]

# Every code of a warning; what a code means never changes.
WARNINGS = (
    *("W102", "W105", "W106", "W107", "W301", "W302", "W401", "W402"),
    *("W501", "W502", "W503", "W504", "W505", "W506", "W601", "W602", "W701"),
)


@attrs.frozen(str=False)
class Finding:
    """One refusal (code E...) or warning (code W...) about one event.

    Attributes:
        code: Such as ``E505``; the codes are listed in the reference of events.
        event_type: The event's type, such as ``MeetingHeld``; empty where a line does not tell.
        event_id: The event's id, if it has one already.
        message: The field, what was found and what would do.
        field: The field at fault, if there is one.
        where: Which of several events it is, such as ``event 3 of 4``, where no id tells.
        index: The place of the event in the call, from 1; None where one event is made.
        unknown: The id that the event names and the ledger does not hold, where that is wrong.
        file: The file from which the event was read.
        line: The line in the file, from 1.
    """

    code: str
    event_type: str
    event_id: str | None
    message: str
    field: str | None = None
    where: str | None = None
    index: int | None = None
    unknown: str | None = None
    file: str | None = None
    line: int | None = None

    def __str__(self) -> str:
        """Code, file and line, event, place and message on one line."""
        name = repr(self.event_id) if self.event_id else ""
        place = f", {self.where}" if self.where else ""
        line = f":{self.line}" if self.line else ""
        at = f"{self.file}{line}" if self.file else ""
        told = " ".join(filter(None, (self.code, at, self.event_type, name)))
        return f"{told}{place}: {self.message}"


def is_refusal(finding: Finding) -> bool:
    """Whether the event cannot be recorded, rather than being merely odd."""
    return finding.code.startswith("E")
