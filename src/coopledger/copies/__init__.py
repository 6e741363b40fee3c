"""Copies of a ledger: its file while others record, and its log in another store."""

from coopledger.copies.backups import back_up
from coopledger.copies.copying import LogCopy, restore_copy

__all__ = ["LogCopy", "back_up", "restore_copy"]
