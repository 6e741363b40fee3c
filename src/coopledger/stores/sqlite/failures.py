"""Errors of SQLite: the reason that a person understands, and when to ask again."""

import os
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import TypeVar

from coopledger.errors import StoreBusyError, StoreError
from coopledger.stores.database import BUSY

# How long SQLite itself waits for a lock each time it is asked. Short, as its waiting is
# unfair: it looks ever more rarely, and later programs take the lock in between.
BUSY_TIMEOUT_SECONDS = 0.01

_SHORTEST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.001, 0.005
_SECONDS_PER_ATTEMPT = BUSY_TIMEOUT_SECONDS + _LONGEST_PAUSE_SECONDS

_Result = TypeVar("_Result")

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DENIED = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
_UNWRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
_REASONS = {
    sqlite3.SQLITE_PERM: "access is denied: check the permissions of the file and its folder",
    sqlite3.SQLITE_READONLY: "the file or its folder is read only: nothing can be recorded",
    sqlite3.SQLITE_IOERR: "reading or writing the disk failed: check it, and what room it has",
    sqlite3.SQLITE_CORRUPT: "the file is damaged: put back a backup",
    sqlite3.SQLITE_FULL: "the disk is full: make room, then record again",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened: check its folder and the permissions",
    sqlite3.SQLITE_NOTADB: "this is not an SQLite file",
}


@contextmanager
def plain_errors(store: str) -> Generator[None, None, None]:
    """Turn errors of SQLite into `StoreError` with a reason that a person understands.

    Broken constraints go through: the writer knows what they mean.
    """
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except (UnicodeDecodeError, sqlite3.Error) as error:
        raise plain_error(store, error) from error


def plain_error(store: str, error: UnicodeDecodeError | sqlite3.Error) -> StoreError:
    """Return the error with a reason that a person understands."""
    if isinstance(error, UnicodeDecodeError):  # of a message that repeats bytes of the file
        return StoreError(store, f"{_REASONS[sqlite3.SQLITE_CORRUPT]} ({error})")
    code = _primary_code(error)
    if code in _BUSY:
        return StoreBusyError(store, f"{BUSY} ({error})")
    return StoreError(store, f"{_REASONS.get(code, 'SQLite failed')} ({error})")


def retry_while_busy(
    store: str, ask: Callable[[], _Result], *, lock_timeout_seconds: float
) -> _Result:
    """Return the result of ``ask``, called again while others hold the lock.

    The number of calls is bounded. The pauses between differ from process to process, so that
    those who collided once do not collide again: they follow from the process id, not from chance.

    Raises:
        StoreBusyError: Others held the lock for about ``lock_timeout_seconds``.
        StoreError: SQLite failed for another reason.
    """
    with plain_errors(store):
        for attempt in range(int(lock_timeout_seconds / _SECONDS_PER_ATTEMPT)):
            try:
                return ask()
            except sqlite3.OperationalError as error:
                _refuse_all_but_busy(error)
            time.sleep(_pause_seconds(os.getpid(), attempt))
        return ask()


def is_undecodable(error: StoreError) -> bool:
    """Tell whether the text that was read is no UTF-8; Python gives no code for it."""
    return "Could not decode to UTF-8" in error.reason


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether others hold the lock."""
    return _primary_code(error) in _BUSY


def is_denied(error: sqlite3.Error) -> bool:
    """Tell whether SQLite may not open or make one of its files."""
    return _primary_code(error) in _DENIED


def is_no_database(error: sqlite3.Error) -> bool:
    """Tell whether a file, taken by itself, is none of SQLite's."""
    return _primary_code(error) == sqlite3.SQLITE_NOTADB


def cannot_write(error: sqlite3.Error) -> bool:
    """Tell whether a file that can perhaps be read cannot be written: not allowed, or no room."""
    return _primary_code(error) in _UNWRITABLE


def is_unwritable(error: StoreError) -> bool:
    """Tell whether SQLite failed because the log cannot be written."""
    return isinstance(error.__cause__, sqlite3.Error) and cannot_write(error.__cause__)


def is_damage(error: BaseException | None) -> bool:
    """Tell whether SQLite found what no sound database holds."""
    return isinstance(error, sqlite3.Error) and _primary_code(error) == sqlite3.SQLITE_CORRUPT


def is_read_only(error: BaseException | None) -> bool:
    """Tell whether SQLite was to write what it may only read."""
    return isinstance(error, sqlite3.Error) and _primary_code(error) == sqlite3.SQLITE_READONLY


def _refuse_all_but_busy(error: sqlite3.OperationalError) -> None:
    if not is_busy(error):
        raise error


def _primary_code(error: sqlite3.Error) -> int:
    # Errors of the Python module itself, such as using a closed connection, have no code.
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF


def _pause_seconds(process_id: int, attempt: int) -> float:
    """Return a pause between the shortest and the longest, spread over processes and attempts."""
    spread = (process_id * 7919 + attempt * 104_729) % 4096 / 4096
    return _SHORTEST_PAUSE_SECONDS + spread * (_LONGEST_PAUSE_SECONDS - _SHORTEST_PAUSE_SECONDS)
