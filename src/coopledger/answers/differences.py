"""Answers about what two views of one ledger tell differently, and because of which events."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from functools import partial
from itertools import chain
from typing import cast

import attrs

from coopledger._facts.index import Fact, handover_name, named_by
from coopledger._frozen import frozen
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.answers._filters import is_, some
from coopledger.answers._nouns import NOUNS, THINGS, Answer, state_of
from coopledger.answers._scope import EVERYWHERE, Scope
from coopledger.answers._shown import Shown
from coopledger.answers._subjects import About
from coopledger.answers._wording import comma_list, label, one_line, phrase, subject
from coopledger.answers.commitments import Commitment
from coopledger.answers.instruments import Instrument
from coopledger.answers.meetings import Meeting
from coopledger.answers.obstacles import Obstacle, obstacle, obstacles
from coopledger.answers.parties import Party, members_of_all, parties, party
from coopledger.answers.partnerships import Partnership
from coopledger.answers.proposals import Proposal
from coopledger.terms import CommitmentStatus, MeetingStatus, Noun, ProposalStatus

Thing = Answer | Party | Obstacle
# A noun, and the two answers about one thing of it.
Pair = tuple[Noun, Thing | None, Thing | None]

LISTS: dict[Noun, Callable[[Snapshot], Iterable[Thing]]] = {
    **{noun: row.answers for noun, row in NOUNS.items()},
    Noun.PARTY: parties,
    Noun.OBSTACLE: obstacles,
}
ANSWERS: dict[Noun, Callable[[Snapshot, str], Thing]] = {
    **{noun: row.answer for noun, row in NOUNS.items()},
    Noun.PARTY: party,
    Noun.OBSTACLE: obstacle,
}
# Each instrument is compared on its own; the others are ids, days that went by, or follow another
# field.
PASSED_OVER = frozenset(
    {"id", "since_certain", "decided_by", "instruments", "days_overdue", "unanswered_for"}
    | {"made_on", "signed_on", "term_start", "first_due", "times_rescheduled", "outstanding"}
    | {"last_heard", "conduct_since", "conduct_certain", "conduct_by"}
    | {"first_planned", "times_postponed"}
)

# A thing with one of these has not begun yet.
NOT_BEGUN = frozenset({CommitmentStatus.NONE, ProposalStatus.NONE, MeetingStatus.NONE})

# Of so many events of one kind each is tried; of more, as many of the first and of the last.
MANY = 32

# An event that names only its partnership bears on that, and not on one thing in it.
AROUND = (Noun.PARTNERSHIP,)


@frozen(kw_only=True)
class Difference(Shown):
    """Difference between the answers of two views about one thing.

    Attributes:
        id: The id of the thing.
        noun: What it is.
        field: The field of the answer about it; None where only one of the views tells of it.
        old: The value in the view that was asked; None where the thing appeared.
        new: The value in the other view; None where the thing vanished. The whole answer where
            ``field`` is None.
        because_of: The events that only one of the views knows and without which the value would
            be another, in log order; where no single one decides, all that bear on it; none
            where it came with the other day alone. Where very many bear on it, the first and
            the last of them are tried.
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
        """Return the field with both values, and the events behind the change, on one line."""
        return one_line(self.id, self._change(), phrase("because of ", self.because_of))

    def _change(self) -> str:
        """Return both values of the field, or the answer that appeared or vanished."""
        if self.field is not None:
            return f"{label(self.field)} {_shown(self.old)}, then {_shown(self.new)}"
        verb, answer = ("appeared", self.new) if self.old is None else ("vanished", self.old)
        return f"{verb}: {str(answer).removeprefix(f'{subject(answer)}: ')}"


def _shown(value: object) -> str:
    """Return the value as a reader expects it."""
    if isinstance(value, tuple):
        return comma_list(map(_shown, cast(tuple[object, ...], value))) or "none"
    if value is None:
        return "none"
    return label(value) if isinstance(value, StrEnum) else str(value)


def compare(
    old: Snapshot, new: Snapshot, *, noun: Noun | None = None, scope: Scope = EVERYWHERE
) -> Answers[Difference]:
    """Return what the new snapshot tells differently, noun by noun in the order of the lists.

    Things that appeared come last among those of their noun. What is in the scope of one of the
    snapshots is told.
    """
    of_noun = (pair for pair in pairs(old, new) if is_(pair[0], noun))
    return differences(old, new, pairs_in(old, new, scope, of_noun))


def pairs_in(old: Snapshot, new: Snapshot, scope: Scope, of: Iterable[Pair]) -> Iterator[Pair]:
    """Yield those of the pairs of which the thing is in the scope, then or now."""
    sides = [About(side, scope) for side in (old, new)]
    for pair in of:
        names = [answer.id for answer in pair[1:] if answer is not None]
        if any(side.fits(names) for side in sides):
            yield pair


