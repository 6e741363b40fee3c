"""Contract of a store that keeps the cursors of readers."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

from coopledger.errors import ArgumentError, StoreError
from coopledger.stores import Store
from coopledger.stores.protocol import Cursor, Parked
from tests.contracts.store.logs import Logs, Opener

READER = "mailer"


def _parked(after: int, up_to: int, error: str = "no", *, replayed: bool = False) -> Parked:
    return Parked(after=after, up_to=up_to, replayed=replayed, error=error)


class CursorsContract(Logs):
    """Cursors are taken, moved by comparing, and parked with; each lasts until it is moved.

    Not a part of `StoreContract`, which is also asked of stores that keep logs alone.
    """

    def test_a_ledger_begins_without_cursors(self, store: Store, ledger: str) -> None:
        assert store.cursors(ledger) == ()

    def test_a_new_cursor_lies_where_it_is_put(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        cursor = store.take_cursor(ledger, READER, after=3)

        assert cursor == Cursor(name=READER, epoch=1, position=3, reached=3)
        assert store.cursors(ledger) == open_again().cursors(ledger) == (cursor,)

    def test_a_cursor_can_be_asked_for_without_what_is_parked(
        self, store: Store, ledger: str
    ) -> None:
        assert store.cursor(ledger, READER) is None
        cursor = store.take_cursor(ledger, READER)
        moved = attrs.evolve(cursor, position=4, reached=4)
        store.move_cursor(ledger, cursor, attrs.evolve(moved, parked=[_parked(0, 4)]))

        assert store.cursor(ledger, READER) == moved
        assert store.take_cursor(ledger, READER) == attrs.evolve(moved, epoch=2)

    def test_a_cursor_that_is_taken_again_stays_where_it_is(
        self, store: Store, ledger: str
    ) -> None:
        first = store.take_cursor(ledger, READER)
        moved = attrs.evolve(first, position=5, reached=7, failures=2, last_error="lỗi")
        assert store.move_cursor(ledger, first, moved)

        again = store.take_cursor(ledger, READER, after=1)

        assert again == attrs.evolve(moved, epoch=2)

    def test_cursors_are_told_by_name_and_by_ledger(
        self, store: Store, ledger: str, new_ledger: Callable[[], str]
    ) -> None:
        store.take_cursor(ledger, "sơ đồ")
        store.take_cursor(ledger, "board")
        store.take_cursor(new_ledger(), "other")

        assert [each.name for each in store.cursors(ledger)] == ["board", "sơ đồ"]

    def test_a_cursor_is_not_a_ledger(self, store: Store, ledger: str) -> None:
        store.take_cursor(ledger, READER)

        assert ledger not in store.ledgers()

    def test_whoever_has_an_older_epoch_moves_nothing(self, store: Store, ledger: str) -> None:
        old = store.take_cursor(ledger, READER)
        new = store.take_cursor(ledger, READER)

        assert not store.move_cursor(ledger, old, attrs.evolve(old, position=1, reached=1))
        assert store.cursors(ledger) == (new,)

    def test_whoever_expects_another_position_moves_nothing(
        self, store: Store, ledger: str
    ) -> None:
        before = store.take_cursor(ledger, READER)
        later = attrs.evolve(before, position=4, reached=4)

        assert not store.move_cursor(
            ledger,
            later,
            attrs.evolve(later, position=8, reached=8, parked=(_parked(4, 8),)),
        )
        assert store.cursors(ledger) == (before,)

    def test_a_cursor_that_nobody_took_is_not_moved(self, store: Store, ledger: str) -> None:
        ghost = Cursor(name="ghost", epoch=1, position=0, reached=0)

        assert not store.move_cursor(ledger, ghost, ghost)
        assert store.cursors(ledger) == ()

    def test_what_is_parked_comes_and_goes_with_the_move(self, store: Store, ledger: str) -> None:
        cursor = store.take_cursor(ledger, READER)
        one, two, three = _parked(4, 8), _parked(0, 4, replayed=True), _parked(0, 3)
        first = attrs.evolve(cursor, position=8, reached=8, parked=(one, two, three))
        store.move_cursor(ledger, cursor, first)
        assert store.cursors(ledger)[0].parked == (three, two, one)

        worse = attrs.evolve(one, error="worse", replayed=True, types="note-added party-renamed")
        second = attrs.evolve(first, position=9, reached=9, parked=(worse, three))
        store.move_cursor(ledger, first, second)

        assert store.cursors(ledger) == (second,)
        assert second.parked == (three, worse)

    def test_what_is_parked_and_neither_in_the_one_nor_in_the_other_stays(
        self, store: Store, ledger: str
    ) -> None:
        cursor = store.take_cursor(ledger, READER)
        parking = attrs.evolve(cursor, position=4, reached=4, parked=(_parked(0, 4),))
        store.move_cursor(ledger, cursor, parking)

        before = attrs.evolve(parking, parked=())
        store.move_cursor(ledger, before, attrs.evolve(before, position=5, reached=5))

        assert store.cursors(ledger) == (attrs.evolve(parking, position=5, reached=5),)

    def test_what_is_parked_no_more_is_taken_away_only_once(
        self, store: Store, ledger: str
    ) -> None:
        cursor = store.take_cursor(ledger, READER)
        parking = attrs.evolve(cursor, position=4, reached=4, parked=(_parked(0, 2), _parked(2, 4)))
        store.move_cursor(ledger, cursor, parking)
        settled = attrs.evolve(parking, parked=(_parked(2, 4),))

        assert store.move_cursor(ledger, parking, settled)
        assert not store.move_cursor(ledger, parking, attrs.evolve(parking, parked=(), failures=3))
        assert store.cursors(ledger) == (settled,)

    def test_of_many_who_take_a_cursor_at_once_each_has_an_epoch_of_its_own(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        stores = [store, open_again()]

        def take(number: int) -> int:
            return stores[number % 2].take_cursor(ledger, READER).epoch

        with ThreadPoolExecutor(4) as threads:
            epochs = list(threads.map(take, range(12)))

        assert sorted(epochs) == list(range(1, 13))

    def test_of_many_who_move_a_cursor_at_once_one_succeeds(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        stores = [store, open_again()]
        before = store.take_cursor(ledger, READER)

        def move(number: int) -> bool:
            after = attrs.evolve(before, position=number, reached=number)
            return stores[number % 2].move_cursor(ledger, before, after)

        with ThreadPoolExecutor(4) as threads:
            moved = list(threads.map(move, range(1, 9)))

        assert moved.count(True) == 1
        assert store.cursors(ledger)[0].position == moved.index(True) + 1

    def test_what_is_no_connection_of_its_driver_is_refused(
        self, store: Store, ledger: str
    ) -> None:
        before = store.take_cursor(ledger, READER)

        with pytest.raises(ArgumentError, match="connection="):
            store.move_cursor(ledger, before, before, connection="office.db")

    def test_a_store_that_is_closed_neither_takes_nor_moves(self, own_store: Store) -> None:
        cursor = own_store.take_cursor("office", READER)
        own_store.close()

        for call in (
            lambda: own_store.cursors("office"),
            lambda: own_store.take_cursor("office", READER),
            lambda: own_store.move_cursor("office", cursor, cursor),
        ):
            with pytest.raises(StoreError):
                call()
