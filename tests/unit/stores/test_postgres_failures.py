"""Lost connections: nothing that was acknowledged is lost, and nothing stored in part."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from coopledger import Verification
from coopledger._log.chain import beginning, head_at
from coopledger.errors import StoreBusyError, StoreError
from coopledger.stores import Draft, MemoryStore, Row, Store
from coopledger.stores.postgres.failures import plain_errors, retry_while_busy
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import anybody, append, drafts, ids, nobody_else, numbered
from tests.servers import Connection, Schema
from tests.unit.stores.wire import Lost, Wire, at_each_message

LEDGER = "vistip"


def test_an_append_that_is_cut_off_anywhere_is_stored_once(
    store: Store, wire: Wire, lost: Lost
) -> None:
    def work(ledger: str) -> None:
        rows = store.append(ledger, numbered(ledger, 1, 3), seen=0, clock_us=7, revise=anybody).rows

        assert list(store.read(ledger)) == list(rows)
        assert [(row.position, row.recorded_us) for row in rows] == [(1, 7), (2, 8), (3, 9)]
        assert verify_log(store, ledger) == Verification(3, None)

    assert at_each_message(wire, lost=lost, work=work) >= 1


def test_an_append_of_a_writer_who_is_behind_is_stored_once_wherever_it_is_cut_off(
    store: Store, schema: Schema, wire: Wire, lost: Lost
) -> None:
    others = schema.open()

    def work(ledger: str) -> None:
        append(others, ledger, numbered(ledger, 1, 3))
        revised: list[Row] = []

        rows = store.append(
            ledger, numbered(ledger, 4, 5), seen=1, clock_us=0, revise=revised.extend
        ).rows

        assert ids(revised) == ["e2", "e3"]
        assert [row.position for row in rows] == [4, 5]
        assert list(store.read(ledger, after=3)) == list(rows)
        assert verify_log(store, ledger) == Verification(5, None)

    assert at_each_message(wire, lost=lost, work=work) >= 6
    others.close()


def test_a_restoration_that_is_cut_off_anywhere_is_whole_or_nothing(
    store: Store, wire: Wire, lost: Lost
) -> None:
    outcomes: set[bool] = set()
    errors: list[StoreError] = []

    def work(ledger: str) -> None:
        elsewhere = MemoryStore()
        append(elsewhere, ledger, numbered(ledger, 1, 700))
        rows: Sequence[Row] = list(elsewhere.read(ledger))
        try:
            store.restore(ledger, rows)
        except StoreError as error:
            errors.append(error)
            rows = []
        outcomes.add(bool(rows))
        assert list(store.read(ledger)) == rows
        assert store.head(ledger) == (head_at(rows[-1]) if rows else beginning(ledger))

    assert at_each_message(wire, lost=lost, work=work) >= 7
    assert outcomes == {True, False}
    assert {type(error) for error in errors} == {StoreError}
    assert {error.reason.partition(":")[0] for error in errors} == {"nothing is restored"}


def test_pages_that_are_cut_off_anywhere_are_whole_or_nothing(
    store: Store, schema: Schema, wire: Wire, lost: Lost
) -> None:
    others = schema.open()
    outcomes: set[bool] = set()
    errors: list[StoreError] = []

    def work(ledger: str) -> None:
        theirs = append(others, ledger, numbered(ledger, 1, 2))
        admitted: list[Row] = []
        pages = [numbered(ledger, 3, 4), numbered(ledger, 5, 5)]
        expected = ["e1", "e2"]
        try:
            head = store.append_pages(ledger, pages, seen=1, clock_us=7, admit=admitted.extend)
        except StoreError as error:
            errors.append(error)
        else:
            assert admitted == [theirs[1]]
            assert head == store.head(ledger)
            expected += ["e3", "e4", "e5"]
        outcomes.add(len(expected) > 2)
        assert ids(list(store.read(ledger))) == expected
        assert verify_log(store, ledger) == Verification(len(expected), None)

    assert at_each_message(wire, lost=lost, work=work) >= 9
    assert outcomes == {True, False}
    assert {type(error) for error in errors} == {StoreError}
    assert {error.reason.partition(":")[0] for error in errors} == {"nothing is stored"}
    others.close()


def test_reading_goes_on_over_a_lost_connection(store: Store, wire: Wire, lost: Lost) -> None:
    append(store, LEDGER, numbered(LEDGER, 1, 1200))

    def work(_: str) -> None:
        assert [row.position for row in store.read(LEDGER)] == list(range(1, 1201))

    assert at_each_message(wire, lost=lost, work=work) >= 3


def end_sessions(sql: Connection) -> int:
    """End, from the server's side, every session that holds a lock on the heads of the schema."""
    ended = sql.execute(
        "SELECT count(pg_terminate_backend(pid)) FROM (SELECT DISTINCT pid FROM pg_locks "
        "WHERE relation = to_regclass('head') AND pid <> pg_backend_pid()) AS holders"
    ).fetchone()
    return int(ended[0]) if ended else 0


