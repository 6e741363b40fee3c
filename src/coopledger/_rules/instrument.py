"""Life of an instrument: what each act changes, and how time passes between acts.

`advance` replays the facts of one instrument by the table of states. `EFFECTS` names for each event
the function that changes the rest of the case: terms, notices, signatures and flags. In words:
"Instruments" in docs/reference/rules.md.
"""

from collections.abc import Callable, Iterable
from typing import Any, cast

import attrs

from coopledger import events
from coopledger._dates.asked_day import Day
from coopledger._facts.index import Fact
from coopledger._rules.case import copied
from coopledger._rules.following import day_of_change, heed
from coopledger._rules.instrument_case import BINDING, Decision, InstrumentCase
from coopledger._rules.instrument_context import Replacement
from coopledger._rules.instrument_table import (
    BELOW_SIGNED,
    ENDED,
    GONE,
    HAS_TERM,
    IN_EFFECT,
    MAY_OVERRUN,
    cell,
)
from coopledger._rules.party_acts import (
    accede,
    adopt,
    begin_force,
    begin_waiting_term,
    count_consents,
    go_on,
    notify,
    ratify,
    reckon_end,
    reserve,
    sign,
    take_signature_back,
    terminate,
    withdraw_notice,
    withdraw_reservation,
)
from coopledger._rules.settling import come, go, settle
from coopledger._rules.shares import acting
from coopledger._rules.term import Term, months_of, term_from
from coopledger.events import Event
from coopledger.terms import Flag, InstrumentState

S = InstrumentState
# After these others may be counted, so that a notice comes to end the text, or ends it no more.
BINDING_ACTS = (
    events.InstrumentRegistered,
    events.InstrumentSigned,
    events.InstrumentRatified,
    events.InstrumentAcceded,
    events.SignatureWithdrawn,
    events.InstrumentEnteredIntoForce,
    events.InstrumentProlonged,
)


def advance(case: InstrumentCase, facts: Iterable[Fact]) -> InstrumentCase:
    """Return the case, changed by facts that replay after all before.

    The facts are those about it and about proposals on it, in the order in which they replay.
    """
    for fact in facts:
        _let_pass(case, fact.effect)
        case.now = fact.effect
        case.heeded = max(case.heeded, fact.effect)
        _apply(case, fact)
        count_consents(case, fact.effect)
    return case


def on_day(case: InstrumentCase, day: Day, *, is_kept: bool) -> InstrumentCase:
    """Return the case at the end of the day; one that is kept stays as it is itself."""
    turn, counts_again = _next_turn(case), case.has_heirs_that_count
    if not counts_again and (turn is None or turn > day):
        return case
    later = copied(case) if is_kept else case
    if counts_again:  # Others may have taken over from one that consented.
        count_consents(later, day)
    _let_pass(later, day)
    return later


def _apply(case: InstrumentCase, fact: Fact) -> None:
    """Let the fact change the case; an act that the table refuses now changes nothing."""
    event = fact.event
    word = cell(case.state, type(event)).rstrip("!")
    if word.startswith("E"):
        return
    settle(case, fact)
    effect = EFFECTS.get(type(event))
    if effect is not None:
        word = effect(case, fact, event) or word
    if word == "talks":
        case.raise_flag(Flag.RENEGOTIATING, fact.position)
    elif word == "no_talks":
        case.flags.discard(Flag.RENEGOTIATING)
    elif word not in {"=", "done"}:
        case.enter(S(word), fact.effect, fact.position)
    if isinstance(event, BINDING_ACTS) and case.participants.notices and case.state in HAS_TERM:
        _count_again(case, fact.effect, fact.position)


def _count_again(case: InstrumentCase, day: int, position: int) -> None:
    """Look whether two stay under notice, now that others are bound, or fewer."""
    after = go_on(case, day)
    if after != "=":
        case.enter(S(after), day, position)


# How time passes.


