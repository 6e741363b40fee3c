"""Readers that begin to follow a ledger, or go on where they were."""

from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.fields import require, several, wrong
from coopledger.subscriptions.reading import Reader
from coopledger.subscriptions.subscription import Subscription
from coopledger.tags import Vocabulary

__all__ = ["subscribed_types", "take_subscription"]


def take_subscription(reader: Reader, name: str, *, after: int) -> Subscription:
    """Take the place of that name in the store; a new one begins after the position.

    Raises:
        ArgumentError: The position is beyond the last event.
        StoreError: The store cannot be written.
    """
    head = reader.store.head(reader.ledger)
    if after > head.position:
        remedy = f"is beyond the last event, which is at position {head.position}"
        raise ArgumentError("after", str(after), remedy)
    return Subscription(reader, reader.store.take_bookmark(reader.ledger, name, after=after))


def subscribed_types(vocabulary: Vocabulary, types: object) -> frozenset[str]:
    """Return the wire tags of one event type or several; E106 for anything else."""
    unknown = "is no event type of this ledger"

    def tag(cls: type[Event]) -> str:
        require(cls, type, unknown)
        if cls not in vocabulary:
            raise wrong(cls, unknown)
        return vocabulary.tag_of(cls)[0]

    tags = frozenset(several(types, tag))
    if not tags:
        raise wrong(types, "names no event type: leave it out for all of them")
    return tags
