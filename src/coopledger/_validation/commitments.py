"""Checks on commitments."""

from collections.abc import Iterator

from coopledger import events
from coopledger._rules.commitment import CommitmentCase
from coopledger._validation.candidate import Candidate
from coopledger.errors import Finding

DUES = ("due", "due_text", "due_meeting")


def commitment_made(candidate: Candidate) -> Iterator[Finding]:
    """E601: owed to somebody else; E602: one kind of due; W601: standing things have none."""
    event = candidate.event
    if not isinstance(event, events.CommitmentMade):
        return
    if event.debtors == event.creditors and len(event.debtors) == 1:
        yield Finding("E601", f"creditors: {event.debtors[0]!r} is the debtor itself", "creditors")
    given = [name for name in DUES if getattr(event, name) is not None]
    if len(given) > 1:
        yield Finding("E602", f"{' and '.join(given)} are both given: keep one of them", given[1])
    if event.standing and given:
        yield Finding("W601", f"{given[0]}: a standing commitment has no due date", given[0])


def conditions_met(candidate: Candidate) -> Iterator[Finding]:
    """E604: the condition is one of the commitment's own."""
    event = candidate.event
    pairs = [("meets", *item.rpartition("/")[::2]) for item in event.meets]
    if isinstance(event, events.ConditionMet | events.ConditionFailed):
        pairs.append(("condition", event.commitment, event.condition))
    for field, commitment, condition in pairs:
        terms = candidate.ever.commitment(commitment).terms
        known = [item.id for item in terms.conditions] if terms is not None else []
        if condition not in known:
            names = ", ".join(known) or "none"
            yield Finding(
                "E604",
                f"{field}: {commitment!r} has no condition {condition!r}; it has {names}",
                field,
            )


def commitment_act(candidate: Candidate) -> Iterator[Finding]:
    """E605: what is closed stays closed."""
    if not isinstance(candidate.event, CLOSED_TO):
        return
    yield from _closed(candidate, "commitment", candidate.event.commitment)


def fulfilled(candidate: Candidate) -> Iterator[Finding]:
    """E605 for what is closed; E606: not surely before it was made."""
    event = candidate.event
    named = [("fulfils", name) for name in event.fulfils]
    for field, name in named:
        yield from _closed(candidate, field, name)
    if isinstance(event, events.CommitmentFulfilled):
        named.append(("commitment", event.commitment))
    for field, name in named:
        made = candidate.ever.commitment(name).made
        made_on = made.event.when if made is not None else None
        if made is None or made_on is None or event.when is None:
            continue
        if event.when.surely_before(made_on):
            yield Finding(
                "E606",
                f"{field}: {name!r} cannot be fulfilled in {event.when}: "
                f"it was made on {made.event.when} (event {made.id})",
                field,
            )


def let_off(candidate: Candidate) -> Iterator[Finding]:
    """E607: only a creditor releases; E608: only a debtor cancels."""
    event = candidate.event
    if isinstance(event, events.CommitmentReleased):
        standing = _owed(candidate, event.commitment)
        allowed, code, word = standing.creditors, "E607", "creditor"
    elif isinstance(event, events.CommitmentCancelled):
        standing = _owed(candidate, event.commitment)
        allowed, code, word = standing.debtors, "E608", "debtor"
    else:
        return
    for party in event.by:
        if party not in allowed:
            yield Finding(
                code,
                f"by: {party!r} is no {word} of {event.commitment!r}: "
                f"only {', '.join(allowed)} can do this",
                "by",
            )


def handed_over(candidate: Candidate) -> Iterator[Finding]:
    """E609: a commitment cannot pass to the other side."""
    event = candidate.event
    if not isinstance(event, events.CommitmentDelegated | events.CommitmentAssigned):
        return
    standing = _owed(candidate, event.commitment)
    delegated = isinstance(event, events.CommitmentDelegated)
    other = standing.creditors if delegated else standing.debtors
    word = "creditor" if delegated else "debtor"
    if other and set(other) <= set(event.to):
        found = ", ".join(party for party in event.to if party in other)
        yield Finding("E609", f"to: {found} is the {word} of {event.commitment!r} already", "to")
    side, code = (standing.debtors, "E608") if delegated else (standing.creditors, "E607")
    for party in event.by:
        if party not in side:
            owner = "debtor" if delegated else "creditor"
            yield Finding(
                code,
                f"by: {party!r} is no {owner} of {event.commitment!r}: only {', '.join(side)} is",
                "by",
            )


def _closed(candidate: Candidate, field: str, name: str) -> Iterator[Finding]:
    """E605 if the commitment was closed just before the event's place."""
    closed = candidate.before.closed(name)
    fact = candidate.visible.fact(closed[1]) if closed is not None else None
    if fact is not None:
        by = f"{type(fact.event).__name__} {fact.id}"
        yield Finding("E605", f"{field}: {name!r} is closed since {fact.event.when} ({by})", field)


def _owed(candidate: Candidate, name: str) -> CommitmentCase:
    """The commitment just before the event's place, or as made if that is not before it."""
    before = candidate.before.commitment(name)
    return before if before.made is not None else candidate.ever.commitment(name)


CLOSED_TO = (
    events.CommitmentProgressed,
    events.CommitmentFulfilled,
    events.CommitmentReleased,
    events.CommitmentCancelled,
    events.CommitmentDelegated,
    events.CommitmentAssigned,
    events.CommitmentRescheduled,
)
