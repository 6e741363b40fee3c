"""Second copy of the known events, for recording within the transactions of hosts."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import Lock

from coopledger.errors import CoopledgerError
from coopledger.facts import Facts
from coopledger.recording import Recorder

__all__ = ["Memory"]


class Memory:
    """Committed events that the recorder of a ledger knows, in facts that may be tried on.

    Not the facts of the recorder itself, for two reasons. A thread that records holds the lock
    of those while it waits for the database, and the host may be the one that it waits for: each
    would wait for the other. Here nobody who holds the lock waits for anything. And what a host
    has not committed never comes near a view. The events themselves are shared.
    """

    def __init__(self, nothing_known: Callable[[], Facts]) -> None:
        """Begin without events."""
        self._lock = Lock()
        self._nothing_known = nothing_known
        self._facts = nothing_known()

    @contextmanager
    def lent(self, recorder: Recorder) -> Generator[Facts, None, None]:
        """Lend the facts that the recorder knows; additions in the block are forgotten at its end.

        After an interruption at any point they are made again from those of the recorder.
        """
        with self._lock:
            facts, self._facts = self._facts, self._nothing_known()
            # The position first: another thread may make the recorder read all again.
            stored = recorder.position
            for item in recorder.facts.recorded[facts.position : stored]:
                facts.add(item)
            position = facts.position
            try:
                yield facts
            except CoopledgerError:
                self._take_back(facts, position)
                raise
            self._take_back(facts, position)

    def _take_back(self, facts: Facts, position: int) -> None:
        facts.forget(after=position)
        self._facts = facts
