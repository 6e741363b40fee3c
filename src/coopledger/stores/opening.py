"""Address of a log: which store it names, and how that is opened."""

import os
from pathlib import Path

from coopledger._fields.reading import argument, path, short_repr, text
from coopledger.errors import ArgumentError, FieldError, StoreError
from coopledger.stores.protocol import Durability, Store

_POSTGRES = {"postgres", "postgresql"}


def open_store(
    address: str | os.PathLike[str], durability: Durability, *, readonly: bool = False
) -> Store:
    """Open the store at the address; the module that it needs is imported only now.

    One that is only read is neither made nor lifted.

    Raises:
        StoreError: The store cannot be opened, or the address is that of something else.
        ArgumentError: The address is no path, or the durability is unknown.
    """
    target = _target(address)
    try:
        if isinstance(target, Path):
            from coopledger.stores.sqlite import SqliteStore  # noqa: PLC0415

            return SqliteStore(target, durability=durability, readonly=readonly)
        from coopledger.stores.postgres.store import PostgresStore  # noqa: PLC0415

        return PostgresStore(target, durability=durability, readonly=readonly)
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
