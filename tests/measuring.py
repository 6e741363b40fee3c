"""Coverage, and where it is better not measured."""

from collections.abc import Generator
from contextlib import contextmanager

from coverage import Coverage


@contextmanager
def unmeasured() -> Generator[None]:
    """Measure no coverage within the block.

    Measuring makes long work twice as long. It takes a lock of its own, too: where an interrupt
    comes just then, the lock stays taken, and what is measured next waits for it for ever.
    """
    measuring = Coverage.current()
    if measuring is None:
        yield
        return
    measuring.stop()
    try:
        yield
    finally:
        measuring.start()
