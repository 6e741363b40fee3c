"""Checks on instruments."""

from collections.abc import Iterator

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.instrument import (
    ACTS,
    BELOW_AGREED,
    BELOW_SIGNED,
    InstrumentCase,
    cell,
    end_before,
    prolonged,
)
from coopledger._validation.candidate import Candidate
from coopledger.dates import add_months, day_text
from coopledger.errors import Finding
from coopledger.terms import InstrumentKind, InstrumentState

AGREEING = (events.NegotiationConcluded, events.InstrumentInitialled, events.InstrumentSigned)
NO_COMPLETION = frozenset({InstrumentKind.MOU, InstrumentKind.TREATY})
REMEDIES = {
    "E501": "a text that has ended stays so: register a new one",
    "E509": "it was never in effect: use NegotiationBrokenOff",
}


def allowed_now(candidate: Candidate) -> Iterator[Finding]:
    """E501, E509 and W501: what the table says of the act just before its place."""
    event = candidate.event
    name = _instrument(candidate)
    if name is None or type(event) not in ACTS or _merely_replies(candidate):
        return
    standing = candidate.before.instrument(name)
    said = cell(standing.state, type(event))
    if said in REMEDIES:
        state = f"{standing.state}{_since(candidate, standing)}"
        yield Finding(said, f"instrument: {name!r} is {state}: {REMEDIES[said]}", "instrument")
    elif said.endswith("!"):
        yield _skipped(name, standing.state)


def initialled(candidate: Candidate) -> Iterator[Finding]:
    """E502: initials come before signatures."""
    event = candidate.event
    if isinstance(event, events.InstrumentInitialled):
        standing = candidate.before.instrument(event.instrument)
        if standing.signings:
            first = _told(standing.signings[0])
            yield Finding(
                "E502", f"instrument: {event.instrument!r} was signed {first}", "instrument"
            )


def signed(candidate: Candidate) -> Iterator[Finding]:
    """E503: only parties sign; E504: the term does not end before the signature."""
    event = candidate.event
    if not isinstance(event, events.InstrumentSigned):
        return
    for field in ("signers", "missing_signers"):
        for party in getattr(event, field):
            yield from _not_a_party(candidate, event.instrument, field, party)
    yield from _ends_too_early(event)


def ratified(candidate: Candidate) -> Iterator[Finding]:
    """E503: only parties ratify."""
    event = candidate.event
    if isinstance(event, events.InstrumentRatified):
        yield from _not_a_party(candidate, event.instrument, "party", event.party)


def entered_into_force(candidate: Candidate) -> Iterator[Finding]:
    """E505: not surely before the first signature, wherever that is; W501: not without one."""
    event = candidate.event
    if not isinstance(event, events.InstrumentEnteredIntoForce):
        return
    signatures = [
        fact
        for fact in candidate.visible.naming(event.instrument)
        if isinstance(fact.event, events.InstrumentSigned)
    ]
    if not signatures:
        yield from _never_signed(candidate, event.instrument)
    last = event.when.last
    earliest = [_first_possible(fact) for fact in signatures]
    if not signatures or last is None:
        return
    day, first = min(zip(earliest, signatures, strict=True), key=lambda pair: pair[0])
    signed_on = first.event.when
    if last < day:
        yield Finding(
            "E505",
            f"{event.instrument!r} cannot enter into force in {event.when}: "
            f"its first signature is {signed_on} (event {first.id})",
            "when",
        )


def _never_signed(candidate: Candidate, name: str) -> Iterator[Finding]:
    """W501 for what was not even signed; one becomes a member without signing anything."""
    state = candidate.before.instrument(name).state
    is_membership = candidate.before.instrument_context(name).kind is InstrumentKind.MEMBERSHIP
    if state in BELOW_SIGNED and not is_membership:
        yield _skipped(name, state)


def _skipped(name: str, state: InstrumentState) -> Finding:
    """W501 for an act in a state from which steps lead to it that nobody recorded."""
    found = (
        f"nothing is recorded of {name!r} before"
        if state is InstrumentState.NONE
        else f"{name!r} is {state}: earlier steps are not recorded"
    )
    return Finding("W501", f"instrument: {found}", "instrument")


def provisionally_applied(candidate: Candidate) -> Iterator[Finding]:
    """W502: applied although never agreed or signed, not even later than the effect."""
    event = candidate.event
    if isinstance(event, events.InstrumentProvisionallyApplied):
        state = candidate.before.instrument(event.instrument).state
        acts = (type(fact.event) for fact in candidate.visible.naming(event.instrument))
        if state in BELOW_AGREED and not any(issubclass(act, AGREEING) for act in acts):
            yield Finding(
                "W502",
                f"instrument: {event.instrument!r} is {state}, not agreed or signed",
                "instrument",
            )


