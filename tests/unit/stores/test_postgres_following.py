"""Readers on other machines: cursors on a wire that is cut, and notifications."""

import math
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import attrs
import psycopg
import pytest
from psycopg import sql as names

from coopledger import Verification
from coopledger.stores import Store
from coopledger.stores.postgres.listening import channel_of
from coopledger.stores.verification import verify_log
from coopledger.subscriptions import Parked
from tests.contracts.drafts import anybody, append, drafts, numbered
from tests.servers import Connection, Schema
from tests.unit.stores.wire import Cut, Lost, Wire, at_each_message

LEDGER = "vistip"
READER = "mailer"


def test_a_cursor_that_is_taken_and_moved_over_a_wire_that_is_cut_is_where_it_is_to_be(
    store: Store, wire: Wire, lost: Lost
) -> None:
    def work(ledger: str) -> None:
        taken = store.take_cursor(ledger, READER)
        parked = Parked(after=0, up_to=4, replayed=False, error="no")
        after = attrs.evolve(taken, position=4, reached=4, parked=(parked,))

        assert store.move_cursor(ledger, taken, after)
        assert store.cursors(ledger) == (after,)

    assert at_each_message(wire, lost=lost, work=work) >= 4


def test_an_append_that_is_followed_is_stored_once_wherever_it_is_cut_off(
    store: Store, schema: Schema, wire: Wire, lost: Lost
) -> None:
    """Lose the notification too: it is only a hint."""
    others = schema.open()

    def work(ledger: str) -> None:
        others.take_cursor(ledger, READER)
        store.append(ledger, numbered(ledger, 1, 3), seen=0, clock_us=7, revise=anybody)

        assert verify_log(store, ledger) == Verification(3, None)

    with others:
        assert at_each_message(wire, lost=lost, work=work) >= 2


def test_a_reader_goes_on_waiting_over_a_wire_that_is_cut(
    store: Store, schema: Schema, wire: Wire
) -> None:
    with schema.open() as other, ThreadPoolExecutor(1) as thread:
        for position in range(4):
            wire.cut_at(Cut(position + 1, "question"))
            waiting = thread.submit(
                store.wait, LEDGER, after=position, seconds=math.inf, stopped=Event()
            )
            append(other, LEDGER, drafts(LEDGER, f"e{position}"))

            assert waiting.result(timeout=60)


@pytest.fixture
def ear(sql: Connection, schema: Schema) -> psycopg.Connection[tuple[object, ...]]:
    """Yield a connection that listens to the channel of the ledger."""
    channel = names.Identifier(channel_of(schema.name, LEDGER))
    sql.execute(names.SQL("LISTEN {}").format(channel))
    return sql


def heard(ear: Connection, most: int) -> int:
    """Return how many notifications come, waiting a while for so many."""
    return len(list(ear.notifies(timeout=30 if most else 0.1, stop_after=most or None)))


def test_a_writer_notifies_once_somebody_has_subscribed(schema: Schema, ear: Connection) -> None:
    with schema.open() as store:
        append(store, LEDGER, drafts(LEDGER, "e1"))
        store.take_cursor("other", READER)
        append(store, LEDGER, drafts(LEDGER, "e2"))
        assert heard(ear, 0) == 0

        store.take_cursor(LEDGER, READER)
        append(store, LEDGER, drafts(LEDGER, "e3"))
        assert heard(ear, 1) == 1
        store.append(LEDGER, drafts(LEDGER, "e4"), seen=0, clock_us=0, revise=anybody)
        assert heard(ear, 1) == 1


def test_a_notification_is_heard_by_the_readers_of_that_ledger(schema: Schema) -> None:
    with schema.open() as reader, schema.open() as writer, ThreadPoolExecutor(2) as threads:
        reader.take_cursor(LEDGER, READER)
        waiting = [
            threads.submit(reader.wait, LEDGER, after=0, seconds=math.inf, stopped=Event())
            for _ in range(2)
        ]
        append(writer, LEDGER, drafts(LEDGER, "e1"))

        assert [each.result(timeout=60) for each in waiting] == [True, True]
        assert not reader.wait("other", after=0, seconds=0.01, stopped=Event())


def test_a_reader_goes_on_when_the_server_ends_the_connection_that_listens(
    schema: Schema, sql: Connection
) -> None:
    query = f'LISTEN "{channel_of(schema.name, LEDGER)}"'
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = %s"
    with schema.open() as store, ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(store.wait, LEDGER, after=0, seconds=math.inf, stopped=Event())
        while not sql.execute(ended, (query,)).fetchall():
            assert not waiting.done()
        append(store, LEDGER, drafts(LEDGER, "e1"))

        assert waiting.result(timeout=60)


def test_of_the_connections_that_listened_one_is_kept(schema: Schema, sql: Connection) -> None:
    names = [f"ledger {number}" for number in range(4)]
    queries = [f'LISTEN "{channel_of(schema.name, name)}"' for name in names]
    listening = "SELECT query FROM pg_stat_activity WHERE query = ANY(%s)"
    with schema.open() as store:
        for name, query in zip(names, queries, strict=True):
            # On a busy machine the time may be up before the connection listens.
            while not sql.execute(listening, ([query],)).fetchall():
                store.wait(name, after=0, seconds=0.01, stopped=Event())
        while len(sessions := sql.execute(listening, (queries,)).fetchall()) > 1:
            pass

    assert sessions == [(queries[-1],)]


def test_a_connection_that_listens_is_let_go_with_the_store_or_after_it(
    schema: Schema, sql: Connection
) -> None:
    stopped = Event()
    listening = "SELECT FROM pg_stat_activity WHERE query = %s"
    query = f'LISTEN "{channel_of(schema.name, LEDGER)}"'
    with ThreadPoolExecutor(1) as thread:
        store = schema.open()
        waiting = thread.submit(store.wait, LEDGER, after=0, seconds=math.inf, stopped=stopped)
        while not sql.execute(listening, (query,)).fetchall():
            assert not waiting.done()
        stopped.set()
        waiting.result(timeout=60)
        store.close()

    while sql.execute(listening, (query,)).fetchall():
        pass
