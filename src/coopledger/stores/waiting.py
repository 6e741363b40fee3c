"""Waiting that is the same in every store: how long, and until a condition is true."""

import time
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from coopledger.stores.protocol import Stopped

PATIENCE_SECONDS = 30.0  # How long to wait for the locks of others, where nothing is said.

_PAUSE_SECONDS = 0.01


@runtime_checkable
class Patient(Protocol):
    """Store that was told how long to wait for the locks of others."""

    @property
    def lock_timeout_seconds(self) -> float:
        """Return how long it waits."""
        ...


def patience_seconds(store: object) -> float:
    """Return how long to wait for others in a store."""
    return store.lock_timeout_seconds if isinstance(store, Patient) else PATIENCE_SECONDS


def wait_until(
    is_so: Callable[[], bool],
    *,
    pause: Callable[[float], object],
    seconds: float,
    stopped: Stopped,
) -> bool:
    """Return whether the condition became true within the seconds.

    Args:
        is_so: The condition, called again after each pause.
        pause: Waits for a hint, at most for the seconds that it is given.
        seconds: How long to wait at most; may be infinite.
        stopped: Ends the waiting when another thread, or a signal handler, sets it.
    """
    end = time.monotonic() + seconds
    while not is_so():
        rest = end - time.monotonic()
        if rest <= 0 or stopped.is_set():
            return False
        pause(rest)
    return True


def poll(is_so: Callable[[], bool], *, seconds: float, stopped: Stopped) -> bool:
    """Do as `wait_until` a hundred times a second: for a condition that costs next to nothing."""
    return wait_until(
        is_so,
        pause=lambda rest: time.sleep(min(rest, _PAUSE_SECONDS)),
        seconds=seconds,
        stopped=stopped,
    )
