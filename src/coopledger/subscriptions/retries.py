"""How often something is tried, and how long one waits in between."""

from collections.abc import Iterator

import attrs

from coopledger.fields import asked, counted, wrong

__all__ = ["ONCE_AND_AGAIN", "Retry", "seconds"]


def seconds(value: float) -> float:
    """A length in seconds, from 0, which may be infinite.

    Raises:
        FieldError: E106 for anything else.
    """
    if type(value) not in {int, float}:
        raise wrong(value, "is no number of seconds")
    if not value >= 0:
        raise wrong(value, "is no length: give 0 or more seconds")
    return value


@attrs.frozen(kw_only=True)
class Retry:
    """How often a batch is tried, and how long to wait in between: twice as long each time.

    Attributes:
        attempts: How often in all, 1 or more.
        first_pause_seconds: How long to wait after the first.
        longest_pause_seconds: The longest that is waited.
    """

    attempts: int = 5
    first_pause_seconds: float = 0.5
    longest_pause_seconds: float = 60.0

    def __attrs_post_init__(self) -> None:
        """Refuse what is no number.

        Raises:
            ArgumentError: Names the argument.
        """
        asked("attempts", counted, self.attempts)
        asked("first_pause_seconds", seconds, self.first_pause_seconds)
        asked("longest_pause_seconds", seconds, self.longest_pause_seconds)

    def pauses(self) -> Iterator[float]:
        """The seconds between the attempts, one fewer than there are attempts."""
        pause = self.first_pause_seconds
        for _ in range(self.attempts - 1):
            yield min(pause, self.longest_pause_seconds)
            pause *= 2


ONCE_AND_AGAIN = Retry()
