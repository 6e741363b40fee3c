"""Files that somebody changed after dropping the guards: `verify_log` names the position."""

# ruff: noqa: S608 - the SQL is the test's own

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coopledger import Fault, Verification
from coopledger.errors import DamagedLogError
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, draft, numbered

LEDGER = "vistip"
LENGTH = 4
ALL = range(1, LENGTH + 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a log of four events, recorded a second apart."""
    with SqliteStore(tmp_path / "log.db", durability="fast") as store:
        for position in ALL:
            event = draft(LEDGER, f"e{position}", effective="2022", payload=b'{"n":%d}' % position)
            append(store, LEDGER, [event], clock_us=position * 1_000_000)
    return tmp_path / "log.db"


def tamper(path: Path, *statements: str) -> None:
    """Change the file on purpose, without the guards."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        guards = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        for (guard,) in guards.fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            assert connection.execute(statement).rowcount == 1


def verified(path: Path) -> Verification:
    with SqliteStore(path) as store:
        return verify_log(store, LEDGER)


FLIPS = {
    "ledger": "'other'",
    "position": "99",
    "event_id": "'other'",
    "type": "'other'",
    "v": "-1",
    "recorded_us": "recorded_us + 1",
    "effective": "NULL",
    "payload": "x'7b'",
    "digest": "zeroblob(32)",
    "chain": "zeroblob(31)",
}


@pytest.mark.parametrize("position", ALL)
@pytest.mark.parametrize(("column", "value"), FLIPS.items(), ids=FLIPS)
def test_a_changed_column_is_found_at_its_position(
    path: Path, column: str, value: str, position: int
) -> None:
    tamper(path, f"UPDATE event SET {column} = {value} WHERE position = {position}")

    verification = verified(path)

    assert verification.position == position - 1
    assert verification.fault is not None
    assert verification.fault.position == position


@pytest.mark.parametrize("position", ALL)
@pytest.mark.parametrize("column", ["event_id", "type", "effective"])
def test_a_text_that_is_no_utf_8_is_found_at_its_position(
    path: Path, column: str, position: int
) -> None:
    tamper(path, f"UPDATE event SET {column} = CAST(x'ff' AS TEXT) WHERE position = {position}")

    assert verified(path) == Verification(position - 1, Fault(position, "a text is no UTF-8"))
    with SqliteStore(path) as store, pytest.raises(DamagedLogError):
        list(store.read(LEDGER))
    with SqliteStore(path) as store:
        with pytest.raises(DamagedLogError) as caught:
            store.rows(LEDGER, ALL)
        others = set(ALL) - {position}
        assert set(store.rows(LEDGER, others)) == others
    assert caught.value.position == position


@pytest.mark.parametrize("column", ["event_id", "type", "effective"])
def test_a_text_that_is_no_utf_8_is_found_where_a_head_was_kept(path: Path, column: str) -> None:
    with SqliteStore(path) as store:
        kept = store.head(LEDGER)
    last = kept.position
    tamper(path, f"UPDATE event SET {column} = CAST(x'ff' AS TEXT) WHERE position = {last}")

    with SqliteStore(path) as store:
        verification = verify_log(store, LEDGER, since=kept)

    assert verification == Verification(last - 1, Fault(last, "a text is no UTF-8"))


@pytest.mark.parametrize("position", ALL)
def test_a_dropped_row_is_found_where_it_is_missing(path: Path, position: int) -> None:
    tamper(path, f"DELETE FROM event WHERE position = {position}")

    assert verified(path).position == position - 1


@pytest.mark.parametrize("first", ALL)
@pytest.mark.parametrize("second", ALL)
def test_two_swapped_rows_are_found_at_the_first_of_them(
    path: Path, first: int, second: int
) -> None:
    if first < second:
        tamper(
            path,
            f"UPDATE event SET position = -1 WHERE position = {first}",
            f"UPDATE event SET position = {first} WHERE position = {second}",
            f"UPDATE event SET position = {second} WHERE position = -1",
        )

        assert verified(path).position == first - 1


@pytest.mark.parametrize("position", ALL)
def test_an_inserted_row_is_found_at_its_position(path: Path, position: int) -> None:
    later = reversed(range(position, LENGTH + 1))
    tamper(
        path,
        *(f"UPDATE event SET position = {each + 1} WHERE position = {each}" for each in later),
        "INSERT INTO event SELECT ledger, "
        f"{position}, 'new', type, v, recorded_us - 1, effective, payload, digest, chain "
        f"FROM event WHERE position = {position + 1}",
        f"UPDATE head SET position = {LENGTH + 1}",
    )

    assert verified(path).position == position - 1


HEADS = {
    "moved on": ("UPDATE head SET position = 5", Fault(5, "missing: the head is at position 5")),
    "moved back": (
        (
            "UPDATE head SET (position, chain, recorded_us) = "
            "(SELECT position, chain, recorded_us FROM event WHERE position = 2)"
        ),
        Fault(3, "position 3 lies beyond the head, which is at position 2"),
    ),
    "with another chain": (
        "UPDATE head SET chain = zeroblob(32)",
        Fault(4, "the head does not match the last row"),
    ),
    "with another time": (
        "UPDATE head SET recorded_us = recorded_us + 1",
        Fault(4, "the head does not match the last row"),
    ),
    "removed": (
        "DELETE FROM head",
        Fault(1, "position 1 lies beyond the head, which is at position 0"),
    ),
}


@pytest.mark.parametrize(("statement", "fault"), HEADS.values(), ids=HEADS)
def test_a_head_is_found_that_was(path: Path, statement: str, fault: Fault) -> None:
    tamper(path, statement)

    assert verified(path) == Verification(fault.position - 1, fault)


def test_a_cut_tail_with_a_matching_head_is_found_only_against_a_head_kept_elsewhere(
    path: Path,
) -> None:
    with SqliteStore(path) as store:
        kept = store.head(LEDGER)
    tamper(
        path,
        "DELETE FROM event WHERE position = 4",
        "UPDATE head SET (position, chain, recorded_us) = "
        "(SELECT position, chain, recorded_us FROM event WHERE position = 3)",
    )

    with SqliteStore(path) as store:
        assert verify_log(store, LEDGER) == Verification(3, None)
        assert verify_log(store, LEDGER, since=kept) == Verification(
            3, Fault(4, "missing: the log once reached position 4")
        )


def test_the_other_ledgers_stay_sound(path: Path) -> None:
    with SqliteStore(path) as store:
        append(store, "other", numbered("other", 1, 3))
    tamper(path, f"UPDATE event SET v = 2 WHERE ledger = '{LEDGER}' AND position = 1")

    with SqliteStore(path) as store:
        assert verify_log(store, "other") == Verification(3, None)


def loosened(path: Path) -> None:
    """Let the columns hold any value, as a file can that was written without SQLite."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT, ', '')")


@pytest.mark.parametrize(
    "changed",
    [
        "event_id = X'65'",
        "type = X'65'",
        "v = 'one'",
        "recorded_us = 'late'",
        "effective = X'65'",
        "payload = 'text'",
        "digest = 7",
        "chain = 'text'",
    ],
)
@pytest.mark.parametrize("position", ALL)
def test_a_value_of_another_kind_is_found_at_its_position(
    path: Path, changed: str, position: int
) -> None:
    loosened(path)
    tamper(path, f"UPDATE event SET {changed} WHERE position = {position}")

    with SqliteStore(path) as store:
        verification = verify_log(store, LEDGER)
        read = store.read(LEDGER)
        before = [next(read).position for _ in range(1, position)]
        with pytest.raises(DamagedLogError, match="of another kind"):
            next(read)

    assert verification == Verification(
        position - 1, Fault(position, "a value is of another kind than its column")
    )
    assert before == [*range(1, position)]


def test_a_head_of_another_kind_is_found(path: Path) -> None:
    loosened(path)
    tamper(path, "UPDATE head SET position = 'four'")

    with SqliteStore(path) as store:
        verification = verify_log(store, LEDGER)

    assert verification == Verification(
        0, Fault(1, "in the head a value is of another kind than its column")
    )