def test_a_session_that_is_ended_under_the_lock_is_begun_again(
    schema: Schema, sql: Connection
) -> None:
    with schema.open() as store, schema.open() as other:
        append(store, LEDGER, numbered(LEDGER, 1, 3))
        ended: list[int] = []
        revised: list[str] = []

        def revise(rows: Iterator[Row]) -> None:
            ended.append(end_sessions(sql))
            revised.extend(ids(list(rows)))
            if len(ended) < 4:
                append(other, LEDGER, drafts(LEDGER, f"other {len(ended)}"))

        rows = store.append(LEDGER, drafts(LEDGER, "e4"), seen=1, clock_us=0, revise=revise).rows

        assert ended == [0, 0, 0, 1]  # Three times others come first; then they have to wait.
        assert revised == ["e2", "e3", "other 1", "other 2", "other 3"]
        assert rows[0].position == 7
        assert verify_log(store, LEDGER) == Verification(7, None)


def test_what_others_store_after_a_session_was_ended_is_revised_too(
    schema: Schema, sql: Connection
) -> None:
    with schema.open() as store, schema.open() as other:
        append(store, LEDGER, numbered(LEDGER, 1, 2))
        revised: list[str] = []

        def revise(rows: Iterator[Row]) -> None:
            end_sessions(sql)
            if len(revised) < 5:
                append(other, LEDGER, drafts(LEDGER, f"other {len(revised)}"))
            revised.extend(ids(list(rows)))
            assert store.head(LEDGER).position > len(revised)  # read, though the lock is lost

        rows = store.append(LEDGER, drafts(LEDGER, "mine"), seen=1, clock_us=0, revise=revise).rows

        # Events that were revised once are not revised again.
        assert revised == ["e2", *(f"other {number}" for number in range(5))]
        assert rows[0].position == 8
        assert verify_log(store, LEDGER) == Verification(8, None)


def test_a_session_that_is_ended_between_pages_leaves_nothing_of_them(
    schema: Schema, sql: Connection
) -> None:
    ended: list[int] = []

    def pages(other: Store) -> Iterator[Sequence[Draft]]:
        yield numbered(LEDGER, 3, 4)
        ended.append(end_sessions(sql))
        append(other, LEDGER, drafts(LEDGER, "other"))  # The lock is gone with the session.
        yield numbered(LEDGER, 5, 6)

    with schema.open() as store, schema.open() as other:
        append(store, LEDGER, numbered(LEDGER, 1, 2))

        with pytest.raises(StoreError, match="nothing is stored: the connection was lost"):
            store.append_pages(LEDGER, pages(other), seen=2, clock_us=0, admit=nobody_else)

        assert ended == [1]
        assert ids(list(store.read(LEDGER))) == ["e1", "e2", "other"]
        assert store.append_pages(
            LEDGER, [numbered(LEDGER, 3, 6)], seen=3, clock_us=0, admit=nobody_else
        ) == store.head(LEDGER)
        assert verify_log(store, LEDGER) == Verification(7, None)


def test_what_others_stored_is_admitted_where_the_session_is_ended_meanwhile(
    schema: Schema, sql: Connection
) -> None:
    admitted: list[str] = []

    def admit(rows: Iterator[Row]) -> None:
        end_sessions(sql)
        admitted.extend(ids(list(rows)))  # read, though the lock is lost

    with schema.open() as store:
        append(store, LEDGER, numbered(LEDGER, 1, 3))

        with pytest.raises(StoreError, match="nothing is stored: the connection was lost"):
            store.append_pages(LEDGER, [drafts(LEDGER, "e4")], seen=1, clock_us=0, admit=admit)

        assert admitted == ["e2", "e3"]
        assert verify_log(store, LEDGER) == Verification(3, None)


