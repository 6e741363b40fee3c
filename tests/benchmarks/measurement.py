"""Measurement of one work: in a process of its own, with the collector in the same state."""

import gc
import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

import attrs

P = ParamSpec("P")
T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Tally:
    """Counts that both sides must find in the same history."""

    partnerships: int
    commitments: int
    fulfilled: int
    cancelled: int


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that the work takes, and its result.

    The collector stays on, as in a user's program, and does not look at what was there before.
    """
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def alone(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Return the result of the function, called in a new interpreter with empty caches.

    The interpreter first imports all that this folder imports, pendulum and sqlite3 among it.
    """
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()
