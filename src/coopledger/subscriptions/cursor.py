"""Lease of the cursor of a subscription, held by one reader until another takes it."""

import attrs

from coopledger._frozen import frozen
from coopledger.errors import CallOrderError, SubscriptionTakenError
from coopledger.stores import Store
from coopledger.stores.protocol import Cursor, Parked


@frozen(kw_only=True)
class CursorLease:
    """Right to move one cursor.

    Attributes:
        store: Where the log and the cursor are kept.
        ledger: The name of the ledger.
        name: The name of the cursor.
        epoch: That of the cursor when it was taken.
    """

    store: Store
    ledger: str
    name: str
    epoch: int

    def latest(self) -> Cursor:
        """Return the cursor as it is now with its parked batches, also if another reader took it.

        Raises:
            SubscriptionTakenError: It is gone, and so is not ours.
        """
        for cursor in self.store.cursors(self.ledger):
            if cursor.name == self.name:
                return cursor
        raise SubscriptionTakenError(self.ledger, self.name)

    def current(self) -> Cursor:
        """Return the cursor as it is now, without its parked batches.

        Raises:
            SubscriptionTakenError: It is no longer ours.
        """
        return self._ours(self.store.cursor(self.ledger, self.name))

    def parked(self) -> tuple[Parked, ...]:
        """Return the batches that are parked now.

        Raises:
            SubscriptionTakenError: The cursor is no longer ours.
        """
        return self._ours(self.latest()).parked

    def _ours(self, cursor: Cursor | None) -> Cursor:
        if cursor is None or cursor.epoch != self.epoch:
            raise SubscriptionTakenError(self.ledger, self.name)
        return cursor

    def put(self, before: Cursor, after: Cursor, connection: object | None = None) -> None:
        """Move the cursor.

        Raises:
            SubscriptionTakenError: It is no longer ours.
            CallOrderError: It is not as it was.
            ArgumentError: The connection cannot be used.
        """
        if self.store.move_cursor(self.ledger, before, after, connection=connection):
            return
        position = self.current().position
        state = (
            f"batch {before.position + 1} to {after.position} is not what comes next after "
            f"position {position}, where the subscription is"
        )
        remedy = "save each batch once, in turn, and ask for them again after a rollback"
        raise CallOrderError(state, remedy)


def advanced_to(cursor: Cursor, position: int) -> Cursor:
    """Return the cursor once everything up to the position is dealt with."""
    reached = max(cursor.reached, position)
    return attrs.evolve(cursor, position=position, reached=reached, failures=0, last_error=None)
