"""Recording within the transaction of a host application: both are stored, or neither."""

from coopledger.transactions.memory import Memory
from coopledger.transactions.transaction import Transaction, TransactionContext

__all__ = ["Memory", "Transaction", "TransactionContext"]
