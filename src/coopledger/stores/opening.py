"""Which store lies at an address."""

import os
from pathlib import Path

from coopledger._fields.reading import argument, path, short_repr, text
from coopledger.errors import ArgumentError, FieldError, StoreError
from coopledger.stores.protocol import Durability, Store

_POSTGRES = {"postgres", "postgresql"}


def open_store(address: str | os.PathLike[str], durability: Durability) -> Store:
    """The store there; the module that it needs is imported only now.

    Raises:
        StoreError: The store cannot be opened, or the address is that of something else.
        ArgumentError: The address is no path, or the durability is unknown.
    """
    place = _place(address)
    try:
        return _opened(place, durability)
    except FieldError as error:
        raise ArgumentError("durability", error.found, error.remedy) from None


def _opened(place: str | Path, durability: Durability) -> Store:
    """The store at a path or an address.

    Raises:
        FieldError: The durability is unknown (E106).
    """
    if isinstance(place, Path):
        from coopledger.stores.sqlite import SqliteStore  # noqa: PLC0415

        return SqliteStore(place, durability=durability)
    from coopledger.stores.postgres.store import PostgresStore  # noqa: PLC0415

    return PostgresStore(place, durability=durability)


def _place(address: str | os.PathLike[str]) -> str | Path:
    """The path of a file, the home folder in place of ``~``, or the address of a database.

    Raises:
        StoreError: It is the address of something else.
        ArgumentError: It is no path.
    """
    place = argument("address", text, address if isinstance(address, str) else _text_of(address))
    if place == ":memory:":
        raise ArgumentError("address", short_repr(place), "is no file: use Ledger.in_memory()")
    scheme, is_url, _ = place.partition("://")
    if not is_url:
        return argument("address", path, place)
    if scheme not in _POSTGRES:
        # The rest is not told: there may be a password in it.
        raise StoreError(f"{scheme}://...", "give the path of a file, or postgresql://...")
    return place


def _text_of(address: os.PathLike[str]) -> str:
    """A path as text.

    Raises:
        ArgumentError: It is no path.
    """
    try:
        return os.fspath(address)
    except TypeError:
        raise ArgumentError("address", short_repr(address), "is no path of a file") from None
