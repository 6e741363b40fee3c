"""Tables of SQLite refuse every change but to add events at the end."""

# ruff: noqa: S608 - the SQL is the test's own

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from coopledger import Fault, Verification
from coopledger.errors import DamagedLogError
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, draft, drafts, numbered

LEDGER = "vistip"
COLUMNS = "ledger, position, event_id, type, v, recorded_us, effective, payload, digest, chain"


def event(position: int, event_id: str, *, ledger: str = LEDGER, recorded_us: int = 99) -> str:
    """Return the values of an event row as SQL."""
    return (
        f"VALUES ('{ledger}', {position}, '{event_id}', 't', 1, {recorded_us}, NULL, x'7b7d', "
        "zeroblob(32), zeroblob(32))"
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a log with three events, recorded at 10, 11 and 12."""
    with SqliteStore(tmp_path / "log.db") as store:
        append(store, LEDGER, numbered(LEDGER, 1, 3), clock_us=10)
    return tmp_path / "log.db"


@pytest.fixture
def sql(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield somebody else's connection, with SQLite's own settings."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def content(sql: sqlite3.Connection) -> list[tuple[object, ...]]:
    return (
        sql.execute("SELECT * FROM event").fetchall() + sql.execute("SELECT * FROM head").fetchall()
    )


FORBIDDEN = {
    "change a payload": "UPDATE event SET payload = x'00' WHERE position = 2",
    "change nothing": "UPDATE event SET v = v",
    "change by replacing": "UPDATE OR REPLACE event SET position = 1 WHERE position = 3",
    "remove one": "DELETE FROM event WHERE position = 3",
    "remove all": "DELETE FROM event",
    "skip a position": f"INSERT INTO event {event(5, 'e5')}",
    "take a position again": f"INSERT INTO event {event(3, 'e4')}",
    "take an id again": f"INSERT INTO event {event(4, 'e1')}",
    "replace a position": f"INSERT OR REPLACE INTO event {event(3, 'e4')}",
    "replace an id": f"INSERT OR REPLACE INTO event {event(4, 'e1')}",
    "replace an event": f"REPLACE INTO event {event(2, 'e2')}",
    "ignore a conflict": f"INSERT OR IGNORE INTO event {event(2, 'e2')}",
    "update on a conflict": f"INSERT INTO event {event(2, 'e2')} "
    "ON CONFLICT DO UPDATE SET payload = excluded.payload",
    "record before the last": f"INSERT INTO event {event(4, 'e4', recorded_us=12)}",
    "add without a head": f"INSERT INTO event {event(1, 'e1', ledger='new')}",
    "add two at once, one wrong": f"INSERT INTO event {event(4, 'e4')}, {event(6, 'e6')[7:]}",
    "move the head on": "UPDATE head SET position = 4",
    "move the head on with an event to come": "UPDATE head SET position = 4, recorded_us = 99, "
    "chain = zeroblob(32)",
    "move the head back": "UPDATE head SET position = 2, "
    "chain = (SELECT chain FROM event WHERE position = 2), recorded_us = 11",
    "change the head's chain": "UPDATE head SET chain = zeroblob(32)",
    "rename the head": "UPDATE head SET ledger = 'other'",
    "give the head a zone and move it": "UPDATE head SET zone = 'UTC', position = 4",
    "give the head a zone and another chain": "UPDATE head SET zone = 'UTC', chain = zeroblob(32)",
    "give the head no zone": "UPDATE head SET zone = NULL",
    "remove the head": "DELETE FROM head",
    "replace the head": f"REPLACE INTO head VALUES ('{LEDGER}', 0, zeroblob(32), NULL, 'UTC')",
    "begin a ledger in the middle": "INSERT INTO head VALUES ('new', 1, zeroblob(32), 5, NULL)",
}


@pytest.mark.parametrize("recursive", ["OFF", "ON"])
@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_file_refuses_to(sql: sqlite3.Connection, statement: str, recursive: str) -> None:
    sql.execute(f"PRAGMA recursive_triggers = {recursive}")
    before = content(sql)

    with pytest.raises(sqlite3.IntegrityError, match=r"^coopledger: "):
        sql.execute(statement)

    assert content(sql) == before


def test_the_file_lets_a_zone_be_given_once(sql: sqlite3.Connection) -> None:
    sql.execute("UPDATE head SET zone = 'Asia/Ho_Chi_Minh'")

    for zone in ("'UTC'", "NULL", "zone"):
        with pytest.raises(sqlite3.IntegrityError, match="is given one zone"):
            sql.execute(f"UPDATE head SET zone = {zone}")
    assert sql.execute("SELECT zone FROM head").fetchall() == [("Asia/Ho_Chi_Minh",)]


BROKEN = {
    "a short digest": ("digest", "x'00'"),
    "a digest as text": ("digest", "'" + "a" * 32 + "'"),
    "no payload": ("payload", "NULL"),
    "a version of zero": ("v", "0"),
    "words for a version": ("v", "'one'"),
    "no id": ("event_id", "NULL"),
    "half a microsecond": ("recorded_us", "99.5"),
}


@pytest.mark.parametrize(("column", "value"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("conflict", ["ABORT", "REPLACE", "IGNORE"])
def test_the_file_holds_no_row_with(
    sql: sqlite3.Connection, column: str, value: str, conflict: str
) -> None:
    before = content(sql)
    names = COLUMNS.split(", ")
    values = [
        value if name == column else unchanged
        for name, unchanged in zip(names, event(4, "e4")[8:-1].split(", "), strict=True)
    ]

    with suppress(sqlite3.IntegrityError):
        sql.execute(f"INSERT OR {conflict} INTO event VALUES ({', '.join(values)})")

    assert content(sql) == before


def test_what_is_added_by_hand_at_the_end_moves_the_head_and_verify_names_it(
    path: Path, sql: sqlite3.Connection
) -> None:
    sql.execute(f"INSERT INTO event {event(4, 'e4')}")

    assert sql.execute("SELECT position, recorded_us FROM head").fetchall() == [(4, 99)]
    with SqliteStore(path) as store:
        assert verify_log(store, LEDGER) == Verification(
            3, Fault(4, "the content does not match its digest")
        )


def test_a_ledger_that_was_begun_by_hand_goes_on(path: Path, sql: sqlite3.Connection) -> None:
    sql.execute(
        "INSERT INTO head (ledger, position, chain, recorded_us) "
        "VALUES ('new', 0, zeroblob(32), NULL)"
    )

    with SqliteStore(path) as store:
        listed = store.ledgers()
        append(store, "new", drafts("new", "e1"))

        assert listed == (LEDGER,)
        assert store.ledgers() == ("new", LEDGER)
        assert verify_log(store, "new").fault == Fault(
            1, "the chain does not continue the row before"
        )


def test_a_head_that_is_not_at_the_end_stops_the_next_append(
    path: Path, sql: sqlite3.Connection
) -> None:
    sql.execute("DROP TRIGGER head_moves_with_event")
    sql.execute(
        "UPDATE head SET position = 2, recorded_us = 11, "
        "chain = (SELECT chain FROM event WHERE position = 2)"
    )

    with SqliteStore(path) as store, pytest.raises(DamagedLogError) as caught:
        append(store, LEDGER, drafts(LEDGER, "e4"))

    assert caught.value.position == 3
    assert sql.execute("SELECT count(*) FROM event").fetchone() == (3,)


def test_people_may_read_the_log_with_sql(path: Path, sql: sqlite3.Connection) -> None:
    sql.execute("PRAGMA trusted_schema = OFF")
    payload = '{"text":"Hà Nội"}'
    with SqliteStore(path) as store:
        early = draft("old", "e1", effective="1969", payload=payload.encode())
        append(store, "old", [early], clock_us=-1)
        append(store, "old", drafts("old", "e2"), clock_us=1_660_642_200_000_001)

    rows = sql.execute(
        "SELECT position, event_id, type, v, recorded_at, effective, payload "
        "FROM readable_event WHERE ledger = 'old' ORDER BY position"
    ).fetchall()

    assert rows == [
        (1, "e1", "note-added", 1, "1969-12-31T23:59:59.999999Z", "1969", payload),
        (2, "e2", "note-added", 1, "2022-08-16T09:30:00.000001Z", None, "{}"),
    ]
