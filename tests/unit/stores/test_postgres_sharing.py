"""Threads, processes and forks that share one server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from coopledger import Ledger, Verification, events
from coopledger.errors import PositionMovedError, RefusedError, StoreError
from coopledger.stores import Row
from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, drafts, ids, nobody_else, numbered
from tests.counting import Calls
from tests.needs import FORK
from tests.servers import Connection, Schema
from tests.unit.stores.processes import log_argument, start

LEDGER = "vistip"
WRITERS = 6
EVENTS = 60


def test_a_reader_who_follows_many_processes_misses_nothing(schema: Schema) -> None:
    with schema.open() as store:
        racers = [
            start("race", log_argument(schema), str(name), str(EVENTS)) for name in range(WRITERS)
        ]
        rows: list[Row] = []
        while any(racer.poll() is None for racer in racers):
            rows += store.read(LEDGER, after=len(rows))
            assert [row.position for row in rows] == list(range(1, len(rows) + 1))
        rows += store.read(LEDGER, after=len(rows))

        assert [racer.returncode for racer in racers] == [0] * WRITERS
        assert verify_log(store, LEDGER) == Verification(WRITERS * EVENTS, None)
        assert rows == list(store.read(LEDGER))
    for name in range(WRITERS):
        own = [row.event_id for row in rows if row.event_id.startswith(f"{name}/")]
        assert own == [f"{name}/{number}" for number in range(EVENTS)]


def test_a_ledger_does_not_wait_for_the_writers_of_another(schema: Schema, sql: Connection) -> None:
    with schema.open(lock_timeout_seconds=1) as store:
        append(store, "slow", numbered("slow", 1, 1))
        with sql.transaction():
            sql.execute("SELECT FROM head WHERE ledger = 'slow' FOR UPDATE")

            append(store, "quick", numbered("quick", 1, 2))
            append(store, "quick", numbered("quick", 3, 3))

        assert store.head("quick").position == 3


def test_a_writer_of_one_ledger_waits_until_another_is_done(
    schema: Schema, sql: Connection
) -> None:
    with schema.open() as store, ThreadPoolExecutor(1) as thread:
        append(store, LEDGER, numbered(LEDGER, 1, 1))
        with sql.transaction():
            sql.execute("SELECT FROM head WHERE ledger = %s FOR UPDATE", (LEDGER,))
            waiting = thread.submit(append, store, LEDGER, drafts(LEDGER, "e2"))

        assert waiting.result()[0].position == 2


@FORK
def test_a_store_that_is_open_at_a_fork_works_on_both_sides(schema: Schema) -> None:
    assert start("fork", log_argument(schema)).wait() == 0

    with schema.open() as store:
        assert ids(list(store.read(LEDGER))) == ["parent", "child", "parent again", "child, alone"]
        assert verify_log(store, LEDGER) == Verification(4, None)


def test_what_a_few_others_stored_comes_with_the_append(
    schema: Schema, monkeypatch: pytest.MonkeyPatch
) -> None:
    with schema.open() as store, schema.open() as other:
        append(store, LEDGER, numbered(LEDGER, 1, 1))
        theirs = append(other, LEDGER, numbered(LEDGER, 2, 3))
        asked = Calls(monkeypatch, store, "_ask")
        appended = store.append(
            LEDGER, drafts(LEDGER, "e4"), seen=1, clock_us=0, revise=nobody_else, rests_on=["e4"]
        )

        assert appended.others == theirs
        assert asked.count == 0


def test_readers_do_not_wait_for_a_writer(schema: Schema) -> None:
    with schema.open() as store, ThreadPoolExecutor(1) as thread:
        before = append(store, LEDGER, numbered(LEDGER, 1, 3))
        read: list[tuple[Row, ...]] = []

        def read_elsewhere(_: Iterator[Row]) -> None:
            """Run while the writer holds the lock."""
            read.append(thread.submit(lambda: tuple(store.read(LEDGER))).result())

        store.append(LEDGER, drafts(LEDGER, "e4"), seen=0, clock_us=0, revise=read_elsewhere)

    assert read == [before]


def test_a_reader_who_pauses_holds_no_transaction_open(schema: Schema, sql: Connection) -> None:
    with schema.open() as store:
        append(store, LEDGER, numbered(LEDGER, 1, 1200))
        reader = store.read(LEDGER)
        next(reader)

        busy = sql.execute(
            "SELECT count(*) FROM pg_locks WHERE relation = to_regclass('event') "
            "AND pid <> pg_backend_pid()"
        ).fetchone()

        assert busy == (0,)
        assert len(list(reader)) == 1199


def test_closing_ends_the_reading_of_others_with_a_clear_error(schema: Schema) -> None:
    store = schema.open()
    append(store, LEDGER, numbered(LEDGER, 1, 1200))
    reader = store.read(LEDGER)
    next(reader)

    store.close()

    with pytest.raises(StoreError, match="the store is closed"):
        list(reader)


def party(name: str) -> events.PartyRegistered:
    return events.PartyRegistered(party=name, name=f"The {name}", kind="other")


def ledger(store: PostgresStore) -> Ledger:
    return Ledger(store, name=LEDGER)


def test_a_ledger_that_is_behind_records_without_noticing(schema: Schema) -> None:
    with ledger(schema.open()) as ours, ledger(schema.open()) as theirs:
        ours.record(party("institute"))
        theirs.record(party("university"))

        receipt = ours.record(
            events.PartnershipOpened(partnership="ocean", parties=["institute", "university"])
        )

        assert [recorded.position for recorded in receipt.events] == [3]


def test_a_ledger_that_is_behind_is_refused_what_others_made_wrong(schema: Schema) -> None:
    with ledger(schema.open()) as ours, ledger(schema.open()) as theirs:
        ours.record(party("institute"))
        theirs.record(party("university"))

        with pytest.raises(RefusedError, match="university"):
            ours.record(party("university"))
        with pytest.raises(PositionMovedError):
            ours.record(party("chamber"), expect=1)

        assert ours.position == 2
        assert ours.verify() == Verification(2, None)
