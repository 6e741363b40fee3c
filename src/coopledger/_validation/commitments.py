"""Checks on commitments, and on events that fulfil them or meet their conditions.

Codes: E106, E601, E602, E604-E612, W601, W603.
"""

from collections.abc import Iterator

from coopledger import events
from coopledger._fields.money import unclear_sum
from coopledger._fields.reading import condition_parts
from coopledger._obligations import closed as closed_on
from coopledger._rules.commitment import EFFECTS, CommitmentCase
from coopledger._validation.candidate import Candidate
from coopledger.errors import Finding
from coopledger.events import Event

DUES = ("due", "due_text", "due_meeting")
# Acts that a closed commitment still takes; it refuses every other one on it.
OPEN_TO = (events.CommitmentMade, events.ConditionMet, events.ConditionFailed)
CLOSED_TO = tuple(
    act for act in EFFECTS if act not in OPEN_TO and "commitment" in act.__annotations__
)


def commitment_made(_: Candidate, event: events.CommitmentMade) -> Iterator[Finding]:
    """Refuse a debt to oneself (E601), two dues (E602) and an unclear sum (E106).

    Warn of a due of a standing commitment (W601).
    """
    if event.debtors == event.creditors and len(event.debtors) == 1:
        yield Finding("E601", f"creditors: {event.debtors[0]!r} is the debtor itself", "creditors")
    dues = [name for name in DUES if getattr(event, name) is not None]
    if len(dues) > 1:
        yield Finding("E602", f"{' and '.join(dues)} are both given: keep one of them", dues[1])
    if event.standing and dues:
        yield Finding("W601", f"{dues[0]}: a standing commitment has no due date", dues[0])
    # A correction and an older log may still bring a sum that no constructor takes.
    unclear = event.amount and unclear_sum(event.amount.value, event.amount.currency)
    if event.amount is not None and unclear:
        message = f"amount: '{event.amount.value} {event.amount.currency}' {unclear}"
        yield Finding("E106", message, "amount")


def conditions_met(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse a condition that the commitment does not have (E604)."""
    pairs = [("meets", *condition_parts(name)) for name in event.meets]
    if isinstance(event, events.ConditionMet | events.ConditionFailed):
        pairs.append(("condition", event.commitment, event.condition))
    for field, commitment, condition in pairs:
        terms = candidate.terms(commitment)
        known = [item.id for item in terms.conditions] if terms is not None else []
        if condition not in known:
            names = ", ".join(known) or "none"
            message = f"{field}: {commitment!r} has no condition {condition!r}; it has {names}"
            yield Finding("E604", message, field)


def commitment_act(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse an act on a closed commitment (E605)."""
    name: str = getattr(event, "commitment")  # noqa: B009 - each class closed to has one
    yield from _closed(candidate, "commitment", name)


def commitment_dated(candidate: Candidate, event: events.CommitmentMade) -> Iterator[Finding]:
    """Refuse a first day after the due date (E612); warn of a due at a past meeting (W603)."""
    due, first = event.due, event.not_before
    if due is not None and first is not None and due.surely_before(first):
        yield Finding("E612", f"not_before: {first} is after the due date, {due}", "not_before")
    held = candidate.before.meeting(event.due_meeting).held if event.due_meeting else None
    held_on = held.event.when if held is not None else None
    if held is not None and held_on is not None and held_on.surely_before(event.when):
        yield Finding(
            "W603",
            f"due_meeting: {event.due_meeting!r} was held on {held_on} (event {held.id}), "
            f"before the act itself, {event.when}",
            "due_meeting",
        )


def commitment_rescheduled(
    candidate: Candidate, event: events.CommitmentRescheduled
) -> Iterator[Finding]:
    """Refuse a due date before the first day on which anything is expected (E612)."""
    made, terms = candidate.made(event.commitment), candidate.terms(event.commitment)
    first = terms.not_before if terms is not None else None
    if made is not None and first is not None and event.due.surely_before(first):
        yield Finding(
            "E612",
            f"due: {event.due} is before the first day on which {event.commitment!r} is expected, "
            f"{first} (event {made.id})",
            "due",
        )


def commitments_fulfilled(candidate: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse to fulfil a closed commitment (E605), or one that is made later (E606)."""
    for name in event.fulfils:
        yield from _closed(candidate, "fulfils", name)
    for name in event.fulfils:
        yield from _made_later(candidate, "fulfils", name)


def commitment_fulfilled(
    candidate: Candidate, event: events.CommitmentFulfilled
) -> Iterator[Finding]:
    """Refuse to fulfil a commitment that is made later (E606)."""
    yield from _made_later(candidate, "commitment", event.commitment)


def _made_later(candidate: Candidate, field: str, name: str) -> Iterator[Finding]:
    """Refuse a commitment that is made after the day of the act (E606)."""
    made, when = candidate.made(name), candidate.event.when
    made_on = made.event.when if made is not None else None
    if made is None or made_on is None or when is None:
        return
    if when.surely_before(made_on):
        yield Finding(
            "E606",
            f"{field}: {name!r} cannot be fulfilled in {when}: "
            f"it was made on {made_on} (event {made.id})",
            field,
        )


def commitment_ended(
    candidate: Candidate, event: events.CommitmentReleased | events.CommitmentCancelled
) -> Iterator[Finding]:
    """Refuse a release by no creditor (E607), and a cancellation by no debtor (E608)."""
    case = _case(candidate, event.commitment)
    if isinstance(event, events.CommitmentReleased):
        allowed, code, word = case.creditors, "E607", "creditor"
    else:
        allowed, code, word = case.debtors, "E608", "debtor"
    for party in event.by:
        if party not in allowed:
            yield Finding(
                code,
                f"by: {party!r} is no {word} of {event.commitment!r}: "
                f"only {', '.join(allowed)} can do this",
                "by",
            )


def commitment_transferred(
    candidate: Candidate, event: events.CommitmentDelegated | events.CommitmentAssigned
) -> Iterator[Finding]:
    """Refuse to pass a commitment to the other side (E609), and by another one (E607, E608)."""
    case = _case(candidate, event.commitment)
    own, other = (case.debtors, "debtor", "E608"), (case.creditors, "creditor", "E607")
    if isinstance(event, events.CommitmentAssigned):
        own, other = other, own
    parties, word, _ = other
    if parties and set(parties) <= set(event.to):
        names = ", ".join(party for party in event.to if party in parties)
        yield Finding("E609", f"to: {names} is the {word} of {event.commitment!r} already", "to")
    parties, word, code = own
    for party in event.by:
        if party not in parties:
            yield Finding(
                code,
                f"by: {party!r} is no {word} of {event.commitment!r}: only {', '.join(parties)} is",
                "by",
            )


def _closed(candidate: Candidate, field: str, name: str) -> Iterator[Finding]:
    """Refuse a commitment that is closed just before the event's place (E605)."""
    closed = closed_on(candidate.before, name)
    fact = candidate.visible.fact(closed[1]) if closed is not None else None
    if fact is not None:
        by = f"{type(fact.event).__name__} {fact.id}"
        yield Finding("E605", f"{field}: {name!r} is closed since {fact.event.when} ({by})", field)


def _case(candidate: Candidate, name: str) -> CommitmentCase:
    """Return the commitment just before the event's place, or as made if it is made later."""
    before = candidate.before.commitment(name)
    return before if before.made is not None else candidate.ever.commitment(name)
