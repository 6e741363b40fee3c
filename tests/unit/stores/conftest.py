"""Schema on the server of this run, and a wire to it, for the tests of PostgreSQL itself."""

from collections.abc import Iterator

import pytest

from coopledger.stores import Store
from tests.servers import Connection, Schema, new_schema
from tests.unit.stores.wire import Lost, Wire


@pytest.fixture
def schema() -> Schema:
    """Return a schema that no other test uses; nothing is there yet."""
    return new_schema()


@pytest.fixture
def sql(schema: Schema) -> Iterator[Connection]:
    """Yield a foreign connection to the same schema."""
    with schema.connect() as connection:
        yield connection


@pytest.fixture(params=["question", "answer"])
def lost(request: pytest.FixtureRequest) -> Lost:
    """Return the message that is lost when the wire is cut: the question or the answer."""
    lost: Lost = request.param
    return lost


@pytest.fixture
def wire(schema: Schema) -> Iterator[Wire]:
    with Wire(schema.address) as wire:
        yield wire


@pytest.fixture
def store(schema: Schema, wire: Wire) -> Iterator[Store]:
    """Yield a store at the other end of the wire, with an idle connection."""
    with Schema(wire.address, schema.name).open() as store:
        store.ledgers()
        yield store
