"""How a reader waits for what will be recorded."""

import time
from collections.abc import Callable
from typing import Protocol

__all__ = ["Stopped", "poll", "wait_until"]

_PAUSE_SECONDS = 0.01


class Stopped(Protocol):
    """Says when to end all waiting, such as a `threading.Event`.

    Whoever waits looks at it now and then, and never waits for it: a signal handler that sets an
    event for which its own thread waits would want the lock that this thread holds.
    """

    def is_set(self) -> bool:
        """Whether to end."""
        ...


def wait_until(
    is_so: Callable[[], bool],
    *,
    pause: Callable[[float], object],
    seconds: float,
    stopped: Stopped,
) -> bool:
    """Whether it became so within the seconds; asked anew after each pause.

    Args:
        is_so: What is waited for.
        pause: Waits for a hint, at most for the seconds that it is given.
        seconds: How long to wait at most; may be infinite.
        stopped: Ends the waiting when another thread, or a signal handler, sets it.
    """
    end = time.monotonic() + seconds
    while not is_so():
        left = end - time.monotonic()
        if left <= 0 or stopped.is_set():
            return False
        pause(left)
    return True


def poll(is_so: Callable[[], bool], *, seconds: float, stopped: Stopped) -> bool:
    """The same, asked a hundred times a second: where asking costs next to nothing."""
    return wait_until(is_so, pause=_pause, seconds=seconds, stopped=stopped)


def _pause(seconds: float) -> None:
    time.sleep(min(seconds, _PAUSE_SECONDS))
