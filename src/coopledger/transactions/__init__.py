"""Recording within the transaction of a host application: both are stored, or neither."""

from coopledger.transactions.transaction import Transaction
from coopledger.transactions.transactional import Transactional

__all__ = ["Transaction", "Transactional"]
