"""What a store that keeps logs alone says of all that it cannot do."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coopledger import Ledger
from coopledger.errors import ArgumentError, StoreError
from coopledger.stores.protocol import Cursor
from tests.unit.testing.dictionary_store import DictionaryStore

LEDGER = "office"
CURSOR = Cursor(name="mailer", epoch=1, position=0, reached=0)
CALLS: dict[str, Callable[[DictionaryStore], object]] = {
    "cursors": lambda store: store.cursors(LEDGER),
    "take_cursor": lambda store: store.take_cursor(LEDGER, "mailer"),
    "move_cursor": lambda store: store.move_cursor(LEDGER, CURSOR, CURSOR),
    "joined": lambda store: store.joined(object()),
    "files": lambda store: store.files(),
    "back_up": lambda store: store.back_up(Path("copy.db"), tell=lambda _, __: None),
}


def test_it_has_no_files_and_no_cursors() -> None:
    store = DictionaryStore()

    assert store.files() == ()
    assert store.cursors(LEDGER) == ()
    assert not store.move_cursor(LEDGER, CURSOR, CURSOR)


def test_what_it_cannot_do_it_refuses_and_says_what_would_do(tmp_path: Path) -> None:
    ledger = Ledger(DictionaryStore(), name=LEDGER)

    with pytest.raises(StoreError, match="DictionaryStore: keeps no place for a reader: read"):
        ledger.subscribe("mailer")
    with pytest.raises(StoreError, match="DictionaryStore: has no file to back up: use export"):
        ledger.backup(tmp_path / "copy.db")
    with (
        pytest.raises(ArgumentError, match="lies in no database"),
        ledger.transaction(connection=object()),
    ):
        pytest.fail("not reached")


@pytest.mark.parametrize("call", CALLS)
def test_closed_it_refuses_every_call_for_that(call: str) -> None:
    store = DictionaryStore()
    store.close()

    with pytest.raises(StoreError, match="it is closed"):
        CALLS[call](store)