def test_a_refusal_is_told_even_if_the_session_was_ended_meanwhile(
    schema: Schema, sql: Connection
) -> None:
    revised_ids: list[str] = []

    def refuse(rows: Iterator[Row]) -> None:
        revised_ids.extend(ids(list(rows)))
        end_sessions(sql)
        raise LookupError(LEDGER)

    with schema.open() as store:
        append(store, LEDGER, numbered(LEDGER, 1, 2))

        with pytest.raises(LookupError, match=LEDGER):
            store.append(LEDGER, drafts(LEDGER, "e3"), seen=1, clock_us=0, revise=refuse)

        assert revised_ids == ["e2"]
        assert append(store, LEDGER, drafts(LEDGER, "e3"))[0].position == 3


def test_deadlocks_and_failures_to_serialise_are_tried_again_a_bounded_number_of_times(
    schema: Schema, sql: Connection
) -> None:
    with schema.open() as store:
        sql.execute("CREATE SEQUENCE tries")
        sql.execute(
            "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF nextval('tries') < 4 THEN RAISE EXCEPTION 'x' USING ERRCODE = '40P01'; END IF; "
            "IF NEW.event_id = 'never' THEN RAISE EXCEPTION 'x' USING ERRCODE = '40001'; END IF; "
            "RETURN NEW; END $$"
        )
        sql.execute(
            "CREATE TRIGGER fail BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION fail()"
        )
        sql.execute("ALTER FUNCTION fail SET search_path FROM CURRENT")

        append(store, LEDGER, numbered(LEDGER, 1, 2))
        with pytest.raises(StoreBusyError, match="others always came first") as caught:
            append(store, LEDGER, drafts(LEDGER, "never"))

        assert type(caught.value) is StoreBusyError
        assert verify_log(store, LEDGER) == Verification(2, None)


def test_a_lock_that_others_never_let_go_is_given_up_for(schema: Schema, sql: Connection) -> None:
    with schema.open(lock_timeout_seconds=0.1) as store:
        append(store, LEDGER, numbered(LEDGER, 1, 2))
        with sql.transaction():
            sql.execute("SELECT FROM head WHERE ledger = %s FOR UPDATE", (LEDGER,))

            with pytest.raises(
                StoreBusyError, match="another transaction held the lock for too long"
            ):
                append(store, LEDGER, drafts(LEDGER, "e3"))
            assert len(list(store.read(LEDGER))) == 2

        append(store, LEDGER, drafts(LEDGER, "e3"))
        assert verify_log(store, LEDGER) == Verification(3, None)


def test_a_connection_that_is_lost_each_time_is_given_up_for() -> None:
    calls: list[str] = []

    def ask() -> None:
        calls.append("asked")
        with plain_errors("postgresql://office"):
            raise psycopg.errors.AdminShutdown

    with pytest.raises(
        StoreError, match="the connection was lost: check that the server"
    ) as caught:
        retry_while_busy("postgresql://office", ask, renew=lambda: calls.append("renewed"))

    assert type(caught.value) is StoreError
    assert calls == [*["asked", "renewed"] * 7, "asked"]


def test_a_failing_revision_is_not_taken_for_a_failing_store(schema: Schema) -> None:
    def fail(_: Iterator[Row]) -> None:
        raise psycopg.OperationalError(LEDGER)

    with schema.open() as store:
        append(store, LEDGER, drafts(LEDGER, "e1"))

        with pytest.raises(psycopg.OperationalError, match=LEDGER):
            store.append(LEDGER, drafts(LEDGER, "e2"), seen=0, clock_us=0, revise=fail)

        store.append(LEDGER, drafts(LEDGER, "e2"), seen=0, clock_us=0, revise=anybody)
        assert verify_log(store, LEDGER) == Verification(2, None)


def test_more_writers_and_readers_than_connections_wait_for_each_other(schema: Schema) -> None:
    """Let all writers revise: they read on a second connection, and there is always one."""
    with schema.open() as store, ThreadPoolExecutor(24) as threads:
        append(store, LEDGER, numbered(LEDGER, 1, 1))
        begin = threading.Barrier(24)

        def write(name: str) -> str:
            begin.wait()
            ledger = f"{LEDGER}-{name}"
            append(store, ledger, numbered(ledger, 1, 2))

            def revise(rows: Iterator[Row]) -> None:
                assert len(list(rows)) == 2
                assert store.head(ledger).position == 2

            store.append(ledger, drafts(ledger, "mine"), seen=0, clock_us=0, revise=revise)
            return ledger

        written = list(threads.map(write, map(str, range(24))))

        assert [verify_log(store, ledger).position for ledger in written] == [3] * 24