def _let_pass(case: InstrumentCase, day: Day) -> None:
    """Let time pass to the day: terms end or roll on, notices take effect, texts are replaced."""
    while (first := _next_turn(case)) is not None and first <= day:
        pass_it = next(pass_it for turn, pass_it in TURNS if turn(case) == first)
        case.now = max(case.now, first)
        pass_it(case, first)


def _next_turn(case: InstrumentCase) -> int | None:
    """Return the first day on which time alone changes the case; None if it never does."""
    if case.state in GONE:
        return None
    first = _day_after_term(case)
    if case.is_quiet:  # As nearly every text is.
        return first
    for turn, _ in TURNS:
        day = turn(case)
        if day is not None and (first is None or day < first):
            first = day
    return first


def _day_of_replacement(case: InstrumentCase) -> int | None:
    """Return the day on which another text takes the place of this one."""
    replacement = case.context.replacement
    return replacement.day if replacement is not None else None


def _supersede(case: InstrumentCase, day: int) -> None:
    """Let the other text take the place of this one."""
    replacement = cast(Replacement, case.context.replacement)  # It has a day.
    case.superseded_by = replacement.instrument
    case.enter(S.SUPERSEDED, day, replacement.position)


def _day_of_binding(case: InstrumentCase) -> int | None:
    """Return the first day to come on which the text is in force for another party under notice."""
    if not case.participants.notices or not case.context.has_wait or case.state not in HAS_TERM:
        return None
    bound = case.participants.next_bound(case.now)
    return bound[0] if bound is not None else None


def _bind(case: InstrumentCase, day: int) -> None:
    """Let the party be bound, so that two may stay."""
    bound = case.participants.next_bound(day - 1)
    if bound is not None:
        _count_again(case, *bound)


def _day_of_end(case: InstrumentCase) -> int | None:
    """Return the day on which a notice ends the text for all."""
    return case.ends


def _terminate_by_notice(case: InstrumentCase, day: int) -> None:
    """End the text by the notice; of more than two parties, those that gave notice have left."""
    position = case.set_by["notice"]
    case.participants.let_leave_by(day)
    case.enter(S.TERMINATED, day, position)


def _day_of_leaving(case: InstrumentCase) -> int | None:
    """Return the day on which the first notice of a party takes effect that leaves the others."""
    leaving = case.participants.first_leaving() if case.state in HAS_TERM else None
    return leaving[1].ends if leaving is not None else None


def _let_leave(case: InstrumentCase, day: int) -> None:
    """Let the parties leave together whose notices take effect."""
    participants, left_on = case.participants, max(day, case.now)
    while (leaving := participants.first_leaving()) is not None and leaving[1].ends <= day:
        participants.leave(leaving[0], left_on, leaving[1].position)
        case.unsigned.discard(leaving[0])
    reckon_end(case, day)
    count_consents(case, day)


def _day_of_number(case: InstrumentCase) -> int | None:
    """Return the day on which the text may enter into force by the number of consents."""
    return case.may_enter[0] if case.may_enter is not None else None


def _may_enter(case: InstrumentCase, _: int) -> None:
    """Tell that the text may be in force, where no entry is recorded."""
    if case.may_enter is not None:
        case.raise_flag(Flag.MAY_BE_IN_FORCE, case.may_enter[1])
        case.may_enter = None


def _day_after_term(case: InstrumentCase) -> int | None:
    """Return the first day after the current term; None where the term has no such day.

    A notice too late to stop the next tacit renewal does not end the text before its own end.
    """
    if case.term is None and case.provisional_term is None:
        return None  # As of nearly every text until it is signed.
    if case.state not in HAS_TERM or Flag.OVERRUN in case.flags:
        return None
    if case.ends is not None and case.renews_itself and not case.on_provisional_term:
        return None
    end = case.current_end
    return None if end is None else end + 1


