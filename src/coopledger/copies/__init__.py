"""Copies of a ledger: its file while others record, and its log in another store."""

from coopledger.copies.copyable import Copyable

__all__ = ["Copyable"]
