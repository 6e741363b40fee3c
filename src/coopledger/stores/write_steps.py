"""Steps of an append, and of putting rows back, that are the same in every store."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

import attrs

from coopledger._gc import collector_paused
from coopledger._log.chain import (
    Draft,
    End,
    Followed,
    Head,
    Row,
    beginning,
    head_at,
    link,
    row_fault,
)
from coopledger.errors import DamagedLogError, FieldError, StoreConflictError
from coopledger.stores.protocol import Admit, Appended, Find, Names, Offer, Readable, Revise

# So many rows of others come with the answer of an append; PostgreSQL has it in `functions`.
MOST_OTHERS = 50

# Head, the rows that follow it, and the drafts that they were.
Page: TypeAlias = tuple[Head, Sequence[Row], Sequence[Draft]]

_EARLIEST_US, _LATEST_US = -(2**63), 2**63 - 1


@attrs.frozen(kw_only=True)
class Wish:
    """Drafts to be stored, and what they depend on, as in `Log.append`.

    Attributes:
        ledger: The ledger.
        drafts: The drafts, at least one.
        seen: The position up to which the writer knows the ledger.
        clock_us: The earliest record time.
        revise: Asked about what others stored.
        rests_on: The names on which the trial rested; None for everything.
    """

    ledger: str
    drafts: Sequence[Draft]
    seen: int
    clock_us: int
    revise: Revise
    rests_on: Names

    def rows_after(self, head: End) -> tuple[Row, ...]:
        """Return the rows that the drafts become after the head.

        Raises:
            FieldError: A record time does not fit in 64 bits (E106).
        """
        return extend(head, self.drafts, clock_us=self.clock_us)

    def revised(self, rows: Iterator[Row], *, head: Head) -> "Wish":
        """Return the wish of the writer who knows the rows of others up to the head."""
        offer = self.revise(rows) or Offer(drafts=self.drafts, rests_on=self.rests_on)
        return attrs.evolve(self, drafts=offer.drafts, rests_on=offer.rests_on, seen=head.position)


def append_after(
    head: Head,
    wish: Wish,
    *,
    log: Readable,
    is_touched: Callable[[Names], bool],
    add: Callable[[Sequence[Row], Sequence[Draft]], object],
) -> Appended:
    """Append after a head that nobody else can move; every store has this order of steps.

    Args:
        head: The head.
        wish: What is to be stored.
        log: Where to read what others stored.
        is_touched: Tells whether others stored something under one of the names.
        add: Adds the rows after the head, and the names of their drafts.
    """
    refuse_shorter(wish.ledger, head, seen=wish.seen)
    others: Sequence[Row] = ()
    if head.position != wish.seen:
        if is_touched(wish.rests_on):
            rows = log.read(wish.ledger, after=wish.seen, up_to=head.position)
            wish = wish.revised(rows, head=head)
        elif head.position - wish.seen <= MOST_OTHERS:
            others = tuple(log.read(wish.ledger, after=wish.seen, up_to=head.position))
    new_rows = wish.rows_after(head)
    add(new_rows, wish.drafts)
    return Appended(rows=new_rows, others=others)


def admit_others(admit: Admit, *, log: Readable, ledger: str, head: Head, seen: int) -> None:
    """Ask about what others stored before a locked head, as a paged append begins.

    Raises:
        DamagedLogError: The log ends before the position that the writer has seen.
    """
    refuse_shorter(ledger, head, seen=seen)
    if head.position != seen:
        admit(log.read(ledger, after=seen, up_to=head.position))


def pages_after(head: Head, pages: Iterable[Sequence[Draft]], *, clock_us: int) -> Iterator[Page]:
    """Yield pages of drafts as rows after the head; a page is drawn when the one before is done."""
    for page in pages:
        rows = extend(head, page, clock_us=clock_us)
        yield head, rows, page
        head = head_at(rows[-1])


def pages_of(ledger: str, rows: Iterable[Row], *, size: int) -> Iterator[tuple[Head, list[Row]]]:
    """Yield rows from position 1 in pages, each with the head that it follows.

    Raises:
        DamagedLogError: A row does not follow the one before.
    """
    head, sound_rows = beginning(ledger), followed(ledger, rows)
    while page := drawn(sound_rows, size):
        yield head, page
        head = head_at(page[-1])


def refuse_shorter(ledger: str, head: Head, *, seen: int) -> None:
    """Refuse a log that ends before a position that the writer has seen.

    Raises:
        DamagedLogError: The log has lost rows, or was replaced by another log.
    """
    if head.position < seen:
        reason = f"missing: this writer has seen position {seen}; was an old copy put back?"
        raise DamagedLogError(ledger, head.position + 1, reason)


def refuse_repeated(store: str, drafts: Sequence[Draft], *, stored: Container[str]) -> None:
    """Refuse event ids that are stored already or given twice.

    Raises:
        StoreConflictError: Names the first such id.
    """
    event_ids: set[str] = set()
    for draft in drafts:
        if draft.event_id in event_ids:
            raise StoreConflictError(store, f"event id {draft.event_id!r} is given twice")
        if draft.event_id in stored:
            raise StoreConflictError(store, f"event id {draft.event_id!r} is already stored")
        event_ids.add(draft.event_id)


def extend(head: End, drafts: Sequence[Draft], *, clock_us: int) -> tuple[Row, ...]:
    """Return the rows that the drafts become when they are appended after the head, or last row.

    Each record time is the clock's, or one microsecond after the row before where
    the clock shows the same time again or runs back.

    Raises:
        FieldError: A record time does not fit in 64 bits (E106).
    """
    position, previous = head.position, head.chain
    recorded_us = clock_us if head.recorded_us is None else max(head.recorded_us + 1, clock_us)
    if not _EARLIEST_US <= recorded_us <= _LATEST_US - len(drafts):
        raise FieldError("E106", f"{recorded_us} us", "does not fit in 64 bits", "recorded_at")
    rows: list[Row] = []
    for recorded, draft in enumerate(drafts, recorded_us):
        position += 1
        previous = link(previous, position=position, recorded_us=recorded, digest=draft.digest)
        rows.append(
            Row(
                position,
                draft.event_id,
                draft.type,
                draft.v,
                recorded,
                draft.effective,
                draft.payload,
                draft.digest,
                previous,
            )
        )
    return tuple(rows)


def refuse_filled(store: str, ledger: str, head: Head) -> None:
    """Refuse a ledger that holds events, where only an empty one will do.

    Raises:
        StoreConflictError: Says how many there are.
    """
    if head.position > 0:
        reason = f"ledger {ledger!r} is at position {head.position}: only an empty one is restored"
        raise StoreConflictError(store, reason)


def followed(ledger: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Return the rows from position 1, each after the check that it follows the one before.

    Rows for which this was proven are not checked once more. None of them is kept, nor its id:
    that no id comes twice is for the store to say.

    Raises:
        DamagedLogError: A digest, a link, a position or a record time is wrong.
    """
    if isinstance(rows, Followed) and rows.ledger == ledger:
        return iter(rows)
    return _checked(ledger, rows)


def _checked(ledger: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows from position 1, each after the check."""
    last: End = beginning(ledger)
    for row in rows:
        reason = row_fault(ledger, row, last=last)
        if reason is not None:
            raise DamagedLogError(ledger, last.position + 1, reason)
        last = row
        yield row


def drawn(rows: Iterator[Row], size: int) -> list[Row]:
    """Return the next rows, at most so many; each was made just now, and all are held."""
    with collector_paused():
        return list(islice(rows, size))


def finder(rows: Iterable[Row]) -> Find:
    """Return how the rows are found by the ids of their events."""
    by_id = {row.event_id: row for row in rows}
    return lambda event_ids: {each: by_id[each] for each in event_ids if each in by_id}


def refuse_twice(store: str, rows: Iterable[Row], *, stored: Container[str] = ()) -> None:
    """Refuse rows of which one has the id of another, or of one that is stored.

    Raises:
        StoreConflictError: Names the first such id.
    """
    event_ids = set[str]()
    for row in rows:
        if row.event_id in event_ids or row.event_id in stored:
            raise StoreConflictError(store, f"event id {row.event_id!r} is given twice")
        event_ids.add(row.event_id)
