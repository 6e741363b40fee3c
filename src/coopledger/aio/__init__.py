"""Ledgers for programs on asyncio: calls that are awaited, and do not hold up the event loop.

Each call runs in a thread, and gives or raises what the call of the plain ledger does. Two calls
are not here: `restore_copy`, which `copy_to` makes by itself, and `transaction`, as the connection
of a host belongs to one thread, in which all of its transaction is done: give `Ledger.write` a
function that does it.
"""

from coopledger.aio.ledger import Ledger, Ledgers, Opening
from coopledger.aio.subscription import Subscription

__all__ = ["Ledger", "Ledgers", "Opening", "Subscription"]
