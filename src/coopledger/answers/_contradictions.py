"""Declared states that differ from the derived ones."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._obligations import context_of
from coopledger._rules import commitment as commitments
from coopledger._rules.instrument_table import IN_EFFECT
from coopledger._rules.lives import KeptLives
from coopledger._snapshot import Snapshot
from coopledger.answers._conduct import Conducted, conduct_of_text, liveliest
from coopledger.answers._evidence import evidence
from coopledger.answers.commitments import commitment
from coopledger.answers.instruments import instrument
from coopledger.answers.meetings import meeting
from coopledger.answers.proposals import proposal
from coopledger.answers.stages import present_stage, stages_by_day
from coopledger.events import StatusReported
from coopledger.terms import (
    CommitmentStatus,
    Conduct,
    InstrumentState,
    MeetingStatus,
    Noun,
    ProposalStatus,
    Stage,
)

Reports = list[tuple[Fact, StatusReported]]
# States of one thing on some days.
StatesOn = Callable[[Snapshot, str, Collection[int]], Mapping[int, StrEnum]]


@frozen
class Contradiction:
    """Declared state that differs from the derived one.

    Attributes:
        fact: The report.
        report: Its event.
        declared: The state that it declares.
        derived: The state that the other events give for the day from which the report counts.
    """

    fact: Fact
    report: StatusReported
    declared: StrEnum
    derived: StrEnum


@frozen
class UnknownWord:
    """Declared word that the ledger does not use for the states of such a thing.

    Attributes:
        fact: The report.
        report: Its event.
        derived: The state that the other events give for the day from which the report counts.
        behind: The events that decide that state.
    """

    fact: Fact
    report: StatusReported
    derived: StrEnum
    behind: tuple[str, ...]


def contradictions(snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[Contradiction]:
    """Yield the reports among the facts that contradict the events by the day of the report.

    Only words that the ledger itself uses for the state of such a thing are compared. The reports
    of one thing are compared together: what is folded for one of them serves the next.
    """
    reports = [
        (fact, fact.event)
        for fact in facts
        if isinstance(fact.event, StatusReported) and snapshot.counts(fact)
    ]
    by_subject: dict[str, Reports] = {}
    for fact, report in reports:
        by_subject.setdefault(report.subject, []).append((fact, report))
    rows = {
        row.fact.position: row
        for subject, its in by_subject.items()
        for rule in RULES.get(snapshot.visible.noun_of(subject), ())
        for row in _about(snapshot, subject, its, rule)
    }
    yield from (rows[fact.position] for fact, _ in reports if fact.position in rows)


def unknown_words(snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[UnknownWord]:
    """Yield the reports among the facts whose word the ledger does not use for such a thing."""
    for fact in facts:
        report = fact.event
        if not isinstance(report, StatusReported) or not snapshot.counts(fact):
            continue
        rules = RULES.get(snapshot.visible.noun_of(report.subject), ())
        known = {_folded(word) for rule in rules for word in rule.words}
        if rules and _folded(report.state) not in known:
            then, subject = snapshot.on(fact.effect), report.subject
            state = rules[0].states(snapshot, subject, [fact.effect])[fact.effect]
            yield UnknownWord(fact, report, state, rules[0].decided_by(then, subject))


def _about(
    snapshot: Snapshot, subject: str, reports: Reports, rule: "_Rule"
) -> Iterator[Contradiction]:
    """Yield the contradictions of the reports about one thing, by the words of one rule."""
    words = {_folded(word): word for word in rule.words}
    declared = [
        (fact, report, words[_folded(report.state)])
        for fact, report in reports
        if _folded(report.state) in words
    ]
    days = {fact.effect for fact, _, _ in declared}
    derived: Mapping[int, StrEnum] = rule.states(snapshot, subject, days) if days else {}
    for fact, report, word in declared:
        if derived[fact.effect] is not word:
            yield Contradiction(fact, report, word, derived[fact.effect])


def deciding(snapshot: Snapshot, contradiction: Contradiction) -> tuple[str, ...]:
    """Return the ids of the events that decide the derived state."""
    subject = contradiction.report.subject
    then = snapshot.on(contradiction.fact.effect)
    rules = RULES.get(snapshot.visible.noun_of(subject), ())
    declared = type(contradiction.declared)
    return next((rule.decided_by(then, subject) for rule in rules if rule.words is declared), ())


def _folded(state: str) -> str:
    """Return a state in small letters, with one space between words."""
    return " ".join(state.casefold().replace("_", " ").replace("-", " ").split())


def _day_by_day(state: Callable[[Snapshot, str], StrEnum]) -> StatesOn:
    """Return the function that gives the states on some days, each carried on from the last."""

    def states(snapshot: Snapshot, name: str, days: Collection[int]) -> Mapping[int, StrEnum]:
        lives = KeptLives()
        return {day: state(snapshot.on(day, lives=lives), name) for day in sorted(days)}

    return states


def _stages(snapshot: Snapshot, name: str, days: Collection[int]) -> Mapping[int, StrEnum]:
    """Return the stages of a partnership, without its flags: one of them comes from here."""
    stage_on = stages_by_day(snapshot.on(max(days)), name)
    return {day: stage_on(day) for day in days}


def _deciding_stage(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the ids of the events that decide the stage of a partnership."""
    return evidence(snapshot, present_stage(snapshot, name).set_by).events


