"""Tables of older formats are lifted by their owner; other roles get an error, and can read."""

from collections.abc import Iterator
from typing import LiteralString

import attrs
import psycopg
import pytest
from psycopg import sql as names
from psycopg.conninfo import make_conninfo

from coopledger import Ledger, Verification
from coopledger.errors import StoreError, SubscriptionTakenError
from coopledger.stores import genesis, link
from coopledger.stores.postgres.schema import FORMAT, MIGRATIONS
from coopledger.stores.postgres.statements import filled
from coopledger.stores.protocol import Listed
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, draft, drafts
from tests.servers import Connection, Schema
from tests.unit.stores.processes import log_argument, start

LEDGER = "vistip"


def make(schema: Schema, sql: Connection, *, version: int) -> Schema:
    """Return tables of an older format, with one event in them."""
    sql.execute(filled("CREATE SCHEMA {schema}", schema.name), ())
    for number, statements in enumerate(MIGRATIONS[:version], 1):
        for statement in statements:
            sql.execute(filled(statement, schema.name), ())
        sql.execute("INSERT INTO format (version) VALUES (%s)", (number,))
    first = draft(LEDGER, "e1")
    chain = link(genesis(LEDGER), position=1, recorded_us=7, digest=first.digest)
    sql.execute("INSERT INTO head VALUES (%s, 0, %s)", (LEDGER, genesis(LEDGER)))
    fields = attrs.asdict(first)
    sql.execute(
        "INSERT INTO event VALUES (%(ledger)s, 1, %(event_id)s, %(type)s, %(v)s, 7, "
        "%(effective)s, %(payload)s, %(digest)s, %(chain)s)",
        {**fields, "ledger": LEDGER, "chain": chain},
    )
    sql.execute("UPDATE head SET position = 1, chain = %s, recorded_us = 7", (chain,))
    return schema


@pytest.fixture(name="older")
def _older(schema: Schema, sql: Connection) -> Schema:
    """Return tables of format 1."""
    return make(schema, sql, version=1)


@pytest.fixture(name="role")
def _role(sql: Connection, older: Schema) -> Iterator[names.Identifier]:
    """Make a user without rights."""
    role = names.Identifier(f"role of {older.name}")
    sql.execute(names.SQL("CREATE ROLE {}").format(role))
    yield role
    for statement in ("DROP OWNED BY {}", "DROP ROLE {}"):
        sql.execute(names.SQL(statement).format(role))


def grant(sql: Connection, schema: Schema, role: names.Composable, *rights: LiteralString) -> None:
    for right in rights:
        identifier = names.Identifier(schema.name)
        sql.execute(names.SQL(f"GRANT {right} TO {{role}}").format(schema=identifier, role=role))


READ: tuple[LiteralString, ...] = (
    "USAGE ON SCHEMA {schema}",
    "SELECT ON ALL TABLES IN SCHEMA {schema}",
)
RECORD: tuple[LiteralString, ...] = (
    *READ,
    "INSERT ON {schema}.event, {schema}.head",
    "UPDATE (position, chain, recorded_us) ON {schema}.head",
)
FOLLOW: tuple[LiteralString, ...] = (
    "INSERT, UPDATE ON {schema}.subscription",
    "INSERT, UPDATE, DELETE ON {schema}.parked",
)


def as_role(schema: Schema) -> Schema:
    options = f"-c role=role\\ of\\ {schema.name}"
    return Schema(make_conninfo(schema.address, options=options), schema.name)


def versions(sql: Connection) -> list[int]:
    return [version for (version,) in sql.execute("SELECT version FROM format ORDER BY 1")]


def test_tables_of_format_1_are_lifted_and_go_on(older: Schema, sql: Connection) -> None:
    with older.open() as store:
        append(store, LEDGER, drafts(LEDGER, "e2"))

        assert verify_log(store, LEDGER) == Verification(2, None)
        assert store.take_cursor(LEDGER, "mailer").epoch == 1
    assert versions(sql) == list(range(1, FORMAT + 1))


def test_programs_that_open_tables_of_format_1_at_once_all_have_them(
    older: Schema, sql: Connection
) -> None:
    starters = [start("race", log_argument(older), f"writer-{number}", "2") for number in range(4)]

    assert [starter.wait() for starter in starters] == [0] * 4
    with older.open() as store:
        assert verify_log(store, LEDGER) == Verification(9, None)
    assert versions(sql) == list(range(1, FORMAT + 1))


def test_whoever_may_read_tables_of_format_1_reads_them_and_is_told_what_is_missing(
    older: Schema, sql: Connection, role: names.Identifier
) -> None:
    grant(sql, older, role, *RECORD)
    with as_role(older).open() as store:
        assert verify_log(store, LEDGER) == Verification(1, None)
        assert store.cursors(LEDGER) == ()
        for call in (
            lambda: append(store, LEDGER, drafts(LEDGER, "e2")),
            lambda: store.take_cursor(LEDGER, "mailer"),
        ):
            with pytest.raises(StoreError, match="is of format 1: open it once as the owner"):
                call()
    assert versions(sql) == [1]


