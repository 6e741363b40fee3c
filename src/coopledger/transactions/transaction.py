"""The events of one transaction, from the first call to the receipt."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Self

import attrs

from coopledger.errors import ArgumentError
from coopledger.events import Event
from coopledger.fields import asked_if_given, text
from coopledger.recording import Batch, Guest, Receipt, Settings, to_record

__all__ = ["Desk", "Transaction"]


@attrs.frozen(kw_only=True)
class Desk:
    """What a transaction needs of its ledger.

    Attributes:
        settings: How the ledger records.
        now: The instant of its clock, in microseconds.
        guest: Who records on the connection, with all that is known.
        writing: Where the guest may store.
        expect: The position at which the ledger has to be.
    """

    settings: Settings
    now: Callable[[], int]
    guest: Callable[[], AbstractContextManager[Guest]]
    writing: Callable[[], AbstractContextManager[None]]
    expect: int | None


class Transaction:
    """Events that are stored together with what the host writes, or not at all.

    `Ledger.transaction` makes one, for one ``with`` block. Used by one thread, as the
    connection is.
    """

    def __init__(self, desk: Desk) -> None:
        """Holds no events yet."""
        self._desk = desk
        self._calls: list[Batch] = []
        self._state = "has not begun"
        self._receipt: Receipt | None = None

    def __enter__(self) -> Self:
        """The transaction itself.

        Raises:
            ArgumentError: It was in a block before.
        """
        if self._state != "has not begun":
            raise ArgumentError("transaction", "its block", f"{self._state}: make another one")
        self._state = "has not ended"
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Stores what was kept, unless the block ended with an exception."""
        self._state = "ended with an exception"
        if kind is None:
            self._receipt = self._stored()
            self._state = "has ended"

    def record(self, *events: Event, by: str | None = None) -> Receipt:
        """Keep the events to be stored at the end of the block, if nothing speaks against them.

        They are tried at once, after those of earlier calls, and once more when they are stored.
        The receipt is that of a dry run: what they would be, if nothing else came before them.
        The same events under the same ids may be recorded again, as with `Ledger.record`.

        Args:
            events: What happened, in the order in which it is to lie in the log.
            by: Who records, for events that do not say it themselves.

        Raises:
            RefusedError: With every finding on the first event that breaks a rule; those of
                earlier calls are kept all the same.
            ArgumentError: An argument is none that can be used, or it is not called in the block.
            StoreError: The store cannot be read.
        """
        if self._state != "has not ended":
            raise ArgumentError("transaction", "its block", f"{self._state}: record inside of it")
        by = asked_if_given("by", text, by)
        given = to_record(events, by=by, vocabulary=self._desk.settings.vocabulary)
        now = self._desk.now()
        with self._desk.guest() as guest:
            batch = guest.batch(given, clock_us=now)
            receipt = guest.try_last([*self._calls, batch], clock_us=now)
        self._calls.append(batch)
        return receipt

    @property
    def receipt(self) -> Receipt:
        """What recording gave, once the block has ended well: the events of all calls.

        Whether they stay is for the host to say, who commits or rolls back.

        Raises:
            ArgumentError: The block has not ended, or it ended with an exception.
        """
        if self._receipt is None:
            raise ArgumentError("transaction", "its block", f"{self._state}: it has no receipt")
        return self._receipt

    def _stored(self) -> Receipt:
        """The receipt; without events nothing happens at all."""
        if not self._calls:
            return Receipt(events=(), warnings=(), replayed=False)
        now, expect = self._desk.now(), self._desk.expect
        with self._desk.writing(), self._desk.guest() as guest:
            return guest.store(self._calls, clock_us=now, expect=expect)
