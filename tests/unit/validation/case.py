"""Case of one refusal or warning: the events before, the candidate, and the message."""

from collections.abc import Callable

import attrs

from coopledger.events import Event

__all__ = ["Case"]


@attrs.frozen(kw_only=True)
class Case:
    """Event that is refused (E...) or odd (W...), after the events given.

    The act is made late, since some values are refused as soon as they are read.
    """

    message: str
    act: Callable[[], Event]
    given: tuple[Event, ...] = attrs.field(default=(), converter=tuple[Event, ...])

    @property
    def code(self) -> str:
        """Return the code, which is the first word of the message."""
        return self.message.split()[0]
