"""Life of one instrument, act by act: the table of instruments, one `if` after the other."""

from dataclasses import dataclass

from tests.oracle.facts import Fact, effect_of
from tests.oracle.instrument_time import (
    CLOSED,
    ENDED,
    HAS_ENTERED,
    HAS_TERM,
    IN_EFFECT,
    LADDER,
    RUNNING,
    InstrumentInTime,
)
from tests.oracle.merging import said_by
from tests.oracle.terms import NO_END, Term, from_first_day, length_of

__all__ = ["ENDED", "IN_EFFECT", "LADDER", "RUNNING", "Instrument", "Term"]

BELOW_SIGNED = set(LADDER[:-1])


@dataclass
class Instrument(InstrumentInTime):
    """Instrument while its acts are folded."""

    # --- acts

    def background(self, fact: Fact) -> None:
        """'Registered with a state: that state'; in force for its parties as by an entry."""
        said, event = self.registration, fact["id"]
        if said.get("until") and said_by(said, "until") == event:
            self._set_term(Term(said["until"], event))
        elif said.get("open_ended") and said_by(said, "open_ended") == event:
            self._set_term(Term(NO_END, event))
        state = said.get("state")
        if state is None or said_by(said, "state") != event:
            return
        if self.state in ENDED:
            self.parties.forget_notices()
        self.parties.settle(effect_of(fact))
        self.is_applied = state == "provisional"
        self.is_signed_only = state in LADDER
        if self.is_signed_only:
            self.began = None
        if state in HAS_ENTERED:
            self._put_in_force(fact)
        elif state in ENDED:
            self.entered = None
            self.parties.end_spell(effect_of(fact), expires=False)
        self.take(effect_of(fact), state, event)

    def _put_in_force(self, fact: Fact) -> None:
        self.parties.settle(effect_of(fact))
        self.parties.enter(fact)
        self._has_entered_by(fact)

    def _has_entered_by(self, fact: Fact) -> None:
        """Keep the day on which it entered into force, in this spell."""
        if self.entered is None:
            self.entered = effect_of(fact)

    def _set_term(self, term: Term | None) -> None:
        """Set the term; flags of the old one no longer hold."""
        self.term, self.waiting = term, None
        for flag in ("tacitly_renewed", "decided_otherwise", "overrun"):
            self.flags.pop(flag, None)

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

    def adopt(self, fact: Fact) -> None:
        """'The text is agreed (a conference adopts what nobody signs).'"""
        if self.state not in CLOSED:
            self.parties.settle(effect_of(fact))
            self.is_under_way = True
            self.conclude(fact)

    def initial(self, fact: Fact) -> None:
        self.was_initialled = True
        self._climb(fact, "initialled")

    def break_off(self, fact: Fact) -> None:
        if self.state in BELOW_SIGNED:
            self.end(effect_of(fact), "abandoned", fact["id"])
        elif self.state in RUNNING | {"expired"}:
            self.flags.pop("renegotiating", None)

    def sign(self, fact: Fact) -> None:
        """Sign: 'missing signers keep it agreed or initialled, with flag partially_signed'."""
        if self.state in CLOSED and fact["type"] == "InstrumentSigned":
            return
        self.parties.settle(effect_of(fact))
        names = self.parties.signers(fact)
        if self.state in CLOSED:
            self.parties.sign(names, fact)
        is_by_nobody = not names and (self.parties.is_open or not fact.get("missing_signers"))
        if is_by_nobody or self.state in CLOSED:
            return
        if self.state not in HAS_TERM:
            self._forget_past_term(effect_of(fact))
        self._take_term(fact)
        self.parties.sign(names, fact)
        self.is_under_way = self.is_under_way or bool(names)
        if fact.get("in_force") is not None:
            self.signature_says = bool(fact["in_force"])
        if self.has_entered and self.parties.takes_effect_by(fact):
            self.parties.put_in_force(names, fact)
        if self.parties.missing:
            self.flags["partially_signed"] = fact["id"]
            self._climb(fact, "agreed")
        else:
            self._complete(fact)

    def _complete(self, fact: Fact) -> None:
        """Let the signature take effect; an open text is in force 'from the second'."""
        self.is_signed = True
        self.flags.pop("partially_signed", None)
        if self.state in RUNNING:
            return
        self.flags.pop("renegotiating", None)
        waits = self.parties.is_open and len(self.parties.signatories) < 2
        if self.parties.takes_effect_by(fact) and not waits:
            self.parties.enter_by_signature(fact)
            self._has_entered_by(fact)
            self.take(effect_of(fact), "in_force", fact["id"])
            self._begin_waiting_term(fact)
        else:
            self.take(effect_of(fact), "signed", fact["id"])

    def take_back_signature(self, fact: Fact) -> None:
        """'It does not lower the state while two signatures are left.'

        'Flag partially_signed, the party is missing again; between two, and below two, the text is
        agreed again (initialled if it was).' An open text is signed from its first signature on.
        """
        is_between_two = len(self.parties.members) <= 2
        if not self.is_separate or not self.parties.take_back(fact):
            return
        if self.state in ENDED - {"expired"}:
            return
        left = len(self.parties.signatories)
        enough = 1 if self.parties.is_open else 3 if is_between_two else 2
        if self.state == "signed" and left < enough:
            state = "initialled" if self.was_initialled else "agreed"
            self.is_signed = False
            self.history.change_to(effect_of(fact), state, fact["id"])
        self.flags.pop("partially_signed", None)
        if left and self.parties.missing:
            self.flags["partially_signed"] = fact["id"]

    def ratify(self, fact: Fact) -> None:
        """Consent; 'definitive_signature (which is a signature too)'.

        'Recorded on a text in any state, also on one that has ended: late news is common.'
        """
        self.parties.settle(effect_of(fact))
        if fact.get("how") == "definitive_signature":
            self.sign(fact)
        self._consent(self.parties.acting([fact["party"]], effect_of(fact)), fact)

    def accede(self, fact: Fact) -> None:
        """'The party belongs to the text from the effect day and is no missing signer.'

        So the text is signed, where it was the last one missing.
        """
        if self.state in CLOSED:
            return
        self.parties.settle(effect_of(fact))
        was_missing = bool(self.parties.missing)
        names = self.parties.newcomers(fact["party"], effect_of(fact))
        for name in names:
            self.parties.join(name)
        self._consent(names, fact)
        if was_missing and self.parties.signatories and not self.parties.missing:
            self._complete(fact)

    def _consent(self, names: list[str], fact: Fact) -> None:
        if names:
            self.is_under_way = True
            self.parties.consent(
                names, fact, has_entered=self.has_entered, is_over=self.state == "expired"
            )

    def succeed(self, fact: Fact) -> None:
        """'Successors follow.'"""
        self.parties.succeed(fact)

    def reserve(self, fact: Fact) -> None:
        self.parties.reserve(fact)

    def withdraw_reservation(self, fact: Fact) -> None:
        self.parties.withdraw_reservation(fact)

    def _take_term(self, fact: Fact) -> None:
        """Take the end that a signature says; a length waits until the text takes effect.

        'Years at a signature of a text that takes effect separately count from its entry into
        force.' Where it is in force already, that entry is known.
        """
        months, setter = length_of(fact), fact["id"]
        if fact.get("until") or fact.get("open_ended"):
            self._set_term(Term(fact.get("until") or NO_END, setter))
        elif months and self.has_entered:
            first = None if self.parties.takes_effect_by(fact) else self.entered
            self._set_term(from_first_day(fact, months, setter, first or None))
        elif months:  # the last that was said counts
            self._set_term(None)
            self.waiting = months, setter

    def _begin_waiting_term(self, fact: Fact) -> None:
        if self.waiting is not None:
            self._set_term(from_first_day(fact, *self.waiting))

    def apply(self, fact: Fact) -> None:
        """Provisional application."""
        if self.state in CLOSED | {"in_force", "suspended", "terminating"}:
            return
        if self.state != "provisional":
            self.provisional_term, self.is_applied = None, True
            if self.state != "signed":
                self._forget_past_term(effect_of(fact))
            self.take(effect_of(fact), "provisional", fact["id"])
        if fact.get("until"):
            self.provisional_term = Term(fact["until"], fact["id"])

    def enter(self, fact: Fact) -> None:
        """Entry into force; of a text in force already it adds parties, and may say the term.

        'An entry that names parties and comes after the first changes no state of a text in effect
        or suspended and begins no new spell (that begins only after the text had ended).'
        """
        if self.state in CLOSED:
            return
        is_later = self.has_entered and self.state in RUNNING and bool(fact.get("parties"))
        self._put_in_force(fact)
        self.flags.pop("renegotiating", None)
        if not is_later:  # It 'begins no new spell', so that a term that is over runs on.
            self._forget_past_term(effect_of(fact))
        if fact.get("until") or fact.get("open_ended"):
            self._set_term(Term(fact.get("until") or NO_END, fact["id"]))
        elif length_of(fact):
            self._set_term(from_first_day(fact, length_of(fact), fact["id"]))
        else:
            self._begin_waiting_term(fact)
        self.is_applied = self.is_applied and is_later
        if self.state == "terminating" and not is_later:  # 'the notice runs'
            self.before_notice = self.running = "in_force"
            self.is_signed_only = False
        elif not is_later:
            self.take(effect_of(fact), "in_force", fact["id"])

    def extend(self, fact: Fact) -> None:
        """Extension or renewal."""
        if self.state in CLOSED:
            return
        term, given_up_by = self.new_term(fact), self.given_up_by
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
            if given_up_by:
                self.flags["decided_otherwise"] = given_up_by
        self.flags.pop("renegotiating", None)
        if self.state not in RUNNING:
            self.is_applied = False
            self.parties.settle(effect_of(fact))
            self.parties.prolong(fact)
            self._has_entered_by(fact)
            self.take(effect_of(fact), "in_force", fact["id"])

    def new_term(self, fact: Fact) -> Term | None:
        """Return the new term; a tacit renewal confirms the last roll.

        'Several lengths in a row are counted at once from the day after the last end that was
        said, never from a rolled one; lengths that rolled meanwhile are counted in. After a gap,
        or where no end is known, the first day is the effect day of the renewal.'
        """
        months, old = length_of(fact), self.current
        if fact.get("until") or fact.get("open_ended"):
            term = Term(fact.get("until") or NO_END, fact["id"])
        elif not months:
            return None
        elif old is None or old.last is None or self.leaves_gap(fact):
            term = from_first_day(fact, months, fact["id"])
        else:
            rolls = old.rolls - 1 if fact.get("tacit") and old.rolls else old.rolls
            term = Term(old.said, fact["id"], old.months + old.period * rolls + months)
        if fact.get("tacit"):
            term.renewals = old.renewals + max(old.rolls, 1) if old else 1
        return term

    def leaves_gap(self, fact: Fact) -> bool:
        """'The effect of the renewal does not join the old end'; what runs on has no gap."""
        last = self.current.last if self.current else None
        runs = self.state in HAS_TERM
        return not runs and last is not None and effect_of(fact) > last + 1

    def suspend(self, fact: Fact) -> None:
        self.is_suspended_with = False
        if self.state in IN_EFFECT | {"signed"}:
            self.keep_running()
            self.before_suspension = self.state
            self.history.change_to(effect_of(fact), "suspended", fact["id"])

    def resume(self, fact: Fact) -> None:
        if self.state == "suspended":
            self.history.change_to(effect_of(fact), self.before_suspension, fact["id"])

    def notify(self, fact: Fact) -> None:
        if self.state not in HAS_TERM:
            return
        names = self.parties.acting(fact["by"], effect_of(fact))
        if names:
            self.parties.notify(names, fact)
            self.keep_running()
            self.review(effect_of(fact), fact["id"], is_notice=True)

    def withdraw_notice(self, fact: Fact) -> None:
        if self.notices:
            self.parties.withdraw_notice(fact)

    def close_act(self, fact: Fact) -> None:
        """Look at the notices again after an act on the text or a succession."""
        self.review(effect_of(fact), fact["id"])

    def terminate(self, fact: Fact) -> None:
        """'With `by` and not mutual, more than two parties: those have left from that day.'

        'Otherwise it ends for all.' Who has left already confirms its notice.
        """
        if self.state not in HAS_TERM | {"expired"}:
            return
        several = len(self.parties.members) > 2
        day, event = effect_of(fact), fact["id"]
        if not fact.get("mutual") and self.parties.have_left(fact.get("by") or [], day):
            return
        if not (fact.get("by") and several) or fact.get("mutual"):
            self.end(day, "terminated", event)
            return
        leaving, all_parties = self.parties.acting(fact["by"], day), list(self.parties.members)
        was_counted = set(leaving) & set(self.counted)
        for name in leaving:
            self.parties.leave(name, day, event)
        if was_counted and not self.parties.are_two(self.counted, all_parties, day):
            self.end(day, "terminated", event)

    def complete(self, fact: Fact) -> None:
        if self.state not in CLOSED | {"abandoned"}:
            self.end(effect_of(fact), "completed", fact["id"])
