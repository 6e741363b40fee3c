"""Transactions of a host application, in which events are tried at once and stored at the end."""

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from itertools import chain
from threading import Lock
from typing import NoReturn, Self

import attrs

from coopledger._facts.facts import Facts
from coopledger._fields.bounds import bounded_text
from coopledger._fields.reading import optional_argument
from coopledger._forks import begin_in_child, is_orphaned
from coopledger._frozen import frozen
from coopledger._recording.admission import to_record
from coopledger._recording.call import Call
from coopledger._recording.receipts import Receipt
from coopledger._recording.recorder import Recorder, Settings
from coopledger._recording.zone import LedgerZone
from coopledger.errors import CallOrderError, CoopledgerError, Finding, RefusedError
from coopledger.events import Event
from coopledger.stores.protocol import Joined


class CommittedFacts:
    """Facts on which the events of transactions are tried, apart from those of the recorder.

    The facts of the recorder itself will not do, for two reasons. A thread that records holds the
    lock of those while it waits for the database, and perhaps for the very host that would wait
    for the lock. Here nobody who holds the lock waits for anything. And what a host has not
    committed never comes near a view. Where the store has an index of names, facts are read on
    the connection of the host; elsewhere a second copy is kept, and the events are shared.
    """

    def __init__(self, no_facts: Callable[[], Facts]) -> None:
        """Begin without events."""
        self._lock = Lock()
        self._no_facts = no_facts
        self._facts = no_facts()
        begin_in_child(self)

    @contextmanager
    def lent(self, recorder: Recorder, log: Joined) -> Generator[Facts, None, None]:
        """Lend facts that are committed, or in the log of the host, as far as they are known."""
        if recorder.facts.base:
            yield recorder.facts_in(log)
        else:
            with self._copied(recorder) as facts:
                yield facts

    def begin_in_child(self) -> None:
        """Replace the lock that another thread had: the facts that were lent to it are its own."""
        if is_orphaned(self._lock):
            self._lock = Lock()

    @contextmanager
    def _copied(self, recorder: Recorder) -> Generator[Facts, None, None]:
        """Lend the facts that the recorder knows; additions in the block are forgotten at its end.

        After an interruption at any point they are made again from those of the recorder.
        """
        with self._lock:
            facts, self._facts = self._facts, self._no_facts()
            # The position first: another thread may make the recorder read all again.
            stored = recorder.position
            for item in recorder.facts.recorded_after(facts.position):
                # After a gap: the recorder has just begun to read the earlier ones by the index.
                if item.position > min(stored, facts.position + 1):
                    break
                facts.add(item)
            position = facts.position
            try:
                yield facts
            except CoopledgerError:
                self._take_back(facts, position)
                raise
            self._take_back(facts, position)

    def _take_back(self, facts: Facts, position: int) -> None:
        facts.forget(after=position)
        self._facts = facts


class TransactionRecorder(Recorder):
    """Recorder on the connection of a host, with facts that are lent for a while.

    Facts that it adds may never be committed: the lender has them forgotten.
    """

    def __init__(self, log: Joined, *, ledger: str, settings: Settings, facts: Facts) -> None:
        """Begin with the facts, all of which are stored."""
        super().__init__(log, ledger=ledger, settings=settings)
        self.facts: Facts = facts
        self.position: int = facts.position
        self.caught_up: bool = True
        self._longest_tail = sys.maxsize  # Lent facts are given back in the form they had.

    def try_last(self, calls: Sequence[Call], *, clock_us: int) -> Receipt:
        """Return the receipt that the last call would give after the others, which were tried.

        Only when it is refused does the recorder look whether more is stored than it knew.

        Raises:
            RefusedError: An event breaks a rule, or an id is recorded with other content.
        """
        start = self.position
        try:
            return self._try_last(calls, clock_us)
        except RefusedError:
            self.position = start
            self.catch_up()
            if self.position == start:
                raise
        return self._try_last(calls, clock_us)

    def _try_last(self, calls: Sequence[Call], clock_us: int) -> Receipt:
        """Return the receipt of a dry run of the last call, on the facts as they are now."""
        *before, last = calls
        for event in chain.from_iterable(call.events for call in before):
            if self.facts.position_of(event.id or "") is None:
                self._add_for_trial(event, self._next_us(clock_us))
        self.position = self.facts.position
        try:
            return self._record(last, clock_us=clock_us, expect=None, dry_run=True)
        except RefusedError as error:
            raise last.without_generated_ids(error) from None

    def store(self, calls: Sequence[Call], *, clock_us: int, expect: int | None) -> Receipt:
        """Store the events of all the calls, each call as if it were the only one.

        Nobody else can store anything meanwhile. If a call is refused, those before it are
        stored: the caller undoes that.

        Raises:
            RefusedError: An event breaks a rule, or an id is recorded with other content.
            PositionMovedError: The ledger is not at the position expected.
        """
        self.catch_up()
        start = self.position
        receipts: list[Receipt] = []
        for call in calls:
            expected = expect if self.position == start else None
            try:
                receipts.append(self.record(call.events, clock_us=clock_us, expect=expected))
            except RefusedError as error:
                raise call.without_generated_ids(error) from None
        return _receipt_of_all(receipts)


