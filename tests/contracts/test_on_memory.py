"""The contract of stores, as it is shipped, on memory."""

from pathlib import Path

from coopledger.testing.stores import CursorsContract, Opener, StoreContract
from tests.contracts.openers import OPENERS


class TestMemoryStore(StoreContract, CursorsContract):
    @classmethod
    def new_logs(cls, folder: Path) -> Opener:
        return OPENERS["memory"](folder)
