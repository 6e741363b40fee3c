"""Checks on instruments."""

from collections.abc import Iterator

from coopledger import events
from coopledger.dates import add_months, day_text
from coopledger.facts import Fact
from coopledger.rules.instrument import ACTS, BELOW_AGREED, BELOW_SIGNED, cell
from coopledger.rules.instrument_acts import end_before, prolonged
from coopledger.rules.instrument_standing import Standing
from coopledger.terms import InstrumentKind, InstrumentState
from coopledger.validation.trial import Problem, Trial

__all__ = [
    "allowed_now",
    "completed",
    "entered_into_force",
    "initialled",
    "notified",
    "prolongation",
    "provisionally_applied",
    "ratified",
    "resumed",
    "signed",
    "withdrawn",
]

AGREEING = (events.NegotiationConcluded, events.InstrumentInitialled, events.InstrumentSigned)
NO_COMPLETION = frozenset({InstrumentKind.MOU, InstrumentKind.TREATY})
REMEDIES = {
    "E501": "a text that has ended stays so: register a new one",
    "E509": "it was never in effect: use NegotiationBrokenOff",
}


def allowed_now(trial: Trial) -> Iterator[Problem]:
    """E501, E509 and W501: what the table says of the act just before its place."""
    event = trial.event
    name = _instrument(trial)
    if name is None or type(event) not in ACTS or _merely_replies(trial):
        return
    standing = trial.before.instrument(name)
    said = cell(standing.state, type(event))
    if said in REMEDIES:
        yield Problem(
            said,
            "instrument",
            f"instrument: {name!r} is {standing.state}{_since(trial, standing)}: {REMEDIES[said]}",
        )
    elif said.endswith("!"):
        yield _skipped(name, standing.state)


def initialled(trial: Trial) -> Iterator[Problem]:
    """E502: initials come before signatures."""
    event = trial.event
    if isinstance(event, events.InstrumentInitialled):
        standing = trial.before.instrument(event.instrument)
        if standing.signings:
            first = _told(standing.signings[0])
            yield Problem(
                "E502", "instrument", f"instrument: {event.instrument!r} was signed {first}"
            )


def signed(trial: Trial) -> Iterator[Problem]:
    """E503: only parties sign; E504: the term does not end before the signature."""
    event = trial.event
    if not isinstance(event, events.InstrumentSigned):
        return
    for field in ("signers", "missing_signers"):
        for party in getattr(event, field):
            yield from _not_a_party(trial, event.instrument, field, party)
    yield from _ends_too_early(event)


def ratified(trial: Trial) -> Iterator[Problem]:
    """E503: only parties ratify."""
    event = trial.event
    if isinstance(event, events.InstrumentRatified):
        yield from _not_a_party(trial, event.instrument, "party", event.party)


def entered_into_force(trial: Trial) -> Iterator[Problem]:
    """E505: not surely before the first signature, wherever that is; W501: not without one."""
    event = trial.event
    if not isinstance(event, events.InstrumentEnteredIntoForce):
        return
    signatures = [
        fact
        for fact in trial.visible.naming(event.instrument)
        if isinstance(fact.event, events.InstrumentSigned)
    ]
    if not signatures:
        yield from _never_signed(trial, event.instrument)
    last = event.when.last
    earliest = [_first_possible(fact) for fact in signatures]
    if not signatures or last is None:
        return
    day, first = min(zip(earliest, signatures, strict=True), key=lambda pair: pair[0])
    signed_on = first.event.when
    if last < day:
        yield Problem(
            "E505",
            "when",
            f"{event.instrument!r} cannot enter into force in {event.when}: "
            f"its first signature is {signed_on} (event {first.id})",
        )


def _never_signed(trial: Trial, name: str) -> Iterator[Problem]:
    """W501 for what was not even signed; one becomes a member without signing anything."""
    state = trial.before.instrument(name).state
    is_membership = trial.before.case(name).kind is InstrumentKind.MEMBERSHIP
    if state in BELOW_SIGNED and not is_membership:
        yield _skipped(name, state)


def _skipped(name: str, state: InstrumentState) -> Problem:
    """W501 for an act in a state from which steps lead to it that nobody recorded."""
    found = (
        f"nothing is recorded of {name!r} before"
        if state is InstrumentState.NONE
        else f"{name!r} is {state}: earlier steps are not recorded"
    )
    return Problem("W501", "instrument", f"instrument: {found}")


def provisionally_applied(trial: Trial) -> Iterator[Problem]:
    """W502: applied although never agreed or signed, not even later than the effect."""
    event = trial.event
    if isinstance(event, events.InstrumentProvisionallyApplied):
        state = trial.before.instrument(event.instrument).state
        acts = (type(fact.event) for fact in trial.visible.naming(event.instrument))
        if state in BELOW_AGREED and not any(issubclass(act, AGREEING) for act in acts):
            yield Problem(
                "W502",
                "instrument",
                f"instrument: {event.instrument!r} is {state}, not agreed or signed",
            )


