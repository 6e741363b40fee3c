"""Bundle of kept answers: the things of one noun in one partnership, and on what they rest.

A bundle was folded at some position for some day. It holds at every later position until an event
is listed under a name that was asked for while it was folded, since the same questions to the same
facts give the same answers. It holds on the days of its spell, on which no comparison with the day
would have turned out otherwise; days that merely go by are moved on.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias, get_args

import attrs

from coopledger._contents import home_of
from coopledger._dates.asked_day import AskedDay, DaysLeft, Spell
from coopledger._facts.visible import Visible
from coopledger._kept.tracing import TracingVisible
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import Order, Things
from coopledger.terms import Noun

# The home of a thing without a partnership: ids never begin with a blank.
_ALONE = " alone "

Count: TypeAlias = AskedDay | DaysLeft
_COUNTS = (AskedDay, DaysLeft)  # To build the union for every value takes longer than the test.


@attrs.define
class KeptAnswer:
    """Answer about one thing on a day, and how it is listed.

    Attributes:
        name: The id of the thing.
        recorded_at: The position at which it was first recorded.
        order: By what a list is sorted; None for a thing that is not listed.
        is_open: Whether it is open.
        answer: The answer on the day.
        counts: The fields that count days, each with what gives it for a day.
    """

    name: str
    recorded_at: int
    order: Order | None
    is_open: bool
    answer: Any
    counts: tuple[tuple[str, Count], ...] = ()

    @property
    def key(self) -> tuple[Order, int]:
        """Return by what the answers of a list are sorted, those of equal order too."""
        return self.order or (), self.recorded_at

    def move_to(self, day: int) -> None:
        """Let the days go by, or back, to a day on which the answer is otherwise the same."""
        if self.counts:
            days = {field: count.on(day) for field, count in self.counts}
            self.answer = attrs.evolve(self.answer, **days)


@attrs.frozen
class Bundle:
    """Kept answers about the things of one noun in one partnership, or about one thing alone.

    Attributes:
        home: The partnership, or the thing by itself.
        position: The position at which they were folded.
        spell: The days on which they hold.
        rests_on: The names asked for while they were folded.
        rows: The answers, in the order in which the partnership lists its contents.
    """

    home: str
    position: int
    spell: Spell
    rests_on: frozenset[str]
    rows: tuple[KeptAnswer, ...]


def home(visible: Visible, noun: Noun, name: str) -> str | None:
    """Return where the answer about the thing is kept; None if the thing is not known."""
    if not visible.openings(noun, name):
        return None
    return home_of(visible, noun, name) or f"{_ALONE}{name}"


def fold(visible: Visible, things: Things[Any], home: str, *, day: int) -> Bundle:
    """Return the bundle as the facts give it on the day."""
    return fold_each(visible, [things], home, day=day)[0]


def fold_each(
    visible: Visible, nouns: Iterable[Things[Any]], home: str, *, day: int
) -> list[Bundle]:
    """Return the bundles of several nouns at one home, which is folded once for all of them.

    What is found out for one noun serves the next: that one rests on the same names and days too.
    """
    tracing, spell = visible.fresh(TracingVisible), Spell(day)
    snapshot = Snapshot(tracing, day=AskedDay(spell))
    bundles: list[Bundle] = []
    for things in nouns:
        names = members(snapshot, things.noun, home)
        rows = tuple([row_of(snapshot, things, name, day=day) for name in names])
        then = Spell(day, since=spell.since, until=spell.until)
        bundles.append(Bundle(home, visible.up_to, then, frozenset(tracing.asked), rows))
    snapshot.let_go()
    return bundles


def members(snapshot: Snapshot, noun: Noun, home: str) -> list[str]:
    """Return the ids of the things of the noun at home there, in the order of recording."""
    if snapshot.visible.merged.is_duplicate(home.removeprefix(_ALONE)):
        return []
    if home.startswith(_ALONE):
        name = home.removeprefix(_ALONE)
        is_alone = home_of(snapshot.visible, noun, name) is None
        return [name] if is_alone and snapshot.visible.openings(noun, name) else []
    if noun is Noun.PARTNERSHIP:
        return [home] if snapshot.visible.openings(noun, home) else []
    return snapshot.contents.members(noun, home)


def row_of(snapshot: Snapshot, things: Things[Any], name: str, *, day: int) -> KeptAnswer:
    """Return the answer about the thing, with the days that it counts told for the day."""
    answer = things.answer(snapshot, name)
    row = KeptAnswer(
        name=name,
        recorded_at=snapshot.visible.openings(things.noun, name)[0].position,
        order=things.order(snapshot, answer),
        is_open=things.is_open(answer),
        answer=answer,
        counts=tuple(_counts(answer)),
    )
    row.move_to(day)
    return row


def _counts(answer: attrs.AttrsInstance) -> Iterator[tuple[str, Count]]:
    """Yield the fields of the answer that hold days which go by."""
    for name in _numbers(type(answer)):
        value: object = getattr(answer, name)
        if isinstance(value, _COUNTS):
            yield name, value


@cache
def _numbers(cls: type[attrs.AttrsInstance]) -> tuple[str, ...]:
    """Return the fields of the class that hold whole numbers, which days are in an answer."""
    return tuple(
        field.name for field in attrs.fields(cls) if int in (field.type, *get_args(field.type))
    )
