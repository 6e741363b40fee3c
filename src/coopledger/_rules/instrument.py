"""Life of an instrument: the state to which each act leads, and how time passes between acts.

`TABLE` says to which state an act leads from each state. `fold` replays the facts of one instrument
by that table. `EFFECTS` names for each event the function that changes the rest of the case: terms,
notices, signatures and flags. In words: "Instruments" in docs/reference/rules.md.
"""

# ruff: noqa: E501 - the rows of the table are read side by side

from collections.abc import Callable, Iterable
from typing import Any, cast

import attrs

from coopledger import events
from coopledger._dates.asked_day import Day
from coopledger._dates.lengths import last_day_for_notice
from coopledger._facts.index import Fact
from coopledger._rules.case import copied
from coopledger._rules.history import StatusHistory
from coopledger._rules.instrument_context import InstrumentContext
from coopledger._rules.term import MONTHS_OF_A_YEAR, Term, term_from
from coopledger.events import Event
from coopledger.terms import Flag, Force, InstrumentKind, InstrumentState

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
# Texts that are made for a time: where nobody recorded their end, it is unknown.
FOR_A_TIME = MAY_OVERRUN | {
    InstrumentKind.AGREEMENT,
    InstrumentKind.MOU,
    InstrumentKind.CONTRACT,
}

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
    """Return the cell of the table for the act in the state; ``=`` for an act without a column."""
    column = ACTS.get(event_type)
    return "=" if column is None else TABLE[state][column]


RepresentedBy = Callable[[str, int], frozenset[str]]


def by_itself(signer: str, _: int) -> frozenset[str]:
    """Return the signer alone, where nothing is known of parties."""
    return frozenset({signer})


def _everybody(case: "InstrumentCase") -> set[str]:
    """Return all parties, before anybody has signed."""
    return set(case.context.parties)


