"""Places of the readers of a ledger, copied with its log."""

from collections.abc import Iterable

import attrs

from coopledger.stores import Store
from coopledger.stores.bookmarks import Bookmark

__all__ = ["put_places"]


def put_places(store: Store, ledger: str, places: Iterable[Bookmark]) -> None:
    """Put every reader of the ledger at the place where it was in the other store.

    Who has subscribed under one of the names here already loses the place. Epochs begin anew:
    they tell apart the readers of one store.

    Raises:
        StoreError: The store keeps no places, or cannot be written.
    """
    for place in places:
        taken = store.take_bookmark(ledger, place.name)
        store.move_bookmark(ledger, taken, attrs.evolve(place, epoch=taken.epoch))
