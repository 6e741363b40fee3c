"""Acts of single parties on a text: signatures, consents, reservations and notices.

Each function lets one act change the case of the text, and returns the word of the state to which
that leads, or None where the table of states says it.
"""

from collections.abc import Iterable

from coopledger import events
from coopledger._dates.asked_day import Day
from coopledger._dates.days import day_text
from coopledger._facts.index import Fact
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.instrument_table import BELOW_AGREED, ENDED, GONE, HAS_TERM, cell
from coopledger._rules.participants import Participants
from coopledger._rules.party_case import ACCESSIONS, ENOUGH, Notice
from coopledger._rules.settling import away
from coopledger._rules.shares import acting, joining, let_in
from coopledger._rules.staying import are_enough, end_by_notice
from coopledger._rules.term import Term, months_of, term_from
from coopledger.dates import edtf
from coopledger.terms import ConsentMeans, Flag, InstrumentState

S = InstrumentState


def sign(case: InstrumentCase, fact: Fact, event: events.InstrumentSigned) -> str:
    """Add the signatures up; the text is signed when none is missing."""
    signed = _signed_by(event, case, fact)
    if not signed and (case.context.open_for_signature or not event.missing_signers):
        return "="  # Nobody signs who is a party by then.
    if case.state not in HAS_TERM:
        case.forget_past_term(fact.effect)
    by_kind = case.binds_by_kind if event.in_force is None else event.in_force
    _set_term_at_signature(case, fact, event, on_signature=by_kind)
    if event.in_force is not None:
        case.said_in_force = event.in_force
    return _add_signatures(case, fact, signed, on_signature=by_kind)


def _set_term_at_signature(
    case: InstrumentCase, fact: Fact, event: events.InstrumentSigned, *, on_signature: bool
) -> None:
    """Set the term that is said; a length waits until the text is in force, from when it counts.

    Where the day of its entry is not known, it counts from the signature.
    """
    if event.until is not None or event.open_ended:
        case.set_term(Term(event.until, fact.position))
        return
    months = months_of(event.years, event.months)
    entries = case.participants.entries
    if not months:
        return
    if not entries:
        case.set_term(None)
        case.waiting = months, fact.position
        return
    entered = 0 if on_signature else entries[0].day
    begins = edtf(day_text(entered)) if entered else event.effective or event.when
    case.set_term(term_from(begins, months, set_by=fact.position))


def begin_waiting_term(case: InstrumentCase, fact: Fact) -> None:
    """Begin the length agreed at a signature, on the day of the act that brings it into force."""
    begins = fact.event.effective or fact.event.when
    if case.waiting is not None and begins is not None:
        months, position = case.waiting
        case.set_term(term_from(begins, months, set_by=position))


def _signed_by(event: events.InstrumentSigned, case: InstrumentCase, fact: Fact) -> list[str]:
    """Return the parties for which the event holds a signature on the day on which it counts.

    Who signs a text that is open for signature belongs to it from then on.
    """
    participants, day = case.participants, fact.effect
    acting(case, event.missing_signers, day)
    missing = _missing(case, event.missing_signers, day)
    if case.context.open_for_signature:
        signers = event.signers or case.context.parties or _members_that_stay(participants, day)
        let_in(case, (name for name in signers if name not in missing), fact, but=missing)
    named = event.signers
    signed = acting(case, named, day) if named else participants.present(day)
    return [name for name in signed if name not in missing]


def _members_that_stay(participants: Participants, day: int) -> list[str]:
    """Return the parties of the partnership, less those that have left the text."""
    gone = away(participants, day)
    return [name for name in participants.relations.members(day) if name not in gone]


def _missing(case: InstrumentCase, names: Iterable[str], day: int) -> set[str]:
    """Return the names, those meant by them, and the parties in whose place these stand."""
    participants, missing = case.participants, {*names}
    for name in names:
        missing.update(participants.relations.meant(name, day))
    heirs = participants.acting(names, day)
    return missing.union(*(participants.held_by(heir, day) for heir in heirs))


def _add_signatures(
    case: InstrumentCase, fact: Fact, signed: Iterable[str], *, on_signature: bool
) -> str:
    """Let parties have signed; return the word of the state to which this leads.

    Each signature speaks for itself: by one that takes effect, its party consents.
    """
    participants = case.participants
    complete_before = not case.unsigned and participants.number_of_signers() > 0
    for name in signed:
        case.is_under_way = True
        participants.sign(name, fact)
        case.unsigned.discard(name)
        if on_signature:
            participants.consent(name, fact, ConsentMeans.SIGNATURE)
    case.unsigned -= participants.acceded_for(case.unsigned, fact.effect)
    if case.unsigned:
        case.raise_flag(Flag.PARTIALLY_SIGNED, fact.position)
        return S.AGREED if case.state in BELOW_AGREED else "="
    case.flags.discard(Flag.PARTIALLY_SIGNED)
    if not complete_before:
        case.signings.append(fact)
    if case.context.open_for_signature and participants.number_of_signers() < ENOUGH:
        on_signature = False
    if cell(case.state, events.InstrumentSigned) != "sign":
        is_second = case.context.open_for_signature and on_signature and case.state is S.SIGNED
        if not is_second:
            return "="
    case.flags.discard(Flag.RENEGOTIATING)
    if not on_signature:
        return S.SIGNED
    begin_waiting_term(case, fact)
    return begin_force(case, fact, named=participants.having_signed(fact.effect) or None)


