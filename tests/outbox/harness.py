"""Kills the sender and the receiver of examples/outbox_webhook.py at random moments."""

import math
import os
import random
import signal
import socket
import sqlite3
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import attrs

from coopledger import Ledger
from examples import outbox_webhook as outbox

# A sender opens the ledger in about 20 ms and posts an event in 3 to 10; a receiver is up in 5.
LONGEST_LIFE_SECONDS = 0.15
MOST_EVENTS = 6  # recorded in one round


@attrs.define
class Tally:
    """Counts over all rounds.

    Attributes:
        kills: How often each side was killed.
        events: How many events were to be acted on; each was, once.
        posts: How often one was posted.
    """

    kills: Counter[str] = attrs.field(factory=Counter[str])
    events: int = 0
    posts: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Return the counts, each with its words."""
        killed = {f"kills of the {side}": times for side, times in sorted(self.kills.items())}
        return killed | {"posts": self.posts, "events acted on once": self.events}


@attrs.frozen
class Sides:
    """Paths of both sides, and the port where they meet."""

    folder: Path
    port: int

    @property
    def file(self) -> Path:
        """Return the path of the sender's ledger."""
        return self.folder / "office.db"

    @property
    def database(self) -> Path:
        """Return the path of the receiver's letters."""
        return self.folder / "letters.db"

    def send(self) -> None:
        """Send until the process is killed."""
        with Ledger.open(self.file) as ledger:
            outbox.send(ledger, f"http://127.0.0.1:{self.port}", wait_seconds=math.inf)

    def receive(self) -> None:
        """Receive until the process is killed."""
        outbox.Webhook(self.port, self.database).serve_forever()


@attrs.frozen
class HastySides(Sides):
    """Sides whose sender saves its position before it posts: the harness must catch this."""

    def send(self) -> None:
        """Send as if the process were never killed."""
        with Ledger.open(self.file) as ledger:
            for batch in outbox.follow(ledger).batches(wait_seconds=math.inf):
                batch.save()
                for recorded in batch.events:
                    with suppress(OSError):
                        outbox.post(f"http://127.0.0.1:{self.port}", recorded)


def run(folder: Path, *, rounds: int, seed: int, hasty: bool = False) -> Tally:
    """Record, and kill one of the sides, round after round; then let both finish.

    Raises:
        AssertionError: Some event was not acted on, or more than once.
    """
    chance, tally = random.Random(seed), Tally()  # noqa: S311 - a seed repeats the moments
    sides = (HastySides if hasty else Sides)(folder, _free_port())
    doing: dict[str, Callable[[], None]] = {"receiver": sides.receive, "sender": sides.send}
    with Ledger.open(sides.file) as ledger:
        ledger.record(*outbox.OFFICE)
    processes = {side: _start(does) for side, does in doing.items()}
    for _ in range(rounds):
        more = chance.randint(0, MOST_EVENTS)
        _record(sides.file, range(tally.events + 1, tally.events + more + 1))
        tally.events += more
        time.sleep(chance.uniform(0, LONGEST_LIFE_SECONDS))
        side = chance.choice(sorted(doing))
        _kill(processes[side])
        tally.kills[side] += 1
        processes[side] = _start(doing[side])
    _wait_until_sent(sides.file)
    for process in processes.values():
        _kill(process)
    _check(sides.database, tally)
    return tally


def _record(file: Path, numbers: range) -> None:
    """Record in a process of its own, as this one forks and keeps no connection."""

    def record() -> None:
        with Ledger.open(file, durability="fast") as ledger:
            for number in numbers:
                ledger.record(outbox.promised(number, f"lend buoy {number}"))
        os._exit(0)

    _, status = os.waitpid(_start(record), 0)
    assert status == 0


def _wait_until_sent(file: Path) -> None:
    """Look now and then, for a minute at most, whether the sender is at the end."""
    for _ in range(600):
        with Ledger.open(file) as ledger:
            if all(status.lag == 0 for status in ledger.subscriptions()):
                return
        time.sleep(0.1)
    message = "the sender does not come to the end"
    raise AssertionError(message)


def _check(database: Path, tally: Tally) -> None:
    with closing(sqlite3.connect(database)) as connection:
        letters = connection.execute("SELECT key, text FROM letter ORDER BY rowid").fetchall()
        ((tally.posts,),) = connection.execute("SELECT coalesce(sum(times), 0) FROM seen")
    expected = [
        (f"promise-{number}", f"Please remember: lend buoy {number}")
        for number in range(1, tally.events + 1)
    ]
    assert letters == expected, f"{len(letters)} letters about {tally.events} events: {letters}"


def _start(does: Callable[[], None]) -> int:
    process = os.fork()
    if process == 0:
        try:
            does()
        finally:
            traceback.print_exc()
            os._exit(1)
    return process


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status), "the process ended by itself"


def _free_port() -> int:
    with closing(socket.socket()) as any_socket:
        any_socket.bind(("127.0.0.1", 0))
        return int(any_socket.getsockname()[1])
