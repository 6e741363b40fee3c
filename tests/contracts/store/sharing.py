"""Many threads, several stores on the same logs: nothing is lost, doubled or seen half done."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from coopledger._log.chain import Row, Verification
from coopledger.stores import Store
from coopledger.stores.verification import verify_log
from tests.contracts.drafts import anybody, drafts, ids
from tests.contracts.store.logs import Logs, Opener

WRITERS = 4
BATCHES = 30
LARGE_BATCHES, LARGE = 8, 300


def _write(store: Store, ledger: str, writer: int) -> list[str]:
    """Append batches of one to three, always as a writer who is behind; return the ids."""
    written: list[str] = []
    for batch in range(BATCHES):
        size = batch % 3 + 1
        event_ids = [f"{writer}/{batch}/{number}/{size}" for number in range(1, size + 1)]
        store.append(ledger, drafts(ledger, *event_ids), seen=0, clock_us=batch, revise=anybody)
        written += event_ids
    return written


def _is_end_of_batch(row: Row) -> bool:
    _, _, number, size = row.event_id.split("/")
    return number == size


def _tail(store: Store, ledger: str, *, written: threading.Event) -> list[Row]:
    """Follow the log until everything is written; it always ends with a whole batch."""
    seen: list[Row] = []
    last_look = False
    while not last_look:
        last_look = written.is_set()
        seen += store.read(ledger, after=len(seen))
        assert not seen or _is_end_of_batch(seen[-1])
        assert store.head(ledger).position >= len(seen)
    return seen


def _write_large(store: Store, ledger: str) -> None:
    """Append batches that take a while."""
    for batch in range(LARGE_BATCHES):
        event_ids = [f"{batch}/{number}" for number in range(LARGE)]
        store.append(ledger, drafts(ledger, *event_ids), seen=0, clock_us=batch, revise=anybody)


def _lengths(store: Store, ledger: str, *, is_over: Callable[[], bool]) -> set[int]:
    """Return all lengths of the log that a reader sees, by its head and by reading."""
    seen: set[int] = {0}
    last_look = False
    while not last_look:
        last_look = is_over()
        end = store.head(ledger).position
        read = end + len(list(store.read(ledger, after=end)))
        assert len(list(store.read(ledger, up_to=end))) == end
        seen |= {end, read}
    return seen


class SharingContract(Logs):
    """Writers and readers of the same logs see one history, and no writer waits for a reader."""

    def test_writers_and_a_reader_in_many_threads_agree_on_one_history(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        stores = [store, open_again()]
        written = threading.Event()
        with ThreadPoolExecutor(WRITERS + 1) as threads:
            reader = threads.submit(_tail, store, ledger, written=written)
            writers = [
                threads.submit(_write, stores[number % 2], ledger, number)
                for number in range(WRITERS)
            ]
            try:
                expected = [event_id for writer in writers for event_id in writer.result()]
            finally:
                written.set()
            seen = reader.result()

        assert sorted(ids(seen)) == sorted(expected)
        assert [row.position for row in seen] == list(range(1, len(expected) + 1))
        assert seen == list(store.read(ledger))
        assert verify_log(store, ledger) == Verification(len(expected), None)

    def test_a_reader_sees_all_of_a_large_batch_or_nothing(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        other = open_again()
        with ThreadPoolExecutor(1) as threads:
            writer = threads.submit(_write_large, other, ledger)
            seen = _lengths(store, ledger, is_over=writer.done)
            writer.result()

        assert seen <= set(range(0, (LARGE_BATCHES + 1) * LARGE, LARGE))
        assert max(seen) == LARGE_BATCHES * LARGE

    def test_a_log_that_grows_while_it_is_verified_is_sound(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        other = open_again()
        with ThreadPoolExecutor(2) as threads:
            writers = [threads.submit(_write, other, ledger, number) for number in range(2)]
            faults = [verify_log(store, ledger).fault for _ in range(20)]
            for writer in writers:
                writer.result()

        assert faults == [None] * 20

    def test_a_writer_who_waited_revises_what_came_in_meanwhile(
        self, store: Store, ledger: str, open_again: Opener
    ) -> None:
        other = open_again()
        locked = threading.Event()
        first: list[Row] = []
        second: list[Row] = []

        def tell(rows: Iterator[Row]) -> None:
            first.extend(rows)
            locked.set()

        store.append(ledger, drafts(ledger, "e1"), seen=0, clock_us=0, revise=anybody)
        with ThreadPoolExecutor(1) as threads:
            done = threads.submit(
                store.append, ledger, drafts(ledger, "e2"), seen=0, clock_us=0, revise=tell
            )
            locked.wait(self.timeout_seconds)  # A store that never asks would let us wait for ever.
            other.append(ledger, drafts(ledger, "e3"), seen=1, clock_us=0, revise=second.extend)
            done.result()

        # A store may hold the lock while a writer revises, or not: then the other may be faster.
        events = ids(list(store.read(ledger)))
        assert sorted(events) == ["e1", "e2", "e3"]
        assert ids(first) == events[: events.index("e2")]
        assert ids(second) == events[1 : events.index("e3")]
