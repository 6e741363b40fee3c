"""Many processes record and one follows: nothing is missed, doubled, torn or out of order.

"A reader that continues after the last position it saw misses nothing, ever."
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.contracts.drafts import anybody, drafts
from tests.servers import DSN_VARIABLE, address, new_schema
from tests.soak.broken_stores import EarlyStore, Log, SequenceStore
from tests.soak.tally import Follow, LoggedEvent, Tail, batch_of, compare

ROOT = Path(__file__).parents[2]
SEEDS = range(1, 9)
ON_POSTGRES = {"postgres", "postgres-ledger", "sequence"}
SOUND = "0 missed, 0 duplicated, 0 unknown, 0 out of order, 0 gaps, 0 torn"


def soak(
    store: str, *, writers: int = 4, events: int = 800, seed: int = 1
) -> subprocess.CompletedProcess[str]:
    """Run the harness in a process of its own, as a person would."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    if store in ON_POSTGRES:
        environment[DSN_VARIABLE] = address()  # kept by this process until all is done
    command = [sys.executable, "-m", "tests.soak", "--store", store]
    return subprocess.run(
        [*command, f"--writers={writers}", f"--events={events}", f"--seed={seed}"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
    )


def found_out(store: str) -> subprocess.CompletedProcess[str]:
    """Return the first run in which something is wrong, or the last: who comes first is chance."""
    for seed in SEEDS:
        run = soak(store, seed=seed)
        if run.returncode:
            return run
    return soak(store, seed=SEEDS[-1] + 1)


@pytest.mark.parametrize("store", ["sqlite", "sqlite-ledger", "postgres", "postgres-ledger"])
def test_a_reader_beside_many_processes_sees_every_event_once_and_in_order(store: str) -> None:
    run = soak(store)

    assert run.returncode == 0, run.stdout + run.stderr
    assert SOUND in run.stdout


@pytest.mark.parametrize("store", ["sequence", "early"])
def test_a_store_that_numbers_before_it_has_the_lock_is_caught(store: str) -> None:
    run = found_out(store)

    assert run.returncode == 1, run.stderr
    assert "missed" in run.stdout
    assert " 0 missed" not in run.stdout


def test_a_store_that_tears_batches_is_caught() -> None:
    run = found_out("tearing")

    assert run.returncode == 1, run.stderr
    assert " 0 torn" not in run.stdout


def recorded(log: Log, *event_ids: str) -> list[LoggedEvent]:
    rows = log.append("l", drafts("l", *event_ids), seen=0, clock_us=0, revise=anybody).rows
    return [LoggedEvent(row.position, row.event_id) for row in rows]


def looked(tail: Tail, log: Log) -> None:
    tail.look(
        lambda after, _: [
            LoggedEvent(row.position, row.event_id) for row in log.read("l", after=after)
        ]
    )


def held(stack: ExitStack) -> tuple[threading.Event, threading.Event, Callable[[], None]]:
    """Return whether a writer has come to a place, the event that lets it go on, and the place."""
    come, go_on = threading.Event(), threading.Event()
    stack.callback(go_on.set)

    def wait() -> None:
        come.set()
        go_on.wait()

    return come, go_on, wait


@pytest.mark.parametrize("kind", ["sequence", "early"])
def test_a_writer_who_is_held_between_its_number_and_its_commit_is_passed_over(
    kind: str, tmp_path: Path
) -> None:
    """Replay step by step the case that the soak meets by chance."""
    with ThreadPoolExecutor(1) as threads, ExitStack() as stack:
        come, go_on, wait = held(stack)
        if kind == "sequence":
            schema = new_schema()
            slow: Log = SequenceStore(schema.address, schema.name, before_commit=wait)
            quick: Log = SequenceStore(schema.address, schema.name)
        else:
            slow = EarlyStore(str(tmp_path / "log.db"), before_lock=wait)
            quick = EarlyStore(str(tmp_path / "log.db"))
        stack.enter_context(closing(slow))
        stack.enter_context(closing(quick))
        tail = Tail()

        first = threads.submit(recorded, slow, *batch_of(1, 1, 2))
        come.wait()
        second = recorded(quick, *batch_of(2, 1, 2))
        looked(tail, quick)
        go_on.set()
        first.result()
        looked(tail, quick)

    assert tail.seen == second
    assert compare(first.result() + second, tail).missed == 2


def showing(*seen: LoggedEvent) -> Follow:
    """Return a log that gives these rows, from whichever place a reader continues."""
    return lambda _, __: seen


def test_each_thing_that_may_go_wrong_is_counted() -> None:
    acknowledged = [
        LoggedEvent(1, "a/1/0"),
        LoggedEvent(2, "b/1/1"),
        LoggedEvent(3, "b/2/0"),
        LoggedEvent(4, "a/2/0"),
    ]
    tail = Tail()
    for page in (
        [LoggedEvent(2, "b/1/1")],
        [LoggedEvent(4, "a/2/0"), LoggedEvent(3, "b/2/0")],
        [LoggedEvent(4, "a/2/0"), LoggedEvent(5, "c/1/0")],
    ):
        tail.look(showing(*page))

    tally = compare(acknowledged, tail)

    assert str(tally) == (
        "4 events; 1 missed, 1 duplicated, 1 unknown, 2 out of order, 2 gaps, 1 torn"
    )
    assert not tally.is_sound


def test_what_is_seen_once_and_in_order_is_sound() -> None:
    seen = [
        LoggedEvent(position, event_id) for position, event_id in enumerate(batch_of(1, 1, 3), 1)
    ]
    tail = Tail()
    tail.look(showing(*seen[:2]), 2)
    tail.look(showing(*seen[2:]))

    assert compare(seen, tail).is_sound
