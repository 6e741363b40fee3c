"""Bookmarks of readers: taken, moved by comparing, parked with; and how a reader waits."""

import math
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

from coopledger.errors import QuestionError, StoreError
from coopledger.stores import Bookmark, Parked, Store
from coopledger.testing.stores.drafts import append, drafts

READER = "mailer"


def parked(after: int, up_to: int, error: str = "no", *, replayed: bool = False) -> Parked:
    return Parked(after=after, up_to=up_to, replayed=replayed, error=error)


def test_a_ledger_begins_without_bookmarks(store: Store, ledger: str) -> None:
    assert store.bookmarks(ledger) == ()


def test_a_new_bookmark_lies_where_it_is_put(store: Store, ledger: str) -> None:
    taken = store.take_bookmark(ledger, READER, after=3)

    assert taken == Bookmark(name=READER, epoch=1, position=3, reached=3)
    assert store.bookmarks(ledger) == (taken,)


def test_a_bookmark_that_is_taken_again_stays_where_it_is(store: Store, ledger: str) -> None:
    first = store.take_bookmark(ledger, READER)
    moved = attrs.evolve(first, position=5, reached=7, failures=2, last_error="lỗi")
    assert store.move_bookmark(ledger, first, moved)

    again = store.take_bookmark(ledger, READER, after=1)

    assert again == attrs.evolve(moved, epoch=2)


def test_bookmarks_are_told_by_name_and_by_ledger(
    store: Store, ledger: str, new_ledger: Callable[[], str]
) -> None:
    store.take_bookmark(ledger, "sơ đồ")
    store.take_bookmark(ledger, "board")
    store.take_bookmark(new_ledger(), "other")

    assert [each.name for each in store.bookmarks(ledger)] == ["board", "sơ đồ"]


def test_a_bookmark_is_not_a_ledger(store: Store, ledger: str) -> None:
    store.take_bookmark(ledger, READER)

    assert ledger not in store.ledgers()


def test_whoever_has_an_older_epoch_moves_nothing(store: Store, ledger: str) -> None:
    old = store.take_bookmark(ledger, READER)
    new = store.take_bookmark(ledger, READER)

    assert not store.move_bookmark(ledger, old, attrs.evolve(old, position=1, reached=1))
    assert store.bookmarks(ledger) == (new,)


def test_whoever_expects_another_position_moves_nothing(store: Store, ledger: str) -> None:
    before = store.take_bookmark(ledger, READER)
    later = attrs.evolve(before, position=4, reached=4)

    assert not store.move_bookmark(
        ledger,
        later,
        attrs.evolve(later, position=8, reached=8, parked=(parked(4, 8),)),
    )
    assert store.bookmarks(ledger) == (before,)


def test_a_bookmark_that_nobody_took_is_not_moved(store: Store, ledger: str) -> None:
    ghost = Bookmark(name="ghost", epoch=1, position=0, reached=0)

    assert not store.move_bookmark(ledger, ghost, ghost)
    assert store.bookmarks(ledger) == ()


def test_what_is_parked_comes_and_goes_with_the_move(store: Store, ledger: str) -> None:
    taken = store.take_bookmark(ledger, READER)
    one, two, three = parked(4, 8), parked(0, 4, replayed=True), parked(0, 3)
    first = attrs.evolve(taken, position=8, reached=8, parked=(one, two, three))
    store.move_bookmark(ledger, taken, first)
    assert store.bookmarks(ledger)[0].parked == (three, two, one)

    worse = attrs.evolve(one, error="worse", replayed=True)
    second = attrs.evolve(first, position=9, reached=9, parked=(worse, three))
    store.move_bookmark(ledger, first, second)

    assert store.bookmarks(ledger) == (second,)
    assert second.parked == (three, worse)


def test_what_is_parked_and_neither_in_the_one_nor_in_the_other_stays(
    store: Store, ledger: str
) -> None:
    taken = store.take_bookmark(ledger, READER)
    parking = attrs.evolve(taken, position=4, reached=4, parked=(parked(0, 4),))
    store.move_bookmark(ledger, taken, parking)

    before = attrs.evolve(parking, parked=())
    store.move_bookmark(ledger, before, attrs.evolve(before, position=5, reached=5))

    assert store.bookmarks(ledger) == (attrs.evolve(parking, position=5, reached=5),)


