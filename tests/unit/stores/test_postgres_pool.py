"""Few connections: one is enough, nobody holds one while waiting, and none gets lost."""

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from psycopg import sql as names
from psycopg.conninfo import make_conninfo

from coopledger import Ledger, Verification
from coopledger.errors import FieldError, StoreBusyError, StoreError
from coopledger.events import PartyRegistered
from coopledger.stores import Row
from coopledger.stores.postgres import pool as pool_module
from coopledger.stores.postgres.pool import Connection, Pool
from coopledger.stores.postgres.server import Server
from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.verification import verify_log
from tests.builders import Clock
from tests.contracts.drafts import append, drafts, ids, numbered
from tests.measuring import unmeasured
from tests.servers import Connection as ForeignConnection
from tests.servers import Schema, address
from tests.unit.stores.interrupts import is_interrupted
from tests.unit.stores.pooler import PGBOUNCER, pooled
from tests.unit.stores.processes import log_argument, start

LEDGER = "vistip"


@pytest.fixture(name="server")
def _server() -> Server:
    return Server(
        address=address(), schema="x", durability="fast", lock_timeout_seconds=30, pool_size=3
    )


@pytest.fixture(name="pool")
def _pool(server: Server) -> Iterator[Pool]:
    pool = Pool(server.connect, size=3, seconds=30, store="here")
    yield pool
    pool.close()


def all_of(pool: Pool, *, size: int = 3) -> list[Connection]:
    """Return as many connections as may be lent at once, and give them back."""
    with ExitStack() as stack:
        return [stack.enter_context(pool.lent(to_write=False)) for _ in range(size)]


# --- the pool


def test_a_connection_that_was_given_back_is_lent_again(pool: Pool) -> None:
    with pool.lent(to_write=True) as first:
        pass
    with pool.lent(to_write=False) as second:
        assert second is first


def test_a_connection_that_is_not_as_it_was_is_not_lent_again(pool: Pool) -> None:
    with pool.lent(to_write=True) as first:
        first.execute("BEGIN")
    with pool.lent(to_write=True) as second:
        second.close()
    with pool.lent(to_write=True) as third:
        assert not third.closed
    assert first.closed
    assert len({id(first), id(second), id(third)}) == 3


def test_readers_find_a_connection_when_all_writers_wait(server: Server) -> None:
    pool = Pool(server.connect, size=2, seconds=0, store="here")
    with pool.lent(to_write=True):
        with pytest.raises(StoreBusyError, match="were in use for too long"):
            pool.lent(to_write=True).__enter__()
        with pool.lent(to_write=False) as reading:
            assert reading.execute("SELECT 1").fetchone() == (1,)
    pool.close()


def test_who_waits_is_woken_in_turn(pool: Pool) -> None:
    def lend(_: int) -> list[Connection]:
        return all_of(pool, size=1)

    with ThreadPoolExecutor(12) as threads:
        connections = list(threads.map(lend, range(60)))

    assert len({id(connection) for [connection] in connections}) <= 3


@pytest.mark.parametrize("to_write", [False, True])
def test_who_asks_again_and_again_has_only_turns(server: Server, *, to_write: bool) -> None:
    """Let one thread take the only connection as often as it can, until the others had it.

    Whoever waits when it asks has the connection before it.
    """
    pool = Pool(server.connect, size=1, seconds=30, store="here")
    had = [0] * 4
    missed = [0]
    others_are_done = threading.Event()

    def take_on() -> None:
        while not others_are_done.is_set():
            before = sum(had[1:])
            waiting = len(pool._queue)  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - to see who waits
            with pool.lent(to_write=False) as connection:
                missed[0] += sum(had[1:]) < before + waiting
                connection.execute("SELECT 1")
            had[0] += 1

    def take_some(number: int) -> None:
        for _ in range(10):
            with pool.lent(to_write=to_write):
                had[number] += 1

    with ThreadPoolExecutor(4) as threads:
        busy = threads.submit(take_on)
        others = [threads.submit(take_some, number) for number in (1, 2, 3)]
        for each in others:
            each.result()
        others_are_done.set()
        busy.result()
    pool.close()

    assert had[1:] == [10, 10, 10]
    assert missed[0] == 0


def test_a_writer_who_waits_for_writers_keeps_no_reader_waiting(pool: Pool) -> None:
    with ThreadPoolExecutor(1) as threads, ExitStack() as stack:
        stack.enter_context(pool.lent(to_write=True))  # Only one of three is for writers.

        def write() -> bool:
            with pool.lent(to_write=True) as connection:
                return connection.closed

        writer = threads.submit(write)
        while not pool._queue:  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - to see that it waits
            time.sleep(0.001)
        assert len(all_of(pool, size=2)) == 2
        stack.close()
        assert writer.result() is False


def test_who_gave_up_waiting_keeps_nobody_waiting(server: Server) -> None:
    pool = Pool(server.connect, size=1, seconds=0.1, store="here")
    with pool.lent(to_write=False), pytest.raises(StoreBusyError) as gave_up:
        all_of(pool, size=1)

    assert len(all_of(pool, size=1)) == 1
    del gave_up  # Until here it has held the frame of the one who waited.
    pool.close()


def test_a_pool_that_is_closed_lends_nothing_and_takes_back(pool: Pool) -> None:
    with pool.lent(to_write=False) as lent:
        pool.close()
        assert lent.execute("SELECT 1").fetchone() == (1,)
    assert lent.closed
    with pytest.raises(StoreError, match="the store is closed"):
        all_of(pool)


