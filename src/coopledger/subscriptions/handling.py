"""Batches are given to a handler: tried, tried again, and put aside if asked for."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Literal

import attrs

from coopledger.errors import StoreError, SubscriptionTakenError
from coopledger.fields import wrong
from coopledger.stores import Parked
from coopledger.stores.waiting import poll
from coopledger.subscriptions.batches import Batch
from coopledger.subscriptions.handlers import Handle, Handover
from coopledger.subscriptions.holding import Hold, beyond
from coopledger.subscriptions.retries import Retry
from coopledger.subscriptions.stopping import Stop

__all__ = ["Failing", "Handling", "how_failing"]

Failing = Literal["stop", "park"]

_FAILING = {"stop", "park"}
_LONGEST_ERROR = 1000


def how_failing(value: Failing) -> Failing:
    """What to do with a batch that fails; E106 for anything else."""
    if value not in _FAILING:
        raise wrong(value, "is neither 'stop' nor 'park'")
    return value


@attrs.frozen(kw_only=True)
class Handling:
    """How batches are dealt with.

    Attributes:
        hold: The bookmark.
        types: The tags of the wanted events as one text; none for all.
        handle: Deals with a batch.
        failing: What is done after the last attempt.
        retry: How often a batch is tried.
        stopped: Ends the pauses between attempts.
    """

    hold: Hold
    types: str | None
    handle: Handle
    failing: Failing
    retry: Retry
    stopped: Stop

    def deal_with(self, batch: Batch) -> None:
        """Have a batch dealt with and saved, or put aside; not if it is stopped in between.

        Raises:
            Exception: What the handler raised last.
        """
        error = self._attempt(batch)
        for pause_seconds in self.retry.pauses():
            if error is None or self._is_stopped_within(pause_seconds):
                return
            error = self._attempt(batch)
        if error is not None and self.failing == "stop":
            raise error
        if error is not None:
            with _rather(error):
                self._park(batch, error)

    def _is_stopped_within(self, seconds: float) -> bool:
        return poll(self.stopped.is_set, seconds=seconds, stopped=self.stopped)

    def _attempt(self, batch: Batch) -> Exception | None:
        """What the handler failed with, which the store then knows too; none if it did not."""
        handover = Handover(store=self.hold.store)
        try:
            if batch.events:
                handover.make(self.handle, batch)
            if self.hold.current().position == batch.after:
                batch.save()
        except SubscriptionTakenError:
            raise
        # Whatever it is, the batch is not dealt with, and that is told in the end.
        except Exception as error:
            if handover.is_open():
                raise  # To note it in the store would be to wait for the handler's own lock.
            with _rather(error):
                position = self._note(error)
            if position != batch.after:
                raise  # After the batch was saved: to try it again would be to do it twice.
            return error
        return None

    def _note(self, error: Exception) -> int:
        """Keep in the store what the handler failed with; where the subscription is then."""
        now = self.hold.current()
        noted = attrs.evolve(now, failures=now.failures + 1, last_error=_told(error))
        self.hold.put(now, noted)
        return now.position

    def _park(self, batch: Batch, error: Exception) -> None:
        """Put a batch aside and go on after it, in one step."""
        now = self.hold.current()
        parked = Parked(
            after=batch.after,
            up_to=batch.up_to,
            replayed=batch.replayed,
            error=_told(error),
            types=self.types,
        )
        self.hold.put(now, attrs.evolve(beyond(now, batch.up_to), parked=[parked]))


@contextmanager
def _rather(error: Exception) -> Generator[None, None, None]:
    """Raises what a handler failed with, rather than that the store could not be told of it."""
    try:
        yield
    except StoreError as failure:
        error.add_note(f"The store could not be told of it: {failure}")
        raise error from failure


def _told(error: Exception) -> str:
    """An error as one text that every store can keep."""
    told = f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
    return told.replace("\x00", " ").encode(errors="replace").decode()
