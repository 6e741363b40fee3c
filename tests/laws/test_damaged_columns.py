"""Whatever a column of a stored log holds, each call works or raises an error of the library."""

# ruff: noqa: S608 - the SQL is the test's own

import io
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from coopledger import Ledger, Ledgers, events
from coopledger.errors import CoopledgerError
from coopledger.testing import WORLD, Clock

NAME = "office"
DAYS = "2020-01-01", "2019-12-31", None

# What somebody may write into a column with a program that knows no types.
DAMAGES = (
    "NULL",
    "x'00ff'",
    "''",
    "'text'",
    "CAST(x'ff' AS TEXT)",
    "9223372036854775807",
    "-1",
    "1.5",
    "substr({column}, 1, length({column}) / 2)",
)
TABLES = (
    *("head", "event", "subscription", "parked"),
    *("naming", "opening", "unsorted", "listed", "listed_tag"),
    *("upkeep", "bundle", "rests", "kept"),
)

# Called with the ledger and the path of its file.
Call = Callable[[Ledger, Path], object]


def _ask(ledger: Ledger, _: Path) -> None:
    for day in DAYS:
        view = ledger.view(day)
        view.partnerships()
        view.commitments(open=None)
    view = ledger.view(known_at="2020-01-02")
    view.find("lend")
    view.commitment("c1")


def _follow(ledger: Ledger, _: Path) -> None:
    for batch in ledger.subscribe("reader", batch_size=2).batches():
        batch.save()


def _names(path: Path) -> None:
    with Ledgers.open(path) as ledgers:
        list(ledgers)


CALLS: dict[str, Call] = {
    "position": lambda ledger, _: ledger.position,
    "view": _ask,
    "events": lambda ledger, _: list(ledger.events()),
    "verify": lambda ledger, _: ledger.verify(),
    "check": lambda ledger, _: ledger.check(),
    "subscriptions": lambda ledger, _: ledger.subscriptions(),
    "subscribe": _follow,
    "export": lambda ledger, _: ledger.export_jsonl(io.BytesIO()),
    "checkpoint": lambda ledger, _: ledger.checkpoint(),
    "backup": lambda ledger, path: ledger.backup(path.with_suffix(".backup")),
    "copy": lambda ledger, _: ledger.copy_to(Ledger.in_memory(name=NAME)),
    "names": lambda _, path: _names(path),
    "record": lambda ledger, _: ledger.record(*_promises("d", 3)),
    "view again": _ask,
}


def _promises(letter: str, number: int) -> list[events.Event]:
    return [
        events.CommitmentMade(
            id=f"{letter}{each}",
            commitment=f"{letter}{each}",
            partnership="vnfr",
            debtors=["vn"],
            creditors=["fr"],
            what="lend a buoy",
            when="2020-01-01",
            due="2021",
        )
        for each in range(1, number + 1)
    ]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a log that has rows in each table, and whose columns take anything."""
    path = tmp_path_factory.mktemp("sound") / "log.db"
    with Ledger.open(path, name=NAME, clock=Clock()) as ledger:
        ledger.record(*WORLD)
        ledger.record(*_promises("c", 3))
        _ask(ledger, path)
        next(iter(ledger.subscribe("reader", batch_size=2).batches())).save()
    with closing(sqlite3.connect(path, isolation_level=None)) as log:
        log.execute("INSERT INTO parked VALUES (?, 'reader', 0, 2, 0, 'it failed', NULL)", (NAME,))
        for (guard,) in log.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            log.execute(f"DROP TRIGGER {guard}")
        assert [
            name for name in TABLES if not log.execute(f"SELECT 1 FROM {name}").fetchone()
        ] == []
        log.execute("PRAGMA writable_schema = ON")
        for guard in (" NOT NULL", ") STRICT"):
            kept = ")" if guard.startswith(")") else ""
            change = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE type = 'table'"
            log.execute(change, (guard, kept))
        log.execute("UPDATE sqlite_schema SET sql = replace(sql, '), WITHOUT', ') WITHOUT')")
    return path


def _damaged(sound: Path, folder: Path, table: str) -> Iterator[tuple[str, Path]]:
    """Yield each damage of a column of the table, with the file that has it."""
    with closing(sqlite3.connect(sound)) as log:
        columns = [column for _, column, *_ in log.execute(f"PRAGMA table_info({table})")]
    for column in columns:
        for damage in DAMAGES:
            path = folder / f"{len(list(folder.iterdir()))}.db"
            shutil.copy(sound, path)
            with closing(sqlite3.connect(path, isolation_level=None)) as log:
                log.execute("PRAGMA ignore_check_constraints = ON")
                value = damage.format(column=column)
                change = f"UPDATE OR IGNORE {table} SET {column} = {value}"
                try:
                    changed = log.execute(change).rowcount
                except sqlite3.IntegrityError:  # The number of a row is one, whatever is written.
                    continue
            if changed:
                yield f"{table}.{column} = {damage}", path


def _raw_errors(path: Path) -> Iterator[str]:
    """Yield each error of a call that is none of the library, and what raised it."""
    ledger: Ledger | None = None
    for name, call in CALLS.items():
        try:
            ledger = ledger or Ledger.open(path, name=NAME, clock=Clock(), lock_timeout_seconds=0.1)
            call(ledger, path)
        except CoopledgerError:
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is
            yield f"{name}: {error!r}"
    if ledger is not None:
        ledger.close()


@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_column_never_raises_what_the_library_does_not_name(
    table: str, sound: Path, tmp_path: Path
) -> None:
    raw = {
        damage: found
        for damage, path in _damaged(sound, tmp_path, table)
        if (found := list(_raw_errors(path)))
    }

    assert raw == {}


def test_each_table_of_a_file_is_damaged(sound: Path) -> None:
    with closing(sqlite3.connect(sound)) as log:
        names = {
            name for (name,) in log.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }

    assert names == set(TABLES)
