"""Case of an instrument: state, terms, participants and flags while its facts are folded."""

import attrs

from coopledger._dates.asked_day import Day
from coopledger._dates.lengths import last_day_for_notice
from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._rules.history import StatusChange, StatusHistory
from coopledger._rules.instrument_context import InstrumentContext
from coopledger._rules.instrument_table import (
    ENDED,
    FOR_A_TIME,
    HAS_TERM,
    HELD,
    IN_EFFECT,
)
from coopledger._rules.participants import Participants
from coopledger._rules.parties import STRANGERS
from coopledger._rules.term import Term
from coopledger.dates import EdtfDate
from coopledger.terms import Flag, InstrumentState, RenewalDecision

S = InstrumentState

# In force for somebody, if the text was in force before it was suspended or under notice.
BINDING = frozenset({S.IN_FORCE, S.TERMINATING, S.SUSPENDED})


FLAGS_OF_TERMS = frozenset({Flag.TACITLY_RENEWED, Flag.DECIDED_OTHERWISE, Flag.OVERRUN})
# A text that rolls on all the same is one of which something else was decided.
GIVEN_UP = frozenset({RenewalDecision.LET_LAPSE, RenewalDecision.END})


@frozen
class Decision:
    """Decision about an end.

    Attributes:
        word: The decision.
        end: The end that it is about.
        position: The position of the event.
    """

    word: RenewalDecision
    end: EdtfDate | None
    position: int


def _everybody(case: "InstrumentCase") -> set[str]:
    """Return all parties that must sign, before anybody has signed."""
    context = case.context
    return set() if context.open_for_signature else set(context.parties)


def _participants(case: "InstrumentCase") -> Participants:
    """Return the parties that the text has from the beginning."""
    return Participants.of(case.context)


