"""The contract of stores, for one of your own: subclass `StoreContract` and say how it is made."""

from coopledger.testing.stores.appending import AppendingContract
from coopledger.testing.stores.histories import HistoriesContract
from coopledger.testing.stores.logs import Opener
from coopledger.testing.stores.reading import ReadingContract
from coopledger.testing.stores.restoring import RestoringContract
from coopledger.testing.stores.sharing import SharingContract

__all__ = [
    "AppendingContract",
    "HistoriesContract",
    "Opener",
    "ReadingContract",
    "RestoringContract",
    "SharingContract",
    "StoreContract",
]


class StoreContract(
    ReadingContract, AppendingContract, RestoringContract, HistoriesContract, SharingContract
):
    """All that a `Store` promises, as tests for pytest.

    A subclass whose name begins with ``Test`` says how the store is made and opened::

        class TestMyStore(StoreContract):
            @classmethod
            def new_logs(cls, folder):
                return lambda: MyStore(folder / "my.log")

    The parts can be taken one by one too, while a store is on its way.
    """
