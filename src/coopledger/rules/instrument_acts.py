"""What each act does to an instrument beside the state to which the table leads."""

from collections.abc import Callable

import attrs

from coopledger import events
from coopledger.dates import EdtfDate, day_text, edtf
from coopledger.events import Event, InstrumentRegistered
from coopledger.facts import Fact
from coopledger.rules.instrument import BELOW_AGREED, HAS_TERM, ON_SIGNATURE, cell
from coopledger.rules.instrument_standing import (
    Case,
    Standing,
    current_end,
    main_term,
    years_on,
)
from coopledger.terms import Flag, Force, InstrumentState

__all__ = ["EFFECTS", "Effect", "end_before", "prolonged"]

S = InstrumentState

# An effect returns the word that replaces the cell of the table, `done` where it has changed the
# state itself, or None to leave the cell as it is.
Effect = Callable[[Standing, Case, Fact], str | None]


def _register(standing: Standing, _: Case, fact: Fact) -> str | None:
    """A registration may bring a state from the background, and a term with it."""
    event = fact.event
    if not isinstance(event, InstrumentRegistered):
        return "="
    if event.until is not None:
        standing.set_term(event.until, fact.position)
    if event.state is S.EXPIRED:
        standing.expired_term, standing.set_by["expired_term"] = event.until, fact.position
    return event.state or "="


def _wish(standing: Standing, _: Case, fact: Fact) -> None:
    """An open proposal about the text keeps it contemplated."""
    standing.wishes.add(_proposal(fact.event))


def _unwish(standing: Standing, _: Case, fact: Fact) -> str | None:
    """When every proposal on it is declined or withdrawn, it is contemplated no more."""
    standing.wishes.discard(_proposal(fact.event))
    return "none" if standing.state is S.CONTEMPLATED and not standing.wishes else None


def _sign(standing: Standing, case: Case, fact: Fact) -> str | None:
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


def _apply_provisionally(standing: Standing, case: Case, fact: Fact) -> None:
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


def _enter_into_force(standing: Standing, case: Case, fact: Fact) -> str:
    """Entry into force begins a new spell; the term said at signature holds unless it is over."""
    event = fact.event
    _forget_past_term(standing, case, fact)
    standing.provisional_term = None
    if isinstance(event, events.InstrumentEnteredIntoForce) and event.until is not None:
        standing.set_term(event.until, fact.position)
    standing.flags.discard(Flag.RENEGOTIATING)
    standing.enter(S.IN_FORCE, fact.effect, fact.position, anew=True)
    return "done"


def _forget_past_term(standing: Standing, case: Case, fact: Fact) -> None:
    """Forget a main term that was over before the act, now that a spell begins."""
    term = main_term(standing, case)
    if term is not None and term.last is not None and term.last < fact.effect:
        standing.set_term(None, fact.position)


def _prolong(standing: Standing, case: Case, fact: Fact) -> None:
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


def _suspend(standing: Standing, _: Case, fact: Fact) -> None:
    """Remember the state to go back to."""
    if cell(standing.state, type(fact.event)) == S.SUSPENDED:
        standing.before_suspension = standing.state


def _resume(standing: Standing, _: Case, __: Fact) -> str:
    """Back to what it was, if it was suspended."""
    return standing.before_suspension if standing.state is S.SUSPENDED else "="


def _notify(standing: Standing, _: Case, fact: Fact) -> None:
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


def _withdraw_notice(standing: Standing, _: Case, __: Fact) -> str:
    """Back to the state before the notice."""
    standing.ends = None
    if standing.before_suspension is S.TERMINATING:
        standing.before_suspension = standing.before_notice
    return standing.before_notice if standing.state is S.TERMINATING else "="


def _ratify(standing: Standing, case: Case, fact: Fact) -> None:
    """A party has ratified, for itself and those that it stands for."""
    if isinstance(fact.event, events.InstrumentRatified):
        standing.ratified |= case.stands_for(fact.event.party, fact.effect)


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


def end_before(event: events.InstrumentProlonged, standing: Standing, case: Case) -> int | None:
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


def _signed_by(event: events.InstrumentSigned, case: Case, day: int) -> set[str]:
    """The parties for which the event holds a signature, on the day on which it counts."""
    covered = set(event.signers or case.parties)
    if not covered.issuperset(case.parties):
        covered.update(*(case.stands_for(signer, day) for signer in event.signers))
    return covered - set(event.missing_signers)


def _in_force_on(event: events.InstrumentSigned, case: Case) -> bool:
    """Whether the signature brings the text into force: as said, as registered, or by kind."""
    if event.in_force is not None:
        return event.in_force
    if case.force is not None:
        return case.force is Force.ON_SIGNATURE
    return case.kind in ON_SIGNATURE
