"""The contract of stores, for one of your own: subclass `StoreContract` and say how it is made."""

from coopledger.testing.stores.appending import AppendingContract
from coopledger.testing.stores.histories import HistoriesContract
from coopledger.testing.stores.reading import ReadingContract
from coopledger.testing.stores.restoring import RestoringContract
from coopledger.testing.stores.sharing import SharingContract


class StoreContract(
    ReadingContract, AppendingContract, RestoringContract, HistoriesContract, SharingContract
):
    """All that a `Store` promises, as tests for pytest.

    A subclass whose name begins with ``Test`` says in ``new_logs(folder)`` how new, empty logs are
    made; what that returns opens them, the same ones each time.

    The parts can be taken one by one too, while a store is on its way. One that keeps the places of
    readers, so that `Ledger.subscribe` can be asked of it, has `CursorsContract` beside this.
    """
