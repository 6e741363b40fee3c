"""Bundles folded for a board, where things are at home now, and what later events bear on."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from coopledger._facts.visible import Visible
from coopledger._gc import collector_paused
from coopledger._kept.bundle import Bundle, KeptAnswer, fold, home
from coopledger._snapshot import Snapshot
from coopledger.answers._filters import Things
from coopledger.events import Event, PartyRegistered, PartyRenamed


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
    with collector_paused():
        bundles = {at: fold(now, things, at, day=day) for at in now.ahead(homes)}
        held = names_at(bundles, bundles)
        for name in names:
            at = home(now, things.noun, name) if name not in held else None
            if at is not None and at not in bundles:
                bundles[at] = fold(now, things, at, day=day)
                held.update(row.name for row in bundles[at].rows)
    return bundles


def listings(visible: Visible, noun: str, *, after: int) -> tuple[set[str], set[str]]:
    """Return the names under which later events are listed, and the ids that these may bring in."""
    names, opened = set[str](), set[str]()
    for position in range(after + 1, visible.up_to + 1):
        listing = visible.listing(position)
        names.update(set(listing.names) - _merely_named(visible.recorded_event(position)))
        opened.update(name for each, name in listing.opened if each == noun)
    return names, opened


def _merely_named(event: Event) -> set[str]:
    """Return the ids that the event names without bearing on any answer that rests on them.

    A party below a state changes nothing of what the state has signed or owes: no kept answer asks
    which parties are below one. And no kept answer shows a name, which parties change.
    """
    if isinstance(event, PartyRegistered) and event.parent != event.party:
        return {event.parent or ""}
    return {event.party} if isinstance(event, PartyRenamed) else set()


def rows_then(
    snapshot: Snapshot, things: Things[Any], names: Iterable[str], *, only_open: bool
) -> Iterator[KeptAnswer]:
    """Yield the listed rows of the things as an earlier snapshot gives them."""
    for name in names:
        openings = snapshot.visible.openings(things.noun, name)
        if not openings:
            continue
        answer = things.answer(snapshot, name)
        order, is_open = things.order(snapshot, answer), things.is_open(answer)
        if order is not None and (is_open or not only_open):
            yield KeptAnswer(name, openings[0].position, order, is_open, answer)
