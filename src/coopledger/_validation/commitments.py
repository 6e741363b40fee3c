"""Checks on commitments, and on events that fulfil them or meet their conditions.

Codes: E105, E106, E601, E602, E604-E612, E614, W601, W603.
"""

from collections.abc import Iterator

from coopledger import events
from coopledger._fields.money import unclear_sum, without_value
from coopledger._fields.reading import condition_parts
from coopledger._obligations import closed as closed_on
from coopledger._obligations import departures
from coopledger._rules.commitment import EFFECTS, CommitmentCase
from coopledger._rules.departures import completion
from coopledger._rules.recurrence import Rhythm, rhythm_of
from coopledger._validation.candidate import Candidate
from coopledger.dates import EdtfDate
from coopledger.errors import Finding
from coopledger.events import Event
from coopledger.values import Amount

DUES = ("due", "due_text", "due_meeting")
# Acts that a closed commitment still takes; it refuses every other one on it.
OPEN_TO = (
    *(events.CommitmentMade, events.ConditionMet, events.ConditionFailed),
    events.CommitmentReopened,
)
CLOSED_TO = tuple(
    act for act in EFFECTS if act not in OPEN_TO and "commitment" in act.__annotations__
)


def commitment_made(_: Candidate, event: events.CommitmentMade) -> Iterator[Finding]:
    """Refuse a debt to oneself (E601); warn of a due of a standing commitment (W601)."""
    if event.debtors == event.creditors and len(event.debtors) == 1:
        yield Finding("E601", f"creditors: {event.debtors[0]!r} is the debtor itself", "creditors")
    dues = _dues(event)
    if event.standing and dues:
        yield Finding("W601", f"{dues[0]}: a standing commitment has no due date", dues[0])


def due_in_two_ways(
    _: Candidate, event: events.CommitmentMade | events.CommitmentRescheduled
) -> Iterator[Finding]:
    """Refuse two dues (E602)."""
    dues = _dues(event)
    if len(dues) > 1:
        yield Finding("E602", f"{' and '.join(dues)} are both given: keep one of them", dues[1])


def _dues(event: events.CommitmentMade | events.CommitmentRescheduled) -> list[str]:
    """Return the fields that say by when it is due."""
    return [name for name in DUES if getattr(event, name) is not None]


def unfit_amount(_: Candidate, event: Event) -> Iterator[Finding]:
    """Refuse a sum that is unclear, or not more than nothing (E106), as an older log may hold."""
    amount: Amount | None = getattr(event, "amount", None)
    if amount is None:
        return
    unfit = unclear_sum(amount.value, amount.currency) or without_value(amount.value)
    if unfit:
        message = f"amount: '{amount.value} {amount.currency}' {unfit}"
        yield Finding("E106", message, "amount")


def amount_paid(candidate: Candidate, event: events.CommitmentProgressed) -> Iterator[Finding]:
    """Refuse a sum delivered where none is promised, or another currency is (E611)."""
    case, paid = _case(candidate, event.commitment), event.amount
    if case.made is None or paid is None:
        return
    if case.amount is None:
        message = f"amount: no sum is promised in {event.commitment!r}: CommitmentVaried says one"
        yield Finding("E611", message, "amount")
    elif case.amount.currency != paid.currency:
        message = (
            f"amount: {event.commitment!r} is promised in {case.amount.currency}, "
            f"and not in {paid.currency}"
        )
        yield Finding("E611", message, "amount")


def commitment_varied(candidate: Candidate, event: events.CommitmentVaried) -> Iterator[Finding]:
    """Refuse a change of nothing (E105), and of the currency after a payment (E611)."""
    if event.what is None and event.amount is None:
        message = "'what' or 'amount' is missing: CommitmentVaried needs one of them"
        yield Finding("E105", message, "what")
    paid = [amount.currency for amount in _case(candidate, event.commitment).payments]
    others = [currency for currency in paid if event.amount and currency != event.amount.currency]
    if others:
        message = f"amount: some of {event.commitment!r} was delivered in {others[0]} already"
        yield Finding("E611", message, "amount")


def commitment_recurs(_: Candidate, event: events.CommitmentMade) -> Iterator[Finding]:
    """Refuse a recurrence without a first date, or of which no second one can be told (E106)."""
    if event.recurs is None:
        return
    if event.due is None:
        yield Finding("E106", "recurs: there is no first date: give due", "recurs")
        return
    rhythm, until = Rhythm(event.due, event.recurs), event.recurs.until
    if event.due.last is None:
        yield Finding("E106", f"recurs: {event.due} has no end: give a due date that has", "recurs")
    elif not rhythm.holds:
        message = f"recurs: {event.due} is less precise than {rhythm}: give due as a day"
        yield Finding("E106", message, "recurs")
    elif until is not None and until.last is not None and until.last < event.due.last:
        message = f"recurs: {until} is before the end of the first date, {event.due}"
        yield Finding("E106", message, "recurs")


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