def test_what_is_parked_no_more_is_taken_away_only_once(store: Store, ledger: str) -> None:
    taken = store.take_bookmark(ledger, READER)
    parking = attrs.evolve(taken, position=4, reached=4, parked=(parked(0, 2), parked(2, 4)))
    store.move_bookmark(ledger, taken, parking)
    settled = attrs.evolve(parking, parked=(parked(2, 4),))

    assert store.move_bookmark(ledger, parking, settled)
    assert not store.move_bookmark(ledger, parking, attrs.evolve(parking, parked=(), failures=3))
    assert store.bookmarks(ledger) == (settled,)


def test_of_many_who_take_a_bookmark_at_once_each_has_an_epoch_of_its_own(
    store: Store, ledger: str, open_again: Callable[[], Store]
) -> None:
    stores = [store, open_again()]

    def take(number: int) -> int:
        return store_of(number).take_bookmark(ledger, READER).epoch

    def store_of(number: int) -> Store:
        return stores[number % 2]

    with ThreadPoolExecutor(4) as threads:
        epochs = list(threads.map(take, range(12)))

    assert sorted(epochs) == list(range(1, 13))


def test_of_many_who_move_a_bookmark_at_once_one_succeeds(
    store: Store, ledger: str, open_again: Callable[[], Store]
) -> None:
    stores = [store, open_again()]
    before = store.take_bookmark(ledger, READER)

    def move(number: int) -> bool:
        after = attrs.evolve(before, position=number, reached=number)
        return stores[number % 2].move_bookmark(ledger, before, after)

    with ThreadPoolExecutor(4) as threads:
        moved = list(threads.map(move, range(1, 9)))

    assert moved.count(True) == 1
    assert store.bookmarks(ledger)[0].position == moved.index(True) + 1


def test_what_is_no_connection_of_its_driver_is_refused(store: Store, ledger: str) -> None:
    before = store.take_bookmark(ledger, READER)

    with pytest.raises(QuestionError, match=r"connection=.*(is no connection|leads elsewhere)"):
        store.move_bookmark(ledger, before, before, connection="office.db")


def test_a_reader_who_is_behind_does_not_wait(store: Store, ledger: str) -> None:
    append(store, ledger, drafts(ledger, "e1"))

    assert store.wait(ledger, after=0, seconds=math.inf, stopped=threading.Event())


def test_a_reader_waits_no_longer_than_it_likes(store: Store, ledger: str) -> None:
    assert not store.wait(ledger, after=0, seconds=0, stopped=threading.Event())
    assert not store.wait(ledger, after=0, seconds=0.02, stopped=threading.Event())


def test_a_waiting_reader_is_woken_by_what_another_program_records(
    store: Store, ledger: str, open_again: Callable[[], Store]
) -> None:
    other = open_again()
    store.take_bookmark(ledger, READER)
    with ThreadPoolExecutor(1) as thread:
        for position in range(3):
            waiting = thread.submit(
                store.wait, ledger, after=position, seconds=math.inf, stopped=threading.Event()
            )
            append(other, ledger, drafts(ledger, f"e{position}"))

            assert waiting.result(timeout=60)


def test_a_waiting_reader_can_be_stopped_by_another_thread(store: Store, ledger: str) -> None:
    stopped = threading.Event()
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(store.wait, ledger, after=0, seconds=math.inf, stopped=stopped)
        stopped.set()

        assert not waiting.result(timeout=60)


def test_a_store_that_is_closed_neither_takes_nor_moves_nor_waits(own_store: Store) -> None:
    bookmark = own_store.take_bookmark("office", READER)
    own_store.close()

    for call in (
        lambda: own_store.bookmarks("office"),
        lambda: own_store.take_bookmark("office", READER),
        lambda: own_store.move_bookmark("office", bookmark, bookmark),
        lambda: own_store.wait("office", after=0, seconds=0, stopped=threading.Event()),
    ):
        with pytest.raises(StoreError, match="the store is closed"):
            call()
