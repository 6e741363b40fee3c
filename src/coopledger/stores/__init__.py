"""Stores of logs: in memory, in an SQLite file, or in a PostgreSQL database.

`coopledger.stores.sqlite` and `coopledger.stores.postgres` are loaded when they are used.
"""

from coopledger._log.chain import Draft, Head, Row, digest, genesis, link
from coopledger.stores.memory import MemoryStore
from coopledger.stores.protocol import Appended, Store

__all__ = ["Appended", "Draft", "Head", "MemoryStore", "Row", "Store", "digest", "genesis", "link"]
