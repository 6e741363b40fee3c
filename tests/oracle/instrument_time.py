"""State of one instrument, and what time alone brings about."""

from dataclasses import dataclass, field, replace

from tests.oracle.days import deadline, iso, mark_of
from tests.oracle.facts import Fact, effect_of
from tests.oracle.merging import said_by
from tests.oracle.notices import Notice, notice_that_ends
from tests.oracle.participations import TextParties
from tests.oracle.status_history import StatusHistory
from tests.oracle.terms import Term, is_doubtful, length_of

__all__ = [
    "CLOSED",
    "ENDED",
    "HAS_ENTERED",
    "HAS_TERM",
    "IN_EFFECT",
    "LADDER",
    "RUNNING",
    "InstrumentInTime",
]

LADDER: tuple[str, ...] = (
    *("none", "contemplated", "negotiating", "agreed", "initialled", "signed"),
)
BELOW_SIGNED = set(LADDER[:-1])
IN_EFFECT = {"provisional", "in_force", "terminating"}
RUNNING = IN_EFFECT | {"suspended"}
HAS_TERM = RUNNING | {"signed"}
ENDED = {"expired", "terminated", "superseded", "completed", "abandoned"}
CLOSED = {"terminated", "superseded", "completed"}
OVERRUNNING = {"programme", "project", "action_plan"}
HAS_ENTERED = {"in_force", "terminating", "suspended"}
HAVING_AN_END = OVERRUNNING | {"agreement", "mou", "contract"}
GIVEN_UP = {"let_lapse", "end"}
TO_DECIDE_WITHIN = 180


