"""Contract of stores, on memory."""

from pathlib import Path

from tests.contracts.openers import OPENERS
from tests.contracts.store.contract import StoreContract
from tests.contracts.store.cursors import CursorsContract
from tests.contracts.store.logs import Opener
from tests.contracts.store.naming import NamingContract


class TestMemoryStore(StoreContract, CursorsContract, NamingContract):
    @classmethod
    def new_logs(cls, folder: Path) -> Opener:
        return OPENERS["memory"](folder)
