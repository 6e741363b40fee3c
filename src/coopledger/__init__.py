"""Follow-up of cooperation between organisations, on an append-only log of events.

Who promised what to whom, and by when; at which stage each partnership is; what ran out; what
did we know then. Start with `Ledger` and `events`.
"""

from coopledger import events
from coopledger._dates.edtf import EdtfDate
from coopledger._interchange.importing import ImportReceipt
from coopledger._log.chain import Fault, Recorded, Verification
from coopledger._log.checkpoints import Checkpoint
from coopledger._recording.receipts import Receipt
from coopledger._recording.transaction import Transaction
from coopledger.ledger import Ledger
from coopledger.ledgers import Ledgers
from coopledger.view import View

__all__ = [
    "Checkpoint",
    "EdtfDate",
    "Fault",
    "ImportReceipt",
    "Ledger",
    "Ledgers",
    "Receipt",
    "Recorded",
    "Transaction",
    "Verification",
    "View",
    "events",
]


def __dir__() -> list[str]:
    """Return the public names; modules that were imported on the way are not listed."""
    return __all__