def begin_force(case: InstrumentCase, fact: Fact, *, named: Iterable[str] | None = None) -> str:
    """Let the text enter into force for its parties; return the word of that state."""
    case.participants.enter(fact.effect, fact.position, named=named)
    case.may_enter = None
    case.flags.discard(Flag.MAY_BE_IN_FORCE)
    return S.IN_FORCE


def adopt(case: InstrumentCase, _: Fact, __: events.InstrumentAdopted) -> None:
    """Keep that the text was adopted; the table says that it is agreed."""
    case.is_under_way = True


def ratify(case: InstrumentCase, fact: Fact, event: events.InstrumentRatified) -> str | None:
    """Keep the consent of every party for which the one that consents acts.

    On a text that has ended for good it is kept for the record, and so is a definitive signature.
    """
    participants, signs = case.participants, event.how is ConsentMeans.DEFINITIVE_SIGNATURE
    if signs and case.context.open_for_signature:
        let_in(case, [event.party], fact)
    names = acting(case, [event.party], fact.effect)
    _keep_consents(case, fact, names, event.how)
    if names and signs:
        if not cell(case.state, events.InstrumentSigned).startswith("E"):
            return _sign_definitively(case, fact, names)
        for name in names:
            participants.sign(name, fact)
    return None


def _sign_definitively(case: InstrumentCase, fact: Fact, names: Iterable[str]) -> str:
    """Add a signature that is a consent too, of whatever kind the text is."""
    if case.state not in HAS_TERM:
        case.forget_past_term(fact.effect)
    return _add_signatures(case, fact, names, on_signature=case.binds_by_kind)


def _keep_consents(
    case: InstrumentCase, fact: Fact, names: Iterable[str], how: ConsentMeans
) -> None:
    """Keep the consents; of a text that ran out, for its next spell too."""
    for name in names:
        case.is_under_way = True
        case.participants.consent(name, fact, how)
        if case.state is S.EXPIRED:
            case.participants.were_bound.append(name)


def accede(case: InstrumentCase, fact: Fact, event: events.InstrumentAcceded) -> str | None:
    """Let the party belong to the text, with its consent; its signature is not missing."""
    if cell(case.state, events.InstrumentSigned).startswith("E"):
        return None
    participants, was_missing = case.participants, bool(case.unsigned)
    acting(case, [event.party], fact.effect)
    for name in joining(case, event.party, fact):
        participants.join(name, fact.effect)
        _keep_consents(case, fact, [name], event.how)
        if participants.cases[name].how in ACCESSIONS:  # not one that had ratified before
            case.unsigned.discard(name)
    if was_missing and not case.unsigned and participants.number_of_signers():
        return _add_signatures(case, fact, (), on_signature=case.binds_by_kind)
    return None


def count_consents(case: InstrumentCase, day: Day) -> None:
    """Reckon from when the text may be in force by the number of consents.

    That is asked until it has entered into force or ended, and told by the last consent needed.
    """
    needed, participants = case.context.consents_needed, case.participants
    if needed is None:
        return
    is_over = participants.entries or case.state in ENDED
    last = None if is_over else participants.consent_that_makes(needed, day)
    position = last.position if last is not None else None
    if Flag.MAY_BE_IN_FORCE in case.flags and case.set_by[Flag.MAY_BE_IN_FORCE] == position:
        return
    case.flags.discard(Flag.MAY_BE_IN_FORCE)
    case.may_enter = None
    if last is not None:
        case.may_enter = case.context.after_wait(last.effect), last.position


def take_signature_back(
    case: InstrumentCase, fact: Fact, event: events.SignatureWithdrawn
) -> str | None:
    """Let the signature be missing again; below two signatures the text is agreed again."""
    participants, is_open = case.participants, case.context.open_for_signature
    if case.binds_by_signature:
        return None
    several = participants.are_several(fact.effect)
    taken_back = _taken_back(case, event.by, fact.effect)
    if not taken_back:
        return None
    for name in taken_back:
        participants.take_signature_back(name)
        if not is_open:
            case.unsigned.add(name)
    left = participants.number_of_signers()
    case.flags.discard(Flag.PARTIALLY_SIGNED)
    if left and case.unsigned and case.state not in GONE:
        case.raise_flag(Flag.PARTIALLY_SIGNED, fact.position)
    stays = left > 0 if is_open else several and left >= ENOUGH
    if case.state is not S.SIGNED or stays:
        return None
    was_initialled = any(change.status is S.INITIALLED for change in case.history.changes)
    return S.INITIALLED if was_initialled else S.AGREED


