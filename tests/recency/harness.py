"""Programs that record and look, are stopped and go on, and the check of all that they saw."""

import os
import pickle
import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import attrs

from tests.contracts.hosts import Host, HostConnection, postgres_host, sqlite_host
from tests.recency.history import History, Stale, stale_looks
from tests.recency.programs import Pipes, Shares, end_with, run_program
from tests.servers import new_schema

__all__ = ["HOSTS", "Tally", "run"]

_HOST_PATIENCE = "PRAGMA busy_timeout = 600000"  # SQLite knows no turns: others may always be first


def _patient_sqlite_host(folder: Path) -> Host:
    """Return a host that waits for the others, however long programs are stopped with the lock."""
    host = sqlite_host(folder)

    def connect() -> HostConnection:
        connection = host.connect()
        connection.execute(_HOST_PATIENCE)
        return connection

    return attrs.evolve(host, connect=connect)


HOSTS: dict[str, Callable[[Path], Host]] = {
    "sqlite": _patient_sqlite_host,
    "postgres": lambda _: postgres_host(new_schema()),
}
PROGRAMS, THREADS = 3, 3
LOOKS_PER_FORK = 50
_LONGEST_PAUSE_SECONDS = 0.03


@attrs.frozen(kw_only=True)
class Tally:
    """Counts of one run.

    Attributes:
        history: What the programs did.
        pauses: How often one was stopped for a while.
        stale: The views that were not recent.
    """

    history: History
    pauses: int
    stale: list[Stale]

    @property
    def counts(self) -> dict[str, int]:
        """Return the counts, each with its words."""
        looks = self.history.looks
        broken = Counter(each.promise for each in self.stale)
        return {
            "reads": len(looks),
            "receipts": len(self.history.receipts),
            "positions told": sum(look.at_least > 0 for look in looks),
            "forks": sum(program.parent is not None for program in self.history.programs),
            "pauses": self.pauses,
            "stale": len(self.stale),
        } | {f"behind {promise}": number for promise, number in broken.items()}


def run(host: Host, *, reads: int, seed: int) -> Tally:
    """Let programs make that many views, or a few more, between what they record.

    Raises:
        AssertionError: A program failed, as it has said, or hung.
    """
    each = -(-reads // (PROGRAMS * THREADS))
    shares = Shares(threads=THREADS, looks=each, forks=-(-each // LOOKS_PER_FORK))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programs = dict(_started(host, shares, seed=seed, folder=folder))
        pauses = _pause_until_over(programs, random.Random(seed))  # noqa: S311 - it repeats them
        history = History()
        for file in folder.glob("*.history"):
            history.add(pickle.loads(file.read_bytes()))  # noqa: S301 - written by this run
    return Tally(history=history, pauses=pauses, stale=stale_looks(history))


def _started(host: Host, shares: Shares, *, seed: int, folder: Path) -> Iterator[tuple[int, str]]:
    """Start the programs; yield the process and the name of each. One tells the next."""
    pipes = [os.pipe() for _ in range(PROGRAMS)]
    for number in range(PROGRAMS):
        ends = Pipes(tell=pipes[number][1], hear=pipes[number - 1][0])
        process = os.fork()
        if process == 0:
            end_with(
                partial(
                    run_program, f"p{number}", host, ends, shares=shares, seed=seed, folder=folder
                )
            )
        yield process, f"p{number}"
    for end in (end for pipe in pipes for end in pipe):
        os.close(end)


def _end_all(processes: Iterable[int]) -> None:
    """End the programs that are left when one has failed."""
    for process in processes:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _pause_until_over(programs: dict[int, str], chance: random.Random) -> int:
    """Stop one program after the other for a moment, until all are over; return how often."""
    left = dict(programs)
    for pauses in count():
        time.sleep(chance.uniform(0, _LONGEST_PAUSE_SECONDS))
        for process in list(left):
            ended, status = os.waitpid(process, os.WNOHANG)
            if ended:
                name = left.pop(process)
                _end_all(left if status else ())
                assert status == 0, f"program {name} failed, or hung, as it has said"
        if not left:
            return pauses
        stopped = chance.choice(sorted(left))
        os.kill(stopped, signal.SIGSTOP)
        time.sleep(chance.uniform(0, _LONGEST_PAUSE_SECONDS))
        os.kill(stopped, signal.SIGCONT)
    raise AssertionError
