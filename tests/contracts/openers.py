"""Openers of the stores that keep the contract; a new store is a new function in OPENERS."""

from collections.abc import Callable
from pathlib import Path

from coopledger.stores import MemoryStore
from coopledger.stores.sqlite import SqliteStore
from tests import servers
from tests.contracts.store.logs import Opener

__all__ = ["OPENERS"]


def _memory(_: Path) -> Opener:
    logs = MemoryStore()
    return lambda: logs


def _sqlite(folder: Path) -> Opener:
    return lambda: SqliteStore(folder / "log.db", durability="fast")


def _postgres(_: Path) -> Opener:
    return servers.new_schema().open


OPENERS: dict[str, Callable[[Path], Opener]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "postgres": _postgres,
}
