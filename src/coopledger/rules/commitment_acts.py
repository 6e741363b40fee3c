"""What each act does to a commitment: its facts folded, in the order of their replay."""

from collections.abc import Callable, Iterable
from typing import Any

from coopledger import events
from coopledger.events import CommitmentMade, Event
from coopledger.facts import Fact
from coopledger.rules.commitment_standing import Shift, Standing, is_closed

__all__ = ["ACTS", "fold", "parties_in"]


def fold(facts: Iterable[Fact], commitment: str) -> Standing:
    """What the facts say of the commitment; of several closing acts of a kind the first counts.

    The facts are those that name it, and the successions of its parties. The making is
    taken first: acts on it may come before, where its date is fuzzy. What is closed passes to
    nobody, and is not put off.
    """
    standing = Standing()
    for fact in sorted(facts, key=lambda fact: not isinstance(fact.event, CommitmentMade)):
        event = fact.event
        for name, condition in (item.rsplit("/", 1) for item in event.meets):
            if name == commitment:
                standing.met.setdefault(condition, fact)
        act = ACTS.get(type(event))
        own = getattr(event, "commitment", commitment) == commitment
        if act is not None and own and not (act in CHANGES and is_closed(standing)):
            act(standing, fact, event)
        if commitment in event.fulfils:
            standing.fulfilled = standing.fulfilled or fact
    return standing


def parties_in(event: Event) -> tuple[str, ...]:
    """The debtors and creditors that an act on a commitment brings in."""
    if isinstance(event, CommitmentMade):
        return event.debtors + event.creditors
    if isinstance(event, events.CommitmentDelegated | events.CommitmentAssigned):
        return event.to
    return ()


def _make(standing: Standing, fact: Fact, event: CommitmentMade) -> None:
    if standing.made is not None:
        return
    standing.made, standing.debtors, standing.creditors = fact, event.debtors, event.creditors
    if event.due is not None:
        standing.first_due, standing.due, standing.due_by = event.due, event.due, fact


def _meet(standing: Standing, fact: Fact, event: events.ConditionMet) -> None:
    standing.met.setdefault(event.condition, fact)


def _fail(standing: Standing, fact: Fact, event: events.ConditionFailed) -> None:
    if event.condition not in standing.met:
        standing.failed = standing.failed or fact


def _progress(standing: Standing, _: Fact, event: events.CommitmentProgressed) -> None:
    standing.percent = standing.percent if event.percent is None else event.percent


def _fulfil(standing: Standing, fact: Fact, _: events.CommitmentFulfilled) -> None:
    standing.fulfilled = standing.fulfilled or fact


def _release(standing: Standing, fact: Fact, event: events.CommitmentReleased) -> None:
    standing.releases.append((event.by, fact))
    _take_over(standing, Shift("creditors", event.by, ()))


def _cancel(standing: Standing, fact: Fact, _: events.CommitmentCancelled) -> None:
    standing.cancelled = standing.cancelled or fact


def _delegate(standing: Standing, _: Fact, event: events.CommitmentDelegated) -> None:
    _take_over(standing, Shift("debtors", event.by or None, event.to))


def _assign(standing: Standing, _: Fact, event: events.CommitmentAssigned) -> None:
    _take_over(standing, Shift("creditors", event.by or None, event.to))


def _succeed(standing: Standing, _: Fact, event: events.PartySucceeded) -> None:
    """What is open passes on."""
    _take_over(standing, Shift("debtors", (event.party,), event.by))
    _take_over(standing, Shift("creditors", (event.party,), event.by))


def _reschedule(standing: Standing, fact: Fact, event: events.CommitmentRescheduled) -> None:
    standing.first_due = standing.first_due or event.due
    standing.due, standing.due_by = event.due, fact


def _take_over(standing: Standing, shift: Shift) -> None:
    """Put the new parties in the place of the old ones, which are all unless named."""
    parties: tuple[str, ...] = getattr(standing, shift.side)
    leaving = set(parties if shift.old is None else shift.old)
    if leaving.isdisjoint(parties):
        return
    kept = tuple(party for party in parties if party not in leaving)
    coming = tuple(party for party in shift.new if party not in kept)
    setattr(standing, shift.side, kept + coming)


# What changes only a commitment that is open.
CHANGES = frozenset({_release, _delegate, _assign, _succeed, _reschedule})

Effect = Callable[[Standing, Fact, Any], None]  # Any: each takes its own event

ACTS: dict[type[Event], Effect] = {
    events.CommitmentMade: _make,
    events.ConditionMet: _meet,
    events.ConditionFailed: _fail,
    events.CommitmentProgressed: _progress,
    events.CommitmentFulfilled: _fulfil,
    events.CommitmentReleased: _release,
    events.CommitmentCancelled: _cancel,
    events.CommitmentDelegated: _delegate,
    events.CommitmentAssigned: _assign,
    events.CommitmentRescheduled: _reschedule,
    events.PartySucceeded: _succeed,
}