@dataclass
class InstrumentInTime:
    """Instrument while its acts are folded: what holds, and what time alone brings about."""

    registration: Fact
    parties: TextParties
    history: StatusHistory = field(default_factory=StatusHistory)
    term: Term | None = None
    provisional_term: Term | None = None
    expired_term: Term | None = None
    is_applied: bool = False  # provisionally, be it suspended or under notice
    is_signed_only: bool = False  # or less, by a registration after it had entered into force
    entered: int | None = None  # the day on which it entered into force, in this spell
    began: int | None = None  # the day on which it took effect
    waiting: tuple[int, str] | None = None  # months agreed at a signature before it took effect
    decision: tuple[str, str | None, str] | None = None  # the word, the end it is about, the event
    lead: "InstrumentInTime | None" = None  # the text with which it ends
    is_suspended_with: bool = False  # by the suspension of that text
    expirations: dict[int, Term] = field(default_factory=dict[int, Term])  # what ran out, by day
    implied_by: str | None = None  # the prolongation that alone says that it was ever in force
    flags: dict[str, str] = field(default_factory=dict[str, str])
    before_notice: str = "in_force"
    before_suspension: str = "in_force"
    running: str = "in_force"  # the state before suspensions and notices
    was_ending: bool = False  # by notices, as of the last act
    is_signed: bool = False  # by all parties, in this spell or an earlier one
    was_initialled: bool = False
    signature_says: bool | None = None  # whether it takes effect by it, where one said so
    is_under_way: bool = False  # a signature, consent or adoption is on record
    superseded_by: str | None = None
    ran_out: str | None = None  # the end that a notice named, once it has come
    now: int = 0  # the effect of the last act: nothing changes earlier than that
    clock: int = 0  # the day that has come

    @property
    def state(self) -> str:
        return self.history.value

    @property
    def has_entered(self) -> bool:
        return self.entered is not None

    @property
    def renewal(self) -> Fact:
        clause: Fact = self.registration.get("renewal") or {}
        return clause

    @property
    def current(self) -> Term | None:
        """Return the term that runs, or the one that ran out last."""
        if self.state == "expired":
            return self.expired_term
        return (self.is_applied and self.provisional_term) or self.term

    @property
    def term_end(self) -> Term | None:
        """Return the term that the answer shows: 'the earlier of its own and the other's'."""
        return self.followed or (self.current if self.state in HAS_TERM | {"expired"} else None)

    @property
    def renews_itself(self) -> bool:
        """Tell whether the clause renews the current term, which it may do so many times."""
        times, term = self.renewal.get("times"), self.term
        done = term.rolls + term.renewals if term else 0
        return bool(self.renewal.get("tacit")) and (times is None or done < times)

    # --- a text with which it ends

    def next_end(self) -> Term | None:
        """Return its current end: the last day of the term, or that before a notice ends it."""
        if self.state not in HAS_TERM:
            return None
        runs_on = "overrun" in self.flags or (self.ending and self.is_main and self.renews_itself)
        term = self.followed or (None if runs_on else self.current)
        ends = [] if term is None else [term]
        if self.ending:
            last = f"{iso(self.ending.day - 1)}{mark_of(self.ending.ends)}"
            ends.append(Term(last, self.ending.event))
        known = [(each.last, order, each) for order, each in enumerate(ends)]
        by_day = [(last, order, each) for last, order, each in known if last is not None]
        return min(by_day)[2] if by_day else None

    @property
    def followed(self) -> Term | None:
        """Return the current end of the other text, where that is the earlier one."""
        other = self.lead.next_end() if self.lead and self.state in HAS_TERM else None
        if other is None or other.last is None:
            return None
        own = [self.current.last] if self.current and "overrun" not in self.flags else []
        own += [self.ending.day - 1] if self.ending else []
        return other if all(end is None or other.last < end for end in own) else None

    def heed(self, day: int, before: str, state: str, event: str) -> None:
        """'It is suspended, terminated and superseded with it', and ends when that one ends."""
        assert self.lead is not None
        if state in ENDED - {"abandoned"} and self.state in HAS_TERM:
            if state == "expired":
                term = self.lead.expirations.get(day) or Term(str(iso(day - 1)), event)
                self._expire(day, term)
                return
            self.end(day, state, event)
            self.ran_out = self.lead.ran_out if state == "terminated" else None
            self.superseded_by = self.lead.superseded_by if state == "superseded" else None
        elif state == "suspended" and self.state in IN_EFFECT | {"signed"}:
            self.keep_running()
            self.before_suspension, self.is_suspended_with = self.state, True
            self.history.change_to(day, "suspended", event)
        elif before == "suspended" and self.state == "suspended" and self.is_suspended_with:
            self.history.change_to(day, self.before_suspension, event)

    # --- what is decided about its end

    @property
    def decided(self) -> tuple[str, str | None, str] | None:
        """Return what is 'decided for this term': the end that it was about is still the same."""
        end = self.current.display if self.current else None
        return self.decision if self.decision and self.decision[1] == end else None

    @property
    def given_up_by(self) -> str | None:
        """Return the decision to 'let_lapse or end' this term, or the one that was rolled over."""
        if self.decided:
            return self.decided[2] if self.decided[0] in GIVEN_UP else None
        return self.flags.get("decided_otherwise")

    def decide(self, fact: Fact) -> None:
        self.flags.pop("decided_otherwise", None)
        end = self.current.display if self.current else None
        self.decision = fact["decision"], end, fact["id"]

    def _is_to_be_decided(self) -> bool:
        """'The end or the notice deadline is within 180 days, nothing decided for this term.'"""
        if self.state not in IN_EFFECT or self.ending or self.followed or self.decided:
            return False
        days = [self.current.last if self.current else None, self.notice_deadline()]
        return any(each is not None and 0 <= each - self.clock <= TO_DECIDE_WITHIN for each in days)

    def notice_deadline(self) -> int | None:
        """'The *current* (rolled) end minus the notice period', while no notice ends the text."""
        return None if self.ending or self.state not in IN_EFFECT else self.last_day_for_notice()

    @property
    def is_notice_agreed(self) -> bool:
        return any(self.renewal.get(f"notice_{unit}") is not None for unit in ("months", "days"))

    def last_day_for_notice(self) -> int | None:
        """Return the last day for a notice that ends it with its term, given or not."""
        last = self.current.last if self.current else None
        if last is None or not self.is_notice_agreed:
            return None
        months, days = (self.renewal.get(f"notice_{unit}") or 0 for unit in ("months", "days"))
        return deadline(last, months=months, days=days)

    def is_uncertain(self, day: int) -> bool:
        """Tell whether the state on the day rests on a fuzzy end.

        'An end 2022 makes answers uncertain only on days within it, 2022~ on later days too.'
        """
        ends = [self.ran_out] if self.ran_out else []
        ends += [self.term_end.text] if self.term_end else []
        ends += [self.ending.ends] if self.ending else []
        return any(is_doubtful(end, day) for end in ends)

    def since(self) -> int:
        """Return the first day of the state; 0 if unknown.

        'In force by an extension or renewal of a text never recorded (implied): since is None.'
        """
        implied = self.state == "in_force" and self.history.event == self.implied_by
        return 0 if implied else self.history.since()

    def flags_shown(self) -> dict[str, str | None]:
        """Return the flags by name, each with the event that set it."""
        shown: dict[str, str | None] = {**self.flags}
        may_have_an_end = self.registration["kind"] in HAVING_AN_END and self.state in IN_EFFECT
        if may_have_an_end and self.current is None and not (self.ending or self.lead):
            shown["end_unknown"] = self.history.event
        if self.followed:
            shown["following"] = said_by(self.registration, "ends_with")
        if self._is_to_be_decided():
            assert self.current is not None
            shown["to_decide"] = self.current.setter
        if len(self.parties.members) > 2 and self.leaving:
            shown["party_leaving"] = self.leaving[-1].event
        if self.may_be_in_force_by is not None:
            shown["may_be_in_force"] = self.may_be_in_force_by
        return shown

    def deciders(self) -> set[str | None]:
        """'The event that last set the value, and those that set each date or flag shown.'"""
        own = self.term_end if not self.followed else None
        rolled = own is not None and own.rolls
        clause = rolled or self.notice_deadline() is not None
        return {
            self.history.event,
            self.term_end.setter if self.term_end else None,
            said_by(self.registration, "renewal") if clause else None,
            self.ending.event if self.ending else None,
            self.decided[2] if self.decided else None,
            *self.flags_shown().values(),
        }

    # --- several parties

    @property
    def in_force_for(self) -> list[str]:
        """'None unless the text is in force, terminating or suspended.'

        'A text only applied provisionally is in force for nobody.'
        """
        is_told = self.state in HAS_ENTERED and self.is_binding
        return self.parties.in_force(self.clock) if is_told else []

    @property
    def is_binding(self) -> bool:
        """Tell whether it is in force once it has entered, neither applied nor signed only."""
        return not self.is_applied and not self.is_signed_only

    @property
    def counted(self) -> list[str]:
        """'Counted are those for whom it is in force; before entry, its parties.'"""
        if self.has_entered and self.is_binding:
            return self.parties.in_force(self.clock)
        return list(self.parties.members)

    @property
    def notices(self) -> list[Notice]:
        return self.parties.notices if self.state in HAS_TERM else []

    @property
    def leaving(self) -> list[Notice]:
        """Return the notices by which only a party leaves, as far as nothing else happens."""
        return [notice for notice in self.notices if not notice.is_for_all]

    @property
    def ending(self) -> Notice | None:
        """Return the notice that ends the text."""
        return notice_that_ends(
            self.notices,
            list(self.parties.members),
            self.counted,
            lambda names: self.parties.are_two(names, list(self.parties.members), self.clock),
        )

    @property
    def is_separate(self) -> bool:
        """Tell whether the text takes effect separately from its signature."""
        if self.signature_says is not None:
            return not self.signature_says
        return not self.parties.takes_effect_on_signature

    def not_ratified(self) -> list[str]:
        """'The parties of the day without consent, and empty once the text has ended.'

        'Told, for a text that takes effect separately, from the first signature, consent or
        adoption on until it is in force; after that only where some consent is on record. Open
        for signature: of those that signed.'
        """
        begun = self.is_under_way or self.history.first({"signed"}) is not None
        is_told = self.parties.has_consents if self.has_entered else begun
        if self.state in ENDED or not self.is_separate or not is_told:
            return []
        return [
            name
            for name, life in self.parties.members.items()
            if not life.consented
            and (not self.parties.is_open or life.signed or life.signed_before)
        ]

    @property
    def _condition(self) -> Fact | None:
        awaited = not self.has_entered and self.state not in ENDED
        condition: Fact | None = self.registration.get("enters_after") if awaited else None
        return condition if condition and condition.get("consents") else None

    def missing_consents(self) -> int | None:
        """'How many consents are missing is told.'"""
        if self._condition is None:
            return None
        return max(0, int(self._condition["consents"]) - len(self.parties.consents()))

    @property
    def may_be_in_force_by(self) -> str | None:
        """'From the day on which the count was reached plus the length.'

        'As long as no entry is recorded.'
        """
        if self._condition is None or self.missing_consents():
            return None
        last = self.parties.consents()[int(self._condition["consents"]) - 1]
        is_due = self.parties.after_length(effect_of(last)) <= self.clock
        return str(last["id"]) if is_due else None

    # --- time

    def pass_to(self, day: int) -> None:
        """Apply all that time alone brings about by the morning of the day."""
        while self._turn_due(day):
            pass
        self.clock = max(self.clock, day)
        self.parties.follow(self.clock)

    def _turn_due(self, day: int) -> bool:
        """Let the first thing come about that is due: an entry, then notices, then the term."""
        turns = [(begins, 0, event) for begins, event in self._beginnings()]
        turns += [(notice.day, 1, "") for notice in self.notices]
        over = self._over()
        turns += [(over, 2, "")] if over is not None else []
        at, turn, event = min(turns, default=(day + 1, 0, ""))
        if at > day:
            return False
        at = max(at, self.now)
        self.clock = max(self.clock, at)
        if turn == 1:
            self._come_due(at)
        elif turn == 2:
            self._outlast(at)
        else:
            self.review(at, event)
        return True

    def _beginnings(self) -> list[tuple[int, str]]:
        """Return the days to come on which it will be in force for another party."""
        entries = [life.entry for life in self.parties.members.values() if life.entry]
        return [entry for entry in entries if entry[0] > self.clock]

    def _come_due(self, day: int) -> None:
        """'That party has left after'; 'terminated when fewer than two are left'."""
        due = [notice for notice in self.notices if notice.day <= day]
        final = self.ending if self.ending in due else None
        if final is None or not (final.is_for_all or len(self.parties.members) <= 2):
            for notice in due:
                self.parties.leave(notice.party, day, notice.event)
        if final is None:
            self.review(day, due[-1].event)
        else:
            self.end(day, "terminated", final.event)
            self.ran_out = final.ends

    @property
    def is_main(self) -> bool:
        return not (self.is_applied and self.provisional_term)

    def _over(self) -> int | None:
        """Return the first day after the term, if that changes something."""
        if self.state not in HAS_TERM or "overrun" in self.flags:
            return None
        if self.is_main and self.renews_itself and self.ending:
            return None  # under notice nothing renews itself: it runs until the notice ends it
        last = self.current.last if self.current else None
        return None if last is None else last + 1

    def _outlast(self, day: int) -> None:
        term = self.current
        assert term is not None
        assert term.last is not None
        has_begun = self.began is not None and self.began <= term.last
        if self.is_main and self.renews_itself:
            self.flags["tacitly_renewed"] = said_by(self.registration, "renewal")
            if self.decided and self.decided[0] in GIVEN_UP:
                self.flags["decided_otherwise"] = self.decided[2]
            if length_of(self.renewal):
                term.period = length_of(self.renewal)
                term.rolls += 1
            else:
                self.term = None
        elif self.is_main and self.registration["kind"] in OVERRUNNING and has_begun:
            self.flags["overrun"] = term.setter
        else:
            self._expire(day, term)

    def _expire(self, day: int, term: Term) -> None:
        self.history.change_to(day, "expired", term.setter)
        self.expirations[day] = replace(term)
        self.expired_term, self.is_applied, self.began = term, False, None
        self.waiting, self.entered, self.was_ending = None, None, False
        self.parties.end_spell(day, expires=True)
        self.keep_flags("renegotiating")

    def keep_flags(self, *kept: str) -> None:
        self.flags = {flag: event for flag, event in self.flags.items() if flag in kept}

    def end(self, day: int, state: str, event: str) -> None:
        self.history.change_to(day, state, event)
        self.ran_out = None
        self.keep_flags()
        self.began, self.is_applied, self.waiting = None, False, None
        self.entered, self.was_ending, self.was_initialled = None, False, False
        self.parties.end_spell(day, expires=False)

    def supersede(self, day: int, event: str, by: str) -> None:
        """Let the replacement take effect: 'permanently'."""
        if self.state not in {"terminated", "completed", "abandoned", "superseded"}:
            self.end(day, "superseded", event)
            self.superseded_by = by

    def take(self, day: int, state: str, event: str) -> None:
        if state in RUNNING and self.began is None:
            self.began = day
        if state == "in_force":
            self.is_signed_only = False
        self.history.change_to(day, state, event)

    def review(self, day: int, event: str, *, is_notice: bool = False) -> None:
        """'The text is terminating only where fewer than two would stay.'"""
        is_ending = self.ending is not None
        if is_ending and (is_notice or not self.was_ending):
            self.keep_running()
            if self.state != "terminating":
                self.before_notice = self.state
            self.take(day, "terminating", event)
        elif self.was_ending and not is_ending:
            if self.state == "terminating":
                self.history.change_to(day, self.before_notice, event)
            if self.before_suspension == "terminating":
                self.before_suspension = self.running
        self.was_ending = is_ending

    def keep_running(self) -> None:
        if self.state not in {"suspended", "terminating"}:
            self.running = self.state
