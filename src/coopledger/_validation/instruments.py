"""Checks on instruments, and on acts that lead an instrument from one state to another.

Codes: E106, E501, E502, E504-E507, E509, W501-W507.
"""

from collections.abc import Iterator

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.instrument import new_term, ran_out_before, term_before
from coopledger._rules.instrument_case import InstrumentCase
from coopledger._rules.instrument_table import BELOW_AGREED, BELOW_SIGNED, cell
from coopledger._rules.proposal import ProposalCase
from coopledger._validation.candidate import Candidate
from coopledger.dates import EdtfDate, add_months, day_text
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.terms import InstrumentKind, InstrumentState

AGREEING = (events.NegotiationConcluded, events.InstrumentInitialled, events.InstrumentSigned)
LEAVING_OPEN: tuple[type[Event], ...] = (
    events.ProposalAcknowledged,
    events.ProposalCountered,
    events.ProposalAgreedInPrinciple,
)
NO_COMPLETION = frozenset({InstrumentKind.MOU, InstrumentKind.TREATY})
# An accession needs a text on which one may still sign.
AS_IF: dict[type[Event], type[Event]] = {events.InstrumentAcceded: events.InstrumentSigned}
REMEDIES = {
    "E501": "a text that has ended stays so: register a new one",
    "E509": "it was never in effect: use NegotiationBrokenOff",
}


