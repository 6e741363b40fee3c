"""Meetings: any encounter, planned or held."""

from typing import ClassVar

import attrs

from coopledger._fields.reading import added_months, identifier, positive, text, texts
from coopledger._frozen import frozen_event, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import Contact, Deed, event
from coopledger.terms import Noun


@event("meeting-scheduled")
@frozen_event(kw_only=True)
class MeetingScheduled(Deed):
    """Announcement of a meeting; ``when`` is the day of the announcement.

    Attributes:
        meeting: The id, chosen by the user.
        kind: Free text: meeting, visit, talks, seminar, ceremony, assembly, ...
        partnership: The partnership it belongs to.
        planned: When it is to be held (EDTF).
        host: The party that is to host it.
        series: The series of which it is one.
        number: Its number in the series, from 1.
        every_months: How many months after one meeting of the series the next is due.
        within: The meeting of which it is a part.
    """

    __opens__: ClassVar[Noun | None] = Noun.MEETING
    __alike__: ClassVar[tuple[str, ...] | None] = (
        "partnership",
        "kind",
        "series",
        "number",
        "planned",
    )

    meeting: str = attrs.field(converter=identifier)
    kind: str = attrs.field(converter=text)
    partnership: str = attrs.field(converter=identifier)
    planned: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    host: str | None = attrs.field(default=None, converter=optional(identifier))
    series: str | None = attrs.field(default=None, converter=optional(identifier))
    number: int | None = attrs.field(default=None, converter=optional(positive))
    every_months: int | None = attrs.field(default=None, converter=optional(added_months))
    within: str | None = attrs.field(default=None, converter=optional(identifier))


@event("meeting-postponed")
@frozen_event(kw_only=True)
class MeetingPostponed(Contact):
    """Postponement of a meeting.

    Attributes:
        meeting: The meeting.
        planned: The new date (EDTF); missing if none is set.
        host: The party that is to host it now; missing where that stays.
    """

    meeting: str = attrs.field(converter=identifier)
    planned: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    host: str | None = attrs.field(default=None, converter=optional(identifier))


@event("meeting-cancelled")
@frozen_event(kw_only=True)
class MeetingCancelled(Contact):
    """Cancellation of a meeting.

    Attributes:
        meeting: The meeting.
        reason: Why.
    """

    meeting: str = attrs.field(converter=identifier)
    reason: str | None = attrs.field(default=None, converter=optional(text))


@event("meeting-held")
@frozen_event(kw_only=True)
class MeetingHeld(Deed):
    """Meeting that took place, scheduled before or not.

    Attributes:
        meeting: The id, new or scheduled.
        kind: Free text; needed where the meeting is new.
        partnership: The partnership; needed where the meeting is new.
        host: The party that hosted it.
        series: The series of which it is one.
        number: Its number in the series, from 1.
        every_months: How many months after one meeting of the series the next is due.
        within: The meeting of which it is a part.
        topics: What it was about.
    """

    __opens__: ClassVar[Noun | None] = Noun.MEETING
    # A call on one host is not the call on another, and a part is not the whole.
    __alike__: ClassVar[tuple[str, ...] | None] = (
        *("partnership", "kind", "series", "number"),
        *("host", "within"),
    )

    meeting: str = attrs.field(converter=identifier)
    kind: str | None = attrs.field(default=None, converter=optional(text))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    host: str | None = attrs.field(default=None, converter=optional(identifier))
    series: str | None = attrs.field(default=None, converter=optional(identifier))
    number: int | None = attrs.field(default=None, converter=optional(positive))
    every_months: int | None = attrs.field(default=None, converter=optional(added_months))
    within: str | None = attrs.field(default=None, converter=optional(identifier))
    topics: tuple[str, ...] = attrs.field(default=(), converter=texts)