def prolongation(trial: Trial) -> Iterator[Problem]:
    """E506: the new end lies beyond the old; W506: no new end is given."""
    event = trial.event
    if not isinstance(event, events.InstrumentProlonged):
        return
    standing, case = trial.before.instrument(event.instrument), trial.before.case(event.instrument)
    old = end_before(event, standing, case)
    new = prolonged(event, old_end=old, day=trial.fact.effect)
    if new is None:
        yield Problem("W506", "until", f"until: the new end of {event.instrument!r} is unknown")
    elif old is not None and new.last is not None and new.last <= old:
        yield Problem(
            "E506", "until", f"until: {new} is not beyond the end so far, {day_text(old)}"
        )


def resumed(trial: Trial) -> Iterator[Problem]:
    """W503: only what was suspended resumes."""
    event = trial.event
    if isinstance(event, events.InstrumentResumed):
        state = trial.before.instrument(event.instrument).state
        if state is not InstrumentState.SUSPENDED:
            yield Problem(
                "W503", "instrument", f"instrument: {event.instrument!r} is {state}, not suspended"
            )


def notified(trial: Trial) -> Iterator[Problem]:
    """E507: notice ends after it is given; W504: not sooner than agreed."""
    event = trial.event
    if not isinstance(event, events.TerminationNotified):
        return
    if event.ends.surely_before(event.when):
        yield Problem(
            "E507", "ends", f"ends: {event.ends} is before the notice itself, {event.when}"
        )
    clause = trial.before.case(event.instrument).renewal
    if clause is not None and clause.notice_months is not None:
        earliest = add_months(trial.fact.act, clause.notice_months)
        if event.ends.last is not None and event.ends.last < earliest:
            yield Problem(
                "W504",
                "ends",
                f"ends: {event.ends} is sooner than the agreed {clause.notice_months} months, "
                f"which end on {day_text(earliest)}",
            )


def withdrawn(trial: Trial) -> Iterator[Problem]:
    """E508: only a pending notice can be taken back."""
    event = trial.event
    if isinstance(event, events.TerminationNoticeWithdrawn):
        standing = trial.before.instrument(event.instrument)
        if standing.ends is None:
            yield Problem(
                "E508", "instrument", f"instrument: no notice is pending for {event.instrument!r}"
            )


def completed(trial: Trial) -> Iterator[Problem]:
    """W505: an mou or a treaty has no completion."""
    event = trial.event
    if isinstance(event, events.InstrumentCompleted):
        kind = trial.before.case(event.instrument).kind
        if kind in NO_COMPLETION:
            yield Problem(
                "W505",
                "instrument",
                f"instrument: {event.instrument!r} is a text of kind {kind}, "
                "which has no completion: it expires or is terminated",
            )


def _merely_replies(trial: Trial) -> bool:
    """Whether the event answers a proposal on record in a way that moves no text."""
    event = trial.event
    if not isinstance(event, events.ProposalAcknowledged | events.ProposalCountered):
        return False
    return trial.ever.proposal(event.proposal).put is not None


def _instrument(trial: Trial) -> str | None:
    """The instrument on which the event acts, directly or through its proposal."""
    event = trial.event
    if isinstance(event, events.InstrumentAct):
        return event.instrument
    name: str | None = getattr(event, "instrument", None)
    if name is None and isinstance(event, events.ProposalAnswer):
        name = trial.ever.proposal(event.proposal).instrument
    return name


def _not_a_party(trial: Trial, instrument: str, field: str, party: str) -> Iterator[Problem]:
    """E503 for who is neither a party nor a child that signs for one."""
    parties = trial.before.case(instrument).parties
    allowed = {*parties, *trial.before.kinship.heirs(parties)}
    if allowed.isdisjoint(trial.before.kinship.lineage(party)):
        yield Problem(
            "E503",
            field,
            f"{field}: {party!r} is no party of {instrument!r}, nor does it belong to one: "
            f"its parties are {', '.join(parties)}",
        )


def _ends_too_early(event: events.InstrumentSigned) -> Iterator[Problem]:
    """E504 for a term that is surely over before the signature."""
    if event.until is not None and event.until.surely_before(event.when):
        yield Problem(
            "E504", "until", f"until: {event.until} is before the signature, {event.when}"
        )


def _since(trial: Trial, standing: Standing) -> str:
    """Since when, and by which event, as a message says it."""
    if not standing.history:
        return ""
    change = standing.history[-1]
    fact = trial.visible.fact(change.position)
    since = f" since {day_text(change.day)}" if change.day > 0 else ""
    return f"{since} (event {fact.id})" if fact is not None else since


def _first_possible(fact: Fact) -> int:
    """The first day on which an act may have taken place; 0 if that is open."""
    when = fact.event.when
    return 0 if when is None or when.first is None else when.first


def _told(fact: Fact) -> str:
    """The date and the id of a fact."""
    return f"on {fact.event.when} (event {fact.id})"
