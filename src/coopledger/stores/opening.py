"""Address of a log: which store it names, and how that is opened."""

import os
from pathlib import Path

from coopledger._fields.reading import (
    argument,
    optional_argument,
    path,
    positive,
    seconds,
    short_repr,
    text,
)
from coopledger.errors import ArgumentError, FieldError, StoreError
from coopledger.stores.protocol import Durability, Store
from coopledger.stores.waiting import PATIENCE_SECONDS

_POSTGRES = {"postgres", "postgresql"}
_CONNECTIONS = 8  # which one process has at most, where nothing is said


def open_store(
    address: str | os.PathLike[str],
    durability: Durability,
    *,
    lock_timeout_seconds: float = PATIENCE_SECONDS,
    pool_size: int | None = None,
    readonly: bool = False,
) -> Store:
    """Open the store at the address; the module that it needs is imported only now.

    One that is only read is neither made nor lifted.

    Raises:
        StoreError: The store cannot be opened, or the address is that of something else.
        ArgumentError: The address is no path, the durability is unknown, the time is no number of
            seconds, or the pool has no connection or is for a file, which needs none.
    """
    target = _target(address)
    patience = argument("lock_timeout_seconds", seconds, lock_timeout_seconds)
    size = optional_argument("pool_size", positive, pool_size)
    if size is not None and isinstance(target, Path):
        remedy = "is for a PostgreSQL database: a file has no pool of connections, leave it out"
        raise ArgumentError("pool_size", str(size), remedy)
    try:
        if isinstance(target, Path):
            from coopledger.stores.sqlite import SqliteStore  # noqa: PLC0415

            return SqliteStore(
                target, durability=durability, lock_timeout_seconds=patience, readonly=readonly
            )
        from coopledger.stores.postgres.store import PostgresStore  # noqa: PLC0415

        return PostgresStore(
            target,
            durability=durability,
            lock_timeout_seconds=patience,
            pool_size=_CONNECTIONS if size is None else size,
            readonly=readonly,
        )
    except FieldError as error:
        raise ArgumentError("durability", error.found, error.remedy) from None


def refuse_address(store: object) -> None:
    """Refuse an address in the place of a store.

    Raises:
        ArgumentError: Says how a ledger is opened at an address.
    """
    given = store
    if isinstance(store, str | os.PathLike):
        path = "..." if "://" in str(given) else short_repr(given)  # a password may be in it
        raise ArgumentError("store", path, "is a path: use Ledger.open(path)")


def _target(address: str | os.PathLike[str]) -> str | Path:
    """Return the path of a file, with the home folder for ``~``, or the URL of a database.

    Raises:
        StoreError: It is the address of something else.
        ArgumentError: It is no path.
    """
    name = argument("address", text, address if isinstance(address, str) else _text_of(address))
    if name == ":memory:":
        raise ArgumentError("address", short_repr(name), "is no file: use Ledger.in_memory()")
    scheme, is_url, _ = name.partition("://")
    if name.lower().startswith("file:"):
        remedy = (
            "is an address of SQLite: give the path of the file, with readonly=True to read only"
        )
        raise ArgumentError("address", short_repr(name), remedy)
    if not is_url:
        return argument("address", path, name)
    if scheme not in _POSTGRES:
        # Without the rest, in which there may be a password.
        raise StoreError(f"{scheme}://...", "give the path of a file, or postgresql://...")
    return name


def _text_of(address: os.PathLike[str]) -> str:
    """Return a path as text.

    Raises:
        ArgumentError: It is no path.
    """
    try:
        return os.fspath(address)
    except TypeError:
        raise ArgumentError("address", short_repr(address), "is no path of a file") from None
