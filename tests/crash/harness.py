"""Kills a recording process at random moments, and checks what it leaves behind."""

import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import groupby, repeat
from pathlib import Path

import attrs

from coopledger import Verification
from coopledger.stores import Head, Row
from coopledger.stores.sqlite import SqliteStore
from coopledger.stores.verification import verify_log
from tests.crash.recorders import (
    BEFORE,
    LEDGER,
    OpenRecorder,
    OpenStore,
    ids_of_batch,
    record_until_killed,
)

# A process opens a log in about 2 ms and records a batch in 0.3 to 10 ms.
LONGEST_LIFE_SECONDS = 0.04
LONGEST_CREATION_SECONDS = 0.008
ROUNDS_BETWEEN_CREATIONS = 8
# Where the machine has no time for them, some more live longer: the last one over a hundred times.
MOST_DOUBLINGS = 7


@attrs.define
class Tally:
    """Counts over all rounds.

    Attributes:
        beside: What is kept beside the log and checked too, such as backups; empty for nothing.
        kills: How many processes were killed.
        acknowledged: How many events had been acknowledged; each of them was found.
        in_flight: How many batches were found that had been committed but not yet
            acknowledged, at most one for each kill.
        checked: How much of what is beside the log was found, and found right.
    """

    beside: str = ""
    kills: int = 0
    acknowledged: int = 0
    in_flight: int = 0
    checked: int = 0

    @property
    def is_telling(self) -> bool:
        """Tell whether there was anything that could have been lost or torn."""
        return self.acknowledged > 0 and (self.checked > 0 or not self.beside)

    @property
    def counts(self) -> dict[str, int]:
        """Return the counts, each with its words."""
        return {
            "kills": self.kills,
            "events acknowledged": self.acknowledged,
            "batches stored whole but not acknowledged any more": self.in_flight,
        } | ({f"{self.beside} checked": self.checked} if self.beside else {})


@attrs.define
class Log:
    """Log that outlives the recorders, and what is known about it.

    Attributes:
        path: File, or its substitute.
        plan: How it is recorded in and checked.
        unchecked: The positions that were acknowledged in each round since the last check.
        head: Where the log ended at the last check.
    """

    path: Path
    plan: "Plan"
    unchecked: dict[int, list[int]] = attrs.field(factory=dict[int, list[int]])
    head: Head | None = None

    def begin(self) -> None:
        """Write the old log that is there before the first process, if the plan has one."""
        if self.plan.lay is not None:
            self.unchecked[BEFORE] = self.plan.lay(self.path)

    def check(self, tally: Tally) -> None:
        """Open the log and compare it with what was acknowledged since the last check."""
        after = self.head.position if self.head else 0
        with closing(self.plan.open_store(self.path)) as store:
            verification = verify_log(store, LEDGER, since=self.head)
            rows = list(store.read(LEDGER, after=after))
            self.head = store.head(LEDGER)
        assert verification == Verification(after + len(rows), None), verification
        by_round = dict(_by_round(rows))
        for round_number, positions in self.unchecked.items():
            _check_round(round_number, by_round.pop(round_number, []), positions, tally=tally)
        assert not by_round, f"rounds {list(by_round)} recorded out of turn"
        self.unchecked.clear()
        tally.checked += self.plan.check(self.path)


def _nothing(*_: object) -> None:
    """Do nothing, as a plan that neither prepares nor interferes."""


def _no_more(_: Path) -> int:
    """Check nothing beyond the log."""
    return 0


@attrs.frozen(kw_only=True)
class Plan:
    """Plan of a run: the recorder, and how its process is killed.

    Attributes:
        open_recorder: Opens a log and gives what records into it.
        open_store: Opens the store of the log, to check it.
        longest_life_seconds: The longest time that a process may live.
        longest_creation_seconds: The same for one that begins a log.
        rounds_per_log: After how many rounds a new log is begun; 0 for one log all along.
        rounds_between_creations: In which rounds a process begins a log: one in so many.
        lay: Makes an older log there before the first process, and returns the last positions
            of the batches in it.
        beside: What a process keeps beside the log; empty for nothing.
        check: Checks that, and says how much of it there is.
        prepare: Called once, before the first process.
        interfere: Called in the middle of each process's life, with the number of the round.
    """

    open_recorder: OpenRecorder
    open_store: OpenStore = SqliteStore
    longest_life_seconds: float = LONGEST_LIFE_SECONDS
    longest_creation_seconds: float = LONGEST_CREATION_SECONDS
    rounds_per_log: int = 0
    rounds_between_creations: int = ROUNDS_BETWEEN_CREATIONS
    lay: Callable[[Path], list[int]] | None = None
    beside: str = ""
    check: Callable[[Path], int] = _no_more
    prepare: Callable[[], None] = _nothing
    interfere: Callable[[int], None] = _nothing


