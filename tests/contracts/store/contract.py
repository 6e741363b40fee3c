"""Contract of stores: a store keeps it that passes these tests."""

from tests.contracts.store.appending import AppendingContract
from tests.contracts.store.histories import HistoriesContract
from tests.contracts.store.paging import PagingContract
from tests.contracts.store.reading import ReadingContract
from tests.contracts.store.restoring import RestoringContract
from tests.contracts.store.sharing import SharingContract


class StoreContract(
    ReadingContract,
    AppendingContract,
    PagingContract,
    RestoringContract,
    HistoriesContract,
    SharingContract,
):
    """All that a `Store` promises about its logs.

    A subclass whose name begins with ``Test`` says in ``new_logs(folder)`` how new, empty logs are
    made. A store that keeps the cursors of readers has `CursorsContract` too, one with an index of
    names `NamingContract`.
    """