def instrument_act(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse or warn of an act that the table of states does not allow (E501, E509, W501).

    The state is the one just before the event's place.
    """
    name = _instrument(candidate, event)
    if name is None or _merely_replies(candidate, event):
        return
    case = candidate.before.instrument(name)
    entry = cell(case.state, AS_IF.get(type(event), type(event)))
    if entry in REMEDIES:
        state = f"{case.state}{_since(candidate, case)}"
        yield Finding(entry, f"instrument: {name!r} is {state}: {REMEDIES[entry]}", "instrument")
    elif entry.endswith("!"):
        yield _skipped(name, case.state)


def instrument_initialled(
    candidate: Candidate, event: events.InstrumentInitialled
) -> Iterator[Finding]:
    """Refuse initials after signatures (E502)."""
    for fact in candidate.before.instrument(event.instrument).signings[:1]:
        yield Finding(
            "E502",
            f"instrument: {event.instrument!r} was signed on {fact.event.when} (event {fact.id})",
            "instrument",
        )


def term_over(_: Candidate, event: events.InstrumentAct) -> Iterator[Finding]:
    """Refuse a term that is over before the act takes effect (E504)."""
    until: EdtfDate | None = getattr(event, "until", None)
    if until is None:
        return
    if until.surely_before(event.effective or event.when):
        act = "signature" if isinstance(event, events.InstrumentSigned) else "act itself"
        since = f"the {act}, {event.when}"
        if event.effective is not None:
            since = f"the effect of the act, {event.effective}"
        yield Finding("E504", f"until: {until} is before {since}", "until")


def term_twice(_: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse two of a last day, a length and no end at all (E106)."""
    finding = _ends_twice(event)
    if finding is not None:
        yield finding


def _ends_twice(event: Event) -> Finding | None:
    """Return the refusal of an event that says its end twice; None if it does not."""
    until: EdtfDate | None = getattr(event, "until", None)
    lengths = {unit: getattr(event, unit, None) for unit in ("years", "months")}
    said = {unit: length for unit, length in lengths.items() if length is not None}
    for unit, length in said.items() if until is not None else ():
        message = f"{unit}: {length} beside until, {until}: give the end or the length"
        return Finding("E106", message, unit)
    if getattr(event, "open_ended", False) and (until is not None or said):
        end = f"until, {until}" if until is not None else " and ".join(said)
        message = f"open_ended: beside {end}: a text without an end has none of them"
        return Finding("E106", message, "open_ended")
    return None


def instrument_entered_into_force(
    candidate: Candidate, event: events.InstrumentEnteredIntoForce
) -> Iterator[Finding]:
    """Refuse entry into force before the first signature (E505); warn if there is none (W501).

    The first signature may be recorded at any place.
    """
    signatures = [
        fact
        for fact in candidate.visible.naming(event.instrument)
        if isinstance(fact.event, events.InstrumentSigned)
    ]
    if not signatures:
        yield from _never_signed(candidate, event.instrument)
        return
    first = min(signatures, key=_first_possible)
    if event.when.last is not None and event.when.last < _first_possible(first):
        yield Finding(
            "E505",
            f"{event.instrument!r} cannot enter into force in {event.when}: "
            f"its first signature is {first.event.when} (event {first.id})",
            "when",
        )


def _never_signed(candidate: Candidate, name: str) -> Iterator[Finding]:
    """Warn of an instrument that was not even signed (W501).

    A membership needs no signature, nor does a text to which parties have consented without one.
    """
    state = candidate.before.instrument(name).state
    is_membership = candidate.before.instrument_context(name).kind is InstrumentKind.MEMBERSHIP
    if state not in BELOW_SIGNED or is_membership:
        return
    if not candidate.before.participants(name).number_of_consents(candidate.fact.effect):
        yield _skipped(name, state)


def _skipped(name: str, state: InstrumentState) -> Finding:
    """Return the warning of an act before which steps are not recorded (W501)."""
    history = (
        f"nothing is recorded of {name!r} before"
        if state is InstrumentState.NONE
        else f"{name!r} is {state}: earlier steps are not recorded"
    )
    return Finding("W501", f"instrument: {history}", "instrument")


def instrument_provisionally_applied(
    candidate: Candidate, event: events.InstrumentProvisionallyApplied
) -> Iterator[Finding]:
    """Warn of a provisional application of a text that is never agreed or signed (W502)."""
    state = candidate.before.instrument(event.instrument).state
    acts = (type(fact.event) for fact in candidate.visible.naming(event.instrument))
    if state in BELOW_AGREED and not any(issubclass(act, AGREEING) for act in acts):
        message = f"instrument: {event.instrument!r} is {state}, not agreed or signed"
        yield Finding("W502", message, "instrument")


def instrument_prolonged(
    candidate: Candidate, event: events.InstrumentProlonged
) -> Iterator[Finding]:
    """Refuse a new end that is not beyond the old one (E506).

    Warn where the new end is unknown (W506), or past by the day of the act after a gap (W507).
    """
    if _ends_twice(event) is not None:
        return
    case = candidate.before.instrument(event.instrument)
    old, new = term_before(event, case), new_term(event, case, candidate.fact)
    if event.open_ended:
        return
    if new is None or new.end is None:
        yield Finding("W506", f"until: the new end of {event.instrument!r} is unknown", "until")
    elif old is not None and _ends_by(new.last, old.last):
        message = f"until: {new.end} is not beyond the end so far, {day_text(old.last or 0)}"
        yield Finding("E506", message, "until")
    elif ran_out_before(case, candidate.fact) and new.end.surely_before(event.when):
        yield Finding(
            "W507",
            f"until: the new end, {new.end}, is before the act itself, {event.when}: "
            f"{event.instrument!r} had run out, and would have been over again by then",
            "until",
        )


def _ends_by(end: int | None, day: int | None) -> bool:
    """Return whether an end comes no later than a day; an end or a day unknown does not."""
    return end is not None and day is not None and end <= day


def instrument_resumed(candidate: Candidate, event: events.InstrumentResumed) -> Iterator[Finding]:
    """Warn where an instrument resumes that was not suspended (W503)."""
    state = candidate.before.instrument(event.instrument).state
    if state is not InstrumentState.SUSPENDED:
        message = f"instrument: {event.instrument!r} is {state}, not suspended"
        yield Finding("W503", message, "instrument")


def notice_given(candidate: Candidate, event: events.TerminationNotified) -> Iterator[Finding]:
    """Refuse a notice that ends before it is given (E507); warn of a too short one (W504)."""
    if event.ends.surely_before(event.when):
        message = f"ends: {event.ends} is before the notice itself, {event.when}"
        yield Finding("E507", message, "ends")
    yield from _notice_late(candidate, event)


def _notice_late(candidate: Candidate, event: events.TerminationNotified) -> Iterator[Finding]:
    """Warn of a notice that is shorter than agreed (W504), on the first day it may be of.

    With the current term it ends the text where it came by the deadline; otherwise the months
    count from the act.
    """
    case = candidate.before.instrument(event.instrument)
    clause, first, last = case.context.renewal, event.when.first, event.ends.last
    if clause is None or clause.notice_months is clause.notice_days is None:
        return
    if first is None or last is None:
        return
    days, months = clause.notice_days or 0, clause.notice_months or 0
    period = f"{days} days" if clause.notice_days is not None else f"{months} months"
    deadline, end = case.last_day_for_notice, case.current_end
    if deadline is not None and end is not None and last == end + 1:
        if first > deadline:
            message = (
                f"ends: {event.ends} is the end of the term, for which notice of "
                f"{period} was due by {day_text(deadline)}"
            )
            yield Finding("W504", message, "ends")
        return
    earliest = add_months(first, months) + days
    if last < earliest:
        yield Finding(
            "W504",
            f"ends: {event.ends} is sooner than the agreed {period}, "
            f"which end on {day_text(earliest)}",
            "ends",
        )


def instrument_completed(
    candidate: Candidate, event: events.InstrumentCompleted
) -> Iterator[Finding]:
    """Warn of the completion of an mou or a treaty (W505)."""
    kind = candidate.before.instrument_context(event.instrument).kind
    if kind in NO_COMPLETION:
        yield Finding(
            "W505",
            f"instrument: {event.instrument!r} is a text of kind {kind}, "
            "which has no completion: it expires or is terminated",
            "instrument",
        )


def _merely_replies(candidate: Candidate, event: Event) -> bool:
    """Return whether the event answers a recorded proposal in a way that moves no text."""
    if not isinstance(event, events.ProposalAcknowledged | events.ProposalCountered):
        return False
    return _answered(candidate, event).put is not None


def _instrument(candidate: Candidate, event: Event) -> str | None:
    """Return the instrument on which the event acts, directly or through its proposal."""
    name: str | None = getattr(event, "instrument", None)
    if name is None and isinstance(event, events.ProposalAnswer):
        name = _answered(candidate, event).instrument
    return name


def _answered(candidate: Candidate, event: events.ProposalAnswer) -> ProposalCase:
    """Return the proposal to which the event is an answer, after everything else.

    An answer that leaves it open never changes whether it was put, and one that names no text
    leaves the text too: where a whole log is checked, it is folded once for all of these.
    """
    leaves_open = type(event) in LEAVING_OPEN and event.instrument is None
    ever = candidate.ever_with_own if leaves_open else candidate.ever
    return ever.proposal(event.proposal)


def _since(candidate: Candidate, case: InstrumentCase) -> str:
    """Return the words for the day of the last change of state, and its event."""
    history = case.history
    if history.set_by is None:
        return ""
    fact = candidate.visible.fact(history.set_by)
    since = f" since {day_text(history.since)}" if history.since > 0 else ""
    return f"{since} (event {fact.id})" if fact is not None else since


def _first_possible(fact: Fact) -> int:
    """Return the first day on which an act may have taken place; 0 if that is open."""
    when = fact.event.when
    return 0 if when is None or when.first is None else when.first
