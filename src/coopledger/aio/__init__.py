"""The ledger for programs on asyncio: the same calls, which do not hold up the event loop.

Nothing else is different: each call runs in a thread, and gives or raises what the ledger does.
"""

from coopledger.aio.ledger import Ledger
from coopledger.aio.opening import Opening
from coopledger.aio.subscription import Subscription

__all__ = ["Ledger", "Opening", "Subscription"]
