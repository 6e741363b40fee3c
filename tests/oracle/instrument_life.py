"""Life of one instrument, act by act: the table of instruments, one `if` after the other."""

from dataclasses import dataclass, field

from tests.oracle.days import bounds, deadline, iso, lengthened, mark_of, settled
from tests.oracle.facts import Fact, date_of, effect_of
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
HAVING_AN_END = OVERRUNNING | {"agreement", "mou", "contract"}
NO_END = "../.."  # it was said that there is none


@dataclass
class Term:
    """Term: the last end that was said, and the lengths that are counted from it at once.

    Attributes:
        said: The end that was said; of a length from a first day, the day before.
        setter: The event that set the term.
        months: The lengths in a row, added.
        period: The months by which it rolls on.
        rolls: How often it has rolled on.
    """

    said: str
    setter: str
    months: int = 0
    period: int = 0
    rolls: int = 0

    @property
    def text(self) -> str:
        months = self.months + self.period * self.rolls
        return lengthened(self.said, months) if months else self.said

    @property
    def last(self) -> int | None:
        return bounds(self.text)[1]

    @property
    def display(self) -> str | None:
        return None if self.said == NO_END else self.text


def from_first_day(fact: Fact, months: int, setter: str, first: int | None = None) -> Term:
    """Return the term whose first day is the effect day of the act, which may be fuzzy."""
    day = effect_of(fact) if first is None else first
    mark = mark_of(date_of(fact)) if first is None else ""
    return Term(f"{iso(day - 1)}{mark}", setter, months)


def length_of(fact: Fact) -> int:
    """Return the months of a length: 'years and months add up'."""
    return 12 * int(fact.get("years") or 0) + int(fact.get("months") or 0)


