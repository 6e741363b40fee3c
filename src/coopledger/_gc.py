"""Pause of the cyclic garbage collector while many objects are built that will be kept."""

import gc
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext

_MANY = 64  # Where fewer things are made, looking for cycles costs less than to begin it again.


def collector_paused_for(count: int) -> AbstractContextManager[None]:
    """Keep the collector away while so many things are made, if they are many."""
    return collector_paused() if count > _MANY else nullcontext()


@contextmanager
def collector_paused() -> Generator[None, None, None]:
    """Keep the cyclic garbage collector from walking a history again and again as it grows.

    Facts hold no cycles and are all kept, so that it could free nothing; reading a long log
    takes about a third less time without it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
