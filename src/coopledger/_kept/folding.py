"""Bundles folded for a board, where things are at home now, and what later events bear on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from coopledger._facts.index import SAME
from coopledger._facts.visible import Visible
from coopledger._gc import collector_paused, collector_paused_for
from coopledger._kept.bundle import Bundle, KeptAnswer, fold, fold_each, home
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import Things
from coopledger.events import Event, PartyRegistered
from coopledger.terms import Noun

_PAGE = 50  # bundles that are folded at once, when all of them are


def names_at(homes: Iterable[str], bundles: Mapping[str, Bundle]) -> set[str]:
    """Return the ids of the things that are kept at the homes."""
    return {row.name for at in homes if at in bundles for row in bundles[at].rows}


def folded(
    visible: Visible,
    things: Things[Any],
    homes: Iterable[str],
    names: Iterable[str],
    *,
    day: int,
) -> dict[str, Bundle]:
    """Return the bundles at the homes, and at those where the things are now."""
    now = visible.fresh(Visible)
    waiting = list(homes)
    with collector_paused_for(len(waiting)):
        bundles = {at: fold(now, things, at, day=day) for at in now.ahead(waiting)}
        held = names_at(bundles, bundles)
        for name in names:
            at = home(now, things.noun, name) if name not in held else None
            if at is not None and at not in bundles:
                bundles[at] = fold(now, things, at, day=day)
                held.update(row.name for row in bundles[at].rows)
    return bundles


def folded_together(
    visible: Visible, nouns: Sequence[Things[Any]], homes: Iterable[str], *, day: int
) -> list[dict[str, Bundle]]:
    """Return the bundles of each of the nouns at the homes, which are folded once for all."""
    bundles = [dict[str, Bundle]() for _ in nouns]
    with collector_paused():
        for at in visible.ahead(homes):
            for its, bundle in zip(bundles, fold_each(visible, nouns, at, day=day), strict=True):
                its[at] = bundle
    return bundles


def pages(
    visible: Visible,
    nouns: Sequence[Things[Any]],
    kept: Mapping[str, Bundle] | None = None,
    *,
    day: int,
) -> Iterator[list[dict[str, Bundle]]]:
    """Yield all bundles that are not kept yet, those of each of the nouns, some at a time.

    Partnerships come first, each for all the nouns, then what is in none of them.
    """
    now, kept = visible.fresh(Visible), kept or {}
    taken = _Taken(visible)
    taken.take(kept)
    known = visible.fresh(Visible).names(Noun.PARTNERSHIP)
    partnerships = iter([at for at in known if at not in kept])
    while homes := list(islice(partnerships, _PAGE)):
        page = folded_together(now, nouns, homes, day=day)
        for bundles in page:
            taken.take(bundles)
        now.let_go()
        yield page
    for things in nouns:
        others = iter(taken.others(things.noun))
        while rest := list(islice(others, _PAGE)):
            names = taken.left(now, things.noun, rest)
            bundles = folded(now, things, (), names, day=day)
            taken.take(bundles)
            now.let_go()
            yield [bundles if each is things else {} for each in nouns]


class _Taken:
    """Things that have been folded, by the positions at which they were first recorded.

    One byte for each event: the ids of all things in a long log would take far more.
    """

    def __init__(self, visible: Visible) -> None:
        """Begin with nothing folded."""
        self._visible = visible
        self._positions = bytearray(visible.up_to + 1)

    def take(self, bundles: Mapping[str, Bundle]) -> None:
        """Note the things in the bundles."""
        for bundle in bundles.values():
            for row in bundle.rows:
                self._positions[row.recorded_at] = True

    def others(self, noun: Noun) -> list[str]:
        """Return the ids of the things that are left, and of some that are not."""
        opened, positions = self._visible.opened(noun), self._positions
        return list(dict.fromkeys(name for position, name in opened if not positions[position]))

    def left(self, visible: Visible, noun: Noun, names: Sequence[str]) -> list[str]:
        """Return those of the things that are known, and have not been folded."""
        visible.prefetch(names)
        known = [(name, visible.openings(noun, name)) for name in names]
        return [name for name, each in known if each and not self._positions[each[0].position]]


def listings(visible: Visible, noun: str, *, after: int) -> tuple[set[str], set[str]]:
    """Return the names under which later events are listed, and the ids that these may bring in.

    What is about two ids that are one brings in a duplicate, once they are two again: none of the
    answers that were kept is about it.
    """
    names, opened = set[str](), set[str]()
    for position in range(after + 1, visible.up_to + 1):
        listing = visible.listing(position)
        if SAME in listing.names:
            opened.update(listing.names)
        names.update(set(listing.names) - _merely_named(visible.recorded_event(position)))
        opened.update(name for each, name in listing.opened if each == noun)
    return names, opened


def _merely_named(event: Event) -> set[str]:
    """Return the ids that the event names without bearing on any answer that rests on them.

    A party below a state changes nothing of what the state has signed or owes: no kept answer asks
    which parties are below one.
    """
    if isinstance(event, PartyRegistered) and event.parent != event.party:
        return {event.parent or ""}
    return set()


def rows_then(
    snapshot: Snapshot, things: Things[Any], names: Iterable[str], *, only_open: bool
) -> Iterator[KeptAnswer]:
    """Yield the listed rows of the things as an earlier snapshot gives them."""
    for name in names:
        openings = snapshot.visible.openings(things.noun, name)
        if not openings or snapshot.visible.merged.is_duplicate(name):
            continue
        answer = things.answer(snapshot, name)
        order, is_open = things.order(snapshot, answer), things.is_open(answer)
        if order is not None and (is_open or not only_open):
            yield KeptAnswer(name, openings[0].position, order, is_open, answer)
