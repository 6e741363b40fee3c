"""Where each act leads an instrument from each state: the table of section 5 of the domain.

`instrument_life` applies it and keeps the terms, notices and signatures beside it.
"""

# ruff: noqa: E501 - the rows of the table are read side by side

from collections.abc import Callable, Iterable

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger.dates import EdtfDate, add_years, day_text, edtf
from coopledger.errors import FieldError
from coopledger.events import Event, InstrumentRegistered
from coopledger.terms import Flag, Force, InstrumentKind, InstrumentState
from coopledger.values import Renewal

S = InstrumentState

IN_EFFECT = frozenset({S.PROVISIONAL, S.IN_FORCE, S.TERMINATING})
ENDED = frozenset({S.EXPIRED, S.TERMINATED, S.SUPERSEDED, S.COMPLETED, S.ABANDONED})
# Expired aside, which may be prolonged, or replaced for good.
GONE = ENDED - {S.EXPIRED}
BELOW_AGREED = frozenset({S.NONE, S.CONTEMPLATED, S.NEGOTIATING, S.ABANDONED})
BELOW_SIGNED = BELOW_AGREED | {S.AGREED, S.INITIALLED}
HAS_TERM = IN_EFFECT | {S.SIGNED, S.SUSPENDED}

# In force on signature; the other kinds wait for entry into force unless stated.
ON_SIGNATURE = frozenset(
    {
        InstrumentKind.MOU,
        InstrumentKind.LOI,
        InstrumentKind.STATEMENT,
        InstrumentKind.EXCHANGE_OF_NOTES,
        InstrumentKind.MINUTES,
        InstrumentKind.ACTION_PLAN,
        InstrumentKind.PROGRAMME,
        InstrumentKind.PROJECT,
    }
)
# Work goes on past the planned end of these.
MAY_OVERRUN = frozenset(
    {InstrumentKind.PROGRAMME, InstrumentKind.PROJECT, InstrumentKind.ACTION_PLAN}
)

# The column of the table for each event type.
ACTS: dict[type[Event], str] = {
    events.InterestExpressed: "wish",
    events.ProposalMade: "wish",
    events.ProposalAcknowledged: "wish",
    events.ProposalCountered: "wish",
    events.NegotiationOpened: "talk",
    events.ProposalAgreedInPrinciple: "talk",
    events.NegotiationConcluded: "agree",
    events.ProposalAccepted: "agree",
    events.InstrumentInitialled: "initial",
    events.InstrumentSigned: "sign",
    events.InstrumentProvisionallyApplied: "apply",
    events.InstrumentEnteredIntoForce: "enter",
    events.InstrumentExtended: "prolong",
    events.InstrumentRenewed: "prolong",
    events.InstrumentSuspended: "suspend",
    events.TerminationNotified: "notify",
    events.InstrumentTerminated: "terminate",
    events.InstrumentCompleted: "complete",
    events.NegotiationBrokenOff: "break_off",
}
COLUMNS = tuple(dict.fromkeys(ACTS.values()))

