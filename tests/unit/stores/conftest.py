"""Schema on the server of this run, for the tests of PostgreSQL itself."""

from collections.abc import Iterator

import pytest

from tests.servers import Connection, Schema, new_schema


@pytest.fixture
def schema() -> Schema:
    """Return a schema that no other test uses; nothing is there yet."""
    return new_schema()


@pytest.fixture
def sql(schema: Schema) -> Iterator[Connection]:
    """Yield a foreign connection to the same schema."""
    with schema.connect() as connection:
        yield connection
