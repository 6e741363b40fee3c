"""How a reader waits for what will be recorded."""

import time
from collections.abc import Callable
from functools import partial
from threading import Event

__all__ = ["poll", "wait_until"]

_PAUSE_SECONDS = 0.01


def wait_until(
    is_so: Callable[[], bool], *, pause: Callable[[float], object], seconds: float, stopped: Event
) -> bool:
    """Whether it became so within the seconds; asked anew after each pause.

    Args:
        is_so: What is waited for.
        pause: Waits for a hint, at most for the seconds that it is given.
        seconds: How long to wait at most; may be infinite.
        stopped: Ends the waiting when another thread sets it.
    """
    end = time.monotonic() + seconds
    while not is_so():
        left = end - time.monotonic()
        if left <= 0 or stopped.is_set():
            return False
        pause(left)
    return True


def poll(is_so: Callable[[], bool], *, seconds: float, stopped: Event) -> bool:
    """The same, asked a hundred times a second: where asking costs next to nothing."""
    return wait_until(is_so, pause=partial(_pause, stopped), seconds=seconds, stopped=stopped)


def _pause(stopped: Event, seconds: float) -> None:
    stopped.wait(min(seconds, _PAUSE_SECONDS))
