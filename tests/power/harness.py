"""Runs operations in processes that are cut off at a call, and checks what each leaves behind."""

import os
import random
import resource
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

import attrs

from coopledger.errors import CoopledgerError
from tests.power import shim
from tests.power.operations import LostError, Operation, Say
from tests.power.shim import Event, Fault

__all__ = ["Tally", "run", "run_with_little_memory"]

_PAGE = 4096


@attrs.define
class Tally:
    """Counts over all trials with an operation.

    Attributes:
        calls: How many calls of the operation were counted.
        trials: How many processes met a fault, of each kind.
        told: How much was acknowledged before.
        findings: What was wrong afterwards, with the seed that brings it again.
        lost: How many of them had lost something that was acknowledged.
    """

    calls: int = 0
    trials: dict[str, int] = attrs.field(factory=dict[str, int])
    told: int = 0
    findings: list[str] = attrs.field(factory=list[str])
    lost: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Return how much was done of what."""
        return {"calls": self.calls, **self.trials, "acknowledged": self.told}


@attrs.frozen
class Trial:
    """One process: the fault that it meets, at which call, and the seed of what is dropped."""

    fault: Fault
    at: int
    seed: int

    def __str__(self) -> str:
        """Return what brings the finding again."""
        return f"{self.fault} at call {self.at}, seed {self.seed}"


def run(
    operation: Operation, folder: Path, *, faults: Sequence[Fault], trials: int, seed: int
) -> Tally:
    """Let each of so many processes meet a fault, spread over all calls; return the counts."""
    tally, ground = Tally(), _ground(operation, folder)
    kinds = {fault.calls: fault for fault in faults}
    totals = {
        calls: _counted(operation, ground, folder / "count", fault)
        for calls, fault in kinds.items()
    }
    tally.calls = max(totals.values())
    for fault, share in _shares(faults, trials):
        total = totals[fault.calls]
        first = random.Random(f"{seed} {fault}").randrange(total)  # noqa: S311 - a seed repeats it
        for number, at in enumerate(_moments(total, share, first=first)):
            trial = Trial(fault, at, seed=seed * 1_000_003 + number)
            _try(operation, ground, folder / f"{number}-{fault}", trial, tally)
    return tally


def run_with_little_memory(operation: Operation, folder: Path, *, trials: int, seed: int) -> Tally:
    """Let each of so many processes have little memory; it may fail in whichever way it likes."""
    chance, tally = random.Random(seed), Tally()  # noqa: S311 - a seed repeats it
    ground = _ground(operation, folder)
    for number in range(trials):
        pages = int(2 ** chance.uniform(0, 13))
        place = folder / f"memory-{number}"
        shutil.copytree(ground, place)

        def starve(say: Say, place: Path = place, pages: int = pages) -> None:
            most = _memory_bytes() + pages * _PAGE
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            operation.run(place, say)

        _, told = _child(starve, is_quiet=True)
        _check(operation, place, told, f"{pages} pages of memory", tally)
        tally.trials["starved"] = number + 1
    return tally


def _ground(operation: Operation, folder: Path) -> Path:
    """Return a folder with the files that are there before the operation."""
    ground = folder / "ground"
    ground.mkdir()
    operation.lay(ground)
    return ground


def _shares(faults: Sequence[Fault], trials: int) -> Iterator[tuple[Fault, int]]:
    """Yield each fault with its part of the trials, at least one."""
    for fault in faults:
        yield fault, max(trials // len(faults), 1)


def _moments(total: int, trials: int, *, first: int) -> Iterator[int]:
    """Yield the numbers of calls: each as often as another, or some that are spread over all."""
    for number in range(trials):
        step = number if trials >= total else number * total // trials
        yield 1 + (first + step) % total


def _counted(operation: Operation, ground: Path, place: Path, fault: Fault) -> int:
    """Return how many calls the operation makes, of those that the fault comes into."""
    shutil.copytree(ground, place)

    def count_calls(say: Say) -> None:
        fault.arm(place, at=0, seed=0)
        operation.run(place, lambda _: None)
        say(str(shim.calls()))

    status, told = _child(count_calls)
    assert status == 0, "the operation fails without any fault"
    _remove(place)
    return int(told[-1])


def _try(operation: Operation, ground: Path, place: Path, trial: Trial, tally: Tally) -> None:
    """Run one trial, and check what it leaves."""
    shutil.copytree(ground, place)
    may_fail = trial.fault.event in (Event.FAILS_ONCE, Event.FAILS_ON)

    def meet(say: Say) -> None:
        trial.fault.arm(place, at=trial.at, seed=trial.seed)
        with suppress(CoopledgerError) if may_fail else nullcontext():  # its own errors, no others
            operation.run(place, say)
        if trial.seed % 2:  # Not always: to do all of it again would hide what was lost.
            shim.mend()
            operation.run(place, say)

    status, told = _child(meet)
    name = str(trial.fault)
    tally.trials[name] = tally.trials.get(name, 0) + 1
    if status != 0 and (may_fail or status != shim.ENDED):
        tally.findings.append(f"{trial}: the process ended by itself, with {status}")
    _check(operation, place, told, str(trial), tally)


def _check(
    operation: Operation, place: Path, told: Sequence[str], trial: str, tally: Tally
) -> None:
    """Count what was acknowledged, and what is wrong; remove the folder."""
    tally.told += len(told)
    try:
        operation.check(place, told)
    except (AssertionError, CoopledgerError) as error:
        tally.findings.append(f"{trial}: {type(error).__name__}: {error}")
        tally.lost += isinstance(error, LostError)
    _remove(place)


def _remove(place: Path) -> None:
    shutil.rmtree(place)
    shutil.rmtree(place.with_name(f"{place.name}.stash"), ignore_errors=True)


def _child(call: Callable[[Say], None], *, is_quiet: bool = False) -> tuple[int, list[str]]:
    """Call it in a child; return how that ended, and the lines that it told."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            call(lambda line: _tell(writing, line))
            code = 0
        except BaseException:  # noqa: BLE001 - printed, as the parent does not see it
            if not is_quiet:
                traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read().decode().splitlines()
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), told


def _tell(pipe: int, line: str) -> None:
    os.write(pipe, f"{line}\n".encode())


def _memory_bytes() -> int:
    """Return how much memory this process has mapped."""
    return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[0]) * _PAGE
