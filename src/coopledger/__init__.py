"""Follow-up of cooperation between organisations, on an append-only log of events.

Who promised what to whom, and by when; at which stage each partnership is; what ran out; what
did we know then. Start with `Ledger` and `events`.
"""

from coopledger import events
from coopledger.dates import EdtfDate
from coopledger.ledger import Ledger
from coopledger.ledgers import Ledgers
from coopledger.recording import Receipt
from coopledger.view import View

__all__ = ["EdtfDate", "Ledger", "Ledgers", "Receipt", "View", "events"]
