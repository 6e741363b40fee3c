"""Answers about where sources disagree: disputed facts, declared states and reported figures."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import cast

import attrs

from coopledger import events
from coopledger._escape import printable
from coopledger._facts.index import Fact
from coopledger._folding import caseless
from coopledger._frozen import frozen
from coopledger._rules.figure import inconsistencies, words
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._contradictions import contradictions, deciding, unknown_words
from coopledger.answers._evidence import evidence
from coopledger.answers._filters import passing
from coopledger.answers._scope import EVERYWHERE, Scope
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import About
from coopledger.answers._wording import label, one_line, phrase
from coopledger.answers.sourcing import sources
from coopledger.events.envelope import about, subjects
from coopledger.terms import ConflictKind
from coopledger.values import Amount, Condition, Document, Participant, Place, Renewal, Source


@frozen(kw_only=True)
class Alternative(Shown):
    """Words of somebody who says otherwise.

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
        """Return the words, and the event that says so."""
        return printable(f"{self.says} ({self.event}{', adopted' if self.adopted else ''})")


@frozen(kw_only=True)
class Conflict(Shown):
    """Disagreement between something said and what the ledger holds.

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
        """Return the subject, what is held of it, and what is said instead, on one line."""
        return one_line(
            f"{self.about} ({self.event})",
            label(self.kind),
            f"{self.field} {self.holds or 'not known'}",
            phrase("but ", tuple(map(str, self.alternatives))),
        )


def conflicts(
    snapshot: Snapshot,
    event_id: str | None = None,
    *,
    kind: ConflictKind | None = None,
    scope: Scope = EVERYWHERE,
) -> Answers[Conflict]:
    """Return the conflicts by the day, in the log order of the events in question.

    Args:
        snapshot: The moment asked about.
        event_id: Keep those in which this event is in question, or says otherwise.
        kind: Keep those of this kind.
        scope: Keep those about something within it.
    """
    facts = [fact for fact in snapshot.visible.all() if snapshot.counts(fact)]
    rows = [
        *(conflict for fact in facts for conflict in _conflicts_about(snapshot, fact)),
        *_wrong_declarations(snapshot, facts),
        *_unknown_declarations(snapshot, facts),
        *_disagreeing_claims(snapshot, facts),
    ]
    rows.sort(key=lambda row: snapshot.visible.position_of(row.event) or 0)
    return passing(
        Answers(rows, kind=Conflict),
        (event_id, lambda each: event_id in _events_of(each)),
        (kind, lambda each: each.kind is kind),
        About(snapshot, scope).filter(partial(_in_question, snapshot)),
    )


def _in_question(snapshot: Snapshot, conflict: Conflict) -> tuple[str, ...]:
    """Return the ids of what the event in question is about."""
    fact = snapshot.visible.find(conflict.event)
    return subjects(fact.event) if fact is not None else ()


def _events_of(conflict: Conflict) -> tuple[str, ...]:
    """Return the id of the event in question, and of those that say otherwise."""
    return (conflict.event, *(alternative.event for alternative in conflict.alternatives))


def _conflicts_about(snapshot: Snapshot, fact: Fact) -> Iterator[Conflict]:
    """Yield the conflicts about a fact that needs no other of its kind for comparison."""
    yield from _disputes(snapshot, fact)
    if isinstance(fact.event, events.FigureReported):
        yield from _inconsistent_claim(snapshot, fact, fact.event)


@frozen
class _Question:
    """Field of an event that is in question, and what is held of it."""

    kind: ConflictKind
    fact: Fact
    field: str
    holds: str | None


def _disputes(snapshot: Snapshot, fact: Fact) -> Iterator[Conflict]:
    """Yield a conflict for each field that other sources dispute, in the order of the disputes."""
    fields: dict[str, list[tuple[Fact, str]]] = {}
    for dispute in snapshot.visible.about(fact.id):
        if isinstance(dispute.event, events.FactDisputed) and snapshot.counts(dispute):
            field = snapshot.visible.field_today(
                fact.event, dispute.event.field, dispute.event.alternative
            )
            fields.setdefault(field, []).append((dispute, str(dispute.event.alternative)))
    for field, alternatives in fields.items():
        value = _words(getattr(fact.event, field, None))
        question = _Question(ConflictKind.DISPUTED, fact, field, value)
        yield _conflict(snapshot, question, alternatives)


def _wrong_declarations(snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[Conflict]:
    """Yield each declared state that is not the one derived for the day of the report."""
    for row in contradictions(snapshot, facts):
        question = _Question(ConflictKind.DECLARED, row.fact, "state", row.derived)
        behind = deciding(snapshot, row)
        yield _conflict(snapshot, question, [(row.fact, row.report.state)], behind=behind)


def _unknown_declarations(snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[Conflict]:
    """Yield each state declared in a word that the ledger does not use for such a thing."""
    for row in unknown_words(snapshot, facts):
        question = _Question(ConflictKind.UNKNOWN, row.fact, "state", row.derived)
        said = [(row.fact, row.report.state)]
        yield _conflict(snapshot, question, said, behind=row.behind)


def _inconsistent_claim(
    snapshot: Snapshot, fact: Fact, claim: events.FigureReported
) -> Iterator[Conflict]:
    """Yield the claim where its number does not agree with the partners that it names."""
    for _ in inconsistencies(claim):
        partners = tuple(dict.fromkeys(claim.partners))
        question = _Question(ConflictKind.CLAIMED, fact, "value", str(claim.value))
        alternative = f"{len(partners)} named: {', '.join(partners)}"
        yield _conflict(snapshot, question, [(fact, alternative)])


def _disagreeing_claims(snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[Conflict]:
    """Yield the first claim of a number where later ones of the same thing give other numbers."""
    claims: dict[object, list[tuple[Fact, events.FigureReported]]] = {}
    for fact in facts:
        if isinstance(fact.event, events.FigureReported):
            claims.setdefault(_subject_of(fact.event), []).append((fact, fact.event))
    for (first, claim), *later in claims.values():
        others = [(fact, str(other.value)) for fact, other in later if other.value != claim.value]
        if others:
            question = _Question(ConflictKind.CLAIMED, first, "value", str(claim.value))
            yield _conflict(snapshot, question, others)


def _subject_of(claim: events.FigureReported) -> tuple[object, ...]:
    """Return the parts of a claim that are the same in every claim of the same thing."""
    partners = frozenset(caseless(partner) for partner in claim.partners)
    kinds = frozenset(claim.kinds)
    return words(claim.measure), claim.period, claim.partnership, kinds, partners


def _conflict(
    snapshot: Snapshot,
    question: _Question,
    statements: Iterable[tuple[Fact, str]],
    *,
    behind: Iterable[str] = (),
) -> Conflict:
    """Return the conflict with the facts that say otherwise, in log order, and their words."""
    alternatives = tuple(
        Alternative(
            says=says,
            event=fact.id,
            sources=sources(snapshot, fact),
            adopted=says == question.holds,
        )
        for fact, says in statements
    )
    ids = (question.fact.id, *(alternative.event for alternative in alternatives), *behind)
    basis = evidence(snapshot, map(snapshot.visible.position_of, ids))
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
    """Return the value of a field as people write it; None where it has none."""
    if isinstance(value, Participant | Place | Source | Document | Amount | Renewal | Condition):
        value = attrs.astuple(value, recurse=False)
    if isinstance(value, tuple):
        return ", ".join(filter(None, map(_words, cast(tuple[object, ...], value)))) or None
    return None if value is None else str(value)
