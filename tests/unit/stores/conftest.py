"""A schema on the server of this run, for the tests that want PostgreSQL itself."""

from collections.abc import Iterator

import pytest

from tests.servers import Connection, Schema, new_schema


@pytest.fixture
def schema() -> Schema:
    """A schema that no other test uses; nothing is there yet."""
    return new_schema()


@pytest.fixture
def sql(schema: Schema) -> Iterator[Connection]:
    """Somebody else's connection to the same schema."""
    with schema.connect() as connection:
        yield connection
