"""Processes that use a log which a test uses too.

``python -m tests.unit.stores.processes race <log> <name> <count>`` appends while others append;
``... fork <log>`` forks with the log open, and both sides go on.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event

from coopledger.stores import Store
from coopledger.stores.sqlite import SqliteStore
from tests.contracts.drafts import anybody, append, drafts
from tests.servers import Schema

ROOT = Path(__file__).parents[3]
LEDGER = "vistip"


def start(program: str, log: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start one of `PROGRAMS` on the log."""
    path = os.pathsep.join([str(ROOT), *sys.path])
    command = [sys.executable, "-m", __name__, program, log, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path})  # noqa: S603


def log_argument(schema: Schema) -> str:
    """Return a schema as one argument; a file is given by its path."""
    return f"{schema.name}@@{schema.address}"


def open_log(log: str) -> Store:
    """Open the store that the argument names."""
    name, is_schema, address = log.partition("@@")
    return Schema(address, name).open() if is_schema else SqliteStore(log, durability="fast")


def race(log: str, name: str, count: str) -> int:
    """Append that many events in pairs."""
    with closing(open_log(log)) as store:
        for number in range(0, int(count), 2):
            pair = drafts(LEDGER, f"{name}/{number}", f"{name}/{number + 1}")
            store.append(LEDGER, pair, seen=0, clock_us=number, revise=anybody)
    return 0


def fork(log: str) -> int:
    """Append in the parent, in the child, and in the child after the parent has closed.

    The child goes on with the store that it inherits; its exit status is returned.
    """
    store = open_log(log)
    append(store, LEDGER, drafts(LEDGER, "parent"))
    store.wait(LEDGER, after=1, seconds=0.05, stopped=Event())
    child_has_appended, tell_parent = os.pipe()
    parent_has_closed, tell_child = os.pipe()
    child = os.fork()
    if child == 0:
        append(store, LEDGER, drafts(LEDGER, "child"))
        store.take_cursor(LEDGER, "child")
        store.wait(LEDGER, after=99, seconds=0.05, stopped=Event())
        os.write(tell_parent, b".")
        os.read(parent_has_closed, 1)
        append(store, LEDGER, drafts(LEDGER, "child, alone"))
        store.close()
        os._exit(0)
    os.read(child_has_appended, 1)
    append(store, LEDGER, drafts(LEDGER, "parent again"))
    store.wait(LEDGER, after=99, seconds=0.05, stopped=Event())
    store.close()
    os.write(tell_child, b".")
    _, status = os.waitpid(child, 0)
    return status


PROGRAMS: dict[str, Callable[..., int]] = {"race": race, "fork": fork}

if __name__ == "__main__":
    sys.exit(PROGRAMS[sys.argv[1]](*sys.argv[2:]))