def test_connections_that_nobody_used_for_long_are_let_go_of(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections = all_of(pool)
    monkeypatch.setattr(pool_module, "_LONGEST_IDLE_SECONDS", 0.0)
    all_of(pool, size=1)

    assert sorted(connection.closed for connection in connections) == [False, True, True]


def test_a_server_without_a_connection_to_spare_is_asked_again() -> None:
    server = Server(
        address=address(), schema="x", durability="fast", lock_timeout_seconds=9, pool_size=1
    )
    refusals = [StoreError("here", "too many"), StoreError("here", "too many")]

    def connect() -> Connection:
        if refusals:
            raise refusals.pop()
        return server.connect()

    pool = Pool(connect, size=1, seconds=9, store="here")
    assert not all_of(pool, size=1)[0].closed
    pool.close()
    refusals = [StoreError("here", "too many")]
    with pytest.raises(StoreError, match="too many"):
        all_of(Pool(connect, size=1, seconds=0, store="here"), size=1)


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C interrupt, also in a process that a shell has begun in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with unmeasured():
        yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("_interruptible")
def test_interrupts_while_waiting_lose_no_connection(pool: Pool) -> None:
    main, waits = threading.get_ident(), threading.Event()
    for _ in range(8):
        waits.clear()
        with ExitStack() as stack:
            for _ in range(3):
                stack.enter_context(pool.lent(to_write=False))

            def interrupt() -> None:
                waits.wait()
                signal.pthread_kill(main, signal.SIGINT)

            def wait() -> None:
                waits.set()
                all_of(pool, size=1)

            thread = threading.Thread(target=interrupt)
            thread.start()
            with pytest.raises(KeyboardInterrupt):
                wait()
            thread.join()

    assert len(all_of(pool)) == 3


def test_an_interrupt_at_any_step_loses_no_connection(pool: Pool) -> None:
    """Interrupt the lending of a connection where Python may do so first, then second, ..."""

    def lend() -> None:
        with pool.lent(to_write=True) as connection:
            connection.execute("SELECT 1")

    all_of(pool)
    step = 1
    while is_interrupted(lend, step, within=[pool_module]):
        step += 1
        assert len(all_of(pool)) == 3

    assert step > 10


# --- the store


def test_a_pool_without_connections_is_refused(schema: Schema) -> None:
    with pytest.raises(FieldError, match="E106 pool_size: 0 is less than 1 connection"):
        schema.open(pool_size=0)


def test_one_connection_is_enough_for_an_append_whoever_is_in_the_way(schema: Schema) -> None:
    with (
        schema.open(pool_size=1, lock_timeout_seconds=5) as store,
        schema.open() as other,
    ):
        append(store, LEDGER, numbered(LEDGER, 1, 2))
        revised: list[str] = []

        def revise(rows: Iterator[Row]) -> None:
            revised.extend(ids(list(rows)))
            assert store.head(LEDGER).position == 1 + len(revised)
            assert store.find(LEDGER, revised).keys() == set(revised)
            if len(revised) < 4:
                append(other, LEDGER, drafts(LEDGER, f"other {len(revised)}"))

        rows = store.append(LEDGER, drafts(LEDGER, "mine"), seen=1, clock_us=0, revise=revise).rows

        assert revised == ["e2", "other 1", "other 2", "other 3"]
        assert rows[0].position == 6


def test_programs_with_few_connections_take_turns(schema: Schema, sql: ForeignConnection) -> None:
    """Let four programs record in one ledger, with six connections for all of them."""
    role = names.Identifier(f"role_{schema.name}")
    database = names.Identifier(sql.info.dbname)
    sql.execute(names.SQL("CREATE ROLE {} LOGIN CONNECTION LIMIT 6").format(role))
    sql.execute(names.SQL("GRANT CREATE ON DATABASE {} TO {}").format(database, role))
    limited = Schema(make_conninfo(schema.address, user=f"role_{schema.name}"), schema.name)
    limited.open().close()

    racers = [start("race", log_argument(limited), str(name), "60") for name in range(4)]

    assert [racer.wait() for racer in racers] == [0] * 4
    with limited.open() as store:
        assert verify_log(store, LEDGER) == Verification(240, None)
    for statement in ("DROP OWNED BY {}", "DROP ROLE {}"):
        sql.execute(names.SQL(statement).format(role))


def prepared(store: PostgresStore) -> int:
    """Return how many statements are prepared on a connection after one of them was said often."""
    store.head(LEDGER)
    with store._connections.reading() as connection:  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - whose statements are counted
        for _ in range(10):
            connection.execute("SELECT 'once more'")
        [(count,)] = connection.execute("SELECT count(*) FROM pg_prepared_statements").fetchall()
    return int(count)


def test_statements_are_prepared_in_a_session_of_the_server(schema: Schema) -> None:
    with schema.open() as store:
        assert prepared(store) > 0


@PGBOUNCER
def test_nothing_is_prepared_behind_a_pooler(schema: Schema) -> None:
    with pooled(schema.address) as there, Schema(there, schema.name).open() as store:
        assert prepared(store) == 0


@PGBOUNCER
def test_a_pooler_of_transactions_is_in_nobodys_way(schema: Schema) -> None:
    with pooled(schema.address) as there:
        pooled_schema = Schema(there, schema.name)
        pooled_schema.open().close()

        racers = [start("race", log_argument(pooled_schema), str(n), "40") for n in range(3)]
        with Ledger(pooled_schema.open(), name="other", clock=Clock()) as ledger:
            for number in range(20):
                ledger.record(PartyRegistered(party=f"p{number}", name="P", kind="other"))
            subscription = ledger.subscribe("mailer")
            for batch in subscription.batches(wait_seconds=0):
                batch.save()
            assert subscription.status.lag == 0
            assert ledger.verify() == Verification(20, None)

        assert [racer.wait() for racer in racers] == [0] * 3
        with pooled_schema.open() as store:
            assert verify_log(store, LEDGER) == Verification(120, None)
