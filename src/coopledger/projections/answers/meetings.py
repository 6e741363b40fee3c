"""Answers about meetings and series of meetings."""

import attrs

from coopledger.dates import EdtfDate
from coopledger.dates.lazy_types import Date
from coopledger.projections.answers.wording import line, said, someone, standing
from coopledger.terms import MeetingStatus
from coopledger.values import Participant, Place

__all__ = ["Meeting", "Series"]


@attrs.frozen(kw_only=True)
class Meeting:
    """Where a meeting stands.

    Attributes:
        id: Its id.
        partnership: The partnership; None if not known then.
        kind: What sort of encounter, in free text.
        status: Its status; ``none`` before it was announced or held.
        since: The first day of the status.
        planned: The planned date, while one is set.
        held: The date on which it was held.
        place: Where.
        host: The party that hosts it.
        series: The series of which it is one.
        number: Its number in the series.
        within: The meeting of which it is a part.
        participants: Who was there.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The events that decided it.
    """

    id: str
    partnership: str | None
    kind: str | None
    status: MeetingStatus
    since: Date | None
    planned: EdtfDate | None
    held: EdtfDate | None
    place: Place | None
    host: str | None
    series: str | None
    number: int | None
    within: str | None
    participants: tuple[Participant, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """Its status, what it is, its number, date, place and people, on one line."""
        number = f"number {self.number}" if self.number is not None else "one"
        return line(
            self.id,
            said("held ", self.held) or standing(self.status, self.since, certain=self.certain),
            self.kind,
            said(f"{number} of ", self.series),
            said("planned for ", None if self.held else self.planned),
            self.place.name if self.place else None,
            said("with ", tuple(filter(None, map(someone, self.participants)))),
        )


@attrs.frozen(kw_only=True)
class Series:
    """A series of numbered meetings.

    Attributes:
        id: Its id.
        last: The highest number held; None if none was.
        missing: Numbers not held between the lowest and the highest held.
        next: The number expected next.
        next_meeting: The meeting announced under that number, if any.
        next_host: Whose turn it is to host; None if it cannot be told.
        decided_by: The events behind the numbers held and announced.
    """

    id: str
    last: int | None
    missing: tuple[int, ...]
    next: int | None
    next_meeting: str | None
    next_host: str | None
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The last number held, those missing, and what comes next, on one line."""
        announced = f" ({self.next_meeting})" if self.next_meeting else ""
        missing = tuple(map(str, self.missing))
        return line(
            self.id,
            "none held" if self.last is None else f"last held {self.last}",
            said("missing ", missing),
            None if self.next is None else f"next {self.next}{announced}",
            said("hosted by ", self.next_host),
        )
