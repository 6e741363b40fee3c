"""Following up: reminders, and who of us is responsible for a thing."""

from typing import ClassVar

import attrs

from coopledger._fields.reading import identifier, identifiers, text, texts
from coopledger._frozen import frozen_event, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import NAMES, PARTIES_IN_WORDS, Contact, Event, event
from coopledger.terms import Noun

# What one may ask about again.
ASKED_ABOUT = (Noun.COMMITMENT, Noun.PROPOSAL, Noun.MEETING, Noun.INSTRUMENT)
# What one of us may be responsible for.
IN_HANDS = (*ASKED_ABOUT, Noun.PARTNERSHIP)


@event("reminder-sent")
@frozen_event(kw_only=True)
class ReminderSent(Contact):
    """Reminder of something that is still open; it is no act on that, and changes no status.

    Attributes:
        subject: The commitment, proposal, meeting or instrument that it is about.
        by: Who reminds.
        to: Who is reminded.
        via: Through whom it went: parties, or words such as ``the mission in Geneva``.
        text: The reminder in words.
        ask_again: The day from which to ask once more, if nothing happens (EDTF); no due date.
    """

    subject: str = attrs.field(converter=identifier, metadata={NAMES: ASKED_ABOUT})
    by: tuple[str, ...] = attrs.field(converter=identifiers)
    to: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    via: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={PARTIES_IN_WORDS: True}
    )
    text: str | None = attrs.field(default=None, converter=optional(text))
    ask_again: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))


@event("responsibility-assigned")
@frozen_event(kw_only=True)
class ResponsibilityAssigned(Event):
    """Somebody of us sees to a thing from then on, or to all that another had in hand.

    Neither contact nor activity: the parties do nothing by it. ``subject`` or ``in_place_of`` is
    given.

    Attributes:
        to: Who is responsible: a person or a post in words, or a registered party.
        when: The date of the assignment (EDTF).
        subject: The commitment, proposal, meeting, instrument or partnership.
        in_place_of: Whose open things pass on, all of them, those that are inherited too.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("subject", "in_place_of", "to")

    to: str = attrs.field(converter=text, metadata={NAMES: ()})
    when: EdtfDate = attrs.field(converter=edtf)
    subject: str | None = attrs.field(
        default=None, converter=optional(identifier), metadata={NAMES: IN_HANDS}
    )
    in_place_of: str | None = attrs.field(default=None, converter=optional(text))

    @property
    def summary(self) -> str:
        """Return who takes over, in words."""
        return f"{self.in_place_of} \N{RIGHTWARDS ARROW} {self.to}" if self.in_place_of else self.to
