"""Answers about where sources disagree."""

from collections.abc import Iterable, Iterator
from typing import cast

import attrs

from coopledger import events
from coopledger._facts.index import Fact
from coopledger._rules.figure import inconsistencies, words
from coopledger._snapshot import Snapshot
from coopledger.answers._declared import contradictions
from coopledger.answers._evidence import evidence
from coopledger.answers._filters import holds
from coopledger.answers._wording import label, one_line, phrase
from coopledger.answers.sourcing import sources
from coopledger.events._wording import about
from coopledger.terms import ConflictKind
from coopledger.values import Amount, Condition, Participant, Place, Renewal, Source


@attrs.frozen(kw_only=True)
class Alternative:
    """What somebody says instead.

    Attributes:
        says: What is said.
        event: The id of the event that says so.
        sources: Where that comes from.
        adopted: Whether it is what is held now, such as after a correction.
    """

    says: str
    event: str
    sources: tuple[Source, ...]
    adopted: bool

    def __str__(self) -> str:
        """What is said, and by which event."""
        return f"{self.says} ({self.event}{', adopted' if self.adopted else ''})"


@attrs.frozen(kw_only=True)
class Conflict:
    """Where something said does not agree with what is held.

    Attributes:
        kind: Who disagrees.
        event: The id of the event in question: the disputed one, the report of a state or of
            a figure.
        about: The id of what that is about.
        field: The field of the event that is in question.
        holds: What the ledger holds: the field as known then; the state derived for the day
            of the report; the number claimed. None where it holds nothing.
        alternatives: What is said instead, in log order; also what was adopted since.
        certain: Whether no date behind the answer is fuzzy.
        decided_by: The event in question, those that say otherwise, and those behind a
            derived state.
    """

    kind: ConflictKind
    event: str
    about: str
    field: str
    holds: str | None
    alternatives: tuple[Alternative, ...]
    certain: bool
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """What it is about, what is held, and what is said instead, on one line."""
        return one_line(
            f"{self.about} ({self.event})",
            label(self.kind),
            f"{self.field} {self.holds or 'not known'}",
            phrase("but ", tuple(map(str, self.alternatives))),
        )


# Where sources disagree: disputed facts, declared states, and figures with themselves.


@attrs.frozen
class Question:
    """What is in question: a field of an event, and what is held of it."""

    kind: ConflictKind
    fact: Fact
    field: str
    holds: str | None


def conflicts(snapshot: Snapshot, event_id: str | None = None) -> tuple[Conflict, ...]:
    """Return the conflicts by the day, in the log order of the events in question.

    With an id, only those in which this event is in question, or says otherwise.
    """
    facts = [fact for fact in snapshot.visible.all() if snapshot.counts(fact)]
    found = [conflict for fact in facts for conflict in _conflicts_about(snapshot, fact)]
    found += _outnumbered(snapshot, facts)
    wanted = [one for one in found if holds(_events_of(one), event_id)]
    return tuple(sorted(wanted, key=lambda one: snapshot.visible.position_of(one.event) or 0))


def _events_of(conflict: Conflict) -> tuple[str, ...]:
    """Return the id of the event in question, and of those that say otherwise."""
    return (conflict.event, *(one.event for one in conflict.alternatives))


def _conflicts_about(snapshot: Snapshot, fact: Fact) -> Iterator[Conflict]:
    """The conflicts in which the fact is in question by itself."""
    yield from _disputed(snapshot, fact)
    yield from _declared(snapshot, fact)
    if isinstance(fact.event, events.FigureReported):
        yield from _claimed(snapshot, fact, fact.event)


def _disputed(snapshot: Snapshot, fact: Fact) -> Iterator[Conflict]:
    """One conflict for each field that other sources dispute, in the order of the disputes."""
    fields: dict[str, list[tuple[Fact, str]]] = {}
    for dispute in snapshot.visible.about(fact.id):
        if isinstance(dispute.event, events.FactDisputed) and snapshot.counts(dispute):
            field = snapshot.visible.field_disputed(fact.event, dispute.event)
            fields.setdefault(field, []).append((dispute, str(dispute.event.alternative)))
    for field, alternatives in fields.items():
        holds = _words(getattr(fact.event, field, None))
        question = Question(ConflictKind.DISPUTED, fact, field, holds)
        yield _conflict(snapshot, question, alternatives)


def _declared(snapshot: Snapshot, fact: Fact) -> Iterator[Conflict]:
    """The declared state, where it is not the one derived for the day of the report."""
    for found in contradictions(snapshot, [fact]):
        question = Question(ConflictKind.DECLARED, fact, "state", found.derived)
        said = [(fact, found.report.state)]
        yield _conflict(snapshot, question, said, behind=found.decided_by)


def _claimed(snapshot: Snapshot, fact: Fact, claim: events.FigureReported) -> Iterator[Conflict]:
    """The claim, where its number does not agree with the partners that it names."""
    for _ in inconsistencies(claim):
        partners = tuple(dict.fromkeys(claim.partners))
        question = Question(ConflictKind.CLAIMED, fact, "value", str(claim.value))
        said = [(fact, f"{len(partners)} named: {', '.join(partners)}")]
        yield _conflict(snapshot, question, said)


def _outnumbered(snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[Conflict]:
    """The first claim of a number, where later ones of the same measure give other numbers."""
    claims: dict[object, list[tuple[Fact, events.FigureReported]]] = {}
    for fact in facts:
        if isinstance(fact.event, events.FigureReported):
            claims.setdefault(_what_is_claimed(fact.event), []).append((fact, fact.event))
    for (first, claim), *later in claims.values():
        others = [(fact, str(other.value)) for fact, other in later if other.value != claim.value]
        if others:
            question = Question(ConflictKind.CLAIMED, first, "value", str(claim.value))
            yield _conflict(snapshot, question, others)


def _what_is_claimed(claim: events.FigureReported) -> tuple[object, ...]:
    """What is the same in two claims about the same thing."""
    partners = frozenset(partner.casefold() for partner in claim.partners)
    kinds = frozenset(claim.kinds)
    return words(claim.measure), claim.period, claim.partnership, kinds, partners


def _conflict(
    snapshot: Snapshot,
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
            sources=sources(snapshot, fact),
            adopted=says == question.holds,
        )
        for fact, says in said
    )
    named = (question.fact.id, *(one.event for one in alternatives), *behind)
    basis = evidence(snapshot, map(snapshot.visible.position_of, named))
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
