"""Rows of a log, the hashes over them, and checks that nothing of them was changed.

The bytes under the hashes are a promise to readers in any language: see
docs/reference/log-format.md.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import TypeAlias

import attrs

from coopledger._dates.lazy_types import DateTime
from coopledger._escape import printable
from coopledger._frozen import frozen
from coopledger.dates import instant
from coopledger.errors import DamagedLogError
from coopledger.events import Event

_DIGEST_TAG = b"coopledger/digest/1\n"
_CHAIN_TAG = b"coopledger/chain/1\n"
_GENESIS_TAG = b"coopledger/genesis/1\n"

# Every number is 8 bytes, big-endian, signed: all that a 64-bit column holds can be checked.
_number: Callable[[int], bytes] = struct.Struct(">q").pack
_numbers: Callable[[int, int], bytes] = struct.Struct(">qq").pack


@frozen(kw_only=True)
class Listing:
    """Names under which an event is found; no hash covers them.

    Attributes:
        names: The names, sorted, each once.
        opened: Each noun and id that the event may bring into the ledger.
    """

    names: tuple[str, ...] = ()
    opened: tuple[tuple[str, str], ...] = ()

    @property
    def entries(self) -> int:
        """Return how many entries of an index are those of the event."""
        return len(self.names) + len(self.opened)


NO_NAMES = Listing()


@frozen(kw_only=True)
class Draft:
    """One event as a writer asks a store to keep it.

    Attributes:
        event_id: The event's id, unique within its ledger.
        type: The frozen wire tag of the event's type.
        v: The schema version of the type, 1 or more.
        effective: The EDTF text from which the event counts, where it names one.
        payload: The canonical bytes of the event, exactly as they were digested.
        digest: The value of `chain.digest` for these fields and the ledger's name.
        listing: The names under which the event is found.
    """

    event_id: str
    type: str
    v: int
    effective: str | None
    payload: bytes
    digest: bytes
    listing: Listing = NO_NAMES


# Positional, against the house rule: a replay builds one row per event straight
# from a tuple of columns, and keywords would cost a quarter of the reading time.
@attrs.frozen
class Row:
    """One event as stored in a log.

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
        chain: SHA-256 over the chain hash before, the position, the time and the digest
            (32 bytes).
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


@frozen(kw_only=True)
class Head:
    """End of a ledger.

    Attributes:
        position: The position of the last row; 0 for a ledger without events.
        chain: The chain hash of the last row; `chain.genesis` for a ledger without events.
        recorded_us: The record time of the last row; none for a ledger without events.
    """

    position: int
    chain: bytes
    recorded_us: int | None


# End of a ledger, or the row after which others come: position, chain and record time.
End: TypeAlias = Head | Row


@attrs.frozen(kw_only=True)
class Recorded:
    """One event as recorded.

    Attributes:
        position: The event's position in the ledger, from 1 without a gap.
        recorded_us: When it was recorded, in microseconds since 1970 UTC; strictly increasing.
        event: The event, with its id.
        digest: SHA-256 over the event's content.
        chain: SHA-256 over the chain hash before, the position, the time and the digest.
    """

    position: int
    recorded_us: int
    event: Event
    digest: bytes = attrs.field(repr=False)
    chain: bytes = attrs.field(repr=False)

    @property
    def recorded_at(self) -> DateTime:
        """Return the time of recording as an instant in UTC."""
        return instant(self.recorded_us)

    @property
    def id(self) -> str:
        """Return the event's id."""
        return self.event.id or ""

    def __str__(self) -> str:
        """Return the position, the id and the event on one line."""
        return printable(f"{self.position} {self.id}: {self.event}")


def digest(  # noqa: PLR0913 - the content of an event is these six fields
    ledger: str, *, event_id: str, type: str, v: int, effective: str | None, payload: bytes
) -> bytes:
    """Return the SHA-256 hash over the content of one event, 32 bytes.

    Every field is preceded by its length, so that no two contents share their bytes.
    """
    id_bytes = event_id.encode()
    content = (
        _digest_start(ledger),
        _number(len(id_bytes)),
        id_bytes,
        _typed(type, v),
        _effect(effective),
        _number(len(payload)),
        payload,
    )
    return sha256(b"".join(content)).digest()


# A log is of one ledger and few types, and its days recur: their bytes are made once.


@lru_cache(maxsize=64)
def _digest_start(ledger: str) -> bytes:
    return _DIGEST_TAG + _field(ledger.encode())


@lru_cache(maxsize=1024)
def _typed(type: str, v: int) -> bytes:
    return _field(type.encode()) + _number(v)


@lru_cache(maxsize=4096)
def _effect(effective: str | None) -> bytes:
    return b"\x00" if effective is None else b"\x01" + _field(effective.encode())


def genesis(ledger: str) -> bytes:
    """Return the chain hash before the first event of a ledger, 32 bytes."""
    return sha256(_GENESIS_TAG + _field(ledger.encode())).digest()


def link(previous: bytes, *, position: int, recorded_us: int, digest: bytes) -> bytes:
    """Return the chain hash of a row: SHA-256 over the hash before, position, time and digest.

    PostgreSQL computes the same in SQL, in the function ``append`` of `stores.postgres.schema`.
    """
    return sha256(_CHAIN_TAG + previous + _numbers(position, recorded_us) + digest).digest()


