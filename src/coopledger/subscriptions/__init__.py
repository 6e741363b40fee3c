"""Named readers, which follow the events that are recorded and keep their position in the store."""

from coopledger.stores.protocol import Parked
from coopledger.subscriptions.handler import Batch, Failing, Handle, Retry
from coopledger.subscriptions.subscription import Subscription, SubscriptionStatus

__all__ = ["Batch", "Failing", "Handle", "Parked", "Retry", "Subscription", "SubscriptionStatus"]
