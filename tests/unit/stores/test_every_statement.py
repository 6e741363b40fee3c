"""Every statement of an append fails once: nothing is lost, torn or stored twice.

On the way to a PostgreSQL server every message is lost too: see test_postgres_failures.py.
"""

import sqlite3
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any, Literal, cast

import attrs
import pytest

from coopledger import Ledger, Verification, events
from coopledger._log.chain import Listing
from coopledger.errors import StoreError
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.sqlite.file import Connections
from coopledger.stores.verification import verify_log
from tests.builders import Clock
from tests.contracts.drafts import anybody, append, drafts, ids, nobody_else, numbered
from tests.servers import Schema

LEDGER = "vistip"
When = Literal["before", "after"]


# --- SQLite


@attrs.define
class Failure:
    """Failure of one statement: before it is done, or after.

    Attributes:
        number: Which one, from 1.
        when: Whether SQLite has done it.
        count: How many there were so far.
    """

    number: int
    when: When
    count: int = 0

    def at(self, when: When) -> None:
        self.count += when == "before"
        if self.count == self.number and when == self.when:
            self.number = 0
            message = "disk I/O error"
            raise sqlite3.OperationalError(message)


@attrs.frozen
class FailingConnection:
    """Connection as `SqliteStore` writes with it."""

    connection: sqlite3.Connection
    failure: Failure

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        self.failure.at("before")
        answer = self.connection.execute(statement, values)
        self.failure.at("after")
        return answer

    def executemany(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self.failure.at("before")
        self.connection.executemany(statement, rows)
        self.failure.at("after")


class FailingConnections(Connections):
    """Connections of which the one that writes fails."""

    failure = Failure(0, "before")

    def writer(self) -> sqlite3.Connection:
        return cast(sqlite3.Connection, FailingConnection(super().writer(), self.failure))

    def end(self, writer: sqlite3.Connection) -> None:
        super().end(cast(FailingConnection, writer).connection)


class FailingStore(SqliteStore):
    """Store one of whose statements fails once."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, durability="fast")
        self._connections.close()
        self._connections = self.connections = FailingConnections(self._file)


@pytest.mark.parametrize("when", ["before", "after"])
def test_whichever_statement_fails_recording_again_stores_once(tmp_path: Path, when: When) -> None:
    """See a failure after the commit reported too; the same events are then a replay."""
    parties = [
        events.PartyRegistered(id=f"e{number}", party=f"p{number}", name="Party", kind="other")
        for number in range(3)
    ]
    replays: list[bool] = []
    with FailingStore(tmp_path / "log.db") as store:
        for number in count(1):
            store.connections.failure = Failure(number, when)
            ledger = Ledger(store, name=f"l{number}", clock=Clock())
            try:
                ledger.record(*parties)
                break
            except StoreError:
                again = ledger.record(*parties)
            replays.append(again.replayed)
            assert [item.position for item in again.events] == [1, 2, 3]
            assert [item.event.id for item in ledger.events()] == ["e0", "e1", "e2"]
            assert ledger.verify() == Verification(3, None)

    # BEGIN, the head, the beginnings of ledger and index, the events, the index, COMMIT.
    assert len(replays) >= 7
    assert replays == [False] * (len(replays) - 1) + [when == "after"]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    ("first", "last", "statements"),
    [(1, 2, 9), (2, 2, 5), (256, 257, 11)],
    ids=["new", "a known end", "sorted in"],
)
def test_whichever_statement_fails_the_index_holds_what_the_log_holds(
    tmp_path: Path, when: When, first: int, last: int, statements: int
) -> None:
    listing = Listing(names=("p1", "p2"), opened=(("partnership", "p1"),))
    stored: list[bool] = []
    with FailingStore(tmp_path / "log.db") as store:
        for number in count(1):
            ledger = f"l{number}"
            append(store, ledger, numbered(ledger, 1, first - 1))
            batch = [attrs.evolve(each, listing=listing) for each in numbered(ledger, first, last)]
            store.connections.failure = Failure(number, when)
            try:
                store.append(ledger, batch, seen=first - 1, clock_us=9999, revise=nobody_else)
                break
            except StoreError:
                stored.append(store.head(ledger).position == last)
            positions = tuple(range(first, last + 1)) if stored[-1] else ()
            assert store.named(ledger, ["p1", "p2"]) == {"p1": positions, "p2": positions}
            assert store.opened(ledger, "partnership") == [(each, "p1") for each in positions]
            assert store.listed(ledger).position == store.head(ledger).position

    assert stored == [False] * (statements - 1) + [when == "after"]


def interrupt(store: SqliteStore, *, step: int) -> Callable[[], bool]:
    """Interrupt the writer once, at that step from now on; return what tells whether it will."""
    left = step

    def is_now() -> bool:
        nonlocal left
        left -= 1
        return left == 0

    with store._connections.writing() as connection:  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - SQLite counts its steps for a connection
        connection.set_progress_handler(is_now, 1)
    return lambda: left > 0


@pytest.mark.parametrize("before", [[], ["e0"]], ids=["a new ledger", "a known end"])
def test_an_append_that_is_interrupted_at_any_step_of_sqlite_stores_all_or_nothing(
    tmp_path: Path, before: list[str]
) -> None:
    """Fail not only between statements, but at each instruction that SQLite makes of them."""
    stored: list[bool] = []
    with SqliteStore(tmp_path / "log.db", durability="fast") as store:
        for step in count(1):
            ledger = f"{LEDGER}-{step}"
            append(store, ledger, drafts(ledger, *before))
            seen, is_to_come = len(before), interrupt(store, step=step)
            try:
                store.append(
                    ledger, numbered(ledger, 1, 3), seen=seen, clock_us=9, revise=nobody_else
                )
            except StoreError as error:
                assert error.reason == "SQLite failed (interrupted)"  # noqa: PT017 - not always
            if is_to_come():
                break
            stored.append(store.head(ledger).position > seen)
            append(store, ledger, numbered(ledger, 4, 6))
            expected = [*before, *(f"e{number}" for number in range(1 if stored[-1] else 4, 7))]
            assert ids(list(store.read(ledger))) == expected
            assert verify_log(store, ledger).fault is None

    # Only the steps after the commit come too late.
    assert len(stored) > 100
    assert stored == sorted(stored)
    assert sum(stored) < 5


# --- PostgreSQL: whatever the function does inside of the server

# A sequence counts on whether a transaction is rolled back or not.
FAILING = """
CREATE SEQUENCE firings;
CREATE TABLE failing (number bigint);
CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF nextval('firings') = (SELECT number FROM failing) THEN
        {how};
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER a_before BEFORE INSERT OR UPDATE ON head FOR EACH ROW EXECUTE FUNCTION fail();
CREATE TRIGGER z_after AFTER INSERT OR UPDATE ON head FOR EACH ROW EXECUTE FUNCTION fail();
CREATE TRIGGER a_before BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION fail();
CREATE TRIGGER z_after AFTER INSERT ON event FOR EACH ROW EXECUTE FUNCTION fail();
CREATE TRIGGER a_before BEFORE INSERT OR UPDATE ON listed FOR EACH ROW EXECUTE FUNCTION fail();
CREATE TRIGGER z_after AFTER INSERT OR UPDATE ON listed FOR EACH ROW EXECUTE FUNCTION fail();
"""
HAS_FIRED = "SELECT is_called AND last_value >= %s FROM firings"
ENDED = "PERFORM pg_terminate_backend(pg_backend_pid())"
COLLIDED = "RAISE EXCEPTION 'deadlock' USING ERRCODE = '40P01'"
FULL = "RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'"
BEGINNING = 2 + 2  # the head begins, and the index
FIRINGS = BEGINNING + 2 * 3 + 2 + 2  # three events are added, index and head move


@pytest.mark.parametrize("how", [ENDED, COLLIDED])
@pytest.mark.parametrize("seen", ["all", "less"])
def test_an_append_that_fails_anywhere_inside_the_server_is_stored_once(
    schema: Schema, how: str, seen: str
) -> None:
    """End a session, or let it collide with another: the append is attempted again."""
    fired: list[bool] = []
    with schema.open() as store, schema.connect() as sql:
        sql.execute("SELECT set_config('search_path', %s, false)", (schema.name,))
        for number in range(1, FIRINGS + 2):
            ledger = f"{LEDGER}-{number}"
            before = append(store, ledger, numbered(ledger, 8, 9)) if seen == "less" else ()
            if number == 1:
                sql.execute(FAILING.replace("{how}", how).encode())
                sql.execute(f"ALTER FUNCTION fail() SET search_path = {schema.name}".encode())
            sql.execute("ALTER SEQUENCE firings RESTART")
            sql.execute("DELETE FROM failing")
            sql.execute("INSERT INTO failing VALUES (%s)", (number,))

            rows = store.append(
                ledger, numbered(ledger, 1, 3), seen=0, clock_us=7, revise=anybody
            ).rows

            assert list(store.read(ledger)) == [*before, *rows]
            assert ids(rows) == ["e1", "e2", "e3"]
            assert verify_log(store, ledger).fault is None
            sql.execute("DELETE FROM failing")
            fired.append(sql.execute(HAS_FIRED, (number,)).fetchone() == (True,))

    # What is there already begins no more.
    firings = FIRINGS - BEGINNING * (seen == "less")
    assert fired == [True] * firings + [False] * (len(fired) - firings)


def test_an_append_that_the_server_refuses_anywhere_stores_nothing(schema: Schema) -> None:
    with schema.open() as store, schema.connect() as sql:
        sql.execute(FAILING.replace("{how}", FULL).encode())
        sql.execute(f"ALTER FUNCTION fail() SET search_path = {schema.name}".encode())
        for number in range(1, FIRINGS + 1):
            ledger = f"{LEDGER}-{number}"
            sql.execute("ALTER SEQUENCE firings RESTART")
            sql.execute("INSERT INTO failing VALUES (%s)", (number,))
            with pytest.raises(StoreError, match="disk is full"):
                append(store, ledger, numbered(ledger, 1, 3))
            sql.execute("DELETE FROM failing")

            assert store.head(ledger).position == 0
            assert list(store.read(ledger)) == []
            assert ids(append(store, ledger, numbered(ledger, 1, 3))) == ["e1", "e2", "e3"]