@attrs.define
class InstrumentCase:
    """State, terms and signatures of one instrument, while its facts are folded and afterwards.

    Attributes:
        context: What is known of it apart from the acts on it.
        represented_by: Gives the parties for which a signer signs on a day: the signer, its
            ancestors, and the parties that these have taken over from.
        history: Its changes of state.
        now: The day up to which time has passed.
        set_by: The position of the event that set the notice, and each flag.
        term: The term of the text itself; None if unknown.
        provisional_term: The term of provisional application, if it has one of its own.
        expired_term: The term that ran out last, while expired.
        implied_by: The position of the extension that alone says that it was ever in force.
        ends: The first day out of effect that a pending notice names, as an ordinal.
        base_state: The last state that is neither suspended nor terminating.
        before_suspension: The state to which resuming leads back.
        before_notice: The state to which withdrawing the notice leads back.
        flags: Its flags.
        unsigned: The parties whose signature is missing.
        ratified: The parties that ratified.
        wishes: The open proposals about it.
        signings: The signatures by which the text came to be signed by all who must.
    """

    context: InstrumentContext
    represented_by: RepresentedBy = attrs.field(default=by_itself, eq=False)
    history: StatusHistory[InstrumentState] = attrs.field(factory=lambda: StatusHistory(S.NONE))
    now: int = 0
    set_by: dict[str, int] = attrs.field(factory=dict[str, int])
    term: Term | None = None
    provisional_term: Term | None = None
    expired_term: Term | None = None
    implied_by: int | None = None
    ends: int | None = None
    base_state: InstrumentState = S.IN_FORCE
    before_suspension: InstrumentState = S.IN_FORCE
    before_notice: InstrumentState = S.IN_FORCE
    flags: set[Flag] = attrs.field(factory=set[Flag])
    unsigned: set[str] = attrs.field(default=attrs.Factory(_everybody, takes_self=True))
    ratified: set[str] = attrs.field(factory=set[str])
    wishes: set[str] = attrs.field(factory=set[str])
    signings: list[Fact] = attrs.field(factory=list[Fact])

    @property
    def state(self) -> InstrumentState:
        """Return the state at the end of the facts folded so far."""
        return self.history.status

    @property
    def since(self) -> int:
        """Return the first day of that state, as an ordinal; 0 if unknown.

        In force by an extension of a text never recorded, it was so before on days unknown.
        """
        is_implied = self.state is S.IN_FORCE and self.history.set_by == self.implied_by
        return 0 if is_implied else self.history.since

    @property
    def is_applied(self) -> bool:
        """Return whether it is applied provisionally, suspended or under notice too."""
        return self.base_state is S.PROVISIONAL

    @property
    def on_provisional_term(self) -> bool:
        """Return whether provisional application has a term of its own, which runs."""
        return self.is_applied and self.provisional_term is not None

    @property
    def current_term(self) -> Term | None:
        """Return the current term, or the one that ran out last."""
        if self.state is S.EXPIRED:
            return self.expired_term
        return self.provisional_term if self.on_provisional_term else self.term

    @property
    def current_end(self) -> int | None:
        """Return the last day of the current term, as an ordinal; None if unknown or endless."""
        term = self.current_term
        return term.last if term is not None else None

    @property
    def last_day_for_notice(self) -> int | None:
        """Return the last day on which notice ends it with its current term, as an ordinal."""
        clause, end = self.context.renewal, self.current_end
        if clause is None or clause.notice_months is None or end is None:
            return None
        return last_day_for_notice(end, clause.notice_months)

    @property
    def flags_shown(self) -> dict[Flag, int | None]:
        """Return its flags, each with the position of the event that set it.

        One of them follows from what is missing: nobody recorded an end.
        """
        shown = {flag: self.set_by.get(flag) for flag in self.flags}
        has_end = self.current_term is not None or self.ends is not None
        if self.context.kind in FOR_A_TIME and self.state in IN_EFFECT and not has_end:
            shown[Flag.END_UNKNOWN] = self.history.set_by
        return shown

    def had_begun_before(self, day: int) -> bool:
        """Return whether it was in effect on the eve of the day, or suspended from being so."""
        if any(change.status in ENDED and change.day >= day for change in self.history.changes):
            return False
        eve = self.history.on(day - 1)
        state = eve.status if eve is not None else S.NONE
        return (self.before_suspension if state is S.SUSPENDED else state) in IN_EFFECT

    def enter(
        self, state: InstrumentState, day: int, position: int, *, new_spell: bool = False
    ) -> None:
        """Enter the state on the day, unless it is the state already and no new spell begins.

        A state that held for a part of that day only is forgotten. A change on a day that has
        passed counts from the day up to which time has passed.
        """
        if new_spell or state is not self.state:
            self.history.change_to(state, max(day, self.now), position, new_spell=new_spell)
        if state not in {S.SUSPENDED, S.TERMINATING}:
            self.base_state = state
        if state in ENDED:
            self.ends = None
            self.flags &= {Flag.RENEGOTIATING} if state is S.EXPIRED else set()

    def expire(self, term: Term, day: int) -> None:
        """Let the current term run out; a new spell will need new signatures."""
        self.expired_term = term
        self.unsigned.update(self.context.parties)
        self.enter(S.EXPIRED, day, term.set_by)

    def set_term(self, term: Term | None) -> None:
        """Set a new main term, and drop the flags of the old one."""
        self.term = term
        self.flags -= {Flag.TACITLY_RENEWED, Flag.OVERRUN}

    def forget_past_term(self, day: int) -> None:
        """Forget a main term that was over before the day, on which a spell begins."""
        if self.term is not None and self.term.last is not None and self.term.last < day:
            self.set_term(None)

    def raise_flag(self, flag: Flag, position: int) -> None:
        """Raise the flag and remember the event that raised it."""
        self.flags.add(flag)
        self.set_by[flag] = position


def advance(case: InstrumentCase, facts: Iterable[Fact]) -> InstrumentCase:
    """Return the case, changed by facts that replay after all before.

    The facts are those about it and about proposals on it, in the order in which they replay.
    """
    for fact in facts:
        _let_pass(case, fact.effect)
        case.now = fact.effect
        _apply(case, fact)
    return case


def on_day(case: InstrumentCase, day: Day, *, is_kept: bool) -> InstrumentCase:
    """Return the case at the end of the day; one that is kept stays as it is itself."""
    turn = _next_turn(case)
    if turn is None or turn > day:
        return case
    later = copied(case) if is_kept else case
    _let_pass(later, day)
    return later


def _apply(case: InstrumentCase, fact: Fact) -> None:
    """Let the fact change the case; an act that the table refuses now changes nothing."""
    event = fact.event
    word = cell(case.state, type(event)).rstrip("!")
    if word.startswith("E"):
        return
    effect = EFFECTS.get(type(event))
    if effect is not None:
        word = effect(case, fact, event) or word
    if word == "talks":
        case.raise_flag(Flag.RENEGOTIATING, fact.position)
    elif word == "no_talks":
        case.flags.discard(Flag.RENEGOTIATING)
    elif word not in {"=", "done"}:
        case.enter(S(word), fact.effect, fact.position)


# How time passes.


