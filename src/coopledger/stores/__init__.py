"""Where a log lies: in memory, or in a file (`coopledger.stores.sqlite`, loaded when used)."""

from coopledger.stores.bookmarks import Bookmark, Parked
from coopledger.stores.chain import (
    Fault,
    Verification,
    beginning,
    content_fault,
    digest,
    genesis,
    head_at,
    link,
    row_fault,
    sound,
    unbroken,
    verify,
    verify_log,
)
from coopledger.stores.log_store import LogStore
from coopledger.stores.memory import MemoryStore
from coopledger.stores.protocol import Joined, Log, Revise, Store
from coopledger.stores.rows import Draft, Head, Row

__all__ = [
    "Bookmark",
    "Draft",
    "Fault",
    "Head",
    "Joined",
    "Log",
    "LogStore",
    "MemoryStore",
    "Parked",
    "Revise",
    "Row",
    "Store",
    "Verification",
    "beginning",
    "content_fault",
    "digest",
    "genesis",
    "head_at",
    "link",
    "row_fault",
    "sound",
    "unbroken",
    "verify",
    "verify_log",
]