def _end_term(case: InstrumentCase, day: int) -> None:
    """Roll the term on, let it overrun, or expire on the first day after it.

    Only a main term rolls on or is overrun.
    """
    context, main = case.context, not case.on_provisional_term
    term = cast(Term, case.current_term)  # What ends is known.
    if main and case.renews_itself:
        case.raise_flag(Flag.TACITLY_RENEWED, context.renewal_by)
        if case.given_up_by is not None:
            case.raise_flag(Flag.DECIDED_OTHERWISE, case.given_up_by)
        case.term = term.rolled_by(context.rolls_by) if context.rolls_by else None
    elif main and context.kind in MAY_OVERRUN and case.had_begun_before(day):
        case.raise_flag(Flag.OVERRUN, term.set_by)
    else:
        case.expire(term, day)


# What time changes, in the order in which the changes of one day are made: the day of each, or
# None, and the change.
TURNS: tuple[
    tuple[Callable[[InstrumentCase], int | None], Callable[[InstrumentCase, int], None]], ...
] = (
    (_day_of_replacement, _supersede),
    (day_of_change, heed),
    (_day_of_binding, _bind),
    (_day_of_end, _terminate_by_notice),
    (_day_after_term, _end_term),
    (_day_of_leaving, _let_leave),
    (_day_of_number, _may_enter),
)


# What each act changes apart from the state to which the table leads.


def _register(case: InstrumentCase, fact: Fact, event: events.InstrumentRegistered) -> str:
    """Begin with the state and the term known from the background, where they are given."""
    if event.until is not None or event.open_ended:
        case.set_term(Term(event.until, fact.position))
    if event.state is S.EXPIRED:
        case.expired_term = case.term
    if event.state is not None and case.state in ENDED:
        case.participants.notices.clear()  # They were of a spell that is over.
    if event.state is not None and event.state not in HAS_TERM:
        case.ends = None  # Notices change nothing below signed.
    if event.state in BINDING:
        case.base_state, case.provisional_term = S.IN_FORCE, None
        begin_force(case, fact)
    return event.state or "="


def _wish(case: InstrumentCase, _: Fact, event: events.ProposalAct) -> None:
    """Keep the open proposal, by which the text stays contemplated."""
    case.wishes.add(event.proposal)


def _unwish(case: InstrumentCase, _: Fact, event: events.ProposalAct) -> str | None:
    """End the contemplation once every proposal on the text is declined or withdrawn."""
    case.wishes.discard(event.proposal)
    return "none" if case.state is S.CONTEMPLATED and not case.wishes else None


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
    """Let the text be in force for more parties, or at all: a spell begins only after an end.

    The term given at signature holds unless that term is over.
    """
    participants, state = case.participants, case.state
    is_later = bool(participants.entries) and (state in IN_EFFECT or state is S.SUSPENDED)
    case.flags.discard(Flag.RENEGOTIATING)
    named = acting(case, event.parties, fact.effect) if event.parties else None
    begins_spell = not (is_later and event.parties)
    if begins_spell:
        case.forget_past_term(fact.effect)
    _set_term_at_entry(case, fact, event)
    if not begins_spell:
        begin_force(case, fact, named=named)
        return "="
    case.provisional_term = None
    begin_force(case, fact, named=named)
    if state is S.TERMINATING:  # The notice runs.
        case.base_state = case.before_notice = S.IN_FORCE
        return "="
    case.enter(S.IN_FORCE, fact.effect, fact.position)
    return "done"


def _set_term_at_entry(
    case: InstrumentCase, fact: Fact, event: events.InstrumentEnteredIntoForce
) -> None:
    """Set the term that is said at the entry, or begin the length agreed at a signature."""
    if event.until is not None or event.open_ended:
        case.set_term(Term(event.until, fact.position))
    elif months := months_of(event.years, event.months):
        begins = event.effective or event.when
        case.set_term(term_from(begins, months, set_by=fact.position))
    else:
        begin_waiting_term(case, fact)


