"""A schema on the server of this run, for the tests that want PostgreSQL itself."""

from collections.abc import Iterator

import pytest

from tests.servers import Connection, Place, new_place


@pytest.fixture
def place() -> Place:
    """A schema that no other test uses; nothing is there yet."""
    return new_place()


@pytest.fixture
def sql(place: Place) -> Iterator[Connection]:
    """Somebody else's connection to the same schema."""
    with place.connect() as connection:
        yield connection
