"""Life of one instrument, act by act: the table of instruments, one `if` after the other."""

from dataclasses import dataclass, field

from tests.oracle.days import add_months, bounds, iso, settled
from tests.oracle.facts import Fact, effect_of
from tests.oracle.status_history import StatusHistory

__all__ = ["ENDED", "IN_EFFECT", "LADDER", "Instrument", "Notice", "Term"]

LADDER: tuple[str, ...] = (
    *("none", "contemplated", "negotiating", "agreed", "initialled", "signed"),
)
BELOW_SIGNED = set(LADDER[:-1])
IN_EFFECT = {"provisional", "in_force", "terminating"}
RUNNING = IN_EFFECT | {"suspended"}
HAS_TERM = RUNNING | {"signed"}
ENDED = {"expired", "terminated", "superseded", "completed", "abandoned"}
CLOSED = {"terminated", "superseded", "completed"}
ON_SIGNATURE = set(
    "mou loi statement exchange_of_notes minutes action_plan programme project".split()
)
OVERRUNNING = {"programme", "project", "action_plan"}


@dataclass
class Term:
    """Term as recorded, and how often it has rolled on since."""

    text: str
    setter: str
    years: int = 0
    rolls: int = 0

    @property
    def last(self) -> int | None:
        last = bounds(self.text)[1]
        return (
            last
            if last is None or not self.rolls
            else add_months(last, 12 * self.years * self.rolls)
        )

    @property
    def display(self) -> str | None:
        return iso(self.last) if self.rolls else self.text


@dataclass
class Notice:
    """Pending notice: the first day out of effect."""

    event: str
    ends: str

    @property
    def day(self) -> int:
        return settled(self.ends)


