"""The flag that ends all waiting of a subscription."""

__all__ = ["Stop"]


class Stop:
    """Set once, and for good.

    No `threading.Event`: to set one takes a lock, which the very thread that a signal handler
    interrupts may hold.
    """

    def __init__(self) -> None:
        """Not set."""
        self._is_set = False

    def is_set(self) -> bool:
        """Whether it was set."""
        return self._is_set

    def set(self) -> None:
        """Set it, from wherever."""
        self._is_set = True