def _let_pass(case: InstrumentCase, day: Day) -> None:
    """Let time pass to the day: terms end or roll on, notices take effect, texts are replaced."""
    replacement = case.context.replacement
    while (first := _next_turn(case)) is not None and first <= day:
        if replacement is not None and first == replacement.day:
            case.enter(S.SUPERSEDED, first, replacement.position)
        elif first == case.ends:
            case.enter(S.TERMINATED, first, case.set_by["notice"])
        else:
            _end_term(case, first)


def _next_turn(case: InstrumentCase) -> int | None:
    """Return the first day on which time alone changes the case; None if it never does."""
    if case.state in GONE:
        return None
    turn = _day_after_term(case)
    if case.ends is not None and (turn is None or case.ends < turn):
        turn = case.ends
    replacement = case.context.replacement
    return (
        turn
        if replacement is None or (turn is not None and turn < replacement.day)
        else replacement.day
    )


def _day_after_term(case: InstrumentCase) -> int | None:
    """Return the first day after the current term; None where the term has no such day.

    A notice too late to stop the next tacit renewal does not end the text before its own end.
    """
    renewal = case.context.renewal
    if case.state not in HAS_TERM or Flag.OVERRUN in case.flags:
        return None
    tacit = renewal is not None and renewal.tacit
    if tacit and case.ends is not None and not case.on_provisional_term:
        return None
    end = case.current_end
    return None if end is None else end + 1


def _end_term(case: InstrumentCase, day: int) -> None:
    """Roll the term on, let it overrun, or expire on the first day after it.

    Only a main term rolls on or is overrun.
    """
    context, main = case.context, not case.on_provisional_term
    term = cast(Term, case.current_term)  # What ends is known.
    if main and context.renewal is not None and context.renewal.tacit:
        case.raise_flag(Flag.TACITLY_RENEWED, context.registered)
        case.term = term.rolled_by(context.rolls_by) if context.rolls_by else None
    elif main and context.kind in MAY_OVERRUN and case.had_begun_before(day):
        case.raise_flag(Flag.OVERRUN, term.set_by)
    else:
        case.expire(term, day)


# What each act changes apart from the state to which the table leads.


def _register(case: InstrumentCase, fact: Fact, event: events.InstrumentRegistered) -> str:
    """Begin with the state and the term known from the background, where they are given."""
    if event.until is not None:
        case.set_term(Term(event.until, fact.position))
    if event.state is S.EXPIRED:
        case.expired_term = case.term
    return event.state or "="


def _wish(case: InstrumentCase, _: Fact, event: events.ProposalAct) -> None:
    """Keep the open proposal, by which the text stays contemplated."""
    case.wishes.add(event.proposal)


def _unwish(case: InstrumentCase, _: Fact, event: events.ProposalAct) -> str | None:
    """End the contemplation once every proposal on the text is declined or withdrawn."""
    case.wishes.discard(event.proposal)
    return "none" if case.state is S.CONTEMPLATED and not case.wishes else None


def _sign(case: InstrumentCase, fact: Fact, event: events.InstrumentSigned) -> str:
    """Add the signatures up; the text is signed when none is missing."""
    parties = case.context.parties
    complete_before = bool(parties) and not case.unsigned
    case.unsigned -= _signed_by(event, case, fact.effect)
    if case.state not in HAS_TERM:
        case.forget_past_term(fact.effect)
    if event.until is not None:
        case.set_term(Term(event.until, fact.position))
    if case.unsigned:
        case.raise_flag(Flag.PARTIALLY_SIGNED, fact.position)
        return S.AGREED if case.state in BELOW_AGREED else "="
    case.flags.discard(Flag.PARTIALLY_SIGNED)
    if not complete_before:
        case.signings.append(fact)
    if cell(case.state, type(event)) != "sign":
        return "="
    case.flags.discard(Flag.RENEGOTIATING)
    return S.IN_FORCE if _in_force_on(event, case.context) else S.SIGNED


def _apply_provisionally(
    case: InstrumentCase, fact: Fact, event: events.InstrumentProvisionallyApplied
) -> None:
    """Set the term that provisional application has of its own."""
    starts = cell(case.state, type(event)) == S.PROVISIONAL
    if starts:
        case.provisional_term = None
        case.forget_past_term(fact.effect)
    if event.until is not None and (starts or case.state is S.PROVISIONAL):
        case.provisional_term = Term(event.until, fact.position)


def _enter_into_force(
    case: InstrumentCase, fact: Fact, event: events.InstrumentEnteredIntoForce
) -> str:
    """Begin a new spell; the term given at signature holds unless that term is over."""
    case.forget_past_term(fact.effect)
    case.provisional_term = None
    if event.until is not None:
        case.set_term(Term(event.until, fact.position))
    case.flags.discard(Flag.RENEGOTIATING)
    case.enter(S.IN_FORCE, fact.effect, fact.position, new_spell=True)
    return "done"