def _status(snapshot: Snapshot, name: str) -> CommitmentStatus:
    """Return the status of a commitment."""
    return commitments.status(snapshot.commitment(name), context_of(snapshot, name))


@frozen
class _Rule:
    """Words for the states of a noun, and how its states are derived.

    Attributes:
        words: The words.
        states: Gives the states of one thing on some days.
        decided_by: Gives the ids of the events that decide the state on the day.
    """

    words: type[StrEnum]
    states: StatesOn
    decided_by: Callable[[Snapshot, str], tuple[str, ...]]


def _conduct_of_text(snapshot: Snapshot, name: str) -> StrEnum:
    """Return the conduct of a text; the state of one that has none."""
    return conduct_of_text(snapshot, name).conduct or snapshot.instrument(name).state


def _deciding_conduct_of_text(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the ids of the events that decide the conduct of a text, or its state."""
    return conduct_of_text(snapshot, name).decided_by or instrument(snapshot, name).decided_by


def _conduct(snapshot: Snapshot, name: str) -> StrEnum:
    """Return the conduct of a partnership; the stage of one that has none."""
    conduct = _liveliest(snapshot, name).conduct
    return conduct or present_stage(snapshot, name).stage


def _deciding_conduct(snapshot: Snapshot, name: str) -> tuple[str, ...]:
    """Return the ids of the events that decide the conduct of a partnership, or its stage."""
    return _liveliest(snapshot, name).decided_by or _deciding_stage(snapshot, name)


def _liveliest(snapshot: Snapshot, name: str) -> Conducted:
    """Return the conduct of the liveliest text of the partnership."""
    names = snapshot.contents.members(Noun.INSTRUMENT, name)
    texts = [instrument(snapshot, each) for each in names]
    return liveliest(snapshot, [text for text in texts if text.state in IN_EFFECT])


# For each noun that has a state, first the words for that state. The table of nouns cannot say it:
# the answers about partnerships, which it holds, need the contradictions for their flags.
RULES: dict[Noun | None, tuple[_Rule, ...]] = {
    Noun.PARTNERSHIP: (
        _Rule(Stage, _stages, _deciding_stage),
        _Rule(Conduct, _day_by_day(_conduct), _deciding_conduct),
    ),
    Noun.INSTRUMENT: (
        _Rule(
            InstrumentState,
            _day_by_day(lambda now, name: now.instrument(name).state),
            lambda now, name: instrument(now, name).decided_by,
        ),
        _Rule(Conduct, _day_by_day(_conduct_of_text), _deciding_conduct_of_text),
    ),
    Noun.PROPOSAL: (
        _Rule(
            ProposalStatus,
            _day_by_day(lambda now, name: now.proposal(name).status),
            lambda now, name: proposal(now, name).decided_by,
        ),
    ),
    Noun.COMMITMENT: (
        _Rule(
            CommitmentStatus,
            _day_by_day(_status),
            lambda now, name: commitment(now, name).decided_by,
        ),
    ),
    Noun.MEETING: (
        _Rule(
            MeetingStatus,
            _day_by_day(lambda now, name: now.meeting(name).status),
            lambda now, name: meeting(now, name).decided_by,
        ),
    ),
}
