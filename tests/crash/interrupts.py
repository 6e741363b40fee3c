"""Interrupts, such as Ctrl-C, at random moments of a program that goes on afterwards.

``python -m tests.crash.interrupts --trials 1000`` interrupts so often on each store, and says what
was found.
"""

import argparse
import faulthandler
import random
import signal
import tempfile
import time
from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import attrs
import pytest

from coopledger import Ledger, events
from coopledger._recording.recorder import Recorder
from tests.servers import new_schema
from tests.trials import Trials

SIZE = 3
TRIALS_PER_CHECK = 50
_LONGEST_SECONDS = 0.01  # a call takes a fraction of that, and then the interrupt never comes
_SECONDS_TO_HANG = 60


@attrs.define
class Program:
    """Program that is interrupted.

    Attributes:
        ledger: Its ledger.
        backups: Where it makes backups; none if its store makes none.
        held: The ids of the batches for which it holds receipts.
        interrupts: How many interrupts have come.
    """

    ledger: Ledger
    backups: Path | None
    held: list[str] = attrs.field(factory=list[str])
    interrupts: int = 0

    def record(self, number: int) -> None:
        """Record a batch, all or none."""
        self.ledger.record(*(party(f"{number}/{place}") for place in range(SIZE)))
        self.held.append(str(number))

    def ask(self, number: int) -> None:
        """Ask for what is kept, and for what is found by words."""
        view = self.ledger.view("2020-01-01" if number % 2 else None)
        view.parties()
        view.find("Party")

    def back_up(self, _: int) -> None:
        """Make a backup, where there is a file."""
        if self.backups is not None:
            self.ledger.backup(self.backups / "copy.db")

    def check(self) -> None:
        """Check that all that is held is there, that batches are whole, and nothing is unsound."""
        assert self.ledger.verify().fault is None
        ids = [each.id for each in self.ledger.events()]
        batches = {name: len(list(group)) for name, group in groupby(ids, _batch)}
        assert not set(self.held) - batches.keys(), "a batch with a receipt is lost"
        assert set(batches.values()) <= {SIZE}, "a batch is torn"
        assert {each.id for each in self.ledger.view().parties()} == set(ids)


def party(name: str) -> events.Event:
    """Return the registration of a party."""
    return events.PartyRegistered(id=name, party=name, name=f"Party {name}", kind="other")


def _batch(event_id: str) -> str:
    return event_id.partition("/")[0]


def run(program: Program, trials: int, *, seed: int) -> dict[str, int]:
    """Interrupt so many calls; after each, the next is made as if nothing were; return counts.

    Raises:
        AssertionError: Something was lost, torn, or is not what the log holds.
    """
    chance = random.Random(seed)  # noqa: S311 - a seed repeats the moments
    calls = (program.record, program.record, program.ask, program.back_up)
    for number in range(trials):
        faulthandler.dump_traceback_later(_SECONDS_TO_HANG, exit=True)
        call, seconds = chance.choice(calls), chance.uniform(0, _LONGEST_SECONDS)
        program.interrupts += is_interrupted(call, number, seconds=seconds)
        program.record(trials + number)
        if number % TRIALS_PER_CHECK == 0:
            program.check()
    program.back_up(trials)
    program.check()
    faulthandler.cancel_dump_traceback_later()
    return {
        "calls": trials,
        "interrupts": program.interrupts,
        "batches acknowledged": len(program.held),
    }


def is_interrupted(call: Callable[[int], None], number: int, *, seconds: float) -> bool:
    """Make a call, and interrupt it after the seconds; tell whether the interrupt came in time."""
    is_over = False

    def interrupt(*_: object) -> None:
        if not is_over:
            raise KeyboardInterrupt

    signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-6))
    try:
        call(number)
        is_over = True
    except KeyboardInterrupt:
        return True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return False


def main() -> None:
    """Interrupt on the stores that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=1000, help="calls on each store")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--store", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--careless", action="store_true", help="go on as before: has to be caught")
    options = parser.parse_args()
    if options.careless:
        pytest.MonkeyPatch().setattr(Recorder, "begin_again", _go_on)
    for name in options.store or ["sqlite", "postgres"]:
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder, _opened(name, Path(folder)) as ledger:
            backups = Path(folder) if name == "sqlite" else None
            counts = run(Program(ledger, backups), options.trials, seed=options.seed)
        trials = Trials(
            harness=f"interrupts {name}",
            seed=options.seed,
            counts=counts,
            seconds=time.perf_counter() - start,
        )
        print(trials, flush=True)


def _go_on(_: Recorder) -> None:
    """Keep what an interrupt left in the facts: the harness must catch this."""


def _opened(name: str, folder: Path) -> Ledger:
    if name == "postgres":
        return Ledger(new_schema().open(pool_size=2), name="vistip")
    return Ledger.open(folder / "log.db", name="vistip", durability="fast")


if __name__ == "__main__":
    main()