def _prolong(case: InstrumentCase, fact: Fact, event: events.InstrumentProlonged) -> None:
    """Set a new end; after the old one has passed, a gap unless the effect joins."""
    term, has_gap = new_term(event, case, fact), ran_out_before(case, fact)
    if case.state in BELOW_SIGNED:
        case.implied_by = fact.position
    if case.is_applied:
        case.provisional_term = term
    else:
        case.set_term(term)
    if event.tacit:
        case.raise_flag(Flag.TACITLY_RENEWED, fact.position)
    case.flags.discard(Flag.RENEGOTIATING)
    if has_gap:
        case.raise_flag(Flag.GAP, fact.position)


def _suspend(case: InstrumentCase, _: Fact, event: events.InstrumentSuspended) -> None:
    """Remember the state to which resuming leads back."""
    if cell(case.state, type(event)) == S.SUSPENDED:
        case.before_suspension = case.state


def _resume(case: InstrumentCase, _: Fact, __: events.InstrumentResumed) -> str:
    """Return to the state before the suspension, if there was one."""
    return case.before_suspension if case.state is S.SUSPENDED else "="


def _notify(case: InstrumentCase, fact: Fact, event: events.TerminationNotified) -> None:
    """Let notice run until its end; a new one replaces it."""
    if cell(case.state, type(event)) != S.TERMINATING:
        return
    if case.state is not S.TERMINATING:
        case.before_notice = case.state
    case.ends = event.ends.settled
    case.set_by["notice"] = fact.position


def _withdraw_notice(case: InstrumentCase, _: Fact, __: events.TerminationNoticeWithdrawn) -> str:
    """Return to the state before the notice; what was suspended meanwhile stays so."""
    case.ends = None
    if case.before_suspension is S.TERMINATING:
        case.before_suspension = case.base_state
    return case.before_notice if case.state is S.TERMINATING else "="


def _ratify(case: InstrumentCase, fact: Fact, event: events.InstrumentRatified) -> None:
    """Count the ratification for every party that the ratifying one represents."""
    case.ratified |= case.represented_by(event.party, fact.effect)


# An effect returns the word that replaces the cell of the table, `done` where it has changed the
# state itself, or None to leave the cell as it is.
Effect = Callable[[InstrumentCase, Fact, Any], str | None]  # Any: each takes its own event

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


def term_before(event: events.InstrumentProlonged, case: InstrumentCase) -> Term | None:
    """Return the term that an extension or renewal prolongs.

    A tacit renewal that is recorded after the fact confirms the one that was derived: it
    prolongs the term before.
    """
    term = case.current_term
    if event.tacit and term is not None and term.rolled:
        return term.rolled_by(-case.context.rolls_by)
    return term


def leaves_gap(case: InstrumentCase, fact: Fact) -> bool:
    """Return whether a prolongation does not join the end; what runs on has no gap."""
    end = case.current_end
    return case.state not in HAS_TERM and (end is None or fact.effect > end + 1)


def ran_out_before(case: InstrumentCase, fact: Fact) -> bool:
    """Return whether the text was out of effect before a prolongation, which leaves a gap."""
    return case.state is S.EXPIRED and leaves_gap(case, fact)


def new_term(event: events.InstrumentProlonged, case: InstrumentCase, fact: Fact) -> Term | None:
    """Return the term that an extension or renewal sets; None if neither an end nor years are given.

    Years count from the last end that was said, together with those before; after a gap, or where
    no end is known, their first day is that from which the act counts.
    """
    if event.until is not None:
        return Term(event.until, fact.position)
    if event.years is None:
        return None
    months, old = MONTHS_OF_A_YEAR * event.years, term_before(event, case)
    if old is None or old.last is None or leaves_gap(case, fact):
        return term_from(event.effective or event.when, months, set_by=fact.position)
    return old.prolonged(months, set_by=fact.position)


def _signed_by(event: events.InstrumentSigned, case: InstrumentCase, day: int) -> set[str]:
    """Return the parties for which the event holds a signature on the day on which it counts."""
    parties = case.context.parties
    covered = set(event.signers or parties)
    if not covered.issuperset(parties):
        covered.update(*(case.represented_by(signer, day) for signer in event.signers))
    return covered - set(event.missing_signers)


def _in_force_on(event: events.InstrumentSigned, context: InstrumentContext) -> bool:
    """Return whether the text is in force with the signature: by event, registration or kind."""
    if event.in_force is not None:
        return event.in_force
    if context.force is not None:
        return context.force is Force.ON_SIGNATURE
    return context.kind in ON_SIGNATURE
