"""Knowledge about an instrument apart from the acts on it."""

from coopledger._frozen import frozen
from coopledger._rules.term import MONTHS_OF_A_YEAR
from coopledger.terms import Force, InstrumentKind
from coopledger.values import Renewal


@frozen
class Replacement:
    """Other instrument that takes effect in the place of this one.

    Attributes:
        day: The first day, as an ordinal.
        instrument: The id of the other instrument.
        position: The position of the event that brought it into effect.
    """

    day: int
    instrument: str
    position: int


@frozen(kw_only=True)
class InstrumentContext:
    """Knowledge about an instrument apart from the acts on it.

    Attributes:
        kind: Its kind.
        partnership: The partnership to which it belongs.
        force: When it takes effect, where its registration says so.
        renewal: Its renewal clause, if any.
        registered: The position of its registration.
        parties: The parties that must sign.
        replacement: The instrument that takes its place, if one does.
    """

    kind: InstrumentKind
    partnership: str
    force: Force | None
    renewal: Renewal | None
    registered: int
    parties: tuple[str, ...]
    replacement: Replacement | None

    @property
    def rolls_by(self) -> int:
        """Return the length by which a term renews itself, in months; 0 if unknown."""
        return MONTHS_OF_A_YEAR * ((self.renewal and self.renewal.years) or 0)


# An instrument of which no registration is known.
UNKNOWN = InstrumentContext(
    kind=InstrumentKind.OTHER,
    partnership="",
    force=None,
    renewal=None,
    registered=0,
    parties=(),
    replacement=None,
)