@attrs.define
class InstrumentCase:
    """State, terms and signatures of one instrument, while its facts are folded and afterwards.

    Attributes:
        context: What is known of it apart from the acts on it.
        history: Its changes of state.
        now: The day up to which time has passed.
        set_by: The position of the event that set the notice, and each flag.
        term: The term of the text itself; None if unknown.
        provisional_term: The term of provisional application, if it has one of its own.
        expired_term: The term that ran out last, while expired.
        ran_out: The terms that ran out, each by the first day after it.
        waiting: The length agreed at a signature, in months, until it begins with the entry into
            force, and the position of the signature.
        decision: The last decision about an end of it.
        heeded: The day up to which it follows the text with which it ends.
        is_suspended_with: Whether it is suspended because that text is.
        superseded_by: The text that took its place, or that of the text with which it ends.
        implied_by: The position of the extension that alone says that it was ever in force.
        ends: The first day out of effect, as an ordinal, that a pending notice names which ends
            the text for all.
        may_enter: The day from which the text may be in force by the number of consents, as an
            ordinal, and the position of the consent that made up the number.
        base_state: The last state that is neither suspended nor terminating.
        before_suspension: The state to which resuming leads back.
        before_notice: The state to which withdrawing the notice leads back.
        flags: Its flags.
        is_under_way: Whether a signature, a consent or its adoption is on record.
        said_in_force: Whether it takes effect on signature, by the last signature that says so.
        unsigned: The parties whose signature is missing.
        participants: The life of each of its parties.
        wishes: The open proposals about it.
        amendments: The texts that changed it, in order.
        signings: The signatures by which the text came to be signed by all who must.
    """

    context: InstrumentContext
    history: StatusHistory[InstrumentState] = attrs.field(factory=lambda: StatusHistory(S.NONE))
    now: int = 0
    set_by: dict[str, int] = attrs.field(factory=dict[str, int])
    term: Term | None = None
    provisional_term: Term | None = None
    expired_term: Term | None = None
    ran_out: dict[int, Term] = attrs.field(factory=dict[int, Term])
    waiting: tuple[int, int] | None = None
    decision: Decision | None = None
    heeded: int = 0
    is_suspended_with: bool = False
    superseded_by: str | None = None
    implied_by: int | None = None
    ends: int | None = None
    may_enter: tuple[int, int] | None = None
    base_state: InstrumentState = S.IN_FORCE
    before_suspension: InstrumentState = S.IN_FORCE
    before_notice: InstrumentState = S.IN_FORCE
    flags: set[Flag] = attrs.field(factory=set[Flag])
    is_under_way: bool = False
    said_in_force: bool | None = None
    unsigned: set[str] = attrs.field(default=attrs.Factory(_everybody, takes_self=True))
    participants: Participants = attrs.field(default=attrs.Factory(_participants, takes_self=True))
    wishes: set[str] = attrs.field(factory=set[str])
    amendments: list[str] = attrs.field(factory=list[str])
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
    def last_time_held(self) -> StatusChange[InstrumentState] | None:
        """Return the change that began its last time in effect, suspensions included."""
        start: StatusChange[InstrumentState] | None = None
        for change in reversed(self.history.changes):
            if change.status in HELD:
                start = change
            elif start is not None:
                break
        return start

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
        if clause is None or end is None or clause.notice_months is clause.notice_days is None:
            return None
        return last_day_for_notice(end, clause.notice_months or 0, days=clause.notice_days or 0)

    @property
    def renews_itself(self) -> bool:
        """Return whether the current term of the text itself renews itself at its end."""
        clause = self.context.renewal
        if clause is None or not clause.tacit:
            return False
        renewals = self.term.renewals if self.term is not None else 0
        return clause.times is None or renewals < clause.times

    @property
    def following(self) -> Term | None:
        """Return the end of the text with which it ends, where that comes before its own."""
        other = self.context.lead.end if self.context.lead is not None else None
        if other is None or other.last is None or self.state not in HAS_TERM:
            return None
        own = [None if Flag.OVERRUN in self.flags else self.current_end]
        own += [self.ends - 1 if self.ends is not None else None]
        return other if all(end is None or other.last < end for end in own) else None

    @property
    def decided(self) -> Decision | None:
        """Return what is decided for the current term: its end is that which was decided on."""
        term, decision = self.current_term, self.decision
        end = term.end if term is not None else None
        return decision if decision is not None and decision.end == end else None

    @property
    def given_up_by(self) -> int | None:
        """Return the position of the decision against the term, or against that before it."""
        decision = self.decided
        if decision is not None:
            return decision.position if decision.word in GIVEN_UP else None
        otherwise = Flag.DECIDED_OTHERWISE
        return self.set_by[otherwise] if otherwise in self.flags else None

    @property
    def binds_by_signature(self) -> bool:
        """Return whether the text takes effect on signature.

        By the last signature that says so, by its registration, or by its kind.
        """
        return self.binds_by_kind if self.said_in_force is None else self.said_in_force

    @property
    def binds_by_kind(self) -> bool:
        """Return whether the text takes effect on signature, by its registration or its kind."""
        return self.context.binds_by_kind

    @property
    def is_quiet(self) -> bool:
        """Return whether time changes nothing but its term."""
        context = self.context
        is_left_alone = context.replacement is None and context.lead is None
        no_notice = self.ends is None and not self.participants.notices
        return is_left_alone and no_notice and self.may_enter is None

    @property
    def has_heirs_that_count(self) -> bool:
        """Return whether consents are counted, also of those that take over from parties."""
        needed = self.context.consents_needed
        return needed is not None and self.participants.relations is not STRANGERS

    @property
    def has_begun(self) -> bool:
        """Return whether somebody signed, consented, or adopted it, as far as is known."""
        was_signed = any(change.status is S.SIGNED for change in self.history.changes)
        return self.is_under_way or was_signed

    @property
    def is_binding(self) -> bool:
        """Return whether the text is in force for somebody, suspended or under notice too."""
        return self.state in BINDING and self.base_state is S.IN_FORCE

    def counts(self, party: str, day: Day) -> bool:
        """Return whether the party is one of those of which two must stay.

        Before the entry into force all are.
        """
        if self.is_binding:
            return self.participants.is_in_force(party, day)
        return self.participants.cases[party].belongs_on(day)

    @property
    def flags_shown(self) -> dict[Flag, int | None]:
        """Return its flags, each with the position of the event that set it.

        Some follow from the rest: nobody recorded an end, a party leaves.
        """
        shown = {flag: self.set_by.get(flag) for flag in self.flags}
        lead = self.context.lead
        has_end = any(end is not None for end in (self.current_term, self.ends, lead))
        if self.context.kind in FOR_A_TIME and self.state in IN_EFFECT and not has_end:
            shown[Flag.END_UNKNOWN] = self.history.set_by
        if lead is not None and self.following is not None:
            shown[Flag.FOLLOWING] = lead.named_by
        leaving = self.participants.leaving(self.now) if self.state in HAS_TERM else None
        if leaving is not None:
            shown[Flag.PARTY_LEAVING] = leaving.position
        return shown

    def had_begun_before(self, day: int) -> bool:
        """Return whether it was in effect on the eve of the day, or suspended from being so."""
        if any(change.status in ENDED and change.day >= day for change in self.history.changes):
            return False
        eve = self.history.on(day - 1)
        state = eve.status if eve is not None else S.NONE
        return (self.before_suspension if state is S.SUSPENDED else state) in IN_EFFECT

    def enter(self, state: InstrumentState, day: int, position: int) -> None:
        """Enter the state on the day, unless it is the state already.

        A state that held for a part of that day only is forgotten. A change on a day that has
        passed counts from the day up to which time has passed.
        """
        if state is not self.state:
            self.history.change_to(state, max(day, self.now), position)
        if state not in {S.SUSPENDED, S.TERMINATING}:
            self.base_state = state
        if state in ENDED:
            self.ends = self.may_enter = self.waiting = None
            self.participants.end_force(max(day, self.now))
            if state is S.EXPIRED:
                self.participants.notices.clear()
            self.flags &= {Flag.RENEGOTIATING} if state is S.EXPIRED else set()

    def expire(self, term: Term, day: int) -> None:
        """Let the current term run out; a new spell will need new signatures."""
        day = max(day, self.now)
        self.expired_term = self.ran_out[day] = term
        self.participants.end_spell(day)
        if not self.context.open_for_signature:
            self.unsigned.update(self.participants.awaited(day))
        self.enter(S.EXPIRED, day, term.set_by)

    def set_term(self, term: Term | None) -> None:
        """Set a new main term, and drop the flags of the old one."""
        self.term, self.waiting = term, None
        self.flags -= FLAGS_OF_TERMS

    def forget_past_term(self, day: int) -> None:
        """Forget a main term that was over before the day, on which a spell begins."""
        if self.term is not None and self.term.last is not None and self.term.last < day:
            self.set_term(None)

    def raise_flag(self, flag: Flag, position: int) -> None:
        """Raise the flag and remember the event that raised it."""
        self.flags.add(flag)
        self.set_by[flag] = position
