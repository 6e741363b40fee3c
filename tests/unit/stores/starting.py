"""Programs that lie beside this file and use a log that tests use too."""

import os
import subprocess
import sys
from pathlib import Path

from coopledger.stores import Store
from coopledger.stores.sqlite import SqliteStore
from tests.servers import Place

ROOT = Path(__file__).parents[3]


def start(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Starts a program."""
    path = os.pathsep.join([str(ROOT), *sys.path])
    command = [sys.executable, "-m", f"tests.unit.stores.{program}", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": path})  # noqa: S603


def opened(log: str) -> Store:
    """The store at a path, or at a place as `told` names it."""
    schema, is_place, address = log.partition("@@")
    return Place(address, schema).open() if is_place else SqliteStore(log, durability="fast")


def told(place: Place) -> str:
    """A place as one argument."""
    return f"{place.schema}@@{place.address}"
