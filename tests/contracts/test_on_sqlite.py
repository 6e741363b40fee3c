"""The contract of stores, as it is shipped, on SQLite."""

from pathlib import Path

from coopledger.testing.stores import BookmarksContract, Opener, StoreContract
from tests.contracts.openers import OPENERS


class TestSqliteStore(StoreContract, BookmarksContract):
    @classmethod
    def new_logs(cls, folder: Path) -> Opener:
        return OPENERS["sqlite"](folder)