# A cell is the state that the act leads to. `=` leaves the state; `sign` is in force or signed,
# by kind; `talks` and `no_talks` set and clear the flag renegotiating; `E...` refuses; a closing
# `!` is the warning W501, a step that skips others.
_ROWS = """
none          contemplated negotiating agreed initialled sign provisional in_force in_force!   =!        =!          E509       completed! abandoned
contemplated  contemplated negotiating agreed initialled sign provisional in_force in_force!   =!        =!          E509       completed! abandoned
negotiating   =            =           agreed initialled sign provisional in_force in_force!   =!        =!          E509       completed  abandoned
agreed        =            =           agreed initialled sign provisional in_force in_force!   =!        =!          E509       completed  abandoned
initialled    =            =           =      initialled sign provisional in_force in_force!   =!        =!          E509       completed  abandoned
signed        =            =           =      =          sign provisional in_force in_force    suspended terminating terminated completed  =
provisional   =            talks       =      =          =    =           in_force provisional suspended terminating terminated completed  no_talks
in_force      =            talks       =      =          =    =           in_force in_force    suspended terminating terminated completed  no_talks
suspended     =            talks       =      =          =    =           in_force suspended   =         terminating terminated completed  no_talks
expired       =            talks       =      =          sign provisional in_force in_force    E501      E501        terminated completed  no_talks
terminating   =            talks       =      =          =    =           in_force terminating suspended terminating terminated completed  no_talks
completed     E501         E501        E501   E501       E501 E501        E501     E501        E501      E501        E501       =          E501
abandoned     contemplated negotiating agreed initialled sign provisional in_force in_force!   E501      E501        E501       E501       =
terminated    E501         E501        E501   E501       E501 E501        E501     E501        E501      E501        =          E501       E501
superseded    E501         E501        E501   E501       E501 E501        E501     E501        E501      E501        =          E501       E501
"""
TABLE: dict[InstrumentState, dict[str, str]] = {
    S(row.split()[0]): dict(zip(COLUMNS, row.split()[1:], strict=True))
    for row in _ROWS.strip().splitlines()
}


def cell(state: InstrumentState, event_type: type[Event]) -> str:
    """What the table says of the act in the state; ``=`` for an act that it does not list."""
    column = ACTS.get(event_type)
    return "=" if column is None else TABLE[state][column]


# What is kept of an instrument while its facts are folded.


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
class InstrumentContext:
    """What is known of an instrument beside the acts on it.

    Attributes:
        kind: Its kind.
        force: When it takes effect, where its registration says so.
        renewal: Its renewal clause, if any.
        registered: The position of its registration.
        parties: The parties that must sign.
        represented_by: Gives the parties for which a signer signs on a day: itself and those above it.
        replacement: What takes its place, if anything does.
    """

    kind: InstrumentKind
    force: Force | None
    renewal: Renewal | None
    registered: int
    parties: tuple[str, ...]
    represented_by: Callable[[str, int], frozenset[str]]
    replacement: Replacement | None


# An instrument of which no registration is known.
UNKNOWN = InstrumentContext(
    kind=InstrumentKind.OTHER,
    force=None,
    renewal=None,
    registered=0,
    parties=(),
    represented_by=lambda signer, _: frozenset({signer}),
    replacement=None,
)


@attrs.frozen
class StateChange:
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
class InstrumentCase:
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

    history: list[StateChange] = attrs.field(factory=list[StateChange])
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
            self.history.append(StateChange(day, state, position))

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


def current_term(standing: InstrumentCase, case: InstrumentContext) -> EdtfDate | None:
    """The current term, or the one that ran out last: as recorded, or a day once rolled on."""
    if standing.state is S.EXPIRED:
        return standing.expired_term
    if standing.on_provisional_term:
        return standing.provisional_term
    return main_term(standing, case)


def main_term(standing: InstrumentCase, case: InstrumentContext) -> EdtfDate | None:
    """The term of the text itself: as recorded, or a day once rolled on."""
    last = standing.term.last if standing.term is not None else None
    if last is None or not standing.rolled or case.renewal is None:
        return standing.term
    rolled = years_on(last, standing.rolled * (case.renewal.years or 0))
    return edtf(day_text(rolled)) if rolled is not None else None


def current_end(standing: InstrumentCase, case: InstrumentContext) -> int | None:
    """The last day of that term, as an ordinal; None if unknown or endless."""
    term = current_term(standing, case)
    return term.last if term is not None else None


def years_on(day: int, years: int) -> int | None:
    """The day so many years later; None beyond the last day that a date can hold."""
    try:
        return add_years(day, years)
    except FieldError:
        return None


# What each act does to an instrument beside the state to which the table leads.

# An effect returns the word that replaces the cell of the table, `done` where it has changed the
# state itself, or None to leave the cell as it is.
Effect = Callable[[InstrumentCase, InstrumentContext, Fact], str | None]