@dataclass
class Instrument:
    """Instrument while its acts are folded."""

    registration: Fact
    history: StatusHistory = field(default_factory=StatusHistory)
    term: Term | None = None
    provisional_term: Term | None = None
    expired_term: Term | None = None
    is_applied: bool = False  # provisionally, be it suspended or under notice
    began: int | None = None  # the day on which it took effect
    flags: dict[str, str] = field(default_factory=dict[str, str])
    notice: Notice | None = None
    before_notice: str = "in_force"
    before_suspension: str = "in_force"
    signatures: list[Fact] = field(default_factory=list[Fact])
    is_signed: bool = False  # by all parties, in this spell or an earlier one
    superseded_by: str | None = None
    now: int = 0  # the effect of the last act: nothing changes earlier than that

    @property
    def state(self) -> str:
        return self.history.value

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
        """Return the term that the answer shows."""
        return self.current if self.state in HAS_TERM | {"expired"} else None

    def notice_deadline(self) -> int | None:
        """'The *current* (rolled) end minus the notice period', while nobody has given notice."""
        months = self.renewal.get("notice_months")
        last = self.current.last if self.current else None
        if months is None or last is None or self.notice or self.state not in IN_EFFECT:
            return None
        return add_months(last, -months)

    @property
    def is_under_notice(self) -> bool:
        return self.notice is not None and self.state in HAS_TERM

    def deciders(self) -> set[str | None]:
        """'The event that last set the value, and those that set each date or flag shown.'"""
        rolled = self.term_end is not None and self.term_end.rolls
        clause = rolled or self.notice_deadline() is not None
        return {
            self.history.event,
            self.term_end.setter if self.term_end else None,
            self.registration["id"] if clause else None,
            self.notice.event if self.notice and self.is_under_notice else None,
            *self.flags.values(),
        }

    # --- time

    def pass_to(self, day: int) -> None:
        """Apply all that time alone brings about by the morning of the day."""
        while self._turn_due(day):
            pass

    def _turn_due(self, day: int) -> bool:
        over = self._over()
        if self.notice and self.notice.day <= day and (over is None or self.notice.day <= over):
            self._end(max(self.notice.day, self.now), "terminated", self.notice.event)
            return True
        if over is None or over > day:
            return False
        self._outlast(max(over, self.now))
        return True

    @property
    def _is_main(self) -> bool:
        return not (self.is_applied and self.provisional_term)

    def _over(self) -> int | None:
        """Return the first day after the term, if that changes something."""
        if self.state not in HAS_TERM or "overrun" in self.flags:
            return None
        if self._is_main and self.renewal.get("tacit") and self.notice:
            return None  # under notice nothing renews itself: it runs until the notice ends it
        last = self.current.last if self.current else None
        return None if last is None else last + 1

    def _outlast(self, day: int) -> None:
        term = self.current
        assert term is not None
        assert term.last is not None
        has_begun = self.began is not None and self.began <= term.last
        if self._is_main and self.renewal.get("tacit"):
            self.flags["tacitly_renewed"] = self.registration["id"]
            if self.renewal.get("years"):
                term.years = self.renewal["years"]
                term.rolls += 1
            else:
                self.term = None
        elif self._is_main and self.registration["kind"] in OVERRUNNING and has_begun:
            self.flags["overrun"] = term.setter
        else:
            self._expire(day, term)

    def _expire(self, day: int, term: Term) -> None:
        self.history.change_to(day, "expired", term.setter)
        self.expired_term, self.is_applied, self.began = term, False, None
        self.notice = None
        self.signatures = []
        self._keep_flags("renegotiating")

    def _keep_flags(self, *kept: str) -> None:
        self.flags = {flag: event for flag, event in self.flags.items() if flag in kept}

    def _end(self, day: int, state: str, event: str) -> None:
        self.history.change_to(day, state, event)
        self._keep_flags()
        self.notice, self.began, self.is_applied = None, None, False

    def supersede(self, day: int, event: str, by: str) -> None:
        """Let the replacement take effect: 'permanently'."""
        if self.state not in {"terminated", "completed", "abandoned", "superseded"}:
            self._end(day, "superseded", event)
            self.superseded_by = by

    # --- acts

    def background(self, fact: Fact) -> None:
        """'Registered with a state: that state.'"""
        state = fact.get("state")
        if fact.get("until"):
            self._set_term(Term(fact["until"], fact["id"]))
        if state is not None:
            self.is_applied = state == "provisional"
            self._take(effect_of(fact), state, fact)

    def _take(self, day: int, state: str, fact: Fact, *, new_spell: bool = False) -> None:
        if state in RUNNING and self.began is None:
            self.began = day
        self.history.change_to(day, state, fact["id"], new_spell=new_spell)

    def _set_term(self, term: Term | None) -> None:
        """Set the term; flags of the old one no longer hold."""
        self.term = term
        self.flags.pop("tacitly_renewed", None)
        self.flags.pop("overrun", None)

    def _forget_past_term(self, day: int) -> None:
        """'A term that is over is forgotten.'"""
        if self.term and self.term.last is not None and self.term.last < day:
            self._set_term(None)

    def _climb(self, fact: Fact, state: str) -> None:
        """'The ladder never steps back'; abandoned talks are resumed at the step."""
        if self.state == "abandoned" or (
            self.state in LADDER and LADDER.index(self.state) < LADDER.index(state)
        ):
            self.history.change_to(effect_of(fact), state, fact["id"])

    def propose(self, fact: Fact) -> None:
        if self.state in {"none", "abandoned"}:
            self.history.change_to(effect_of(fact), "contemplated", fact["id"])

    def give_up(self, fact: Fact) -> None:
        """Give up what is only contemplated, once every proposal on it is declined or withdrawn."""
        if self.state == "contemplated":
            self.history.change_to(effect_of(fact), "none", fact["id"])

    def talk(self, fact: Fact) -> None:
        if self.state in RUNNING | {"expired"}:
            self.flags["renegotiating"] = fact["id"]
        else:
            self._climb(fact, "negotiating")

    def conclude(self, fact: Fact) -> None:
        self._climb(fact, "agreed")

    def initial(self, fact: Fact) -> None:
        self._climb(fact, "initialled")

    def break_off(self, fact: Fact) -> None:
        if self.state in BELOW_SIGNED:
            self._end(effect_of(fact), "abandoned", fact["id"])
        elif self.state in RUNNING | {"expired"}:
            self.flags.pop("renegotiating", None)

    def sign(self, fact: Fact, missing: list[str]) -> None:
        """Sign: the act is among the signatures already; nobody has signed for `missing` yet."""
        if self.state in CLOSED:
            return
        if self.state not in HAS_TERM:
            self._forget_past_term(effect_of(fact))
        if fact.get("until"):
            self._set_term(Term(fact["until"], fact["id"]))
        if missing:
            self.flags["partially_signed"] = fact["id"]
            self._climb(fact, "agreed")
            return
        self.is_signed = True
        self.flags.pop("partially_signed", None)
        if self.state in RUNNING:
            return
        self.flags.pop("renegotiating", None)
        state = "in_force" if self._is_in_force_by(fact) else "signed"
        self._take(effect_of(fact), state, fact)

    def _is_in_force_by(self, fact: Fact) -> bool:
        if fact.get("in_force") is not None:
            return bool(fact["in_force"])
        if self.registration.get("force"):
            return bool(self.registration["force"] == "on_signature")
        return self.registration["kind"] in ON_SIGNATURE

    def apply(self, fact: Fact) -> None:
        """Provisional application."""
        if self.state in CLOSED | {"in_force", "suspended", "terminating"}:
            return
        if self.state != "provisional":
            self.provisional_term, self.is_applied = None, True
            if self.state != "signed":
                self._forget_past_term(effect_of(fact))
            self._take(effect_of(fact), "provisional", fact)
        if fact.get("until"):
            self.provisional_term = Term(fact["until"], fact["id"])

    def enter(self, fact: Fact) -> None:
        """Entry into force: a new spell."""
        if self.state in CLOSED:
            return
        self.flags.pop("renegotiating", None)
        self._forget_past_term(effect_of(fact))
        if fact.get("until"):
            self._set_term(Term(fact["until"], fact["id"]))
        self.is_applied = False
        self._take(effect_of(fact), "in_force", fact, new_spell=True)

    def extend(self, fact: Fact) -> None:
        """Extension or renewal."""
        if self.state in CLOSED:
            return
        term = self.new_term(fact)
        if self.state == "provisional":
            self.provisional_term = term
        else:
            self._set_term(term)
        if fact.get("tacit"):
            self.flags["tacitly_renewed"] = fact["id"]
        self.flags.pop("renegotiating", None)
        if self.state == "expired" and effect_of(fact) > self.history.since():
            self.flags["gap"] = fact["id"]
        if self.state not in RUNNING:
            self.is_applied = False
            self._take(effect_of(fact), "in_force", fact)

    def new_term(self, fact: Fact) -> Term | None:
        """Return the new term: 'years count from the old end'; a tacit one confirms the last."""
        if fact.get("until"):
            return Term(fact["until"], fact["id"])
        if not fact.get("years"):
            return None
        old = self.current
        if old and fact.get("tacit") and old.rolls:
            old = Term(old.text, old.setter, old.years, old.rolls - 1)
        end = old.last if old and old.last is not None else effect_of(fact) - 1
        return Term(str(iso(add_months(end, 12 * fact["years"]))), fact["id"])

    def suspend(self, fact: Fact) -> None:
        if self.state in IN_EFFECT | {"signed"}:
            self.before_suspension = self.state
            self.history.change_to(effect_of(fact), "suspended", fact["id"])

    def resume(self, fact: Fact) -> None:
        if self.state == "suspended":
            self.history.change_to(effect_of(fact), self.before_suspension, fact["id"])

    def notify(self, fact: Fact) -> None:
        if self.state not in RUNNING | {"signed"}:
            return
        self.notice = Notice(fact["id"], fact["ends"])
        if self.state != "terminating":
            self.before_notice = self.state
        self._take(effect_of(fact), "terminating", fact)

    def withdraw_notice(self, fact: Fact) -> None:
        if self.notice is None:
            return
        self.notice = None
        if self.state == "terminating":
            self.history.change_to(effect_of(fact), self.before_notice, fact["id"])
        elif self.state == "suspended" and self.before_suspension == "terminating":
            self.before_suspension = self.before_notice

    def terminate(self, fact: Fact) -> None:
        if self.state in RUNNING | {"signed", "expired"}:
            self._end(effect_of(fact), "terminated", fact["id"])

    def complete(self, fact: Fact) -> None:
        if self.state not in CLOSED | {"abandoned"}:
            self._end(effect_of(fact), "completed", fact["id"])
