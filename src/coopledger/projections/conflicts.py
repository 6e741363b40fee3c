"""Where sources disagree: disputed facts, declared states, and figures with themselves."""

from collections.abc import Iterable, Iterator
from typing import cast

import attrs

from coopledger import events
from coopledger.events.wording import about
from coopledger.facts import Fact
from coopledger.projections.answers import Alternative, Conflict
from coopledger.projections.declarations import contradictions
from coopledger.projections.evidence import evidence
from coopledger.projections.selection import holds
from coopledger.projections.sourcing import sources
from coopledger.rules.figure import inconsistencies, words
from coopledger.standings import Standings
from coopledger.terms import ConflictKind
from coopledger.values import Amount, Condition, Participant, Place, Renewal, Source

__all__ = ["conflicts"]


@attrs.frozen
class Question:
    """What is in question: a field of an event, and what is held of it."""

    kind: ConflictKind
    fact: Fact
    field: str
    holds: str | None


def conflicts(standings: Standings, event_id: str | None = None) -> tuple[Conflict, ...]:
    """Return the conflicts by the day, in the log order of the events in question.

    With an id, only those in which this event is in question, or says otherwise.
    """
    facts = [fact for fact in standings.visible.all() if standings.counts(fact)]
    found = [conflict for fact in facts for conflict in _conflicts_about(standings, fact)]
    found += _outnumbered(standings, facts)
    wanted = [one for one in found if holds(_events_of(one), event_id)]
    return tuple(sorted(wanted, key=lambda one: standings.visible.position_of(one.event) or 0))


def _events_of(conflict: Conflict) -> tuple[str, ...]:
    """Return the id of the event in question, and of those that say otherwise."""
    return (conflict.event, *(one.event for one in conflict.alternatives))


def _conflicts_about(standings: Standings, fact: Fact) -> Iterator[Conflict]:
    """The conflicts in which the fact is in question by itself."""
    yield from _disputed(standings, fact)
    yield from _declared(standings, fact)
    if isinstance(fact.event, events.FigureReported):
        yield from _claimed(standings, fact, fact.event)


def _disputed(standings: Standings, fact: Fact) -> Iterator[Conflict]:
    """One conflict for each field that other sources dispute, in the order of the disputes."""
    fields: dict[str, list[tuple[Fact, str]]] = {}
    for dispute in standings.visible.about(fact.id):
        if isinstance(dispute.event, events.FactDisputed) and standings.counts(dispute):
            field = standings.visible.field_disputed(fact.event, dispute.event)
            fields.setdefault(field, []).append((dispute, str(dispute.event.alternative)))
    for field, alternatives in fields.items():
        holds = _words(getattr(fact.event, field, None))
        question = Question(ConflictKind.DISPUTED, fact, field, holds)
        yield _conflict(standings, question, alternatives)


def _declared(standings: Standings, fact: Fact) -> Iterator[Conflict]:
    """The declared state, where it is not the one derived for the day of the report."""
    for found in contradictions(standings, [fact]):
        question = Question(ConflictKind.DECLARED, fact, "state", found.derived)
        said = [(fact, found.report.state)]
        yield _conflict(standings, question, said, behind=found.decided_by)


def _claimed(standings: Standings, fact: Fact, claim: events.FigureReported) -> Iterator[Conflict]:
    """The claim, where its number does not agree with the partners that it names."""
    for _ in inconsistencies(claim):
        partners = tuple(dict.fromkeys(claim.partners))
        question = Question(ConflictKind.CLAIMED, fact, "value", str(claim.value))
        said = [(fact, f"{len(partners)} named: {', '.join(partners)}")]
        yield _conflict(standings, question, said)


def _outnumbered(standings: Standings, facts: Iterable[Fact]) -> Iterator[Conflict]:
    """The first claim of a number, where later ones of the same measure give other numbers."""
    claims: dict[object, list[tuple[Fact, events.FigureReported]]] = {}
    for fact in facts:
        if isinstance(fact.event, events.FigureReported):
            claims.setdefault(_what_is_claimed(fact.event), []).append((fact, fact.event))
    for (first, claim), *later in claims.values():
        others = [(fact, str(other.value)) for fact, other in later if other.value != claim.value]
        if others:
            question = Question(ConflictKind.CLAIMED, first, "value", str(claim.value))
            yield _conflict(standings, question, others)


def _what_is_claimed(claim: events.FigureReported) -> tuple[object, ...]:
    """What is the same in two claims about the same thing."""
    partners = frozenset(partner.casefold() for partner in claim.partners)
    kinds = frozenset(claim.kinds)
    return words(claim.measure), claim.period, claim.partnership, kinds, partners


def _conflict(
    standings: Standings,
    question: Question,
    said: Iterable[tuple[Fact, str]],
    *,
    behind: Iterable[str] = (),
) -> Conflict:
    """A conflict about what is in question, with those who say otherwise in log order."""
    alternatives = tuple(
        Alternative(
            says=says,
            event=fact.id,
            sources=sources(standings, fact),
            adopted=says == question.holds,
        )
        for fact, says in said
    )
    named = (question.fact.id, *(one.event for one in alternatives), *behind)
    basis = evidence(standings, map(standings.visible.position_of, named))
    return Conflict(
        kind=question.kind,
        event=question.fact.id,
        about=about(question.fact.event),
        field=question.field,
        holds=question.holds,
        alternatives=alternatives,
        certain=basis.certain,
        decided_by=basis.events,
    )


def _words(value: object) -> str | None:
    """The value of a field as people write it; None where it has none."""
    if isinstance(value, Participant | Place | Source | Amount | Renewal | Condition):
        value = attrs.astuple(value, recurse=False)
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(_words, cast(tuple[object, ...], value)))) or None
    return None if value is None else str(value)
