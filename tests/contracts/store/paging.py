"""Contract of appending more drafts than fit into memory, page by page."""

from collections.abc import Iterator, Sequence

import attrs
import pytest

from coopledger._log.chain import Draft, Listing, Row, Verification
from coopledger.errors import DamagedLogError, StoreConflictError
from coopledger.stores import MemoryStore, Store
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import anybody, append, drafts, ids, nobody_else, numbered
from tests.contracts.store.logs import Logs

INTERRUPTION = LookupError("what drawing the pages raises is the caller's own")
REFUSAL = LookupError("what others stored stands against it")


def _pages(ledger: str, *, first: int = 1) -> list[list[Draft]]:
    """Return three pages of drafts from e<first> on."""
    return [numbered(ledger, first, first + 1), numbered(ledger, first + 2, first + 2)]


def _cut_off(pages: Sequence[Sequence[Draft]]) -> Iterator[Sequence[Draft]]:
    yield from pages
    raise INTERRUPTION


def _refuse(_: Iterator[Row]) -> None:
    raise REFUSAL


class PagingContract(Logs):
    """Pages of drafts that are stored as one append would, or not at all."""

    def test_pages_are_stored_as_one_append_would(self, store: Store, ledger: str) -> None:
        whole = MemoryStore()
        for each in (whole, store):
            append(each, ledger, drafts(ledger, "a", "b"), clock_us=9)
        append(whole, ledger, numbered(ledger, 1, 3), clock_us=7)
        pages = iter(_pages(ledger))
        head = store.append_pages(ledger, pages, seen=2, clock_us=7, admit=nobody_else)

        assert list(store.read(ledger)) == list(whole.read(ledger))
        assert head == store.head(ledger) == whole.head(ledger)
        assert verify_log(store, ledger) == Verification(5, None)

    def test_pages_may_be_the_first_of_a_log(self, store: Store, ledger: str) -> None:
        store.append_pages(ledger, _pages(ledger), seen=0, clock_us=7, admit=nobody_else)
        (added,) = append(store, ledger, drafts(ledger, "later"))

        assert added.position == 4
        assert ids(list(store.read(ledger))) == ["e1", "e2", "e3", "later"]

    def test_without_pages_nothing_happens(self, store: Store, ledger: str) -> None:
        store.append_pages(ledger, (), seen=0, clock_us=7, admit=nobody_else)

        assert store.head(ledger).position == 0
        assert ledger not in store.ledgers()

    def test_what_drawing_the_pages_raises_leaves_nothing(self, store: Store, ledger: str) -> None:
        append(store, ledger, drafts(ledger, "a"))
        head = store.head(ledger)
        with pytest.raises(LookupError) as caught:
            store.append_pages(
                ledger, _cut_off(_pages(ledger)), seen=1, clock_us=0, admit=nobody_else
            )

        assert caught.value is INTERRUPTION
        assert store.head(ledger) == head
        assert ids(list(store.read(ledger))) == ["a"]

    def test_what_others_stored_is_shown_and_stays(self, store: Store, ledger: str) -> None:
        append(store, ledger, drafts(ledger, "a", "b"))
        shown: list[str] = []
        store.append_pages(
            ledger,
            _pages(ledger),
            seen=1,
            clock_us=0,
            admit=lambda rows: shown.extend(row.event_id for row in rows),
        )

        assert shown == ["b"]
        assert ids(list(store.read(ledger))) == ["a", "b", "e1", "e2", "e3"]

    def test_what_others_stored_may_stand_against_it(self, store: Store, ledger: str) -> None:
        append(store, ledger, drafts(ledger, "a"))
        with pytest.raises(LookupError) as caught:
            store.append_pages(ledger, _pages(ledger), seen=0, clock_us=0, admit=_refuse)

        assert caught.value is REFUSAL
        assert ids(list(store.read(ledger))) == ["a"]

    @pytest.mark.parametrize("repeated", ["a", "e1"])
    def test_an_id_comes_once(self, store: Store, ledger: str, repeated: str) -> None:
        append(store, ledger, drafts(ledger, "a"))
        pages = [*_pages(ledger), drafts(ledger, repeated)]
        with pytest.raises(StoreConflictError, match=f"'{repeated}' is "):
            store.append_pages(ledger, pages, seen=1, clock_us=0, admit=nobody_else)

        assert ids(list(store.read(ledger))) == ["a"]

    def test_a_log_that_became_shorter_is_refused(self, store: Store, ledger: str) -> None:
        append(store, ledger, drafts(ledger, "a"))
        with pytest.raises(DamagedLogError, match="this writer has seen position 2"):
            store.append_pages(ledger, _pages(ledger), seen=2, clock_us=0, admit=anybody)

    def test_names_are_found_where_the_index_reaches_the_end(
        self, store: Store, ledger: str
    ) -> None:
        pages = [
            [attrs.evolve(each, listing=Listing(names=("p",))) for each in page]
            for page in _pages(ledger)
        ]
        store.append_pages(ledger, pages, seen=0, clock_us=0, admit=nobody_else)

        listed = store.listed(ledger).position
        assert listed in {0, 3}
        assert store.named(ledger, ["p"]) == {"p": tuple(range(1, listed + 1))}
