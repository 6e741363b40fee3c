"""What is asked to be stored, what lies in a log, and where a log ends."""

import attrs

from coopledger._dates.lazy_types import DateTime
from coopledger.dates import instant
from coopledger.events import Event


@attrs.frozen(kw_only=True)
class Draft:
    """One event as a writer asks a store to keep it.

    Attributes:
        event_id: The event's id, unique within its ledger.
        type: The frozen wire tag of the event's type.
        v: The schema version of the type, 1 or more.
        effective: The EDTF text from which the event counts, where it names one.
        payload: The canonical bytes of the event, exactly as they were digested.
        digest: What `chain.digest` gives for these fields and the ledger's name.
    """

    event_id: str
    type: str
    v: int
    effective: str | None
    payload: bytes
    digest: bytes


# Positional, against the house rule: a replay builds one row per event straight
# from a tuple of columns, and keywords would cost a quarter of the reading time.
@attrs.frozen
class Row:
    """One event as it lies in a log.

    Attributes:
        position: 1 for the first event of the ledger, without gaps.
        event_id: The event's id, unique within its ledger.
        type: The frozen wire tag of the event's type.
        v: The schema version of the type.
        recorded_us: Microseconds since 1970-01-01T00:00:00Z, negative before;
            strictly greater than that of the row before.
        effective: The EDTF text from which the event counts, where it names one.
        payload: The canonical bytes of the event.
        digest: SHA-256 over the content (32 bytes).
        chain: SHA-256 over the chain before, the place, the time and the digest (32 bytes).
    """

    position: int
    event_id: str
    type: str
    v: int
    recorded_us: int
    effective: str | None
    payload: bytes
    digest: bytes
    chain: bytes


@attrs.frozen(kw_only=True)
class Head:
    """Where a ledger ends.

    Attributes:
        position: The position of the last row; 0 for a ledger without events.
        chain: The chain hash of the last row; `chain.genesis` for a ledger without events.
        recorded_us: The record time of the last row; none for a ledger without events.
    """

    position: int
    chain: bytes
    recorded_us: int | None


# What lies in the log: an event in its second envelope.


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
