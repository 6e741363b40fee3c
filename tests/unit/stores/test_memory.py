"""Store in memory: it has no files and no connections, and names the remedy."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coopledger import Ledger
from coopledger.errors import ArgumentError, StoreError
from coopledger.stores import MemoryStore

CALLS: dict[str, Callable[[MemoryStore], object]] = {
    "joined": lambda store: store.joined(object()),
    "files": lambda store: store.files(),
    "back_up": lambda store: store.back_up(Path("copy.db"), tell=lambda _, __: None),
}


def test_what_it_cannot_do_it_refuses_and_says_what_would_do(tmp_path: Path) -> None:
    ledger = Ledger(MemoryStore(), name="office")

    with pytest.raises(StoreError, match="memory: has no file to back up: use export"):
        ledger.backup(tmp_path / "copy.db")
    with (
        pytest.raises(ArgumentError, match="lies in no database"),
        ledger.transaction(connection=object()),
    ):
        pytest.fail("not reached")


@pytest.mark.parametrize("call", CALLS)
def test_closed_it_refuses_every_call_for_that(call: str) -> None:
    store = MemoryStore()
    store.close()

    with pytest.raises(StoreError, match="the store is closed"):
        CALLS[call](store)