def _taken_back(case: InstrumentCase, names: Iterable[str], day: int) -> list[str]:
    """Return the parties whose signature is taken back, by those that have not consented.

    Who stands in the place of a party together with others leaves that signature to these.
    """
    participants, found = case.participants, dict[str, None]()
    heirs = participants.acting(acting(case, names, day), day)
    for heir in heirs:
        held = participants.holding_with_others(heir, day)
        lives = [participants.cases[name] for name in held]
        if any(life.consented for life in lives) or not any(life.signed for life in lives):
            continue
        for name in held:
            staying = tuple(each for each in participants.heirs(name, day) if each not in heirs)
            if staying:
                participants.hold(name, staying, day)
            found[heir if staying else name] = None
    return list(found)


def reserve(case: InstrumentCase, fact: Fact, event: events.ReservationMade) -> None:
    """Keep what a party says about how the text binds it."""
    participants = case.participants
    for name in acting(case, [event.party], fact.effect):
        participants.change(name, reservations=(*participants.cases[name].reservations, fact))


def withdraw_reservation(
    case: InstrumentCase, fact: Fact, event: events.ReservationWithdrawn
) -> None:
    """Drop what a party said on the article, or all that it said."""
    participants = case.participants
    for name in acting(case, [event.party], fact.effect):
        kept = tuple(
            made
            for made in participants.cases[name].reservations
            if event.article is not None and getattr(made.event, "article", None) != event.article
        )
        participants.change(name, reservations=kept)


def notify(case: InstrumentCase, fact: Fact, event: events.TerminationNotified) -> str | None:
    """Let notice run until its end; a new one replaces that of the same party."""
    if cell(case.state, type(event)) != S.TERMINATING:
        return None
    participants = case.participants
    by = acting(case, event.by, fact.effect)
    if not by:
        return "="
    # An end that had passed when it was said takes effect on the day of the act.
    ends = max(event.ends.settled, fact.effect)
    notice = Notice(ends, fact.position, fact.replay_key, event.for_all)
    participants.give_notice(by, notice)
    after = go_on(case, fact.effect)
    if case.ends is None:
        return after
    if case.state is not S.TERMINATING:
        case.before_notice = case.state
    return None


def withdraw_notice(
    case: InstrumentCase, fact: Fact, event: events.TerminationNoticeWithdrawn
) -> str:
    """Return to the state before the notice, if no other one ends the text.

    What was suspended meanwhile stays so. Once the text has ended no notice runs.
    """
    participants = case.participants
    if case.state not in HAS_TERM:
        return "="
    by = acting(case, event.by, fact.effect) or event.by or _giving_last(case)
    for name in by:
        participants.notices.pop(name, None)
    return go_on(case, fact.effect)


def _giving_last(case: InstrumentCase) -> list[str]:
    """Return the parties whose notice was the last one given."""
    notices = case.participants.notices
    last = next(reversed(notices.values()), None)
    return [name for name, notice in notices.items() if notice == last]


def terminate(case: InstrumentCase, fact: Fact, event: events.InstrumentTerminated) -> str | None:
    """Let those leave who end it for themselves, if two of the others stay.

    Where they have left already, it confirms their notice.
    """
    participants, day = case.participants, fact.effect
    if not event.by or event.mutual or case.state in GONE:
        return None
    leaving = acting(case, event.by, day)
    if not leaving and participants.had(event.by, day):
        return "="
    if not participants.are_several(day):
        return None
    counted = {party for party in participants.cases if case.counts(party, day)}
    staying = counted - {*leaving}
    enough = are_enough(participants, staying, day, leaving=leaving)
    ends = staying != counted and not enough
    if cell(case.state, type(event)) != S.TERMINATED:
        return None
    for name in leaving:
        participants.leave(name, day, fact.position)
        case.unsigned.discard(name)
    return None if ends else go_on(case, day)


def go_on(case: InstrumentCase, day: int) -> str:
    """Return the word of the state before the notice, where none ends the text any more.

    A notice may come to end it, where those are bound now who would leave too few.
    """
    had_end = case.ends is not None
    reckon_end(case, day)
    if case.ends is not None:
        ends_now = not had_end and cell(case.state, events.TerminationNotified) == S.TERMINATING
        if ends_now and case.state is not S.TERMINATING:
            case.before_notice = case.state
            return S.TERMINATING
        return "="
    if case.before_suspension is S.TERMINATING:
        case.before_suspension = case.base_state
    return case.before_notice if case.state is S.TERMINATING else "="


def reckon_end(case: InstrumentCase, day: int) -> None:
    """Reckon the day on which the text ends for all by the notices that run."""
    notice = end_by_notice(case.participants, day, counts=case.counts)
    case.ends = notice.ends if notice is not None else None
    if notice is not None:
        case.set_by["notice"] = notice.position
