"""Addresses of a PostgreSQL log, and the database that is found there."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import LiteralString

import psycopg
import pytest
from psycopg import sql as names
from psycopg.conninfo import make_conninfo

from coopledger import Ledger, Ledgers, Verification
from coopledger.errors import ArgumentError, FieldError, NewerLogError, StoreBusyError, StoreError
from coopledger.stores.postgres.schema import FORMAT
from coopledger.stores.postgres.server import Server
from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.sqlite import Durability
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, drafts, numbered
from tests.servers import Connection, Schema, address
from tests.unit.stores.processes import log_argument, start

LEDGER = "vistip"
MAKING = 1131376496  # the lock of a program that makes tables


def refused(schema: Schema) -> str:
    with pytest.raises(StoreError) as caught:
        schema.open()
    return str(caught.value)


def elsewhere(schema: Schema, **changes: str) -> Schema:
    return Schema(make_conninfo(schema.address, **changes), schema.name)


def test_tables_are_made_once_and_found_again(schema: Schema, sql: Connection) -> None:
    with schema.open() as store:
        rows = append(store, LEDGER, numbered(LEDGER, 1, 2))

    with schema.open() as again:
        assert tuple(again.read(LEDGER)) == rows
    versions = sql.execute("SELECT version FROM format ORDER BY version").fetchall()
    assert versions == [(version,) for version in range(1, FORMAT + 1)]


def test_a_schema_that_somebody_made_before_is_used(schema: Schema, sql: Connection) -> None:
    sql.execute(names.SQL("CREATE SCHEMA {}").format(names.Identifier(schema.name)))

    with schema.open() as store:
        assert store.ledgers() == ()


def test_a_schema_may_have_any_name(schema: Schema) -> None:
    odd = Schema(schema.address, f'{schema.name} "Hà Nội" {{}} %s')

    with odd.open() as store, odd.open() as again:
        append(store, LEDGER, numbered(LEDGER, 1, 2))

        assert verify_log(again, LEDGER) == Verification(2, None)


def test_eight_programs_that_start_at_once_all_have_it(schema: Schema) -> None:
    starters = [start("race", log_argument(schema), f"writer-{number}", "2") for number in range(8)]

    assert [starter.wait() for starter in starters] == [0] * 8
    with schema.open() as store:
        assert verify_log(store, LEDGER) == Verification(16, None)


def test_tables_that_another_program_makes_while_this_one_waits_are_found(
    schema: Schema, sql: Connection
) -> None:
    identifier = names.Identifier(schema.name)
    waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = %s"
    with ThreadPoolExecutor(1) as thread:
        with sql.transaction():
            sql.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (MAKING, schema.name))
            opened = thread.submit(schema.open)
            while not sql.execute(waiting, (MAKING,)).fetchall():
                assert not opened.done()
            sql.execute(names.SQL("CREATE SCHEMA {}").format(identifier))
            sql.execute("CREATE TABLE format AS SELECT %s::bigint AS version", (FORMAT,))

        opened.result().close()


def test_tables_of_a_newer_format_are_refused(schema: Schema, sql: Connection) -> None:
    schema.open().close()
    sql.execute("INSERT INTO format (version) VALUES (%s)", (FORMAT + 1,))

    with pytest.raises(NewerLogError, match=rf"log format {FORMAT + 1} is newer than this program"):
        schema.open()


def test_an_unknown_durability_is_refused(schema: Schema) -> None:
    with pytest.raises(FieldError, match="E106 durability: 'sure' is neither"):
        schema.open(durability="sure")  # type: ignore[arg-type]


SETTINGS: list[tuple[Durability, str, str]] = [
    ("durable", "on", "on"),
    ("durable", "off", "on"),
    ("durable", "local", "on"),
    ("durable", "remote_apply", "remote_apply"),
    ("fast", "on", "off"),
]


@pytest.mark.parametrize(("durability", "setting", "expected"), SETTINGS)
def test_a_transaction_is_as_durable_as_asked_for_or_more(
    schema: Schema, durability: Durability, setting: str, expected: str
) -> None:
    """Ask the server itself, as no row shows how well it was synced."""
    options = f"-c synchronous_commit={setting} -c default_transaction_isolation=serializable"
    server = Server(
        address=make_conninfo(schema.address, options=options),
        schema=schema.name,
        durability=durability,
        lock_timeout_seconds=3,
        pool_size=1,
    )
    names = ("synchronous_commit", "transaction_isolation", "lock_timeout")
    with server.connect() as connection:
        before = connection.execute("SHOW lock_timeout").fetchone()
        server.begin(connection)
        settings = [connection.execute(f"SHOW {name}").fetchone() for name in names]
        connection.rollback()
        after = connection.execute("SHOW lock_timeout").fetchone()

    assert settings == [(expected,), ("read committed",), ("3s",)]
    assert before == after


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(StoreError) as caught:
        PostgresStore("postgresql://hop:secret@127.0.0.1:1/office?connect_timeout=2")

    assert caught.value.store == "postgresql://hop@127.0.0.1:1/office"
    assert caught.value.reason.startswith(
        "cannot connect: check the address, and that the server runs (connection failed"
    )
    assert "secret" not in str(caught.value)


def test_a_database_that_is_missing_is_named(schema: Schema) -> None:
    assert 'database "nowhere" does not exist' in refused(elsewhere(schema, dbname="nowhere"))


@pytest.mark.parametrize(
    "broken", ["postgresql://hop:sec%zzret@host/office", "postgresql://hop:secret@[host/office"]
)
def test_an_address_that_cannot_be_read_is_not_repeated(broken: str) -> None:
    with pytest.raises(StoreError) as caught:
        Ledger.open(broken)

    assert str(caught.value) == (
        "postgresql://...: this address cannot be read: write "
        "postgresql://user:password@host:port/database, with other characters than letters and "
        "digits as %XX"
    )
    assert caught.value.__cause__ is None


@pytest.fixture
def latin(sql: Connection, schema: Schema) -> Iterator[Schema]:
    """Yield the address of a database that cannot hold every text."""
    name = names.Identifier(schema.name)
    statement = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'"
    sql.execute(names.SQL(statement).format(name))
    yield elsewhere(schema, dbname=schema.name)
    sql.execute(names.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def test_a_database_of_another_encoding_is_refused(latin: Schema) -> None:
    assert refused(latin).endswith("the encoding of this database is LATIN1: create one with UTF8")


@pytest.fixture
def role(sql: Connection, schema: Schema) -> Iterator[str]:
    """Yield a user without rights, on tables that others made."""
    schema.open().close()
    name = f"role_{schema.name}"
    sql.execute(names.SQL("CREATE ROLE {}").format(names.Identifier(name)))
    yield name
    for statement in ("DROP OWNED BY {}", "DROP ROLE {}"):
        sql.execute(names.SQL(statement).format(names.Identifier(name)))


def grant(sql: Connection, schema: Schema, role: str, *rights: LiteralString) -> None:
    """Grant as docs/how-to/share-on-postgresql.md says."""
    for right in rights:
        statement = f"GRANT {right} TO {{role}}"
        sql.execute(
            names.SQL(statement).format(
                schema=names.Identifier(schema.name), role=names.Identifier(role)
            )
        )


READER: tuple[LiteralString, ...] = (
    "USAGE ON SCHEMA {schema}",
    "SELECT ON ALL TABLES IN SCHEMA {schema}",
)
RECORDER: tuple[LiteralString, ...] = (
    *READER,
    "INSERT ON {schema}.event, {schema}.head",
    "UPDATE (position, chain, recorded_us, zone) ON {schema}.head",
    "INSERT, UPDATE, DELETE ON {schema}.naming, {schema}.opening",
    "INSERT, UPDATE, DELETE ON {schema}.listed, {schema}.listed_tag",
    "INSERT, UPDATE, DELETE ON {schema}.upkeep, {schema}.bundle, {schema}.rests, {schema}.kept",
)


def test_a_role_without_rights_is_told_what_it_lacks(schema: Schema, role: str) -> None:
    assert "this role lacks a right" in refused(elsewhere(schema, options=f"-c role={role}"))


def test_a_role_that_may_read_only_reads(schema: Schema, role: str, sql: Connection) -> None:
    grant(sql, schema, role, *READER)

    with elsewhere(schema, options=f"-c role={role}").open() as store:
        assert store.ledgers() == ()
        with pytest.raises(StoreError, match="this role lacks a right"):
            append(store, LEDGER, drafts(LEDGER, "e1"))


def test_a_role_that_may_record_can_do_nothing_else(
    schema: Schema, role: str, sql: Connection
) -> None:
    grant(sql, schema, role, *RECORDER)
    there = elsewhere(schema, options=f"-c role={role}")

    with there.open() as store:
        append(store, LEDGER, numbered(LEDGER, 1, 2))
        store.append(LEDGER, drafts(LEDGER, "e3"), seen=1, clock_us=0, revise=lambda _: None)
        rows = list(store.read(LEDGER))
        elsewhere_rows = [row for row in rows if row.position > 3]
        store.restore("copy", elsewhere_rows)

    assert len(rows) == 3
    with there.connect() as connection:
        for forbidden in ("UPDATE event SET v = 2", "DELETE FROM event", "TRUNCATE event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(forbidden)


def test_a_standby_or_a_database_that_is_read_only_is_named(schema: Schema) -> None:
    schema.open().close()
    there = elsewhere(schema, options="-c default_transaction_read_only=on")

    with there.open() as store, pytest.raises(StoreError, match="connect to the primary"):
        append(store, LEDGER, drafts(LEDGER, "e1"))


def test_tables_that_are_gone_are_missed(schema: Schema, sql: Connection) -> None:
    with schema.open() as store:
        sql.execute("DROP TABLE event CASCADE")

        with pytest.raises(StoreError, match="a table of the log is gone: put back a backup"):
            list(store.read(LEDGER))


def test_a_ledger_opens_at_an_address(schema: Schema) -> None:
    there = address()
    with Ledger.open(there, name=schema.name, durability="fast") as ledger:
        assert ledger.position == 0


def test_a_ledger_passes_on_how_long_to_wait(schema: Schema) -> None:
    there = address()
    with (
        Ledger.open(there, name=schema.name, lock_timeout_seconds=0.01, pool_size=1) as ledger,
        Ledgers.open(there, lock_timeout_seconds=0.02, pool_size=3) as ledgers,
    ):
        with pytest.raises(StoreBusyError, match=r"did not come within 0\.01 seconds"):
            ledger.view(at_least=1)
        with pytest.raises(StoreBusyError, match=r"did not come within 0\.02 seconds"):
            ledgers.named(schema.name).view(at_least=1)


def test_who_does_not_wait_at_all_does_not_wait_for_ever(schema: Schema, sql: Connection) -> None:
    with schema.open() as store, schema.open(lock_timeout_seconds=0) as other:
        append(store, LEDGER, drafts(LEDGER, "a"))
        with sql.transaction():
            sql.execute("SELECT FROM head FOR UPDATE")

            with pytest.raises(StoreBusyError):
                append(other, LEDGER, drafts(LEDGER, "b"))


def test_a_ledger_is_not_opened_with_an_unknown_durability() -> None:
    with pytest.raises(ArgumentError, match="durability='sure' is neither"):
        Ledger.open(address(), durability="sure")  # type: ignore[arg-type]


def test_without_psycopg_the_extra_is_named() -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from coopledger import Ledger\n"
        "Ledger.open('postgresql://office')"
    )

    command = [sys.executable, "-c", program]
    run = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603

    message = run.stderr.splitlines()[-1]
    assert message.startswith("coopledger.errors.StoreError: postgresql: psycopg cannot be used (")
    assert message.endswith('): pip install "coopledger[postgres]"')
