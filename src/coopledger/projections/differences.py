"""What two standings of one ledger tell differently, and because of which events."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import attrs

from coopledger.projections.answers import Commitment, Difference, Meeting, Proposal
from coopledger.projections.causes import Causes, Told
from coopledger.projections.nouns import NOUNS, word
from coopledger.projections.parties import parties, party
from coopledger.standings import Standings
from coopledger.terms import CommitmentStatus, MeetingStatus, Noun, ProposalStatus

__all__ = ["compare"]

LISTS: dict[Noun, Callable[[Standings], Iterable[Told]]] = {
    **{noun: row.answers for noun, row in NOUNS.items()},
    Noun.PARTY: parties,
}
ASKED: dict[Noun, Callable[[Standings, str], Told]] = {
    **{noun: row.answer for noun, row in NOUNS.items()},
    Noun.PARTY: party,
}
# Told elsewhere (each instrument is compared on its own), or nothing but days that went by.
PASSED_OVER = frozenset({"id", "decided_by", "instruments", "days_overdue", "unanswered_for"})

# In these, nothing is told of the thing yet.
UNTOLD = frozenset({CommitmentStatus.NONE, ProposalStatus.NONE, MeetingStatus.NONE})


def compare(old: Standings, new: Standings) -> tuple[Difference, ...]:
    """What the new standings tell differently: noun by noun, as listed, what appeared last."""
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
    _answers: dict[tuple[Standings, Noun, str], Told] = attrs.field(
        factory=dict[tuple[Standings, Noun, str], Told]
    )

    def answer(self, standings: Standings, noun: Noun, name: str) -> Told:
        """What the standings tell of the thing."""
        key = standings, noun, name
        if key not in self._answers:
            self._answers[key] = ASKED[noun](standings, name)
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
    standings: Standings, *, comparison: _Comparison, noun: Noun, name: str, field: str | None
) -> object:
    """The field as the standings tell it, or whether they tell of the thing at all."""
    answer = comparison.answer(standings, noun, name)
    if field is not None:
        return getattr(answer, field)
    if isinstance(answer, Commitment | Proposal | Meeting):
        return word(answer) not in UNTOLD
    return bool(standings.visible.openings(noun, name))
