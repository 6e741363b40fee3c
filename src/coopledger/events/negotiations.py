"""Talks on an instrument, before anybody initials or signs it."""

import attrs
from attrs.converters import optional

from coopledger.events.envelope import event
from coopledger.events.instruments import InstrumentAct
from coopledger.fields import text, whole

__all__ = ["NegotiationBrokenOff", "NegotiationConcluded", "NegotiationOpened"]


@event
@attrs.frozen(kw_only=True)
class NegotiationOpened(InstrumentAct):
    """Talks on the text begin, or go on.

    Attributes:
        round: The number of the round.
    """

    round: int | None = attrs.field(default=None, converter=optional(whole))


@event
@attrs.frozen(kw_only=True)
class NegotiationConcluded(InstrumentAct):
    """The parties agree on the wording."""


@event
@attrs.frozen(kw_only=True)
class NegotiationBrokenOff(InstrumentAct):
    """Talks end without a text.

    Attributes:
        reason: Why.
    """

    reason: str | None = attrs.field(default=None, converter=optional(text))
