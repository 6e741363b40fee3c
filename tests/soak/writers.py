"""Writers in threads, which stop when they are asked to revise."""

import threading
from collections.abc import Iterator, Sequence
from queue import SimpleQueue
from typing import Literal, TypeAlias

import attrs

from coopledger.errors import StoreConflictError
from coopledger.stores import Row
from tests.contracts.drafts import drafts
from tests.soak.broken_stores import Log
from tests.soak.tally import LoggedEvent, batch_of

__all__ = ["Ended", "News", "Revising", "Writer"]


class _Refused(Exception):  # noqa: N818 - what a caller raises is the caller's own
    pass


@attrs.frozen
class Revising:
    """News that a writer has been shown what others stored, and has stopped.

    Attributes:
        writer: Its number.
        shown: What it was shown.
    """

    writer: int
    revised: list[LoggedEvent]


@attrs.frozen
class Ended:
    """News that the append of a writer is over.

    Attributes:
        writer: Its number.
        stored: What was acknowledged.
        known: The last position that the writer knew of when it was stored.
        reason: Why nothing was stored; none if it was, or if the store failed.
    """

    writer: int
    stored: list[LoggedEvent]
    known: int
    reason: Literal["refused", "conflict"] | None


News: TypeAlias = Revising | Ended


@attrs.define
class Writer:
    """Writer that knows the log up to some position.

    Attributes:
        number: Its number, with which its event ids begin.
        told: Where it says that it has stopped, or is done.
        known: The last position that it knows of.
        recorded: How many events it has recorded.
        last: The id of the last of them, if there is one.
        batch: The ids that it is recording.
    """

    number: int
    messages: "SimpleQueue[News]"
    known: int = 0
    recorded: int = 0
    last: list[str] = attrs.field(factory=list[str])
    batch: list[str] = attrs.field(factory=list[str])
    _may_go_on: "SimpleQueue[bool]" = attrs.field(factory=SimpleQueue[bool])

    def begin(self, log: Log, ledger: str, *, size: int, again: bool) -> None:
        """Begin to append a new batch; `again` adds an event that is recorded already."""
        repeated = self.last if again else []
        self.batch = [*batch_of(self.number, self.recorded + 1, size), *repeated]
        threading.Thread(target=self._append, args=(log, ledger), daemon=True).start()

    def go_on(self, *, accepts: bool) -> None:
        """Let the writer go on from where it revises."""
        self._may_go_on.put(accepts)

    def take(self, ended: Ended) -> None:
        """Note what became of the batch."""
        self.recorded += len(ended.stored)
        self.last = [each.event_id for each in ended.stored[-1:]] or self.last
        self.known = max([ended.known, *(each.position for each in ended.stored)])

    def _append(self, log: Log, ledger: str) -> None:
        known = self.known

        def revise(rows: Iterator[Row]) -> None:
            nonlocal known
            revised = [LoggedEvent(row.position, row.event_id) for row in rows]
            known = max([known, *(each.position for each in revised)])
            self.messages.put(Revising(self.number, revised))
            if not self._may_go_on.get():
                raise _Refused

        stored: Sequence[Row] = ()
        reason: Literal["refused", "conflict"] | None = None
        try:
            stored = log.append(
                ledger, drafts(ledger, *self.batch), seen=self.known, clock_us=0, revise=revise
            ).rows
        except _Refused:
            reason = "refused"
        except StoreConflictError:
            reason = "conflict"
        finally:
            seen = [LoggedEvent(row.position, row.event_id) for row in stored]
            self.messages.put(Ended(self.number, seen, known, reason))
