"""Readers with a name, which follow what is recorded and keep their place in the store."""

from coopledger.subscriptions.batches import Batch
from coopledger.subscriptions.handlers import Handle
from coopledger.subscriptions.handling import Failing
from coopledger.subscriptions.retries import Retry
from coopledger.subscriptions.statuses import SubscriptionStatus
from coopledger.subscriptions.subscription import Subscription

__all__ = [
    "Batch",
    "Failing",
    "Handle",
    "Retry",
    "Subscription",
    "SubscriptionStatus",
]