def commitment_dated(_: Candidate, event: events.CommitmentMade) -> Iterator[Finding]:
    """Refuse a first day after the due date (E612)."""
    due, first = event.due, event.not_before
    if due is not None and first is not None and due.surely_before(first):
        yield Finding("E612", f"not_before: {first} is after the due date, {due}", "not_before")


def due_at_past_meeting(
    candidate: Candidate, event: events.CommitmentMade | events.CommitmentRescheduled
) -> Iterator[Finding]:
    """Warn of a due at a meeting that was held before (W603)."""
    held = candidate.before.meeting(event.due_meeting).held if event.due_meeting else None
    held_on = held.event.when if held is not None else None
    if held is not None and held_on is not None and held_on.surely_before(event.when):
        yield Finding(
            "W603",
            f"due_meeting: {event.due_meeting!r} was held on {held_on} (event {held.id}), "
            f"before the act itself, {event.when}",
            "due_meeting",
        )


def commitment_rescheduled(_: Candidate, event: events.CommitmentRescheduled) -> Iterator[Finding]:
    """Refuse a new due date that is none (E105)."""
    if not _dues(event):
        remedy = "CommitmentRescheduled needs it, or 'due_text' or 'due_meeting'"
        yield Finding("E105", f"'due' is missing: {remedy}", "due")


def moved_to_a_date(candidate: Candidate, event: events.CommitmentRescheduled) -> Iterator[Finding]:
    """Refuse to move a date of what recurs to anything but another date (E106)."""
    if event.due is None and rhythm_of(candidate.terms(event.commitment)) is not None:
        message = f"{_dues(event)[0]}: {event.commitment!r} recurs, with dates: give due"
        yield Finding("E106", message, _dues(event)[0])


def due_too_early(
    candidate: Candidate, event: events.CommitmentRescheduled | events.CommitmentReopened
) -> Iterator[Finding]:
    """Refuse a due date before the first day on which anything is expected (E612)."""
    made, terms, due = (
        candidate.made(event.commitment),
        candidate.terms(event.commitment),
        event.due,
    )
    first = terms.not_before if terms is not None else None
    if made is not None and first is not None and due is not None and due.surely_before(first):
        yield Finding(
            "E612",
            f"due: {due} is before the first day on which {event.commitment!r} is expected, "
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


def occurrence_named(candidate: Candidate, event: events.CommitmentFulfilled) -> Iterator[Finding]:
    """Refuse a date that is none of those of the commitment (E614), and one that is done (E605)."""
    date, terms = event.occurrence, candidate.terms(event.commitment)
    if date is None or terms is None:
        return
    rhythm = rhythm_of(terms)
    if rhythm is None:
        message = f"occurrence: {event.commitment!r} does not recur: leave it out"
        yield Finding("E614", message, "occurrence")
    elif rhythm.number(date) is None:
        near = " or ".join(map(str, rhythm.around(date)))
        message = f"occurrence: {event.commitment!r} is not due on {date}; did you mean {near}?"
        yield Finding("E614", message, "occurrence")
    else:
        yield from _done_before(candidate, event.commitment, rhythm, date)


def _done_before(
    candidate: Candidate, name: str, rhythm: Rhythm, date: EdtfDate
) -> Iterator[Finding]:
    """Refuse to fulfil a date that is done just before the event's place (E605)."""
    rounds, number = candidate.before.commitment(name).rounds, rhythm.number(date)
    done = rounds.done.get(number or 0) if rounds is not None else None
    if done is not None:
        by = f"{type(done.event).__name__} {done.id}"
        message = f"occurrence: {date} of {name!r} is fulfilled since {done.event.when} ({by})"
        yield Finding("E605", message, "occurrence")


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
            yield _not_allowed(event.commitment, party, allowed, code=code, word=word)


def commitment_delivered(
    candidate: Candidate, event: events.CommitmentProgressed | events.CommitmentFulfilled
) -> Iterator[Finding]:
    """Refuse what is done by one who is neither a debtor nor a unit of one (E608)."""
    debtors, parties = _case(candidate, event.commitment).debtors, candidate.before.parties
    for party in event.by:
        if parties.ancestors(party).isdisjoint(debtors):
            yield _not_allowed(event.commitment, party, debtors, code="E608", word="debtor")


def _not_allowed(
    name: str, party: str, allowed: tuple[str, ...], *, code: str, word: str
) -> Finding:
    """Return the refusal of an act of somebody else."""
    only = f"only {', '.join(allowed)} can do this"
    return Finding(code, f"by: {party!r} is no {word} of {name!r}: {only}", "by")


def commitment_reopened(
    candidate: Candidate, event: events.CommitmentReopened
) -> Iterator[Finding]:
    """Refuse to open what is not fulfilled, released or cancelled (E610).

    One that recurs may be opened once any of its dates is done.
    """
    name = event.commitment
    case = candidate.before.commitment(name)
    closer = case.fulfilled or case.released_by_all or case.cancelled
    if case.rounds is not None and case.rounds.order:
        return
    if closer is None and completion(case, departures(candidate.before, name)) is None:
        message = f"commitment: {name!r} is neither fulfilled, nor released, nor cancelled by then"
        yield Finding("E610", message, "commitment")


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
