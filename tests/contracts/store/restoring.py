"""Contract of restoring the rows of an export."""

from collections.abc import Callable, Iterator

import attrs
import pytest

from coopledger._log.chain import Followed, Row, Verification, beginning, head_at, link
from coopledger.errors import DamagedLogError, StoreConflictError
from coopledger.stores import MemoryStore, Store
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import append, draft, drafts, numbered
from tests.contracts.store.logs import Logs, Opener

CLOCKS = (-7, -7, 1_660_642_200_000_001, 5)
INTERRUPTION = LookupError("what drawing the rows raises is the caller's own")
DAMAGES: dict[str, Callable[[list[Row]], list[Row]]] = {
    "1: missing": lambda rows: rows[1:],
    "2: missing": lambda rows: [rows[0], *rows[2:]],
    "2: the content": lambda rows: [rows[0], attrs.evolve(rows[1], payload=b"{}")],
    "3: the record time": lambda rows: [*rows[:2], attrs.evolve(rows[2], recorded_us=-9)],
    "4: the chain": lambda rows: [*rows[:3], attrs.evolve(rows[3], chain=rows[2].chain)],
}


def _written(ledger: str) -> list[Row]:
    """Return the rows of another log, in which the clock stood still and ran back."""
    elsewhere = MemoryStore()
    for number, clock_us in enumerate(CLOCKS, 1):
        content = draft(ledger, f"e{number}", effective="2022", payload=b'{"a":"\xe2\x80\xa8"}')
        append(elsewhere, ledger, [content], clock_us=clock_us)
    return list(elsewhere.read(ledger))


def _cut_off(rows: list[Row]) -> Iterator[Row]:
    yield from rows
    raise INTERRUPTION


def _is_empty(store: Store, ledger: str) -> bool:
    return store.head(ledger) == beginning(ledger) and ledger not in store.ledgers()


class RestoringContract(Logs):
    """Export that comes back row for row into an empty ledger, or not at all."""

    def test_rows_are_restored_as_they_were(self, store: Store, ledger: str) -> None:
        rows = _written(ledger)

        assert store.restore(ledger, iter(rows)) == head_at(rows[-1])
        assert list(store.read(ledger)) == rows
        assert set(store.find(ledger, ["e2", "e4"])) == {"e2", "e4"}
        assert ledger in store.ledgers()
        assert verify_log(store, ledger) == Verification(len(rows), None)

    def test_a_restored_log_goes_on(self, store: Store, ledger: str) -> None:
        rows = _written(ledger)
        store.restore(ledger, rows)

        (added,) = append(store, ledger, drafts(ledger, "e5"), clock_us=0)

        assert (added.position, added.recorded_us) == (5, rows[-1].recorded_us + 1)
        assert verify_log(store, ledger) == Verification(5, None)

    def test_another_who_opens_the_same_logs_reads_what_was_restored(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        rows = _written(ledger)
        store.restore(ledger, rows)

        assert list(open_again().read(ledger)) == rows

    def test_without_rows_nothing_happens(self, store: Store, ledger: str) -> None:
        assert store.restore(ledger, []) == beginning(ledger)
        assert _is_empty(store, ledger)

    def test_a_ledger_with_events_is_not_restored_into(self, store: Store, ledger: str) -> None:
        kept = append(store, ledger, numbered(ledger, 1, 1))

        with pytest.raises(StoreConflictError):
            store.restore(ledger, _written(ledger))

        assert tuple(store.read(ledger)) == kept

    def test_rows_are_not_drawn_where_they_cannot_be_stored(
        self, store: Store, ledger: str
    ) -> None:
        append(store, ledger, numbered(ledger, 1, 1))

        with pytest.raises(StoreConflictError):
            store.restore(ledger, _cut_off([]))

    @pytest.mark.parametrize("damage", DAMAGES)
    def test_rows_that_do_not_follow_each_other_are_refused_all(
        self, store: Store, ledger: str, damage: str
    ) -> None:
        with pytest.raises(DamagedLogError) as damaged:
            store.restore(ledger, DAMAGES[damage](_written(ledger)))

        assert damaged.value.position == int(damage[0])
        assert _is_empty(store, ledger)

    def test_rows_of_another_ledger_are_refused(self, store: Store, ledger: str) -> None:
        with pytest.raises(DamagedLogError):
            store.restore(ledger, _written("of another name"))

        assert _is_empty(store, ledger)

    def test_rows_that_were_proven_for_another_ledger_are_refused(
        self, store: Store, ledger: str
    ) -> None:
        with pytest.raises(DamagedLogError):
            store.restore(ledger, Followed("of another name", _written("of another name")))

        assert _is_empty(store, ledger)

    def test_an_event_id_that_comes_twice_is_refused_whatever_the_chain_says(
        self, store: Store, ledger: str
    ) -> None:
        rows = _written(ledger)
        again = draft(ledger, "e1")
        chain = link(rows[-1].chain, position=5, recorded_us=2**60, digest=again.digest)
        forged = Row(5, "e1", again.type, 1, 2**60, None, again.payload, again.digest, chain)

        with pytest.raises(StoreConflictError, match="e1"):
            store.restore(ledger, [*rows, forged])

        assert _is_empty(store, ledger)

    def test_what_drawing_the_rows_raises_goes_through_and_nothing_is_stored(
        self, store: Store, ledger: str
    ) -> None:
        with pytest.raises(LookupError) as interrupted:
            store.restore(ledger, _cut_off(_written(ledger)))

        assert interrupted.value is INTERRUPTION
        assert _is_empty(store, ledger)

    def test_other_ledgers_stay_as_they_were(
        self, store: Store, ledger: str, new_ledger: Callable[[], str]
    ) -> None:
        neighbour = new_ledger()
        kept = append(store, neighbour, numbered(neighbour, 1, 2))

        store.restore(ledger, _written(ledger))

        assert tuple(store.read(neighbour)) == kept
        assert verify_log(store, neighbour) == Verification(2, None)
