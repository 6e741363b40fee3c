"""The events of one transaction, from the first call to the receipt."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import NoReturn, Self

import attrs

from coopledger.errors import CallOrderError
from coopledger.events import Event
from coopledger.fields import asked_if_given, text
from coopledger.recording import Batch, Receipt, Recorder, TransactionRecorder, to_record
from coopledger.stores import Joined
from coopledger.transactions.memory import Memory

__all__ = ["Transaction", "TransactionContext"]


@attrs.frozen(kw_only=True)
class TransactionContext:
    """Everything that a transaction needs of its ledger and of the host.

    Attributes:
        ledger: The name of the ledger.
        log: The log as the connection of the host shows it.
        recorder: The recorder of the ledger, which knows what is committed.
        memory: The same events, in facts that may be tried on.
        now: Reads the clock of the ledger, in microseconds.
        expect: The position at which the ledger has to be.
    """

    ledger: str
    log: Joined
    recorder: Recorder
    memory: Memory
    now: Callable[[], int]
    expect: int | None

    @contextmanager
    def recording(self) -> Generator[TransactionRecorder, None, None]:
        """Lend a recorder on the connection of the host, which knows what is committed."""
        with self.memory.lent(self.recorder) as facts:
            yield TransactionRecorder(
                self.log, ledger=self.ledger, settings=self.recorder.settings, facts=facts
            )


class Transaction:
    """Events that are stored together with what the host writes, or not at all.

    `Ledger.transaction` makes one, for one ``with`` block. Used by one thread, as the
    connection is.
    """

    def __init__(self, context: TransactionContext) -> None:
        """Begin without events."""
        self._context = context
        self._calls: list[Batch] = []
        self._state = "has not begun"
        self._receipt: Receipt | None = None

    def __enter__(self) -> Self:
        """Return the transaction itself.

        Raises:
            CallOrderError: It was in a block before.
        """
        if self._state != "has not begun":
            self._refuse("make another one")
        self._state = "has not ended"
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Store the events that were kept, unless the block ended with an exception."""
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
            ArgumentError: An argument is none that can be used.
            CallOrderError: It is not called in the block.
            StoreError: The store cannot be read.
        """
        if self._state != "has not ended":
            self._refuse("record inside of it")
        by = asked_if_given("by", text, by)
        given = to_record(events, by=by, vocabulary=self._context.recorder.settings.vocabulary)
        now = self._context.now()
        with self._context.recording() as recorder:
            batch = recorder.batch(given, clock_us=now)
            receipt = recorder.try_last([*self._calls, batch], clock_us=now)
        self._calls.append(batch)
        return receipt

    @property
    def receipt(self) -> Receipt:
        """Return the receipt for the events of all calls, once the block has ended well.

        Whether they stay is for the host to say, who commits or rolls back.

        Raises:
            CallOrderError: The block has not ended, or it ended with an exception.
        """
        if self._receipt is None:
            self._refuse("only a block that ends well has a receipt")
        return self._receipt

    def _refuse(self, remedy: str) -> NoReturn:
        """Refuse a call that the state of the block does not allow."""
        state = f"the block of the transaction {self._state}"
        raise CallOrderError(state, remedy)

    def _stored(self) -> Receipt:
        """Store the events and return the receipt; without events nothing happens at all."""
        if not self._calls:
            return Receipt(events=(), warnings=(), replayed=False)
        context, now = self._context, self._context.now()
        with context.log.writing(context.ledger), context.recording() as recorder:
            return recorder.store(self._calls, clock_us=now, expect=context.expect)
