"""Copies of a ledger: its file while others record, and its log in another store."""

from coopledger.copies.backups import back_up
from coopledger.copies.copyable import Copyable

__all__ = ["Copyable", "back_up"]
