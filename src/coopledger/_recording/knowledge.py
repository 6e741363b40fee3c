"""Knowledge of a ledger, for views: at least as new as every receipt that the program holds."""

from threading import Event, RLock

from coopledger._facts.facts import Facts
from coopledger._forks import begin_in_child, is_orphaned
from coopledger._recording.recorder import Recorder
from coopledger._recording.turns import Turns
from coopledger.errors import StoreBusyError
from coopledger.stores.protocol import Store
from coopledger.stores.waiting import patience_seconds


class Knowledge:
    """Facts of a ledger, read in any thread, while perhaps another one records.

    Mostly they are those of the recorder. A thread that records keeps the lock while it waits for
    the store, and may be waiting for the very thread that asks for a view. So a reader does not
    wait for a writer: what the recorder does not know then is read apart.
    """

    def __init__(self, store: Store, recorder: Recorder, turns: Turns, *, ledger: str) -> None:
        """Begin with what the recorder knows, and nothing apart."""
        self._store, self._recorder, self._ledger = store, recorder, ledger
        self._turns = turns
        self._apart = Recorder(store, ledger=ledger, settings=recorder.settings)
        self._reading = RLock()
        begin_in_child(self)

    def up_to_date(self, *, at_least: int = 0) -> tuple[Facts, int]:
        """Return the facts, and the position up to which they are stored: that of the head.

        Raises:
            StoreBusyError: The log does not reach the position in time.
            StoreError: The store cannot be read.
        """
        head = self._store.head(self._ledger).position
        if head < at_least:
            self._await(at_least)
            head = at_least
        recorder = self._recorder
        if recorder.position < head or not recorder.caught_up:
            self.catch_up(wait=not recorder.caught_up)
        facts, position = recorder.facts, recorder.position
        # After an interruption in another thread the recorder begins again without facts.
        return (facts, position) if head <= position <= facts.position else self._read_apart()

    def catch_up(self, *, wait: bool) -> None:
        """Take in events of others, unless another thread is recording and is not awaited."""
        lock = self._turns.lock
        if lock.acquire(blocking=wait):
            try:
                self._recorder.catch_up()
            finally:
                lock.release()

    def begin_in_child(self) -> None:
        """Read the log again where another thread was at work on the facts."""
        if is_orphaned(self._turns.lock):
            self._turns.lock = RLock()
            self._recorder.begin_again()
        if is_orphaned(self._reading):
            self._reading = RLock()
            self._apart.begin_again()

    def _await(self, position: int) -> None:
        """Wait for another program to reach the position."""
        seconds = patience_seconds(self._store)
        if not self._store.wait(self._ledger, after=position - 1, seconds=seconds, stopped=Event()):
            where = f"ledger {self._ledger!r}"
            reason = f"position {position} did not come within {seconds:g} seconds: ask again later"
            raise StoreBusyError(where, reason)

    def _read_apart(self) -> tuple[Facts, int]:
        """Return facts that no thread adds to while it records."""
        with self._reading:
            self._apart.catch_up()
            return self._apart.facts, self._apart.position