def _register(standing: InstrumentCase, _: InstrumentContext, fact: Fact) -> str | None:
    """A registration may bring a state from the background, and a term with it."""
    event = fact.event
    if not isinstance(event, InstrumentRegistered):
        return "="
    if event.until is not None:
        standing.set_term(event.until, fact.position)
    if event.state is S.EXPIRED:
        standing.expired_term, standing.set_by["expired_term"] = event.until, fact.position
    return event.state or "="


def _wish(standing: InstrumentCase, _: InstrumentContext, fact: Fact) -> None:
    """An open proposal about the text keeps it contemplated."""
    standing.wishes.add(_proposal(fact.event))


def _unwish(standing: InstrumentCase, _: InstrumentContext, fact: Fact) -> str | None:
    """When every proposal on it is declined or withdrawn, it is contemplated no more."""
    standing.wishes.discard(_proposal(fact.event))
    return "none" if standing.state is S.CONTEMPLATED and not standing.wishes else None


def _sign(standing: InstrumentCase, case: InstrumentContext, fact: Fact) -> str | None:
    """Signatures add up; the text is signed when none is missing."""
    event = fact.event
    if not isinstance(event, events.InstrumentSigned):
        return None
    complete_before = bool(case.parties) and standing.signed.issuperset(case.parties)
    standing.signed |= _signed_by(event, case, fact.effect)
    if standing.state not in HAS_TERM:
        _forget_past_term(standing, case, fact)
    if event.until is not None:
        standing.set_term(event.until, fact.position)
    if not standing.signed.issuperset(case.parties):
        standing.raise_flag(Flag.PARTIALLY_SIGNED, fact.position)
        return S.AGREED if standing.state in BELOW_AGREED else "="
    standing.flags.discard(Flag.PARTIALLY_SIGNED)
    if not complete_before:
        standing.signings.append(fact)
    if cell(standing.state, type(event)) != "sign":
        return "="
    standing.flags.discard(Flag.RENEGOTIATING)
    return S.IN_FORCE if _in_force_on(event, case) else S.SIGNED


def _apply_provisionally(standing: InstrumentCase, case: InstrumentContext, fact: Fact) -> None:
    """Provisional application has a term of its own."""
    event = fact.event
    starts = cell(standing.state, type(event)) == S.PROVISIONAL
    if not isinstance(event, events.InstrumentProvisionallyApplied):
        return
    if starts:
        standing.provisional_term = None
        _forget_past_term(standing, case, fact)
    if event.until is not None and (starts or standing.state is S.PROVISIONAL):
        standing.provisional_term = event.until
        standing.set_by["provisional_term"] = fact.position


def _enter_into_force(standing: InstrumentCase, case: InstrumentContext, fact: Fact) -> str:
    """Entry into force begins a new spell; the term said at signature holds unless it is over."""
    event = fact.event
    _forget_past_term(standing, case, fact)
    standing.provisional_term = None
    if isinstance(event, events.InstrumentEnteredIntoForce) and event.until is not None:
        standing.set_term(event.until, fact.position)
    standing.flags.discard(Flag.RENEGOTIATING)
    standing.enter(S.IN_FORCE, fact.effect, fact.position, anew=True)
    return "done"


def _forget_past_term(standing: InstrumentCase, case: InstrumentContext, fact: Fact) -> None:
    """Forget a main term that was over before the act, now that a spell begins."""
    term = main_term(standing, case)
    if term is not None and term.last is not None and term.last < fact.effect:
        standing.set_term(None, fact.position)


