"""What is kept of an instrument while its facts are folded."""

from collections.abc import Callable

import attrs

from coopledger.dates import EdtfDate, add_years, day_text, edtf
from coopledger.errors import FieldError
from coopledger.facts import Fact
from coopledger.rules.instrument import ENDED, IN_EFFECT
from coopledger.terms import Flag, Force, InstrumentKind, InstrumentState
from coopledger.values import Renewal

__all__ = [
    "UNKNOWN",
    "Case",
    "Change",
    "Replacement",
    "Standing",
    "current_end",
    "current_term",
    "main_term",
    "years_on",
]

S = InstrumentState


@attrs.frozen
class Replacement:
    """Another instrument takes effect in the place of this one.

    Attributes:
        day: The first day, as an ordinal.
        instrument: The id of the other instrument.
        position: The position of the event that brought it into effect.
    """

    day: int
    instrument: str
    position: int


@attrs.frozen(kw_only=True)
class Case:
    """What is known of an instrument beside the acts on it.

    Attributes:
        kind: Its kind.
        force: When it takes effect, where its registration says so.
        renewal: Its renewal clause, if any.
        registered: The position of its registration.
        parties: The parties that must sign.
        stands_for: Gives the parties for which a signer signs on a day: itself and those above it.
        replacement: What takes its place, if anything does.
    """

    kind: InstrumentKind
    force: Force | None
    renewal: Renewal | None
    registered: int
    parties: tuple[str, ...]
    stands_for: Callable[[str, int], frozenset[str]]
    replacement: Replacement | None


# An instrument of which no registration is known.
UNKNOWN = Case(
    kind=InstrumentKind.OTHER,
    force=None,
    renewal=None,
    registered=0,
    parties=(),
    stands_for=lambda signer, _: frozenset({signer}),
    replacement=None,
)


@attrs.frozen
class Change:
    """From a day on, an instrument is in a state.

    Attributes:
        day: The first day, as an ordinal; 0 is the beginning.
        state: The state.
        position: The position of the event that set it.
    """

    day: int
    state: InstrumentState
    position: int


@attrs.define
class Standing:
    """Where an instrument stands, while its facts are folded and afterwards.

    Attributes:
        history: Every change of state, in order of days; never two on one day.
        now: The day up to which time has passed.
        set_by: The position of the event that set each part: a term, a notice, a flag.
        term: The term as recorded; None if unknown. Tacit renewals count from its last day.
        rolled: How many terms tacit renewal has added to it.
        provisional_term: The term of provisional application, if it has one of its own.
        expired_term: The term that ran out last, while expired.
        ends: The first day out of effect that a pending notice names, as an ordinal.
        before_suspension: The state to which resuming leads back.
        before_notice: The state to which withdrawing the notice leads back.
        flags: Its flags.
        signed: The parties that signed.
        ratified: The parties that ratified.
        wishes: The open proposals about it.
        signings: The signatures by which the text came to be signed by all who must.
    """

    history: list[Change] = attrs.field(factory=list[Change])
    now: int = 0
    set_by: dict[str, int] = attrs.field(factory=dict[str, int])
    term: EdtfDate | None = None
    rolled: int = 0
    provisional_term: EdtfDate | None = None
    expired_term: EdtfDate | None = None
    ends: int | None = None
    before_suspension: InstrumentState = S.IN_FORCE
    before_notice: InstrumentState = S.IN_FORCE
    flags: set[Flag] = attrs.field(factory=set[Flag])
    signed: set[str] = attrs.field(factory=set[str])
    ratified: set[str] = attrs.field(factory=set[str])
    wishes: set[str] = attrs.field(factory=set[str])
    signings: list[Fact] = attrs.field(factory=list[Fact])

    @property
    def state(self) -> InstrumentState:
        """The state now."""
        return self.history[-1].state if self.history else S.NONE

    def enter(self, state: InstrumentState, day: int, position: int, *, anew: bool = False) -> None:
        """Be in the state from the day on, unless it is so already; ``anew`` begins a new spell.

        What was so for a part of that day only is forgotten. What should have become so before
        anybody said so becomes so now.
        """
        if anew or state is not self.state:
            self._turn(state, max(day, self.now), position, anew=anew)
        if state in ENDED:
            self.ends = None
            self.flags &= {Flag.RENEGOTIATING} if state is S.EXPIRED else set()

    def _turn(self, state: InstrumentState, day: int, position: int, *, anew: bool) -> None:
        """Note the change, unless it only leads back to the state of the eve."""
        while self.history and self.history[-1].day >= day:
            self.history.pop()
        if anew or state is not self.state:
            self.history.append(Change(day, state, position))

    def had_begun_before(self, day: int) -> bool:
        """Whether its spell had begun on the eve of the day, be it suspended since."""
        if any(change.state in ENDED and change.day >= day for change in self.history):
            return False
        eve = next((change.state for change in reversed(self.history) if change.day < day), S.NONE)
        return (self.before_suspension if eve is S.SUSPENDED else eve) in IN_EFFECT

    def raise_flag(self, flag: Flag, position: int) -> None:
        """Raise the flag and remember why."""
        self.flags.add(flag)
        self.set_by[flag] = position

    @property
    def on_provisional_term(self) -> bool:
        """Whether the term of provisional application runs, be it suspended or under notice."""
        state = self.before_suspension if self.state is S.SUSPENDED else self.state
        state = self.before_notice if state is S.TERMINATING else state
        return state is S.PROVISIONAL and self.provisional_term is not None

    @property
    def term_set_by(self) -> int | None:
        """The position of the event that set the current term, or the one that ran out last."""
        if self.state is S.EXPIRED:
            return self.set_by.get("expired_term")
        return self.set_by.get("provisional_term" if self.on_provisional_term else "term")

    def expire(self, term: EdtfDate | None, day: int) -> None:
        """The current term has run out: signatures for a new spell begin anew."""
        position = self.term_set_by
        position = self.history[-1].position if position is None else position
        self.expired_term, self.set_by["expired_term"] = term, position
        self.signed.clear()
        self.enter(S.EXPIRED, day, position)

    def set_term(self, term: EdtfDate | None, position: int) -> None:
        """Set the term anew; what was said of the old one no longer holds."""
        self.term, self.rolled = term, 0
        self.set_by["term"] = position
        self.flags -= {Flag.TACITLY_RENEWED, Flag.OVERRUN}


def current_term(standing: Standing, case: Case) -> EdtfDate | None:
    """The current term, or the one that ran out last: as recorded, or a day once rolled on."""
    if standing.state is S.EXPIRED:
        return standing.expired_term
    if standing.on_provisional_term:
        return standing.provisional_term
    return main_term(standing, case)


def main_term(standing: Standing, case: Case) -> EdtfDate | None:
    """The term of the text itself: as recorded, or a day once rolled on."""
    last = standing.term.last if standing.term is not None else None
    if last is None or not standing.rolled or case.renewal is None:
        return standing.term
    rolled = years_on(last, standing.rolled * (case.renewal.years or 0))
    return edtf(day_text(rolled)) if rolled is not None else None


def current_end(standing: Standing, case: Case) -> int | None:
    """The last day of that term, as an ordinal; None if unknown or endless."""
    term = current_term(standing, case)
    return term.last if term is not None else None


def years_on(day: int, years: int) -> int | None:
    """The day so many years later; None beyond the last day that a date can hold."""
    try:
        return add_years(day, years)
    except FieldError:
        return None
