"""Digests, the hash chain, and how a log is checked against them.

The bytes are a promise to readers in any language: see docs/reference/log-format.md.
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator

import attrs

from coopledger._log.rows import Head, Row
from coopledger.errors import DamagedLogError

_DIGEST_TAG = b"coopledger/digest/1\n"
_CHAIN_TAG = b"coopledger/chain/1\n"
_GENESIS_TAG = b"coopledger/genesis/1\n"

# Every number is 8 bytes, big-endian, signed: whatever a 64-bit column may hold can be checked.
_number: Callable[[int], bytes] = struct.Struct(">q").pack


def _field(value: bytes) -> bytes:
    return _number(len(value)) + value


def digest(  # noqa: PLR0913 - the content of an event is these six fields
    ledger: str, *, event_id: str, type: str, v: int, effective: str | None, payload: bytes
) -> bytes:
    """SHA-256 over the content of one event, 32 bytes.

    Every field is preceded by its length, so that no two contents share their bytes.
    """
    effect = b"\x00" if effective is None else b"\x01" + _field(effective.encode())
    content = (
        _DIGEST_TAG,
        _field(ledger.encode()),
        _field(event_id.encode()),
        _field(type.encode()),
        _number(v),
        effect,
        _field(payload),
    )
    return hashlib.sha256(b"".join(content)).digest()


def genesis(ledger: str) -> bytes:
    """The chain hash before the first event of a ledger, 32 bytes."""
    return hashlib.sha256(_GENESIS_TAG + _field(ledger.encode())).digest()


def link(previous: bytes, *, position: int, recorded_us: int, digest: bytes) -> bytes:
    """The chain hash of one row: SHA-256 over the one before, place, time and digest."""
    place = _number(position) + _number(recorded_us)
    return hashlib.sha256(_CHAIN_TAG + previous + place + digest).digest()


def beginning(ledger: str) -> Head:
    """The head of a ledger without events."""
    return Head(position=0, chain=genesis(ledger), recorded_us=None)


def head_at(row: Row) -> Head:
    """The head of a ledger that ends with the row."""
    return Head(position=row.position, chain=row.chain, recorded_us=row.recorded_us)


@attrs.frozen
class Fault:
    """The first place where a log is not what was recorded.

    Attributes:
        position: The first bad position.
        reason: What does not match there.
    """

    position: int
    reason: str


@attrs.frozen
class Verification:
    """What checking a log found.

    Attributes:
        position: The last position up to which everything matches; what lies before a
            checkpoint is not looked at.
        fault: The first bad place; none if the log is sound.
    """

    position: int
    fault: Fault | None


def sound(
    ledger: str, rows: Iterable[Row], *, head: Head, since: Head | None = None
) -> Iterator[Row]:
    """The rows up to the head, each once it is sure that it is what was recorded.

    They begin after ``since``, a head that is trusted (such as a checkpoint kept elsewhere),
    or at position 1.

    Raises:
        DamagedLogError: At the first bad position, which may be that after the last row.
    """
    last = since or beginning(ledger)
    for row in rows:
        beyond = last.position == head.position
        reason = _beyond(row.position, head) if beyond else row_fault(ledger, row, last=last)
        if reason is not None:
            raise DamagedLogError(ledger, last.position + 1, reason)
        yield row
        last = head_at(row)
    fault = _fault_at_the_end(head, last=last)
    if fault is not None:
        raise DamagedLogError(ledger, fault.position, fault.reason)


def verify(
    ledger: str, rows: Iterable[Row], *, head: Head, since: Head | None = None
) -> Verification:
    """Checks digests, chain, positions and record times of the rows up to the head.

    Streams, and stops at the first bad position; see `sound`.
    """
    position = since.position if since else 0
    try:
        for row in sound(ledger, rows, head=head, since=since):
            position = row.position
    except DamagedLogError as damaged:
        return Verification(damaged.position - 1, Fault(damaged.position, damaged.reason))
    return Verification(position, None)


def unbroken(ledger: str, rows: Iterable[Row], *, after: int) -> Iterator[Row]:
    """The rows that follow a position, each once it is sure that none is missing before it.

    Raises:
        DamagedLogError: A position is missing.
    """
    for position, row in enumerate(rows, after + 1):
        if row.position != position:
            raise DamagedLogError(ledger, position, _missing(row))
        yield row


def row_fault(ledger: str, row: Row, *, last: Head) -> str | None:
    """Why the row cannot follow the last one, the most telling reason first; none if it can."""
    if row.position != last.position + 1:
        return _missing(row)
    changed = content_fault(ledger, row)
    if changed is not None:
        return changed
    if last.recorded_us is not None and row.recorded_us <= last.recorded_us:
        return f"the record time {row.recorded_us} is not after {last.recorded_us}"
    place = link(last.chain, position=row.position, recorded_us=row.recorded_us, digest=row.digest)
    if place != row.chain:
        return "the chain does not continue the row before"
    return None


def _missing(row: Row) -> str:
    return f"missing: position {row.position} comes next"


def _kept_fault(ledger: str, row: Row | None, *, kept: Head) -> str | None:
    """Why the row is not the one that a kept head was of; none if it is."""
    if row is None or row.position != kept.position:
        return f"missing: the log once reached position {kept.position}"
    changed = content_fault(ledger, row)
    if changed is None and head_at(row) != kept:
        return "the chain is not the one that was kept: written anew from here or from before"
    return changed


def content_fault(ledger: str, row: Row) -> str | None:
    """That the content of the row is not what was digested; none if it is."""
    content = digest(
        ledger,
        event_id=row.event_id,
        type=row.type,
        v=row.v,
        effective=row.effective,
        payload=row.payload,
    )
    return None if content == row.digest else "the content does not match its digest"


def _fault_at_the_end(head: Head, *, last: Head) -> Fault | None:
    """What the head says against the last row that was read."""
    if head.position > last.position:
        return Fault(last.position + 1, f"missing: the head is at position {head.position}")
    if head.position < last.position:
        reason = f"missing: the log once reached position {last.position}"
        return Fault(max(head.position, 0) + 1, reason)
    if head != last:
        return Fault(max(last.position, 1), "the head does not match the last row")
    return None


def _beyond(position: int, head: Head) -> str:
    return f"position {position} lies beyond the head, which is at position {head.position}"
