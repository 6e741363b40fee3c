"""Tables of PostgreSQL refuse every change but to add events at the end."""

# ruff: noqa: S608 - the SQL is the test's own

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, LiteralString

import psycopg
import pytest

from coopledger import Fault, Verification
from coopledger.errors import DamagedLogError
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, draft, drafts, numbered
from tests.servers import Connection, Schema, new_schema

LEDGER = "vistip"


@pytest.fixture(scope="module")
def schema() -> Schema:
    """Return a log with three events, recorded at 10, 11 and 12, which nothing here may change."""
    schema = new_schema()
    with schema.open() as store:
        append(store, LEDGER, numbered(LEDGER, 1, 3), clock_us=10)
        store.settle_zone(LEDGER, "UTC")
    return schema


@pytest.fixture
def own_schema() -> Iterator[Schema]:
    """Return such a log for one test, which may add to it."""
    schema = new_schema()
    with schema.open() as store:
        append(store, LEDGER, numbered(LEDGER, 1, 3), clock_us=10)
        yield schema


def content(sql: Connection) -> list[tuple[Any, ...]]:
    rows = sql.execute("SELECT * FROM event ORDER BY ledger, position").fetchall()
    return rows + sql.execute("SELECT * FROM head").fetchall()


FORBIDDEN: dict[str, LiteralString] = {
    "change a payload": "UPDATE event SET payload = '' WHERE position = 2",
    "change nothing": "UPDATE event SET v = v WHERE false",
    "remove one": "DELETE FROM event WHERE position = 3",
    "remove all": "DELETE FROM event",
    "empty the table": "TRUNCATE event",
    "empty both tables": "TRUNCATE event, head",
    "change what is there already": "INSERT INTO event SELECT * FROM event "
    "ON CONFLICT (ledger, position) DO UPDATE SET payload = excluded.payload",
    "merge": "MERGE INTO event USING head ON event.position = head.position "
    "WHEN MATCHED THEN DELETE",
    "remove the head": "DELETE FROM head",
    "empty the heads": "TRUNCATE head",
    "move the head on": "UPDATE head SET position = 4",
    "move the head back": "UPDATE head SET position = 2, recorded_us = 11, "
    "chain = (SELECT chain FROM event WHERE position = 2)",
    "change the head's chain": "UPDATE head SET chain = sha256('x')",
    "rename the head": "UPDATE head SET ledger = 'other'",
    "change the zone": "UPDATE head SET zone = 'Asia/Ho_Chi_Minh'",
    "take the zone away": "UPDATE head SET zone = NULL",
    "change the head with the zone": "UPDATE head SET zone = 'UTC', recorded_us = 99",
    "begin a ledger in the middle": "INSERT INTO head VALUES ('new', 1, sha256('x'), 5)",
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_tables_refuse_to(sql: Connection, statement: LiteralString) -> None:
    before = content(sql)

    with pytest.raises(psycopg.errors.RaiseException, match=r"^coopledger: "):
        sql.execute(statement)

    assert content(sql) == before


TAKEN: dict[str, LiteralString] = {
    "a position": "'vistip', 3, 'e9', 't', 1, 99, NULL, 'x', sha256('x'), sha256('x')",
    "an id": "'vistip', 9, 'e1', 't', 1, 99, NULL, 'x', sha256('x'), sha256('x')",
    "position 0": "'vistip', 0, 'e9', 't', 1, 99, NULL, 'x', sha256('x'), sha256('x')",
    "version 0": "'vistip', 4, 'e9', 't', 0, 99, NULL, 'x', sha256('x'), sha256('x')",
    "a short digest": "'vistip', 4, 'e9', 't', 1, 99, NULL, 'x', 'x', sha256('x')",
    "no payload": "'vistip', 4, 'e9', 't', 1, 99, NULL, NULL, sha256('x'), sha256('x')",
}


@pytest.mark.parametrize("values", TAKEN.values(), ids=TAKEN)
def test_the_tables_hold_no_second_or_broken(sql: Connection, values: LiteralString) -> None:
    before = content(sql)

    with pytest.raises(psycopg.IntegrityError):
        sql.execute(f"INSERT INTO event VALUES ({values})")

    assert content(sql) == before


def test_what_is_added_by_hand_stops_the_next_append_and_verify_names_it(
    own_schema: Schema,
) -> None:
    with own_schema.connect() as sql, own_schema.open() as store:
        sql.execute(
            "INSERT INTO event VALUES "
            "('vistip', 4, 'e4', 't', 1, 99, NULL, 'x', sha256('x'), sha256('x'))"
        )

        with pytest.raises(DamagedLogError) as caught:
            append(store, LEDGER, drafts(LEDGER, "e5"))

        assert caught.value.position == 4
        assert verify_log(store, LEDGER) == Verification(
            3, Fault(4, "position 4 lies beyond the head, which is at position 3")
        )


def test_what_the_owner_changes_behind_the_triggers_is_found(own_schema: Schema) -> None:
    with own_schema.connect() as sql, own_schema.open() as store:
        sql.execute("ALTER TABLE event DISABLE TRIGGER ALL")
        sql.execute("UPDATE event SET payload = '[]' WHERE position = 2")

        assert verify_log(store, LEDGER) == Verification(
            1, Fault(2, "the content does not match its digest")
        )


def test_people_may_read_the_log_with_sql(own_schema: Schema) -> None:
    payload = '{"text":"Hà Nội"}'
    with own_schema.open() as store, own_schema.connect() as sql:
        append(store, "old", [draft("old", "e1", payload=payload.encode())], clock_us=-1)
        append(store, "old", drafts("old", "e2"), clock_us=1_660_642_200_000_001)

        rows = sql.execute(
            "SELECT position, event_id, recorded_at, payload "
            "FROM readable_event WHERE ledger = 'old' ORDER BY position"
        ).fetchall()

    assert rows == [
        (1, "e1", datetime(1969, 12, 31, 23, 59, 59, 999_999, UTC), payload),
        (2, "e2", datetime(2022, 8, 16, 9, 30, 0, 1, UTC), "{}"),
    ]
