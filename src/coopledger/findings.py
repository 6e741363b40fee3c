"""What is wrong, or odd, with an event: the value that refusals and warnings share."""

import attrs

__all__ = ["Finding"]


@attrs.frozen(str=False)
class Finding:
    """One refusal (code E...) or warning (code W...) about one event.

    Attributes:
        code: Such as ``E505``; the codes are listed in the reference of events.
        event_type: The event's type, such as ``MeetingHeld``.
        event_id: The event's id, if it has one already.
        message: The field, what was found and what would do.
        field: The field at fault, if there is one.
        where: File and line, when read from a file.
    """

    code: str
    event_type: str
    event_id: str | None
    message: str
    field: str | None = None
    where: str | None = None

    def __str__(self) -> str:
        """Code, place, event and message on one line."""
        place = f" {self.where}" if self.where else ""
        name = f" {self.event_id!r}" if self.event_id else ""
        return f"{self.code}{place} {self.event_type}{name}: {self.message}"
