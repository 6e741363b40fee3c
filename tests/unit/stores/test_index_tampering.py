"""Index of names that somebody changed: `verify` counts it, and `check` compares all of it."""

# ruff: noqa: S608 - the SQL is the test's own

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coopledger import Ledger, Verification, events
from coopledger._recording import indexing
from coopledger.errors import Finding
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from tests.builders import NAME, office
from tests.counting import Calls

LENGTH = 12
MANY = 300  # Some are sorted in, and some are not.


def written(path: Path, *, length: int) -> Path:
    """Write a log of that many events to a file."""
    with SqliteStore(path / "log.db", durability="fast") as store:
        ledger = office(store=store)
        while ledger.position < length:
            at = ledger.position + 1
            ledger.record(events.NoteAdded(id=f"n{at}", subject="vnfr", text=f"note {at}"))
    return path / "log.db"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a log of a few events, whose names are not sorted in yet."""
    return written(tmp_path, length=LENGTH)


@pytest.fixture(scope="module")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a log of which some names are sorted in, as the bytes of its file."""
    return written(tmp_path_factory.mktemp("long"), length=MANY).read_bytes()


@pytest.fixture
def long_path(tmp_path: Path, long_log: bytes) -> Path:
    """Return the path of the log of which some names are sorted in."""
    (tmp_path / "long.db").write_bytes(long_log)
    return tmp_path / "long.db"


def tamper(path: Path, statement: str) -> None:
    """Change the file on purpose."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert connection.execute(statement).rowcount == 1


def misfiled(path: Path) -> list[Finding]:
    """Return the findings of a check on the index."""
    with SqliteStore(path) as store:
        return [each for each in Ledger(store, name=NAME).check() if each.code == "C102"]


def verified(path: Path) -> Verification:
    with SqliteStore(path) as store:
        return Ledger(store, name=NAME).verify()


CHANGES = {
    "missing": ("DELETE FROM naming WHERE name = 'vnfr' AND position = 100", "is missing"),
    "surplus": (f"INSERT INTO naming VALUES ('{NAME}', 'vnfr', 3)", "does not have"),
    "of a new name": (f"INSERT INTO naming VALUES ('{NAME}', 'none', 20)", "does not have"),
    "opening": ("DELETE FROM opening WHERE name = 'vnfr'", "is missing"),
    "unsorted": ("UPDATE unsorted SET names = x'' WHERE position = 280", "is missing"),
    "unsorted row": ("DELETE FROM unsorted WHERE position = 270", "is missing"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_missing_or_surplus_name_is_told_with_its_position(long_path: Path, change: str) -> None:
    statement, reason = CHANGES[change]
    assert verified(long_path) == Verification(MANY, None)

    tamper(long_path, statement)
    verification = verified(long_path)

    fault = verification.fault
    assert fault is not None
    assert reason in fault.reason
    assert "the log is sound" in fault.reason
    assert verification.position == fault.position - 1
    where = statement.split("position = ")[-1]
    assert not where.isdecimal() or fault.position == int(where)
    with SqliteStore(long_path) as store:
        assert verify_log(store, NAME).fault is None


def test_to_sort_in_hides_nothing(path: Path) -> None:
    tamper(path, f"UPDATE unsorted SET names = x'' WHERE position = {LENGTH}")
    with SqliteStore(path, durability="fast") as store:
        ledger = Ledger(store, name=NAME)
        while ledger.position < MANY:
            ledger.record(events.NoteAdded(subject="vnfr", text=f"note {ledger.position}"))

        fault = ledger.verify().fault

    assert fault is not None
    assert fault.position == LENGTH


def test_a_count_that_was_changed_is_told_too(path: Path) -> None:
    tamper(path, "UPDATE listed SET entries = entries + 1")

    fault = verified(path).fault

    assert fault is not None
    assert (fault.position, "more or fewer" in fault.reason) == (LENGTH, True)


def test_verify_reads_the_names_only_where_their_number_is_another(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Calls(monkeypatch, indexing, "listing_of", "from_row")
    assert made.during(lambda: verified(path)) == 0

    tamper(path, f"UPDATE unsorted SET names = x'' WHERE position = {LENGTH}")
    assert made.during(lambda: verified(path)) > 0


def test_a_later_check_counts_nothing(path: Path) -> None:
    with SqliteStore(path) as store:
        checkpoint = Ledger(store, name=NAME).checkpoint()
    tamper(path, f"UPDATE unsorted SET names = x'' WHERE position = {LENGTH}")

    with SqliteStore(path) as store:
        assert Ledger(store, name=NAME).verify(since=checkpoint).fault is None


def test_check_tells_a_name_that_is_another(long_path: Path) -> None:
    assert misfiled(long_path) == []
    tamper(long_path, "UPDATE naming SET name = 'other' WHERE name = 'vnfr' AND position = 100")
    assert verified(long_path).fault is None

    (finding,) = misfiled(long_path)
    assert (finding.events, finding.positions) == (("n100",), (100,))
    assert "another name" in finding.message


def test_a_copy_has_an_index_of_its_own(long_path: Path, tmp_path: Path) -> None:
    tamper(long_path, "DELETE FROM naming WHERE name = 'vnfr' AND position = 100")

    with SqliteStore(long_path) as store, SqliteStore(tmp_path / "copy.db") as copy:
        Ledger(store, name=NAME).copy_to(Ledger(copy, name=NAME))

        assert Ledger(copy, name=NAME).verify() == Verification(MANY, None)
