"""Operations that break a promise, to see that the harness tells it.

Each switches a bug on in the process that is cut off; what is checked afterwards is the same.
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from coopledger._interchange import files
from coopledger.errors import StoreError
from coopledger.stores.sqlite import file as sqlite_file
from coopledger.stores.sqlite.store import SqliteStore
from tests.power.operations import OPERATIONS, Operation, Say, opened, promises

__all__ = ["CARELESS"]


def _without_waiting_for_the_disk() -> None:
    """Let SQLite never sync, as ``PRAGMA synchronous = OFF`` does."""
    setattr(sqlite_file, "_SYNCHRONOUS", {"durable": "OFF"})  # noqa: B010 - a private name


def _without_syncing_files() -> None:
    """Let files take their place before they are on the disk."""

    def fsync(fd: int) -> None: ...

    setattr(os, "fsync", fsync)  # noqa: B010 - of another type


def _in_place() -> None:
    """Let files be written under their final names."""

    @contextmanager
    def replaced(path: Path) -> Generator[Path, None, None]:
        path.open("wb").close()
        yield path

    setattr(files, "replaced", replaced)  # noqa: B010 - of another type


def _ignoring_failures() -> None:
    """Let a failed commit pass for a done one."""
    commit = vars(SqliteStore)["_commit"]

    def careless(store: SqliteStore, connection: sqlite3.Connection) -> None:
        with suppress(StoreError):
            commit(store, connection)

    setattr(SqliteStore, "_commit", careless)  # noqa: B010 - a private name


def _raw() -> None:
    """Let errors of SQLite out as they are."""

    def unchanged(_: str, error: sqlite3.Error) -> sqlite3.Error:
        return error

    setattr(sys.modules[SqliteStore.__module__], "plain_error", unchanged)  # noqa: B010


def _hasty(folder: Path, say: Say) -> None:
    """Acknowledge each event before it is recorded."""
    with opened(folder) as ledger:
        for number in range(3):
            event = promises(f"one-{number}", 1)
            say(str(event[0].id))
            ledger.record(*event)


def _with(bug: Callable[[], None], operation: Operation) -> Operation:
    """Return the operation with the bug switched on."""

    def run(folder: Path, say: Say) -> None:
        bug()
        operation.run(folder, say)

    return attrs.evolve(operation, run=run)


CARELESS: dict[str, Operation] = {
    "hasty": attrs.evolve(OPERATIONS["record"], run=_hasty),
    "never synced": _with(_without_waiting_for_the_disk, OPERATIONS["record"]),
    "unsynced files": _with(_without_syncing_files, OPERATIONS["export"]),
    "in place": _with(_in_place, OPERATIONS["export"]),
    "failures ignored": _with(_ignoring_failures, OPERATIONS["record"]),
    "raw": _with(_raw, OPERATIONS["record"]),
}
