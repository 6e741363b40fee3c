"""Declared states that differ from the derived ones."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from coopledger._facts.index import Fact
from coopledger._frozen import frozen
from coopledger._obligations import context_of
from coopledger._rules import commitment as commitments
from coopledger._rules.lives import KeptLives
from coopledger._snapshot import Snapshot
from coopledger.answers._evidence import evidence
from coopledger.answers.commitments import commitment
from coopledger.answers.instruments import instrument
from coopledger.answers.meetings import meeting
from coopledger.answers.proposals import proposal
from coopledger.answers.stages import present_stage, stages_by_day
from coopledger.events import StatusReported
from coopledger.terms import (
    CommitmentStatus,
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
        for row in _about(snapshot, subject, its)
    }
    yield from (rows[fact.position] for fact, _ in reports if fact.position in rows)


def _about(snapshot: Snapshot, subject: str, reports: Reports) -> Iterator[Contradiction]:
    """Yield the contradictions of the reports about one thing."""
    rule = RULES.get(snapshot.visible.noun_of(subject))
    if rule is None:
        return
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
    rule = RULES.get(snapshot.visible.noun_of(subject))
    then = snapshot.on(contradiction.fact.effect)
    return rule.decided_by(then, subject) if rule is not None else ()


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


# For each noun that has a state. The table of nouns cannot say it: the answers about partnerships,
# which it holds, need the contradictions for their flags.
RULES: dict[Noun | None, _Rule] = {
    Noun.PARTNERSHIP: _Rule(Stage, _stages, _deciding_stage),
    Noun.INSTRUMENT: _Rule(
        InstrumentState,
        _day_by_day(lambda now, name: now.instrument(name).state),
        lambda now, name: instrument(now, name).decided_by,
    ),
    Noun.PROPOSAL: _Rule(
        ProposalStatus,
        _day_by_day(lambda now, name: now.proposal(name).status),
        lambda now, name: proposal(now, name).decided_by,
    ),
    Noun.COMMITMENT: _Rule(
        CommitmentStatus, _day_by_day(_status), lambda now, name: commitment(now, name).decided_by
    ),
    Noun.MEETING: _Rule(
        MeetingStatus,
        _day_by_day(lambda now, name: now.meeting(name).status),
        lambda now, name: meeting(now, name).decided_by,
    ),
}
