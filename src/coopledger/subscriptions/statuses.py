"""How a subscription is doing."""

import attrs

from coopledger.stores import Bookmark, Head, Parked

__all__ = ["SubscriptionStatus", "status_of"]


@attrs.frozen(kw_only=True)
class SubscriptionStatus:
    """How a subscription is doing.

    Attributes:
        name: Its name.
        position: Up to where everything is dealt with, or parked.
        lag: How many events have been recorded after that.
        reached: The greatest position that it ever was at; more than the position during a replay.
        parked: What could not be dealt with and was put aside, by position.
        failures: How often in a row its handler has failed.
        last_error: What that failed with last; none once a batch is dealt with.
    """

    name: str
    position: int
    lag: int
    reached: int
    parked: tuple[Parked, ...]
    failures: int
    last_error: str | None

    def __str__(self) -> str:
        """One line for whoever looks after it."""
        parked = f", {len(self.parked)} parked" if self.parked else ""
        failed = f"; failed {self.failures} times: {self.last_error}" if self.failures else ""
        return f"{self.name}: at position {self.position}, {self.lag} behind{parked}{failed}"


def status_of(bookmark: Bookmark, head: Head) -> SubscriptionStatus:
    """The status of whoever has the bookmark."""
    return SubscriptionStatus(
        name=bookmark.name,
        position=bookmark.position,
        lag=max(head.position - bookmark.position, 0),
        reached=bookmark.reached,
        parked=bookmark.parked,
        failures=bookmark.failures,
        last_error=bookmark.last_error,
    )