def _prolong(case: InstrumentCase, fact: Fact, event: events.InstrumentProlonged) -> None:
    """Set a new end; after the old one has passed, a gap unless the effect joins."""
    term, has_gap = new_term(event, case, fact), ran_out_before(case, fact)
    given_up_by = case.given_up_by
    if case.state in BELOW_SIGNED:
        case.implied_by = fact.position
    _prolong_force(case, fact)
    if case.is_applied:
        case.provisional_term = term
    else:
        case.set_term(term)
    if event.tacit:
        case.raise_flag(Flag.TACITLY_RENEWED, fact.position)
        if given_up_by is not None:
            case.raise_flag(Flag.DECIDED_OTHERWISE, given_up_by)
    case.flags.discard(Flag.RENEGOTIATING)
    if has_gap:
        case.raise_flag(Flag.GAP, fact.position)


def _prolong_force(case: InstrumentCase, fact: Fact) -> None:
    """Let a text that was only signed, or never recorded, be in force for its parties.

    After it had run out it is so for those for whom it was, and that have consented since.
    """
    leads_to = cell(case.state, type(fact.event)).rstrip("!")
    if leads_to != S.IN_FORCE:
        return
    participants = case.participants
    if not participants.entries:
        begin_force(case, fact, named=participants.bound_again(fact.effect) or None)


def _amend(case: InstrumentCase, _: Fact, event: events.InstrumentAmended) -> None:
    """Keep the text that changes it."""
    if event.by_instrument is not None and event.by_instrument not in case.amendments:
        case.amendments.append(event.by_instrument)


def _suspend(case: InstrumentCase, _: Fact, event: events.InstrumentSuspended) -> None:
    """Remember the state to which resuming leads back."""
    case.is_suspended_with = False
    if cell(case.state, type(event)) == S.SUSPENDED:
        case.before_suspension = case.state


def _resume(case: InstrumentCase, _: Fact, __: events.InstrumentResumed) -> str:
    """Return to the state before the suspension, if there was one."""
    return case.before_suspension if case.state is S.SUSPENDED else "="


def _decide(case: InstrumentCase, fact: Fact, event: events.RenewalDecided) -> None:
    """Keep what is decided about the end of the current term."""
    term = case.current_term
    end = term.end if term is not None else None
    case.decision = Decision(event.decision, end, fact.position)
    case.flags.discard(Flag.DECIDED_OTHERWISE)


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
    events.InstrumentSigned: sign,
    events.InstrumentProvisionallyApplied: _apply_provisionally,
    events.InstrumentEnteredIntoForce: _enter_into_force,
    events.InstrumentExtended: _prolong,
    events.InstrumentRenewed: _prolong,
    events.InstrumentAmended: _amend,
    events.RenewalDecided: _decide,
    events.InstrumentSuspended: _suspend,
    events.InstrumentResumed: _resume,
    events.TerminationNotified: notify,
    events.TerminationNoticeWithdrawn: withdraw_notice,
    events.InstrumentTerminated: terminate,
    events.InstrumentAdopted: adopt,
    events.InstrumentRatified: ratify,
    events.InstrumentAcceded: accede,
    events.SignatureWithdrawn: take_signature_back,
    events.ReservationMade: reserve,
    events.ReservationWithdrawn: withdraw_reservation,
    events.PartyJoined: come,
    events.PartyLeft: go,
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
    """Return the term that an extension or renewal sets; None where none is given.

    A length counts from the last end that was said, together with those before; after a gap, or
    where no end is known, its first day is that from which the act counts.
    """
    term, old = None, term_before(event, case)
    if event.until is not None or event.open_ended:
        term = Term(event.until, fact.position)
    elif months := months_of(event.years, event.months):
        if old is None or old.last is None or leaves_gap(case, fact):
            term = term_from(event.effective or event.when, months, set_by=fact.position)
        else:
            term = old.prolonged(months, set_by=fact.position)
    if term is None or not event.tacit:
        return term
    return attrs.evolve(term, renewals=1 + (old.renewals if old is not None else 0))
