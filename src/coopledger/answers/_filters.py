"""Lists of answers: the things of a noun, in which order they come, and what filters leave of them.

Answers that were kept from before are asked for here, and nowhere else.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any, Generic, TypeAlias, TypeVar

from coopledger._frozen import frozen
from coopledger._gc import collector_paused
from coopledger._snapshot import Snapshot
from coopledger.answers._answers import Answers
from coopledger.terms import Noun

Item = TypeVar("Item")
Order: TypeAlias = tuple[Any, ...]  # of one kind for all the things of a noun


@frozen(kw_only=True)
class Things(Generic[Item]):
    """Things of one noun: how each is answered, and how they are listed.

    Attributes:
        noun: The noun.
        kind: The class of the answers.
        answer: Gives the answer about the thing with the id.
        order: Gives by what a list is sorted; None for a thing that is not listed. Those of equal
            order come in the order of first recording.
        is_open: Returns whether a thing is open; where nothing is ever closed, all things are.
        parties: Gives the parties of a thing on the day.
    """

    noun: Noun
    kind: type[Item]
    answer: Callable[[Snapshot, str], Item]
    order: Callable[[Snapshot, Item], Order | None] = lambda _, __: ()
    is_open: Callable[[Item], bool] = lambda _: True
    parties: Callable[[Snapshot, Item], Collection[str]] = lambda _, item: _parties(item)


def _parties(item: Any) -> tuple[str, ...]:  # noqa: ANN401 - of the noun
    """Return the parties that an answer tells."""
    parties: tuple[str, ...] = item.parties
    return parties


def one(snapshot: Snapshot, things: Things[Item], name: str) -> Item:
    """Return the answer about the thing with the id: the one that is kept, or a new one."""
    kept = snapshot.kept.one(snapshot, things.noun, name) if snapshot.kept is not None else None
    return kept if kept is not None else things.answer(snapshot, name)


def listed(
    snapshot: Snapshot,
    things: Things[Item],
    *,
    within: str | None = None,
    only_open: bool = False,
) -> Answers[Item]:
    """Return the answers about all things, or about those of one partnership, in their order."""
    if snapshot.kept is not None:
        kept = snapshot.kept.listed(snapshot, things.noun, within=within, only_open=only_open)
        if kept is not None:
            return Answers(kept, kind=things.kind)
    with collector_paused():
        known = names(snapshot, things.noun, within)
        every = [things.answer(snapshot, name) for name in snapshot.visible.ahead(known)]
        ordered = [
            (order, item)
            for item in every
            if (order := things.order(snapshot, item)) is not None
            and (not only_open or things.is_open(item))
        ]
    in_order = sorted(ordered, key=lambda pair: pair[0])
    return Answers((item for _, item in in_order), kind=things.kind)


def some(snapshot: Snapshot, things: Things[Item], names: Iterable[str]) -> Answers[Item]:
    """Return the answers about those of the names that are listed, in the order of the list."""
    rows: list[tuple[Order, int, Item]] = []
    for name in names:
        openings = snapshot.visible.openings(things.noun, name)
        if openings and not snapshot.visible.merged.is_duplicate(name):
            item = one(snapshot, things, name)
            order = things.order(snapshot, item)
            rows += [(order, openings[0].position, item)] if order is not None else []
    rows.sort(key=lambda row: row[:2])
    return Answers((item for _, _, item in rows), kind=things.kind)


def names(snapshot: Snapshot, noun: Noun, partnership: str | None) -> list[str]:
    """Return the ids of the noun known then, of one partnership if one is given."""
    if partnership is not None:
        return snapshot.contents.members(noun, partnership)
    return snapshot.visible.names(noun)


def is_(value: object, wanted: object) -> bool:
    """Return whether the value is the one wanted; a filter of None keeps everything."""
    return wanted is None or value == wanted


def holds(values: Collection[object], wanted: object) -> bool:
    """Return whether the one wanted is among the values; a filter of None keeps everything."""
    return wanted is None or wanted in values


# A filter that was given, and how an answer passes it.
Filter: TypeAlias = tuple[object, Callable[[Item], bool]]


def passing(items: Answers[Item], *filters: Filter[Item]) -> Answers[Item]:
    """Return the answers that pass each filter that is neither None nor False."""
    tests = [test for wanted, test in filters if wanted is not None and wanted is not False]
    if not tests:
        return items
    passed = (item for item in items if all(test(item) for test in tests))
    return Answers(passed, kind=items.kind)