def differences(old: Snapshot, new: Snapshot, of: Iterable[Pair]) -> Answers[Difference]:
    """Return what differs between the two answers of each pair, in their order."""
    comparison = _Comparison(old, new)
    found = (each for pair in of for each in _differences(comparison, *pair))
    return Answers(found, kind=Difference)


def pairs(old: Snapshot, new: Snapshot) -> Iterator[Pair]:
    """Yield the two answers about each thing; None where one of the snapshots does not tell of it.

    Things that appeared come last among those of their noun.
    """
    for noun, listed in LISTS.items():
        for pair in _matched(listed(old), listed(new)):
            yield (noun, *pair)


def pairs_that_may_differ(old: Snapshot, new: Snapshot) -> Iterator[Pair]:
    """Yield those of the pairs that may differ, by what is kept of the new snapshot.

    The old one has the same knowledge up to an earlier position. Where the new one has no kept
    answers, all may differ; of parties none are kept.
    """
    for noun, listed in LISTS.items():
        things, names = THINGS.get(noun), _names_that_may_differ(old, new, noun)
        if noun is Noun.PARTY:
            found = _parties_then_and_now(old, new)
        elif things is None or names is None:
            found = _matched(listed(old), listed(new))
        else:
            found = _matched(some(old, things, names), some(new, things, names))
        for pair in found:
            yield (noun, *pair)


def _names_that_may_differ(old: Snapshot, new: Snapshot, noun: Noun) -> set[str] | None:
    """Return the ids of which the answers may differ; None where nothing is kept of the noun.

    Where not all is kept yet it is from now on: that takes less than to fold all twice.
    """
    if new.kept is None or noun not in THINGS:
        return None
    names = new.kept.changed(new, old, noun)
    if names is None:
        LISTS[noun](new)
        names = new.kept.changed(new, old, noun)
    return names


def _parties_then_and_now(
    old: Snapshot, new: Snapshot
) -> Iterator[tuple[Thing | None, Thing | None]]:
    """Yield the two answers about each party; partnerships that are the same are asked once."""
    now, changed = members_of_all(new), _names_that_may_differ(old, new, Noun.PARTNERSHIP)
    if changed is None:
        then = members_of_all(old)
    else:
        then = {
            name: old.parties_of(name) if name in changed or name not in now else now[name]
            for name in old.visible.names(Noun.PARTNERSHIP)
        }
    return _matched(parties(old, members=then), parties(new, members=now))


def _matched(
    before: Iterable[Thing], after: Iterable[Thing]
) -> Iterator[tuple[Thing | None, Thing | None]]:
    """Yield the two answers about each thing; None where one side does not tell of it."""
    olds, news = ({answer.id: answer for answer in answers} for answers in (before, after))
    for name in dict.fromkeys((*olds, *news)):
        yield olds.get(name), news.get(name)


def _differences(
    comparison: "_Comparison", noun: Noun, old: Thing | None, new: Thing | None
) -> Iterator[Difference]:
    """Yield the differences about one thing, in the order of the fields of its answer."""
    answers = [answer for answer in (old, new) if answer is not None]
    last = answers[-1]
    for field in _changed_fields(old, new):
        value = partial(comparison.value, noun=noun, name=last.id, field=field)
        yield Difference(
            id=last.id,
            noun=noun,
            field=field,
            old=_value(old, field),
            new=_value(new, field),
            because_of=comparison.causes(answers, field, value),
            decided_by=last.decided_by,
        )


def _changed_fields(old: Thing | None, new: Thing | None) -> Iterator[str | None]:
    """Yield the fields that differ; None alone where only one side tells of the thing."""
    if old is None or new is None:
        yield None
        return
    for field in attrs.fields(type(new)):
        if field.name not in PASSED_OVER and _value(old, field.name) != _value(new, field.name):
            yield field.name


def _value(answer: Thing | None, field: str | None) -> object:
    """Return the field of the answer, or the whole answer."""
    return answer if field is None else getattr(answer, field)


