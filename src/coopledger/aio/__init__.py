"""Ledgers for programs on asyncio: calls that are awaited, and do not hold up the event loop.

Each call runs in a thread, and gives or raises what the call of the plain ledger does. One call
is not here: `transaction`, as the connection of a host belongs to one thread, in which all of its
transaction is done. Give `Ledger.write` a function that does it.
"""

from coopledger.aio.ledger import Ledger, Ledgers, Opening
from coopledger.aio.subscription import Subscription

__all__ = ["Ledger", "Ledgers", "Opening", "Subscription"]
