"""Events out to files and in from them, as JSON Lines."""

from coopledger.interchange.portable import Portable
from coopledger.interchange.receipts import ImportReceipt

__all__ = ["ImportReceipt", "Portable"]