class _Comparison:
    """Two snapshots, and the events that only one of them knows.

    Nothing is folded twice: one answer serves for all of its fields, and the snapshot without an
    event for all values.
    """

    def __init__(self, old: Snapshot, new: Snapshot) -> None:
        """Find the events that only one side knows; nothing is folded yet."""
        self._sides = old, new
        # What was known before, on the new day: a value that it has too came with time alone.
        self._later = old.on(new.ordinal)
        first, last = sorted((old.visible.up_to, new.visible.up_to))
        between = {*range(first + 1, last + 1), *old.visible.hidden, *new.visible.hidden}
        self._known_to_one = {
            position
            for position in between
            if old.visible.knows(position) != new.visible.knows(position)
        }
        self._without: dict[int, Snapshot] = {}
        self._answers: dict[tuple[Snapshot, Noun, str], Thing] = {}

    def value(self, snapshot: Snapshot, *, noun: Noun, name: str, field: str | None) -> object:
        """Return the field as the snapshot tells it, or whether the thing has begun there."""
        key = snapshot, noun, name
        if key not in self._answers:
            self._answers[key] = ANSWERS[noun](snapshot, name)
        answer = self._answers[key]
        if field is not None:
            return getattr(answer, field)
        if isinstance(answer, Commitment | Proposal | Meeting):
            return state_of(answer) not in NOT_BEGUN
        if isinstance(answer, Obstacle):
            return answer.subject is not None
        return bool(snapshot.visible.openings(noun, name))

    def causes(
        self, answers: Sequence[Thing], field: str | None, value: Callable[[Snapshot], object]
    ) -> tuple[str, ...]:
        """Return the ids of the events because of which the value changed, in log order.

        Without each of them the value would be another. Where no single one decides, they are
        the events behind the answers, or else all that name what the answers speak of. There
        are none where the other day alone explains the change. Of more than ``MANY`` events that
        bear on a thing only the first and the last are tried, so that some may be left out.

        Args:
            answers: The answers that differ, or the only one.
            field: The field that differs.
            value: Gives the value that changed, as any snapshot tells it.
        """
        if not self._known_to_one or value(self._later) == value(self._sides[1]):
            return ()
        decided_by = self._deciding(answers, "conduct_by" if field == "conduct" else "decided_by")
        deciding = self._with_corrections(decided_by)
        bearing = deciding | self._with_corrections(self._naming(answers, decided_by))
        own = self._named_alike(answers[-1].id) & bearing
        tried = {*_ends(deciding), *_ends(own), *_ends(bearing)}
        needed = {position for position in tried if self._decides(position, value)}
        facts = self._facts(needed or deciding or bearing)
        return tuple(dict.fromkeys(fact.id for fact in facts))

    def _deciding(self, answers: Iterable[Thing], named_in: str) -> set[int]:
        """Return the positions of the events that decided the answers, which a field names."""
        events = [event for answer in answers for event in getattr(answer, named_in)]
        positions = {side.visible.position_of(event) for side in self._sides for event in events}
        return {position for position in positions if position is not None}

    def _naming(self, answers: Iterable[Thing], decided_by: Iterable[int]) -> set[int]:
        """Return the positions of events that name what the answers or their events name."""
        names = {name for answer in answers for name in _texts(answer)}
        names.update(
            name
            for fact in self._facts(decided_by)
            for _, name, nouns in named_by(fact.event)
            if nouns != AROUND
        )
        # Who takes over from somebody names none of the things that pass on.
        people = filter(None, (getattr(answer, "responsible", None) for answer in answers))
        names.update(map(handover_name, people))
        wholes = {answer.id for answer in answers if isinstance(answer, Partnership)}
        homes = {getattr(answer, "partnership", None) for answer in answers}
        return {
            fact.position
            for side in self._sides
            for facts in (
                *map(side.visible.naming, names),
                *map(side.contents.facts_of, wholes),
                # Who sees to the whole sees to what belongs to it.
                *(map(side.contents.assignments, chain(*map(side.contents.upwards, homes)))),
            )
            for fact in facts
        }

    def _named_alike(self, name: str) -> set[int]:
        """Return the positions of the events that name the thing itself."""
        return {fact.position for side in self._sides for fact in side.visible.naming(name)}

    def _with_corrections(self, positions: Iterable[int]) -> set[int]:
        """Return the events, and what was recorded about them, that only one side knows."""
        all_positions = set(positions)
        events = [fact.id for fact in self._facts(all_positions)]
        for side in self._sides:
            all_positions.update(
                fact.position for event in events for fact in side.visible.about(event)
            )
        return all_positions & self._known_to_one

    def _decides(self, position: int, value: Callable[[Snapshot], object]) -> bool:
        """Return whether the value would be another, had the event not been recorded."""
        old, new = self._sides
        side = new if new.visible.knows(position) else old
        if position not in self._without:
            self._without[position] = side.without(position)
        return value(side) != value(self._without[position])

    def _facts(self, positions: Iterable[int]) -> list[Fact]:
        """Return the facts at the positions, as either side knows them, in log order."""
        return [
            fact
            for position in sorted(positions)
            for side in self._sides
            if side.visible.knows(position) and (fact := side.visible.fact(position)) is not None
        ]


def _ends(positions: Iterable[int]) -> list[int]:
    """Return the first and the last of many positions, or all of few."""
    ordered = sorted(positions)
    if len(ordered) <= MANY:
        return ordered
    return ordered[: MANY // 2] + ordered[-MANY // 2 :]


def _texts(answer: attrs.AttrsInstance) -> set[str]:
    """Return every text of the answer and of those inside it; those that are no ids name nothing.

    The partnership is left out: an event that names only that bears on no single thing in it.
    """
    texts: set[str] = set()
    for name in set(attrs.fields_dict(type(answer))) - {"partnership"}:
        value: object = getattr(answer, name)
        items = cast(tuple[object, ...], value) if isinstance(value, tuple) else (value,)
        texts.update(item for item in items if isinstance(item, str))
        texts.update(*(_texts(item) for item in items if isinstance(item, Instrument)))
    return texts
