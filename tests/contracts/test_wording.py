"""Each store says in full why it refuses."""

from collections.abc import Callable
from threading import Event

import pytest

from coopledger.errors import (
    ArgumentError,
    DamagedLogError,
    FieldError,
    StoreConflictError,
    StoreError,
)
from coopledger.stores import Store
from tests.contracts.drafts import anybody, append, drafts, numbered

REFUSED: dict[str, tuple[type[Exception], Callable[[Store, str], object]]] = {
    "event id 'e2' is already stored": (
        StoreConflictError,
        lambda store, ledger: append(store, ledger, drafts(ledger, "e3", "e2", "e4")),
    ),
    "event id 'e3' is given twice": (
        StoreConflictError,
        lambda store, ledger: append(store, ledger, drafts(ledger, "e3", "e3")),
    ),
    "at position 2: only an empty one is restored": (
        StoreConflictError,
        lambda store, ledger: store.restore(ledger, []),
    ),
    r"at position 3: missing: .* seen position 4": (
        DamagedLogError,
        lambda store, ledger: store.append(
            ledger, drafts(ledger, "e3"), seen=4, clock_us=0, revise=anybody
        ),
    ),
    "E106 recorded_at: 9223372036854775808 us does not fit in 64 bits": (
        FieldError,
        lambda store, ledger: append(store, ledger, drafts(ledger, "e3"), clock_us=2**63),
    ),
}


@pytest.mark.parametrize("words", REFUSED)
def test_a_refusal_says_what_was_found(store: Store, ledger: str, words: str) -> None:
    error, call = REFUSED[words]
    append(store, ledger, numbered(ledger, 1, 2))

    with pytest.raises(error, match=words):
        call(store, ledger)


def test_a_closed_store_says_so(own_store: Store) -> None:
    own_store.close()

    for call in (
        lambda: own_store.head("l"),
        lambda: own_store.cursors("l"),
        lambda: own_store.take_cursor("l", "mailer"),
        lambda: own_store.wait("l", after=0, seconds=0, stopped=Event()),
    ):
        with pytest.raises(StoreError, match="the store is closed"):
            call()


def test_a_cursor_is_moved_on_a_connection_of_its_own_driver(store: Store, ledger: str) -> None:
    before = store.take_cursor(ledger, "mailer")

    with pytest.raises(ArgumentError, match=r"connection=.*(is no connection|leads elsewhere)"):
        store.move_cursor(ledger, before, before, connection="office.db")
