"""Answers about what two views tell differently."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from typing import cast

import attrs

from coopledger._facts.index import Fact, named_by
from coopledger._snapshot import Snapshot
from coopledger.answers._nouns import NOUNS, Answer, word
from coopledger.answers._wording import comma_list, label, one_line, phrase
from coopledger.answers.commitments import Commitment
from coopledger.answers.instruments import Instrument
from coopledger.answers.meetings import Meeting
from coopledger.answers.parties import Party, parties, party
from coopledger.answers.partnerships import Partnership
from coopledger.answers.proposals import Proposal
from coopledger.terms import CommitmentStatus, MeetingStatus, Noun, ProposalStatus


@attrs.frozen(kw_only=True)
class Difference:
    """One thing that two views tell differently.

    Attributes:
        id: The id of the thing.
        noun: What it is.
        field: The field of the answer about it; None where only one of the views tells of it.
        old: The value in the view that was asked; None where the thing appeared.
        new: The value in the other view; None where the thing vanished. The whole answer where
            ``field`` is None.
        because_of: The events that only one of the views knows and without which the value would
            be another, in log order; where no single one decides, all that bear on it; none
            where it came with the other day alone.
        decided_by: The events behind the new value, or behind the old one of what vanished.
    """

    id: str
    noun: Noun
    field: str | None
    old: object
    new: object
    because_of: tuple[str, ...]
    decided_by: tuple[str, ...]

    def __str__(self) -> str:
        """The field with both values, and what brought the change about, on one line."""
        return one_line(self.id, self._change(), phrase("because of ", self.because_of))

    def _change(self) -> str:
        """What changed."""
        if self.field is not None:
            return f"{label(self.field)} {_shown(self.old)}, then {_shown(self.new)}"
        verb, answer = ("appeared", self.new) if self.old is None else ("vanished", self.old)
        return f"{verb}: {str(answer).removeprefix(f'{self.id}: ')}"


def _shown(value: object) -> str:
    """A value as a reader expects it."""
    if isinstance(value, tuple):
        return comma_list(map(_shown, cast(tuple[object, ...], value))) or "none"
    if value is None:
        return "none"
    return label(value) if isinstance(value, StrEnum) else str(value)


# Because of which events two snapshot tell differently.

Told = Answer | Party

# An event that names only its partnership bears on that, and not on one thing in it.
AROUND = (Noun.PARTNERSHIP,)


class Causes:
    """The events that only one of two snapshot knows, and what they brought about."""

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        """Finds the events; asks nothing yet."""
        self._sides = old, new
        # What was known before, on the new day: a value that it has too came with time alone.
        self._later = old.on(new.day)
        last = max(old.visible.up_to, new.visible.up_to)
        self._known_to_one = {
            position
            for position in range(1, last + 1)
            if old.visible.knows(position) != new.visible.knows(position)
        }
        self._without: dict[int, Snapshot] = {}

    def of(self, told: Sequence[Told], value: Callable[[Snapshot], object]) -> tuple[str, ...]:
        """The ids of the events because of which the value changed, in log order.

        Those without which it would be another; where no single one decides, those behind the
        answers, or else all that name what the answers speak of; none where the other day alone
        explains it.

        Args:
            told: The answers that differ, or the only one.
            value: Gives the value that changed, as any snapshot tell it.
        """
        if not self._known_to_one or value(self._later) == value(self._sides[1]):
            return ()
        decided_by = self._deciding(told)
        deciding = self._with_mends(decided_by)
        bearing = deciding | self._with_mends(self._naming(told, decided_by))
        needed = {position for position in bearing if self._decides(position, value)}
        facts = self._facts(needed or deciding or bearing)
        return tuple(dict.fromkeys(fact.id for fact in facts))

    def _deciding(self, told: Iterable[Told]) -> set[int]:
        """The positions of the events that decided the answers."""
        events = [event for answer in told for event in answer.decided_by]
        found = {side.visible.position_of(event) for side in self._sides for event in events}
        return {position for position in found if position is not None}

    def _naming(self, told: Iterable[Told], decided_by: Iterable[int]) -> set[int]:
        """The positions of the events that name what the answers, or those behind them, name."""
        names = {name for answer in told for name in _texts(answer)}
        names.update(
            name
            for fact in self._facts(decided_by)
            for _, name, nouns in named_by(fact.event)
            if nouns != AROUND
        )
        wholes = {answer.id for answer in told if isinstance(answer, Partnership)}
        return {
            fact.position
            for side in self._sides
            for facts in (*map(side.visible.naming, names), *map(side.contents.facts_of, wholes))
            for fact in facts
        }

    def _with_mends(self, positions: Iterable[int]) -> set[int]:
        """Those known to one side only of the events and of what was recorded about them."""
        found = set(positions)
        events = [fact.id for fact in self._facts(found)]
        for side in self._sides:
            found.update(fact.position for event in events for fact in side.visible.about(event))
        return found & self._known_to_one

    def _decides(self, position: int, value: Callable[[Snapshot], object]) -> bool:
        """Whether the value would be another, had the event not been recorded."""
        old, new = self._sides
        side = new if new.visible.knows(position) else old
        if position not in self._without:
            self._without[position] = side.without(position)
        return value(side) != value(self._without[position])

    def _facts(self, positions: Iterable[int]) -> list[Fact]:
        """The facts at the positions, as either side knows them, in log order."""
        return [
            fact
            for position in sorted(positions)
            for side in self._sides
            if side.visible.knows(position) and (fact := side.visible.fact(position)) is not None
        ]


def _texts(answer: attrs.AttrsInstance) -> set[str]:
    """Every text of the answer and of those inside it; those that are no ids name nothing."""
    names = set(attrs.fields_dict(type(answer))) - {"partnership"}
    found: set[str] = set()
    for name in names:
        value: object = getattr(answer, name)
        several = cast(tuple[object, ...], value) if isinstance(value, tuple) else (value,)
        found.update(each for each in several if isinstance(each, str))
        found.update(*(_texts(each) for each in several if isinstance(each, Instrument)))
    return found


# What two snapshot of one ledger tell differently, and because of which events.

LISTS: dict[Noun, Callable[[Snapshot], Iterable[Told]]] = {
    **{noun: row.answers for noun, row in NOUNS.items()},
    Noun.PARTY: parties,
}
ASKED: dict[Noun, Callable[[Snapshot, str], Told]] = {
    **{noun: row.answer for noun, row in NOUNS.items()},
    Noun.PARTY: party,
}
# Told elsewhere (each instrument is compared on its own), or nothing but days that went by.
PASSED_OVER = frozenset({"id", "decided_by", "instruments", "days_overdue", "unanswered_for"})

# In these, nothing is told of the thing yet.
UNTOLD = frozenset({CommitmentStatus.NONE, ProposalStatus.NONE, MeetingStatus.NONE})


def compare(old: Snapshot, new: Snapshot) -> tuple[Difference, ...]:
    """What the new snapshot tell differently: noun by noun, as listed, what appeared last."""
    comparison = _Comparison(Causes(old, new))
    return tuple(
        difference
        for noun, listed in LISTS.items()
        for pair in _pairs(listed(old), listed(new))
        for difference in _differences(comparison, noun, *pair)
    )


@attrs.frozen(eq=False)
class _Comparison:
    """One comparison, in which nothing is folded twice for the fields of one answer.

    Attributes:
        causes: Says because of which events a value changed.
    """

    causes: Causes
    _answers: dict[tuple[Snapshot, Noun, str], Told] = attrs.field(
        factory=dict[tuple[Snapshot, Noun, str], Told]
    )

    def answer(self, snapshot: Snapshot, noun: Noun, name: str) -> Told:
        """What the snapshot tell of the thing."""
        key = snapshot, noun, name
        if key not in self._answers:
            self._answers[key] = ASKED[noun](snapshot, name)
        return self._answers[key]


def _pairs(
    before: Iterable[Told], after: Iterable[Told]
) -> Iterator[tuple[Told | None, Told | None]]:
    """The answers about each thing; None where one side does not tell of it."""
    olds, news = ({found.id: found for found in answers} for answers in (before, after))
    for name in dict.fromkeys((*olds, *news)):
        yield olds.get(name), news.get(name)


def _differences(
    comparison: _Comparison, noun: Noun, old: Told | None, new: Told | None
) -> Iterator[Difference]:
    """What changed about one thing, in the order of the fields of its answer."""
    told = [answer for answer in (old, new) if answer is not None]
    name = told[-1].id
    for field in _changed(old, new):
        yield Difference(
            id=name,
            noun=noun,
            field=field,
            old=_value(old, field),
            new=_value(new, field),
            because_of=comparison.causes.of(
                told, partial(_told, comparison=comparison, noun=noun, name=name, field=field)
            ),
            decided_by=told[-1].decided_by,
        )


def _changed(old: Told | None, new: Told | None) -> Iterator[str | None]:
    """The fields that differ; None alone where only one side tells of the thing."""
    if old is None or new is None:
        yield None
        return
    for field in attrs.fields(type(new)):
        if field.name not in PASSED_OVER and _value(old, field.name) != _value(new, field.name):
            yield field.name


def _value(answer: Told | None, field: str | None) -> object:
    """The field of the answer, or the whole answer."""
    return answer if field is None else getattr(answer, field)


def _told(
    snapshot: Snapshot, *, comparison: _Comparison, noun: Noun, name: str, field: str | None
) -> object:
    """The field as the snapshot tell it, or whether they tell of the thing at all."""
    answer = comparison.answer(snapshot, noun, name)
    if field is not None:
        return getattr(answer, field)
    if isinstance(answer, Commitment | Proposal | Meeting):
        return word(answer) not in UNTOLD
    return bool(snapshot.visible.openings(noun, name))
