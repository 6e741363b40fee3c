"""Forks of a process while its other threads record and ask: no child waits for a lost lock.

``python -m tests.crash.forks --forks 100`` forks so often on each store, and says what was found.
"""

import argparse
import asyncio
import faulthandler
import os
import random
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import attrs
import pytest

from coopledger import Ledger, Ledgers, aio, events
from coopledger._recording.knowledge import Knowledge
from coopledger.stores import MemoryStore, Store
from coopledger.stores.postgres.store import PostgresStore
from coopledger.stores.sqlite import SqliteStore
from tests.servers import new_schema
from tests.trials import Trials

NAME = "vistip"
_PAUSE_SECONDS = 0.002  # between calls, so that a log does not grow beyond what is asked


def party(name: str) -> events.Event:
    """Return the registration of a party."""
    return events.PartyRegistered(id=f"e-{name}", party=name, name=f"Party {name}", kind="state")


@attrs.frozen
class Fronts:
    """Everything with locks that a child inherits, on one store.

    Attributes:
        ledgers: The ledgers of the store, of which threads open new ones.
        ledger: The one in which they record.
        awaited: The same, whose calls are awaited.
    """

    ledgers: Ledgers
    ledger: Ledger
    awaited: aio.Ledger

    @classmethod
    def on(cls, store: Store) -> "Fronts":
        """Return fronts to the ledgers of a store."""
        ledgers = Ledgers(store)
        ledger = ledgers.named(NAME)
        return cls(ledgers, ledger, aio.Ledger(ledger))

    def record(self, number: int) -> None:
        """Record one event."""
        self.ledger.record(party(f"parent-{number}"))

    def ask(self, number: int) -> None:
        """Ask for what is kept, found by its words, and near a name."""
        view = self.ledger.view("2020-01-01" if number % 2 else None)
        view.partnerships()
        view.find("Party parent-1")

    def open(self, number: int) -> None:
        """Open another ledger."""
        self.ledgers.named(f"other-{number % 50}")

    def wait(self, number: int) -> None:
        """Record one event in the thread of the awaited front."""
        asyncio.run(self.awaited.record(party(f"awaited-{number}")))

    def all_in_child(self, number: int) -> None:
        """Do all of it in a child, which sees what it was told."""
        self.ledgers.named(f"child-{number}").record(party("alone"))
        receipt = self.ledger.record(party(f"child-{number}"))
        found = self.ledger.view(at_least=receipt.events[-1].position).find(f"child-{number}")
        assert found, "a child does not find what it has recorded"
        asyncio.run(self.awaited.record(party(f"child-{number}-awaited")))
        self.ask(0)
        self.ask(1)


@contextmanager
def busy(fronts: Fronts) -> Generator[list[BaseException], None, None]:
    """Let four threads use the fronts during the block; return what they raised."""
    is_over, raised = threading.Event(), list[BaseException]()

    def repeat(call: Callable[[int], None]) -> None:
        for number in count():
            if is_over.is_set():
                return
            try:
                call(number)
                time.sleep(_PAUSE_SECONDS)
            except BaseException as error:  # noqa: BLE001 - it is told at the end
                raised.append(error)
                return

    calls = (fronts.record, fronts.ask, fronts.open, fronts.wait)
    threads = [threading.Thread(target=repeat, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    try:
        yield raised
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def run(store: Store, forks: int, *, seed: int = 1, patience: int = 30) -> dict[str, int]:
    """Fork so often; return the counts. A child that is not done within the seconds hangs.

    Raises:
        AssertionError: A child hung or failed, a thread of the parent did, or the log is damaged.
    """
    fronts, chance = Fronts.on(store), random.Random(seed)  # noqa: S311 - it repeats the pauses
    with busy(fronts) as raised:
        for number in range(forks):
            time.sleep(chance.uniform(0, 7) * _PAUSE_SECONDS)
            child = os.fork()
            if child == 0:
                faulthandler.dump_traceback_later(patience, exit=True)
                _end_with(partial(fronts.all_in_child, number))
            _, status = os.waitpid(child, 0)
            assert status == 0, f"the child of fork {number} failed, or hung, as it has said"
    assert not raised, raised
    assert fronts.ledger.verify().fault is None
    return {"forks": forks, "hangs": 0, "events": fronts.ledger.position}


def _end_with(call: Callable[[], None]) -> None:
    """End a child with what the call comes to; nothing of the parent is tidied up there."""
    try:
        call()
    except BaseException:  # noqa: BLE001 - printed, as the parent does not see it
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def main() -> None:
    """Fork on the stores that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forks", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the pauses between forks")
    parser.add_argument("--patience", type=int, default=30, help="seconds until a child hangs")
    parser.add_argument("--careless", action="store_true", help="keep locks: has to be caught")
    parser.add_argument("--store", choices=["memory", "sqlite", "postgres"], action="append")
    options = parser.parse_args()
    if options.careless:
        pytest.MonkeyPatch().setattr(Knowledge, "begin_in_child", _keep_locks)
    for name in options.store or ["memory", "sqlite", "postgres"]:
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder, closing(_opened(name, folder)) as store:
            counts = run(store, options.forks, seed=options.seed, patience=options.patience)
        seconds = time.perf_counter() - start
        trials = Trials(harness=f"forks {name}", seed=options.seed, counts=counts, seconds=seconds)
        print(trials, flush=True)


def _keep_locks(_: Knowledge) -> None:
    """Leave a child the locks of threads that it does not have: the harness must catch this."""


def _opened(name: str, folder: str) -> MemoryStore | SqliteStore | PostgresStore:
    """Return a new store of that name; a file is in the folder."""
    if name == "memory":
        return MemoryStore()
    if name == "postgres":
        return new_schema().open()
    return SqliteStore(Path(folder) / "log.db", durability="fast")


if __name__ == "__main__":
    main()