@pytest.mark.usefixtures("role")
def test_whoever_may_not_even_read_tables_of_format_1_is_told_so(older: Schema) -> None:
    with pytest.raises(StoreError, match="this role lacks a right"):
        as_role(older).open()


def test_who_might_record_before_still_may_and_follows_when_that_is_granted(
    older: Schema, sql: Connection, role: names.Identifier
) -> None:
    grant(sql, older, role, *RECORD)
    older.open().close()

    with as_role(older).open() as store:
        append(store, LEDGER, drafts(LEDGER, "e2"))
        assert store.cursors(LEDGER) == ()
        with pytest.raises(StoreError, match="this role lacks a right"):
            store.take_cursor(LEDGER, "mailer")
        grant(sql, older, role, *FOLLOW)
        assert store.take_cursor(LEDGER, "mailer").epoch == 1


def test_a_database_that_is_read_only_is_read_in_format_1(older: Schema, sql: Connection) -> None:
    options = "-c default_transaction_read_only=on"
    with Schema(make_conninfo(older.address, options=options), older.name).open() as store:
        assert verify_log(store, LEDGER) == Verification(1, None)
        assert store.cursors(LEDGER) == ()
    assert versions(sql) == [1]


def append_of_format_2(sql: Connection, event_id: str) -> None:
    """Append as a program of format 2 does."""
    content = draft(LEDGER, event_id)
    sql.execute(
        "SELECT * FROM append(%s, (SELECT position FROM head), 9, %s, %s, %s, %s::bigint[], "
        "%s::text[], %s, %s)",
        (
            *(LEDGER, genesis(LEDGER), [event_id], [content.type], [content.v], [None]),
            *([content.payload], [content.digest]),
        ),
    )


def test_programs_of_format_2_go_on_beside_those_of_this_one(
    schema: Schema, sql: Connection
) -> None:
    make(schema, sql, version=2)
    append_of_format_2(sql, "e2")
    with schema.open() as store:
        append(store, LEDGER, drafts(LEDGER, "e3"))
        append_of_format_2(sql, "e4")
        append(store, LEDGER, drafts(LEDGER, "e5"))

        assert verify_log(store, LEDGER) == Verification(5, None)
        assert store.listed(LEDGER).position == 0


def test_a_program_of_format_2_leaves_the_index_behind(schema: Schema, sql: Connection) -> None:
    with schema.open() as store:
        append(store, LEDGER, drafts(LEDGER, "e1"))
        append_of_format_2(sql, "e2")
        append(store, LEDGER, drafts(LEDGER, "e3"))

        assert store.listed(LEDGER).position == 1
        assert verify_log(store, LEDGER) == Verification(3, None)


def test_older_tables_have_no_index_for_who_may_not_lift_them(
    older: Schema, sql: Connection, role: names.Identifier
) -> None:
    grant(sql, older, role, *READ)
    with as_role(older).open() as store:
        empty = Listed(position=0, chain=genesis(LEDGER), rules={})
        assert store.listed(LEDGER) == empty
        assert store.named(LEDGER, ["a"]) == {"a": ()}
        assert store.opened(LEDGER, "party") == []
        assert store.zone(LEDGER) is None
        assert store.position_at(LEDGER, 7) == 1
        assert list(store.rows(LEDGER, [1, 2])) == [1]
        assert not store.list_rows(LEDGER, [], rules={}, since=empty)
        assert store.settle_zone(LEDGER, "UTC") == "UTC"
        with psycopg.connect(older.address) as host:
            joined = store.joined(host)
            with pytest.raises(StoreError, match="is of format 1"), joined.writing(LEDGER):
                pass


def test_tables_without_places_where_they_have_to_be_are_not_taken_for_older_ones(
    older: Schema, sql: Connection
) -> None:
    with older.open() as store:
        sql.execute("DROP TABLE subscription")

        with pytest.raises(StoreError, match="a table of the log is gone"):
            store.cursors(LEDGER)


def test_a_database_that_is_read_only_gets_no_tables(schema: Schema) -> None:
    options = "-c default_transaction_read_only=on"
    with pytest.raises(StoreError, match="connect to the primary"):
        Schema(make_conninfo(schema.address, options=options), schema.name).open()


def test_a_subscription_whose_place_somebody_removed_is_lost(
    schema: Schema, sql: Connection
) -> None:
    with Ledger(schema.open(), name=LEDGER) as ledger:
        subscription = ledger.subscribe("mailer")
        sql.execute("DELETE FROM subscription")

        for call in (lambda: subscription.status, subscription.replay):
            with pytest.raises(SubscriptionTakenError):
                call()
