"""The contract of stores, for one of your own: subclass `StoreContract` and say how it is made."""

from coopledger.testing.stores.appending import AppendingContract
from coopledger.testing.stores.contract import StoreContract
from coopledger.testing.stores.cursors import CursorsContract
from coopledger.testing.stores.histories import HistoriesContract
from coopledger.testing.stores.logs import Opener
from coopledger.testing.stores.reading import ReadingContract
from coopledger.testing.stores.restoring import RestoringContract
from coopledger.testing.stores.sharing import SharingContract

__all__ = [
    "AppendingContract",
    "CursorsContract",
    "HistoriesContract",
    "Opener",
    "ReadingContract",
    "RestoringContract",
    "SharingContract",
    "StoreContract",
]