def _field(value: bytes) -> bytes:
    return _number(len(value)) + value


def beginning(ledger: str) -> Head:
    """Return the head of a ledger without events."""
    return Head(position=0, chain=genesis(ledger), recorded_us=None)


def head_at(row: Row) -> Head:
    """Return the head of a ledger that ends with the row."""
    return Head(position=row.position, chain=row.chain, recorded_us=row.recorded_us)


@frozen
class Followed:
    """Rows from position 1, for each of which it was proven that it follows the one before.

    Whoever makes it proves them by `row_fault`, so that the store need not do it once more.

    Attributes:
        ledger: The name of the ledger.
        rows: The rows.
    """

    ledger: str
    rows: Iterable[Row]

    def __iter__(self) -> Iterator[Row]:
        """Return an iterator of the rows."""
        return iter(self.rows)


@frozen
class Fault:
    """First position at which a log is not as it was recorded.

    Attributes:
        position: The first bad position.
        reason: What does not match there.
    """

    position: int
    reason: str


@frozen
class Verification:
    """Result of checking a log.

    Attributes:
        position: The last position up to which everything matches; rows before a
            checkpoint are not looked at.
        fault: The first bad position; none if the log is sound.
    """

    position: int
    fault: Fault | None


def verify(
    ledger: str, rows: Iterable[Row], *, head: Head, since: Head | None = None
) -> Verification:
    """Check digests, chain, positions and record times of the rows up to the head.

    Streams, and stops at the first bad position; see `sound`.
    """
    position = since.position if since else 0
    try:
        for row in sound(ledger, rows, head=head, since=since):
            position = row.position
    except DamagedLogError as damaged:
        return Verification(damaged.position - 1, Fault(damaged.position, damaged.reason))
    return Verification(position, None)


def sound(
    ledger: str, rows: Iterable[Row], *, head: Head, since: Head | None = None
) -> Iterator[Row]:
    """Yield the rows up to the head, each once it is proven to be as recorded.

    They begin after ``since``, a head that is trusted (such as a checkpoint kept elsewhere),
    or at position 1.

    Raises:
        DamagedLogError: At the first bad position, which may be that after the last row.
    """
    last: End = since or beginning(ledger)
    for row in rows:
        is_beyond = last.position == head.position
        reason = beyond_fault(row, head) if is_beyond else row_fault(ledger, row, last=last)
        if reason is not None:
            raise DamagedLogError(ledger, last.position + 1, reason)
        yield row
        last = row
    fault = _head_fault(head, last=last)
    if fault is not None:
        raise DamagedLogError(ledger, fault.position, fault.reason)


def unbroken(ledger: str, rows: Iterable[Row], *, after: int) -> Iterator[Row]:
    """Yield the rows after a position, each once no position before it is missing.

    Raises:
        DamagedLogError: A position is missing.
    """
    for position, row in enumerate(rows, after + 1):
        reason = _position_fault(row, position)
        if reason is not None:
            raise DamagedLogError(ledger, position, reason)
        yield row


def row_fault(ledger: str, row: Row, *, last: End) -> str | None:
    """Return why the row cannot follow the last one, the most telling reason first, or None."""
    reason = _position_fault(row, last.position + 1) or content_fault(ledger, row)
    if reason is not None:
        return reason
    if last.recorded_us is not None and row.recorded_us <= last.recorded_us:
        return f"the record time {row.recorded_us} is not after {last.recorded_us}"
    chain = link(last.chain, position=row.position, recorded_us=row.recorded_us, digest=row.digest)
    return None if chain == row.chain else "the chain does not continue the row before"


def _position_fault(row: Row, position: int) -> str | None:
    """Return that rows are missing if the row does not have the position that comes next."""
    return None if row.position == position else f"missing: position {row.position} comes next"


def content_fault(ledger: str, row: Row) -> str | None:
    """Return that the row's content was changed, or None if its digest matches."""
    content = digest(
        ledger,
        event_id=row.event_id,
        type=row.type,
        v=row.v,
        effective=row.effective,
        payload=row.payload,
    )
    return None if content == row.digest else "the content does not match its digest"


def kept_fault(ledger: str, row: Row | None, *, kept: Head) -> str | None:
    """Return why the row is not the last row of a kept head, or None if it is."""
    if row is None or row.position != kept.position:
        return f"missing: the log once reached position {kept.position}"
    reason = content_fault(ledger, row)
    if reason is None and head_at(row) != kept:
        return "the chain is not the one that was kept: written anew from here or from before"
    return reason


def beyond_fault(row: Row, head: Head) -> str:
    """Return the reason for which a row after the head is refused."""
    return f"position {row.position} lies beyond the head, which is at position {head.position}"


def _head_fault(head: Head, *, last: End) -> Fault | None:
    """Return how the head differs from the end of the rows, or None if it does not."""
    if head.position > last.position:
        return Fault(last.position + 1, f"missing: the head is at position {head.position}")
    if head.position < last.position:
        reason = f"missing: the log once reached position {last.position}"
        return Fault(max(head.position, 0) + 1, reason)
    if (head.chain, head.recorded_us) != (last.chain, last.recorded_us):
        return Fault(max(last.position, 1), "the head does not match the last row")
    return None
