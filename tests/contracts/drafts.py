"""Drafts for the tests of stores, and how a writer treats rows of other writers."""

from collections.abc import Iterator, Sequence

from coopledger._log.chain import Draft, Row, digest
from coopledger.stores import Store


def draft(
    ledger: str,
    event_id: str,
    *,
    type: str = "note-added",
    v: int = 1,
    effective: str | None = None,
    payload: bytes = b"{}",
) -> Draft:
    """Return a draft of the content, with its digest."""
    content = digest(
        ledger, event_id=event_id, type=type, v=v, effective=effective, payload=payload
    )
    return Draft(
        event_id=event_id, type=type, v=v, effective=effective, payload=payload, digest=content
    )


def drafts(ledger: str, *event_ids: str) -> list[Draft]:
    """Return drafts that differ in their ids alone."""
    return [draft(ledger, event_id) for event_id in event_ids]


def numbered(ledger: str, first: int, last: int) -> list[Draft]:
    """Return drafts e<first> to e<last>, both included."""
    return drafts(ledger, *(f"e{number}" for number in range(first, last + 1)))


def nobody_else(rows: Iterator[Row]) -> None:
    """Fail, because no other writer is there."""
    message = f"asked to revise {ids(list(rows))}, and nobody else is writing here"
    raise AssertionError(message)


def anybody(rows: Iterator[Row]) -> None:
    """Accept the rows of others."""


def append(
    store: Store, ledger: str, drafts: Sequence[Draft], *, clock_us: int = 0
) -> tuple[Row, ...]:
    """Append as the only writer of the ledger."""
    seen = store.head(ledger).position
    return store.append(ledger, drafts, seen=seen, clock_us=clock_us, revise=nobody_else).rows


def ids(rows: Sequence[Row]) -> list[str]:
    """Return the ids of the rows, in their order."""
    return [row.event_id for row in rows]
