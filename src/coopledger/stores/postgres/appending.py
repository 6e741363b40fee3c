"""Call of the function that appends: what is sent, and what its answer means."""

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from coopledger._log.chain import Draft, Head, Listing, Row, beginning, head_at
from coopledger.errors import DamagedLogError
from coopledger.stores.database import head_in
from coopledger.stores.postgres.statements import PostgresStatements, not_only_nulls
from coopledger.stores.protocol import Appended
from coopledger.stores.write_steps import Wish, extend


def call_of(
    wish: Wish, statements: PostgresStatements, *, patience: str | None, is_fast: bool
) -> tuple[bytes, tuple[object, ...]]:
    """Return the statement of the call, and its values in their order.

    Args:
        wish: What is to be stored.
        statements: The statements on the tables of the schema.
        patience: How long to wait for a lock, in milliseconds; None leaves all settings.
        is_fast: Whether the commit does not wait for the disk.

    Raises:
        FieldError: A record time does not fit in 64 bits (E106).
    """
    start = beginning(wish.ledger)
    [first] = extend(start, wish.drafts[:1], clock_us=wish.clock_us)
    rests_on = None if wish.rests_on is None else list(wish.rests_on)
    common = (
        *(wish.ledger, wish.seen, first.chain, wish.clock_us, start.chain),
        *(patience, is_fast, rests_on),
    )
    if len(wish.drafts) == 1:
        return statements.append_one, (*common, *_values_of(wish.drafts[0]))
    return statements.append, (*common, *_arrays_of(wish.drafts))


@attrs.frozen(kw_only=True)
class Outcome:
    """Answer of the server to a call.

    Attributes:
        before: The head that was found.
        after: The head as it is stored now; None if nothing was stored.
        is_followed: Whether somebody subscribed to the ledger.
        others: The rows that others stored since the writer looked, if they are few; else none.
    """

    before: Head
    after: Head | None
    is_followed: bool
    others: tuple[Row, ...] = ()

    @classmethod
    def of(cls, ledger: str, rows: Sequence[Any]) -> "Outcome":
        """Return the outcome in the rows of the answer: two heads, and the rows of others."""
        (before, after), others = rows[:2], rows[2:]
        return cls(
            before=_head_in(ledger, before) or beginning(ledger),
            after=_head_in(ledger, after),
            is_followed=bool(before[-1]),
            others=tuple([Row(*row[:-1]) for row in others]),
        )

    def appended(self, wish: Wish) -> Appended:
        """Return the rows that were stored, once the server and this program agree about them.

        Raises:
            DamagedLogError: What is stored is not what this program computes.
        """
        rows = wish.rows_after(self.before)
        if self.after != head_at(rows[-1]):
            reason = "the server stores another chain than the one that follows from the events"
            raise DamagedLogError(wish.ledger, rows[0].position, reason)
        return Appended(rows=rows, others=self.others)


def _head_in(ledger: str, columns: Sequence[Any]) -> Head | None:
    """Return the head in a row of the answer; None if it is none."""
    position, *_, recorded_us, _, _, _, chain, _ = columns
    return None if position is None else head_in(ledger, [(position, chain, recorded_us)])


def _arrays_of(drafts: Sequence[Draft]) -> tuple[object, ...]:
    """Return one list for each column of the drafts and of their names."""
    page = list(enumerate((draft.listing for draft in drafts), 1))
    return (
        [draft.event_id for draft in drafts],
        [draft.type for draft in drafts],
        [draft.v for draft in drafts],
        not_only_nulls(draft.effective for draft in drafts),
        [draft.payload for draft in drafts],
        [draft.digest for draft in drafts],
        *names_in(page),
        *openings_in(page),
    )


def _values_of(draft: Draft) -> tuple[object, ...]:
    """Return the plain values of one draft, and its names; none where it opens nothing."""
    names, opened = draft.listing.names, draft.listing.opened
    nouns, ids = map(list, zip(*opened, strict=True)) if opened else (None, None)
    return (
        *(draft.event_id, draft.type, draft.v, draft.effective, draft.payload, draft.digest),
        *(list(names), nouns, ids),
    )


def names_in(page: Iterable[tuple[int, Listing]]) -> tuple[list[str], list[int]]:
    """Return all names, and the number of the event of each."""
    pairs = [(name, number) for number, listing in page for name in listing.names]
    return [name for name, _ in pairs], [number for _, number in pairs]


def openings_in(page: Iterable[tuple[int, Listing]]) -> tuple[list[str], list[str], list[int]]:
    """Return all nouns, the id of each, and the number of the event of each."""
    openings = [(*opened, number) for number, listing in page for opened in listing.opened]
    return (
        [noun for noun, _, _ in openings],
        [name for _, name, _ in openings],
        [number for _, _, number in openings],
    )
