"""Contract of stores, on PostgreSQL."""

from pathlib import Path

from tests.contracts.openers import OPENERS
from tests.contracts.store.contract import StoreContract
from tests.contracts.store.cursors import CursorsContract
from tests.contracts.store.logs import Opener
from tests.contracts.store.naming import NamingContract


class TestPostgresStore(StoreContract, CursorsContract, NamingContract):
    @classmethod
    def new_logs(cls, folder: Path) -> Opener:
        return OPENERS["postgres"](folder)
