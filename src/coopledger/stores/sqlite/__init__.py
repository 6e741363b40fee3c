"""Logs in one SQLite file: the only door to sqlite3."""

from coopledger.stores.protocol import Durability
from coopledger.stores.sqlite.store import SqliteStore

__all__ = ["Durability", "SqliteStore"]
