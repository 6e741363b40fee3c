"""What lies in the log: an event in its second envelope."""

import attrs

from coopledger.dates import instant
from coopledger.dates.lazy_types import DateTime
from coopledger.events import Event

__all__ = ["Recorded"]


@attrs.frozen(kw_only=True)
class Recorded:
    """One event as recorded.

    Attributes:
        position: Its place in the ledger, from 1 without a gap.
        recorded_us: When it was recorded, in microseconds since 1970 UTC; strictly increasing.
        event: The event, with its id.
        digest: SHA-256 over its content.
        chain: SHA-256 over the link before it, the position, the time and the digest.
    """

    position: int
    recorded_us: int
    event: Event
    digest: bytes = attrs.field(repr=False)
    chain: bytes = attrs.field(repr=False)

    @property
    def recorded_at(self) -> DateTime:
        """When it was recorded, as an instant in UTC."""
        return instant(self.recorded_us)

    @property
    def id(self) -> str:
        """The event's id."""
        return self.event.id or ""

    def __str__(self) -> str:
        """Its position, its id, and the event on one line."""
        return f"{self.position} {self.id}: {self.event}"
