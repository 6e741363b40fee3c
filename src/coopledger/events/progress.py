"""Progress: what is carried out, which steps are done, and states as somebody declares them."""

import attrs
from attrs.converters import optional

from coopledger._fields.reading import identifier, text, texts
from coopledger.dates import EdtfDate, edtf
from coopledger.events.envelope import PARTIES_IN_WORDS, Act, Deed, event


@event("implementation-reported")
@attrs.frozen(kw_only=True)
class ImplementationReported(Deed):
    """Something agreed earlier is being carried out; ``instrument`` or ``partnership`` is given.

    Attributes:
        instrument: The instrument that is carried out.
        partnership: The partnership, where no instrument is named.
        period: The time that it covers (EDTF).
        partners: The partners named, as free text.
    """

    __alike__ = ("partnership", "instrument", "period", "partners")

    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))
    period: EdtfDate | None = attrs.field(default=None, converter=optional(edtf))
    partners: tuple[str, ...] = attrs.field(
        default=(), converter=texts, metadata={PARTIES_IN_WORDS: True}
    )


@event("milestone-reached")
@attrs.frozen(kw_only=True)
class MilestoneReached(Deed):
    """A step worth naming is done; ``instrument`` or ``partnership`` is given.

    Attributes:
        name: The milestone.
        instrument: The instrument that it belongs to.
        partnership: The partnership, where no instrument is named.
    """

    __alike__ = ("partnership", "instrument", "name")

    name: str = attrs.field(converter=text)
    instrument: str | None = attrs.field(default=None, converter=optional(identifier))
    partnership: str | None = attrs.field(default=None, converter=optional(identifier))


@event("status-reported")
@attrs.frozen(kw_only=True)
class StatusReported(Act):
    """Somebody declared where a thing stands; kept beside the derived state, never in its place.

    Attributes:
        subject: The id of any noun.
        state: The declared state, in the declarer's words.
    """

    __alike__ = ("subject", "state")

    subject: str = attrs.field(converter=identifier)
    state: str = attrs.field(converter=text)
