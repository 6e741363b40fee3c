"""Logs in a PostgreSQL database: the only door to psycopg."""

from coopledger.errors import StoreError

try:
    import psycopg as _driver
except ImportError as _error:
    _reason: str = f'psycopg cannot be used ({_error}): pip install "coopledger[postgres]"'
    raise StoreError("postgresql", _reason) from _error

from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.protocol import Durability

__all__ = ["Durability", "PostgresStore"]

del _driver
