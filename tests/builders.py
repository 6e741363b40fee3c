"""Small worlds for the tests: a clock that a test sets, and an office with its first parties."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from itertools import count
from typing import TypeVar, cast

from coopledger import Ledger
from coopledger.events import Event, PartnershipOpened, PartyRegistered
from coopledger.packs import Pack
from coopledger.stores import MemoryStore, Row, Store

Made = TypeVar("Made", bound=Event)

NOON = "2030-01-01T12:00:00+00:00"
NAME = "office"

# Two states with a ministry each, a third state, an organisation, and two partnerships. Every
# other event in a test may name them.
WORLD: tuple[Event, ...] = (
    PartyRegistered(id="w1", party="vn", name="Viet Nam", kind="state", country="VN"),
    PartyRegistered(id="w2", party="fr", name="France", kind="state", country="FR"),
    PartyRegistered(id="w3", party="cu", name="Cuba", kind="state", country="CU"),
    PartyRegistered(id="w4", party="most", name="MOST", kind="ministry", parent="vn"),
    PartyRegistered(id="w5", party="mesr", name="MESR", kind="ministry", parent="fr"),
    PartyRegistered(id="w6", party="unesco", name="UNESCO", kind="international_organisation"),
    PartnershipOpened(id="w7", partnership="vnfr", parties=["vn", "fr"]),
    PartnershipOpened(id="w8", partnership="vncu", parties=["vn", "cu"]),
)


class Clock:
    """Gives the instant that it was set to, again and again."""

    def __init__(self, now: str = NOON) -> None:
        self.now = datetime.fromisoformat(now)

    def __call__(self) -> datetime:
        return self.now

    def set(self, now: str) -> None:
        """Turns it to an instant with its offset, or to noon UTC of a day."""
        self.now = datetime.fromisoformat(now if "T" in now else f"{now}T12:00:00+00:00")


def numbered(prefix: str = "e") -> Callable[[], str]:
    """Gives the ids e1, e2, e3, ..."""
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"


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


def made(cls: type[Made], given: Mapping[str, object]) -> Made:
    """An event from fields that no type checker has seen."""
    make = cast(Callable[..., Made], cls)
    return make(**given)


def rows(store: Store, name: str = NAME) -> list[Row]:
    """Every row of the ledger as it lies in the store."""
    return list(store.read(name))
