"""Small worlds for the tests: an office with its first parties, and what tests share of ours."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, cast

from coopledger import Ledger
from coopledger.events import Event
from coopledger.packs import Pack
from coopledger.stores import MemoryStore, Row, Store
from coopledger.testing import NOON, WORLD, Clock, numbered

__all__ = ["NAME", "NOON", "WORLD", "Clock", "build_event", "numbered", "office", "rows"]

SomeEvent = TypeVar("SomeEvent", bound=Event)

NAME = "office"


def office(
    *given: Event,
    clock: Clock | None = None,
    store: Store | None = None,
    name: str = NAME,
    packs: Iterable[Pack] = (),
) -> Ledger:
    """A ledger that holds the world and the events given, in memory unless said otherwise."""
    store = store or MemoryStore()
    ledger = Ledger(store, name=name, clock=clock or Clock(), ids=numbered(), packs=packs)
    ledger.record(*WORLD)
    if given:
        ledger.record(*given)
    return ledger


def build_event(cls: type[SomeEvent], given: Mapping[str, object]) -> SomeEvent:
    """An event from fields that no type checker has seen."""
    make = cast(Callable[..., SomeEvent], cls)
    return make(**given)


def rows(store: Store, name: str = NAME) -> list[Row]:
    """Every row of the ledger as it lies in the store."""
    return list(store.read(name))