def _is_doubtful(end: str, day: int) -> bool:
    first, last = bounds(end)
    begun = first is None or first <= day
    if not mark_of(end) or last is None or not begun:
        return False
    return day <= last or end[-1] in "~?%"


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
    waiting: tuple[int, str] | None = None  # months agreed at a signature before it took effect
    implied_by: str | None = None  # the prolongation that alone says that it was ever in force
    flags: dict[str, str] = field(default_factory=dict[str, str])
    notice: Notice | None = None
    before_notice: str = "in_force"
    before_suspension: str = "in_force"
    running: str = "in_force"  # the state before suspensions and notices
    signatures: list[Fact] = field(default_factory=list[Fact])
    is_signed: bool = False  # by all parties, in this spell or an earlier one
    superseded_by: str | None = None
    ran_out: str | None = None  # the end that a notice named, once it has come
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
        return None if self.notice or self.state not in IN_EFFECT else self.last_day_for_notice()

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
        ends += [self.notice.ends] if self.notice and self.is_under_notice else []
        return any(_is_doubtful(end, day) for end in ends)

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
        if may_have_an_end and self.current is None and self.notice is None:
            shown["end_unknown"] = self.history.event
        return shown

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
            *self.flags_shown().values(),
        }

    # --- time

    def pass_to(self, day: int) -> None:
        """Apply all that time alone brings about by the morning of the day."""
        while self._turn_due(day):
            pass

    def _turn_due(self, day: int) -> bool:
        over = self._over()
        if self.notice and self.notice.day <= day and (over is None or self.notice.day <= over):
            named = self.notice.ends
            self._end(max(self.notice.day, self.now), "terminated", self.notice.event)
            self.ran_out = named
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
            if length_of(self.renewal):
                term.period = length_of(self.renewal)
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
        self.notice, self.waiting = None, None
        self.signatures = []
        self._keep_flags("renegotiating")

    def _keep_flags(self, *kept: str) -> None:
        self.flags = {flag: event for flag, event in self.flags.items() if flag in kept}

    def _end(self, day: int, state: str, event: str) -> None:
        self.history.change_to(day, state, event)
        self.ran_out = None
        self._keep_flags()
        self.notice, self.began, self.is_applied, self.waiting = None, None, False, None

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
        self.term, self.waiting = term, None
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
        self._take_term(fact)
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
        if state == "in_force":
            self._begin_waiting_term(fact)

    def _take_term(self, fact: Fact) -> None:
        """Take the end that a signature says; a length waits until the text takes effect.

        'Years at a signature of a text that takes effect separately count from its entry into
        force.' Where it is in force already, that entry is known.
        """
        months, setter = length_of(fact), fact["id"]
        if fact.get("until") or fact.get("open_ended"):
            self._set_term(Term(fact.get("until") or NO_END, setter))
        elif months and self.state in RUNNING - {"provisional"}:
            first = None if self._is_in_force_by(fact) else self.began
            self._set_term(from_first_day(fact, months, setter, first))
        elif months:
            self.waiting = months, setter

    def _begin_waiting_term(self, fact: Fact) -> None:
        if self.waiting is not None:
            self._set_term(from_first_day(fact, *self.waiting))

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
        if fact.get("until") or fact.get("open_ended"):
            self._set_term(Term(fact.get("until") or NO_END, fact["id"]))
        elif length_of(fact):
            self._set_term(from_first_day(fact, length_of(fact), fact["id"]))
        else:
            self._begin_waiting_term(fact)
        self.is_applied = False
        self._take(effect_of(fact), "in_force", fact, new_spell=True)

    def extend(self, fact: Fact) -> None:
        """Extension or renewal."""
        if self.state in CLOSED:
            return
        term = self.new_term(fact)
        if self.state == "expired" and self.leaves_gap(fact):
            self.flags["gap"] = fact["id"]
        if self.state in BELOW_SIGNED | {"abandoned"}:
            self.implied_by = fact["id"]
        if self.is_applied and self.state in RUNNING:  # 'suspended, new end': of what was running
            self.provisional_term = term
        else:
            self._set_term(term)
        if fact.get("tacit"):
            self.flags["tacitly_renewed"] = fact["id"]
        self.flags.pop("renegotiating", None)
        if self.state not in RUNNING:
            self.is_applied = False
            self._take(effect_of(fact), "in_force", fact)

    def new_term(self, fact: Fact) -> Term | None:
        """Return the new term; a tacit renewal confirms the last roll.

        'Several lengths in a row are counted at once from the day after the last end that was
        said, never from a rolled one; lengths that rolled meanwhile are counted in. After a gap,
        or where no end is known, the first day is the effect day of the renewal.'
        """
        if fact.get("until") or fact.get("open_ended"):
            return Term(fact.get("until") or NO_END, fact["id"])
        months, old = length_of(fact), self.current
        if not months:
            return None
        if old is None or old.last is None or self.leaves_gap(fact):
            return from_first_day(fact, months, fact["id"])
        rolls = old.rolls - 1 if fact.get("tacit") and old.rolls else old.rolls
        return Term(old.said, fact["id"], old.months + old.period * rolls + months)

    def leaves_gap(self, fact: Fact) -> bool:
        """'The effect of the renewal does not join the old end'; what runs on has no gap."""
        last = self.current.last if self.current else None
        runs = self.state in HAS_TERM
        return not runs and last is not None and effect_of(fact) > last + 1

    def suspend(self, fact: Fact) -> None:
        if self.state in IN_EFFECT | {"signed"}:
            self._keep_running()
            self.before_suspension = self.state
            self.history.change_to(effect_of(fact), "suspended", fact["id"])

    def resume(self, fact: Fact) -> None:
        if self.state == "suspended":
            self.history.change_to(effect_of(fact), self.before_suspension, fact["id"])

    def notify(self, fact: Fact) -> None:
        if self.state not in RUNNING | {"signed"}:
            return
        self.notice = Notice(fact["id"], fact["ends"])
        self._keep_running()
        if self.state != "terminating":
            self.before_notice = self.state
        self._take(effect_of(fact), "terminating", fact)

    def withdraw_notice(self, fact: Fact) -> None:
        if self.notice is None:
            return
        self.notice = None
        if self.state == "terminating":
            self.history.change_to(effect_of(fact), self.before_notice, fact["id"])
        if self.before_suspension == "terminating":  # a notice replaces the one before
            self.before_suspension = self.running

    def _keep_running(self) -> None:
        if self.state not in {"suspended", "terminating"}:
            self.running = self.state

    def terminate(self, fact: Fact) -> None:
        if self.state in RUNNING | {"signed", "expired"}:
            self._end(effect_of(fact), "terminated", fact["id"])

    def complete(self, fact: Fact) -> None:
        if self.state not in CLOSED | {"abandoned"}:
            self._end(effect_of(fact), "completed", fact["id"])