def _prolong(standing: InstrumentCase, case: InstrumentContext, fact: Fact) -> None:
    """A new end; after the old one has passed, a gap unless the effect joins."""
    event = fact.event
    if not isinstance(event, events.InstrumentProlonged):
        return
    old_end = end_before(event, standing, case)
    term = prolonged(event, old_end=old_end, day=fact.effect)
    provisional = standing.state is S.PROVISIONAL
    if provisional:
        standing.provisional_term = term
        standing.set_by["provisional_term"] = fact.position
    else:
        standing.set_term(term, fact.position)
    if event.tacit:
        standing.raise_flag(Flag.TACITLY_RENEWED, fact.position)
    standing.flags.discard(Flag.RENEGOTIATING)
    if standing.state is S.EXPIRED and fact.effect > standing.history[-1].day:
        standing.raise_flag(Flag.GAP, fact.position)


def _suspend(standing: InstrumentCase, _: InstrumentContext, fact: Fact) -> None:
    """Remember the state to go back to."""
    if cell(standing.state, type(fact.event)) == S.SUSPENDED:
        standing.before_suspension = standing.state


def _resume(standing: InstrumentCase, _: InstrumentContext, __: Fact) -> str:
    """Back to what it was, if it was suspended."""
    return standing.before_suspension if standing.state is S.SUSPENDED else "="


def _notify(standing: InstrumentCase, _: InstrumentContext, fact: Fact) -> None:
    """Notice runs until its end; a new one replaces it."""
    event = fact.event
    if not isinstance(event, events.TerminationNotified):
        return
    if cell(standing.state, type(event)) != S.TERMINATING:
        return
    if standing.state is not S.TERMINATING:
        standing.before_notice = standing.state
    standing.ends = event.ends.settled
    standing.set_by["notice"] = fact.position


def _withdraw_notice(standing: InstrumentCase, _: InstrumentContext, __: Fact) -> str:
    """Back to the state before the notice."""
    standing.ends = None
    if standing.before_suspension is S.TERMINATING:
        standing.before_suspension = standing.before_notice
    return standing.before_notice if standing.state is S.TERMINATING else "="


def _ratify(standing: InstrumentCase, case: InstrumentContext, fact: Fact) -> None:
    """A party has ratified, for itself and those that it stands for."""
    if isinstance(fact.event, events.InstrumentRatified):
        standing.ratified |= case.represented_by(fact.event.party, fact.effect)


EFFECTS: dict[type[Event], Effect] = {
    events.InstrumentRegistered: _register,
    events.InterestExpressed: _wish,
    events.ProposalMade: _wish,
    events.ProposalAcknowledged: _wish,
    events.ProposalCountered: _wish,
    events.ProposalAgreedInPrinciple: _wish,
    events.ProposalDeclined: _unwish,
    events.ProposalWithdrawn: _unwish,
    events.InstrumentSigned: _sign,
    events.InstrumentProvisionallyApplied: _apply_provisionally,
    events.InstrumentEnteredIntoForce: _enter_into_force,
    events.InstrumentExtended: _prolong,
    events.InstrumentRenewed: _prolong,
    events.InstrumentSuspended: _suspend,
    events.InstrumentResumed: _resume,
    events.TerminationNotified: _notify,
    events.TerminationNoticeWithdrawn: _withdraw_notice,
    events.InstrumentRatified: _ratify,
}


def end_before(
    event: events.InstrumentProlonged, standing: InstrumentCase, case: InstrumentContext
) -> int | None:
    """The last day of the term that an extension or renewal prolongs, as an ordinal.

    A tacit renewal that is recorded after the fact confirms the one that was derived: it
    prolongs the term before.
    """
    if event.tacit and standing.rolled:
        return current_end(attrs.evolve(standing, rolled=standing.rolled - 1), case)
    return current_end(standing, case)


def prolonged(
    event: events.InstrumentProlonged, *, old_end: int | None, day: int
) -> EdtfDate | None:
    """The term that an extension or renewal sets; None if it names neither an end nor years.

    Years count from the old end, or from the day before the extension where no end is known.
    """
    if event.until is not None or event.years is None:
        return event.until
    last = years_on(day - 1 if old_end is None else old_end, event.years)
    return None if last is None else edtf(day_text(last))


