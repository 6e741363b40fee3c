"""Recording: events are validated against what is visible, encoded, and stored together.

All or nothing: a refusal leaves the store, and what the ledger knows of it, as they were.
"""

from coopledger.recording.batches import Batch, to_record
from coopledger.recording.guest import TransactionRecorder
from coopledger.recording.receipts import Receipt
from coopledger.recording.recorder import Offer, Recorder
from coopledger.recording.replays import differs, retractions
from coopledger.recording.settings import Settings
from coopledger.recording.strictness import Strict, refused_warnings

__all__ = [
    "Batch",
    "Offer",
    "Receipt",
    "Recorder",
    "Settings",
    "Strict",
    "TransactionRecorder",
    "differs",
    "refused_warnings",
    "retractions",
    "to_record",
]
