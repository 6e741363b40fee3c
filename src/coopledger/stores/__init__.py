"""Where a log lies: in memory, or in a file (`coopledger.stores.sqlite`, loaded when used)."""

from coopledger._log.chain import Draft, Head, Row, digest, genesis, link
from coopledger.stores.memory import MemoryStore
from coopledger.stores.protocol import Store

__all__ = ["Draft", "Head", "MemoryStore", "Row", "Store", "digest", "genesis", "link"]