def run(folder: Path, plan: Plan, *, rounds: int, seed: int) -> Tally:
    """Kill that many processes, most of them on a lasting log, some while they create one.

    And some more, as long as none of them came to do what could have been lost.

    Raises:
        AssertionError: Something acknowledged is missing, something is torn, something
            is there that nobody recorded, or the chain does not verify; or nothing was
            acknowledged at all.
    """
    chance = random.Random(seed)  # noqa: S311 - a seed repeats the moments of killing
    tally = Tally(plan.beside)
    plan.prepare()
    lasting = Log(folder / "lasting.db", plan)
    for round_number, times in enumerate(_lives(tally, rounds)):
        is_creation = round_number % plan.rounds_between_creations == 0
        if plan.rounds_per_log and round_number % plan.rounds_per_log == 0:
            lasting.check(tally)
            lasting = Log(folder / f"lasting-{round_number}.db", plan)
        log = Log(folder / f"{round_number}.db", plan) if is_creation else lasting
        if is_creation:
            log.begin()
        longest = plan.longest_creation_seconds if is_creation else plan.longest_life_seconds
        log.unchecked[round_number] = _kill_one(
            log.path,
            round_number=round_number,
            seconds=chance.uniform(0, longest) * times,
            plan=plan,
        )
        tally.kills += 1
        # Not after every round: then it is the next process that finds the file as it was left.
        if is_creation or chance.random() < 0.5:
            log.check(tally)
    lasting.check(tally)
    with closing(plan.open_store(lasting.path)) as store:
        assert verify_log(store, LEDGER).fault is None
    assert tally.is_telling, f"nothing is proved: {tally}"
    return tally


def _lives(tally: Tally, rounds: int) -> Iterator[int]:
    """Yield how much longer than planned each process may live."""
    yield from repeat(1, rounds)
    for doublings in range(1, MOST_DOUBLINGS + 1):
        if tally.is_telling:
            return
        yield 2**doublings


def _kill_one(path: Path, *, round_number: int, seconds: float, plan: Plan) -> list[int]:
    """Return the last positions of the batches that a process acknowledged until it was killed."""
    acknowledged, acknowledge = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            record_until_killed(
                path,
                round_number=round_number,
                acknowledge=acknowledge,
                open_recorder=plan.open_recorder,
            )
        finally:
            traceback.print_exc()
            os._exit(1)
    os.close(acknowledge)
    time.sleep(seconds / 2)
    plan.interfere(round_number)
    time.sleep(seconds / 2)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    with os.fdopen(acknowledged, "rb") as pipe:
        lines = pipe.read().splitlines()
    assert os.WIFSIGNALED(status), f"round {round_number}: the process ended by itself"
    return [int(line) for line in lines]


def _by_round(rows: Iterable[Row]) -> Iterator[tuple[int, list[Row]]]:
    for round_number, group in groupby(rows, lambda row: int(row.event_id.split("/")[0])):
        yield round_number, list(group)


def _check_round(
    round_number: int, rows: list[Row], acknowledged: list[int], *, tally: Tally
) -> None:
    """Check that every acknowledged batch is there, whole and in order; at most one more, whole."""
    event_ids = [row.event_id for row in rows]
    batches = len(acknowledged)
    promised = [each for batch in range(batches) for each in ids_of_batch(round_number, batch)]
    in_flight = ids_of_batch(round_number, batches)
    assert event_ids in (promised, promised + in_flight), (
        f"round {round_number}: {len(promised)} events acknowledged, {len(event_ids)} found"
    )
    last_positions = [row.position for row in rows if _ends_a_batch(row)]
    assert last_positions[:batches] == acknowledged, f"round {round_number}: other positions"
    tally.acknowledged += len(promised) if round_number != BEFORE else 0
    tally.in_flight += len(event_ids) > len(promised)


def _ends_a_batch(row: Row) -> bool:
    number, size = row.event_id.split("/")[2:]
    return number == size
