"""Writers that go on one step at a time, in the order that Hypothesis chooses, and a reader.

Each is a thread on a real store. It stops while it revises, and, where it is barred, when its
batch is stored and not yet committed. At the gate it has the lock, and while it revises too,
unless the store lets it revise without the lock at first. The others wait for the lock as they
would for another program, and who gets it next is the store's affair: no rule has a
precondition, so that the same choices of Hypothesis may lead to another order.
"""

import time
from itertools import count
from queue import Empty, SimpleQueue

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from coopledger import Verification
from coopledger.stores import Store
from coopledger.stores.verification import verify_log
from tests.soak.gates import Gate
from tests.soak.tally import LoggedEvent, Tail, compare
from tests.soak.writers import Ended, News, Revising, Writer

__all__ = ["Interleaving"]

WRITERS = range(3)
# The first two share a store, as threads of a program do; the third has its own.
STORES = (0, 0, 1)
LOOK_SECONDS = 0.002

writers = st.sampled_from(WRITERS)
mostly = st.sampled_from([True, True, True, False])
sizes = st.sampled_from([1, 1, 1, 2, 3, 7])
_ledgers = (f"interleaved-{number}" for number in count(1))


class Interleaving(RuleBasedStateMachine):
    """State machine of writers and a reader on one log."""

    gate: Gate
    has_lock: bool = True
    revises: bool = True
    lock_timeout_seconds: float = 30.0

    def __init__(self) -> None:
        super().__init__()
        self.gate = self.new_gate()
        self.ledger = next(_ledgers)
        self.messages: SimpleQueue[News] = SimpleQueue()
        self.writers = [Writer(number, self.messages) for number in WRITERS]
        self.stores: list[Store] = [self.gate.open_store() for _ in range(3)]
        self.tail = Tail()
        self.acknowledged: list[LoggedEvent] = []
        self.on_the_way: set[int] = set()
        self.revising: set[int] = set()
        self.at_the_gate: set[int] = set()
        self.let_go: set[int] = set()
        self.revisions = dict.fromkeys(WRITERS, 0)
        self.revised: dict[int, list[LoggedEvent]] = {}

    def new_gate(self) -> Gate:
        """Return the gate before the log of this run."""
        raise NotImplementedError

    # --- what writers do

    @rule(writer=writers, size=sizes, ways=st.tuples(*[st.booleans()] * 3), accepts=mostly)
    def turn(self, writer: int, size: int, ways: tuple[bool, bool, bool], *, accepts: bool) -> None:
        """Let the writer begin to append, or go on; if it waits for the lock, its holder goes on.

        What it appends it has maybe recorded already, maybe after reading what others did, and
        maybe it is to stop at the gate. What it was shown it accepts, or refuses.
        """
        standing = self.revising | self.at_the_gate
        if writer not in self.on_the_way:
            self.begin(writer, size, *ways)
        elif standing:
            self.go_on(writer if writer in standing else min(standing), accepts=accepts)
        self.settle()

    def begin(self, writer: int, size: int, repeats: bool, catches_up: bool, stops: bool) -> None:  # noqa: FBT001 - drawn in this order
        """Begin an append."""
        chosen, store = self.writers[writer], self.stores[STORES[writer]]
        if catches_up:
            chosen.known = store.head(self.ledger).position
        (self.gate.bar if stops else self.gate.lift)(writer)
        self.on_the_way.add(writer)
        self.revisions[writer] = 0
        chosen.begin(store, self.ledger, size=size, again=repeats and size == 2)

    def go_on(self, writer: int, *, accepts: bool) -> None:
        """Let a writer go on that has stopped."""
        self.let_go.add(writer)
        if writer in self.revising:
            self.revising.remove(writer)
            self.writers[writer].go_on(accepts=accepts)
        else:
            self.at_the_gate.remove(writer)
            self.gate.lift(writer)

    # --- what readers do

    @rule(most=st.sampled_from([None, None, 1, 2, 5]))
    def look(self, most: int | None) -> None:
        """Read on from the last position that the reader saw, wherever the writers are."""
        store = self.stores[-1]
        self.tail.look(
            lambda after, up_to: [
                LoggedEvent(row.position, row.event_id)
                for row in store.read(self.ledger, after=after, up_to=up_to)
            ],
            most,
        )
        seen = self.tail.seen
        assert self.tail.torn == 0, "the reader saw part of a batch"
        assert seen == self.acknowledged[: len(seen)], "the reader missed an event, or came early"
        assert most is not None or len(seen) == len(self.acknowledged), "the reader came late"

    @rule(which=st.sampled_from([0, 1, 2]))
    def reopen(self, which: int) -> None:
        """End a program that has nothing under way, and begin it again."""
        users = {writer for writer in WRITERS if STORES[writer] == which}
        if not users & self.on_the_way:
            self.gate.close_store(self.stores[which])
            self.stores[which] = self.gate.open_store()

    # --- what comes of it

    def settle(self) -> None:
        """Wait until each writer that can go on has gone as far as it can."""
        while self.is_moving():
            news = self.news()
            if isinstance(news, int):
                self.stand(news, self.at_the_gate)
            elif isinstance(news, Revising):
                self.revisions[news.writer] += 1
                self.stand(news.writer, self.revising)
                self.revised[news.writer] = news.revised
            elif news is not None:
                self.end(news)
        if self.has_lock:
            for writer, revised in self.revised.items():
                # Only while it has the lock can nothing follow what it was shown.
                end = None if writer in self.holders() else revised[-1].position
                assert revised == self.acknowledged[:end][-len(revised) :]
            self.revised = {}

    def holders(self) -> set[int]:
        """Return the writers that have stopped with the lock."""
        most = self.gate.revisions_without_lock
        return self.at_the_gate | {each for each in self.revising if self.revisions[each] > most}

    def is_moving(self) -> bool:
        """Tell whether a writer is still on the way to a stop, its end, or the lock."""
        going = self.on_the_way - self.revising - self.at_the_gate
        if not self.has_lock or not self.holders():
            return bool(going)
        waiting = self.gate.waiting_for_lock()
        if waiting is not None:
            return len(going) > waiting
        if self.let_go:
            return True
        # The writer that stored these rows has given the lock away, and is about to say so.
        revised = {each for rows in self.revised.values() for each in rows}
        return not revised <= set(self.acknowledged)

    def news(self) -> News | int | None:
        """Return the next news of a writer, or the number of one that came to the gate.

        There is none if all that are on the way have come to wait for the lock.
        """
        deadline = time.monotonic() + self.lock_timeout_seconds
        while time.monotonic() < deadline:
            try:
                return self.messages.get(timeout=LOOK_SECONDS)
            except Empty:
                come = self.gate.stopped() - self.at_the_gate
            if come:
                return come.pop()
            if not self.is_moving():
                return None
        message = f"nobody goes on: {self.on_the_way} are on the way"
        raise AssertionError(message)

    def stand(self, writer: int, place: set[int]) -> None:
        """Note that a writer has stopped: where there is a lock, no other one has it."""
        place.add(writer)
        self.let_go.discard(writer)
        if self.has_lock:
            assert len(self.holders()) <= 1, "two writers have the lock"

    def end(self, ended: Ended) -> None:
        """Check a writer that is done: it stored its whole batch after all it knew, or nothing."""
        self.on_the_way.remove(ended.writer)
        self.let_go.discard(ended.writer)
        writer = self.writers[ended.writer]
        writer.take(ended)
        before = {each.event_id for each in self.acknowledged}
        self.acknowledged = sorted([*self.acknowledged, *ended.stored])
        if ended.stored:
            assert [each.event_id for each in ended.stored] == writer.batch
            assert before.isdisjoint(writer.batch), "it was stored twice"
            is_next = not self.revises or ended.stored[0].position == ended.known + 1
            assert is_next, "it was not validated against what it follows"
        else:
            assert ended.reason == "refused" or not before.isdisjoint(writer.batch), ended

    def teardown(self) -> None:
        """Let all writers go on; the reader has seen everything once and in order."""
        try:
            self.settle()
            while standing := self.revising | self.at_the_gate:
                self.go_on(min(standing), accepts=True)
                self.settle()
            self.look(None)
            tally = compare(self.acknowledged, self.tail)
            assert tally.is_sound, str(tally)
            length = len(self.acknowledged)
            if self.has_lock:
                assert verify_log(self.stores[-1], self.ledger) == Verification(length, None)
        finally:
            self.let_all_end()
            for store in self.stores:
                self.gate.close_store(store)

    def let_all_end(self) -> None:
        """Let every thread end, whatever went wrong."""
        for writer in WRITERS:
            self.gate.lift(writer)
            self.writers[writer].go_on(accepts=False)
