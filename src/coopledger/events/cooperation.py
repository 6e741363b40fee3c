"""Cooperation beside its texts: who has given it up, what stands in its way, when nothing is done.

Nothing here changes a state or a stage.
"""

from typing import ClassVar

import attrs

from coopledger._fields.reading import identifier, identifiers, text, texts
from coopledger._frozen import frozen_event, optional
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import NAMES, PARTIES_IN_WORDS, Act, Contact, event
from coopledger.terms import Noun

# Of these an obstacle can stand in the way.
OBSTRUCTED = (Noun.INSTRUMENT, Noun.COMMITMENT, Noun.PROPOSAL, Noun.PARTNERSHIP)


@event("cooperation-given-up")
@frozen_event(kw_only=True)
class CooperationGivenUp(Act):
    """Refusal to go on under a text that stays in effect; it ends nothing and binds nobody.

    Attributes:
        instrument: The text under which nobody, or not everybody, will go on.
        partnership: The partnership, where no text is named: then all its texts in effect.
        by: Who will not go on; by default all parties.
        reason: Why.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "instrument", "by")

    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    reason: str | None = attrs.field(default=None, converter=optional(text))


@event("cooperation-resumed")
@frozen_event(kw_only=True)
class CooperationResumed(Act):
    """Return to the cooperation under a text that was given up.

    Attributes:
        instrument: The text under which they go on.
        partnership: The partnership, where no text is named: then all its texts in effect.
        by: Who goes on; by default all parties.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "instrument", "by")

    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)


@event("obstacle-reported")
@frozen_event(kw_only=True)
class ObstacleReported(Act):
    """Obstacle in the way of a thing, which keeps its dates all the same.

    Attributes:
        obstacle: The id, chosen by the user.
        subject: What it stands in the way of.
        text: What it is.
        lies_with: Whose move it is: parties, or words.
        via: Through whom it is dealt with: parties, or words.
    """

    __opens__: ClassVar[Noun | None] = Noun.OBSTACLE
    __alike__: ClassVar[tuple[str, ...] | None] = ("subject", "text")

    obstacle: str = attrs.field(converter=identifier)
    subject: str = attrs.field(converter=identifier, metadata={NAMES: OBSTRUCTED})
    text: str = attrs.field(converter=text)
    lies_with: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={PARTIES_IN_WORDS: True}
    )
    via: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={PARTIES_IN_WORDS: True}
    )


@event("obstacle-removed")
@frozen_event(kw_only=True)
class ObstacleRemoved(Act):
    """End of an obstacle.

    Attributes:
        obstacle: The obstacle.
    """

    obstacle: str = attrs.field(converter=identifier)


@event("nothing-done")
@frozen_event(kw_only=True)
class NothingDone(Contact):
    """Word that nothing was done in a period: contact, and never activity.

    Attributes:
        instrument: The text under which nothing was done.
        partnership: The partnership, where no text is named.
        period: The time of which it is said (EDTF).
        by: Who says so.
        reason: Why.
    """

    __alike__: ClassVar[tuple[str, ...] | None] = ("partnership", "instrument", "period", "by")

    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    period: EdtfDate = attrs.field(converter=edtf)
    by: tuple[str, ...] = attrs.field(default=(), converter=identifiers)
    reason: str | None = attrs.field(default=None, converter=optional(text))