def prolongation(candidate: Candidate) -> Iterator[Finding]:
    """E506: the new end lies beyond the old; W506: no new end is given."""
    event = candidate.event
    if not isinstance(event, events.InstrumentProlonged):
        return
    old = end_before(event, candidate.before.instrument(event.instrument))
    new = prolonged(event, old_end=old, day=candidate.fact.effect)
    if new is None:
        yield Finding("W506", f"until: the new end of {event.instrument!r} is unknown", "until")
    elif old is not None and new.last is not None and new.last <= old:
        yield Finding(
            "E506", f"until: {new} is not beyond the end so far, {day_text(old)}", "until"
        )


def resumed(candidate: Candidate) -> Iterator[Finding]:
    """W503: only what was suspended resumes."""
    event = candidate.event
    if isinstance(event, events.InstrumentResumed):
        state = candidate.before.instrument(event.instrument).state
        if state is not InstrumentState.SUSPENDED:
            yield Finding(
                "W503", f"instrument: {event.instrument!r} is {state}, not suspended", "instrument"
            )


def notified(candidate: Candidate) -> Iterator[Finding]:
    """E507: notice ends after it is given; W504: not sooner than agreed."""
    event = candidate.event
    if not isinstance(event, events.TerminationNotified):
        return
    if event.ends.surely_before(event.when):
        yield Finding(
            "E507", f"ends: {event.ends} is before the notice itself, {event.when}", "ends"
        )
    clause = candidate.before.instrument_context(event.instrument).renewal
    if clause is not None and clause.notice_months is not None:
        earliest = add_months(candidate.fact.act, clause.notice_months)
        if event.ends.last is not None and event.ends.last < earliest:
            yield Finding(
                "W504",
                f"ends: {event.ends} is sooner than the agreed {clause.notice_months} months, "
                f"which end on {day_text(earliest)}",
                "ends",
            )


def withdrawn(candidate: Candidate) -> Iterator[Finding]:
    """E508: only a pending notice can be taken back."""
    event = candidate.event
    if isinstance(event, events.TerminationNoticeWithdrawn):
        standing = candidate.before.instrument(event.instrument)
        if standing.ends is None:
            yield Finding(
                "E508", f"instrument: no notice is pending for {event.instrument!r}", "instrument"
            )


def completed(candidate: Candidate) -> Iterator[Finding]:
    """W505: an mou or a treaty has no completion."""
    event = candidate.event
    if isinstance(event, events.InstrumentCompleted):
        kind = candidate.before.instrument_context(event.instrument).kind
        if kind in NO_COMPLETION:
            yield Finding(
                "W505",
                f"instrument: {event.instrument!r} is a text of kind {kind}, "
                "which has no completion: it expires or is terminated",
                "instrument",
            )


def _merely_replies(candidate: Candidate) -> bool:
    """Whether the event answers a proposal on record in a way that moves no text."""
    event = candidate.event
    if not isinstance(event, events.ProposalAcknowledged | events.ProposalCountered):
        return False
    return candidate.ever.proposal(event.proposal).put is not None


def _instrument(candidate: Candidate) -> str | None:
    """The instrument on which the event acts, directly or through its proposal."""
    event = candidate.event
    if isinstance(event, events.InstrumentAct):
        return event.instrument
    name: str | None = getattr(event, "instrument", None)
    if name is None and isinstance(event, events.ProposalAnswer):
        name = candidate.ever.proposal(event.proposal).instrument
    return name


def _not_a_party(
    candidate: Candidate, instrument: str, field: str, party: str
) -> Iterator[Finding]:
    """E503 for who is neither a party nor a child that signs for one."""
    parties = candidate.before.instrument_context(instrument).parties
    allowed = {*parties, *candidate.before.parties.successors(parties)}
    if allowed.isdisjoint(candidate.before.parties.ancestors(party)):
        yield Finding(
            "E503",
            f"{field}: {party!r} is no party of {instrument!r}, nor does it belong to one: "
            f"its parties are {', '.join(parties)}",
            field,
        )


def _ends_too_early(event: events.InstrumentSigned) -> Iterator[Finding]:
    """E504 for a term that is surely over before the signature."""
    if event.until is not None and event.until.surely_before(event.when):
        yield Finding(
            "E504", f"until: {event.until} is before the signature, {event.when}", "until"
        )


def _since(candidate: Candidate, standing: InstrumentCase) -> str:
    """Since when, and by which event, as a message says it."""
    history = standing.history
    if history.set_by is None:
        return ""
    fact = candidate.visible.fact(history.set_by)
    since = f" since {day_text(history.since)}" if history.since > 0 else ""
    return f"{since} (event {fact.id})" if fact is not None else since


def _first_possible(fact: Fact) -> int:
    """The first day on which an act may have taken place; 0 if that is open."""
    when = fact.event.when
    return 0 if when is None or when.first is None else when.first


def _told(fact: Fact) -> str:
    """The date and the id of a fact."""
    return f"on {fact.event.when} (event {fact.id})"
