"""Checks on commitments."""

from collections.abc import Iterator

from coopledger import events
from coopledger.rules.commitment_standing import Standing
from coopledger.validation.trial import Problem, Trial

__all__ = [
    "commitment_act",
    "commitment_made",
    "conditions_met",
    "fulfilled",
    "handed_over",
    "let_off",
]

DUES = ("due", "due_text", "due_meeting")


def commitment_made(trial: Trial) -> Iterator[Problem]:
    """E601: owed to somebody else; E602: one kind of due; W601: standing things have none."""
    event = trial.event
    if not isinstance(event, events.CommitmentMade):
        return
    if event.debtors == event.creditors and len(event.debtors) == 1:
        yield Problem("E601", "creditors", f"creditors: {event.debtors[0]!r} is the debtor itself")
    given = [name for name in DUES if getattr(event, name) is not None]
    if len(given) > 1:
        yield Problem("E602", given[1], f"{' and '.join(given)} are both given: keep one of them")
    if event.standing and given:
        yield Problem("W601", given[0], f"{given[0]}: a standing commitment has no due date")


def conditions_met(trial: Trial) -> Iterator[Problem]:
    """E604: the condition is one of the commitment's own."""
    event = trial.event
    pairs = [("meets", *item.rpartition("/")[::2]) for item in event.meets]
    if isinstance(event, events.ConditionMet | events.ConditionFailed):
        pairs.append(("condition", event.commitment, event.condition))
    for field, commitment, condition in pairs:
        terms = trial.ever.commitment(commitment).terms
        known = [item.id for item in terms.conditions] if terms is not None else []
        if condition not in known:
            names = ", ".join(known) or "none"
            yield Problem(
                "E604",
                field,
                f"{field}: {commitment!r} has no condition {condition!r}; it has {names}",
            )


def commitment_act(trial: Trial) -> Iterator[Problem]:
    """E605: what is closed stays closed."""
    if not isinstance(trial.event, CLOSED_TO):
        return
    yield from _closed(trial, "commitment", trial.event.commitment)


def fulfilled(trial: Trial) -> Iterator[Problem]:
    """E605 for what is closed; E606: not surely before it was made."""
    event = trial.event
    named = [("fulfils", name) for name in event.fulfils]
    for field, name in named:
        yield from _closed(trial, field, name)
    if isinstance(event, events.CommitmentFulfilled):
        named.append(("commitment", event.commitment))
    for field, name in named:
        made = trial.ever.commitment(name).made
        made_on = made.event.when if made is not None else None
        if made is None or made_on is None or event.when is None:
            continue
        if event.when.surely_before(made_on):
            yield Problem(
                "E606",
                field,
                f"{field}: {name!r} cannot be fulfilled in {event.when}: "
                f"it was made on {made.event.when} (event {made.id})",
            )


def let_off(trial: Trial) -> Iterator[Problem]:
    """E607: only a creditor releases; E608: only a debtor cancels."""
    event = trial.event
    if isinstance(event, events.CommitmentReleased):
        standing = _owed(trial, event.commitment)
        allowed, code, word = standing.creditors, "E607", "creditor"
    elif isinstance(event, events.CommitmentCancelled):
        standing = _owed(trial, event.commitment)
        allowed, code, word = standing.debtors, "E608", "debtor"
    else:
        return
    for party in event.by:
        if party not in allowed:
            yield Problem(
                code,
                "by",
                f"by: {party!r} is no {word} of {event.commitment!r}: "
                f"only {', '.join(allowed)} can do this",
            )


def handed_over(trial: Trial) -> Iterator[Problem]:
    """E609: a commitment cannot pass to the other side."""
    event = trial.event
    if not isinstance(event, events.CommitmentDelegated | events.CommitmentAssigned):
        return
    standing = _owed(trial, event.commitment)
    delegated = isinstance(event, events.CommitmentDelegated)
    other = standing.creditors if delegated else standing.debtors
    word = "creditor" if delegated else "debtor"
    if other and set(other) <= set(event.to):
        found = ", ".join(party for party in event.to if party in other)
        yield Problem("E609", "to", f"to: {found} is the {word} of {event.commitment!r} already")
    side, code = (standing.debtors, "E608") if delegated else (standing.creditors, "E607")
    for party in event.by:
        if party not in side:
            owner = "debtor" if delegated else "creditor"
            yield Problem(
                code,
                "by",
                f"by: {party!r} is no {owner} of {event.commitment!r}: only {', '.join(side)} is",
            )


def _closed(trial: Trial, field: str, name: str) -> Iterator[Problem]:
    """E605 if the commitment was closed just before the event's place."""
    closed = trial.before.closed(name)
    fact = trial.visible.fact(closed[1]) if closed is not None else None
    if fact is not None:
        by = f"{type(fact.event).__name__} {fact.id}"
        yield Problem("E605", field, f"{field}: {name!r} is closed since {fact.event.when} ({by})")


def _owed(trial: Trial, name: str) -> Standing:
    """The commitment just before the event's place, or as made if that is not before it."""
    before = trial.before.commitment(name)
    return before if before.made is not None else trial.ever.commitment(name)


CLOSED_TO = (
    events.CommitmentProgressed,
    events.CommitmentFulfilled,
    events.CommitmentReleased,
    events.CommitmentCancelled,
    events.CommitmentDelegated,
    events.CommitmentAssigned,
    events.CommitmentRescheduled,
)