def _proposal(event: Event) -> str:
    """The id of the proposal that the event is about."""
    return event.proposal if isinstance(event, events.ProposalAct) else ""


def _signed_by(event: events.InstrumentSigned, case: InstrumentContext, day: int) -> set[str]:
    """The parties for which the event holds a signature, on the day on which it counts."""
    covered = set(event.signers or case.parties)
    if not covered.issuperset(case.parties):
        covered.update(*(case.represented_by(signer, day) for signer in event.signers))
    return covered - set(event.missing_signers)


def _in_force_on(event: events.InstrumentSigned, case: InstrumentContext) -> bool:
    """Whether the signature brings the text into force: as said, as registered, or by kind."""
    if event.in_force is not None:
        return event.in_force
    if case.force is not None:
        return case.force is Force.ON_SIGNATURE
    return case.kind in ON_SIGNATURE


# The life of an instrument: its facts folded by the table, while time passes between them.


def fold(facts: Iterable[Fact], case: InstrumentContext, *, day: int) -> InstrumentCase:
    """Where the instrument stands at the end of the day.

    The facts are those about it and about proposals on it, in the order in which they replay,
    none with an effect after the day.
    """
    standing = InstrumentCase()
    for fact in facts:
        _let_pass(standing, case, fact.effect)
        standing.now = fact.effect
        _apply(standing, case, fact)
    _let_pass(standing, case, day)
    return standing


def _let_pass(standing: InstrumentCase, case: InstrumentContext, day: int) -> None:
    """Let time pass to the day: terms end or roll on, notices take effect, texts are replaced."""
    while standing.state not in GONE:
        over = _end_of_current_term(standing, case)
        replaced = case.replacement.day if case.replacement is not None else None
        due = [moment for moment in (replaced, standing.ends, over) if moment is not None]
        first = min(due, default=day + 1)
        if first > day:
            return
        if first == replaced and case.replacement is not None:
            standing.enter(S.SUPERSEDED, first, case.replacement.position)
        elif first == standing.ends:
            standing.enter(S.TERMINATED, first, standing.set_by["notice"])
        else:
            _end_of_term(standing, case, first)


def _end_of_current_term(standing: InstrumentCase, case: InstrumentContext) -> int | None:
    """The first day after the current term; None where none is coming.

    A notice too late to stop the next tacit renewal does not end the text before its own end.
    """
    tacit = case.renewal is not None and case.renewal.tacit
    if standing.state not in HAS_TERM or Flag.OVERRUN in standing.flags:
        return None
    if tacit and standing.ends is not None and not standing.on_provisional_term:
        return None
    end = current_end(standing, case)
    return None if end is None else end + 1


def _end_of_term(standing: InstrumentCase, case: InstrumentContext, day: int) -> None:
    """What happens on the first day after a term; only a main term rolls on or is overrun."""
    main = not standing.on_provisional_term
    if main and case.renewal is not None and case.renewal.tacit:
        standing.raise_flag(Flag.TACITLY_RENEWED, case.registered)
        if case.renewal.years:
            standing.rolled += 1
        else:
            standing.term = None
    elif main and case.kind in MAY_OVERRUN and standing.had_begun_before(day):
        standing.raise_flag(Flag.OVERRUN, standing.set_by["term"])
    else:
        standing.expire(current_term(standing, case), day)


def _apply(standing: InstrumentCase, case: InstrumentContext, fact: Fact) -> None:
    """Let the fact change the standing; what the table refuses now changes nothing."""
    event = fact.event
    said = cell(standing.state, type(event)).rstrip("!")
    if said.startswith("E"):
        return
    effect = EFFECTS.get(type(event))
    if effect is not None:
        said = effect(standing, case, fact) or said
    if said == "talks":
        standing.raise_flag(Flag.RENEGOTIATING, fact.position)
    elif said == "no_talks":
        standing.flags.discard(Flag.RENEGOTIATING)
    elif said not in {"=", "done"}:
        standing.enter(S(said), fact.effect, fact.position)