def _receipt_of_all(receipts: Sequence[Receipt]) -> Receipt:
    """Return one receipt for all the calls, in which findings count the events of all."""
    warnings: list[Finding] = []
    count = 0
    for receipt in receipts:
        warnings += [
            attrs.evolve(each, index=each.index and each.index + count)
            for each in receipt.warnings
            if each.code != "W109" or not count  # The clock is one for all calls.
        ]
        count += len(receipt.events)
    passing = [receipt.passed_on for receipt in receipts if receipt.passed_on is not None]
    return Receipt(
        events=tuple(chain.from_iterable(receipt.events for receipt in receipts)),
        warnings=tuple(warnings),
        replayed=bool(receipts) and all(receipt.replayed for receipt in receipts),
        passed_on=tuple(dict.fromkeys(chain.from_iterable(passing))) if passing else None,
    )


@frozen(kw_only=True)
class TransactionContext:
    """Ledger and connection that a transaction works with.

    Attributes:
        ledger: The name of the ledger.
        log: The log as the connection of the host shows it.
        recorder: The recorder of the ledger, which knows what is committed.
        committed: The same events, in facts that may be tried on.
        now: Reads the clock of the ledger, in microseconds.
        expect: The position at which the ledger has to be.
        zone: The zone of the ledger, which its log is given with the first events.
    """

    ledger: str
    log: Joined
    recorder: Recorder
    committed: CommittedFacts
    now: Callable[[], int]
    expect: int | None
    zone: LedgerZone

    @contextmanager
    def recording(self) -> Generator[TransactionRecorder, None, None]:
        """Lend a recorder on the connection of the host, which knows what is committed."""
        with self.committed.lent(self.recorder, self.log) as facts:
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
        self._calls: list[Call] = []
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
            self._receipt = self._store()
            self._state = "has ended"

    def record(self, *events: Event, by: str | None = None) -> Receipt:
        """Keep the events to be stored at the end of the block, if nothing speaks against them.

        They are tried at once, after those of earlier calls, and once more when they are stored.
        The receipt is that of a dry run: what they would be, if nothing else came before them.
        The same events under the same ids may be recorded again, as with `Ledger.record`.

        Args:
            events: What happened, in the order in which it is to be stored.
            by: Who records, for events that do not say it themselves.

        Raises:
            RefusedError: With every finding on the first event that breaks a rule; those of
                earlier calls are kept all the same.
            ArgumentError: An argument cannot be used.
            CallOrderError: It is not called in the block.
            StoreError: The store cannot be read.
        """
        if self._state != "has not ended":
            self._refuse("record inside of it")
        by = optional_argument("by", bounded_text, by)
        vocabulary = self._context.recorder.settings.vocabulary
        checked = to_record(events, by=by, vocabulary=vocabulary)
        now = self._context.now()
        with self._context.recording() as recorder:
            call = recorder.call(checked, clock_us=now)
            receipt = recorder.try_last([*self._calls, call], clock_us=now)
        self._calls.append(call)
        return receipt

    @property
    def receipt(self) -> Receipt:
        """Return the receipt for the events of all calls, once the block has ended well.

        The host decides whether they stay: it commits, or rolls back.

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

    def _store(self) -> Receipt:
        """Store the events and return the receipt; without events nothing happens at all."""
        if not self._calls:
            return Receipt(events=(), warnings=(), replayed=False)
        context, now = self._context, self._context.now()
        with context.log.writing(context.ledger), context.recording() as recorder:
            context.zone.settle_in(context.log)
            return recorder.store(self._calls, clock_us=now, expect=context.expect)
