"""A forked child inherits locks of threads that it has not: it goes on all the same."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path

import pytest

from coopledger import Ledger, Ledgers, events
from coopledger._forks import Inherited, is_orphaned
from coopledger.aio._threads import ledger_threads
from coopledger.errors import StoreError
from coopledger.stores import MemoryStore
from tests.builders import Clock, office
from tests.needs import FORK

NOTE = events.NoteAdded(subject="vnfr", text="asked for the minutes", when="2022")


@contextmanager
def taken_elsewhere(lock: threading.Lock) -> Generator[None, None, None]:
    """Let another thread have the lock during the block, as at the moment of a fork."""
    is_taken, is_over = threading.Event(), threading.Event()

    def take() -> None:
        with lock:
            is_taken.set()
            is_over.wait()

    thread = threading.Thread(target=take)
    thread.start()
    is_taken.wait()
    yield
    is_over.set()
    thread.join()


def begin(heir: Inherited) -> None:
    """Let an heir begin as in a child."""
    heir.begin_in_child()


HEIRS = {
    "_turns.lock": "_knowledge",
    "_knowledge._reading": "_knowledge",
    "_committed._lock": "_committed",
    "_recorder.facts._spelling": "_recorder.facts",
    "_recorder.facts._words._lock": "_recorder.facts",
}


@pytest.mark.parametrize(("lock", "heir"), HEIRS.items())
def test_a_child_takes_another_lock_where_a_thread_has_it(
    lock: str, heir: str, tmp_path: Path
) -> None:
    with Ledger.open(tmp_path / "office.db", clock=Clock()) as ledger:
        ledger.record(events.PartyRegistered(party="vnfr", name="Viet Nam", kind="state"))
        with taken_elsewhere(attrgetter(lock)(ledger)):
            begin(attrgetter(heir)(ledger))

            assert not is_orphaned(attrgetter(lock)(ledger))
            assert ledger.record(NOTE).events[0].position == 2
            assert [each.id for each in ledger.view().find("minutes")] == ["vnfr"]
        assert ledger.verify().fault is None


@pytest.mark.parametrize("boards", ["today", "other_day"])
def test_answers_that_a_thread_was_making_are_made_again_in_a_child(boards: str) -> None:
    ledger = office()
    view = ledger.view(None if boards == "today" else "2022-12-31")
    before = view.partnerships()
    kept = attrgetter(f"_kept.{boards}")(ledger)
    with taken_elsewhere(next(iter(kept._locks.values()))):  # noqa: SLF001 - as the thread has it
        begin(kept)

        assert view.partnerships() == before


def test_a_lock_that_no_other_thread_has_stays_in_a_child() -> None:
    ledger = office()
    lock, position = attrgetter("_turns.lock")(ledger), ledger.position
    with lock:  # by the thread that forks
        begin(attrgetter("_knowledge")(ledger))

    assert attrgetter("_turns.lock")(ledger) is lock
    assert attrgetter("_recorder.position")(ledger) == position


def test_a_child_opens_ledgers_while_the_parent_was_opening_one() -> None:
    ledgers = Ledgers(MemoryStore())
    with taken_elsewhere(attrgetter("_opening")(ledgers)):
        begin(ledgers)

        assert ledgers.named("vistip").position == 0


def test_a_child_has_threads_of_its_own_unless_they_are_closed() -> None:
    threads = ledger_threads()

    async def call() -> int:
        return await threads.write(threading.get_ident)

    first = asyncio.run(call())
    parent = attrgetter("_writer", "_readers")(threads)
    begin(threads)
    assert asyncio.run(call()) != first
    for each in parent:
        each.shutdown()
    asyncio.run(threads.close())
    begin(threads)

    with pytest.raises(StoreError, match="it is closed"):
        asyncio.run(call())


def test_a_fork_waits_for_the_thread_that_writes_in_memory() -> None:
    store = MemoryStore()
    writer = threading.Thread(target=store.take_cursor, args=("vistip", "reader"))
    store.pause()
    writer.start()
    assert store.cursors("vistip") == ()

    store.resume()
    writer.join()
    assert [each.name for each in store.cursors("vistip")] == ["reader"]


LOADING = """
import os
import signal
import sys
import threading

from coopledger import Ledger, events
from coopledger.stores import MemoryStore

has_begun, may_end = threading.Event(), threading.Event()


class Slow:
    def find_spec(self, name, path, target=None):
        if name == "coopledger._log.strict" and not has_begun.is_set():
            has_begun.set()
            may_end.wait()


store = MemoryStore()
Ledger(store).record(events.PartyRegistered(party="vnfr", name="Viet Nam", kind="state"))
sys.modules.pop("coopledger._log.strict", None)
sys.meta_path.insert(0, Slow())
reader = threading.Thread(target=lambda: Ledger(store).view().party("vnfr"), daemon=True)
reader.start()
has_begun.wait()
# The last hook is called first: the module is loaded while the package waits, or not at all.
os.register_at_fork(before=threading.Timer(0.2, may_end.set).start)
child = os.fork()
if child == 0:
    signal.alarm(30)
    Ledger(store).view().party("vnfr")
    os._exit(0)
sys.exit(os.waitpid(child, 0)[1])
"""


@FORK
def test_a_child_does_not_wait_for_a_module_that_a_thread_of_its_parent_was_loading() -> None:
    run = subprocess.run([sys.executable, "-c", LOADING], capture_output=True, check=False)  # noqa: S603 - this Python

    assert run.returncode == 0, run.stderr.decode()
