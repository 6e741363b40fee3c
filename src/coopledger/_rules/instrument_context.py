"""Knowledge about an instrument apart from the acts on it."""

from collections.abc import Mapping

from coopledger._dates.days import add_months
from coopledger._frozen import frozen
from coopledger._rules.history import StatusHistory
from coopledger._rules.instrument_table import ON_SIGNATURE
from coopledger._rules.term import Term, months_of
from coopledger.terms import Force, InstrumentKind, InstrumentState
from coopledger.values import EntryCondition, Renewal


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
class Lead:
    """Other instrument, with which this one ends.

    Attributes:
        named_by: The position of the registration of this one that names it.
        history: Its changes of state by the day.
        ran_out: The terms that ran out, each by the first day after it.
        end: Its current end, as a term; None if it has none.
        superseded_by: The instrument that took its place.
    """

    named_by: int
    history: StatusHistory[InstrumentState]
    ran_out: Mapping[int, Term]
    end: Term | None
    superseded_by: str | None


@frozen(kw_only=True)
class InstrumentContext:
    """Knowledge about an instrument apart from the acts on it.

    Attributes:
        kind: Its kind.
        partnership: The partnership to which it belongs.
        force: When it takes effect, where its registration says so.
        renewal: Its renewal clause, if any.
        registered: The position of its registration.
        renewal_by: The position of the registration that tells its renewal clause.
        parties: The parties that it has from the beginning.
        open_for_signature: Whether others belong to it once they sign.
        enters_after: After how many consents, and how long after them, it enters into force.
        replacement: The instrument that takes its place, if one does.
        lead: The instrument with which it ends, if there is one.
    """

    kind: InstrumentKind
    partnership: str
    force: Force | None
    renewal: Renewal | None
    registered: int
    renewal_by: int
    parties: tuple[str, ...]
    replacement: Replacement | None
    open_for_signature: bool = False
    enters_after: EntryCondition | None = None
    lead: Lead | None = None

    @property
    def binds_by_kind(self) -> bool:
        """Return whether the text takes effect on signature, by its registration or its kind."""
        if self.force is not None:
            return self.force is Force.ON_SIGNATURE
        return self.kind in ON_SIGNATURE

    @property
    def consents_needed(self) -> int | None:
        """Return how many consents bring it into force, where that is known."""
        return self.enters_after.consents if self.enters_after is not None else None

    @property
    def has_wait(self) -> bool:
        """Return whether a consent counts only some time after it was given."""
        return self.enters_after is not None and bool(
            self.enters_after.months or self.enters_after.days
        )

    def after_wait(self, day: int) -> int:
        """Return the day on which a consent of the day counts, as ordinals."""
        wait = self.enters_after
        if wait is None:
            return day
        return add_months(day, wait.months) if wait.months else day + (wait.days or 0)

    @property
    def rolls_by(self) -> int:
        """Return the length by which a term renews itself, in months; 0 if unknown."""
        renewal = self.renewal
        return months_of(renewal.years, renewal.months) if renewal is not None else 0


# An instrument of which no registration is known.
UNKNOWN = InstrumentContext(
    kind=InstrumentKind.OTHER,
    partnership="",
    force=None,
    renewal=None,
    registered=0,
    renewal_by=0,
    parties=(),
    replacement=None,
)
