"""Errors of the server: the reason that a person understands, and when to ask again.

Errors are distinguished by their sqlstate alone: the words of messages, and the names of
constraints, differ between versions, languages and engines.
"""

import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import TypeVar

import psycopg

from coopledger.errors import StoreBusyError, StoreError
from coopledger.stores.database import BUSY

_Result = TypeVar("_Result")

# Two transactions stood in each other's way, and this one was rolled back whole.
_COLLISIONS = {"40001", "40P01"}

# The connection ended, and with it what was under way; whether it was committed is not known.
_LOST_CLASS = "08"
_LOST = {"25P03", "40003", "57P01", "57P02", "57P03", "57P05"}

_LOCKED = "55P03"
_REASONS = {
    "25006": "the server takes no writing, as a standby does: connect to the primary",
    "25P02": "the transaction failed before: roll it back, then do all of it again",
    "28000": "the server does not let this user in: check the user and pg_hba.conf",
    "28P01": "the server does not let this user in: check the password",
    "3D000": "there is no such database: create it first",
    "3F000": "the schema of the log is gone: put back a backup",
    "42501": "this role lacks a right: grant it what docs/how-to/share-on-postgresql.md lists",
    "42883": "a function of the log is gone: put back a backup",
    "42P01": "a table of the log is gone: put back a backup",
    "53100": "the server's disk is full: make room, then record again",
    "53200": "the server is out of memory: try again with less at once",
    "53300": "the server has no connection to spare: close some, or raise max_connections",
    "57014": "the server cut the statement off: raise its statement_timeout",
    "XX001": "something in the database changes what is stored: look for triggers and rules",
    "P0001": "the tables refuse it: an event is only ever added, after the head",
}

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.005, 0.5
_ATTEMPTS = 8


class LostConnectionError(StoreError):
    """Error of a connection that ended. Seen inside the store only: it connects again."""


class CollisionError(StoreBusyError):
    """Error of a transaction that gave way to another. Seen inside the store only."""


@contextmanager
def plain_errors(store: str) -> Generator[None, None, None]:
    """Turn errors of psycopg into `StoreError` with a reason that a person understands.

    Broken constraints go through, and so do numbers that are too large: the writer knows what
    they mean.
    """
    try:
        yield
    except (psycopg.IntegrityError, psycopg.errors.NumericValueOutOfRange):
        raise
    except psycopg.Error as error:
        raise _plain(store, error) from error


def retry_while_busy(
    store: str, ask: Callable[[], _Result], *, renew: Callable[[], None]
) -> _Result:
    """Return the result of ``ask``, called again after a collision or on a new connection.

    The number of calls is bounded, and the pauses between them grow. ``renew`` is called after a
    lost connection, before the pause.

    Raises:
        StoreBusyError: Others came first each time.
        StoreError: The connection was lost each time, or the server failed otherwise.
    """
    for pause_seconds in _pauses():
        try:
            return ask()
        except LostConnectionError:
            renew()
        except CollisionError:
            pass  # rolled back whole: nothing to tidy up
        time.sleep(pause_seconds)
    with final_errors(store):
        return ask()


@contextmanager
def final_errors(store: str) -> Generator[None, None, None]:
    """Turn errors after which nothing is asked again into errors that others may catch.

    An error that is answered by asking again must come from one's own asking, never from that of
    a reader inside a writer's revision.
    """
    try:
        with plain_errors(store):
            yield
    except LostConnectionError as error:
        raise StoreError(store, error.reason) from error
    except CollisionError as error:
        raise StoreBusyError(store, error.reason) from error


def _pauses() -> Iterator[float]:
    pause_seconds = _FIRST_PAUSE_SECONDS
    for _ in range(_ATTEMPTS - 1):
        yield pause_seconds
        pause_seconds = min(2 * pause_seconds, _LONGEST_PAUSE_SECONDS)


def _plain(store: str, error: psycopg.Error) -> StoreError:
    text, state = first_line(error), error.sqlstate
    if state in _COLLISIONS:
        return CollisionError(store, f"others always came first: try again ({text})")
    if _is_lost(error):
        reason = "the connection was lost: check that the server runs, then try again"
        return LostConnectionError(store, f"{reason} ({text})")
    if state == _LOCKED:
        return StoreBusyError(store, f"{BUSY} ({text})")
    return StoreError(store, f"{_REASONS.get(state or '', 'PostgreSQL failed')} ({text})")


def first_line(error: BaseException | None) -> str:
    """Return the first line of the message of the server: more of them repeat the statement."""
    return str(error).strip().partition("\n")[0]


def _is_lost(error: psycopg.Error) -> bool:
    """Tell whether the connection ended; if the client noticed it first, there is no sqlstate."""
    state = error.sqlstate
    if state is None:
        return isinstance(error, psycopg.OperationalError)
    return state in _LOST or state.startswith(_LOST_CLASS)
