"""Measurement of one work: in a process of its own, with the collector in the same state."""

import gc
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

import attrs

# What the process imports of which the others are forks: all that this folder imports.
PRELOADED = ["tests.benchmarks.measures"]

P = ParamSpec("P")
T = TypeVar("T")


@attrs.frozen
class Timing:
    """What a work took, in seconds.

    Attributes:
        wall: By the clock on the wall.
        cpu: Of the processor, in this process alone.
    """

    wall: float
    cpu: float

    def per(self, count: int) -> "Timing":
        """Return what one of so many took."""
        return Timing(self.wall / count, self.cpu / count)


@attrs.frozen(kw_only=True)
class Tally:
    """Counts that all sides must find in the same history."""

    partnerships: int
    commitments: int
    fulfilled: int
    cancelled: int


def timed(work: Callable[[], T]) -> tuple[Timing, T]:
    """Return what the work took, and its result.

    The collector stays on, as in a user's program, and does not look at what was there before.
    """
    gc.collect()
    gc.freeze()
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return Timing(time.perf_counter() - wall, time.process_time() - cpu), result


def alone(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Return the result of the function, called in a process of its own with empty caches.

    Only modules were imported there before, all that this folder imports.
    """
    context = multiprocessing.get_context("forkserver")  # which imports everything only once
    context.set_forkserver_preload(PRELOADED)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(function, *args, **kwargs).result()


def resident_bytes() -> int:
    """Return how much memory the process holds now, as Linux tells."""
    gc.collect()
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "VmRSS":
            return int(value.split()[0]) * 1024
    message = "the memory of a process is measured on Linux"
    raise NotImplementedError(message)
