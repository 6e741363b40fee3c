"""Readers with a name, which follow what is recorded and keep their place in the store."""

from coopledger.stores.protocol import Parked
from coopledger.subscriptions.batch import Batch
from coopledger.subscriptions.handler import Failing, Handle, Retry
from coopledger.subscriptions.subscription import Subscription, SubscriptionStatus

__all__ = ["Batch", "Failing", "Handle", "Parked", "Retry", "Subscription", "SubscriptionStatus"]
