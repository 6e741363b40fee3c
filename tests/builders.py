"""Builders that tests share: an office with its first parties, events and rows."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import TypeVar, cast

from coopledger import Ledger
from coopledger._log.codec import to_draft
from coopledger.events import Event
from coopledger.events.envelope import stamped
from coopledger.packs import Pack
from coopledger.stores import MemoryStore, Row, Store
from coopledger.testing import NOON, WORLD, Clock, numbered

__all__ = [
    "NAME",
    "NOON",
    "WORLD",
    "Clock",
    "build_event",
    "numbered",
    "office",
    "older_office",
    "restore_unchecked",
    "rows",
    "store_unchecked",
]

SomeEvent = TypeVar("SomeEvent", bound=Event)

NAME = "office"


def office(
    *acts: Event,
    clock: Clock | None = None,
    store: Store | None = None,
    name: str = NAME,
    packs: Iterable[Pack] = (),
) -> Ledger:
    """Return a ledger with the world and the events, in memory unless a store is given."""
    store = store or MemoryStore()
    ledger = Ledger(store, name=name, clock=clock or Clock(), ids=numbered(), packs=packs)
    ledger.record(*WORLD)
    if acts:
        ledger.record(*acts)
    return ledger


def older_office(*acts: Event, clock: Clock | None = None) -> Ledger:
    """Return a ledger with the world, and events that a version recorded which refused less."""
    store = MemoryStore()
    ledger = office(store=store, clock=clock)
    store_unchecked(store, *acts)
    return ledger


def store_unchecked(
    store: Store, *events: Event, name: str = NAME, clock_us: int | None = None
) -> None:
    """Store events that no rule is applied to, as an older version that refused less."""
    head, new_id = store.head(name), numbered("older-")
    store.append(
        name,
        [to_draft(name, event if event.id else stamped(event, id=new_id())) for event in events],
        seen=head.position,
        clock_us=clock_us or (head.recorded_us or 0) + 1,
        revise=lambda _: None,  # Nobody else records.
    )


def restore_unchecked(ledger: Ledger, *events: Event, clock_us: int | None = None) -> None:
    """Restore events that no rule is applied to, as the export of an older version holds them."""
    store, file = MemoryStore(), BytesIO()
    store_unchecked(store, *events, name=ledger.name, clock_us=clock_us)
    Ledger(store, name=ledger.name, timezone=ledger.timezone).export_jsonl(file)
    file.seek(0)
    ledger.restore_jsonl(file)


def build_event(cls: type[SomeEvent], fields: Mapping[str, object]) -> SomeEvent:
    """Return an event from fields that no type checker has seen."""
    make = cast(Callable[..., SomeEvent], cls)
    return make(**fields)


def rows(store: Store, name: str = NAME) -> list[Row]:
    """Return every row of the ledger as it is in the store."""
    return list(store.read(name))
