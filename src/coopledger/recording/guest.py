"""Events tried, and later stored, within the transaction of a host."""

from collections.abc import Sequence

import attrs

from coopledger.errors import Finding, RefusedError
from coopledger.events import Event
from coopledger.facts import Facts
from coopledger.recording.batches import Batch
from coopledger.recording.receipts import Receipt
from coopledger.recording.recorder import Recorder
from coopledger.recording.settings import Settings
from coopledger.stores import Log

__all__ = ["TransactionRecorder"]


class TransactionRecorder(Recorder):
    """Recorder for a while, on facts that it is lent.

    What it takes in beyond them may never be committed: whoever lends them has it forgotten.
    """

    def __init__(self, log: Log, *, ledger: str, settings: Settings, facts: Facts) -> None:
        """Begin with the facts, all of which are stored."""
        super().__init__(log, ledger=ledger, settings=settings)
        self.facts: Facts = facts
        self.position: int = facts.position
        self.caught_up: bool = True

    def batch(self, events: Sequence[Event], *, clock_us: int) -> Batch:
        """Return the events of one call, each with an id."""
        return Batch.of(events, lambda index: self._id(clock_us + index))

    def try_last(self, calls: Sequence[Batch], *, clock_us: int) -> Receipt:
        """Return the receipt that the last call would give after the others, which were tried.

        Only when it is refused does the recorder look whether more is stored than it knew.

        Raises:
            RefusedError: An event breaks a rule, or an id is recorded with other content.
        """
        seen = self.position
        try:
            return self._try_last(calls, clock_us)
        except RefusedError:
            self.position = seen
            self.catch_up()
            if self.position == seen:
                raise
        return self._try_last(calls, clock_us)

    def store(self, calls: Sequence[Batch], *, clock_us: int, expect: int | None) -> Receipt:
        """Store the events of all the calls, each call as if it were the only one.

        Nobody else can store anything meanwhile. If a call is refused, those before it are
        stored: whoever asked undoes it.

        Raises:
            RefusedError: An event breaks a rule, or an id is recorded with other content.
            PositionMovedError: The ledger is not at the position expected.
        """
        self.catch_up()
        seen = self.position
        receipts: list[Receipt] = []
        for call in calls:
            wanted = expect if self.position == seen else None
            try:
                receipts.append(self.record(call.events, clock_us=clock_us, expect=wanted))
            except RefusedError as error:
                raise call.as_asked(error) from None
        return _together(receipts)

    def _try_last(self, calls: Sequence[Batch], clock_us: int) -> Receipt:
        """Return the receipt of a dry run of the last call."""
        *before, last = calls
        for event in (event for call in before for event in call.events):
            if self.facts.position_of(event.id or "") is None:
                self._suppose(event, self._next_us(clock_us))
        self.position = self.facts.position
        try:
            return self._record(last, clock_us=clock_us, expect=None, dry_run=True)
        except RefusedError as error:
            raise last.as_asked(error) from None


def _together(receipts: Sequence[Receipt]) -> Receipt:
    """Return one receipt for all the calls, in which findings count the events of all."""
    warnings: list[Finding] = []
    count = 0
    for receipt in receipts:
        warnings += [
            attrs.evolve(each, index=each.index and each.index + count) for each in receipt.warnings
        ]
        count += len(receipt.events)
    return Receipt(
        events=tuple(event for receipt in receipts for event in receipt.events),
        warnings=tuple(warnings),
        replayed=bool(receipts) and all(receipt.replayed for receipt in receipts),
    )
