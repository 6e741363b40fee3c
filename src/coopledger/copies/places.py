"""Where the readers of a ledger are, carried along with it."""

from collections.abc import Iterable

import attrs

from coopledger.stores import Store
from coopledger.stores.bookmarks import Bookmark

__all__ = ["put_places"]


def put_places(store: Store, ledger: str, places: Iterable[Bookmark]) -> None:
    """Leaves the readers of the ledger where they were elsewhere.

    Who has subscribed under one of the names here already loses the place. Epochs begin anew:
    they tell apart the readers of one store.

    Raises:
        StoreError: The store keeps no places, or cannot be written.
    """
    for place in places:
        taken = store.take_bookmark(ledger, place.name)
        store.move_bookmark(ledger, taken, attrs.evolve(place, epoch=taken.epoch))
